"""A department that suspects a crime refers it to the police: two officers, the head's approval, the listed material."""

from __future__ import annotations

from datetime import date

import pytest

from domain.cases.complaint.events import ComplaintReceived, Subject
from domain.cases.crime_referral import CASE as CRIME
from domain.cases.crime_referral.events import (
    CaseClosed,
    CaseItemsHandedOver,
    CrimeReferralApproved,
    CrimeReferralDispatched,
    CrimeReferralNotApproved,
    CrimeReferralReportSubmitted,
    FilingNoticeReceived,
    NotFilingNoticeReceived,
    ProsecutorSupervisionSuggested,
    ReconsiderationDecisionReceived,
    ReconsiderationRequested,
    SupplementSubmitted,
)
from domain.law.clock import State
from tests.cases.crime_facts import (
    APPROVED,
    ASKED,
    DISPATCH,
    DISPATCHED,
    EXAMINING,
    FILED,
    ITEMS,
    LETTER,
    NO_EXPERTISE,
    NOT_FILED,
    NOTIFIED,
    REFUSED,
    REPORT,
    REPORTED,
    SUPPLEMENTING,
    SUSPECTED,
    SUSPICION,
    UPHELD,
    M,
)
from tests.cases.referral_facts import REPORT as RECEIVED_REPORT  # fmt: skip
from tests.cases.referral_facts import SENT, fact
from tests.given import given, opening

WRONG_STATE = "STEP_NOT_ALLOWED_IN_STATE"
NOT_APPROVED = (*REPORTED, (CrimeReferralNotApproved(**M, reason="证据不足"), "2025-09-30", "scj"))
RECORDING = {"matter": "V1", "description": "四家公司串通投标", "task_force": ("甲", "乙")}


def test_a_suspicion_is_recorded_with_a_task_force_of_two_officers() -> None:
    result = (
        given().when(CRIME, "record_suspicion", number="XS-1", by="scj", at="2025-09-24", **RECORDING).then(SUSPICION)
    )
    assert result.holder("V1") == "scj"
    for officers in (None, (), ("甲",), ("甲", "甲"), ("甲", " ")):
        asked = {**RECORDING, "task_force": officers, "number": "XS-1"}
        given().when(CRIME, "record_suspicion", by="scj", at="2025-09-24", **asked).refused("TWO_OFFICERS_REQUIRED")
    given().when(CRIME, "record_suspicion", number="XS-1", by="jwjc", at="2025-09-24", **RECORDING).forbidden()


def test_a_suspicion_takes_no_matter_from_its_holder_and_no_complaint_from_its_decision() -> None:
    asked = {**RECORDING, "matter": "M1", "number": "XS-1", "at": "2024-05-07"}
    given(RECEIVED_REPORT).when(CRIME, "record_suspicion", by="slj", **asked).then_topics(
        "crime-referral.suspicion-recorded"
    )
    given(RECEIVED_REPORT).when(CRIME, "record_suspicion", by="scj", **asked).refused("MATTER_NOT_IN_HAND")
    given(*SENT).when(CRIME, "record_suspicion", by="slj", **asked).refused("MATTER_NOT_IN_HAND")
    complaint = fact(ComplaintReceived(**opening("JB-1", "M1"), subject=Subject.BIDDING), "2024-04-25", "slj", "JB-1")
    given(complaint).when(CRIME, "record_suspicion", by="slj", **asked).refused("CRIME_NEEDS_OWN_MATTER")


def test_the_task_force_reports_in_writing_and_the_head_has_three_days() -> None:
    result = given(*SUSPECTED).when(CRIME, "submit_report", by="scj", at="2025-09-29", report="专案组报告")
    clock = result.then(CrimeReferralReportSubmitted(**M, report="专案组报告")).clock("NA-CRM3")
    assert clock is not None
    assert clock.due.day == date(2025, 10, 9)
    given(*SUSPECTED).when(CRIME, "submit_report", by="scj", at="2025-09-29", report=None).refused(
        "WRITTEN_REPORT_REQUIRED"
    )
    given(*SUSPECTED).when(CRIME, "submit_report", by="zjj", at="2025-09-29", report="报告").forbidden()
    given(*REPORTED).when(CRIME, "submit_report", by="scj", at="2025-09-30", report="报告").refused(WRONG_STATE)


def test_the_head_approves_by_name_and_the_referral_is_due_in_24_hours() -> None:
    result = given(*REPORTED).when(CRIME, "approve", by="scj", at="2025-09-30T16:30+08:00", approved_by="局长")
    result.then(CrimeReferralApproved(**M, approved_by="局长"))
    deciding, sending = result.clock("NA-CRM3"), result.clock("NA-CRM24", at="2025-10-02T09:00+08:00")
    assert deciding is not None
    assert sending is not None
    assert (deciding.state, sending.state, sending.late_hours) == (State.MET, State.BREACHED_OPEN, 16.5)
    given(*REPORTED).when(CRIME, "approve", by="scj", at="2025-09-30", approved_by=None).refused(
        "HEAD_APPROVAL_REQUIRED"
    )
    given(*SUSPECTED).when(CRIME, "approve", by="scj", at="2025-09-30", approved_by="局长").refused(WRONG_STATE)
    given(*REPORTED).when(CRIME, "approve", by="gaj", at="2025-09-30", approved_by="局长").forbidden()


