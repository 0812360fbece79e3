"""The outcome (处理结果) of a complaint or report, and how it is taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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


class Review(StrEnum):
    """Before whom the decision is contested: a court, or an organ of reconsideration."""

    SUIT = "行政诉讼"
    RECONSIDERATION = "行政复议"


class Finding(StrEnum):
    """What became of it: the decision stands, is annulled, is found unlawful without being annulled, or the review ended."""

    UPHELD = "upheld"
    ANNULLED = "annulled"
    UNLAWFUL = "unlawful"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class ReviewSought(MatterEvent):
    """提起诉讼或者复议 The decision stands and the case goes its way meanwhile. `copy_received_on`: 收到起诉状副本之日."""

    TOPIC = "complaint.review-sought"
    review: Review
    organ: str
    reference: str | None = None
    copy_received_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewHeard(MatterEvent):
    """开庭审理."""

    TOPIC = "complaint.review-heard"


@dataclass(frozen=True, kw_only=True)
class ReviewDecided(MatterEvent):
    """判决书或者复议决定书."""

    TOPIC = "complaint.review-decided"
    finding: Finding
    judgment: str


@dataclass(frozen=True, kw_only=True)
class CaseReopened(MatterEvent):
    """重新处理. `judgment`: what annulled the decision; from `judgment_received_on` the new time counts."""

    TOPIC = "complaint.reopened"
    CUSTODY = passes()
    judgment: str
    judgment_received_on: date
