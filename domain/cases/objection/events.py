"""What happens to an objection (异议) or a challenge (质疑): facts of parties outside, which a public organ records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.effects import closes, opens
from domain.kernel import MatterEvent, OpeningEvent, Organ


class Kind(StrEnum):
    """异议 in tendering and bidding, 质疑 in government procurement."""

    OBJECTION = "objection"
    CHALLENGE = "challenge"


class Concern(StrEnum):
    """What it is about: the documents, the opening of bids, the conduct of the procurement, or the result."""

    DOCUMENTS = "documents"
    OPENING = "opening"
    PROCESS = "process"
    RESULT = "result"


@dataclass(frozen=True, kw_only=True)
class ObjectionReceived(OpeningEvent):
    """异议已收到 The tenderee, purchaser or agency `addressee` received it. `raised_by`, `text`: references.

    `knew_on`: the day on which who raises it knew, or should have known, that its interest was harmed.
    `recorded_by`: the organ that keeps the record; it owes no answer.
    """

    TOPIC = "objection.received"
    CUSTODY = opens()
    kind: Kind
    concern: Concern
    addressee: str
    recorded_by: Organ
    project: str | None = None
    raised_by: str | None = None
    text: str | None = None
    knew_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ObjectionAnswered(MatterEvent):
    """异议已答复."""

    TOPIC = "objection.answered"
    CUSTODY = closes()
    answer: str
    written: bool


@dataclass(frozen=True, kw_only=True)
class ObjectionUnanswered(MatterEvent):
    """逾期未答复 The time for the answer ended and there was none; one that comes later is recorded all the same."""

    TOPIC = "objection.unanswered"
    CUSTODY = closes()


@dataclass(frozen=True, kw_only=True)
class ObjectionWithdrawn(MatterEvent):
    """异议已撤回 It counts as never raised."""

    TOPIC = "objection.withdrawn"
    CUSTODY = closes()
    reason: str | None = None
