"""Tells a file (案卷) once through: custody and clocks as the ledger came to know them, and as they happened under all it knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from application.projections.history import History
from application.projections.knowledge import Change, Knowledge
from domain.custody import Axis, CustodyFold, by_knowledge, by_occurrence
from domain.kernel import Entry, EventCorrected, OpeningEvent, amended
from domain.law.calendar import Calendars
from domain.law.clock import Clock
from domain.law.duties import Duties
from domain.law.rulebook import Rulebook
from domain.register import Register


class Reel:
    """Custody and clocks of a file, told entry by entry under one register."""

    def __init__(self, file_id: UUID, rulebook: Rulebook, register: Register, axis: Axis) -> None:
        self.custody = CustodyFold(axis)
        self.profiles: dict[UUID, tuple[str, ...]] = {}
        self.duties = Duties(
            file_id,
            rulebook,
            self._holder,
            register.role,
            register.calendar_of,
            register.external,
            self.profiles,
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

    def _holder(self, matter: str) -> str | None:
        found = self.custody.matters.get(matter)
        return None if found is None else found.holder


@dataclass(slots=True)
class Told:
    """A file told along both axes. `facts`: its entries with corrections carried out; `clocks`: those that are, live."""

    facts: list[Entry]
    known: History = field(default_factory=History)
    recomputed: History = field(default_factory=History)
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
        straight = not corrected and self._straight(entries)
        _Learning(self, file_id, entries, told, straight).run()
        if not straight:
            self._recompute(file_id, told)
        return told

    def _straight(self, entries: Sequence[Entry]) -> bool:
        """Whether recording order is the order of events and the register has stayed, so that one telling serves both axes."""
        for one, two in zip(entries, entries[1:], strict=False):
            if two.occurred_at < one.occurred_at:
                return False
        begun = entries[0].known_at()
        changes = self.knowledge.changes
        return not any(changes[place].reorganised for place in range(self.knowledge.first_change(begun), len(changes)))

    def _recompute(self, file_id: UUID, told: Told) -> None:
        """Tell the facts as they happened, under all that is known today."""
        knowledge, history = self.knowledge, told.recomputed
        facts = sorted(told.facts, key=by_occurrence)
        begun: set[UUID] = set()
        reel = self.reel(file_id, knowledge.register, by_occurrence)
        for place, entry in enumerate(facts):
            opened_late = isinstance(entry.event, OpeningEvent) and entry.case_id in begun
            begun.add(entry.case_id)
            if opened_late:
                reel = self.reel(file_id, knowledge.register, by_occurrence).tell_all(facts[: place + 1])
                retold(history, reel, entry.occurred_at, entry.event_id, knowledge, knowledge.calendars)
                continue
            for clock in reel.tell(entry):
                history.learn(clock, entry.occurred_at, knowledge.due(clock, knowledge.calendars), entry.event_id)
        told.recomputed_custody = reel.custody

    def reel(self, file_id: UUID, register: Register, axis: Axis) -> Reel:
        """A file of which nothing is told yet."""
        return Reel(file_id, self.rulebook, register, axis)


class _Learning:
    """One file as the ledger came to know it; where the telling is straight, as it happened too."""

    def __init__(self, telling: Telling, file_id: UUID, entries: Sequence[Entry], told: Told, straight: bool) -> None:
        self._telling, self._knowledge = telling, telling.knowledge
        self._file_id, self._entries, self._told, self._straight = file_id, entries, told, straight
        self._known_at = entries[0].known_at()
        self._calendars = self._knowledge.calendars_at(self._known_at)
        self._register = self._knowledge.register_at(self._known_at)
        self._reel = telling.reel(file_id, self._register, by_knowledge)
        self._place = self._knowledge.first_change(self._known_at)

    def run(self) -> None:
        """Tell the entries in recording order, and between them what became known."""
        told, changes = self._told, self._knowledge.changes
        happened = CustodyFold(by_occurrence)
        for place, entry in enumerate(self._entries):
            self._known_at = max(self._known_at, entry.known_at())
            while self._place < len(changes) and changes[self._place].at <= self._known_at:
                self._publish(changes[self._place], place)
            if isinstance(entry.event, EventCorrected):
                self._tell_again(place + 1, self._known_at, entry.event_id)
                continue
            for clock in self._reel.tell(entry):
                self._learn(clock, entry)
            if self._straight:
                happened.apply(entry)
        while self._place < len(changes):
            self._publish(changes[self._place], len(self._entries))
        told.known_custody = self._reel.custody
        if self._straight:
            told.recomputed_custody = happened

    def _learn(self, clock: Clock, entry: Entry) -> None:
        knowledge, told = self._knowledge, self._told
        reached = knowledge.due(clock, self._calendars)
        told.known.learn(clock, self._known_at, reached, entry.event_id)
        if self._straight:
            if self._calendars is not knowledge.calendars:
                reached = knowledge.due(clock, knowledge.calendars)
            told.recomputed.learn(clock, entry.occurred_at, reached, entry.event_id)

    def _publish(self, change: Change, told_so_far: int) -> None:
        """Judge again what a calendar edition moves, or tell again under another register."""
        self._place += 1
        knowledge = self._knowledge
        before, self._calendars = self._calendars, knowledge.calendars_at(change.at)
        if change.reorganised:
            self._register = knowledge.register_at(change.at)
            self._tell_again(told_so_far, change.at, None)
        if before is self._calendars:
            return
        for story in self._told.known.stories.values():
            last = story.standings[-1]
            if last.void is not None or last.gone:
                continue
            editions = [each for each in change.editions if knowledge.concerns(each, story.clock, last.due)]
            if editions:
                reached = knowledge.due(story.clock, self._calendars)
                self._told.known.learn(story.clock, change.at, reached, None, editions[-1].id)

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
        history.learn(clock, at, knowledge.due(clock, calendars), cause)
