"""The facts of implication (涉案) and recusal (回避)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.effects import passes, sends
from domain.kernel import MatterEvent, OpeningEvent, Organ
from domain.names import Fixed


class Relation(StrEnum):
    """Why an officer may not act: 近亲属, 曾在当事人处任职, 利害关系, 其他可能影响公正的关系."""

    KIN = "近亲属"
    FORMER_POST = "曾任职"
    INTEREST = "利害关系"
    OTHER = "其他关系"


@dataclass(frozen=True, kw_only=True)
class Implicated(OpeningEvent):
    """涉案认定 Organs and officers are under suspicion in the file. `replaced_by`: takes the organs' place in it."""

    TOPIC = "recusal.implicated"
    organs: tuple[Organ, ...] = ()
    officers: tuple[Fixed, ...] = ()
    declared_by: Organ
    reason: str
    replaced_by: Organ | None = None


@dataclass(frozen=True, kw_only=True)
class OfficersRecused(OpeningEvent):
    """回避 Officers take no part in the file: they said so themselves, or it was decided."""

    TOPIC = "recusal.recused"
    officers: tuple[Fixed, ...]
    relation: Relation
    declared_by: Organ
    reason: str


@dataclass(frozen=True, kw_only=True)
class RecusalRequested(OpeningEvent):
    """申请回避 A party asked that officers be recused. Until that is decided they go on."""

    TOPIC = "recusal.requested"
    officers: tuple[Fixed, ...]
    relation: Relation
    reason: str


@dataclass(frozen=True, kw_only=True)
class RecusalDecided(MatterEvent):
    """回避决定 What the head of the organ decided on the request."""

    TOPIC = "recusal.decided"
    granted: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class OrganReplaced(MatterEvent):
    """涉案接替 In every case of the file another organ stands where an implicated one did, and owes what that had not done."""

    TOPIC = "recusal.organ-replaced"
    CORRECTABLE = False
    SUCCEEDS = True
    from_: Organ
    to: Organ


@dataclass(frozen=True, kw_only=True)
class MatterTakenOver(MatterEvent):
    """涉案移办 What an implicated organ held is held by another from now on."""

    TOPIC = "recusal.matter-taken-over"
    CUSTODY = passes("to")
    from_: Organ
    to: Organ


@dataclass(frozen=True, kw_only=True)
class MatterRedirected(MatterEvent):
    """在途改送 What was on its way goes on: to whom it was sent, or to whoever takes an implicated addressee's place."""

    TOPIC = "recusal.matter-redirected"
    CUSTODY = sends("to")
    from_: Organ
    to: Organ


@dataclass(frozen=True, kw_only=True)
class RecusalLifted(MatterEvent):
    """解除 Nobody is barred from the file for this reason any more. What was taken over stays where it is."""

    TOPIC = "recusal.lifted"
    reason: str
