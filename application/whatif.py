"""What would have been (推演): every file told again under other rules or another calendar, and nothing written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from uuid import UUID

from application.ledger import OFFICE_FILE, Ledger
from domain.file import File
from domain.kernel import Entry, OpeningEvent
from domain.law.calendar import Calendars
from domain.law.clock import Clock, Judgement, State, day_of, judge
from domain.law.edition import Edition
from domain.law.limit import TimeLimit
from domain.law.rulebook import Rulebook

NEW, GONE, RULE, CALENDAR, ELSE = "new", "gone", "rule", "calendar", "else"
"""Why a verdict differs: the rule runs only under the other law, or only under the present one; it says something else (which
keys); it says the same and the days count otherwise; or what other rules do moves it."""

IMMATERIAL = frozenset({"line", "citation", "reading", "title_zh", "title_en", "why_not", "until", "learned"})
"""What a rule may say otherwise without any date or verdict being another."""


class NoSuchProfile(LookupError):
    """The rules that are supposed stand for a profile that nobody goes by."""


@dataclass(frozen=True, slots=True)
class Law:
    """Rules and calendars to tell files under."""

    rulebook: Rulebook
    calendars: Calendars


def other_rules(present: Law, limits: Iterable[TimeLimit], *, profile: str, adds: bool = False) -> Law:
    """The present law with these rules in the place of a profile. `adds`: only beside it, in the place of the same versions."""
    if profile not in present.rulebook.profiles:
        raise NoSuchProfile(profile)
    supposed = tuple(replace(each, profile=profile) for each in limits)
    said = {(each.id, each.since) for each in supposed}
    kept = [
        each
        for each in present.rulebook.limits
        if each.profile != profile or (adds and (each.id, each.since) not in said)
    ]
    return Law(Rulebook((*kept, *supposed), present.rulebook.practices.all), present.calendars)


def other_calendar(present: Law, edition: Edition) -> Law:
    """The present law with an edition in the place of those of its calendar and year."""
    known = present.calendars
    others = [each for each in known.editions if (each.calendar, each.year) != (edition.calendar, edition.year)]
    return Law(present.rulebook, Calendars((*others, edition), known.bases, known.statutory))


def publishing(present: Law, edition: Edition, on: date) -> Law:
    """The present law once an edition is published on a day: of those that the ledger then has, the latest holds."""
    return Law(present.rulebook, present.calendars.adding(replace(edition, learned=on)))


@dataclass(frozen=True, slots=True)
class Verdict:
    """A clock and what is true of it."""

    clock: Clock
    judgement: Judgement

    @property
    def seen(self) -> tuple[object, ...]:
        """What counts of it."""
        found, due = self.judgement, self.judgement.due
        late = found.late_calendar_days, found.late_working_days, found.late_hours
        return self.clock.parties, due.day, due.instant, due.provisional, due.paused_from, found.state, late


@dataclass(frozen=True, slots=True)
class Difference:
    """One clock that would be judged otherwise; None where it would not run, or does not. `keys`: what the rule says otherwise."""

    file_no: str
    number: str
    before: Verdict | None
    after: Verdict | None
    why: str
    keys: tuple[str, ...] = ()

    @property
    def clock(self) -> Clock:
        """The clock, as it is if it is."""
        found = self.before or self.after
        assert found is not None
        return found.clock


Counts = Counter[str]


@dataclass(slots=True)
class Totals:
    """How many files and clocks were told, how many clocks differ, and what became of the clocks of each department.

    `events`: also those of files that were passed over.
    """

    files: int = 0
    events: int = 0
    clocks: int = 0
    changed: int = 0
    before: dict[str, Counts] = field(default_factory=dict)
    after: dict[str, Counts] = field(default_factory=dict)
    differing: Counts = field(default_factory=Counter)

    def count(self, side: dict[str, Counts], verdict: Verdict) -> None:
        """Count a verdict as statistics do: what is derived, advisory, a right, or born overdue blames nobody."""
        clock = verdict.clock
        if clock.counts:
            side.setdefault(clock.party, Counter()).update(_tally(verdict.judgement.state))


def _tally(state: State) -> tuple[str, ...]:
    match state:
        case State.MET:
            return ("met",)
        case State.BREACHED_LATE:
            return ("late",)
        case State.BREACHED_OPEN:
            return ("open", "open_late")
        case State.RUNNING | State.PAUSED:
            return ("open",)
    return ()


@dataclass(slots=True)
class Supposing:
    """Tells files under the present law and under a supposed one. `first`, `last`: files that were open on one of these days."""

    ledger: Ledger
    supposed: Callable[[Law], Law]
    at: datetime
    first: date | None = None
    last: date | None = None
    totals: Totals = field(default_factory=Totals)
    present: Law = field(init=False)
    other: Law = field(init=False)

    def __post_init__(self) -> None:
        self.present = Law(self.ledger.rulebook, self.ledger.calendars())
        self.other = self.supposed(self.present)

    def differences(self, entries: Sequence[Entry]) -> list[Difference]:
        """The clocks of one file, given by all its entries in recording order, that would be judged otherwise."""
        if entries[0].file_id == OFFICE_FILE:
            return []
        file = self._told(entries[0].file_id, entries, self.present)
        self.totals.events += len(entries)
        if not self._meant(file):
            return []
        before = self._verdicts(file.clocks, self.present)
        if self.other.rulebook is self.present.rulebook:
            after = self._verdicts(file.clocks, self.other)
        else:
            after = self._verdicts(self._told(file.id, entries, self.other).clocks, self.other)
        return self._compared(entries, before, after)

    def _told(self, identifier: UUID, entries: Sequence[Entry], law: Law) -> File:
        register = self.ledger.at_hand().case.register
        return File(identifier, entries, types={}, rulebook=law.rulebook, calendars=law.calendars, register=register)

    def _meant(self, file: File) -> bool:
        days = [day_of(entry.occurred_at) for entry in file.entries]
        if self.last is not None and min(days) > self.last:
            return False
        is_open = any(matter.open for matter in file.matters.values())
        return is_open or self.first is None or max(days) >= self.first

    def _verdicts(self, clocks: Iterable[Clock], law: Law) -> dict[UUID, Verdict]:
        return {each.id: Verdict(each, judge(each, law.calendars[each.calendar], self.at)) for each in clocks}

    def _compared(
        self, entries: Sequence[Entry], before: dict[UUID, Verdict], after: dict[UUID, Verdict]
    ) -> list[Difference]:
        totals = self.totals
        totals.files += 1
        totals.clocks += len(before.keys() | after.keys())
        for verdict in before.values():
            totals.count(totals.before, verdict)
        for verdict in after.values():
            totals.count(totals.after, verdict)
        numbers = {each.case_id: each.event.number for each in entries if isinstance(each.event, OpeningEvent)}
        file_no = next((each.event.file_no for each in entries if isinstance(each.event, OpeningEvent)), "")
        found = []
        for identifier in dict.fromkeys((*before, *after)):
            one, two = before.get(identifier), after.get(identifier)
            if one is None or two is None or one.seen != two.seen:
                why, keys = _why(one, two)
                clock = (one or two or next(iter(before.values()))).clock
                found.append(Difference(file_no, numbers.get(clock.case_id, ""), one, two, why, keys))
                totals.differing[clock.party] += 1
        totals.changed += len(found)
        return found


def _why(before: Verdict | None, after: Verdict | None) -> tuple[str, tuple[str, ...]]:
    if before is None or after is None:
        return (NEW if before is None else GONE), ()
    one, two = before.clock, after.clock
    keys = tuple(
        each.name
        for each in fields(TimeLimit)
        if each.name not in IMMATERIAL and getattr(one.limit, each.name) != getattr(two.limit, each.name)
    )
    if keys:
        return RULE, keys
    return (CALENDAR if _same_facts(one, two) else ELSE), ()


def _same_facts(one: Clock, two: Clock) -> bool:
    return one is two or (one.anchor, one.span, one.stop, one.void) == (two.anchor, two.span, two.stop, two.void)
