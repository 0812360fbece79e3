"""Complaints and reports are received, accepted, rejected, or sent to whoever is competent (收件、受理、告知)."""

from __future__ import annotations

from datetime import date

import pytest

from domain.cases.complaint.case import Complaint
from domain.cases.complaint.events import (
    ComplaintAccepted,
    ComplaintReceived,
    ComplaintRejected,
    CorrectionRequested,
    ReportAccepted,
    ReportReceived,
    Subject,
)
from domain.cases.complaint.intake import ReportKind
from domain.law.clock import State
from tests.cases.complaint_facts import (
    OBJECTED,
    accepted,
    bidding,
    decided,
    not_competent,
    procurement,
    report,
    report_accepted,
)
from tests.given import given, opening

DAY = "2025-01-24"


# ---- registration


def test_any_department_receives_a_complaint_and_holds_it() -> None:
    taken = given().when(
        Complaint, "register", by="zjj", at="2025-01-22T10:05+08:00", number="TS-1", subject=Subject.BIDDING,
        complainant="ref-1", project="县二中宿舍楼施工", **OBJECTED,
    )  # fmt: skip
    taken.then(
        ComplaintReceived(
            **opening("TS-1"), subject=Subject.BIDDING, complainant="ref-1", project="县二中宿舍楼施工", **OBJECTED
        )
    )
    assert taken.holder("TS-1") == "zjj"
    assert taken.clock("NA-ACC3").due.day == date(2025, 1, 26)


def test_the_receipt_of_a_procurement_complaint_starts_review_notice_and_decision() -> None:
    taken = given().when(
        Complaint, "register", by="czj", at="2025-06-03", number="TS-1", subject=Subject.PROCUREMENT,
        complainant="ref-1", **OBJECTED,
    )  # fmt: skip
    assert [taken.clock(rule).state for rule in ("NA-GP-REV5", "NA-GP-NTF8", "NA-GP-DEC30")] == [State.RUNNING] * 3
    assert taken.clock("NA-ACC3") is None


def test_a_complaint_names_its_complainant() -> None:
    given().when(
        Complaint, "register", by="zjj", at=DAY, number="TS-1", subject=Subject.BIDDING, complainant=None, **OBJECTED
    ).refused("COMPLAINANT_UNNAMED")


def test_a_matter_is_opened_once_in_a_file() -> None:
    given(report()).when(
        Complaint, "register_report", by="slj", at=DAY, number="JB-2", kind=ReportKind.NAMED, matter="M1"
    ).refused("MATTER_TAKEN")


@pytest.mark.parametrize("organ", ["system", "respondent", "jwjc"])
def test_only_departments_receive_complaints(organ: str) -> None:
    given().when(Complaint, "register_report", by=organ, at=DAY, number="JB-1", kind=ReportKind.NAMED).forbidden()


def test_a_report_may_be_anonymous_and_starts_no_clock() -> None:
    taken = given().when(
        Complaint, "register_report", by="slj", at=DAY, number="JB-1", kind=ReportKind.ANONYMOUS, matter="M1",
        matter_title="农村公路转包挂靠",
    )  # fmt: skip
    taken.then(ReportReceived(**opening("JB-1", "M1"), named=False, matter_title="农村公路转包挂靠"))
    assert taken.holder("M1") == "slj"
    assert taken.file.clocks == []


# ---- acceptance


def test_the_receiver_accepts_and_the_decision_counts_from_receipt() -> None:
    taken = given(bidding()).when(Complaint, "accept", by="zjj", at="2025-01-26T16:00+08:00")
    taken.then(ComplaintAccepted(matter="TS-1"))
    assert taken.clock("NA-ACC3").state == State.MET
    assert taken.clock("NA-DEC30").due.day == date(2025, 3, 11)


def test_a_late_acceptance_is_recorded_and_judged_late() -> None:
    taken = given(bidding()).when(Complaint, "accept", by="zjj", at="2025-02-10")
    assert taken.clock("NA-ACC3").state == State.BREACHED_LATE


def test_nobody_but_the_holder_accepts() -> None:
    given(bidding()).when(Complaint, "accept", by="nyj", at=DAY).forbidden()


def test_a_complaint_is_accepted_once() -> None:
    given(bidding(), accepted()).when(Complaint, "accept", by="zjj", at=DAY).refused("STEP_NOT_ALLOWED_IN_STATE")


def test_what_another_department_must_deal_with_is_not_accepted() -> None:
    given(bidding(), not_competent()).when(Complaint, "accept", by="zjj", at=DAY).refused("NOT_IN_REMIT")


def test_a_complaint_filed_after_ten_days_is_not_accepted() -> None:
    given(bidding(knew_on=date(2025, 1, 2), prior_objection_answered=None, objection_needed=False)).when(
        Complaint, "accept", by="zjj", at=DAY
    ).refused("FILED_LATE")


