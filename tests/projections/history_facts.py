"""What can happen in a random history: one fact of each kind, by whom, in which case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from domain.cases.complaint import events as complaint
from domain.cases.crime_referral import events as crime
from domain.cases.joint_punishment import events as punishment
from domain.cases.referral import events as referral
from domain.cases.task import events as task
from domain.kernel import Event
from tests.given import opening
from tests.projections.standing_facts import STANDING_FACTS

KIND, SCOPE = complaint.Subject.BIDDING, next(iter(referral.Scope))
BY_HAND, RECEIPT = next(iter(referral.Delivery)), referral.Trigger.RECEIPT
SUSPICION: Any = {"department": "zjj", "task_force": ("a", "b"), "description": "串通投标"}
PENALTY: Any = {"fact": "fact-1", "text": "串通", "subject": "甲公司", "kind": "罚款", "decided_by": "zjj"}
MEASURE = punishment.Measure("限制投标", "第1条")
MEMO: Any = {
    "penalty": "F-1-CF1",
    "subject": "甲公司",
    "measures": (MEASURE,),
    "effective": date(2025, 12, 20),
    "until": date(2026, 6, 30),
}
TASK: Any = {"title": "整改", "leads": ("zjj", "slj"), "issued": date(2025, 12, 5), "authority": "zhb"}
M = {"matter": "M1"}
T = {"matter": "T1"}
P = {"matter": "fact-1"}

Fact = tuple[str, Callable[[], Event], str]
"""The number of the case, what happens, and who does it."""

FACTS: tuple[Fact, ...] = (
    ("F-1", lambda: complaint.ComplaintReceived(**opening("F-1", "M1"), subject=KIND, project="第1标段", knew_on=date(2025, 12, 1)), "zjj"),
    ("F-1", lambda: complaint.ComplaintAccepted(**M), "zjj"),
    ("F-1", lambda: complaint.NotCompetentDetermined(**M, competent="slj", transfer_required=True, complainant_known=True), "zjj"),
    ("F-1", lambda: complaint.InspectionCommissioned(**M, kind=next(iter(complaint.Inspection)), pause_id="P1"), "zjj"),
    ("F-1", lambda: complaint.InspectionReportReceived(**M, pause_id="P1"), "zjj"),
    ("F-1", lambda: complaint.ExpertReviewCommissioned(**M), "slj"),
    ("F-1", lambda: complaint.ExpertOpinionReceived(**M), "slj"),
    ("F-1", lambda: complaint.ComplaintDecided(**M, outcome="投诉成立"), "zjj"),
    ("F-1", lambda: complaint.HandlingCompleted(**M), "zjj"),
    ("F-1", lambda: complaint.CaseReportFiled(**M), "zjj"),
    ("F-1", lambda: complaint.CaseClosed(**M), "zjj"),
    ("F-1", lambda: complaint.CaseReopened(**M, judgment="1", judgment_received_on=date(2026, 1, 5)), "zjj"),
    ("F-1", lambda: complaint.ViolationDiscovered(matter="M2", description="围标", discovered_on=date(2026, 1, 5)), "zjj"),
    ("F-1-YS1", lambda: referral.ReferralRequired(**opening("F-1-YS1", "M1", "F-1"), referrer="zjj", scope=SCOPE, basis="1", ground=RECEIPT), "zjj"),
    ("F-1-YS1", lambda: referral.ReferralDispatched(**M, referrer="zjj", to="slj", scope=SCOPE, delivery=BY_HAND, catalogue=("1",)), "zjj"),
    ("F-1-YS1", lambda: referral.ReferralReceiptSigned(**M, catalogue_agrees=True), "slj"),
    ("F-1-YS1", lambda: referral.ReferralAccepted(**M), "slj"),
    ("F-1-YS1", lambda: referral.ReferralReturned(**M, reason="不属", to="zjj"), "slj"),
    ("F-1-YS1", lambda: referral.ReferralReturnReceived(**M), "zjj"),
    ("F-1-YS1", lambda: referral.ReferralWithdrawn(**M, reason="补查"), "zjj"),
    ("F-1-YS1", lambda: referral.AcceptanceResultReplied(**M, to="zjj"), "slj"),
    ("F-1-YS1", lambda: referral.JurisdictionDisputeRaised(**M, coordinator="zwj", parties=("zjj", "slj")), "slj"),
    ("F-1-YS1", lambda: referral.HandlingCompleted(**M), "slj"),
    ("F-1-YS1", lambda: referral.HandlingResultReplied(**M, to="zjj"), "slj"),
    ("F-1-SZ1", lambda: crime.CrimeSuspicionRecorded(**opening("F-1-SZ1", "M3", "F-1"), **SUSPICION), "zjj"),
    ("F-1-SZ1", lambda: crime.CrimeReferralReportSubmitted(matter="M3", report="1"), "zjj"),
    ("F-1-SZ1", lambda: crime.CrimeReferralApproved(matter="M3", approved_by="正职"), "zjj"),
    ("F-1-SZ1", lambda: crime.CrimeReferralDispatched(matter="M3", to="gaj", materials=("1",)), "zjj"),
    ("F-1-SZ1", lambda: crime.PoliceReceiptSigned(matter="M3"), "gaj"),
    ("F-1-SZ1", lambda: crime.CriminalCaseFiled(matter="M3"), "gaj"),
    ("F-1-CF1", lambda: punishment.PenaltyDecided(**opening("F-1-CF1", "fact-1", "F-1"), **PENALTY), "zjj"),
    ("F-1-CF1", lambda: punishment.HandlingCompleted(**P), "zjj"),
    ("F-1-CF1", lambda: punishment.CaseReportFiled(**P), "zjj"),
    ("F-1-CF1", lambda: punishment.JointPunishmentProposed(matter="fact-1/memo", to="zwj"), "zjj"),
    ("F-1-CF1", lambda: punishment.JointPunishmentMemoIssued(matter="fact-1/memo", **MEMO), "zwj"),
    ("F-1-CF1", lambda: punishment.PenaltyRevoked(**P, revoked_by="法院"), "zjj"),
    ("F-1-CF1", lambda: punishment.JointPunishmentLifted(matter="fact-1/memo"), "zwj"),
    ("F-1-CF1", lambda: punishment.CreditPointsRecorded(**P, points=6, basis="办法"), "zjj"),
    *STANDING_FACTS,
    ("F-1-RW1", lambda: task.TaskAssigned(**opening("F-1-RW1", "T1", "F-1"), **TASK, due=date(2025, 12, 12)), "zwj"),
    ("F-1-RW1", lambda: task.TaskCompletionReported(**T, evidence=("1",)), "zjj"),
    ("F-1-RW1", lambda: task.TaskCompletionRejected(**T, reason="1"), "zwj"),
    ("F-1-RW1", lambda: task.TaskClosed(**T), "zwj"),
    ("F-1-RW1", lambda: task.TaskDueChanged(**T, due=date(2025, 12, 20), why="1"), "zhb"),
    ("F-1-RW1", lambda: task.TaskHandedOver(**T, to="slj", leads=("slj",), why="1"), "zwj"),
    ("F-1-RW2", lambda: task.TaskAssigned(**opening("F-1-RW2", "T2", "F-1"), **TASK, due=date(2025, 11, 30)), "zwj"),
    ("F-1-RW2", lambda: task.TaskCompletionReported(matter="T2", evidence=("1",)), "slj"),
)  # fmt: skip
