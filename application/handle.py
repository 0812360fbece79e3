"""Authorise, load, decide, append: once, for every step of every case type."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from application.correct import CORRECT, correct
from application.decide import Decision, next_number
from application.ledger import Ledger
from application.permissions import Forbidden, Sight, may_unseen, sight
from application.ports import Answered, Batch, FileMoved, Idempotency, NewId, OutcomeUnknown, Secret, Unavailable
from application.reactions import Due, reactions_to
from domain.file import File
from domain.kernel import Actor, Case, Entry, EventCorrected, Ground, OpeningEvent, Refused, case_id, file_id

TIMER = Actor("system")
"""Who does what nobody asked for."""

TRIES = 20
LEFT_TO_THE_SWEEP: tuple[type[Exception], ...] = (Forbidden, FileMoved, OutcomeUnknown, Unavailable)
TAKEN = Ground("NUMBER_TAKEN", "案卷管理", "案号", "该案号已经使用", "This case number is taken")


log = logging.getLogger("anjuan.reactions")


class NotFound(LookupError):
    """There is no such case or file, or not for this reader."""


class Stale(Exception):
    """The case has moved since the caller read it; `version` is its present one."""

    def __init__(self, version: int) -> None:
        super().__init__(f"the case is at version {version}")
        self.version = version


class InFuture(ValueError):
    """An act cannot be recorded before it happened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """What a department asks for. Without `case` the step opens one, numbered `number`, in the file `file_no`.

    `arguments`: the step's own, protected ones replaced by references whose values are in `protected`.
    `expected_version`: the version the caller read (None: any). `recorded_at`: rehearsal ledgers only.
    `causation`: the event of another file that it follows. `also`: commands on the same file that are decided after it and
    recorded in the same breath, each with its own time, ids and cause.
    """

    case_type: str
    step: str
    actor: Actor
    occurred_at: datetime
    case: UUID | None = None
    number: str | None = None
    file_no: str | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    protected: Mapping[UUID, tuple[str, str]] = field(default_factory=dict, repr=False)
    expected_version: int | None = None
    idempotency: Idempotency | None = None
    reason: str | None = None
    correlation: UUID | None = None
    recorded_at: datetime | None = None
    imported: bool = False
    causation: UUID | None = None
    also: tuple[tuple[Command, NewId], ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was recorded: the case with its version, and the entries; `replayed` if the request had been answered before."""

    case_id: UUID
    number: str
    file_no: str
    version: int
    entries: tuple[Entry, ...]
    recorded_at: datetime
    replayed: bool = False


def handle(command: Command, ledger: Ledger, *, now: datetime, new_id: NewId) -> Receipt:
    """Carry out a command, and then what follows from it in other files, which never makes the command fail.

    Raises what `carry_out` raises.
    """
    receipt = carry_out(command, ledger, now=now, new_id=new_id)
    for due in () if receipt.replayed else _dues(receipt, ledger):
        try:
            follow(due, ledger, now=now, recorded_at=command.recorded_at)
        except (*LEFT_TO_THE_SWEEP, *ledger.log.outages) as error:
            told = (due.step, due.number, due.because, type(error).__name__)
            log.warning("reaction=%s case=%s cause=%s left to the sweep: %s", *told)
    return receipt


def _dues(receipt: Receipt, ledger: Ledger) -> list[Due]:
    """What follows from what was just recorded; a correction is read with what it corrects."""
    entries: Sequence[Entry] = receipt.entries
    if any(isinstance(each.event, EventCorrected) for each in entries):
        try:
            entries = ledger.log.load_file_of(receipt.case_id)
        except (*LEFT_TO_THE_SWEEP, *ledger.log.outages) as error:
            log.warning("case=%s correction left to the sweep: %s", receipt.number, type(error).__name__)
    new = {each.event_id for each in receipt.entries}
    return [due for due in reactions_to(entries) if due.because in new]


def follow(due: Due, ledger: Ledger, *, now: datetime, recorded_at: datetime | None = None) -> bool:
    """Let a case follow an event; False if there is no such case, or it has followed, or does not for a reason of its own."""
    try:
        carry_out(following(due, recorded_at), ledger, now=now, new_id=due.new_id())
    except (NotFound, Refused):
        return False
    return True


def following(due: Due, recorded_at: datetime | None) -> Command:
    """The command by which a case follows an event: the timer's, dated when the event happened."""
    return Command(
        case_type=due.reaction.case_type,
        step=due.step,
        actor=TIMER,
        occurred_at=due.cause.occurred_at,
        case=due.case,
        arguments=due.arguments,
        recorded_at=recorded_at,
        causation=due.because,
    )


def carry_out(command: Command, ledger: Ledger, *, now: datetime, new_id: NewId) -> Receipt:
    """Carry out a command, deciding again when other cases of its file moved meanwhile.

    Raises NotFound, Stale, Forbidden, Refused, InFuture, NoSuchStep, and what the event log raises.
    """
    if command.occurred_at > (command.recorded_at or now):
        raise InFuture("occurred_at is in the future")
    if answered := _answered(command, ledger):
        return answered
    for again in range(TRIES):
        try:
            return _attempt(command, ledger, new_id, again=again > 0)
        except FileMoved:
            continue
        except (Stale, Refused):
            if answered := _answered(command, ledger):
                return answered
            raise
    raise FileMoved(f"the file moved {TRIES} times")


def _answered(command: Command, ledger: Ledger) -> Receipt | None:
    if command.idempotency is None:
        return None
    answered = ledger.log.answered(command.idempotency)
    return None if answered is None else _again(ledger, answered)


def _again(ledger: Ledger, answered: Answered) -> Receipt:
    """The receipt of a request that was carried out before, from what it recorded then."""
    entries = ledger.log.load_file_of(answered.case_id)
    own = [entry for entry in entries if entry.case_id == answered.case_id]
    last, opening = own[answered.version - 1], own[0].event
    assert isinstance(opening, OpeningEvent)
    root = last.causation or last.event_id
    batch = tuple(each for each in entries if root in (each.event_id, each.causation) and each.actor == last.actor)
    return Receipt(
        answered.case_id, opening.number, opening.file_no, answered.version, batch, last.known_at(), replayed=True
    )


def _attempt(command: Command, ledger: Ledger, new_id: NewId, *, again: bool) -> Receipt:
    file = _file(command, ledger)
    _check_sight(command, file, ledger)
    decision = Decision(
        file=file,
        actor=command.actor,
        at=command.occurred_at,
        new_id=new_id,
        reserved=ledger.reserved,
        reason=command.reason,
        correlation=command.correlation,
        imported=command.imported,
        causation=command.causation,
        elsewhere=partial(_elsewhere, command, ledger),
        taken=(lambda identifier: ledger.log.file_of(identifier) is not None) if again else (lambda identifier: False),
    )
    loaded = file.version
    case = _open(command, decision, ledger, again=again) if command.case is None else _act(command, decision)
    for more, new_ids in command.also:
        decision.turn_to(more.occurred_at, new_ids, more.causation)
        _act(more, decision)
    return _append(command, ledger, decision, case, loaded)


def _file(command: Command, ledger: Ledger) -> File:
    if command.case is None:
        identifier = file_id(command.file_no or command.number or "")
        entries, office = ledger.load_file(identifier)
        return ledger.file(identifier, entries, office=office)
    entries, office = ledger.load(command.case)
    if not entries:
        raise NotFound(str(command.case))
    return ledger.file(entries[0].file_id, entries, office=office)


def _sight(command: Command, file: File, ledger: Ledger) -> Sight:
    """What of a file is for who acts; who an imported act was recorded by need not be in office any more."""
    actor = replace(command.actor, officer="") if command.imported else command.actor
    return sight(actor, file, ledger.barred_where_it_concerns(file))


def _elsewhere(command: Command, ledger: Ledger, number: str) -> File | None:
    """Another file that a step looks into, where it is for who acts."""
    file = ledger.file_numbered(number)
    return file if file is not None and _sight(command, file, ledger) else None


def _check_sight(command: Command, file: File, ledger: Ledger) -> None:
    """For who may not look at a case it is not there, nor is its file.

    That a number is taken cannot be hidden from who wants to use it: that, and nothing else, is told.
    """
    if command.case is None and not file.entries:
        return
    seen = _sight(command, file, ledger)
    if seen.whole:
        return
    if command.case is None:
        if command.file_no and command.file_no != command.number:
            raise NotFound(f"file {command.file_no}")
        raise Refused(TAKEN, number=command.number)
    if command.case in seen.cases or command.case in seen.papers:
        return
    step = ledger.types[command.case_type].STEPS.get(command.step)
    if step is None or not may_unseen(command.actor, step, file.register):
        raise NotFound(str(command.case))


def _open(command: Command, decision: Decision, ledger: Ledger, *, again: bool) -> Case:
    """Open the case. That its number is free in other files is found out by the append; asked only once that failed."""
    file = decision.file
    if command.file_no and command.number and command.file_no != command.number and not file.entries:
        raise NotFound(f"file {command.file_no}")
    number = command.number or _next_number(file, ledger.types[command.case_type])
    identifier = case_id(number)
    if identifier in file.cases or (again and ledger.log.file_of(identifier) is not None):
        raise Refused(TAKEN, number=number)
    return decision.open(command.case_type, command.step, number, command.arguments)


def _next_number(file: File, case_type: type[Case]) -> str:
    """The next number of this type inside a file: file number, abbreviation of the type, ordinal."""
    if not file.number:
        raise NotFound("neither a case number nor an existing file was given")
    return next_number(file, case_type)


def _act(command: Command, decision: Decision) -> Case:
    assert command.case is not None
    case = decision.file.cases.get(command.case)
    if case is None or case.TYPE != command.case_type:
        raise NotFound(str(command.case))
    if command.expected_version is not None and command.expected_version != case.version:
        raise Stale(case.version)
    if command.step == CORRECT:
        return correct(decision, case, command.arguments)
    return decision.act(case, command.step, command.arguments)


def _append(command: Command, ledger: Ledger, decision: Decision, case: Case, loaded: int) -> Receipt:
    assert case.id is not None
    batch = Batch(
        file_id=decision.file.id,
        file_version=loaded,
        case_id=case.id,
        entries=tuple(decision.entries),
        protected={ref: Secret(case.id, name, value) for ref, (name, value) in command.protected.items()},
        idempotency=command.idempotency,
        recorded_at=command.recorded_at,
    )
    answer = ledger.log.append(batch)
    if isinstance(answer, Answered):
        return _again(ledger, answer)
    entries = tuple(entry._replace(recorded_at=answer.recorded_at) for entry in batch.entries)
    return Receipt(case.id, case.number, case.file_no, case.version, entries, answer.recorded_at)
