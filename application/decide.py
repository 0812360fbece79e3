"""Decide one step on a whole file: who may, what the law says, which facts follow, and what other cases do in the same breath."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from application.flows import OPENINGS, Opening, following, opened_by
from application.permissions import Forbidden, may
from application.ports import NewId
from domain.desk import Desk, no_other_file
from domain.file import File
from domain.kernel import (
    Actor,
    Case,
    Entry,
    Event,
    Ground,
    PlaceTaken,
    Refused,
    Released,
    Reserved,
    Step,
    case_id,
    reservation_id,
)
from domain.succession import names

NOT_NOW = Ground(
    "STEP_NOT_ALLOWED_IN_STATE",
    "办理程序",
    "案件状态",
    "案件当前状态下不能办理该步骤",
    "The case is not in a state for this step",
)
BARRED = Ground(
    "RECEIVER_BARRED",
    "案卷规则",
    "回避",
    "涉案的单位不能接收本案卷的事项",
    "An organ that is implicated in the file cannot be given a matter of it",
)
RESERVED = Ground(
    "NUMBER_RESERVED",
    "案卷管理",
    "案号",
    "该案号留作周期、季度或者督办卷之用",
    "This number is kept for a period, a quarter or a supervision record",
)
KEPT = (
    (re.compile(r"ZQ-\d{4}(-H[12])?"), {("cadence", "open_half_year"), ("cadence", "open_year")}),
    (re.compile(r"BS-\d{4}-Q[1-4]"), {("reporting_duty", "open_quarter")}),
    (re.compile(r".*-DB", re.DOTALL), {("supervision", "open_record"), ("supervision", "open_by_hand")}),
)
"""Numbers that the ledger looks for by themselves, and the steps that may open a case under them."""
FLOWS_DEEP = 5


def _never(identifier: UUID) -> bool:
    return False


def next_number(file: File, case_type: type[Case], taken: Callable[[UUID], bool] = _never) -> str:
    """The next number of a type inside a file: file number, abbreviation of the type, ordinal. `taken`: by a case elsewhere."""
    ordinal = 1 + sum(isinstance(case, case_type) for case in file.cases.values())
    while (
        case_id(number := f"{file.number}-{case_type.CODE}{ordinal}") in file.cases
        or number in file.matters
        or taken(case_id(number))
    ):
        ordinal += 1
    return number


class NoSuchStep(Exception):
    """The case type has no such step, or the step opens a case, or does not."""


@dataclass(slots=True)
class Decision:
    """One step being decided: the file as it grows, and the entries that the ledger has yet to record.

    `taken`: whether a case of another file has an id already, asked of cases that are opened without a number being given.
    """

    file: File
    actor: Actor
    at: datetime
    new_id: NewId
    reserved: Callable[[str], tuple[UUID | None, int]]
    reason: str | None = None
    correlation: UUID | None = None
    imported: bool = False
    causation: UUID | None = None
    elsewhere: Callable[[str], File | None] = no_other_file
    taken: Callable[[UUID], bool] = _never
    openings: tuple[Opening, ...] = OPENINGS
    entries: list[Entry] = field(default_factory=list)
    _root: UUID | None = None
    _reserving: dict[str, tuple[UUID | None, int]] = field(default_factory=dict)

    def open(
        self, case_type: str, name: str, number: str, arguments: Mapping[str, Any], *, file_no: str | None = None
    ) -> Case:
        """Open a case by one of its opening steps, under the profiles of the register unless others are given; answers it.

        `file_no`: of a file that is still empty, where that is not the case's own number.
        """
        step = self._step(case_type, name)
        if not step.opens:
            raise NoSuchStep(f"{case_type}.{name} does not open a case")
        if any(kept.fullmatch(number) and (case_type, name) not in by for kept, by in KEPT):
            raise Refused(RESERVED, number=number)
        case = self.file.types[case_type]()
        self._authorise(case, step, str(arguments.get("matter") or ""))
        self._begin(case, step, {"number": number, "file_no": file_no or self.file.number or number}, arguments)
        return case

    def act(self, case: Case, name: str, arguments: Mapping[str, Any]) -> Case:
        """Take a step in an open case; answers the case."""
        step = self._step(case.TYPE, name)
        if not step.acts:
            raise NoSuchStep(f"{case.TYPE}.{name} opens a case")
        self._authorise(case, step, str(arguments.get("matter") or case.matter))
        self._take(case, step, arguments)
        return case

    def turn_to(self, at: datetime, new_id: NewId, causation: UUID | None) -> None:
        """Go on with another act of the same actor: when it occurred, its ids, and the event of another file it follows."""
        self.at, self.new_id, self.causation, self._root = at, new_id, causation, None

    def record(self, case: Case, event: Event) -> Entry:
        """Record a fact that no step of the case's type decides: a correction."""
        case.record(event)
        case.recorded = []
        return self._store(case, event)

    def _step(self, case_type: str, name: str) -> Step:
        step = self.file.types[case_type].STEPS.get(name)
        if step is None:
            raise NoSuchStep(f"{case_type} has no step {name}")
        return step

    def _authorise(self, case: Case, step: Step, matter: str) -> None:
        actor = replace(self.actor, officer="") if self.imported else self.actor
        if not may(actor, step, case, self.file, matter):
            raise Forbidden(f"{actor.acting_for} may not {step.name} here")

    def _take(self, case: Case, step: Step, arguments: Mapping[str, Any], depth: int = 0) -> None:
        if step.states and case.version and case.state not in step.states:
            raise Refused(NOT_NOW, state=case.state, step=step.name, allowed=step.states)
        desk = Desk(self.at, self.actor, self.file, lambda fact: self._holder_of(fact)[0], self.elsewhere)
        step.does(case, desk, **arguments)
        events, case.recorded = case.recorded, []
        stored = [self._store(case, event) for event in events]
        for entry in stored:
            self._flow(entry, depth)

    def _store(self, case: Case, event: Event) -> Entry:
        assert case.id is not None
        case.version += 1
        entry = self._entry(event, case.id, case.TYPE, case.version)
        self.entries.append(entry)
        self.file.add(entry)
        self._check_receiver(entry)
        if event.SUCCEEDS:
            self._take_place(entry)
        for fact in getattr(event, "reserves", ()) if event.RESERVES else ():
            self._reserve(fact, Reserved(fact=fact, holder=case.id), case.id)
        for fact in getattr(event, "releases", ()) if event.RESERVES else ():
            self._reserve(fact, Released(fact=fact, holder=case.id), None)
        return entry

    def _take_place(self, succession: Entry) -> None:
        """Tell every other case of the file that names an organ which one it names from now on."""
        event: Any = succession.event
        for case in tuple(self.file.cases.values()):
            if not case.KEEPS_NAMES and names(case, event.from_):
                self.record(case, PlaceTaken(from_=event.from_, to=event.to))

    def _check_receiver(self, entry: Entry) -> None:
        """Refuse what would put a matter into the hands of an organ that has no right in the file, or on the way to it."""
        matter = None if entry.event.CUSTODY is None else self.file.matters.get(entry.matter or "")
        if matter is not None and not self.file.barred.isdisjoint((matter.holder, matter.in_transit_to)):
            raise Refused(BARRED, matter=matter.id, holder=matter.holder, in_transit_to=matter.in_transit_to)

    def _entry(self, event: Event, case_id: UUID, case_type: str, version: int) -> Entry:
        identifier = self.new_id()
        causation, self._root = self._root or self.causation, self._root or identifier
        return Entry(
            event=event,
            event_id=identifier,
            case_id=case_id,
            case_type=case_type,
            version=version,
            file_id=self.file.id,
            file_version=self.file.version + 1,
            occurred_at=self.at,
            actor=self.actor,
            reason=self.reason,
            correlation=self.correlation,
            causation=causation,
            imported=self.imported,
        )

    def _holder_of(self, fact: str) -> tuple[UUID | None, int]:
        if fact not in self._reserving:
            self._reserving[fact] = self.reserved(fact)
        return self._reserving[fact]

    def _reserve(self, fact: str, event: Event, holder: UUID | None) -> None:
        _, version = self._holder_of(fact)
        self._reserving[fact] = (holder, version + 1)
        entry = self._entry(event, reservation_id(fact), "reservation", version + 1)
        self.entries.append(entry)
        self.file.add(entry)

    def _flow(self, entry: Entry, depth: int) -> None:
        for case, name, arguments in following(entry, self.file):
            if depth >= FLOWS_DEEP:
                raise RecursionError(f"flows from {entry.topic} do not end")
            self._take(case, self._step(case.TYPE, name), arguments, depth + 1)
        for case_type, name, arguments in opened_by(entry, self.file, self.openings):
            if depth >= FLOWS_DEEP:
                raise RecursionError(f"openings from {entry.topic} do not end")
            self._open_next(case_type, name, arguments, depth + 1)

    def _open_next(self, case_type: str, name: str, arguments: Mapping[str, Any], depth: int) -> None:
        """Open a case that follows from another one, under the next number that is free in the file."""
        number = next_number(self.file, self.file.types[case_type], self.taken)
        naming = {"number": number, "file_no": self.file.number}
        self._begin(self.file.types[case_type](), self._step(case_type, name), naming, arguments, depth)

    def _begin(
        self, case: Case, step: Step, naming: Mapping[str, str], arguments: Mapping[str, Any], depth: int = 0
    ) -> None:
        """Enter a new case into the file, and take its first step."""
        case.id = case_id(naming["number"])
        self.file.cases[case.id] = case
        self._take(case, step, {"profiles": self.file.register.profiles, **arguments, **naming}, depth)
