"""Complaints and reports are decided, served, reported, closed, and taken up again (处理、报备、结案、重新处理)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.complaint.case import Complaint
from domain.cases.complaint.events import (
    CaseClosed,
    CaseReopened,
    CaseReportFiled,
    ComplaintDecided,
    ExpertReviewCommissioned,
    HandlingCompleted,
    RespondentsNotified,
    ViolationDiscovered,
)
from domain.law.clock import State
from tests.cases.complaint_facts import (
    Fact,
    accepted,
    bidding,
    closed,
    decided,
    handled,
    not_competent,
    procurement,
    report,
    report_accepted,
    reported,
)
from tests.given import given

DECIDED = (bidding(), accepted(), decided())
FINISHED = (*DECIDED, handled(), reported())
PAUSED = (ExpertReviewCommissioned(matter="TS-1"), "2025-02-10", "zjj")
FOUND = (ViolationDiscovered(matter="M2", description="转包"), "2025-02-10", "zjj")


# ---- decision and service


def test_the_holder_decides_in_writing() -> None:
    taken = given(bidding(), accepted()).when(Complaint, "decide", by="zjj", at="2025-02-20", outcome="投诉不成立")
    taken.then(ComplaintDecided(matter="TS-1", outcome="投诉不成立"))
    assert taken.clock("NA-DEC30").state == State.MET


def test_a_late_decision_is_recorded_and_judged_late() -> None:
    taken = given(bidding(), accepted()).when(Complaint, "decide", by="zjj", at="2025-04-01", outcome="投诉成立")
    assert taken.clock("NA-DEC30").state == State.BREACHED_LATE


@pytest.mark.parametrize(
    "facts,code",
    [
        ((bidding(),), "NOT_ACCEPTED"),
        ((bidding(), accepted(), PAUSED), "PAUSE_OPEN"),
        ((report(), report_accepted()), "COMPLAINTS_ONLY"),
        (DECIDED, "STEP_NOT_ALLOWED_IN_STATE"),
    ],
)
def test_a_decision_needs_an_accepted_complaint_and_no_open_pause(facts: tuple[Fact, ...], code: str) -> None:
    given(*facts).when(Complaint, "decide", by="zjj", at="2025-02-24", outcome="投诉不成立").refused(code)


def test_an_unwritten_decision_is_refused() -> None:
    given(bidding(), accepted()).when(Complaint, "decide", by="zjj", at="2025-02-20", outcome=None).refused(
        "DECISION_UNWRITTEN"
    )


def test_only_the_holder_decides() -> None:
    given(bidding(), accepted()).when(Complaint, "decide", by="nyj", at="2025-02-20", outcome="成立").forbidden()


def test_a_procurement_complaint_is_decided_by_the_finance_department() -> None:
    given(procurement(), accepted("2025-06-05", "czj")).when(
        Complaint, "decide", by="czj", at="2025-06-20", outcome="投诉不成立"
    ).then(ComplaintDecided(matter="TS-1", outcome="投诉不成立"))
    given(procurement(by="zjj"), accepted("2025-06-05", "zjj")).when(
        Complaint, "decide", by="zjj", at="2025-06-20", outcome="投诉不成立"
    ).refused("FINANCE_ONLY")


def test_service_on_the_last_party_completes_the_handling() -> None:
    taken = given(*DECIDED).when(Complaint, "serve_decision", by="zjj", at="2025-03-26")
    taken.then(HandlingCompleted(matter="TS-1"))
    assert taken.clock("XE-REP7").due.day == date(2025, 4, 2)
    assert taken.clock("XE-RES10") is None


def test_nothing_is_served_before_the_decision() -> None:
    given(bidding(), accepted()).when(Complaint, "serve_decision", by="zjj", at="2025-02-20").refused("DECISION_NEEDED")


def test_a_decision_is_served_once() -> None:
    given(*DECIDED, handled()).when(Complaint, "serve_decision", by="zjj", at="2025-02-24").refused(
        "STEP_NOT_ALLOWED_IN_STATE"
    )


# ---- reports within the own remit


def test_a_report_is_dealt_with_and_reported_without_a_decision() -> None:
    taken = given(report(), report_accepted()).when(Complaint, "complete_handling", by="zjj", at="2025-02-21")
    taken.then(HandlingCompleted(matter="M1"))
    assert taken.clock("XE-REP7").state == State.RUNNING


@pytest.mark.parametrize(
    "facts,code",
    [
        ((report(),), "NOT_ACCEPTED"),
        ((report(), report_accepted(), handled(matter="M1")), "ALREADY_DONE"),
        ((bidding(), accepted()), "DECISION_NEEDED"),
    ],
)
def test_handling_is_completed_for_an_accepted_report_once(facts: tuple[Fact, ...], code: str) -> None:
    given(*facts).when(Complaint, "complete_handling", by="zjj", at="2025-02-24").refused(code)


# ---- report to the office


def test_the_handling_is_reported() -> None:
    taken = given(*DECIDED, handled()).when(
        Complaint, "file_report", by="zjj", at="2025-02-24", uploaded_to="电子监督平台"
    )
    taken.then(CaseReportFiled(matter="TS-1", uploaded_to="电子监督平台"))
    assert taken.clock("XE-REP7").state == State.MET


def test_a_late_report_is_recorded_and_judged_late() -> None:
    taken = given(*DECIDED, handled("2025-03-26")).when(Complaint, "file_report", by="zjj", at="2025-04-03")
    judged = taken.clock("XE-REP7")
    assert (judged.state, judged.late_calendar_days) == (State.BREACHED_LATE, 1)


@pytest.mark.parametrize("facts,code", [(DECIDED, "NOT_HANDLED"), (FINISHED, "ALREADY_DONE")])
def test_what_is_handled_is_reported_once(facts: tuple[Fact, ...], code: str) -> None:
    given(*facts).when(Complaint, "file_report", by="zjj", at="2025-02-25").refused(code)


# ---- closing


def test_a_finished_case_is_closed_and_nobody_holds_it() -> None:
    taken = given(*FINISHED).when(Complaint, "close", by="zjj", at="2025-02-25")
    taken.then(CaseClosed(matter="TS-1"))
    assert taken.holder("TS-1") is None
    taken.when(Complaint, "close", by="zjj", at="2025-02-26").forbidden()


@pytest.mark.parametrize(
    "facts,code",
    [
        ((bidding(),), "NOT_HANDLED"),
        ((bidding(), accepted()), "NOT_HANDLED"),
        (DECIDED, "NOT_HANDLED"),
        ((*DECIDED, handled()), "CLOCKS_RUNNING"),
    ],
)
def test_a_case_is_not_closed_before_its_end(facts: tuple[Fact, ...], code: str) -> None:
    given(*facts).when(Complaint, "close", by="zjj", at="2025-02-22").refused(code)


def test_a_passed_limit_waits_for_its_act_before_the_case_is_closed() -> None:
    given(*DECIDED, handled()).when(Complaint, "close", by="zjj", at="2025-05-22").refused("CLOCKS_RUNNING")


def test_a_silent_respondent_keeps_no_case_open() -> None:
    told = RespondentsNotified(matter="TS-1", received_on=date(2025, 6, 9))
    done = [(told, "2025-06-06", "czj"), decided("2025-06-20", "czj"), handled("2025-06-23", "czj"),
            reported("2025-06-24", "czj")]  # fmt: skip
    given(procurement(), accepted("2025-06-05", "czj"), *done).when(Complaint, "close", by="czj", at="2025-06-25").then(
        CaseClosed(matter="TS-1")
    )


def test_an_anonymous_report_for_another_department_is_closed_if_nothing_is_transferred() -> None:
    facts = (report(named=False), not_competent(matter="M1", known=False))
    given(*facts).when(Complaint, "close", by="zjj", at="2025-01-24").then(CaseClosed(matter="M1"))


def test_an_anonymous_report_that_must_be_transferred_is_not_closed() -> None:
    facts = (report(named=False), not_competent(matter="M1", known=False, transfer=True))
    given(*facts).when(Complaint, "close", by="zjj", at="2025-01-24").refused("NOT_HANDLED")


# ---- a violation found on the way


def test_a_violation_in_the_own_remit_is_handled_reported_and_closed_by_itself() -> None:
    taken = given(bidding(), accepted(), FOUND).when(
        Complaint, "complete_handling", by="zjj", at="2025-02-12", matter="M2"
    )
    taken.then(HandlingCompleted(matter="M2"))
    taken.when(Complaint, "close", by="zjj", at="2025-02-13", matter="M2").refused("CLOCKS_RUNNING")
    taken.when(Complaint, "file_report", by="zjj", at="2025-02-13", matter="M2").then(CaseReportFiled(matter="M2"))
    taken.when(Complaint, "file_report", by="zjj", at="2025-02-13", matter="M2").refused("ALREADY_DONE")
    taken.when(Complaint, "close", by="zjj", at="2025-02-14", matter="M2").then(CaseClosed(matter="M2"))
    assert (taken.holder("TS-1"), taken.holder("M2")) == ("zjj", None)
    assert taken.case.state == "accepted"


@pytest.mark.parametrize("step", ["complete_handling", "file_report", "close"])
def test_another_organs_or_no_matter_is_left_alone(step: str) -> None:
    given(bidding(), accepted(), FOUND).when(Complaint, step, by="nyj", at="2025-02-12", matter="M2").forbidden()
    given(bidding(), accepted(), FOUND).when(Complaint, step, by="zjj", at="2025-02-12", matter="M9").forbidden()


def test_a_matter_of_another_case_is_not_closed_here() -> None:
    other = bidding("2025-02-03", number="TS-2")
    given(*FINISHED, other).when(Complaint, "close", by="zjj", at="2025-02-25", case="TS-1", matter="TS-2").refused(
        "NO_SUCH_MATTER"
    )


# ---- reopening


@pytest.mark.parametrize("facts", [DECIDED, (*DECIDED, handled()), (*FINISHED, closed())])
def test_an_annulled_decision_is_made_again_from_the_day_the_judgment_came(facts: tuple[Fact, ...]) -> None:
    taken = given(*facts).when(
        Complaint,
        "reopen",
        by="zjj",
        at="2025-09-01",
        judgment="（2025）鄂行终1号",
        judgment_received_on=date(2025, 8, 29),
    )
    taken.then(CaseReopened(matter="TS-1", judgment="（2025）鄂行终1号", judgment_received_on=date(2025, 8, 29)))
    assert taken.holder("TS-1") == "zjj"
    assert taken.case.state == "accepted"
    clock = taken.clocks("NA-DEC30")[-1]
    assert (clock.leg, clock.anchor.date()) == (2, date(2025, 8, 29))


@pytest.mark.parametrize("missing", [{"judgment": None}, {"judgment_received_on": None}])
def test_a_case_is_not_reopened_without_the_judgment(missing: dict[str, Any]) -> None:
    papers = {"judgment": "（2025）鄂行终1号", "judgment_received_on": date(2025, 8, 29), **missing}
    given(*FINISHED, closed()).when(Complaint, "reopen", by="zjj", at="2025-09-01", **papers).refused(
        "JUDGMENT_REQUIRED"
    )


def test_only_who_decided_decides_again() -> None:
    given(*FINISHED, closed()).when(
        Complaint, "reopen", by="nyj", at="2025-09-01", judgment="判决", judgment_received_on=date(2025, 8, 29)
    ).forbidden()


def test_what_was_never_decided_is_not_reopened() -> None:
    given(bidding(), accepted()).when(
        Complaint, "reopen", by="zjj", at="2025-09-01", judgment="判决", judgment_received_on=date(2025, 8, 29)
    ).forbidden()
