"""Inspection, expert review, suspension of trading, withdrawal and new violations while a complaint is inquired into (调查)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.complaint.case import Complaint
from domain.cases.complaint.events import (
    ComplaintTerminated,
    ExpertOpinionReceived,
    ExpertReview,
    ExpertReviewCommissioned,
    Inspection,
    InspectionCommissioned,
    InspectionReportReceived,
    TradingResumed,
    TradingSuspended,
    ViolationDiscovered,
    WithdrawalRefused,
    WithdrawalRequested,
)
from domain.law.clock import State
from tests.cases.complaint_facts import Fact, accepted, bidding, decided, procurement, report, report_accepted
from tests.given import given

INSPECTED = InspectionCommissioned(matter="TS-1", kind=Inspection.APPRAISAL, pause_id="P1")
REVIEWED = ExpertReviewCommissioned(matter="TS-1", kind=ExpertReview.EXPERT_REVIEW)
ASKED = WithdrawalRequested(matter="TS-1", by="ref-1", written=True, grounds="已和解")
DAY = "2025-02-10"


def inquiry(*events: Any) -> tuple[Fact, ...]:
    """An accepted bidding complaint, and then these events on one day."""
    return (bidding(), accepted(), *((event, DAY, "zjj") for event in events))


def procedure(*events: Any) -> tuple[Fact, ...]:
    """An accepted procurement complaint, and then these events on one day."""
    return (procurement(), accepted("2025-06-05", "czj"), *((event, "2025-06-10", "czj") for event in events))


# ---- inspection and expert review


@pytest.mark.parametrize("kind", Inspection)
def test_an_inspection_test_or_appraisal_stops_the_count(kind: Inspection) -> None:
    taken = given(*inquiry()).when(Complaint, "commission_inspection", by="zjj", at=DAY, kind=kind, pause_id="P1")
    taken.then(InspectionCommissioned(matter="TS-1", kind=kind, pause_id="P1"))
    assert taken.clock("NA-DEC30").state == State.PAUSED
    assert taken.case.state == "paused"


def test_an_expert_review_stops_the_count_and_the_opinion_resumes_it() -> None:
    taken = given(*inquiry()).when(Complaint, "commission_expert_review", by="zjj", at="2025-02-10")
    taken.then(REVIEWED)
    assert taken.clock("NA-DEC30").remaining_working_days == 22
    taken.when(Complaint, "record_expert_opinion", by="zjj", at="2025-02-21")
    taken.then(ExpertOpinionReceived(matter="TS-1"))
    assert taken.clock("NA-DEC30").due.day == date(2025, 3, 25)
    assert taken.case.state == "accepted"


def test_the_count_resumes_when_no_pause_stays_open() -> None:
    taken = given(*inquiry(INSPECTED, REVIEWED)).when(
        Complaint, "record_inspection_report", by="zjj", at="2025-02-14", pause_id="P1"
    )
    taken.then(InspectionReportReceived(matter="TS-1", pause_id="P1"))
    assert taken.clock("NA-DEC30").state == State.PAUSED
    taken.when(Complaint, "record_expert_opinion", by="zjj", at="2025-02-21")
    assert taken.clock("NA-DEC30").state == State.RUNNING


@pytest.mark.parametrize("step", ["commission_inspection", "commission_expert_review", "suspend_trading"])
def test_nothing_is_ordered_before_acceptance(step: str) -> None:
    arguments = {"kind": Inspection.TEST} if step == "commission_inspection" else {}
    given(bidding()).when(Complaint, step, by="zjj", at=DAY, **arguments).refused("NOT_ACCEPTED")


@pytest.mark.parametrize("step", ["commission_expert_review", "suspend_trading"])
def test_nothing_is_ordered_after_the_decision(step: str) -> None:
    given(*inquiry(), decided()).when(Complaint, step, by="zjj", at="2025-02-21").refused("STEP_NOT_ALLOWED_IN_STATE")


def test_only_the_holder_commissions() -> None:
    given(*inquiry()).when(Complaint, "commission_expert_review", by="nyj", at=DAY).forbidden()


def test_a_report_needs_an_inspection_that_waits_for_it() -> None:
    given(*inquiry(REVIEWED)).when(Complaint, "record_inspection_report", by="zjj", at=DAY).refused("NO_SUCH_PAUSE")
    given(*inquiry(INSPECTED)).when(Complaint, "record_inspection_report", by="zjj", at=DAY, pause_id="P9").refused(
        "NO_SUCH_PAUSE"
    )


def test_an_opinion_needs_a_review_that_waits_for_it() -> None:
    given(*inquiry(INSPECTED)).when(Complaint, "record_expert_opinion", by="zjj", at=DAY).refused("NO_SUCH_PAUSE")


def test_one_pause_is_not_begun_twice() -> None:
    given(*inquiry(INSPECTED)).when(
        Complaint, "commission_inspection", by="zjj", at=DAY, kind=Inspection.TEST, pause_id="P1"
    ).refused("ALREADY_DONE")


# ---- suspension of trading


def test_the_holder_may_order_trading_to_stop_and_to_go_on() -> None:
    taken = given(*inquiry()).when(Complaint, "suspend_trading", by="zjj", at=DAY)
    taken.then(TradingSuspended(matter="TS-1"))
    assert taken.case.summary()["trading_suspended"] is True
    taken.when(Complaint, "resume_trading", by="zjj", at="2025-02-12").then(TradingResumed(matter="TS-1"))
    assert taken.case.summary()["trading_suspended"] is False


def test_trading_is_suspended_once() -> None:
    given(*inquiry(TradingSuspended(matter="TS-1"))).when(Complaint, "suspend_trading", by="zjj", at=DAY).refused(
        "ALREADY_DONE"
    )


def test_trading_that_goes_on_is_not_resumed() -> None:
    given(*inquiry()).when(Complaint, "resume_trading", by="zjj", at=DAY).refused("NOT_SUSPENDED")


def test_trading_is_suspended_in_bidding_complaints_only() -> None:
    given(*procedure()).when(Complaint, "suspend_trading", by="czj", at="2025-06-10").refused("BIDDING_ONLY")


# ---- withdrawal


def test_the_complainant_asks_in_writing_and_with_reasons() -> None:
    given(*inquiry()).when(Complaint, "request_withdrawal", by="zjj", at=DAY, written=True, grounds="已和解").then(
        WithdrawalRequested(matter="TS-1", by=None, written=True, grounds="已和解")
    )


@pytest.mark.parametrize(
    "written,grounds,code", [(False, "已和解", "WITHDRAWAL_UNWRITTEN"), (True, None, "WITHDRAWAL_UNREASONED")]
)
def test_an_unwritten_or_unreasoned_request_is_refused(written: bool, grounds: str | None, code: str) -> None:
    given(*inquiry()).when(Complaint, "request_withdrawal", by="zjj", at=DAY, written=written, grounds=grounds).refused(
        code
    )


def test_a_procurement_complaint_is_withdrawn_without_reasons() -> None:
    given(*procedure()).when(
        Complaint, "request_withdrawal", by="czj", at="2025-06-10", written=True, grounds=None
    ).then(WithdrawalRequested(matter="TS-1", by=None, written=True))


def test_one_request_is_open_at_a_time() -> None:
    given(*inquiry(ASKED)).when(
        Complaint, "request_withdrawal", by="zjj", at=DAY, written=True, grounds="已和解"
    ).refused("ALREADY_DONE")


def test_a_report_is_not_withdrawn() -> None:
    given(report(), report_accepted()).when(
        Complaint, "request_withdrawal", by="zjj", at=DAY, written=True, grounds="已和解"
    ).refused("COMPLAINTS_ONLY")


def test_a_decided_complaint_is_not_withdrawn() -> None:
    given(*inquiry(), decided()).when(
        Complaint, "request_withdrawal", by="zjj", at="2025-02-21", written=True, grounds="已和解"
    ).refused("STEP_NOT_ALLOWED_IN_STATE")


def test_a_withdrawal_that_harms_nobody_ends_the_complaint() -> None:
    taken = given(*inquiry(ASKED)).when(Complaint, "grant_withdrawal", by="zjj", at=DAY, violation_established=False)
    taken.then(ComplaintTerminated(matter="TS-1"))
    assert taken.holder("TS-1") is None
    assert taken.clock("NA-DEC30").state == State.MET


def test_a_bidding_complaint_with_an_established_violation_is_not_withdrawn() -> None:
    given(*inquiry(ASKED)).when(Complaint, "grant_withdrawal", by="zjj", at=DAY, violation_established=True).refused(
        "WITHDRAWAL_BARRED_VIOLATION_ESTABLISHED"
    )


def test_a_withdrawal_that_harms_others_is_not_granted() -> None:
    given(*inquiry(ASKED)).when(
        Complaint, "grant_withdrawal", by="zjj", at=DAY, violation_established=False, harms_others=True
    ).refused("WITHDRAWAL_BARRED_HARM")


def test_the_withdrawal_of_a_procurement_complaint_always_ends_it() -> None:
    given(*procedure(ASKED)).when(
        Complaint, "grant_withdrawal", by="czj", at="2025-06-11", violation_established=True
    ).then(ComplaintTerminated(matter="TS-1"))
    given(*procedure(ASKED)).when(
        Complaint, "refuse_withdrawal", by="czj", at="2025-06-11", violation_established=True
    ).refused("WITHDRAWAL_ENDS_PROCEDURE")


@pytest.mark.parametrize("step", ["grant_withdrawal", "refuse_withdrawal"])
def test_a_withdrawal_that_nobody_asked_for_is_neither_granted_nor_refused(step: str) -> None:
    given(*inquiry()).when(Complaint, step, by="zjj", at=DAY, violation_established=True).refused(
        "NO_WITHDRAWAL_REQUEST"
    )


def test_a_withdrawal_is_refused_where_a_violation_is_established() -> None:
    taken = given(*inquiry(ASKED)).when(Complaint, "refuse_withdrawal", by="zjj", at=DAY, violation_established=True)
    taken.then(WithdrawalRefused(matter="TS-1"))
    assert taken.clock("NA-DEC30").state == State.RUNNING
    assert taken.holder("TS-1") == "zjj"


def test_a_harmless_withdrawal_is_not_refused() -> None:
    given(*inquiry(ASKED)).when(Complaint, "refuse_withdrawal", by="zjj", at=DAY, violation_established=False).refused(
        "WITHDRAWAL_NOT_BARRED"
    )


# ---- new violations


def test_a_new_fact_is_a_matter_of_its_own_from_the_day_it_was_found() -> None:
    taken = given(*inquiry()).when(
        Complaint, "discover_violation", by="zjj", at=DAY, new_matter="M2", description="转包",
        discovered_on=date(2025, 2, 7),
    )  # fmt: skip
    taken.then(ViolationDiscovered(matter="M2", description="转包", discovered_on=date(2025, 2, 7)))
    assert (taken.holder("TS-1"), taken.holder("M2")) == ("zjj", "zjj")
    assert taken.case.state == "accepted"


def test_a_violation_is_found_on_the_day_of_the_record_unless_said_otherwise() -> None:
    given(*inquiry()).when(Complaint, "discover_violation", by="zjj", at=DAY, new_matter="M2", description="转包").then(
        ViolationDiscovered(matter="M2", description="转包", discovered_on=date(2025, 2, 10))
    )


def test_a_violation_is_not_found_after_it_was_recorded() -> None:
    given(*inquiry()).when(
        Complaint, "discover_violation", by="zjj", at=DAY, new_matter="M2", description="转包",
        discovered_on=date(2025, 2, 11),
    ).refused("FOUND_AFTER_RECORD")  # fmt: skip


def test_a_new_matter_has_an_id_of_its_own() -> None:
    given(*inquiry()).when(
        Complaint, "discover_violation", by="zjj", at=DAY, new_matter="TS-1", description="转包"
    ).refused("MATTER_TAKEN")
