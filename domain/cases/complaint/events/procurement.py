"""What happens only in complaints about government procurement (政府采购投诉)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.kernel import MatterEvent


@dataclass(frozen=True, kw_only=True)
class CorrectionRequested(MatterEvent):
    """已通知补正. `deadline` binds the complainant."""

    TOPIC = "complaint.correction-requested"
    items: tuple[str, ...]
    deadline: date


@dataclass(frozen=True, kw_only=True)
class CorrectionReceived(MatterEvent):
    """已补正."""

    TOPIC = "complaint.correction-received"


@dataclass(frozen=True, kw_only=True)
class ProcurementSuspended(MatterEvent):
    """暂停采购活动. `served_on`: when the notice reached the purchaser."""

    TOPIC = "complaint.procurement-suspended"
    served_on: date


@dataclass(frozen=True, kw_only=True)
class ProcurementResumed(MatterEvent):
    """恢复采购活动."""

    TOPIC = "complaint.procurement-resumed"


@dataclass(frozen=True, kw_only=True)
class ProcurementSuspensionLapsed(MatterEvent):
    """暂停采购活动期满."""

    TOPIC = "complaint.suspension-lapsed"


@dataclass(frozen=True, kw_only=True)
class RespondentsNotified(MatterEvent):
    """发出投诉答复通知书. `received_on`: when the copies reached the respondent."""

    TOPIC = "complaint.respondents-notified"
    received_on: date


@dataclass(frozen=True, kw_only=True)
class RespondentStatementReceived(MatterEvent):
    """被投诉人已作书面说明."""

    TOPIC = "complaint.statement-received"


@dataclass(frozen=True, kw_only=True)
class DecisionPublished(MatterEvent):
    """处理决定已公告."""

    TOPIC = "complaint.decision-published"
