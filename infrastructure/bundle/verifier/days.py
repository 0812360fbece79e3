"""Working days (工作日), counted one by one: what each day is under the notices that were known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

DAY = timedelta(days=1)
COUNTRY = "national"
WORKDAY, WEEKEND, HOLIDAY, MAKE_UP = "workday", "weekend", "holiday", "make-up"
FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""Statutory days that need no almanac, for years whose list is not given."""


class Almanac:
    """The calendars of a bundle as they were known on a day. `law`: editions, what each calendar rests on, statutory days."""

    def __init__(self, law: dict[str, Any], known_on: date) -> None:
        self.bases, self.statutory = law["bases"], law["statutory"]
        self.held: dict[tuple[str, int], dict[str, Any]] = {}
        known = sorted(law["editions"], key=lambda each: str(each["known_from"]))
        for each in known:
            earlier = self.held.get((each["calendar"], each["year"]))
            older = earlier is not None and each["published"] < earlier["published"]
            if date.fromisoformat(each["known_from"]) <= known_on and not older:
                self.held[each["calendar"], each["year"]] = each
        self._years: dict[tuple[str, int], dict[date, str]] = {}

    def layers(self, name: str, year: int) -> list[dict[str, Any]]:
        """The editions in force for a year of a calendar, that of the country first."""
        chain = [name]
        while chain[0] != COUNTRY and len(chain) < 10:
            chain.insert(0, self.bases.get(chain[0], COUNTRY))
        return [self.held[each, year] for each in chain if (each, year) in self.held]

    def published(self, name: str, year: int) -> bool:
        """Whether the country's arrangement of the year is known."""
        return any(each["calendar"] == COUNTRY for each in self.layers(name, year))

    def kind(self, name: str, day: date) -> str:
        """What a day is."""
        key = (name, day.year)
        if key not in self._years:
            self._years[key] = self._arranged(name, day.year)
        return self._years[key].get(day) or _by_week(day)

    def works(self, name: str, day: date) -> bool:
        """Whether a day counts."""
        return self.kind(name, day) in (WORKDAY, MAKE_UP)

    def next_workday(self, name: str, day: date) -> date:
        """The day itself if it counts, else the first that does."""
        return next(each for each in following(day - DAY) if self.works(name, each))

    def workdays(self, name: str, after: date, through: date) -> int:
        """How many days count after the one day, up to and including the other."""
        return sum(self.works(name, each) for each in between(after, through))

    def _arranged(self, name: str, year: int) -> dict[date, str]:
        days = dict.fromkeys(() if self.published(name, year) else self._in_lieu(year), HOLIDAY)
        for edition in self.layers(name, year):
            days |= dict.fromkeys(map(date.fromisoformat, edition["days_off"]), HOLIDAY)
            worked = map(date.fromisoformat, edition["workdays"])
            days |= {day: MAKE_UP if day.weekday() > 4 else WORKDAY for day in worked}
        return {day: kind for day, kind in days.items() if day.year == year}

    def _in_lieu(self, year: int) -> Iterable[date]:
        """The statutory days of a year that nothing is published for, and for each on a weekend the next workday in its place."""
        given = self.statutory.get(str(year))
        days = [date.fromisoformat(each) for each in given or ()] or [date(year, *each) for each in FIXED]
        off = set(days)
        for day in sorted(days):
            if day.weekday() > 4:
                off.add(next(each for each in following(day) if each.weekday() < 5 and each not in off))
        return off


def _by_week(day: date) -> str:
    return WEEKEND if day.weekday() > 4 else WORKDAY


def following(day: date) -> Iterator[date]:
    """The days after a day."""
    while True:
        day += DAY
        yield day


def between(after: date, through: date) -> Iterator[date]:
    """The days after the one day, up to and including the other."""
    return (after + timedelta(days=n) for n in range(1, (through - after).days + 1))


def months_later(start: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has no such day."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    for day in range(start.day, 27, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return date(year, month, min(start.day, 28))
