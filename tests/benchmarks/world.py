"""The world of a bench: a database server of its own, and in it ledgers founded like any other."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from application.founding import Founding, found
from application.ledger import Ledger
from domain.cases import CASES, EVENTS
from domain.cases.jurisdiction.events import Role
from domain.cases.jurisdiction.people_events import Duty
from domain.kernel import Organ
from infrastructure.calendar_files import shipped_calendars
from infrastructure.identifiers import new_id
from infrastructure.law_files import shipped_rulebook
from infrastructure.postgres.embedded import APP, EmbeddedServer
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool, connect
from infrastructure.postgres.registry import REHEARSAL, Jurisdiction, create_jurisdiction, migrate_all
from tests.benchmarks.lives import DEPARTMENTS, OFFICER
from tests.benchmarks.machine import Family, postmaster
from tests.servers import hold, new_home, programs, remove

FOUNDED = datetime(2024, 1, 2, 1, 0, tzinfo=UTC)
"""When the ledgers of a bench begin, in every time they have: everything else happens later."""


@dataclass(frozen=True, slots=True)
class World:
    """A server with one database; `app` and `owner` are the URLs of the two roles."""

    app: str
    owner: str
    folder: Path
    data: Path
    connection: psycopg.Connection[Any]
    version: str

    def database(self) -> Family:
        """The processes of the server."""
        return postmaster(self.data)

    def new_ledger(self) -> Jurisdiction:
        """A founded ledger with the organs of the demonstration county."""
        return found_ledger(self.connection, self.app)

    def count(self, schema: str, table: str = "events") -> int:
        """How many rows a table has."""
        query = sql.SQL("select count(*) from {}").format(sql.Identifier(schema, table))
        return int(self.one(query))

    def one(self, query: Any, *arguments: Any) -> Any:
        """The one value that a query answers; its arguments in order, or as one mapping."""
        given = arguments[0] if arguments and isinstance(arguments[0], dict) else arguments
        row = self.connection.execute(query, given).fetchone()
        return row[0] if row else None

    def warm(self, *tables: tuple[str, str]) -> None:
        """Have statistics and hint bits written now and not in the middle of a measurement."""
        for table in tables:
            self.connection.execute(sql.SQL("vacuum analyze {}").format(sql.Identifier(*table)))


@contextmanager
def world() -> Iterator[World]:
    """A server that is gone after the block, whatever happens."""
    home = new_home()
    held = hold(home)
    server = EmbeddedServer(home, programs=programs())
    try:
        server.start()
        owner = server.url(role="owner")
        with connect(owner, name="bench", idle_ms=0) as connection:
            migrate_all(connection, app=APP)
            (folder,) = home.glob("pg*")
            told = connection.execute("show server_version").fetchone()
            yield World(server.url(), owner, folder, folder / "data", connection, told[0] if told else "")
    finally:
        server.stop()
        remove(home)
        os.close(held)


def found_ledger(owner: psycopg.Connection[Any], app: str) -> Jurisdiction:
    """A new ledger in the database of the connection, `app` being its URL for the application."""
    made = create_jurisdiction(owner, f"b-{secrets.token_hex(4)}", kind=REHEARSAL, app=APP)
    pool = Pool(app, size=2)
    found(ledger(pool, made.schema), _founding(), at=FOUNDED, now=FOUNDED, new_id=new_id, recorded_at=FOUNDED)
    pool.close()
    return made


def ledger(pool: Pool, schema: str) -> Ledger:
    """A ledger as the product builds it."""
    log = PostgresEventLog(pool, schema, EVENTS)
    return Ledger(log, CASES, shipped_rulebook(), shipped_calendars(), rehearsal=True)


def _founding() -> Founding:
    said = tomllib.loads((files("infrastructure.demo") / "xuanen.toml").read_text(encoding="utf-8"))
    return Founding(
        kind=REHEARSAL,
        calendar=said["calendar"],
        profiles=tuple(said["profiles"]),
        organs=tuple(_organ(each) for each in said["organ"]),
        officers=(
            {"officer": OFFICER, "name": "张三", "organ": Organ(DEPARTMENTS[0]), "duties": (Duty.HANDLER, Duty.INTAKE)},
        ),
    )


def _organ(said: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    found["roles"] = tuple(Role(role) for role in said.get("roles", ()))
    if "superior" in found:
        found["superior"] = Organ(found["superior"])
    return found
