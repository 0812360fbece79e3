"""The facts of credit scoring (信用记分) outside a penalty: points recorded with their basis, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.kernel import MatterEvent, OpeningEvent, Organ, Uscc
from domain.names import Fixed, Party


class Sign(StrEnum):
    """不良记分 or 加分."""

    DEDUCTED = "deducted"
    ADDED = "added"


@dataclass(frozen=True, kw_only=True)
class PointsRecorded(OpeningEvent):
    """信用记分已记录 `until`: the last day on which the points count, if the basis sets one."""

    TOPIC = "credit.points-recorded"
    subject: Fixed
    party: Party
    uscc: Uscc | None = None
    expert_no: Fixed | None = None
    sign: Sign
    points: int
    ground: str
    basis: str
    effective: date
    until: date | None = None
    recorded_by: Organ


@dataclass(frozen=True, kw_only=True)
class PointsCancelled(MatterEvent):
    """信用记分已撤销 They count no more."""

    TOPIC = "credit.points-cancelled"
    ground: str
