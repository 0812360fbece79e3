"""The trading centre reports its bid openings the next day and its quarters by the thirtieth; what it sends is taken (报送)."""

from __future__ import annotations

from typing import Any

import pytest

from application.permissions import may
from domain.cases.reporting_duty import CASE
from domain.cases.reporting_duty.events import (
    Channel,
    ExpertAssessmentSubmitted,
    OpeningLogSubmitted,
    QuarterListPartSubmitted,
    QuarterListSubmitted,
)
from domain.kernel import Actor
from domain.law.clock import State
from tests.cases.reporting_facts import (
    ASSESSED,
    BID,
    BID_CLOSED,
    CLOSED,
    COPY,
    HALF,
    LISTED,
    LOGGED,
    OPENED,
    Q3,
    QUARTER,
)
from tests.given import Given, given


def closing(day: str) -> Given:
    """A bid opening has closed on a day."""
    return given().when(CASE, "close_bid_opening", by="jyzx", at=day, number="BS-1", project="P1")


def quarter(day: str, number: str) -> Given:
    """The timer opens a quarter."""
    return given().when(CASE, "open_quarter", by="system", at=f"{day}T00:00+08:00", number=number)


def due(found: Given, rule: str) -> str:
    judged = found.clock(rule)
    assert judged is not None
    return str(judged.due.day)


def test_a_bid_opening_gives_rise_to_the_log_and_the_assessment_both_owed_by_the_centre() -> None:
    found = closing("2025-09-26T11:40+08:00").then(BID_CLOSED)
    assert found.holder() == "jyzx"
    assert [each.party for rule in ("XE-LOG1", "XE-EXP1") for each in found.clocks(rule)] == ["jyzx", "jyzx"]


@pytest.mark.parametrize(
    ("closed", "expected"),
    [
        ("2025-03-03", "2025-03-04"),
        ("2025-03-07", "2025-03-10"),
        ("2025-09-26", "2025-09-28"),
        ("2025-01-25", "2025-01-26"),
        ("2025-09-30", "2025-10-09"),
        ("2025-01-27", "2025-02-05"),
        ("2025-08-15", "2025-08-20"),
        ("2024-12-31", "2025-01-02"),
        ("2025-12-31", "2026-01-04"),
    ],
)
def test_the_next_day_rolls_to_the_next_workday_of_the_office(closed: str, expected: str) -> None:
    """A make-up Saturday or Sunday is one, a day of the prefecture's holiday is not, the year may end between."""
    found = closing(closed)
    assert [due(found, rule) for rule in ("XE-LOG1", "XE-EXP1")] == [expected] * 2


def test_the_next_day_in_a_year_without_an_arrangement_is_provisional_and_never_a_breach() -> None:
    found = closing("2026-12-31")
    judged = found.clock("XE-LOG1", at="2027-02-01")
    assert judged is not None
    assert (judged.state, judged.due.provisional) == (State.RUNNING, True)


@pytest.mark.parametrize(
    ("begins", "number", "expected"),
    [
        ("2025-01-01", "BS-2025-Q1", "2025-03-30"),
        ("2025-04-01", "BS-2025-Q2", "2025-06-30"),
        ("2025-07-01", "BS-2025-Q3", "2025-09-30"),
        ("2025-10-01", "BS-2025-Q4", "2025-12-30"),
        ("2024-01-01", "BS-2024-Q1", "2024-03-30"),
    ],
)
def test_the_thirtieth_does_not_roll_though_it_be_a_sunday(begins: str, number: str, expected: str) -> None:
    assert due(quarter(begins, number), "XE-QTR30") == expected


def test_a_quarter_is_opened_by_the_timer_under_its_own_number_and_once() -> None:
    found = quarter("2025-07-01", "BS-2025-Q3").then(QUARTER)
    assert (found.holder(), found.clocks("XE-QTR30")[0].party) == ("jyzx", "jyzx")
    found.when(CASE, "open_quarter", by="system", at="2025-08-01", number="BS-2025-Q3").refused("MATTER_TAKEN")
    quarter("2025-10-01", "BS-2025-Q3").refused("WRONG_PERIOD")
    given().when(CASE, "open_quarter", by="jyzx", at="2025-07-01", number="BS-2025-Q3").forbidden()


def test_a_quarter_needs_somebody_who_owes_the_list() -> None:
    nobody = given()
    nobody.file.register.organs = {key: each for key, each in nobody.file.register.organs.items() if key != "jyzx"}
    nobody.when(CASE, "open_quarter", by="system", at="2025-07-01", number="BS-2025-Q3").refused("NO_UNIT")


def test_only_a_trading_centre_closes_bid_openings_and_says_of_which_project() -> None:
    given().when(CASE, "close_bid_opening", by="zjj", at="2025-09-26", number="BS-1", project="P1").forbidden()
    given().when(CASE, "close_bid_opening", by="jyzx", at="2025-09-26", number="BS-1", project=None).refused(
        "PROJECT_UNNAMED"
    )
    given(CLOSED).when(CASE, "close_bid_opening", by="jyzx", at="2025-09-27", number="BS-1", project="P1").refused(
        "MATTER_TAKEN"
    )


