"""The facts of a penalty procedure (行政处罚程序), up to the decision, which is a fact of joint punishment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.effects import closes, opens
from domain.kernel import MatterEvent, OpeningEvent, Organ, Uscc
from domain.names import Fixed


class Ending(StrEnum):
    """How a case ends without a penalty: 不予行政处罚, 撤销案件, 移送其他机关."""

    NOT_PUNISHED = "not-punished"
    DROPPED = "dropped"
    TRANSFERRED = "transferred"


@dataclass(frozen=True, kw_only=True)
class PenaltyCaseFiled(OpeningEvent):
    """行政处罚立案 One act (`fact`, its id, and `text`) of one subject. `source`: how it came to light."""

    TOPIC = "penalty.case-filed"
    CUSTODY = opens()
    fact: Fixed
    text: Fixed
    subject: Fixed
    uscc: Uscc | None = None
    source: str | None = None
    filed_by: Organ


@dataclass(frozen=True, kw_only=True)
class PenaltyCaseNotFiled(OpeningEvent):
    """不予立案 Whoever holds the matter goes on holding it."""

    TOPIC = "penalty.not-filed"
    fact: Fixed
    text: Fixed
    subject: Fixed
    uscc: Uscc | None = None
    ground: str
    filed_by: Organ


@dataclass(frozen=True, kw_only=True)
class ViolationDated(MatterEvent):
    """违法行为时间 `ended_on`: when it was committed or, if it continued, when it ended; `discovered_on`: by a public organ.

    `endangers`: it concerns life, health or financial safety and did harm.
    """

    TOPIC = "penalty.violation-dated"
    ended_on: date
    discovered_on: date
    endangers: bool


@dataclass(frozen=True, kw_only=True)
class HearingRightNotified(MatterEvent):
    """已告知听证权利 `proposed`: the penalty in view; `received_on`: when the notice reached the party."""

    TOPIC = "penalty.hearing-right-notified"
    proposed: str
    grounds: str
    received_on: date


@dataclass(frozen=True, kw_only=True)
class HearingRequested(MatterEvent):
    """当事人要求听证."""

    TOPIC = "penalty.hearing-requested"


@dataclass(frozen=True, kw_only=True)
class HearingWaived(MatterEvent):
    """当事人放弃听证 `paper`: the written statement that it wants none."""

    TOPIC = "penalty.hearing-waived"
    paper: str


@dataclass(frozen=True, kw_only=True)
class HearingHeld(MatterEvent):
    """已举行听证."""

    TOPIC = "penalty.hearing-held"
    presided_by: str
    record: str


@dataclass(frozen=True, kw_only=True)
class DecisionPeriodExtended(MatterEvent):
    """延长办案期限 To `until`, by another law, regulation or rule (`basis`), as approved."""

    TOPIC = "penalty.period-extended"
    until: date
    basis: str
    approved_by: str


@dataclass(frozen=True, kw_only=True)
class PenaltyConcluded(MatterEvent):
    """已作处罚决定 The decision has its own case, `decision`."""

    TOPIC = "penalty.concluded"
    decision: Fixed


@dataclass(frozen=True, kw_only=True)
class PenaltyCaseReopened(MatterEvent):
    """重新处理 The decision was annulled, and the act is to be decided on again."""

    TOPIC = "penalty.reopened"
    judgment: str
    judgment_received_on: date


@dataclass(frozen=True, kw_only=True)
class PenaltyCaseEnded(MatterEvent):
    """未予处罚结案 Ended without a penalty. `ends_matter`: nothing else is done in the matter."""

    TOPIC = "penalty.ended"
    CUSTODY = closes(when="ends_matter")
    ending: Ending
    basis: str
    ends_matter: bool
