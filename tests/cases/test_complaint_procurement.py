"""What only complaints about government procurement (政府采购投诉) know: correction, suspension, notice, statement."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.complaint.case import Complaint
from domain.cases.complaint.events import (
    CorrectionReceived,
    CorrectionRequested,
    DecisionPublished,
    ProcurementResumed,
    ProcurementSuspended,
    ProcurementSuspensionLapsed,
    RespondentsNotified,
    RespondentStatementReceived,
)
from domain.law.clock import State
from tests.cases.complaint_facts import Fact, accepted, bidding, decided, procurement
from tests.given import given

ASKED = CorrectionRequested(matter="TS-1", items=("法人身份证明",), deadline=date(2025, 6, 10))
SUSPENDED = ProcurementSuspended(matter="TS-1", served_on=date(2025, 6, 6))
NOTIFIED = RespondentsNotified(matter="TS-1", received_on=date(2025, 6, 9))
CORRECTION: dict[str, Any] = {"items": ("法人身份证明",), "deadline": date(2025, 6, 10)}


def case(*events: Any, is_accepted: bool = True) -> tuple[Fact, ...]:
    """A procurement complaint of 3 June 2025, and then these events on the 6th."""
    first = (procurement(), accepted("2025-06-05", "czj")) if is_accepted else (procurement(),)
    return (*first, *((event, "2025-06-06", "czj") for event in events))


# ---- correction


def test_a_correction_is_asked_for_once_with_items_and_a_time() -> None:
    taken = given(*case(is_accepted=False)).when(
        Complaint, "request_correction", by="czj", at="2025-06-04", **CORRECTION
    )
    taken.then(ASKED)
    assert taken.clock("NA-GP-REV5").state == State.MET
    assert [taken.clock(rule).state for rule in ("NA-GP-NTF8", "NA-GP-DEC30")] == [State.PAUSED] * 2
    taken.when(Complaint, "record_correction", by="czj", at="2025-06-10").then(CorrectionReceived(matter="TS-1"))
    assert [taken.clock(rule).state for rule in ("NA-GP-NTF8", "NA-GP-DEC30")] == [State.RUNNING] * 2
    taken.when(Complaint, "request_correction", by="czj", at="2025-06-11", **CORRECTION).refused("CORRECTION_ONCE")


@pytest.mark.parametrize("missing", [{"items": None}, {"items": ()}, {"deadline": None}])
def test_the_notice_of_correction_names_items_and_time(missing: dict[str, Any]) -> None:
    given(*case(is_accepted=False)).when(
        Complaint, "request_correction", by="czj", at="2025-06-04", **{**CORRECTION, **missing}
    ).refused("CORRECTION_UNSPECIFIED")


def test_a_correction_is_asked_for_within_the_review() -> None:
    given(*case()).when(Complaint, "request_correction", by="czj", at="2025-06-06", **CORRECTION).refused(
        "STEP_NOT_ALLOWED_IN_STATE"
    )


def test_a_late_request_for_correction_is_recorded_and_judged_late() -> None:
    taken = given(*case(is_accepted=False)).when(
        Complaint, "request_correction", by="czj", at="2025-06-12", **CORRECTION
    )
    assert taken.clock("NA-GP-REV5").state == State.BREACHED_LATE


def test_a_correction_that_was_not_asked_for_is_not_recorded() -> None:
    given(*case(is_accepted=False)).when(Complaint, "record_correction", by="czj", at="2025-06-04").refused(
        "STEP_NOT_ALLOWED_IN_STATE"
    )


# ---- who, and in which complaints


@pytest.mark.parametrize(
    "step,arguments",
    [
        ("request_correction", CORRECTION),
        ("notify_respondents", {}),
        ("suspend_procurement", {}),
    ],
)
def test_bidding_complaints_do_not_know_these_steps(step: str, arguments: dict[str, Any]) -> None:
    given(bidding()).when(Complaint, step, by="zjj", at="2025-01-23", **arguments).refused("PROCUREMENT_ONLY")


@pytest.mark.parametrize("step,arguments", [("request_correction", CORRECTION), ("notify_respondents", {})])
def test_only_the_finance_department_takes_them(step: str, arguments: dict[str, Any]) -> None:
    given(procurement(by="zjj")).when(Complaint, step, by="zjj", at="2025-06-04", **arguments).refused("FINANCE_ONLY")
    given(procurement()).when(Complaint, step, by="zjj", at="2025-06-04", **arguments).forbidden()


# ---- suspension


def test_procurement_is_suspended_from_service_for_thirty_days_at_most() -> None:
    taken = given(*case()).when(
        Complaint, "suspend_procurement", by="czj", at="2025-06-05T10:00+08:00", served_on=date(2025, 6, 6)
    )
    taken.then(SUSPENDED)
    assert taken.clock("NA-GP-SUS30").due.day == date(2025, 7, 6)
    assert taken.case.summary()["procurement_suspended"] is True


def test_the_notice_counts_as_served_on_the_day_of_the_step() -> None:
    given(*case()).when(Complaint, "suspend_procurement", by="czj", at="2025-06-06").then(SUSPENDED)


def test_procurement_is_suspended_after_acceptance_and_not_twice() -> None:
    given(*case(is_accepted=False)).when(Complaint, "suspend_procurement", by="czj", at="2025-06-06").refused(
        "NOT_ACCEPTED"
    )
    given(*case(SUSPENDED)).when(Complaint, "suspend_procurement", by="czj", at="2025-06-06").refused("ALREADY_DONE")


def test_the_finance_department_lets_procurement_go_on() -> None:
    taken = given(*case(SUSPENDED)).when(Complaint, "resume_procurement", by="czj", at="2025-06-20")
    taken.then(ProcurementResumed(matter="TS-1"))
    assert taken.clock("NA-GP-SUS30").state == State.MET
    given(*case()).when(Complaint, "resume_procurement", by="czj", at="2025-06-20").refused("NOT_SUSPENDED")


def test_a_suspension_lapses_by_itself_and_nobody_is_late() -> None:
    taken = given(*case(SUSPENDED)).when(Complaint, "lapse_suspension", by="system", at="2025-07-07")
    taken.then(ProcurementSuspensionLapsed(matter="TS-1"))
    judged = taken.clock("NA-GP-SUS30")
    assert (judged.state, judged.lapsed_by_law) == (State.MET, True)
    assert taken.case.summary()["procurement_suspended"] is False
    taken.when(Complaint, "suspend_procurement", by="czj", at="2025-07-08").refused("SUSPENSION_EXHAUSTED")


def test_a_suspension_does_not_lapse_before_its_last_day() -> None:
    given(*case(SUSPENDED)).when(Complaint, "lapse_suspension", by="system", at="2025-07-05").refused("SUSPENSION_RUNS")


def test_what_is_not_suspended_does_not_lapse() -> None:
    given(*case()).when(Complaint, "lapse_suspension", by="system", at="2025-07-07").refused("NOT_SUSPENDED")


def test_only_the_timer_lets_a_suspension_lapse() -> None:
    given(*case(SUSPENDED)).when(Complaint, "lapse_suspension", by="czj", at="2025-07-07").forbidden()


# ---- notice, statement, publication


def test_the_notice_starts_the_respondents_time_on_the_day_it_arrives() -> None:
    taken = given(*case()).when(
        Complaint, "notify_respondents", by="czj", at="2025-06-06", received_on=date(2025, 6, 9)
    )
    taken.then(NOTIFIED)
    assert taken.clock("NA-GP-NTF8").state == State.MET
    assert taken.clock("NA-GP-RSP5").due.day == date(2025, 6, 16)


def test_the_respondents_are_notified_once() -> None:
    given(*case(NOTIFIED)).when(Complaint, "notify_respondents", by="czj", at="2025-06-06").refused("ALREADY_DONE")


def test_the_respondent_explains_in_writing() -> None:
    taken = given(*case(NOTIFIED)).when(Complaint, "submit_statement", by="respondent", at="2025-06-12")
    taken.then(RespondentStatementReceived(matter="TS-1"))
    assert taken.clock("NA-GP-RSP5").state == State.MET


def test_the_respondent_answers_a_notice_and_nobody_else_does() -> None:
    given(*case()).when(Complaint, "submit_statement", by="respondent", at="2025-06-12").refused("NOT_NOTIFIED")
    given(*case(NOTIFIED)).when(Complaint, "submit_statement", by="zjj", at="2025-06-12").forbidden()


def test_the_decision_is_published_once() -> None:
    taken = given(*case(), decided("2025-06-20", "czj")).when(Complaint, "publish_decision", by="czj", at="2025-06-23")
    taken.then(DecisionPublished(matter="TS-1"))
    taken.when(Complaint, "publish_decision", by="czj", at="2025-06-24").refused("ALREADY_DONE")


def test_nothing_is_published_before_the_decision() -> None:
    given(*case()).when(Complaint, "publish_decision", by="czj", at="2025-06-23").refused("STEP_NOT_ALLOWED_IN_STATE")
