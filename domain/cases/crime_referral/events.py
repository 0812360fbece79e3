"""The facts of a crime referral (涉嫌犯罪案件移送)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.effects import closes, opens, passes, sends
from domain.kernel import MatterEvent, OpeningEvent


class Approval(StrEnum):
    """Whose approval extends the examination: the county police organ's head, then its superior."""

    COUNTY = "county"
    SUPERIOR = "superior"


class Result(StrEnum):
    """How the police decide on a reconsideration: the case is filed, or the refusal is upheld."""

    FILED = "立案"
    UPHELD = "维持不立案"


@dataclass(frozen=True, kw_only=True)
class CrimeSuspicionRecorded(OpeningEvent):
    """发现涉嫌犯罪 The department suspects a crime and appoints a task force."""

    TOPIC = "crime-referral.suspicion-recorded"
    CUSTODY = opens()
    department: str
    task_force: tuple[str, ...]
    description: str


@dataclass(frozen=True, kw_only=True)
class CrimeReferralReportSubmitted(MatterEvent):
    """书面报告 The task force has verified the facts and reports to the head. `report`: the paper's name or number."""

    TOPIC = "crime-referral.report-submitted"
    report: str


@dataclass(frozen=True, kw_only=True)
class CrimeReferralApproved(MatterEvent):
    """批准移送 The head approved."""

    TOPIC = "crime-referral.approved"
    approved_by: str


@dataclass(frozen=True, kw_only=True)
class CrimeReferralNotApproved(MatterEvent):
    """不批准移送 The head did not approve, for a recorded reason."""

    TOPIC = "crime-referral.not-approved"
    reason: str
    decided_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class CrimeReferralDispatched(MatterEvent):
    """已向公安机关移送 The case left for the police. `missing`: kinds of material that the order lists and the catalogue lacks."""

    TOPIC = "crime-referral.dispatched"
    CUSTODY = sends("to")
    to: str
    materials: tuple[str, ...]
    missing: tuple[str, ...] = ()
    copied_to: str | None = None

    def warnings(self) -> tuple[str, ...]:
        """Which kinds of material are missing: the police may ask for them, the referral stands."""
        return tuple(f"移送材料缺少：{each} / missing material: {each}" for each in self.missing)


@dataclass(frozen=True, kw_only=True)
class PoliceReceiptSigned(MatterEvent):
    """公安机关回执已签 The police hold the case."""

    TOPIC = "crime-referral.receipt-signed"
    CUSTODY = passes()


@dataclass(frozen=True, kw_only=True)
class PoliceForwarded(MatterEvent):
    """转送有管辖权的公安机关 On its way to the police organ that has jurisdiction."""

    TOPIC = "crime-referral.police-forwarded"
    CUSTODY = sends("to")
    to: str


@dataclass(frozen=True, kw_only=True)
class SupplementRequested(MatterEvent):
    """通知补正 The police say what is missing."""

    TOPIC = "crime-referral.supplement-requested"
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SupplementSubmitted(MatterEvent):
    """已补正 The department sent what was missing; the police hold the case as before."""

    TOPIC = "crime-referral.supplement-submitted"
    materials: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ExaminationExtended(MatterEvent):
    """延长审查 The police examine for longer, with the approval named."""

    TOPIC = "crime-referral.examination-extended"
    approval: Approval


@dataclass(frozen=True, kw_only=True)
class CriminalCaseFiled(MatterEvent):
    """立案 The police took up a criminal case and hold the matter from here on."""

    TOPIC = "crime-referral.filed"
    CUSTODY = passes()


@dataclass(frozen=True, kw_only=True)
class FilingNoticeReceived(MatterEvent):
    """收到立案通知书 The department knows that the case was filed."""

    TOPIC = "crime-referral.filing-notice-received"


@dataclass(frozen=True, kw_only=True)
class CaseItemsHandedOver(MatterEvent):
    """移交涉案物品 Items and other material are with the police."""

    TOPIC = "crime-referral.items-handed-over"


@dataclass(frozen=True, kw_only=True)
class CriminalFilingRefused(MatterEvent):
    """不予立案 The police do not file; reason and material go back to the department."""

    TOPIC = "crime-referral.filing-refused"
    CUSTODY = sends("to")
    reason: str
    to: str


@dataclass(frozen=True, kw_only=True)
class NotFilingNoticeReceived(MatterEvent):
    """收到不予立案通知书 The department holds the matter again."""

    TOPIC = "crime-referral.not-filing-notice-received"
    CUSTODY = passes()


@dataclass(frozen=True, kw_only=True)
class ReconsiderationRequested(MatterEvent):
    """提请复议 The department asks the police to reconsider."""

    TOPIC = "crime-referral.reconsideration-requested"


@dataclass(frozen=True, kw_only=True)
class ReconsiderationRequestReceived(MatterEvent):
    """收到提请复议 The police have the request."""

    TOPIC = "crime-referral.reconsideration-received"


@dataclass(frozen=True, kw_only=True)
class ReconsiderationDecided(MatterEvent):
    """复议决定 The police decided on the request."""

    TOPIC = "crime-referral.reconsideration-decided"
    result: Result


@dataclass(frozen=True, kw_only=True)
class ReconsiderationDecisionReceived(MatterEvent):
    """收到复议决定 The department has the decision that upholds the refusal."""

    TOPIC = "crime-referral.reconsideration-decision-received"


@dataclass(frozen=True, kw_only=True)
class ProsecutorSupervisionSuggested(MatterEvent):
    """建议立案监督 The department asks the procuratorate to supervise the filing."""

    TOPIC = "crime-referral.prosecutor-supervision-suggested"


@dataclass(frozen=True, kw_only=True)
class CaseClosed(MatterEvent):
    """已结案 Nobody owes anything in the matter any more."""

    TOPIC = "crime-referral.closed"
    CUSTODY = closes()
