"""Takes over old histories (历史导入): a whole file is decided step by step by today's guards, and recorded all or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from application.decide import Decision, NoSuchStep
from application.handle import TAKEN, InFuture, NotFound
from application.ledger import Ledger
from application.permissions import Forbidden
from application.ports import Answered, Batch, FileMoved, Idempotency, KeyReused, Secret
from domain.file import File
from domain.kernel import LEDGER, Actor, Entry, Refused, Released, Reserved, case_id, file_id

SCOPE = "import:"
"""The scope of the keys of imported histories; no organ has such an id."""

TRIES = 5
NOT_HAD: tuple[type[Exception], ...] = (Refused, Forbidden, NoSuchStep, NotFound, InFuture)
"""What a step of a history may fail at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One step of a history. `opens`: it opens the case with this number; otherwise it acts in it."""

    case_type: str
    step: str
    number: str
    opens: bool
    actor: Actor
    occurred_at: datetime
    arguments: Mapping[str, Any]
    protected: Mapping[UUID, tuple[str, str]] = field(default_factory=dict)
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A file with the steps of all its cases, in order of time. `source`: its id where it comes from; `digest`: the hash of all it says."""

    source: str
    file_no: str
    acts: tuple[Act, ...]
    digest: bytes

    @property
    def idempotency(self) -> Idempotency:
        """By which the ledger knows a history that it has."""
        return Idempotency(SCOPE, self.source, self.digest)


class Unimportable(Exception):
    """A history cannot be taken over: which of its steps (from 1), and why."""

    def __init__(self, step: int, why: Exception) -> None:
        super().__init__(f"step {step}: {why}")
        self.step, self.why = step, why


class AlreadyThere(Exception):
    """The ledger has this history."""


class Changed(Exception):
    """The ledger has a history under this source id that says something else."""


Taken = dict[str, tuple[UUID | None, int]]
"""By fact, which case holds it and the version of its reservation."""


@dataclass(slots=True)
class Importer:
    """Takes over histories into one ledger. `dry`: decides everything and records nothing; what earlier histories of the same
    run would have taken is taken all the same. `recorded_at`: rehearsal ledgers only."""

    ledger: Ledger
    recorded_at: datetime | None = None
    dry: bool = False
    _taken: Taken = field(default_factory=dict)
    _numbers: set[UUID] = field(default_factory=set)

    def take(self, history: History, *, now: datetime) -> Sequence[Entry]:
        """Record a history; its events. Raises Unimportable, AlreadyThere, Changed, and what the event log raises."""
        for again in range(TRIES):
            entries = self._decide(history, self.recorded_at or now, again=again > 0)
            if self.dry:
                return entries
            try:
                answer = self.ledger.log.append(self._batch(history, entries))
            except FileMoved:
                continue
            except KeyReused as error:
                raise Changed(history.source) from error
            if isinstance(answer, Answered):
                raise AlreadyThere(history.source)
            return entries
        raise FileMoved(f"what {history.source} relies on moved {TRIES} times")

    def event(self, history: History) -> UUID:
        """The first event of a history that the ledger has; LookupError if it has not."""
        answered = self.ledger.log.answered(history.idempotency)
        if answered is None:
            raise LookupError(history.source)
        return self.ledger.log.load_stream(answered.case_id)[0].event_id

    def _decide(self, history: History, now: datetime, *, again: bool) -> list[Entry]:
        identifier = file_id(history.file_no)
        stored, office = self.ledger.load_file(identifier)
        if stored or identifier in self._numbers:
            self._recognise(history)
            raise Unimportable(1, Refused(TAKEN, number=history.file_no))
        file = self.ledger.file(identifier, (), office=office)
        ids = _ids(history.source)
        entries: list[Entry] = []
        taken: Taken = {}
        for place, act in enumerate(history.acts, 1):
            decision = self._decision(history, file, act, ids, taken)
            try:
                if act.occurred_at > now:
                    raise InFuture("occurred_at is in the future")
                self._carry_out(act, decision, history, again=again)
            except NOT_HAD as error:
                raise Unimportable(place, error) from error
            entries += decision.entries
            _note(taken, decision.entries)
        if self.dry:
            self._taken.update(taken)
            self._numbers |= {identifier, *file.cases}
        return entries

    def _recognise(self, history: History) -> None:
        """Raise AlreadyThere if the ledger has the history, Changed if it has another one under its source id."""
        try:
            if self.ledger.log.answered(history.idempotency) is not None:
                raise AlreadyThere(history.source)
        except KeyReused as error:
            raise Changed(history.source) from error

    def _decision(self, history: History, file: File, act: Act, ids: Iterator[UUID], taken: Taken) -> Decision:
        return Decision(
            file=file,
            actor=act.actor,
            at=act.occurred_at,
            new_id=lambda: next(ids),
            reserved=lambda fact: taken.get(fact) or self._taken.get(fact) or self.ledger.reserved(fact),
            reason=act.reason,
            correlation=uuid5(LEDGER, f"import:{history.source}"),
            imported=True,
        )

    def _carry_out(self, act: Act, decision: Decision, history: History, *, again: bool) -> None:
        identifier = case_id(act.number)
        if not act.opens:
            case = decision.file.cases.get(identifier)
            if case is None or case.TYPE != act.case_type:
                raise NotFound(act.number)
            decision.act(case, act.step, act.arguments)
            return
        if self._is_taken(identifier, decision.file, again=again):
            raise Refused(TAKEN, number=act.number)
        decision.open(act.case_type, act.step, act.number, act.arguments, file_no=history.file_no)

    def _is_taken(self, identifier: UUID, file: File, *, again: bool) -> bool:
        """That a number is free in other files is found out by the append; asked only once that failed, or if there is none."""
        if identifier in file.cases or identifier in self._numbers:
            return True
        return (again or self.dry) and self.ledger.log.file_of(identifier) is not None

    def _batch(self, history: History, entries: list[Entry]) -> Batch:
        secrets = {
            reference: Secret(case_id(act.number), name, value)
            for act in history.acts
            for reference, (name, value) in act.protected.items()
        }
        return Batch(
            file_id=file_id(history.file_no),
            file_version=0,
            case_id=entries[0].case_id,
            entries=tuple(entries),
            protected=secrets,
            idempotency=history.idempotency,
            recorded_at=self.recorded_at,
        )


def _ids(source: str) -> Iterator[UUID]:
    """The ids of the events of a history: the same whenever, and however often, it is imported."""
    number = 0
    while True:
        number += 1
        yield uuid5(LEDGER, f"import:{source}:{number}")


def _note(taken: Taken, entries: list[Entry]) -> None:
    for entry in entries:
        match entry.event:
            case Reserved(fact=fact, holder=holder):
                taken[fact] = (holder, entry.version)
            case Released(fact=fact):
                taken[fact] = (None, entry.version)
