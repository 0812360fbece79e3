"""The named SQL statements of the .sql files, with the schema of a jurisdiction put in once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

SQL = files("infrastructure.postgres").joinpath("sql")
_NAME = re.compile(r"^-- name: *(\S*) *$", re.MULTILINE)
_VALID = re.compile(r"[a-z][a-z0-9_]*")
_PLACE = re.compile(r"\{([a-z]+)\}")


class BadStatement(ValueError):
    """An .sql file breaks the form: `-- name: x`, a comment line, the statement."""


@cache
def statements(schema: str | None = None) -> Mapping[str, bytes]:
    """Every named statement, `{schema}` replaced by the quoted schema. Without one: those that name no schema."""
    places = {} if schema is None else {"schema": schema}
    texts = named_statements().items()
    return MappingProxyType(
        {name: fill(text, places).encode() for name, text in texts if schema or "{schema}" not in text}
    )


@cache
def named_statements() -> Mapping[str, str]:
    """The text of every statement in sql/queries by its name."""
    found: dict[str, str] = {}
    for file in sorted(SQL.joinpath("queries").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".sql"):
            _add(found, parse(file.read_text(encoding="utf-8"), file.name), file)
    return MappingProxyType(found)


def _add(found: dict[str, str], more: Mapping[str, str], file: Traversable) -> None:
    for name, text in more.items():
        if name in found:
            raise BadStatement(f"{file.name}: a second statement is named {name}")
        found[name] = text


def parse(text: str, source: str) -> dict[str, str]:
    """The statements of one file. Each has a name, then a line of comment that says what it is for."""
    before, *parts = _NAME.split(text)
    if any(line and not line.startswith("--") for line in before.splitlines()):
        raise BadStatement(f"{source}: SQL stands before the first `-- name:`")
    found: dict[str, str] = {}
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        comment, _, sql = body.lstrip("\n").partition("\n")
        if not _VALID.fullmatch(name) or name in found:
            raise BadStatement(f"{source}: {name!r} is no name, or is there twice")
        if not comment.startswith("-- ") or not sql.strip():
            raise BadStatement(f"{source}: {name} needs a line of comment after its name, and a statement")
        _check_places(sql, f"{source}: {name}", {"schema"})
        found[name] = sql.strip().removesuffix(";")
    return found


def fill(text: str, places: Mapping[str, str]) -> str:
    """The text with each `{place}` replaced by the quoted identifier."""
    _check_places(text, "statement", set(places))
    return _PLACE.sub(lambda place: quoted(places[place.group(1)]), text)


def quoted(identifier: str) -> str:
    """The identifier as SQL writes it."""
    return '"' + identifier.replace('"', '""') + '"'


def _check_places(text: str, source: str, allowed: set[str]) -> None:
    for place in _PLACE.findall(text):
        if place not in allowed:
            raise BadStatement(f"{source}: nothing is put in for {{{place}}}")
