"""Why a due date (截止日) is what it is: every day from the start to the last one, and what was made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.law.calendar import WorkingCalendar
from domain.law.clock import CHINA, DAY, Clock, Due, Judgement, day_of, due, midnight, start_of
from domain.law.edition import Edition, Kind

START, COUNTED, PAUSED, ROLLED, DUE = "start", "counted", "paused", "rolled", "due"
BY_DAY = frozenset({"working day", "calendar day"})


@dataclass(frozen=True, slots=True)
class Day:
    """One day: `kind` is start, counted, weekend, holiday, make-up, paused, rolled or due; `number` where it was counted.

    `note`: what else there is to say (make-up, ceiling, given, or the time of day), as a word or times.
    """

    date: date
    kind: str
    number: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A clock with its judgement, the days that led to its due date, and the editions of the calendar that were used."""

    clock: Clock
    judgement: Judgement
    days: tuple[Day, ...]
    editions: tuple[Edition, ...]
    unpublished: tuple[int, ...]


def explain(clock: Clock, calendar: WorkingCalendar, judgement: Judgement) -> Explanation:
    """The days of a clock under a calendar; `judgement` is the one that is explained."""
    first = start_of(clock, calendar)
    last = _last(judgement.due) or first
    uses = clock.span.unit == "working day" or clock.limit.roll == "next"
    years = range(first.year, last.year + 1) if uses else range(0)
    return Explanation(
        clock=clock,
        judgement=judgement,
        days=tuple(_days(clock, calendar, judgement.due)),
        editions=calendar.editions(first, last) if uses else (),
        unpublished=tuple(year for year in years if calendar.provisional(date(year, 1, 1))),
    )


def _last(reached: Due) -> date | None:
    if reached.instant is not None:
        return day_of(reached.instant)
    return reached.day or reached.paused_from


def _days(clock: Clock, calendar: WorkingCalendar, reached: Due) -> Iterator[Day]:
    first, last = start_of(clock, calendar), _last(reached)
    yield Day(first, START, note=_time(clock.anchor) if clock.limit.by_the_hour else None)
    if last is None:
        return
    if clock.limit.by_the_hour:
        yield from _by_hour(clock, reached, first, last)
    elif clock.given_date is None and clock.span.unit in BY_DAY:
        yield from _by_day(clock, calendar, reached, _nominal(clock, calendar))
    else:
        yield from _to_a_date(clock, calendar, reached)


def _nominal(clock: Clock, calendar: WorkingCalendar) -> date:
    """Where the span itself ends: without the roll to a workday and without the ceiling."""
    bare = replace(clock, limit=replace(clock.limit, roll="none", not_later_than=None))
    return due(bare, calendar, until=clock.stop.at if clock.stop else None).day or date.max


def _by_day(clock: Clock, calendar: WorkingCalendar, reached: Due, nominal: date) -> Iterator[Day]:
    number, last = 0, _last(reached)
    assert last is not None
    for day in _after(start_of(clock, calendar), last):
        kind = _kind(day, clock, calendar, reached, nominal)
        counts = kind in (COUNTED, Kind.MAKE_UP)
        number += counts
        if day == reached.day:
            yield Day(day, DUE, number if counts else None, _note_of_last(kind, day, nominal))
        else:
            yield Day(day, kind, number if counts else None)


def _kind(day: date, clock: Clock, calendar: WorkingCalendar, reached: Due, nominal: date) -> str:
    if day == reached.paused_from or any(begin <= day <= end for begin, end in reached.skipped):
        return PAUSED
    if day > nominal:
        return ROLLED
    if clock.span.unit == "calendar day":
        return COUNTED
    kind = calendar.kind(day)
    return COUNTED if kind is Kind.WORKDAY else kind.value


def _note_of_last(kind: str, day: date, nominal: date) -> str | None:
    if day < nominal:
        return "ceiling"
    return kind if kind in (Kind.MAKE_UP, ROLLED) else None


def _to_a_date(clock: Clock, calendar: WorkingCalendar, reached: Due) -> Iterator[Day]:
    """Months, years, the ends of periods and given dates: nothing between is counted, only the roll is shown."""
    if reached.day is None:
        assert reached.paused_from is not None
        yield Day(reached.paused_from, PAUSED)
        return
    nominal = _nominal(clock, calendar)
    for day in _after(nominal - DAY, reached.day - DAY):
        yield Day(day, ROLLED)
    note = "given" if clock.given_date else ROLLED if reached.day > nominal else None
    yield Day(reached.day, DUE, note="ceiling" if reached.day < nominal else note)


def _by_hour(clock: Clock, reached: Due, first: date, last: date) -> Iterator[Day]:
    for day in _after(first, last - DAY):
        yield Day(day, COUNTED, note=_pauses(day, reached))
    if reached.instant is None:
        yield Day(last, PAUSED)
    else:
        yield Day(last, DUE, note=_time(reached.instant))


def _pauses(day: date, reached: Due) -> str | None:
    """The hours of the day that a pause took."""
    begun, ended = midnight(day), midnight(day + DAY)
    spans = [
        (max(begin, begun), min(end, ended))
        for begin, end in reached.skipped
        if isinstance(begin, datetime) and isinstance(end, datetime) and begin < ended and end > begun
    ]
    return ", ".join(f"{PAUSED} {_time(begin)}-{_time(end)}" for begin, end in spans) or None


def _time(instant: datetime) -> str:
    return f"{instant.astimezone(CHINA):%H:%M}"


def _after(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
