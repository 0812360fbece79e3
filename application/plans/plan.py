"""A task plan (任务清单) as it is read: what it is, its rows, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong: in which row (None: in what is said of the whole plan) and column, and why."""

    row: int | None
    column: str
    zh: str
    en: str

    @property
    def place(self) -> str:
        """Where it is, as text."""
        return self.column if self.row is None else f"{self.row}.{self.column}"


class BadPlan(ValueError):
    """A plan that is not opened, with everything that is wrong with it."""

    def __init__(self, errors: Sequence[Wrong]) -> None:
        super().__init__("; ".join(f"{each.place}: {each.en}" for each in errors))
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One task of a plan. `row`: where it stands in its file, for messages; `no`: its number in the plan."""

    row: int
    no: str
    title: str
    leads: tuple[str, ...]
    cooperating: tuple[str, ...] = ()
    due: date | None = None
    long_term: bool = False
    clause: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: `number` is the number of its file and begins those of its tasks; `authority` set the dates."""

    number: str
    source: str
    issued: date
    rows: tuple[PlanRow, ...]
    authority: str | None = None

    def number_of(self, row: PlanRow) -> str:
        """The number of the case that one of its tasks becomes."""
        return f"{self.number}-{row.no}"
