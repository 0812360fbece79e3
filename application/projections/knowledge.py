"""What was known of calendars and organs from when (已知情况): the law's surroundings under which a projection judges the past."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from application.ledger import Office
from application.projections.history import INSTANT, Reckoned, Story, never, reckoned
from domain.cases.jurisdiction import Jurisdiction
from domain.kernel import Entry, EventCorrected
from domain.law.calendar import Calendars, WorkingCalendar
from domain.law.clock import Clock, day_of, due, midnight, start_of
from domain.law.edition import NATIONAL, Edition
from domain.register import Register

MANY = 100_000


@dataclass(frozen=True, slots=True)
class Change:
    """Something became known: calendar editions, versions of rules, or a register by which other organs owe or count other days.

    `parties`: organs whose clocks the register concerns; `everybody`: it concerns all. `rules`: versions were learned.
    """

    at: datetime
    editions: tuple[Edition, ...] = ()
    parties: frozenset[str] = frozenset()
    everybody: bool = False
    rules: bool = False

    @property
    def reorganised(self) -> bool:
        """Whether clocks may now be owed by another organ, run by another calendar or be those of other rules."""
        return self.everybody or self.rules or bool(self.parties)


@dataclass(frozen=True, slots=True)
class _Stage:
    """The register and the imported editions from an instant on."""

    at: datetime
    register: Register
    imported: tuple[Edition, ...]


class Knowledge:
    """The calendars and the register, as known at any instant and today; the same as the ledger answers.

    `changes`: what became known after the ledger's first day, in order of time. `learned`: the days on which versions of rules did.
    """

    def __init__(self, office: Office, shipped: Calendars, learned: Iterable[date] = ()) -> None:
        self._shipped = shipped
        self._stages = tuple(_stages(office))
        self._begun = [stage.at for stage in self._stages]
        self._known: dict[tuple[int, int], Calendars] = {}
        self._moved: dict[tuple[datetime, str], list[int]] = {}
        self._reckoned: dict[tuple[object, int, date], Reckoned] = {}
        self.register = office.case.register
        self.calendars = self._with_shipped(None, office.case.editions)
        self.changes = tuple(_changes(shipped, self._stages, learned))
        self._lineage = {name: frozenset(_lineage(name, shipped.bases)) for name in self.calendars.names}

    def calendars_at(self, instant: datetime) -> Calendars:
        """The calendars as known at an instant."""
        return self._with_shipped(day_of(instant), self._stage(instant).imported)

    def register_at(self, instant: datetime) -> Register:
        """The register as known at an instant."""
        return self._stage(instant).register

    def _stage(self, instant: datetime) -> _Stage:
        return self._stages[max(0, bisect_right(self._begun, instant) - 1)]

    def _with_shipped(self, day: date | None, imported: Sequence[Edition]) -> Calendars:
        shipped = self._shipped.known_at(day)
        key = (len(shipped.editions), len(imported))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = shipped.adding(*imported) if imported else shipped
        return found

    def first_change(self, after: datetime) -> int:
        """The place in `changes` of the first that became known after an instant."""
        return bisect_right(self.changes, after, key=lambda change: change.at)

    def resting_on(self, calendar: str) -> frozenset[str]:
        """The calendars that change when an edition of this one is published."""
        return frozenset(name for name, lineage in self._lineage.items() if calendar in lineage)

    def touches(self, change: Change, story: Story) -> bool:
        """Whether what became known of calendars can move a clock in any of its standings."""
        days = self._moved_days(change, story.clock.calendar)
        span = story.span_of_days() if days else None
        if span is None:
            return False
        place = bisect_left(days, span[0].toordinal())
        return place < len(days) and days[place] <= span[1].toordinal()

    def edition(self, change: Change, calendar: str) -> str | None:
        """By which edition the calendar changed then; the last of several."""
        lineage = self._lineage[calendar]
        return next((each.id for each in reversed(change.editions) if each.calendar in lineage), None)

    def _moved_days(self, change: Change, calendar: str) -> list[int]:
        """The days that began or ceased to count, as ordinals; all days of a year that was provisional until then."""
        key = (change.at, calendar)
        found = self._moved.get(key)
        if found is None:
            before, after = self.calendars_at(change.at - INSTANT)[calendar], self.calendars_at(change.at)[calendar]
            lineage = self._lineage[calendar]
            years = sorted({each.year for each in change.editions if each.calendar in lineage})
            found = self._moved[key] = [day for year in years for day in _different(before, after, year)]
        return found

    def reckon(self, clock: Clock, calendars: Calendars) -> Reckoned:
        """When the clock is due under these calendars, an open pause ending with its stop; never if it is void."""
        calendar, limit = calendars[clock.calendar], clock.limit
        start = start_of(clock, calendar)
        if clock.void is not None:
            return never(start)
        if (
            clock.halts
            or clock.ceiling_anchor
            or clock.after
            or clock.given_date
            or clock.span is not limit.within
            or limit.by_the_hour
        ):
            return reckoned(limit, start, due(clock, calendar, until=None if clock.stop is None else clock.stop.at))
        key = (calendar, id(limit), start)
        found = self._reckoned.get(key)
        if found is None:
            if len(self._reckoned) > MANY:
                self._reckoned.clear()
            found = self._reckoned[key] = reckoned(limit, start, due(clock, calendar))
        return found


def _different(before: WorkingCalendar, after: WorkingCalendar, year: int) -> Iterator[int]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    all_of_it = before.provisional(first) != after.provisional(first)
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if all_of_it or before.is_workday(day) != after.is_workday(day):
            yield ordinal


def _lineage(name: str, bases: Mapping[str, str]) -> Iterator[str]:
    while name != NATIONAL:
        yield name
        name = bases.get(name, NATIONAL)
    yield NATIONAL


def _stages(office: Office) -> Iterator[_Stage]:
    """The register and the imported editions after each instant at which the jurisdiction recorded something."""
    nothing = Jurisdiction()
    yield _Stage(midnight(date.min.replace(year=2)), nothing.register, nothing.editions)
    instants = sorted({entry.known_at() for entry in office.entries})
    in_order = all(
        one.known_at() <= two.known_at() for one, two in zip(office.entries, office.entries[1:], strict=False)
    )
    if in_order and not any(isinstance(entry.event, EventCorrected) for entry in office.entries):
        yield from _replayed(office.entries)
        return
    for instant in instants:
        case = office.known_at(instant).case
        yield _Stage(instant, case.register, case.editions)


def _replayed(entries: Sequence[Entry]) -> Iterator[_Stage]:
    case = Jurisdiction()
    for place, entry in enumerate(entries, 1):
        case.replay(entry)
        if place == len(entries) or entries[place].known_at() > entry.known_at():
            yield _Stage(entry.known_at(), case.register, case.editions)


def _changes(shipped: Calendars, stages: Sequence[_Stage], learned: Iterable[date]) -> list[Change]:
    found: dict[datetime, list[Change]] = {midnight(day): [Change(midnight(day), rules=True)] for day in learned}
    for edition in shipped.editions:
        at = midnight(edition.known_from)
        found.setdefault(at, []).append(Change(at, (edition,)))
    for before, after in itertools.pairwise(stages):
        parties, everybody = _reorganised(before.register, after.register)
        imported = tuple(each for each in after.imported if each not in before.imported)
        if imported or parties or everybody:
            found.setdefault(after.at, []).append(Change(after.at, imported, parties, everybody))
    return [_together(at, found[at]) for at in sorted(found)]


def _together(at: datetime, changes: Iterable[Change]) -> Change:
    all_of_them = tuple(changes)
    return Change(
        at,
        tuple(edition for change in all_of_them for edition in change.editions),
        frozenset().union(*(change.parties for change in all_of_them)),
        any(change.everybody for change in all_of_them),
        any(change.rules for change in all_of_them),
    )


def _reorganised(before: Register, after: Register) -> tuple[frozenset[str], bool]:
    """Whose clocks may differ under another register, and whether everybody's may. An organ that is new has none yet."""
    stay = [(before.organs[name], after.organs.get(name)) for name in before.organs]
    everybody = before.calendar != after.calendar or any(
        now is None or now.external != then.external for then, now in stay
    )
    counting = {then.id for then, now in stay if now is not None and now.calendar != then.calendar}
    roles = {name for organ in (*before.organs.values(), *after.organs.values()) for name in organ.roles}
    owing = {before.role(name) or str(name) for name in roles if before.role(name) != after.role(name)}
    return frozenset(counting | owing), everybody
