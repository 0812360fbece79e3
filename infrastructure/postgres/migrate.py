"""Numbered SQL migrations: what a schema lacks is run once, and a migration that was changed afterwards stops everything."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from psycopg import Connection

from infrastructure.postgres.statements import SQL, fill, quoted, statements

_FILE = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")


class BadMigration(RuntimeError):
    """The database and the migrations of this program do not belong together; the message says why."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of a schema: SQL with `{schema}` and `{app}` (the application's role) to be put in."""

    number: int
    name: str
    text: str

    @property
    def sha256(self) -> str:
        """The checksum by which a later change of the file is noticed."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@cache
def migrations(folder: str) -> tuple[Migration, ...]:
    """The migrations in sql/`folder`, in order."""
    found = []
    for file in SQL.joinpath(folder).iterdir():
        if (named := _FILE.fullmatch(file.name)) is None:
            raise BadMigration(f"{folder}/{file.name} is not named like 0001_what_it_does.sql")
        found.append(Migration(int(named.group(1)), named.group(2), file.read_text(encoding="utf-8")))
    found.sort(key=lambda each: each.number)
    if len({each.number for each in found}) < len(found):
        raise BadMigration(f"two migrations in {folder} have one number")
    return tuple(found)


def migrate(owner: Connection[Any], schema: str, wanted: Sequence[Migration], *, app: str) -> tuple[str, ...]:
    """Bring one schema up to date; the names of what was run. `app` is the role that the application runs under."""
    with migrating(owner):
        run = tuple(outstanding(wanted, applied(owner, schema), schema))
        for each in run:
            with owner.transaction():
                owner.execute(fill(each.text, {"schema": schema, "app": app}).encode(), prepare=False)
                _note(owner, schema, each)
    return tuple(f"{schema} {each.number:04} {each.name}" for each in run)


@contextmanager
def migrating(owner: Connection[Any]) -> Iterator[None]:
    """Hold the lock on all schemas of the database; may be nested."""
    owner.execute(statements()["lock_migrations"])
    try:
        yield
    finally:
        if not owner.broken:
            owner.execute(statements()["unlock_migrations"])


def applied(connection: Connection[Any], schema: str) -> tuple[tuple[int, str, str], ...]:
    """Number, name and checksum of each migration that the schema has had."""
    table = f"{quoted(schema)}.schema_migration"
    (begun,) = connection.execute(statements()["has_migrations"], {"table": table}).fetchone() or (False,)
    if not begun:
        return ()
    return tuple(connection.execute(statements(schema)["applied_migrations"]).fetchall())


def outstanding(wanted: Sequence[Migration], had: Sequence[tuple[int, str, str]], schema: str) -> Iterator[Migration]:
    """What is still to be run; refuses a database that is newer than the program, and a changed migration."""
    known = {each.number: each for each in wanted}
    for number, name, sha256 in had:
        if number not in known:
            raise BadMigration(
                f"{schema} has had migration {number:04} {name}, which this program does not know: too old"
            )
        if known[number].sha256 != sha256:
            raise BadMigration(f"migration {number:04} {name} was changed after {schema} had it: add a new one instead")
    last = max((number for number, _, _ in had), default=-1)
    for each in wanted:
        if each.number not in {number for number, _, _ in had}:
            if each.number < last:
                raise BadMigration(
                    f"migration {each.number:04} {each.name} comes after {last:04}, which {schema} has had"
                )
            yield each


def _note(owner: Connection[Any], schema: str, done: Migration) -> None:
    facts = {"number": done.number, "name": done.name, "sha256": done.sha256}
    owner.execute(statements(schema)["note_migration"], facts)