def test_the_head_does_not_approve_without_recording_why_and_a_new_report_may_follow() -> None:
    result = given(*REPORTED).when(
        CRIME, "not_approve", by="scj", at="2025-09-30", reason="证据不足", decided_by="局长"
    )
    result.then(CrimeReferralNotApproved(**M, reason="证据不足", decided_by="局长"))
    assert result.holder("V1") == "scj"
    result.when(CRIME, "submit_report", by="scj", at="2025-10-09", report="补充报告").then_topics(
        "crime-referral.report-submitted"
    )
    given(*REPORTED).when(CRIME, "not_approve", by="scj", at="2025-09-30", reason=None).refused(
        "NON_APPROVAL_REASON_REQUIRED"
    )
    given(*APPROVED).when(CRIME, "not_approve", by="scj", at="2025-10-01", reason="证据不足").refused(WRONG_STATE)
    given(*REPORTED).when(CRIME, "not_approve", by="zjj", at="2025-09-30", reason="证据不足").forbidden()


def test_the_case_goes_to_the_police_and_missing_kinds_of_material_are_noted_not_refused() -> None:
    asked = {"by": "scj", "at": "2025-10-09", "materials": (LETTER, REPORT, ITEMS), "copied_to": "jcy"}
    result = given(*APPROVED).when(CRIME, "dispatch", **asked).then(DISPATCH)
    clock = result.clock("NA-CRM24")
    assert clock is not None
    assert (clock.state, result.holder("V1"), result.in_transit_to("V1")) == (State.BREACHED_LATE, "scj", "gaj")
    complete = given(*APPROVED).when(
        CRIME, "dispatch", **{**asked, "materials": (LETTER, REPORT, ITEMS, "司法鉴定意见书")}
    )
    assert isinstance(complete.new[0].event, CrimeReferralDispatched)
    assert (DISPATCH.missing, complete.new[0].event.missing) == (NO_EXPERTISE, ())
    assert (len(DISPATCH.warnings()), complete.new[0].event.warnings()) == (1, ())


def test_nothing_at_all_is_no_referral_and_it_goes_to_the_police_only() -> None:
    asked = {"by": "scj", "at": "2025-10-01"}
    for nothing in (None, (), (" ",)):
        given(*APPROVED).when(CRIME, "dispatch", **asked, materials=nothing).refused("CRIME_MATERIALS_REQUIRED")
    given(*APPROVED).when(CRIME, "dispatch", **asked, materials=(LETTER,), to="zjj").refused("POLICE_REQUIRED")
    given(*APPROVED).when(CRIME, "dispatch", **asked, materials=(LETTER,), to="gaj2").then_topics(
        "crime-referral.dispatched"
    )
    given(*REPORTED).when(CRIME, "dispatch", **asked, materials=(LETTER,)).refused(WRONG_STATE)
    given(*NOT_APPROVED).when(CRIME, "dispatch", **asked, materials=(LETTER,)).refused(WRONG_STATE)
    given(*APPROVED).when(CRIME, "dispatch", by="zjj", at="2025-10-01", materials=(LETTER,)).forbidden()


def test_the_department_supplements_and_the_police_hold_on_with_three_fresh_days() -> None:
    result = given(*SUPPLEMENTING).when(CRIME, "submit_supplement", by="scj", at="2025-10-13", materials=("鉴定意见",))
    result.then(SupplementSubmitted(**M, materials=("鉴定意见",)))
    supplying, examining = result.clock("NA-SUP3"), result.clock("NA-POL3")
    assert supplying is not None
    assert examining is not None
    assert (supplying.state, examining.due.day, result.holder("V1")) == (State.MET, date(2025, 10, 16), "gaj")
    late = given(*SUPPLEMENTING).when(CRIME, "submit_supplement", by="scj", at="2025-10-20", materials=("鉴定意见",))
    supplied = late.then_topics("crime-referral.supplement-submitted").clock("NA-SUP3")
    assert supplied is not None
    assert supplied.state is State.BREACHED_LATE
    given(*SUPPLEMENTING).when(CRIME, "submit_supplement", by="scj", at="2025-10-13", materials=None).refused(
        "SUPPLEMENT_EMPTY"
    )
    given(*EXAMINING).when(CRIME, "submit_supplement", by="scj", at="2025-10-13", materials=("鉴定意见",)).refused(
        WRONG_STATE
    )
    given(*SUPPLEMENTING).when(
        CRIME, "submit_supplement", by="gaj", at="2025-10-13", materials=("鉴定意见",)
    ).forbidden()


