"""The working-day calendar (工作日历): which days count, as far as the published arrangements are known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date

from domain.law.edition import NATIONAL, Edition, Kind, Year, fixed_days, in_force, work_out

__all__ = ["NATIONAL", "Calendars", "Edition", "Kind", "UnknownCalendar", "WorkingCalendar"]


class UnknownCalendar(LookupError):
    """No arrangement names this calendar."""


class WorkingCalendar:
    """The days of one calendar as known at one time."""

    def __init__(self, name: str, chain: tuple[str, ...], family: Calendars) -> None:
        self.name = name
        self._chain = chain
        self._family = family
        self._years: dict[int, Year] = {}
        self._between: dict[tuple[int, int], int] = {}

    def kind(self, day: date) -> Kind:
        """What the day is."""
        year = self._year(day.year)
        return year.kinds[day.toordinal() - year.first]

    def is_workday(self, day: date) -> bool:
        """Whether the day counts."""
        return self.kind(day) in (Kind.WORKDAY, Kind.MAKE_UP)

    def provisional(self, day: date) -> bool:
        """Whether the national arrangement for the day's year is still missing; a local one never makes it so."""
        return not self._year(day.year).published

    def provisional_between(self, first: date, last: date) -> bool:
        """Whether the span, both ends included, touches a year without a national arrangement."""
        return any(not self._year(year).published for year in range(first.year, last.year + 1))

    def unread(self, first: date, last: date) -> tuple[tuple[str, int], ...]:
        """The local calendars whose notice for a year of the span is not known, with the year: a note to the reader, no more."""
        years = range(first.year, last.year + 1)
        return tuple(
            (name, year) for year in years for name in self._chain[1:] if (name, year) not in self._family.in_force
        )

    def next_workday(self, day: date) -> date:
        """The day itself if it counts, else the first that does."""
        return day if self.is_workday(day) else self.nth_workday(day, 1)

    def nth_workday(self, after: date, n: int, skipping: Iterable[tuple[date, date]] = ()) -> date:
        """The n-th workday after the day, itself not counted, nor the skipped spans with both their ends."""
        if n < 1:
            raise ValueError(f"no {n}-th workday")
        for first, last in sorted(skipping):
            if last <= after or last < first:
                continue
            before = date.fromordinal(first.toordinal() - 1)
            if n <= (passed := self.workdays(after, before)):
                break
            n, after = n - passed, last
        return self._step(after, n)

    def workdays(self, after: date, through: date) -> int:
        """How many workdays lie after the one day, up to and including the other; none if it is not later."""
        if through <= after:
            return 0
        first, last = after.year, through.year
        whole = self._between.get((first, last))
        if whole is None:
            whole = self._between[first, last] = sum(len(self._year(year).workdays) for year in range(first, last))
        begun, ended = self._year(first).workdays, self._year(last).workdays
        return whole + bisect_right(ended, through.toordinal()) - bisect_right(begun, after.toordinal())

    @property
    def covered_through(self) -> date:
        """The last day of the unbroken run of years with a national arrangement; `date.min` if there is none."""
        years = sorted(year for name, year in self._family.in_force if name == NATIONAL)
        unbroken = [year for place, year in enumerate(years) if year == years[0] + place]
        return date(unbroken[-1], 12, 31) if unbroken else date.min

    def editions(self, first: date, last: date) -> tuple[Edition, ...]:
        """The editions in force for the years that the span touches, the national one of each year first."""
        return tuple(each for year in range(first.year, last.year + 1) for each in self._layers(year))

    def _step(self, after: date, n: int) -> date:
        year = self._year(after.year)
        place, number = bisect_right(year.workdays, after.toordinal()) + n - 1, after.year
        while place >= len(year.workdays):
            place, number = place - len(year.workdays), number + 1
            year = self._year(number)
        return date.fromordinal(year.workdays[place])

    def _year(self, number: int) -> Year:
        found = self._years.get(number)
        if found is None:
            found = self._years[number] = self._family.year(number, self._layers(number))
        return found

    def _layers(self, year: int) -> tuple[Edition, ...]:
        known = self._family.in_force
        return tuple(known[name, year] for name in self._chain if (name, year) in known)


class Calendars:
    """All calendars under a set of editions. `known_at` gives the same calendars as they were known on a day.

    `bases`: the calendar that a local calendar changes (the national one where nothing is said).
    `statutory`: the statutory days of each year, used only while the national arrangement is missing.
    Of several known editions of one year the latest published holds, as a whole.
    """

    def __init__(
        self,
        editions: Iterable[Edition],
        bases: Mapping[str, str] | None = None,
        statutory: Mapping[int, tuple[date, ...]] | None = None,
    ) -> None:
        self.editions = tuple(sorted(editions, key=lambda each: each.known_from))
        self.bases = dict(bases or {})
        self.statutory = dict(statutory or {})
        self.names = frozenset({NATIONAL, *self.bases, *(each.calendar for each in self.editions)})
        self.in_force = in_force(self.editions)
        self._known = [each.known_from for each in self.editions]
        self._worked_out: dict[tuple[int, tuple[Edition, ...]], Year] = {}
        self._calendars: dict[str, WorkingCalendar] = {}
        self._views: dict[int, Calendars] = {len(self.editions): self}

    def __getitem__(self, name: str) -> WorkingCalendar:
        found = self._calendars.get(name)
        if found is None:
            found = self._calendars[name] = WorkingCalendar(name, self._chain(name), self)
        return found

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def known_at(self, day: date | None) -> Calendars:
        """The calendars under the editions known on the day; `None`: under all of them."""
        count = len(self.editions) if day is None else bisect_right(self._known, day)
        found = self._views.get(count)
        if found is None:
            found = self._views[count] = Calendars(self.editions[:count], self.bases, self.statutory)
            found.names, found._worked_out = self.names, self._worked_out
        return found

    def adding(self, *editions: Edition) -> Calendars:
        """These calendars with more editions, these ones unchanged: for what a jurisdiction publishes, or might."""
        return Calendars((*self.editions, *editions), self.bases, self.statutory)

    def year(self, number: int, layers: tuple[Edition, ...]) -> Year:
        """The year under these editions, worked out once for all views."""
        key = (number, layers)
        if key not in self._worked_out:
            self._worked_out[key] = work_out(number, self.statutory.get(number) or fixed_days(number), layers)
        return self._worked_out[key]

    def _chain(self, name: str) -> tuple[str, ...]:
        if name not in self.names:
            raise UnknownCalendar(name)
        chain = [name]
        while chain[0] != NATIONAL:
            below = self.bases.get(chain[0], NATIONAL)
            if below in chain:
                raise UnknownCalendar(f"{name} rests on itself")
            chain.insert(0, below)
        return tuple(chain)
