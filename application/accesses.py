"""Recorded reads (查阅记录): who was shown what of the ledger, who searched and took along, and who was refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from application.ports import Cursor
from domain.register import Register

LONGEST_WORD, LONGEST_VALUE, LONGEST_QUESTION = 200, 200, 2_000
HIDDEN = ("token", "secret", "password", "credential")
WATCHERS = frozenset({"inspector", "auditor"})


class Outcome(StrEnum):
    """What came of a question."""

    SHOWN = "shown"
    LISTED = "listed"
    EXPORTED = "exported"
    REFUSED = "refused"
    NOT_FOUND = "not-found"


class NotRecorded(Exception):
    """A read could not be recorded, and so nothing is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One look at the ledger. `named`: the case or file as the caller wrote it; `listed`: how many rows a list had."""

    organ: str
    officer: str
    credential: str
    credential_id: str
    request_id: str
    method: str
    route: str
    outcome: Outcome
    named: str | None = None
    case: UUID | None = None
    file: UUID | None = None
    asked: str = ""
    listed: int | None = None


class Accesses(Protocol):
    """The recorded reads of one jurisdiction; they are added to and never changed."""

    def record(self, access: Access) -> None:
        """Keep a look at the ledger; raises NotRecorded, and then nothing may be shown."""

    def page(
        self, filters: Mapping[str, Any], cursor: Cursor | None, limit: int
    ) -> tuple[Sequence[Mapping[str, Any]], Cursor | None]:
        """Recorded reads, latest first, and where the next page begins. Filters: case: UUID (its whole file being looked at
        too), department, officer, outcome, begin and end: instants; barred: names, of whose files nothing is told that bar one of
        them. Raises BadCursor."""


def may_read_accesses(register: Register, organ: str) -> bool:
    """Whether an organ may see who looked at what: those who watch over the others, and nobody whom they watch."""
    found = register.organ(organ)
    return found is not None and found.dissolved_on is None and not WATCHERS.isdisjoint(found.roles)


def question(said: Sequence[tuple[str, str]]) -> str:
    """What was asked, as one line of bounded length: secrets hidden, control characters escaped."""
    return one_line("&".join(f"{name}={_value(name, value)}" for name, value in said), LONGEST_QUESTION)


def _value(name: str, value: str) -> str:
    if any(each in name.lower() for each in HIDDEN):
        return "***"
    return one_line(value, LONGEST_VALUE)


def one_line(text: str, longest: int = LONGEST_WORD) -> str:
    """A text that cannot pretend to be more than one line, cut where it is too long."""
    escaped = "".join(each if each.isprintable() else _escaped(each) for each in text[:longest])
    return escaped if len(escaped) <= longest and len(text) <= longest else escaped[: longest - 1] + "…"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()
