"""Letters of supervision (催办函、督办函): issued, received, answered, decided on, and what follows where they do not help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.kernel import MatterEvent, Organ


class LetterKind(StrEnum):
    """What a letter is: a reminder of an act that is awaited, or supervision of an act that is late."""

    REMINDER = "催办"
    SUPERVISION = "督办"


@dataclass(frozen=True, slots=True)
class LetterClock:
    """A time limit as the letter states it: what was owed by when, and how late it was on the day of the letter."""

    clock: str
    case_number: str
    profile: str
    rule: str
    party: str
    start: date
    state: str
    due: date | None = None
    due_at: datetime | None = None
    late_calendar_days: int | None = None
    late_working_days: int | None = None
    late_hours: float | None = None


@dataclass(frozen=True, kw_only=True)
class LetterIssued(MatterEvent):
    """函件已发 The letter has a number of its own, which is its matter; nobody's custody changes.

    `clocks`: the time limits it is about; `about_case`: the case, where it is about a whole case. `follows`: the letter
    whose answer named this addressee as the cause.
    """

    TOPIC = "supervision.letter-issued"
    kind: LetterKind
    to: Organ
    answer_by: date
    clocks: tuple[LetterClock, ...]
    about_case: str | None = None
    demand: str | None = None
    follows: str | None = None


@dataclass(frozen=True, kw_only=True)
class LetterAcknowledged(MatterEvent):
    """函件签收 The addressee has received the letter."""

    TOPIC = "supervision.letter-acknowledged"


@dataclass(frozen=True, kw_only=True)
class LetterAnswered(MatterEvent):
    """已答复 The addressee explains. `caused_by`: the department that caused the lateness, itself or another one."""

    TOPIC = "supervision.letter-answered"
    explanation: str
    caused_by: Organ | None = None


@dataclass(frozen=True, kw_only=True)
class ExplanationAccepted(MatterEvent):
    """说明已采纳 The explanation stands beside the verdict and does not change it."""

    TOPIC = "supervision.explanation-accepted"
    reasons: str


@dataclass(frozen=True, kw_only=True)
class ExplanationRefused(MatterEvent):
    """说明未采纳 The explanation is not accepted; with `answer_by` another answer is owed by that day."""

    TOPIC = "supervision.explanation-refused"
    reasons: str
    answer_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class LetterWithdrawn(MatterEvent):
    """函件撤回 No answer is owed any more."""

    TOPIC = "supervision.letter-withdrawn"
    reasons: str


@dataclass(frozen=True, kw_only=True)
class LatenessCirculated(MatterEvent):
    """已通报 The lateness was made known to these organs; `letters`: those that it is about, or the standing red cards."""

    TOPIC = "supervision.lateness-circulated"
    to: tuple[Organ, ...]
    content: str
    letters: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Escalated(MatterEvent):
    """已提请上级 The letter went before the superior of its addressee, or before the committee."""

    TOPIC = "supervision.escalated"
    to: Organ
    why: str


@dataclass(frozen=True, kw_only=True)
class SupervisionClosed(MatterEvent):
    """督办办结 Every letter is decided on or withdrawn. A new card or letter opens the record again."""

    TOPIC = "supervision.closed"
    conclusion: str
