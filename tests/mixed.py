"""Random mixed files: any step of any case type that anybody may take, with words, days and organs made up from its signature."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from random import Random
from typing import Any
from uuid import UUID, uuid5

from application.decide import Decision
from application.permissions import Forbidden, may
from application.signatures import Argument, Hint, arguments, fields_of
from domain.cases import CASES
from domain.cases.cadence.period import half_year_of, year_of
from domain.cases.reporting_duty.quarter import quarter_of
from domain.file import File
from domain.kernel import LEDGER, Actor, Case, Organ, Refused, Reserved, Step, Uscc, file_id, reservation_id
from infrastructure.calendar_files import shipped_calendars
from infrastructure.law_files import shipped_rulebook
from tests.given import OFFICERS, ORGANS, PROFILES, instant, register

FILE = "AJ-1"
APART = frozenset({"jurisdiction", "supervision", "attestation"})
"""Case types that are files of their own."""

RARE = frozenset({"erasure", "identity_access"})
"""Case types that need what a random file hardly has: years gone by, or the holder's own officer and a protected value."""

PERIODS = {"open_half_year": half_year_of, "open_year": year_of, "open_quarter": quarter_of}
"""The steps whose cases have the number of a period."""

WORDS = ("书面材料", "示例", "罚款", "专家评审")
CODES = ("91420000MA4K3JDN5R", "914403001922038216")


@dataclass(slots=True)
class Mixed:
    """One file as it grows at random; `taken`: how often each step was taken."""

    random: Random
    at: datetime = field(default_factory=lambda: instant("2025-01-06"))
    name: str = FILE
    taken: dict[str, int] = field(default_factory=dict)
    file: File = field(init=False)

    def __post_init__(self) -> None:
        self.file = self._told([])

    def _told(self, entries: list[Any]) -> File:
        return File(file_id(self.name), entries, types=CASES, rulebook=shipped_rulebook(), calendars=shipped_calendars(),
                    register=register())  # fmt: skip

    def grow(self, tries: int) -> Mixed:
        """Try so many steps, each some hours after the one before; what is refused leaves nothing."""
        for _ in range(tries):
            self.at += timedelta(hours=self.random.choice((0, 1, 5, 24, 24, 72)))
            self._try()
        return self

    def _try(self) -> None:
        case, step, by = self._choice()
        told = {each.name: self._told_of(each, by) for each in arguments(step) if each.required or self._sometimes()}
        before = list(self.file.entries)
        ids = (uuid5(LEDGER, f"mixed:{self.name}:{len(before)}:{place}") for place in itertools.count())
        decision = Decision(self.file, Actor(by, self._signed(by)), self.at, lambda: next(ids), self._reserved)
        try:
            if case.id is None:
                number = self._number(case, step)
                decision.open(case.TYPE, step.name, number, told | {"profiles": PROFILES}, file_no=self.name)
            else:
                decision.act(case, step.name, told)
        except (Refused, Forbidden):
            self.file = self._told(before)
        else:
            self.taken[f"{case.TYPE}.{step.name}"] = self.taken.get(f"{case.TYPE}.{step.name}", 0) + 1

    def _signed(self, organ: str) -> str:
        """An officer of the organ, if it has one, in two acts of three."""
        officers = [officer for officer, serves in OFFICERS.items() if serves == organ]
        return self.random.choice(officers) if officers and self.random.random() < 2 / 3 else ""

    def _reserved(self, fact: str) -> tuple[UUID | None, int]:
        """Which case of the file holds a fact that only one may hold, and the version of its reservation."""
        found: tuple[UUID | None, int] = (None, 0)
        for entry in self.file.entries:
            if entry.case_id == reservation_id(fact):
                found = (entry.event.holder if isinstance(entry.event, Reserved) else None), entry.version
        return found

    def _number(self, case: Case, step: Step) -> str:
        if step.name in PERIODS:
            return PERIODS[step.name](self.at.date()).number
        return f"{self.name}-{case.CODE}{len(self.file.entries)}" if self.file.cases else self.name

    def _choice(self) -> tuple[Case, Step, str]:
        """Something that somebody may do: now and then open a case, else act on one, the less often done the likelier."""
        acting = (
            [] if self.random.random() < 0.15 else [each for each in self.file.cases.values() for _ in self._open(each)]
        )
        while acting:
            case = self.random.choice(acting)
            step = min(self.random.choices(list(self._open(case)), k=2), key=lambda each: self._times(case, each))
            able = [by for by in ORGANS if may(Actor(by), step, case, self.file, case.matter)]
            if able:
                return case, step, self.random.choice(able)
            acting = [each for each in acting if each is not case or self.random.random() < 0.9]
        return self._opening()

    def _opening(self) -> tuple[Case, Step, str]:
        """A case to open, the rarer in the file the likelier, by somebody who may open it if anybody may."""
        rare = [case.TYPE for case in self.file.cases.values()]
        names = self.random.choices([name for name in CASES if name not in APART], k=3)
        case = CASES[min(names, key=rare.count)]()
        step = self.random.choice([step for step in case.STEPS.values() if step.opens])
        matters = ("", *self.file.matters)
        able = [by for by in ORGANS if any(may(Actor(by), step, case, self.file, matter) for matter in matters)]
        return case, step, self.random.choice(able or tuple(ORGANS))

    def _open(self, case: Case) -> Iterator[Step]:
        return (step for step in case.STEPS.values() if step.acts and (not step.states or case.state in step.states))

    def _times(self, case: Case, step: Step) -> int:
        return self.taken.get(f"{case.TYPE}.{step.name}", 0)

    def _sometimes(self) -> bool:
        return self.random.random() < 0.5

    def _told_of(self, argument: Argument, by: str) -> Any:
        """A value for an argument; where it is called after officers, their ids, and after a case, a number of the file."""
        if argument.name in ("of", "about") and self.file.cases:
            return self.random.choice([each.number for each in self.file.cases.values()])
        if argument.hint.kind is not str or not argument.name.startswith("officer"):
            return self._value(argument.hint)
        own = [officer for officer, organ in OFFICERS.items() if organ == by]
        picked = self.random.choice(own or tuple(OFFICERS))
        return (picked,) if argument.hint.several else picked

    def _value(self, hint: Hint) -> Any:
        if hint.nullable and self.random.random() < 0.2:
            return None
        if hint.several:
            return tuple(self._one(hint.kind) for _ in range(self.random.choice((0, 1, 2, 2, 3))))
        return self._one(hint.kind)

    def _one(self, kind: Any) -> Any:
        pick = self.random.choice
        if kind is Organ:
            return pick(tuple(ORGANS))
        if kind is Uscc:
            return pick(CODES)
        if kind is bool:
            return pick((True, False))
        if kind is int:
            return pick((1, 2, 30))
        if kind is date:
            return self.at.date() + timedelta(days=pick((-40, -3, 0, 10, 60)))
        if kind is datetime:
            return self.at + timedelta(days=pick((-3, 0, 10)))
        if kind is str:
            return pick((*WORDS, *self.file.matters, *(each.number for each in self.file.cases.values())))
        if issubclass(kind, Enum):
            return pick(tuple(kind))
        return kind(**{name: self._value(each) for name, each in fields_of(kind).items()})
