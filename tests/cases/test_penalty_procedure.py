"""The penalty procedure (行政处罚程序): filed, notified, heard, extended, decided in time or ended without a penalty."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.crime_referral.events import CrimeSuspicionRecorded
from domain.cases.joint_punishment import CASE as JOINT_PUNISHMENT
from domain.cases.joint_punishment.events import HandlingCompleted, PenaltyRevoked
from domain.cases.penalty.case import PenaltyCase
from domain.cases.penalty.events import (
    DecisionPeriodExtended,
    Ending,
    HearingHeld,
    HearingRequested,
    HearingRightNotified,
    HearingWaived,
    PenaltyCaseEnded,
    PenaltyCaseFiled,
    PenaltyCaseNotFiled,
    PenaltyCaseReopened,
    PenaltyConcluded,
    ViolationDated,
)
from domain.law.clock import State
from tests.cases.punishment_facts import V7, decide, decided
from tests.given import Given, given, opening

M = {"matter": "V7"}
FILING = PenaltyCaseFiled(**opening("LA-1", "V7", "LA-1"), **V7, filed_by="zjj")
FILED = (FILING, "2025-03-03", "zjj")
NOTIFICATION = HearingRightNotified(**M, proposed="罚款5万元", grounds="出借资质", received_on=date(2025, 4, 1))
NOTIFIED = (NOTIFICATION, "2025-04-01", "zjj")
REQUESTED = (HearingRequested(**M), "2025-04-07", "zjj")
HELD = (HearingHeld(**M, presided_by="法制股长", record="听证笔录"), "2025-04-21", "zjj")
WAIVED = (HearingWaived(**M, paper="放弃听证说明"), "2025-04-02", "zjj")


def act(file: Given, step: str, *, by: str = "zjj", at: str = "2025-04-30", **said: Any) -> Given:
    return file.when(PenaltyCase, step, by=by, at=at, **said)


def file_case(file: Given, *, by: str = "zjj", at: str = "2025-03-03", number: str = "LA-1", **changes: Any) -> Given:
    return act(file, "file_case", by=by, at=at, number=number, **{**V7, **changes})


def test_a_filing_opens_the_matter_of_its_fact_and_gives_ninety_days() -> None:
    file = file_case(given()).then(FILING)
    assert (file.holder("V7"), file.clock("NA-PEN90").due.day) == ("zjj", date(2025, 6, 3)), (
        "1 June is a Sunday, then a holiday"
    )


def test_the_decision_is_made_in_the_same_matter_and_ends_the_case() -> None:
    file = decide(given(FILED), at="2025-05-20", number="CF-1")
    file.then_topics("joint-punishment.penalty-decided", "penalty.concluded")
    assert [entry.event for entry in file.new if entry.case_type == "penalty"] == [
        PenaltyConcluded(**M, decision="CF-1")
    ]
    assert (file.new[0].matter, file.clock("NA-PEN90").state) == ("V7", State.MET)


def test_a_decision_after_ninety_days_is_recorded_and_late() -> None:
    file = decide(given(FILED), at="2025-06-04", number="CF-1").then_topics(
        "joint-punishment.penalty-decided", "penalty.concluded"
    )
    assert file.clock("NA-PEN90").state == State.BREACHED_LATE


def test_a_penalty_needs_no_filed_case() -> None:
    file = decide(given(), number="CF-1").then_topics("joint-punishment.penalty-decided")
    assert file.clocks("NA-PEN90") == []


def test_a_penalty_of_somebody_else_for_the_same_act_leaves_the_case_alone() -> None:
    file = decide(given(FILED), subject="乙公司", number="CF-2").then_topics("joint-punishment.penalty-decided")
    assert (file.new[0].matter, file.clock("NA-PEN90").state) == ("CF-2", State.RUNNING)


def test_two_who_acted_together_have_a_case_and_a_matter_each() -> None:
    file = file_case(given(FILED), subject="乙公司", number="LA-2").then_topics("penalty.case-filed")
    assert (file.new[0].matter, len(file.clocks("NA-PEN90"))) == ("LA-2", 2)
    decide(file, subject="乙公司", number="CF-2", at="2025-05-20")
    assert (file.new[0].matter, [each.stop is None for each in file.clocks("NA-PEN90")]) == ("LA-2", [True, False])


@pytest.mark.parametrize(("by", "code"), [("zjj", "ALREADY_FILED"), ("scj", "FILED_BY_ANOTHER")])
def test_one_act_of_one_subject_is_filed_once_by_who_is_first(by: str, code: str) -> None:
    file_case(given(FILED), by=by, number="LA-2", at="2025-03-10").refused(code)


def test_another_department_does_not_decide_on_what_was_filed_first() -> None:
    decide(given(FILED), by="scj").refused("FILED_BY_ANOTHER")
    ended = (
        PenaltyCaseEnded(**M, ending=Ending.DROPPED, basis="违法事实不成立", ends_matter=True),
        "2025-04-01",
        "zjj",
    )
    decide(given(FILED, ended), by="scj").then_topics("joint-punishment.penalty-decided")


def test_not_filing_says_why_and_takes_the_matter_from_nobody() -> None:
    file = act(given(), "decline_filing", number="LA-1", ground="情节轻微", **V7)
    file.then(PenaltyCaseNotFiled(**opening("LA-1"), **V7, ground="情节轻微", filed_by="zjj"))
    assert file.file.matters == {}
    act(given(), "decline_filing", number="LA-1", ground=None, **V7).refused("NOT_FILING_GROUND")
    act(given(), "file_case", by="jwjc", number="LA-1", **V7).forbidden()


# ---- limitation
@pytest.mark.parametrize(
    ("ended", "discovered", "endangers", "state"),
    [
        ((2023, 3, 10), (2025, 3, 10), False, State.MET),
        ((2023, 3, 9), (2025, 3, 10), False, State.BREACHED_LATE),
        ((2023, 3, 9), (2025, 3, 10), True, State.MET),
        ((2021, 7, 20), (2026, 3, 10), True, State.MET),
        ((2021, 3, 1), (2023, 3, 2), True, State.BREACHED_LATE),
        ((2021, 3, 1), (2023, 3, 1), False, State.MET),
    ],
)
def test_a_violation_is_punished_for_two_years_and_with_harm_for_five(
    ended: tuple[int, int, int], discovered: tuple[int, int, int], endangers: bool, state: State
) -> None:
    said = {"ended_on": date(*ended), "discovered_on": date(*discovered), "endangers": endangers}
    file = act(given(FILED), "date_violation", at="2026-04-01", **said).then(ViolationDated(**M, **said))
    assert file.clock("NA-LIM2Y").state == state
    decision = decide(file, at="2026-04-02", number="CF-1")
    if state is State.MET:
        decision.then_topics("joint-punishment.penalty-decided", "penalty.concluded")
    else:
        decision.refused("LIMITATION_PASSED")


def test_the_limitation_blames_nobody() -> None:
    said = {"ended_on": date(2020, 1, 1), "discovered_on": date(2025, 1, 1)}
    file = act(given(FILED), "date_violation", at="2025-04-01", **said)
    assert [each.limit.counts for each in file.clocks("NA-LIM2Y")] == [False]


@pytest.mark.parametrize(("ended", "discovered"), [((2025, 3, 2), (2025, 3, 1)), ((2025, 3, 2), (2025, 5, 9))])
def test_a_violation_ends_before_it_is_discovered_and_that_before_it_is_recorded(ended: Any, discovered: Any) -> None:
    act(given(FILED), "date_violation", ended_on=date(*ended), discovered_on=date(*discovered)).refused(
        "DATES_IN_ORDER"
    )


# ---- hearing
def test_the_party_is_told_the_penalty_in_view_and_has_five_working_days() -> None:
    file = act(given(FILED), "notify_hearing_right", at="2025-04-01", proposed="罚款5万元", grounds="出借资质").then(
        NOTIFICATION
    )
    clock = file.clocks("NA-HRG5")[0]
    assert (clock.party, clock.limit.right, file.clock("NA-HRG5").due.day) == ("subject", True, date(2025, 4, 9))


@pytest.mark.parametrize("papers", [{"proposed": None, "grounds": "1"}, {"proposed": "1", "grounds": " "}])
def test_a_notice_says_the_penalty_and_its_grounds(papers: dict[str, Any]) -> None:
    act(given(FILED), "notify_hearing_right", **papers).refused("NOTICE_INCOMPLETE")


def test_a_decision_waits_while_the_party_may_still_ask_for_a_hearing() -> None:
    decide(given(FILED, NOTIFIED), at="2025-04-09").refused("HEARING_STILL_POSSIBLE")
    decide(given(FILED, NOTIFIED), at="2025-04-10").then_topics("joint-punishment.penalty-decided", "penalty.concluded")


def test_a_written_waiver_ends_the_waiting() -> None:
    file = act(given(FILED, NOTIFIED), "record_hearing_waiver", at="2025-04-02", paper="放弃听证说明").then(WAIVED[0])
    assert file.clock("NA-HRG5").state == State.VOID
    decide(file, at="2025-04-03").then_topics("joint-punishment.penalty-decided", "penalty.concluded")


def test_a_hearing_asked_for_in_time_is_held_before_the_decision() -> None:
    file = act(given(FILED, NOTIFIED), "record_hearing_request", at="2025-04-07").then(REQUESTED[0])
    assert file.clock("NA-HRG5").state == State.MET
    decide(given(FILED, NOTIFIED, REQUESTED), at="2025-04-30").refused("HEARING_OUTSTANDING")
    act(file, "hold_hearing", at="2025-04-21", presided_by="法制股长", record="听证笔录").then(HELD[0])
    decide(file, at="2025-04-30").then_topics("joint-punishment.penalty-decided", "penalty.concluded")


def test_a_hearing_asked_for_too_late_binds_nobody() -> None:
    file = act(given(FILED, NOTIFIED), "record_hearing_request", at="2025-04-10")
    assert file.clock("NA-HRG5").state == State.BREACHED_LATE
    decide(file, at="2025-04-11").then_topics("joint-punishment.penalty-decided", "penalty.concluded")


@pytest.mark.parametrize(
    ("facts", "step", "said", "code"),
    [
        ((FILED,), "record_hearing_request", {}, "NOT_NOTIFIED"),
        ((FILED,), "record_hearing_waiver", {"paper": "1"}, "NOT_NOTIFIED"),
        ((FILED, NOTIFIED, REQUESTED), "record_hearing_request", {}, "ALREADY_DONE"),
        ((FILED, NOTIFIED, WAIVED), "record_hearing_waiver", {"paper": "1"}, "ALREADY_DONE"),
        ((FILED, NOTIFIED), "record_hearing_waiver", {"paper": None}, "WAIVER_UNWRITTEN"),
        ((FILED, NOTIFIED), "hold_hearing", {"presided_by": "a", "record": "b"}, "NOT_REQUESTED"),
        ((FILED, NOTIFIED, REQUESTED), "hold_hearing", {"presided_by": "a", "record": None}, "HEARING_RECORD_MISSING"),
        ((FILED, NOTIFIED, REQUESTED), "hold_hearing", {"presided_by": " ", "record": "b"}, "HEARING_RECORD_MISSING"),
    ],
)
def test_a_hearing_has_its_order_and_its_papers(facts: Any, step: str, said: dict[str, Any], code: str) -> None:
    act(given(*facts), step, **said).refused(code)
    act(given(*facts), step, by="scj", **said).forbidden()


# ---- more time, and the end
def test_another_rule_lengthens_the_period_from_its_origin() -> None:
    said = {"until": date(2025, 7, 30), "basis": "市场监督管理行政处罚程序规定", "approved_by": "负责人"}
    file = act(given(FILED), "extend_period", at="2025-05-30", **said).then(DecisionPeriodExtended(**M, **said))
    assert file.clock("NA-PEN90").due.day == date(2025, 7, 30)


@pytest.mark.parametrize(
    ("at", "changes", "code"),
    [
        ("2025-05-30", {"basis": None}, "EXTENSION_BASIS"),
        ("2025-05-30", {"approved_by": " "}, "EXTENSION_BASIS"),
        ("2025-05-30", {"until": date(2025, 6, 3)}, "NO_EXTENSION"),
        ("2025-06-04", {}, "NO_EXTENSION"),
    ],
)
def test_a_period_is_lengthened_by_a_rule_before_it_has_run_out(at: str, changes: dict[str, Any], code: str) -> None:
    said = {"until": date(2025, 7, 30), "basis": "程序规定", "approved_by": "负责人", **changes}
    act(given(FILED), "extend_period", at=at, **said).refused(code)


@pytest.mark.parametrize(
    ("ending", "state"),
    [(Ending.NOT_PUNISHED, State.MET), (Ending.DROPPED, State.VOID), (Ending.TRANSFERRED, State.VOID)],
)
def test_not_to_punish_is_a_decision_and_dropping_the_case_is_none(ending: Ending, state: State) -> None:
    file = act(given(FILED), "end", ending=ending, basis="行政处罚法第三十三条").then(
        PenaltyCaseEnded(**M, ending=ending, basis="行政处罚法第三十三条", ends_matter=True)
    )
    assert (file.holder("V7"), file.clock("NA-PEN90").state) == (None, state)
    act(file, "end", ending=ending, basis="1").forbidden()


def test_a_case_ends_on_a_stated_basis_and_never_in_place_of_a_transfer_to_the_police() -> None:
    act(given(FILED), "end", ending=Ending.DROPPED, basis=None).refused("ENDING_BASIS")
    suspicion = CrimeSuspicionRecorded(
        **opening("SZ-1", "V7", "LA-1"), department="zjj", task_force=("甲", "乙"), description="串通投标"
    )
    suspected = given(FILED, (suspicion, "2025-03-10", "zjj"))
    act(suspected, "end", ending=Ending.NOT_PUNISHED, basis="1").refused("CRIME_SUSPECTED")
    act(suspected, "end", ending=Ending.TRANSFERRED, basis="1").then_topics("penalty.ended")
    decide(given(FILED, (suspicion, "2025-03-10", "zjj"))).refused("PENALTY_IN_PLACE_OF_TRANSFER")


def test_a_matter_in_which_more_is_done_outlives_the_case() -> None:
    file = decide(given(FILED), subject="乙公司", number="CF-2")
    act(file, "end", ending=Ending.DROPPED, basis="1").then_topics("penalty.ended")
    assert (file.holder("V7"), file.holder("CF-2")) == (None, "zjj")


# ---- annulled and decided again
PENALISED = (decided(), "2025-05-20", "zjj")
CONCLUDED = (PenaltyConcluded(**M, decision="CF-1"), "2025-05-20", "zjj")
REVOKED = (PenaltyRevoked(**M, revoked_by="县人民法院"), "2025-09-01", "zjj", "CF-1")


def test_what_a_court_annuls_is_taken_up_and_decided_again() -> None:
    file = act(given(FILED, PENALISED, CONCLUDED, REVOKED), "reopen", at="2025-09-03", judgment="行初1号",
               judgment_received_on=date(2025, 9, 1))  # fmt: skip
    file.then(PenaltyCaseReopened(**M, judgment="行初1号", judgment_received_on=date(2025, 9, 1)))
    assert (file.holder("V7"), file.case.state, len(file.clocks("NA-PEN90"))) == ("zjj", "filed", 1)
    decide(file, at="2025-10-10", number="CF-3").then_topics("joint-punishment.penalty-decided", "penalty.concluded")
    assert (file.new[0].matter, file.case.decision.number) == ("V7", "CF-3")


def test_a_penalty_that_stands_is_not_decided_again() -> None:
    said = {"judgment": "行初1号", "judgment_received_on": date(2025, 9, 1)}
    act(given(FILED, PENALISED, CONCLUDED), "reopen", at="2025-09-03", **said).refused("NOT_ANNULLED")
    for wrong in ({"judgment": None}, {"judgment_received_on": None}, {"judgment_received_on": date(2025, 9, 4)}):
        file = given(FILED, PENALISED, CONCLUDED, REVOKED)
        act(file, "reopen", at="2025-09-03", **{**said, **wrong}).refused("JUDGMENT_REQUIRED")


# ---- service
@pytest.mark.parametrize(
    ("present", "served", "expected"),
    [(False, "2025-05-29", State.MET), (False, "2025-05-30", State.BREACHED_LATE), (True, "2025-06-30", None),
     (None, "2025-06-30", None)],
)  # fmt: skip
def test_a_decision_made_in_absence_is_served_within_seven_working_days(
    present: bool | None, served: str, expected: State | None
) -> None:
    file = given((decided(party_present=present), "2025-05-20", "zjj"), (HandlingCompleted(**M), served, "zjj"))
    judged = file.clock("NA-SRV7")
    assert (judged.state if judged else None) == expected


def test_every_state_of_the_case_is_replayed_from_its_facts() -> None:
    file = given(FILED, NOTIFIED, REQUESTED, HELD, PENALISED, CONCLUDED)
    case = next(each for each in file.file.cases.values() if isinstance(each, PenaltyCase))
    assert (case.state, case.hearing, case.decision) == ("concluded", "held", "CF-1")
    assert JOINT_PUNISHMENT.STEPS["decide_penalty"].opens