def test_the_time_of_the_objection_does_not_count() -> None:
    given(bidding(knew_on=date(2025, 1, 2))).when(Complaint, "accept", by="zjj", at=DAY).then(
        ComplaintAccepted(matter="TS-1")
    )


def test_matters_of_articles_22_44_and_54_need_an_objection_first() -> None:
    given(bidding(prior_objection_answered=None)).when(Complaint, "accept", by="zjj", at=DAY).refused("OBJECTION_FIRST")


def test_other_matters_need_no_objection() -> None:
    given(bidding(prior_objection_answered=None, objection_needed=False)).when(
        Complaint, "accept", by="zjj", at=DAY
    ).then(ComplaintAccepted(matter="TS-1"))


def test_an_objection_that_was_never_answered_is_an_objection() -> None:
    given(bidding(prior_objection_answered=None, answer_period_ended=date(2025, 1, 17))).when(
        Complaint, "accept", by="zjj", at=DAY
    ).then(ComplaintAccepted(matter="TS-1"))


def test_a_procurement_complaint_needs_a_challenge_first() -> None:
    given(procurement(prior_objection_answered=None, objection_needed=False)).when(
        Complaint, "accept", by="czj", at="2025-06-04"
    ).refused("CHALLENGE_FIRST")


def test_only_the_finance_department_accepts_or_rejects_a_procurement_complaint() -> None:
    given(procurement(by="zjj")).when(Complaint, "accept", by="zjj", at="2025-06-04").refused("FINANCE_ONLY")
    given(procurement(by="zjj")).when(Complaint, "reject", by="zjj", at="2025-06-04", reason="不属本级").refused(
        "FINANCE_ONLY"
    )


def test_acceptance_waits_for_the_correction() -> None:
    asked = CorrectionRequested(matter="TS-1", items=("法人身份证明",), deadline=date(2025, 6, 10))
    given(procurement(), (asked, "2025-06-04", "czj")).when(Complaint, "accept", by="czj", at="2025-06-05").refused(
        "CORRECTION_OUTSTANDING"
    )


def test_what_was_decided_before_is_accepted_with_new_evidence_only() -> None:
    facts = (bidding(), accepted(), decided(), bidding("2025-03-03", number="TS-2", same_matter_as="TS-1"))
    given(*facts).when(Complaint, "accept", by="zjj", at="2025-03-04").refused("DECIDED_BEFORE")
    given(*facts).when(Complaint, "accept", by="zjj", at="2025-03-04", new_evidence=True).then(
        ComplaintAccepted(matter="TS-2", new_evidence=True)
    )


def test_what_the_finance_department_dealt_with_before_is_not_accepted() -> None:
    again = procurement("2025-06-30", number="TS-2", same_matter_as="TS-1")
    given(procurement(), accepted("2025-06-04", "czj"), decided("2025-06-20", "czj"), again).when(
        Complaint, "accept", by="czj", at="2025-07-01", new_evidence=True
    ).refused("DECIDED_BEFORE_PROCUREMENT")


def test_the_department_that_received_it_first_deals_with_it() -> None:
    given(bidding(), bidding("2025-01-23", "nyj", "TS-2", same_matter_as="TS-1")).when(
        Complaint, "accept", by="nyj", at=DAY
    ).refused("EARLIER_RECEIVER_HANDLES")


def test_a_report_within_the_own_remit_is_accepted() -> None:
    given(report()).when(Complaint, "accept", by="zjj", at=DAY).then(ReportAccepted(matter="M1"))


# ---- rejection


def test_a_complaint_is_rejected_with_a_written_reason_and_ends() -> None:
    taken = given(bidding()).when(Complaint, "reject", by="zjj", at=DAY, reason="投诉事项不具体")
    taken.then(ComplaintRejected(matter="TS-1", reason="投诉事项不具体"))
    assert taken.holder("TS-1") is None
    assert taken.clock("NA-ACC3").state == State.MET


@pytest.mark.parametrize("reason", [None, " "])
def test_a_rejection_without_a_reason_is_refused(reason: str | None) -> None:
    given(bidding()).when(Complaint, "reject", by="zjj", at=DAY, reason=reason).refused("REJECTION_REASON_REQUIRED")


def test_what_another_department_must_deal_with_is_not_rejected() -> None:
    given(bidding(), not_competent()).when(Complaint, "reject", by="zjj", at=DAY, reason="不属").refused("NOT_IN_REMIT")


def test_the_rejection_of_a_procurement_complaint_voids_its_other_clocks() -> None:
    taken = given(procurement()).when(Complaint, "reject", by="czj", at="2025-06-04", reason="未质疑")
    assert taken.clock("NA-GP-REV5").state == State.MET
    assert [taken.clock(rule).state for rule in ("NA-GP-NTF8", "NA-GP-DEC30")] == [State.VOID] * 2


def test_an_accepted_report_is_not_accepted_again() -> None:
    given(report(), report_accepted()).when(Complaint, "accept", by="zjj", at=DAY).refused("STEP_NOT_ALLOWED_IN_STATE")
