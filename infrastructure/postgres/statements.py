"""The named SQL statements of the .sql files, with the schema of a jurisdiction put in once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

SQL = files("infrastructure.postgres").joinpath("sql")
_NAME = re.compile(r"^-- name: *(\S*) *$", re.MULTILINE)
_VALID = re.compile(r"[a-z][a-z0-9_]*")
_PLACE = re.compile(r"\{([a-z]+)\}")
_SEEN = re.compile(r"\{([a-z]+):([a-z]+)(?::(\$\d+))?\}")
ALL, SOME = "all", "some"
"""For whom a list is read: for who reads everything, and for others."""


class BadStatement(ValueError):
    """An .sql file breaks the form: `-- name: x`, a comment line, the statement."""


@cache
def statements(schema: str | None = None) -> Mapping[str, bytes]:
    """Every named statement, `{schema}` replaced by the quoted schema. Without one: those that name no schema.

    A statement that asks what its reader may see is there twice: under its name for who reads everything, and with `some`.
    """
    places = {} if schema is None else {"schema": schema}
    found = {}
    for name, text in named_statements().items():
        if schema or "{schema}" not in text:
            found[name] = fill(seen_by(text, ALL), places).encode()
            if any(parameter == "" for _, _, parameter in _SEEN.findall(text)):
                found[for_some(name)] = fill(seen_by(text, SOME), places).encode()
    return MappingProxyType(found)


def for_some(name: str) -> str:
    """The name of a list's statement for those who do not read everything."""
    return f"{name} {SOME}"


def seen_by(text: str, whom: str) -> str:
    """The statement with `{visible:x}` and its like replaced by what the reader must be for the row `x`.

    A third part names the parameter with the persons, where a statement numbers its parameters.
    """

    def condition(found: re.Match[str]) -> str:
        kind, row, parameter = found.groups()
        said = conditions()[f"{kind}_{whom}"].replace("{row}", row)
        return f"({said})" if parameter is None else f"({said.replace('%(persons)s', parameter)})"

    return _SEEN.sub(condition, text)


@cache
def conditions() -> Mapping[str, str]:
    """What a reader must be for a row, by kind and by whom it is asked for."""
    file = SQL.joinpath("fragments", "visibility.sql")
    return MappingProxyType(parse(file.read_text(encoding="utf-8"), file.name, {"schema", "row"}))


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


def parse(text: str, source: str, places: Set[str] = frozenset({"schema"})) -> dict[str, str]:
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
        _check_places(sql, f"{source}: {name}", places)
        found[name] = sql.strip().removesuffix(";")
    return found


def fill(text: str, places: Mapping[str, str]) -> str:
    """The text with each `{place}` replaced by the quoted identifier."""
    _check_places(text, "statement", set(places))
    return _PLACE.sub(lambda place: quoted(places[place.group(1)]), text)


def quoted(identifier: str) -> str:
    """The identifier as SQL writes it."""
    return '"' + identifier.replace('"', '""') + '"'


def _check_places(text: str, source: str, allowed: Set[str]) -> None:
    for place in _PLACE.findall(text):
        if place not in allowed:
            raise BadStatement(f"{source}: nothing is put in for {{{place}}}")
