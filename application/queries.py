"""What is asked of one case or one file (案卷): as it is now, as of any instant on either basis, or at an earlier version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from application.correct import may_correct
from application.handle import NotFound
from application.ledger import Ledger, Office
from application.permissions import may
from domain.custody import Matter
from domain.file import KNOWN, RECOMPUTED, File
from domain.kernel import Actor, Case, Entry, EventCorrected, Step, file_id
from domain.law.clock import Clock, Judgement, day_of
from domain.law.explanation import Explanation, explain

BASES = (KNOWN, RECOMPUTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When the answer is about: now, as of an instant on a basis, or as a case stood at one of its versions."""

    as_of: datetime | None = None
    basis: str = KNOWN
    version: int | None = None


@dataclass(frozen=True)
class Reading:
    """A file folded to a moment. `recorded`: its entries as they were written; `at`: the instant it is judged at.

    `final`: nothing that is recorded later can change the answer.
    """

    file: File
    recorded: Sequence[Entry]
    moment: Moment
    at: datetime
    final: bool
    rehearsal: bool
    ask_positions: Callable[[], Mapping[UUID, int]] = dict

    @cached_property
    def positions(self) -> Mapping[UUID, int]:
        """The positions of its events in the log, asked for where they are shown."""
        return self.ask_positions()

    @cached_property
    def corrected_by(self) -> Mapping[UUID, tuple[UUID, ...]]:
        """Which later events correct an event."""
        found: dict[UUID, tuple[UUID, ...]] = {}
        for entry in self.recorded:
            if isinstance(entry.event, EventCorrected):
                found[entry.event.corrects] = (*found.get(entry.event.corrects, ()), entry.event_id)
        return found

    def case(self, identifier: UUID) -> Case:
        """One of its cases."""
        found = self.file.cases.get(identifier)
        if found is None:
            raise NotFound(str(identifier))
        return found

    def entries_of(self, identifier: UUID) -> list[Entry]:
        """The entries of one case as they were written, in order."""
        return [entry for entry in self.recorded if entry.case_id == identifier]

    def matters_of(self, case: Case) -> list[Matter]:
        """The matters that a case is about: its own, and those that it opened."""
        return [each for each in self.file.matters.values() if each.id == case.matter or each.case_id == case.id]

    def clocks_of(self, case: Case) -> list[Clock]:
        """The clocks of a case: those that it started, and those of its matters."""
        matters = {each.id for each in self.matters_of(case)}
        return [each for each in self.file.clocks if each.case_id == case.id or each.matter in matters]

    def judge(self, clock: Clock) -> Judgement:
        """What was true of a clock at the moment."""
        return self.file.judge(clock, self.at)

    def explain(self, clock: Clock) -> Explanation:
        """Why a clock ran as it did."""
        return explain(clock, self.file.calendars[clock.calendar], self.judge(clock))

    def lag(self, entry: Entry) -> tuple[int, bool]:
        """Calendar days between act and recording, and whether that is more than one working day of the department."""
        calendar = self.file.calendars[self.file.register.calendar_of(entry.actor.acting_for)]
        acted, recorded = day_of(entry.occurred_at), day_of(entry.known_at())
        return (recorded - acted).days, calendar.workdays(acted, recorded) > 1

    def allowed_steps(self, actor: Actor, case: Case) -> Iterator[str]:
        """The steps that the state of a case and the standing of an organ leave open; the law may still refuse one."""
        for step in case.STEPS.values():
            if step.acts and step.routed and _in_state(case, step) and self._has_standing(actor, step, case):
                yield step.name
        if any(may_correct(actor, entry, self.file) for entry in self.entries_of(case.id or self.file.id)):
            yield "correct"

    def _has_standing(self, actor: Actor, step: Step, case: Case) -> bool:
        matters = [each.id for each in self.matters_of(case)] or [case.matter]
        return any(may(actor, step, case, self.file, matter) for matter in matters)


def _in_state(case: Case, step: Step) -> bool:
    return not step.states or case.state in step.states


def read_case(ledger: Ledger, case: UUID, moment: Moment, *, now: datetime) -> Reading:
    """The file of a case at a moment. Raises NotFound where the case was not there at that moment."""
    entries, office = ledger.load(case)
    if not entries:
        raise NotFound(str(case))
    reading = _read(ledger, entries, office, moment, now, case)
    reading.case(case)
    return reading


def read_file(ledger: Ledger, number: str, moment: Moment, *, now: datetime) -> Reading:
    """A file at a moment. Raises NotFound where it was not there at that moment."""
    entries, office = ledger.load_file(file_id(number))
    return _read(ledger, entries, office, moment, now)


def _read(
    ledger: Ledger, entries: Sequence[Entry], office: Office, moment: Moment, now: datetime, case: UUID | None = None
) -> Reading:
    as_of = moment.as_of
    if moment.version is not None and case is not None:
        entries = _up_to_version(entries, case, moment.version)
        as_of = max(entry.known_at() for entry in entries)
    recorded = [entry for entry in entries if _within(entry, as_of, moment.basis)]
    if not recorded:
        raise NotFound("nothing was known at that moment")
    identifier = recorded[0].file_id
    file = ledger.file(identifier, entries, as_of=as_of, basis=moment.basis, office=office)
    return Reading(
        file=file,
        recorded=recorded,
        moment=moment,
        at=as_of or now,
        final=moment.version is not None or _final(ledger, moment, now),
        rehearsal=ledger.rehearsal,
        ask_positions=lambda: ledger.log.positions(identifier),
    )


def _up_to_version(entries: Iterable[Entry], case: UUID, version: int) -> list[Entry]:
    facts = list(entries)
    last = next((each.file_version for each in facts if (each.case_id, each.version) == (case, version)), None)
    if last is None:
        raise NotFound(f"the case has no version {version}")
    return [each for each in facts if each.file_version <= last]


def _within(entry: Entry, as_of: datetime | None, basis: str) -> bool:
    if as_of is None:
        return True
    return (entry.known_at() if basis == KNOWN else entry.occurred_at) <= as_of


def _final(ledger: Ledger, moment: Moment, now: datetime) -> bool:
    """Decided by the order of the log: only what was known at a past instant can be final."""
    if moment.as_of is None or moment.basis != KNOWN or moment.as_of > now:
        return False
    return ledger.log.settled(moment.as_of)
