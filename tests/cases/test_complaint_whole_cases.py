"""Whole cases from receipt to closing, with every limit on the way (全案)."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.cases.complaint.case import Complaint
from domain.cases.complaint.events import Inspection, Subject
from domain.cases.complaint.intake import ReportKind
from domain.cases.referral.case import Referral
from domain.cases.referral.events import Delivery, Scope
from domain.law.clock import State
from tests.given import Given, given


class Told:
    """A case told step by step: every step must be accepted."""

    def __init__(self) -> None:
        self.file: Given = given()

    def __call__(self, at: str, by: str, name: str, case_type: Any = Complaint, **arguments: Any) -> None:
        self.file.when(case_type, name, by=by, at=at, **arguments)
        assert self.file.refusal is None, self.file.refusal
        assert not self.file.denied, f"{by} may not {name}"

    def verdict(self, rule: str, which: int = -1) -> tuple[State, int | None]:
        """State and lateness in calendar days of one clock of a rule, at the last fact."""
        moment = max(entry.occurred_at for entry in self.file.file.entries)
        judged = self.file.file.judge(self.file.clocks(rule)[which], moment)
        return judged.state, judged.late_calendar_days


def test_a_bidding_complaint_over_spring_festival_is_decided_on_its_last_day_and_reported_late() -> None:
    then = Told()
    then("2025-01-22T10:05+08:00", "zjj", "register", number="TS-2025-001", subject=Subject.BIDDING, complainant="ref-1",
         prior_objection_answered=date(2025, 1, 17))  # fmt: skip
    then("2025-01-26T16:00+08:00", "zjj", "accept")
    then("2025-02-10T09:30+08:00", "zjj", "commission_expert_review")
    then("2025-02-21T15:00+08:00", "zjj", "record_expert_opinion")
    then("2025-03-25T17:20+08:00", "zjj", "decide", outcome="投诉成立，中标无效")
    then("2025-03-26T11:00+08:00", "zjj", "serve_decision")
    then("2025-04-03T10:00+08:00", "zjj", "file_report")
    then("2025-04-03T16:00+08:00", "zjj", "close")
    assert then.file.holder("TS-2025-001") is None
    assert then.verdict("NA-ACC3") == (State.MET, None)
    assert then.verdict("NA-DEC30") == (State.MET, None)
    assert then.verdict("XE-REP7") == (State.BREACHED_LATE, 1)


def test_a_report_goes_by_two_referrals_to_the_department_that_handles_it() -> None:
    then, send = Told(), {"scope": Scope.OTHER_REMIT, "delivery": Delivery.DIRECT, "catalogue": ("举报信", "现场照片")}
    then("2024-04-25T09:20+08:00", "slj", "register_report", number="JB-2024-007", kind=ReportKind.NAMED, matter="M1")
    then("2024-04-28T10:00+08:00", "slj", "determine_not_competent", competent="jtj", transfer_required=True)
    then("2024-04-29T15:00+08:00", "slj", "notify_complainant", written=True)
    then("2024-05-07T09:10+08:00", "slj", "dispatch", Referral, number="YS-1", matter="M1", to="jtj", **send)
    then("2024-05-08T09:00+08:00", "jtj", "sign_receipt", Referral)
    then("2024-05-14T16:30+08:00", "jtj", "return_to_sender", Referral, reason="属住建部门管辖")
    then("2024-05-15T09:00+08:00", "slj", "receive_returned", Referral)
    then("2024-05-20T10:00+08:00", "slj", "dispatch", Referral, number="YS-2", matter="M1", to="zjj", **send)
    then("2024-05-21T09:00+08:00", "zjj", "sign_receipt", Referral)
    then("2024-05-27T11:00+08:00", "zjj", "accept", Referral)
    assert then.file.holder("M1") == "zjj"
    assert then.verdict("XE-RDN3") == (State.MET, None)
    assert then.verdict("XE-REF5", 0) == (State.BREACHED_LATE, 1)
    assert then.verdict("XE-REF5", 1) == (State.MET, None)
    assert [then.verdict("XE-RET5", leg)[0] for leg in (0, 1)] == [State.MET, State.VOID]


def test_a_procurement_complaint_is_corrected_answered_decided_published_and_closed() -> None:
    then = Told()
    then("2025-06-03", "czj", "register", number="CG-1", subject=Subject.PROCUREMENT, complainant="ref-1",
         prior_objection_answered=date(2025, 5, 28), answer_period_ended=date(2025, 5, 30))  # fmt: skip
    then("2025-06-04", "czj", "request_correction", items=("法人身份证明",), deadline=date(2025, 6, 10))
    then("2025-06-09", "czj", "record_correction")
    then("2025-06-10", "czj", "accept")
    then("2025-06-11", "czj", "notify_respondents")
    then("2025-06-11", "czj", "suspend_procurement")
    then("2025-06-16", "respondent", "submit_statement")
    then("2025-06-17", "czj", "commission_inspection", kind=Inspection.TEST, pause_id="P1")
    then("2025-06-18", "czj", "commission_expert_review", pause_id="P2")
    then("2025-06-25", "czj", "record_inspection_report", pause_id="P1")
    then("2025-06-30", "czj", "record_expert_opinion")
    then("2025-07-12", "system", "lapse_suspension")
    then("2025-07-14", "czj", "decide", outcome="投诉成立")
    then("2025-07-15", "czj", "publish_decision")
    then("2025-07-16", "czj", "serve_decision")
    then("2025-07-17", "czj", "file_report")
    then("2025-07-18", "czj", "close")
    rules = ("NA-GP-FILE15", "NA-GP-REV5", "NA-GP-NTF8", "NA-GP-RSP5", "NA-GP-SUS30", "NA-GP-DEC30", "XE-REP7")
    assert [then.verdict(rule)[0] for rule in rules] == [State.MET] * len(rules)


def test_a_supplier_who_comes_too_late_is_not_accepted() -> None:
    then = Told()
    then("2025-06-30", "czj", "register", number="CG-1", subject=Subject.PROCUREMENT, complainant="ref-1",
         prior_objection_answered=date(2025, 5, 28), answer_period_ended=date(2025, 5, 30))  # fmt: skip
    then.file.when(Complaint, "accept", by="czj", at="2025-07-01").refused("FILED_LATE_PROCUREMENT")
