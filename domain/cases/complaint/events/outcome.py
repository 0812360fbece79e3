"""The outcome (处理结果) of a complaint or report, and how it is taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.effects import closes, passes
from domain.kernel import MatterEvent


@dataclass(frozen=True, kw_only=True)
class ComplaintDecided(MatterEvent):
    """已作处理决定."""

    TOPIC = "complaint.decided"
    outcome: str


@dataclass(frozen=True, kw_only=True)
class HandlingCompleted(MatterEvent):
    """处理完毕: the decision has reached the last party, or a report has been dealt with."""

    TOPIC = "complaint.handling-completed"


@dataclass(frozen=True, kw_only=True)
class CaseReportFiled(MatterEvent):
    """处理情况已报备."""

    TOPIC = "complaint.report-filed"
    uploaded_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class CaseClosed(MatterEvent):
    """已结案."""

    TOPIC = "complaint.closed"
    CUSTODY = closes()


@dataclass(frozen=True, kw_only=True)
class CaseReopened(MatterEvent):
    """重新处理. `judgment`: what annulled the decision; from `judgment_received_on` the new time counts."""

    TOPIC = "complaint.reopened"
    CUSTODY = passes()
    judgment: str
    judgment_received_on: date
