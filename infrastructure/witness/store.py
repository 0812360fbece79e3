"""What a witness keeps (见证簿), in one SQLite file: whom it trusts, what it signed last, what it refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from domain.proof.checkpoint import Checkpoint
from domain.proof.note import Note, VerifierKey
from domain.proof.witness import Decision, head_of
from infrastructure.postgres.statements import parse

MOST_REFUSALS = 1_000
PATIENCE_SECONDS = 30.0
_SQL = files("infrastructure.witness").joinpath("sql")


class LogLine(NamedTuple):
    """One log as a witness knows it: what it signed last, and how often it refused."""

    origin: str
    size: int | None
    at: int | None
    refusals: int


class Refusal(NamedTuple):
    """A submission that a log signed and a witness refused."""

    origin: str
    at: int
    status: int
    about: str
    body: bytes


@cache
def named() -> Mapping[str, str]:
    """Every statement by its name."""
    return parse(_SQL.joinpath("queries.sql").read_text(encoding="utf-8"), "queries.sql", frozenset())


class Shelf:
    """The file of a witness; safe to share between threads and processes, each asking with a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def make(self) -> None:
        """The file with its tables, made if need be."""
        with self._connected() as connection:
            connection.executescript(_SQL.joinpath("schema.sql").read_text(encoding="utf-8"))

    def trust(self, origin: str, key: VerifierKey, at: int) -> None:
        """Trust a key for the log of this origin."""
        self._change("trust", origin=origin, vkey=str(key), at=at)

    def distrust(self, origin: str, key: VerifierKey) -> bool:
        """Trust a key no more; whether it was trusted."""
        return self._change("distrust", origin=origin, vkey=str(key)) > 0

    def keys(self, origin: str) -> list[VerifierKey]:
        """The keys that are trusted for the log of this origin."""
        return [VerifierKey.parse(vkey) for (vkey,) in self._rows("trusted_keys", origin=origin)]

    def logs(self) -> list[LogLine]:
        """Every log that is known."""
        return [LogLine(*row) for row in self._rows("logs")]

    def refusals(self) -> list[Refusal]:
        """What was refused, oldest first."""
        return [Refusal(*row) for row in self._rows("refusals")]

    def note(self, origin_hash: str) -> str | None:
        """The note that was signed last for the log whose origin has this SHA-256 in hex."""
        return next((note for (note,) in self._rows("latest_by_hash", origin_hash=origin_hash)), None)

    @contextmanager
    def page(self, origin: str) -> Iterator[ShelfPage]:
        """The page of a log; whoever else wants one waits. What was written there survives a power cut once the block has ended."""
        with self._connected() as connection:
            connection.execute("begin immediate")
            try:
                yield ShelfPage(connection, origin)
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")

    def _rows(self, name: str, **said: Any) -> list[Any]:
        with self._connected() as connection:
            return connection.execute(named()[name], said).fetchall()

    def _change(self, name: str, **said: Any) -> int:
        with self._connected() as connection:
            return connection.execute(named()[name], said).rowcount

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=PATIENCE_SECONDS, isolation_level=None)) as connection:
            connection.execute("pragma synchronous = extra")
            yield connection


class ShelfPage:
    """What is kept of one log, within one transaction."""

    def __init__(self, connection: sqlite3.Connection, origin: str) -> None:
        self._connection, self._origin = connection, origin

    def latest(self) -> Checkpoint | None:
        """The checkpoint that was signed last."""
        row = self._connection.execute(named()["latest"], {"origin": self._origin}).fetchone()
        return None if row is None else head_of(Note.parse(row[0]))

    def cosigned(self, note: Note, size: int, at: int) -> None:
        """Keep a checkpoint, with the log's signatures and ours, as the last one."""
        origin_hash = sha256(self._origin.encode()).hexdigest()
        said = {"origin": self._origin, "origin_hash": origin_hash, "size": size, "note": str(note), "at": at}
        self._connection.execute(named()["keep_latest"], said)

    def refused(self, decision: Decision, body: bytes, at: int) -> None:
        """Keep what a log signed and was refused."""
        said = {"digest": sha256(body).digest(), "origin": self._origin, "at": at, "most": MOST_REFUSALS}
        why = {"status": int(decision.status), "about": decision.about, "body": body}
        self._connection.execute(named()["keep_refusal"], {**said, **why})
