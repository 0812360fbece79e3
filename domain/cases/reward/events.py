"""The facts of joint rewards (守信激励): granted, withdrawn, expired."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.effects import closes, opens
from domain.kernel import MatterEvent, OpeningEvent, Organ, Uscc
from domain.names import Fixed, Party


class Incentive(StrEnum):
    """优先办理, 简化程序, 信用加分, 金融激励, 税务激励, or another one."""

    PRIORITY = "优先办理"
    SIMPLER = "简化程序"
    POINTS = "信用加分"
    FINANCE = "金融激励"
    TAX = "税务激励"
    OTHER = "其他激励"


@dataclass(frozen=True, slots=True)
class Benefit:
    """One incentive (激励措施) and the provision on which it rests; `points` for 信用加分."""

    incentive: Incentive
    basis: str | None
    points: int | None = None


@dataclass(frozen=True, kw_only=True)
class RewardGranted(OpeningEvent):
    """守信激励已给予 `merits`: what it is given for; `until`: the last day on which it is in force."""

    TOPIC = "reward.granted"
    CUSTODY = opens()
    subject: Fixed
    party: Party
    uscc: Uscc | None = None
    expert_no: Fixed | None = None
    merits: str
    benefits: tuple[Benefit, ...]
    effective: date
    until: date
    granted_by: Organ


@dataclass(frozen=True, kw_only=True)
class RewardWithdrawn(MatterEvent):
    """守信激励已撤销 The grounds were untrue, or are gone. `untrue`: what was stated was not so."""

    TOPIC = "reward.withdrawn"
    CUSTODY = closes()
    ground: str
    untrue: bool


@dataclass(frozen=True, kw_only=True)
class RewardExpired(MatterEvent):
    """守信激励期满 Its last day has passed."""

    TOPIC = "reward.expired"
    CUSTODY = closes()
