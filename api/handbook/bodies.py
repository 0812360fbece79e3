"""What a step asks for, in words: its arguments with their types, and who may take it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from api.handbook.markdown import code, table
from application.signatures import Argument, Hint, arguments, fields_of
from domain.kernel import Organ, Step, Uscc

PLAIN = {
    str: "text",
    bool: "`true` or `false`",
    int: "whole number",
    date: "day",
    datetime: "instant with offset",
    UUID: "id",
    Organ: "organ",
    Uscc: "unified social credit code",
}
STANDINGS = {
    "holder": "the organ that holds the matter",
    "addressee": "the organ to which the matter is on the way",
    "department": "any department",
    "flow": "nobody: it follows from another step",
}


def who(step: Step) -> str:
    """Who may take the step."""
    return ", or ".join(_standing(each) for each in step.by)


def _standing(standing: str) -> str:
    kind, _, rest = standing.partition(":")
    if kind == "role":
        return f"the organ with the role `{rest}`"
    if kind == "case":
        return f"the organ that the case knows as `{rest}`"
    return STANDINGS[kind]


def body(step: Step) -> str:
    """The arguments of the step as a table; empty if it has none."""
    known = arguments(step)
    return table(("Key", "Type", "Given"), map(_row, known)) if known else ""


def _row(argument: Argument) -> tuple[str, str, str]:
    return f"`{argument.key}`", in_words(argument.hint), _given(argument)


def _given(argument: Argument) -> str:
    if argument.required:
        return "always, be it as null" if argument.hint.nullable else "always"
    return "if need be" if argument.default in (None, ()) else f"else `{_default(argument.default)}`"


def _default(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def in_words(hint: Hint) -> str:
    """A type in words."""
    words = f"list of: {_kind(hint.kind)}" if hint.several else _kind(hint.kind)
    return words + (", or null" if hint.nullable else "") + (", kept in the vault" if hint.protected else "")


def _kind(kind: Any) -> str:
    if is_dataclass(kind):
        return "object with " + ", ".join(_parts(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return code(each.value for each in kind)
    return PLAIN[kind]


def _parts(kind: Any) -> Iterator[str]:
    optional = {each.name for each in fields(kind) if each.default is not MISSING}
    for name, hint in fields_of(kind).items():
        yield f"`{name.rstrip('_')}` ({in_words(hint)}{', if need be' if name in optional else ''})"
