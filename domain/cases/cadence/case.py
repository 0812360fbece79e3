"""A cadence (周期): what took place in a half-year or year, counted by the timer; what is missing, its time limits say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.cases.cadence import law
from domain.cases.cadence.events import (
    HalfYearOpened,
    InspectionCounted,
    InspectionDiscounted,
    MeetingCounted,
    MeetingDiscounted,
    PeriodEnded,
    YearOpened,
)
from domain.cases.cadence.period import Period, half_year_of, year_of
from domain.kernel import Case, Event, Organ, Refused, role, step, unknown
from domain.law.clock import day_of
from domain.names import Fixed, FixedDay

if TYPE_CHECKING:
    from domain.desk import Desk

OPEN, ENDED = "open", "ended"
TIMER = role("system")
OFFICE = "office"


class Cadence(Case):
    """One period. It is opened once, dated its first day; a late recording counts for it although it has ended."""

    TYPE = "cadence"
    CODE = "ZQ"
    STANDING = True

    def __init__(self) -> None:
        super().__init__()
        self.office = ""
        self.begins: date | None = None
        self.ends: date | None = None
        self.meetings: dict[str, bool] = {}
        self.inspections: tuple[str, ...] = ()

    @step(TIMER, opens=True)
    def open_half_year(self, desk: Desk, *, number: str, file_no: str, profiles: tuple[str, ...]) -> None:
        """Open the half-year in which the day of the act lies; its number is that of the half-year."""
        period, office = _opened(desk, number, half_year_of(day_of(desk.at)))
        self.record(HalfYearOpened(
            number=number, file_no=file_no, matter=number, profiles=profiles, office=office,
            begins=FixedDay(period.begins), ends=FixedDay(period.ends),
        ))  # fmt: skip

    @step(TIMER, opens=True)
    def open_year(self, desk: Desk, *, number: str, file_no: str, profiles: tuple[str, ...]) -> None:
        """Open the year in which the day of the act lies; its number is that of the year."""
        period, office = _opened(desk, number, year_of(day_of(desk.at)))
        self.record(YearOpened(
            number=number, file_no=file_no, matter=number, profiles=profiles, office=office,
            begins=FixedDay(period.begins), ends=FixedDay(period.ends),
        ))  # fmt: skip

    @step(TIMER)
    def count_meeting(self, desk: Desk, *, meeting: str, held_on: date, full: bool) -> None:
        """Count a joint meeting for the period of its own date. `full`: all members were called."""
        if meeting in self.meetings:
            raise Refused(law.ALREADY_COUNTED, meeting=meeting)
        self._check_day(held_on)
        self.record(MeetingCounted(matter=self.matter, meeting=Fixed(meeting), held_on=held_on, full=full))

    @step(TIMER)
    def count_inspection(self, desk: Desk, *, inspection: str, started_on: date) -> None:
        """Count a joint inspection for the period in which it was started."""
        if inspection in self.inspections:
            raise Refused(law.ALREADY_COUNTED, inspection=inspection)
        self._check_day(started_on)
        self.record(InspectionCounted(matter=self.matter, inspection=Fixed(inspection), started_on=started_on))

    @step(TIMER)
    def discount_meeting(self, desk: Desk, *, meeting: str) -> None:
        """Count a meeting no more, its date having been corrected to one outside the period."""
        if meeting not in self.meetings:
            raise Refused(law.NOT_COUNTED, meeting=meeting)
        left = any(full for number, full in self.meetings.items() if number != meeting)
        self.record(MeetingDiscounted(matter=self.matter, meeting=Fixed(meeting), full_left=left))

    @step(TIMER)
    def discount_inspection(self, desk: Desk, *, inspection: str) -> None:
        """Count an inspection no more, its date having been corrected to one outside the period."""
        if inspection not in self.inspections:
            raise Refused(law.NOT_COUNTED, inspection=inspection)
        left = len(self.inspections) > 1
        self.record(InspectionDiscounted(matter=self.matter, inspection=Fixed(inspection), one_left=left))

    @step(TIMER, states=(OPEN,))
    def end(self, desk: Desk) -> None:
        """Let the period end: nobody owes anything more in it, and what was missed stays missed."""
        if self.ends is None or day_of(desk.at) <= self.ends:
            raise Refused(law.NOT_OVER, ends=self.ends)
        self.record(PeriodEnded(matter=self.matter))

    def _check_day(self, day: date) -> None:
        if self.begins is None or self.ends is None or not self.begins <= day <= self.ends:
            raise Refused(law.OUTSIDE_PERIOD, day=day, begins=self.begins, ends=self.ends)

    def on(self, event: Event) -> None:
        match event:
            case HalfYearOpened() | YearOpened():
                self.state, self.office = OPEN, event.office
                self.begins, self.ends = event.begins, event.ends
            case MeetingCounted():
                self.meetings[event.meeting] = event.full
            case MeetingDiscounted():
                self.meetings.pop(event.meeting, None)
            case InspectionCounted():
                self.inspections += (event.inspection,)
            case InspectionDiscounted():
                self.inspections = tuple(each for each in self.inspections if each != event.inspection)
            case PeriodEnded():
                self.state = ENDED
            case _:
                raise unknown(event)

    def summary(self) -> Mapping[str, Any]:
        return {
            "office": self.office,
            "begins": self.begins,
            "ends": self.ends,
            "meetings": sorted(self.meetings),
            "full_meetings": sorted(number for number, full in self.meetings.items() if full),
            "inspections": self.inspections,
        }


def _opened(desk: Desk, number: str, period: Period) -> tuple[Period, Organ]:
    """The period, and who answers for it."""
    if number != period.number:
        raise Refused(law.WRONG_PERIOD, number=number, expected=period.number)
    if number in desk.file.matters:
        raise Refused(law.MATTER_TAKEN, matter=number)
    office = desk.register.role(OFFICE)
    if office is None:
        raise Refused(law.NO_OFFICE)
    return period, Organ(office)
