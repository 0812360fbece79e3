"""Tells a file (案卷) once through: custody and clocks as the ledger came to know them, and as they happened under all it knows."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from application.projections.history import Story, dates, learn, lose
from application.projections.knowledge import Change, Knowledge
from application.projections.rows import KNOWN, RECOMPUTED
from domain.custody import Axis, CustodyFold, by_knowledge, by_occurrence
from domain.kernel import Entry, EventCorrected, OpeningEvent, amended
from domain.law.calendar import Calendars, WorkingCalendar
from domain.law.clock import Clock, day_of
from domain.law.duties import Duties
from domain.law.rulebook import Rulebook
from domain.register import Register


class Reel:
    """Custody and clocks of a file, told entry by entry under one register."""

    def __init__(self, file_id: UUID, rulebook: Rulebook, register: Register, axis: Axis) -> None:
        self.custody = CustodyFold(axis)
        self.duties = Duties(file_id, rulebook, register.role, register.calendar_of, register.external)

    def tell(self, entry: Entry) -> list[Clock]:
        """Let an entry have its effect; answer the clocks it touched."""
        if isinstance(entry.event, OpeningEvent):
            self.duties.opened(entry.case_id, entry.event.profiles)
        return self.duties.apply(entry, self.custody.apply(entry))

    def tell_all(self, entries: Sequence[Entry]) -> Reel:
        """Tell these entries, the profiles of their cases being known from the start."""
        for entry in entries:
            if isinstance(entry.event, OpeningEvent):
                self.duties.opened(entry.case_id, entry.event.profiles)
        for entry in entries:
            self.tell(entry)
        return self


@dataclass(slots=True)
class Told:
    """A file told along both axes: the stories of its clocks, by id, and its custody.

    `facts`: its entries with corrections carried out. `recomputed` is None where it is as `known`, in the time in which
    things happened, which `happened` gives for each instant of recording; likewise `recomputed_custody`.
    `retold`: whether its own entries give it another order as it happened than as it became known.
    """

    facts: list[Entry]
    known: dict[UUID, Story] = field(default_factory=dict)
    known_custody: CustodyFold = field(default_factory=CustodyFold)
    recomputed: dict[UUID, Story] | None = None
    recomputed_custody: CustodyFold | None = None
    happened: dict[datetime, datetime] = field(default_factory=dict)
    retold: bool = False

    def matters(self) -> dict[str, int]:
        """The number of each matter in the file."""
        other = () if self.recomputed_custody is None else self.recomputed_custody.matters
        return {name: n for n, name in enumerate(dict.fromkeys((*self.known_custody.matters, *other)), 1)}

    def bases(self) -> Iterator[tuple[str, CustodyFold, Callable[[datetime], datetime]]]:
        """Custody on each basis, and what gives the time on that basis for a time of the custody."""
        yield KNOWN, self.known_custody, _as_it_is
        if self.recomputed_custody is None:
            yield RECOMPUTED, self.known_custody, self.happened.__getitem__
        else:
            yield RECOMPUTED, self.recomputed_custody, _as_it_is


def _as_it_is(moment: datetime) -> datetime:
    return moment


@dataclass(slots=True)
class Telling:
    """Tells files under one rulebook and one state of knowledge."""

    rulebook: Rulebook
    knowledge: Knowledge

    def tell(self, file_id: UUID, entries: Sequence[Entry]) -> Told:
        """Tell one file from all its entries in recording order."""
        corrected = any(type(entry.event) is EventCorrected for entry in entries)
        told = Told(amended(entries) if corrected else list(entries), retold=corrected or not _straight(entries))
        learning = _Learning(self, file_id, entries, told)
        learning.run()
        if told.retold or learning.reorganised:
            told.recomputed_custody = self._recompute(file_id, told)
        else:
            told.happened = {entry.known_at(): entry.occurred_at for entry in entries}
            if learning.moved:
                self._recompute(file_id, told)
        return told

    def _recompute(self, file_id: UUID, told: Told) -> CustodyFold:
        """Tell the facts as they happened, under all that is known today; answers their custody."""
        knowledge = self.knowledge
        begun: set[UUID] = set()
        stories: dict[UUID, Story] = {}
        told.recomputed = stories
        facts = sorted(told.facts, key=by_occurrence)
        reel = self.reel(file_id, knowledge.register, by_occurrence)
        for place, entry in enumerate(facts):
            at, cause = entry.occurred_at, entry.event_id
            opened_late = isinstance(entry.event, OpeningEvent) and entry.case_id in begun
            begun.add(entry.case_id)
            if opened_late:
                reel = self.reel(file_id, knowledge.register, by_occurrence).tell_all(facts[: place + 1])
                retold(stories, reel, at, cause, knowledge, knowledge.calendars)
                continue
            for clock in reel.tell(entry):
                learn(stories, clock, knowledge.reckon(clock, knowledge.calendars), at, at, cause)
        return reel.custody

    def reel(self, file_id: UUID, register: Register, axis: Axis) -> Reel:
        """A file of which nothing is told yet."""
        return Reel(file_id, self.rulebook, register, axis)


def _straight(entries: Sequence[Entry]) -> bool:
    """Whether things were recorded in the order in which they happened, and what happened apart was recorded apart."""
    for one, two in itertools.pairwise(entries):
        if two.occurred_at != one.occurred_at and (
            two.occurred_at < one.occurred_at or two.known_at() <= one.known_at()
        ):
            return False
    return True


class _Learning:
    """One file as the ledger came to know it."""

    def __init__(self, telling: Telling, file_id: UUID, entries: Sequence[Entry], told: Told) -> None:
        self._telling, self._knowledge = telling, telling.knowledge
        self._file_id, self._entries, self._told, self._stories = file_id, entries, told, told.known
        self._known_at = entries[0].known_at()
        self._calendars = self._knowledge.calendars_at(self._known_at)
        self._register = self._knowledge.register_at(self._known_at)
        self._rulebook = telling.rulebook.known_at(day_of(self._known_at))
        self._reel = Reel(file_id, self._rulebook, self._register, by_knowledge)
        self._place = self._knowledge.first_change(self._known_at)
        self.reorganised = self.moved = False

    def run(self) -> None:
        """Tell the entries in recording order, and between them what became known."""
        changes = self._knowledge.changes
        for place, entry in enumerate(self._entries):
            self._known_at = max(self._known_at, entry.known_at())
            while self._place < len(changes) and changes[self._place].at <= self._known_at:
                self._publish(changes[self._place], place)
            if type(entry.event) is EventCorrected:
                self._tell_again(place + 1, self._known_at, entry.event_id)
                continue
            for clock in self._reel.tell(entry):
                self._learn(clock, entry)
        while self._place < len(changes):
            self._publish(changes[self._place], len(self._entries))
        self._told.known_custody = self._reel.custody

    def _learn(self, clock: Clock, entry: Entry) -> None:
        calendar = self._calendars[clock.calendar]
        story = self._stories.get(clock.id)
        if story is not None and _as_before(story, clock, calendar):
            found = story.standings[-1].reckoned
        else:
            found = self._knowledge.reckon(clock, self._calendars)
        story = learn(self._stories, clock, found, self._known_at, entry.occurred_at, entry.event_id)
        story.calendar, story.span, story.given = calendar, clock.span, clock.given_date

    def _publish(self, change: Change, told_so_far: int) -> None:
        """Judge again what a calendar edition moves, or tell again under another register."""
        self._place += 1
        before, self._calendars = self._calendars, self._knowledge.calendars_at(change.at)
        if change.reorganised:
            self.reorganised = True
            self._register = self._knowledge.register_at(change.at)
            self._rulebook = self._telling.rulebook.known_at(day_of(change.at))
            self._tell_again(told_so_far, change.at, None)
        if before is not self._calendars:
            for story in self._stories.values():
                self._judge_again(story, change)

    def _judge_again(self, story: Story, change: Change) -> None:
        clock, knowledge = story.clock, self._knowledge
        if not knowledge.touches(change, story):
            return
        last = story.standings[-1]
        moved = any(dates(each.due) != dates(last.due) for each in story.standings)
        if last.void is None and not last.gone:
            found, edition = knowledge.reckon(clock, self._calendars), knowledge.edition(change, clock.calendar)
            moved = moved or dates(found.due) != dates(last.due)
            learn(self._stories, clock, found, change.at, change.at, None, edition)
        self.moved = self.moved or moved

    def _tell_again(self, told_so_far: int, at: datetime, cause: UUID | None) -> None:
        """Tell what is known so far anew, with corrections carried out and under the register and rules of the moment."""
        reel = Reel(self._file_id, self._rulebook, self._register, by_knowledge)
        self._reel = reel.tell_all(amended(self._entries[:told_so_far]))
        retold(self._stories, self._reel, at, cause, self._knowledge, self._calendars)


def _as_before(story: Story, clock: Clock, calendar: WorkingCalendar) -> bool:
    """Whether the due date of a clock is reckoned from the same as the last time."""
    return (
        story.calendar is calendar
        and not clock.halts
        and story.span is clock.span
        and story.given == clock.given_date
        and clock.void is None
        and story.standings[-1].void is None
    )


def retold(
    stories: dict[UUID, Story], reel: Reel, at: datetime, cause: UUID | None, knowledge: Knowledge, calendars: Calendars
) -> None:
    """From an instant on the clocks are those of a new telling; those that it does not have are no more."""
    clocks = {clock.id: clock for clock in reel.duties.clocks}
    for story in stories.values():
        if story.clock.id not in clocks:
            lose(story, at, cause)
    for clock in clocks.values():
        learn(stories, clock, knowledge.reckon(clock, calendars), at, at, cause).calendar = None
