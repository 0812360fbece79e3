"""The facts of a cadence (周期), published for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.effects import closes, opens
from domain.kernel import MatterEvent, OpeningEvent, Organ
from domain.names import Fixed, FixedDay


@dataclass(frozen=True, kw_only=True)
class HalfYearOpened(OpeningEvent):
    """半年度周期已开始. Its `office` answers for what is to take place in it."""

    TOPIC = "cadence.half-year-opened"
    CUSTODY = opens("office")
    office: Organ
    begins: FixedDay
    ends: FixedDay


@dataclass(frozen=True, kw_only=True)
class YearOpened(OpeningEvent):
    """年度周期已开始. Its `office` answers for what is to take place in it."""

    TOPIC = "cadence.year-opened"
    CUSTODY = opens("office")
    office: Organ
    begins: FixedDay
    ends: FixedDay


@dataclass(frozen=True, kw_only=True)
class MeetingCounted(MatterEvent):
    """会议已计入. The meeting with this number was held in the period; `full`: with all members (全体成员)."""

    TOPIC = "cadence.meeting-counted"
    meeting: Fixed
    held_on: date
    full: bool


@dataclass(frozen=True, kw_only=True)
class MeetingDiscounted(MatterEvent):
    """会议不再计入. Its date was corrected and lies in another period. `full_left`: another full meeting is counted here."""

    TOPIC = "cadence.meeting-discounted"
    meeting: Fixed
    full_left: bool


@dataclass(frozen=True, kw_only=True)
class InspectionCounted(MatterEvent):
    """检查已计入. The joint inspection with this number was started in the period."""

    TOPIC = "cadence.inspection-counted"
    inspection: Fixed
    started_on: date


@dataclass(frozen=True, kw_only=True)
class InspectionDiscounted(MatterEvent):
    """检查不再计入. Its date was corrected and lies in another period. `one_left`: another one is counted here."""

    TOPIC = "cadence.inspection-discounted"
    inspection: Fixed
    one_left: bool


@dataclass(frozen=True, kw_only=True)
class PeriodEnded(MatterEvent):
    """周期已届满. Nothing more can take place in it; what was missed stays missed."""

    TOPIC = "cadence.ended"
    CUSTODY = closes()
