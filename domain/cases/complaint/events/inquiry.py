"""What happens in the inquiry (调查) into a complaint: pauses, suspension, withdrawal, new violations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.effects import closes, opens
from domain.kernel import MatterEvent


class Inspection(StrEnum):
    """What may be commissioned while the decision waits."""

    INSPECTION = "检验"
    TEST = "检测"
    APPRAISAL = "鉴定"


class ExpertReview(StrEnum):
    """The other thing that may be commissioned while the decision waits."""

    EXPERT_REVIEW = "专家评审"


@dataclass(frozen=True, kw_only=True)
class InspectionCommissioned(MatterEvent):
    """已委托检验、检测、鉴定. `pause_id` names the pause that begins."""

    TOPIC = "complaint.inspection-commissioned"
    kind: Inspection
    pause_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class InspectionReportReceived(MatterEvent):
    """已收检验、检测、鉴定报告."""

    TOPIC = "complaint.inspection-report-received"
    pause_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ExpertReviewCommissioned(MatterEvent):
    """已组织专家评审. `pause_id` names the pause that begins."""

    TOPIC = "complaint.expert-review-commissioned"
    kind: ExpertReview = ExpertReview.EXPERT_REVIEW
    pause_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ExpertOpinionReceived(MatterEvent):
    """已收专家意见."""

    TOPIC = "complaint.expert-opinion-received"
    pause_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class TradingSuspended(MatterEvent):
    """责令暂停招标投标活动."""

    TOPIC = "complaint.trading-suspended"


@dataclass(frozen=True, kw_only=True)
class TradingResumed(MatterEvent):
    """恢复招标投标活动."""

    TOPIC = "complaint.trading-resumed"


@dataclass(frozen=True, kw_only=True)
class WithdrawalRequested(MatterEvent):
    """申请撤回投诉. `by`: reference. `grounds`: the reasons given."""

    TOPIC = "complaint.withdrawal-requested"
    by: str | None
    written: bool
    grounds: str | None = None


@dataclass(frozen=True, kw_only=True)
class ComplaintTerminated(MatterEvent):
    """准予撤回, 投诉处理终止."""

    TOPIC = "complaint.terminated"
    CUSTODY = closes()


@dataclass(frozen=True, kw_only=True)
class WithdrawalRefused(MatterEvent):
    """不准撤回."""

    TOPIC = "complaint.withdrawal-refused"


@dataclass(frozen=True, kw_only=True)
class ViolationDiscovered(MatterEvent):
    """调查中发现新的违法行为, a matter of its own. `discovered_on`: when it was found."""

    TOPIC = "complaint.violation-discovered"
    CUSTODY = opens()
    description: str
    discovered_on: date | None = None
