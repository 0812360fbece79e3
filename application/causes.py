"""Why what is said of an instant today is not what was said then (差异原因): found by folding with one kind of later knowledge at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Any
from uuid import UUID

from application.whatif import Verdict
from application.worlds import EVERYTHING, NOTHING, Kind, Worlds
from domain.file import File
from domain.kernel import Case, Entry
from domain.law.clock import Clock, day_of
from domain.law.edition import Edition
from domain.law.limit import TimeLimit

MOST = 60
"""Of more facts than this each is not tried alone: they are all named."""

CLOCK, CUSTODY, STATE = "clock", "custody", "state"

About = tuple[str, str]
"""What something is said of: a clock by its id, the custody of a matter, or the state of a case by its id."""

Said = Mapping[About, Any]
"""What holds in one world, of everything that can be asked; what is not there holds nothing."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A kind of later knowledge that makes a difference, with what was learned.

    `alone`: with it alone, something else holds than was said then. `needed`: without it, something else would hold than is said
    today. `one_by_one`: whether facts and corrections were tried one by one; those named make the difference.
    """

    kind: Kind
    alone: bool
    needed: bool
    entries: tuple[Entry, ...] = ()
    editions: tuple[Edition, ...] = ()
    versions: tuple[TimeLimit, ...] = ()
    one_by_one: bool = True


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing of which something else is said today than then (None: nothing), and why."""

    about: About
    known: Any
    recomputed: Any
    causes: tuple[Cause, ...]