def test_items_of_a_filed_case_are_handed_over_after_the_notice_once() -> None:
    notice = (
        given(*FILED).when(CRIME, "receive_filing_notice", by="scj", at="2025-10-13").then(FilingNoticeReceived(**M))
    )
    notice.when(CRIME, "receive_filing_notice", by="scj", at="2025-10-14").refused("ALREADY_RECORDED")
    handed = given(*NOTIFIED).when(CRIME, "hand_over_items", by="scj", at="2025-10-16").then(CaseItemsHandedOver(**M))
    clock = handed.clock("NA-HND3")
    assert clock is not None
    assert (clock.state, handed.holder("V1"), handed.case and handed.case.state) == (State.MET, "gaj", "with_police")
    handed.when(CRIME, "hand_over_items", by="scj", at="2025-10-17").refused("ALREADY_RECORDED")
    given(*FILED).when(CRIME, "hand_over_items", by="scj", at="2025-10-16").refused("FILING_NOTICE_FIRST")
    given(*EXAMINING).when(CRIME, "receive_filing_notice", by="scj", at="2025-10-13").refused(WRONG_STATE)
    given(*EXAMINING).when(CRIME, "hand_over_items", by="scj", at="2025-10-13").refused(WRONG_STATE)
    given(*FILED).when(CRIME, "receive_filing_notice", by="gaj", at="2025-10-13").forbidden()
    given(*NOTIFIED).when(CRIME, "hand_over_items", by="gaj", at="2025-10-16").forbidden()


def test_after_a_refusal_the_department_holds_the_case_again_and_may_ask_to_reconsider() -> None:
    result = (
        given(*REFUSED)
        .when(CRIME, "receive_not_filing_notice", by="scj", at="2025-10-17")
        .then(NotFilingNoticeReceived(**M))
    )
    assert (result.holder("V1"), result.in_transit_to("V1")) == ("scj", None)
    asked = result.when(CRIME, "request_reconsideration", by="scj", at="2025-10-20").then(ReconsiderationRequested(**M))
    clock = asked.clock("NA-RCN3")
    assert clock is not None
    assert (clock.state, asked.holder("V1")) == (State.MET, "scj")
    given(*EXAMINING).when(CRIME, "receive_not_filing_notice", by="scj", at="2025-10-17").refused(WRONG_STATE)
    given(*REFUSED).when(CRIME, "receive_not_filing_notice", by="gaj", at="2025-10-17").forbidden()
    given(*REFUSED).when(CRIME, "request_reconsideration", by="scj", at="2025-10-17").refused(WRONG_STATE)
    given(*ASKED).when(CRIME, "request_reconsideration", by="scj", at="2025-10-21").refused(WRONG_STATE)
    given(*NOT_FILED).when(CRIME, "request_reconsideration", by="gaj", at="2025-10-18").forbidden()


@pytest.mark.parametrize("facts", [NOT_FILED, UPHELD])
def test_once_filing_is_refused_the_procuratorate_may_be_asked_to_supervise(
    facts: tuple[tuple[object, ...], ...],
) -> None:
    result = given(*facts).when(CRIME, "suggest_prosecutor_supervision", by="scj", at="2025-10-24")
    result.then(ProsecutorSupervisionSuggested(**M))
    result.when(CRIME, "suggest_prosecutor_supervision", by="scj", at="2025-10-25").refused(WRONG_STATE)
    given(*facts).when(CRIME, "suggest_prosecutor_supervision", by="gaj", at="2025-10-24").forbidden()


def test_supervision_is_not_suggested_before_a_refusal_and_has_three_days_after_the_upholding_decision() -> None:
    given(*DISPATCHED).when(CRIME, "suggest_prosecutor_supervision", by="scj", at="2025-10-24").refused(WRONG_STATE)
    result = given(*UPHELD).when(CRIME, "receive_reconsideration_decision", by="scj", at="2025-10-24")
    clock = result.then(ReconsiderationDecisionReceived(**M)).clock("NA-PRO3")
    assert clock is not None
    assert clock.due.day == date(2025, 10, 27)
    result.when(CRIME, "suggest_prosecutor_supervision", by="scj", at="2025-10-27").then(
        ProsecutorSupervisionSuggested(**M)
    )
    given(*ASKED).when(CRIME, "receive_reconsideration_decision", by="scj", at="2025-10-24").refused(WRONG_STATE)
    given(*UPHELD).when(CRIME, "receive_reconsideration_decision", by="gaj", at="2025-10-24").forbidden()


def test_a_case_is_closed_by_its_holder_when_no_duty_is_outstanding() -> None:
    result = given(*NOT_FILED).when(CRIME, "close", by="scj", at="2025-10-21").then(CaseClosed(**M))
    assert result.holder("V1") is None
    given(*NOTIFIED).when(CRIME, "close", by="gaj", at="2025-10-14").refused("ITEMS_NOT_HANDED_OVER")
    handed = (*NOTIFIED, (CaseItemsHandedOver(**M), "2025-10-14", "scj"))
    given(*handed).when(CRIME, "close", by="gaj", at="2025-10-15").then(CaseClosed(**M))
    given(*FILED).when(CRIME, "close", by="scj", at="2025-10-14").forbidden()
    given(*EXAMINING).when(CRIME, "close", by="gaj", at="2025-10-14").refused(WRONG_STATE)
