"""The facts of people (人员): which officer serves in which organ, with what duties, from when until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.kernel import Event, Organ
from domain.names import Fixed
from domain.register import Duty as Duty


class Leaving(StrEnum):
    """Why an officer serves no more: 退休, 辞职, 调离本辖区, 辞退或者开除, 死亡, 其他."""

    RETIRED = "retired"
    RESIGNED = "resigned"
    MOVED_AWAY = "moved_away"
    DISMISSED = "dismissed"
    DIED = "died"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class OfficerRegistered(Event):
    """人员登记 An officer serves in an organ, under an id that never changes and never names anybody else."""

    TOPIC = "jurisdiction.officer-registered"
    officer: Fixed
    name: str
    organ: Organ
    duties: tuple[Duty, ...]
    office: str | None = None
    post: str | None = None
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class OfficerAmended(Event):
    """人员变更 What is now otherwise; None where nothing changed, an empty text where a value was taken away."""

    TOPIC = "jurisdiction.officer-amended"
    officer: Fixed
    name: str | None = None
    office: str | None = None
    post: str | None = None
    duties: tuple[Duty, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class OfficerTransferred(Event):
    """人员调动 The officer serves in another organ of the jurisdiction; office and post are those there."""

    TOPIC = "jurisdiction.officer-transferred"
    officer: Fixed
    organ: Organ
    duties: tuple[Duty, ...]
    on: date
    office: str | None = None
    post: str | None = None
    successor: Fixed | None = None


@dataclass(frozen=True, kw_only=True)
class OfficerSuspended(Event):
    """停职 The officer may do nothing until reinstated."""

    TOPIC = "jurisdiction.officer-suspended"
    officer: Fixed
    on: date


@dataclass(frozen=True, kw_only=True)
class OfficerReinstated(Event):
    """复职 The officer may do again what the duties allow."""

    TOPIC = "jurisdiction.officer-reinstated"
    officer: Fixed
    on: date


@dataclass(frozen=True, kw_only=True)
class OfficerLeft(Event):
    """离任 The officer serves no more. `successor`: who takes the cases over, where that was said."""

    TOPIC = "jurisdiction.officer-left"
    officer: Fixed
    on: date
    why: Leaving
    successor: Fixed | None = None
