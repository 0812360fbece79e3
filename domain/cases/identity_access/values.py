"""Protected values (保密内容) of a case: which kinds there are, and where the file keeps the references to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from domain.file import File
    from domain.kernel import Case


class Value(StrEnum):
    """What may be granted, one apart from the other: 身份 who it is, 联系方式 how to reach them, 内容 what they wrote."""

    IDENTITY = "identity"
    CONTACT = "contact"
    TEXT = "text"


KINDS: Mapping[str, Value] = MappingProxyType({
    "complainant": Value.IDENTITY,
    "raised_by": Value.IDENTITY,
    "by": Value.IDENTITY,
    "id_number": Value.IDENTITY,
    "contact": Value.CONTACT,
    "phone": Value.CONTACT,
    "text": Value.TEXT,
})  # fmt: skip
"""The protected arguments of all steps; what an event says under one of these names is a reference or nothing."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One protected value: the name of its field and the reference under which the vault keeps it."""

    field: str
    reference: str


def protected_of(file: File, case: Case, values: Collection[Value]) -> tuple[Opened, ...]:
    """The protected values of these kinds that a case of the file holds, in the order in which they were recorded."""
    entries = (each for each in file.entries if each.case_id == case.id)
    return tuple(dict.fromkeys(found for entry in entries for found in _in(entry.event, values)))


def case_numbered(file: File, number: str) -> Case | None:
    """The case of the file with this number."""
    return next((each for each in file.cases.values() if each.number == number), None)


def _in(event: Any, values: Collection[Value]) -> Iterator[Opened]:
    for name, kind in KINDS.items():
        said = getattr(event, name, None)
        if kind in values and isinstance(said, str) and _is_reference(said):
            yield Opened(name, said)


def _is_reference(said: str) -> bool:
    try:
        return str(UUID(said)) == said
    except ValueError:
        return False
