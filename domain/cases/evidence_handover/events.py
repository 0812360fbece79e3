"""What happens to evidence that the trading centre hands over (证据移交): facts, published for ever."""

from __future__ import annotations

from dataclasses import dataclass

from domain.effects import closes, opens
from domain.kernel import MatterEvent, OpeningEvent


@dataclass(frozen=True, kw_only=True)
class EvidenceHandedOver(OpeningEvent):
    """证据已移交. It is with `to` (its `office` is kept for the reader) at once, without a receipt."""

    TOPIC = "evidence.handed-over"
    CUSTODY = opens("to")
    to: str
    form: str
    evidence: tuple[str, ...]
    office: str | None = None


@dataclass(frozen=True, kw_only=True)
class EvidenceTakenUp(MatterEvent):
    """属本部门职责, 由本部门查处: nothing has to be referred."""

    TOPIC = "evidence.taken-up"


@dataclass(frozen=True, kw_only=True)
class OpinionUploaded(MatterEvent):
    """处理意见已上传."""

    TOPIC = "evidence.opinion-uploaded"
    platform: str


@dataclass(frozen=True, kw_only=True)
class WrittenFeedbackGiven(MatterEvent):
    """处理意见已书面反馈."""

    TOPIC = "evidence.feedback-given"


@dataclass(frozen=True, kw_only=True)
class HandlingCompleted(MatterEvent):
    """处理完毕, by the department to which the evidence was handed over."""

    TOPIC = "evidence.handling-completed"


@dataclass(frozen=True, kw_only=True)
class CaseReportFiled(MatterEvent):
    """处理情况已报备."""

    TOPIC = "evidence.report-filed"
    uploaded_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class CaseClosed(MatterEvent):
    """已结案."""

    TOPIC = "evidence.closed"
    CUSTODY = closes()
