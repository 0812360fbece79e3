"""What the timer records of a file's time limits (督办记录): the record itself, yellow and red cards, and what withdraws them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.kernel import MatterEvent, OpeningEvent


@dataclass(frozen=True, kw_only=True)
class SupervisionOpened(OpeningEvent):
    """督办卷已立. It supervises the file with this number."""

    TOPIC = "supervision.opened"
    supervises: str


@dataclass(frozen=True, kw_only=True)
class WarningRecorded(MatterEvent):
    """预警已记录 Yellow card (黄牌): the act of a clock was due before long and not yet done; `detected_at`: when the timer saw that."""

    TOPIC = "supervision.warning-recorded"
    CORRECTABLE = False
    clock: str
    profile: str
    rule: str
    party: str
    case_number: str
    due: date
    due_at: datetime | None = None
    detected_at: datetime


@dataclass(frozen=True, kw_only=True)
class BreachRecorded(MatterEvent):
    """超期已记录 Red card (红牌): the n-th verdict (`verdict`) on a clock: breached at the instant at which this occurred, late act or none."""

    TOPIC = "supervision.breach-recorded"
    CORRECTABLE = False
    clock: str
    verdict: int
    profile: str
    rule: str
    party: str
    severity: str
    case_number: str
    due: date
    due_at: datetime | None = None
    state: str
    detected_at: datetime


@dataclass(frozen=True, kw_only=True)
class VerdictRejudged(MatterEvent):
    """重新认定 The n-th verdict on a clock takes the place of the one before: what holds now (`state`), and because of what.

    The red card of the earlier verdict is withdrawn; where the clock is still breached this is the new red card."""

    TOPIC = "supervision.verdict-rejudged"
    CORRECTABLE = False
    clock: str
    verdict: int
    profile: str
    rule: str
    party: str
    severity: str
    case_number: str
    due: date | None = None
    due_at: datetime | None = None
    state: str
    cause: str | None = None
    edition: str | None = None
    detected_at: datetime
