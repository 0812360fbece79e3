"""Tells a file (案卷) once through: custody and clocks as the ledger came to know them, and as they happened under all it knows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from application.projections.history import History, Story, dates
from application.projections.knowledge import Change, Knowledge
from domain.custody import Axis, CustodyFold, by_knowledge, by_occurrence
from domain.kernel import Entry, EventCorrected, OpeningEvent, amended
from domain.law.calendar import Calendars, WorkingCalendar
from domain.law.clock import Clock
from domain.law.duties import Duties
from domain.law.rulebook import Rulebook
from domain.register import Register


class Reel:
    """Custody and clocks of a file, told entry by entry under one register."""

    def __init__(self, file_id: UUID, rulebook: Rulebook, register: Register, axis: Axis) -> None:
        self.custody = custody = CustodyFold(axis)
        self.profiles: dict[UUID, tuple[str, ...]] = {}

        def holder(matter: str) -> str | None:
            found = custody.matters.get(matter)
            return None if found is None else found.holder

        self.duties = Duties(
            file_id, rulebook, holder, register.role, register.calendar_of, register.external, self.profiles
        )

    def tell(self, entry: Entry) -> list[Clock]:
        """Let an entry have its effect; answer the clocks it touched."""
        event = entry.event
        if isinstance(event, OpeningEvent):
            self.profiles[entry.case_id] = event.profiles
        self.custody.apply(entry)
        return self.duties.apply(entry)

    def tell_all(self, entries: Sequence[Entry]) -> Reel:
        """Tell these entries, the profiles of their cases being known from the start."""
        for entry in entries:
            if isinstance(entry.event, OpeningEvent):
                self.profiles[entry.case_id] = entry.event.profiles
        for entry in entries:
            self.tell(entry)
        return self


@dataclass(slots=True)
class Told:
    """A file told along both axes. `facts`: its entries with corrections carried out.

    `recomputed` is None where it is the same as `known`, told in the time in which things happened.
    """

    facts: list[Entry]
    known: History = field(default_factory=History)
    recomputed: History | None = None
    known_custody: CustodyFold = field(default_factory=CustodyFold)
    recomputed_custody: CustodyFold = field(default_factory=CustodyFold)


@dataclass(slots=True)
class Telling:
    """Tells files under one rulebook and one state of knowledge."""

    rulebook: Rulebook
    knowledge: Knowledge

    def tell(self, file_id: UUID, entries: Sequence[Entry]) -> Told:
        """Tell one file from all its entries in recording order."""
        corrected = any(isinstance(entry.event, EventCorrected) for entry in entries)
        told = Told(amended(entries) if corrected else list(entries))
        learning = _Learning(self, file_id, entries, told)
        learning.run()
        if corrected or learning.reorganised or not _straight(entries):
            self._recompute(file_id, told)
        else:
            told.recomputed_custody = CustodyFold(by_occurrence)
            for entry in entries:
                told.recomputed_custody.apply(entry)
            if any(story.moved for story in told.known.stories.values()):
                self._recompute(file_id, told)
        return told

    def _recompute(self, file_id: UUID, told: Told) -> None:
        """Tell the facts as they happened, under all that is known today."""
        knowledge = self.knowledge
        told.recomputed = history = History()
        facts = sorted(told.facts, key=by_occurrence)
        begun: set[UUID] = set()
        reel = self.reel(file_id, knowledge.register, by_occurrence)
        for place, entry in enumerate(facts):
            at, cause = entry.occurred_at, entry.event_id
            opened_late = isinstance(entry.event, OpeningEvent) and entry.case_id in begun
            begun.add(entry.case_id)
            if opened_late:
                reel = self.reel(file_id, knowledge.register, by_occurrence).tell_all(facts[: place + 1])
                retold(history, reel, at, cause, knowledge, knowledge.calendars)
                continue
            for clock in reel.tell(entry):
                history.learn(clock, knowledge.due(clock, knowledge.calendars), at, at, cause)
        told.recomputed_custody = reel.custody

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
        self._file_id, self._entries, self._told = file_id, entries, told
        self._known_at = entries[0].known_at()
        self._calendars = self._knowledge.calendars_at(self._known_at)
        self._register = self._knowledge.register_at(self._known_at)
        self._reel = telling.reel(file_id, self._register, by_knowledge)
        self._place = self._knowledge.first_change(self._known_at)
        self.reorganised = False

    def run(self) -> None:
        """Tell the entries in recording order, and between them what became known."""
        changes = self._knowledge.changes
        for place, entry in enumerate(self._entries):
            self._known_at = max(self._known_at, entry.known_at())
            while self._place < len(changes) and changes[self._place].at <= self._known_at:
                self._publish(changes[self._place], place)
            if isinstance(entry.event, EventCorrected):
                self._tell_again(place + 1, self._known_at, entry.event_id)
                continue
            for clock in self._reel.tell(entry):
                self._learn(clock, entry)
        while self._place < len(changes):
            self._publish(changes[self._place], len(self._entries))
        self._told.known_custody = self._reel.custody

    def _learn(self, clock: Clock, entry: Entry) -> None:
        known, calendar = self._told.known, self._calendars[clock.calendar]
        story = known.stories.get(clock.id)
        if story is not None and self._as_before(story, clock, calendar):
            reached = story.standings[-1].due
        else:
            reached = self._knowledge.due(clock, self._calendars)
        story = known.learn(clock, reached, self._known_at, entry.occurred_at, entry.event_id)
        story.calendar, story.span, story.given = calendar, clock.span, clock.given_date

    def _as_before(self, story: Story, clock: Clock, calendar: WorkingCalendar) -> bool:
        """Whether the due day of a clock is reckoned from the same as the last time."""
        return (
            not clock.halts
            and story.calendar is calendar
            and story.span is clock.span
            and story.given == clock.given_date
            and clock.void is None
            and story.standings[-1].void is None
        )

    def _publish(self, change: Change, told_so_far: int) -> None:
        """Judge again what a calendar edition moves, or tell again under another register."""
        self._place += 1
        knowledge = self._knowledge
        before, self._calendars = self._calendars, knowledge.calendars_at(change.at)
        if change.reorganised:
            self.reorganised = True
            self._register = knowledge.register_at(change.at)
            self._tell_again(told_so_far, change.at, None)
        if before is self._calendars:
            return
        for story in self._told.known.stories.values():
            self._judge_again(story, change)

    def _judge_again(self, story: Story, change: Change) -> None:
        clock, knowledge = story.clock, self._knowledge
        touched = [
            (edition, standing)
            for edition in change.editions
            for place, standing in enumerate(story.standings)
            if knowledge.concerns(edition, story, place)
        ]
        if not touched:
            return
        last = story.standings[-1]
        story.moved = story.moved or any(dates(standing.due) != dates(last.due) for _, standing in touched)
        if last.void is None and not last.gone:
            reached = knowledge.due(clock, self._calendars)
            story.moved = story.moved or dates(reached) != dates(last.due)
            self._told.known.learn(clock, reached, change.at, change.at, None, touched[-1][0].id)

    def _tell_again(self, told_so_far: int, at: datetime, cause: UUID | None) -> None:
        """Tell what is known so far anew, with corrections carried out and under the register of the moment."""
        reel = self._telling.reel(self._file_id, self._register, by_knowledge)
        self._reel = reel.tell_all(amended(self._entries[:told_so_far]))
        retold(self._told.known, self._reel, at, cause, self._knowledge, self._calendars)


def retold(
    history: History, reel: Reel, at: datetime, cause: UUID | None, knowledge: Knowledge, calendars: Calendars
) -> None:
    """From an instant on the clocks are those of a new telling; those that it does not have are no more."""
    clocks = reel.duties.clocks
    for story in history.stories.values():
        if story.clock.id not in clocks:
            history.lose(story, at, cause)
    for clock in clocks.values():
        history.learn(clock, knowledge.due(clock, calendars), at, at, cause).calendar = None
