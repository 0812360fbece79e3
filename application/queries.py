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
from application.letters import letter_of, letter_to
from application.permissions import Sight, may, sight, sight_of
from application.ports import Reader
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

    `sight`: what of it the reader may look at, by what is true now; nothing else of it is told.
    `final`: nothing that is recorded later can change the answer.
    """

    file: File
    recorded: Sequence[Entry]
    moment: Moment
    at: datetime
    final: bool
    rehearsal: bool
    sight: Sight
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
        if found is None or not self.sight.shows(identifier):
            raise NotFound(str(identifier))
        return found

    @property
    def cases(self) -> list[Case]:
        """Its cases that the reader may look at."""
        return [each for each in self.file.cases.values() if self.sight.shows(each.id)]

    @property
    def entries(self) -> list[Entry]:
        """The entries of these cases as they were written, in order."""
        return [each for each in self.recorded if self.sight.whole or self.sight.shows(each.case_id)]

    @property
    def matters(self) -> list[Matter]:
        """The matters that these cases opened."""
        return [each for each in self.file.matters.values() if self.sight.shows(each.case_id)]

    @property
    def clocks(self) -> list[Clock]:
        """The clocks that these cases started."""
        return [each for each in self.file.clocks if self.sight.shows(each.case_id)]

    def entries_of(self, identifier: UUID) -> list[Entry]:
        """The entries of one case as they were written, in order."""
        return [entry for entry in self.recorded if entry.case_id == identifier]

    def matters_of(self, case: Case) -> list[Matter]:
        """The matters that a case is about: its own, and those that it opened."""
        return [each for each in self.matters if each.id == case.matter or each.case_id == case.id]

    def clocks_of(self, case: Case) -> list[Clock]:
        """The clocks of a case: those that it started, and those of its matters."""
        matters = {each.id for each in self.matters_of(case)}
        return [each for each in self.clocks if each.case_id == case.id or each.matter in matters]

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


def read_case(ledger: Ledger, case: UUID, moment: Moment, actor: Actor, *, now: datetime) -> Reading:
    """The file of a case at a moment. Raises NotFound where the case was not there at that moment, or is not for the actor."""
    reading = _read(open_case(ledger, case, actor), moment, now, case)
    reading.case(case)
    return reading


def open_case(ledger: Ledger, case: UUID, actor: Actor) -> Opened:
    """The file of a case as somebody opens it, whatever the moment; raises NotFound where the case is not for the actor."""
    opened = _opened(ledger, ledger.load(case), actor, str(case))
    if not opened.sight.shows(case):
        raise NotFound(str(case))
    return opened


def read_file(ledger: Ledger, number: str, moment: Moment, actor: Actor, *, now: datetime) -> Reading:
    """A file at a moment. Raises NotFound where nothing of it was there at that moment, or nothing is for the actor."""
    opened = _opened(ledger, ledger.load_file(file_id(number)), actor, f"file {number}")
    if not (opened.sight.whole or opened.sight.cases):
        raise NotFound(f"file {number}")
    reading = _read(opened, moment, now)
    if not reading.cases:
        raise NotFound(f"file {number}")
    return reading


def read_letter(ledger: Ledger, case: UUID, letter: str, actor: Actor, *, now: datetime) -> tuple[Reading, Entry]:
    """A letter of a supervision record: for who reads the record, and for whom the letter is addressed to; raises NotFound."""
    opened = _opened(ledger, ledger.load(case), actor, str(case))
    if not opened.sight.shows(case) and case not in opened.sight.papers:
        raise NotFound(str(case))
    record = opened.live.cases.get(case)
    issued = None if record is None else letter_of(opened.live, record, letter)
    if issued is None or not opened.sight.shows_paper(case, letter_to(issued)):
        raise NotFound(f"letter {letter}")
    return _read(opened, Moment(), now), issued


def reads_whole(reader: Reader, ledger: Ledger, entries: Sequence[Entry]) -> bool:
    """Whether somebody may look at all of a file, given by its entries."""
    file = ledger.file(entries[0].file_id, entries, office=ledger.at_hand())
    return sight_of(reader, file, ledger.barred_where_it_concerns(file)).whole


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as somebody opens it: its entries, what it is today, and what of it is for him."""

    ledger: Ledger
    entries: Sequence[Entry]
    office: Office
    live: File
    sight: Sight


def _opened(ledger: Ledger, loaded: tuple[Sequence[Entry], Office], actor: Actor, named: str) -> Opened:
    entries, office = loaded
    if not entries:
        raise NotFound(named)
    live = ledger.file(entries[0].file_id, entries, office=office)
    return Opened(ledger, entries, office, live, sight(actor, live, ledger.barred_where_it_concerns(live)))


def _read(opened: Opened, moment: Moment, now: datetime, case: UUID | None = None) -> Reading:
    ledger, entries, as_of = opened.ledger, opened.entries, moment.as_of
    if moment.version is not None and case is not None:
        entries = _up_to_version(entries, case, moment.version)
        as_of = max(entry.known_at() for entry in entries)
    recorded = [entry for entry in entries if _within(entry, as_of, moment.basis)]
    if not recorded:
        raise NotFound("nothing was known at that moment")
    file, identifier = opened.live, opened.live.id
    if as_of is not None or moment.basis != KNOWN:
        file = ledger.file(identifier, entries, as_of=as_of, basis=moment.basis, office=opened.office)
    return Reading(
        file=file,
        recorded=recorded,
        moment=moment,
        at=as_of or now,
        final=moment.version is not None or _final(ledger, moment, now),
        rehearsal=ledger.rehearsal,
        sight=opened.sight,
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
