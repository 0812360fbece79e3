"""The edition (放假安排) of a year's holidays: what one notice arranges, and the kinds of day that follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

NATIONAL = "national"
"""The calendar on which every other rests."""


class Kind(StrEnum):
    """What a day is: the words that the day-by-day explanation uses."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make-up"


@dataclass(frozen=True, slots=True)
class Edition:
    """What one notice arranges for one year of one calendar: the whole year, not a change to an earlier edition.

    `published`: the day of the notice. `learned`: the day from which the ledger knew it, where that is another day
    (an edition imported later). An edition of a local calendar says only what it changes in the calendar below it.
    """

    calendar: str
    year: int
    notice: str
    published: date
    days_off: tuple[date, ...]
    workdays: tuple[date, ...]
    url: str | None = None
    note: str | None = None
    learned: date | None = None

    @property
    def known_from(self) -> date:
        """The first day on which the edition could be used."""
        return self.learned or self.published

    @property
    def id(self) -> str:
        """The name that a judgement keeps of the edition it used."""
        later = f"+{self.learned}" if self.learned and self.learned != self.published else ""
        return f"{self.calendar}-{self.year}@{self.published}{later}"


@dataclass(frozen=True, slots=True)
class Year:
    """One year worked out: the kind of each day, and the ordinals of its workdays in order."""

    first: int
    kinds: tuple[Kind, ...]
    workdays: tuple[int, ...]
    published: bool


def compensated(statutory: Iterable[date]) -> frozenset[date]:
    """The statutory days and, for each that falls on a weekend, the next workday off in its place (补假)."""
    off = set(statutory)
    for day in sorted(off):
        if day.weekday() > 4:
            off.add(next(later for later in _following(day) if later.weekday() < 5 and later not in off))
    return frozenset(off)


def _following(day: date) -> Iterator[date]:
    return (date.fromordinal(ordinal) for ordinal in range(day.toordinal() + 1, day.toordinal() + 60))


def fixed_days(year: int) -> tuple[date, ...]:
    """The statutory days that need no almanac, for years whose list is not at hand."""
    return tuple(date(year, month, day) for month, day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)))


def work_out(year: int, statutory: Iterable[date], layers: tuple[Edition, ...]) -> Year:
    """The year under these editions, the national one first; without that one the statutory days stand in for it."""
    first = date(year, 1, 1).toordinal()
    days = [date.fromordinal(first + n) for n in range(date(year, 12, 31).toordinal() - first + 1)]
    kinds = [Kind.WEEKEND if day.weekday() > 4 else Kind.WORKDAY for day in days]
    published = bool(layers) and layers[0].calendar == NATIONAL
    for day in () if published else compensated(statutory):
        kinds[day.toordinal() - first] = Kind.HOLIDAY
    for edition in layers:
        for day in edition.days_off:
            kinds[day.toordinal() - first] = Kind.HOLIDAY
        for day in edition.workdays:
            kinds[day.toordinal() - first] = Kind.MAKE_UP if day.weekday() > 4 else Kind.WORKDAY
    counted = (first + n for n, kind in enumerate(kinds) if kind in (Kind.WORKDAY, Kind.MAKE_UP))
    return Year(first, tuple(kinds), tuple(counted), published)


def in_force(editions: Iterable[Edition]) -> dict[tuple[str, int], Edition]:
    """What holds for each calendar and year: of several editions, given as they were known, the latest published."""
    held: dict[tuple[str, int], Edition] = {}
    for each in editions:
        earlier = held.get((each.calendar, each.year))
        if earlier is None or each.published >= earlier.published:
            held[each.calendar, each.year] = each
    return held