@dataclass
class Comparison:
    """One file at an instant as known then and as recomputed today. `types`: the types of the cases whose state is asked for."""

    worlds: Worlds
    types: Mapping[str, type[Case]] = field(default_factory=dict)
    _files: dict[tuple[frozenset[Kind], frozenset[UUID] | None], tuple[File, Said]] = field(default_factory=dict)

    def file(self, kinds: frozenset[Kind]) -> File:
        """The file under some kinds of later knowledge."""
        return self._told(kinds)[0]

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of which something was learned since."""
        return self.worlds.kinds()

    @property
    def all(self) -> frozenset[Kind]:
        """All of these."""
        return frozenset(self.kinds)

    def differences(self, asked: Callable[[About], bool]) -> Iterator[Difference]:
        """What differs of what is asked for, each with its causes."""
        known, today = self._told(NOTHING)[1], self._told(self.all)[1]
        for about in dict.fromkeys((*known, *today)):
            if asked(about) and _seen(known.get(about)) != _seen(today.get(about)):
                yield Difference(about, known.get(about), today.get(about), tuple(self._causes(about)))

    def _causes(self, about: About) -> Iterator[Cause]:
        first, last = self._holds(about, NOTHING), self._holds(about, self.all)
        enough = {kind for few in self._enough(about, last) for kind in few}
        for kind in self.kinds:
            alone = self._holds(about, frozenset({kind})) != first
            if alone or kind in enough:
                yield self._cause(about, kind, alone, self._holds(about, self.all - {kind}) != last)

    def _enough(self, about: About, last: object) -> list[frozenset[Kind]]:
        """The smallest sets of kinds that lead to what is said today."""
        found: list[frozenset[Kind]] = []
        for size in range(1, len(self.kinds) + 1):
            for few in map(frozenset, combinations(self.kinds, size)):
                if not any(each <= few for each in found) and self._holds(about, few) == last:
                    found.append(few)
        return found

    def _cause(self, about: About, kind: Kind, alone: bool, needed: bool) -> Cause:
        match kind:
            case Kind.LATE | Kind.CORRECTION:
                entries, tried = self._entries(about, kind)
                return Cause(kind, alone, needed, entries=entries, one_by_one=tried)
            case Kind.CALENDAR:
                return Cause(kind, alone, needed, editions=tuple(dict.fromkeys(self._editions(about))))
            case Kind.RULE:
                return Cause(kind, alone, needed, versions=tuple(self._versions(about)))
        return Cause(kind, alone, needed, entries=tuple(self._reorganised()))

    def _entries(self, about: About, kind: Kind) -> tuple[tuple[Entry, ...], bool]:
        """The facts or corrections that make the difference, each tried alone and left out; all of them if no single one does."""
        worlds = self.worlds
        later = worlds.later(kind)
        swapped = worlds.out_of_order() if kind is Kind.LATE else []
        only = frozenset({kind})
        order = bool(swapped) and self._order_makes_it(about, later)
        if about[0] == STATE:  # a case is not folded with holes in it
            return tuple(each for each in (*swapped, *later) if str(each.case_id) == about[1]), False
        if len(later) > MOST:
            return (*swapped, *later) if order else tuple(later), False
        found = [each for each in later if self._makes_it(about, only, each, later)]
        return (*(swapped if order or not later else ()), *(found or ([] if order else later))), True

    def _order_makes_it(self, about: About, later: Sequence[Entry]) -> bool:
        """Whether it makes a difference to tell what was known then in the order in which it happened."""
        others = frozenset(each.event_id for each in self.worlds.entries) - {each.event_id for each in later}
        alone = self._holds(about, frozenset({Kind.LATE}), frozenset()) != self._holds(about, NOTHING)
        return alone or self._holds(about, self.all, others) != self._holds(about, self.all - {Kind.LATE}, others)

    def _makes_it(self, about: About, only: frozenset[Kind], entry: Entry, later: Sequence[Entry]) -> bool:
        alone, none = frozenset({entry.event_id}), frozenset[UUID]()
        if self._holds(about, only, alone) != self._holds(about, only, none):
            return True
        others = frozenset(each.event_id for each in self.worlds.entries) - alone
        return self._holds(about, self.all, others) != self._holds(about, self.all)

    def _editions(self, about: About) -> Iterator[Edition]:
        """The editions of the years on which the clock rests that were not in force then."""
        before, after = self.worlds.calendars(NOTHING), self.worlds.calendars(EVERYTHING)
        verdicts = [each for each in (self._verdict(about, NOTHING), self._verdict(about, self.all)) if each]
        spans = [span for each in verdicts for span in _days(each)]
        names = dict.fromkeys(each.clock.calendar for each in verdicts)
        if spans:
            first, last = min(spans), max(*spans, day_of(self.worlds.at))
            for name in names:
                known = before[name].editions(first, last) if name in before else ()
                yield from (each for each in after[name].editions(first, last) if each not in known)

    def _versions(self, about: About) -> Iterator[TimeLimit]:
        """The versions of the clock's rule that were learned since; of any rule, where it is not one that differs."""
        day = day_of(self.worlds.at)
        later = [each for each in self.worlds.ledger.rulebook.limits if each.learned is not None and each.learned > day]
        verdicts = (self._verdict(about, NOTHING), self._verdict(about, self.all))
        keys = {(each.clock.limit.profile, each.clock.limit.id) for each in verdicts if each}
        yield from [each for each in later if (each.profile, each.id) in keys] or later

    def _reorganised(self) -> Iterator[Entry]:
        """What the jurisdiction recorded of organs since."""
        organs = ("jurisdiction.organ-", "jurisdiction.calendar-chosen")
        for each in self.worlds.office.entries:
            if each.known_at() > self.worlds.at and each.topic.startswith(organs):
                yield each

    def _verdict(self, about: About, kinds: frozenset[Kind]) -> Verdict | None:
        found = self._told(kinds)[1].get(about)
        return found if isinstance(found, Verdict) else None

    def _holds(self, about: About, kinds: frozenset[Kind], only: frozenset[UUID] | None = None) -> object:
        return _seen(self._told(kinds, only)[1].get(about))

    def _told(self, kinds: frozenset[Kind], only: frozenset[UUID] | None = None) -> tuple[File, Said]:
        key = (kinds, only)
        if key not in self._files:
            file = self.worlds.file(kinds, only, types=self.types if only is None else None)
            self._files[key] = file, dict(_said(file, self))
        return self._files[key]


def _said(file: File, comparison: Comparison) -> Iterator[tuple[About, Any]]:
    for case in file.cases.values():
        yield (STATE, str(case.id)), case.state
    for matter in file.matters.values():
        yield (CUSTODY, matter.id), (matter.holder, matter.in_transit_to)
    for clock in file.clocks:
        yield (CLOCK, str(clock.id)), Verdict(clock, file.judge(clock, comparison.worlds.at))


def _seen(said: Any) -> object:
    return said.seen if isinstance(said, Verdict) else said


def _days(verdict: Verdict) -> Iterator[date]:
    """The days on which a verdict rests."""
    clock: Clock = verdict.clock
    due = verdict.judgement.due
    yield day_of(clock.anchor)
    for each in (due.start, due.day, due.paused_from, due.instant and day_of(due.instant)):
        if each is not None:
            yield each