def test_the_log_in_time_and_the_assessment_a_day_late_are_judged_each_for_itself() -> None:
    found = given(CLOSED).when(CASE, "submit_opening_log", by="jyzx", at="2025-09-28T17:00+08:00")
    found.then(OpeningLogSubmitted(**BID, complete=False))
    assert found.holder() == "jyzx", "the assessment is still owed"
    found.when(CASE, "submit_expert_assessment", by="jyzx", at="2025-09-29")
    found.then(ExpertAssessmentSubmitted(**BID, complete=True))
    assert found.holder() is None, "nothing more is owed"
    log, assessment = found.clock("XE-LOG1"), found.clock("XE-EXP1")
    assert log is not None and assessment is not None
    assert (log.state, assessment.state, assessment.late_calendar_days) == (State.MET, State.BREACHED_LATE, 1)


@pytest.mark.parametrize("channel", [Channel.WECHAT, Channel.QQ])
@pytest.mark.parametrize("step", ["submit_opening_log", "submit_expert_assessment"])
def test_a_message_counts_if_a_copy_is_kept(channel: Channel, step: str) -> None:
    found = given(CLOSED)
    found.when(CASE, step, by="jyzx", at="2025-09-28", channel=channel).refused("COPY_MISSING")
    found.when(CASE, step, by="jyzx", at="2025-09-28", channel=channel, copy_hash="abc").refused("COPY_HASH_WRONG")
    found.when(CASE, step, by="jyzx", at="2025-09-28", channel=channel, **COPY)
    assert [(entry.event.channel, entry.event.copy_hash) for entry in found.new] == [(channel, "ab" * 32)]  # type: ignore[attr-defined]


def test_what_is_brought_needs_no_copy() -> None:
    found = given(CLOSED).when(CASE, "submit_opening_log", by="jyzx", at="2025-09-28", channel=Channel.DIRECT)
    found.then(OpeningLogSubmitted(**BID, channel=Channel.DIRECT, complete=False))


@pytest.mark.parametrize(
    ("facts", "step", "code"),
    [
        ((CLOSED, LOGGED), "submit_opening_log", "ALREADY_SUBMITTED"),
        ((CLOSED, LOGGED, ASSESSED), "submit_expert_assessment", "STEP_NOT_ALLOWED_IN_STATE"),
    ],
)
def test_nothing_is_submitted_twice(facts: tuple[Any, ...], step: str, code: str) -> None:
    given(*facts).when(CASE, step, by="jyzx", at="2025-09-30").refused(code)


@pytest.mark.parametrize(
    "step", ["submit_opening_log", "submit_expert_assessment", "provide_information", "submit", "submit_quarter_list"]
)
def test_who_owes_may_submit_what_the_matter_is_about_and_nothing_else(step: str) -> None:
    """What may be done next is what is owed: a reader of the case sees no other step."""
    (case,) = given(CLOSED).file.cases.values()
    assert may(Actor("jyzx"), CASE.STEPS[step], case, given(CLOSED).file, "BS-1") is (
        step in ("submit_opening_log", "submit_expert_assessment")
    )


def test_only_who_owes_submits() -> None:
    given(CLOSED).when(CASE, "submit_opening_log", by="zwj", at="2025-09-28").forbidden()
    given(OPENED).when(
        CASE, "submit_quarter_list", by="zwj", at="2025-09-28", electronic=True, sealed_paper=True
    ).forbidden()


def test_both_forms_of_the_quarters_list_are_owed_and_one_alone_lets_the_clock_run_on() -> None:
    found = given(OPENED)
    found.when(CASE, "submit_quarter_list", by="jyzx", at="2025-09-30", electronic=True, sealed_paper=False)
    found.then(QuarterListPartSubmitted(**Q3, electronic=True, sealed_paper=False))
    assert [found.clock("XE-QTR30", at=day).state for day in ("2025-09-30", "2025-10-01")] == [  # type: ignore[union-attr]
        State.RUNNING,
        State.BREACHED_OPEN,
    ]
    assert found.case is not None and found.case.summary()["missing"] == ("sealed_paper",)
    assert found.holder() == "jyzx"


def test_the_second_form_completes_the_first_and_its_day_is_that_of_the_act() -> None:
    found = given(OPENED, HALF)
    found.when(CASE, "submit_quarter_list", by="jyzx", at="2025-10-09", electronic=False, sealed_paper=True)
    found.then(QuarterListSubmitted(**Q3, electronic=False, sealed_paper=True))
    judged = found.clock("XE-QTR30")
    assert judged is not None
    assert (judged.state, judged.late_calendar_days, found.holder()) == (State.BREACHED_LATE, 9, None)


def test_the_same_form_twice_is_not_both() -> None:
    found = given(OPENED, HALF)
    found.when(CASE, "submit_quarter_list", by="jyzx", at="2025-09-30", electronic=True, sealed_paper=False)
    found.then_topics("reporting-duty.quarter-list-part-submitted")


def test_no_form_is_no_list_and_a_list_is_not_given_twice() -> None:
    none = {"electronic": False, "sealed_paper": False}
    given(OPENED).when(CASE, "submit_quarter_list", by="jyzx", at="2025-09-30", **none).refused("NO_FORM_SUBMITTED")
    both = {"electronic": True, "sealed_paper": True}
    given(OPENED, LISTED).when(CASE, "submit_quarter_list", by="jyzx", at="2025-10-09", **both).refused(
        "STEP_NOT_ALLOWED_IN_STATE"
    )
