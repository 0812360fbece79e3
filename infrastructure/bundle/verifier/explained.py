"""Why a due date (截止日) is what it is: each day from the start to the last one, and what was made of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from infrastructure.bundle.verifier.days import DAY, MAKE_UP, WORKDAY, between
from infrastructure.bundle.verifier.facts import CHINA, day_in_china
from infrastructure.bundle.verifier.limits import Clock
from infrastructure.bundle.verifier.verdicts import Counting, Due, uses_calendar, within_any

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Explaining:
    """Tells the days of clocks, one by one."""

    def __init__(self, counting: Counting) -> None:
        self.counting, self.almanac = counting, counting.almanac

    def told(self, clock: Clock) -> dict[str, Any]:
        """The days of a clock, the editions of the calendar that they rest on, and the years that none is published for."""
        due = Due() if clock.void else self.counting.due(clock, clock.stop.at if clock.stop else None)
        first, last = self.counting.start(clock), _last(due)
        years = range(first.year, (last or first).year + 1) if uses_calendar(clock) else range(0)
        editions = [each["id"] for year in years for each in self.almanac.layers(clock.calendar, year)]
        return {
            "days": [*self._days(clock, due, first, last)],
            "editions": editions,
            "unpublished_years": [year for year in years if not self.almanac.published(clock.calendar, year)],
            "reading": clock.rule["reading"],
        }

    def _days(self, clock: Clock, due: Due, first: date, last: date | None) -> Iterator[dict[str, Any]]:
        hours = clock.rule["within"]["unit"] == "hour"
        yield _day(first, "start", note=_clock_time(clock.anchor) if hours else None)
        if last is None:
            return
        if hours:
            yield from _by_hour(due, first, last)
        elif clock.given is None and clock.span["unit"] in ("working day", "calendar day"):
            yield from self._by_day(clock, due, first, last)
        else:
            yield from self._to_a_date(clock, due)

    def _by_day(self, clock: Clock, due: Due, first: date, last: date) -> Iterator[dict[str, Any]]:
        nominal = date.max if due.day is None else self.counting.nominal(clock, due.left_out)
        number = 0
        for day in between(first, last):
            kind = self._kind(clock, due, day, nominal)
            counts = kind in ("counted", MAKE_UP)
            number += counts
            note = "ceiling" if day < nominal else kind if kind in (MAKE_UP, "rolled") else None
            if day == due.day:
                yield _day(day, "due", number if counts else None, note)
            else:
                yield _day(day, kind, number if counts else None)

    def _kind(self, clock: Clock, due: Due, day: date, nominal: date) -> str:
        if day == due.paused_from or within_any(day, due.left_out):
            return "paused"
        if day > nominal:
            return "rolled"
        if clock.span["unit"] == "calendar day":
            return "counted"
        kind = self.almanac.kind(clock.calendar, day)
        return "counted" if kind == WORKDAY else kind

    def _to_a_date(self, clock: Clock, due: Due) -> Iterator[dict[str, Any]]:
        if due.day is None:
            assert due.paused_from is not None
            yield _day(due.paused_from, "paused")
            return
        nominal = self.counting.nominal(clock, due.left_out)
        yield from (_day(day, "rolled") for day in between(nominal - DAY, due.day - DAY))
        note = "given" if clock.given else "rolled" if due.day > nominal else None
        yield _day(due.day, "due", note="ceiling" if due.day < nominal else note)


def _last(due: Due) -> date | None:
    return day_in_china(due.instant) if due.instant else due.day or due.paused_from


def _day(day: date, kind: str, number: int | None = None, note: str | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {"date": str(day), "weekday": WEEKDAYS[day.weekday()], "kind": kind}
    return told | {name: value for name, value in (("number", number), ("note", note)) if value is not None}


def _by_hour(due: Due, first: date, last: date) -> Iterator[dict[str, Any]]:
    for day in between(first, last - DAY):
        yield _day(day, "counted", note=_pauses(day, due))
    if due.instant is None:
        yield _day(last, "paused")
    else:
        yield _day(last, "due", note=_clock_time(due.instant))


def _pauses(day: date, due: Due) -> str | None:
    begun = datetime(day.year, day.month, day.day, tzinfo=CHINA)
    ended = begun + timedelta(days=1)
    spans = [(max(begin, begun), min(end, ended)) for begin, end in due.left_out if begin < ended and end > begun]
    return ", ".join(f"paused {_clock_time(begin)}-{_clock_time(end)}" for begin, end in spans) or None


def _clock_time(instant: datetime) -> str:
    return f"{instant.astimezone(CHINA):%H:%M}"
