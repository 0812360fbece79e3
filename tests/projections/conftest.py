"""What tests of the lists share: a ledger in a real database, with its log and its projector."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from application.ledger import Ledger
from application.ports import Batch
from application.projections.rows import TABLES
from domain.cases import CASES, EVENTS
from domain.kernel import Entry
from infrastructure.calendar_files import shipped_calendars
from infrastructure.law_files import shipped_rulebook
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool
from infrastructure.postgres.registry import REHEARSAL, create_jurisdiction
from infrastructure.projector import Projector
from infrastructure.sequencer import sequence_once
from infrastructure.views import PostgresViews
from tests.projections.histories import jurisdiction
from tests.servers import Database


@dataclass
class Place:
    """One rehearsal ledger."""

    schema: str
    pool: Pool
    log: PostgresEventLog
    ledger: Ledger

    def record(self, entries: Iterable[Entry]) -> None:
        """Append entries one by one, each with its own recording time."""
        for entry in entries:
            self.log.append(
                Batch(entry.file_id, entry.file_version - 1, entry.case_id, (entry,), recorded_at=entry.recorded_at)
            )

    def sequence(self) -> int:
        """Give positions to all there is."""
        return sequence_once(self.pool, self.schema)

    def projector(self, **options: Any) -> Projector:
        """A projector of this ledger."""
        return Projector(self.pool, self.log, self.ledger, **options)

    def catch_up(self, **options: Any) -> int:
        """Sequence and project all there is."""
        self.sequence()
        return self.projector(**options).catch_up()

    def table(self, name: str) -> list[tuple[Any, ...]]:
        """All rows of a table, in some fixed order."""
        return sorted(self.run(f"SELECT * FROM {{schema}}.{name}"), key=repr)

    def lists(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all projections."""
        return {name: self.table(name) for name in (*(table for table, _ in TABLES.values()), "statistic")}

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a statement, `{schema}` being the ledger's."""
        with self.pool.connection() as connection:
            return connection.execute(statement.replace("{schema}", f'"{self.schema}"')).fetchall()

    def views(self, now: datetime | None = None) -> PostgresViews:
        """The lists, read at an instant."""
        present = now or datetime.now(UTC)
        return PostgresViews(self.pool, self.schema, self.ledger, now=lambda: present)


@pytest.fixture
def new_place(new_ledger: Callable[..., Any], pool: Pool) -> Callable[..., Place]:
    """Makes ledgers: `new_place(office=entries)`."""

    def make(office: Sequence[Entry] | None = None) -> Place:
        return made(pool, new_ledger().schema, jurisdiction() if office is None else office)

    return make


@pytest.fixture(scope="module")
def new_full_place(owner: psycopg.Connection[Any], pool: Pool, database: Database) -> Callable[..., Place]:
    """Makes ledgers for a whole module: `new_full_place(office, files)`, projected."""

    def make(office: Sequence[Entry], histories: Iterable[Sequence[Entry]]) -> Place:
        name = f"t-{secrets.token_hex(6)}"
        place = made(pool, create_jurisdiction(owner, name, kind=REHEARSAL, app=database.app_role).schema, office)
        for entries in histories:
            place.record(entries)
        place.catch_up()
        return place

    return make


def made(pool: Pool, schema: str, office: Sequence[Entry]) -> Place:
    """A rehearsal ledger whose jurisdiction recorded this."""
    log = PostgresEventLog(pool, schema, EVENTS)
    place = Place(schema, pool, log, Ledger(log, CASES, shipped_rulebook(), shipped_calendars(), rehearsal=True))
    place.record(office)
    return place


@pytest.fixture
def place(new_place: Callable[..., Place]) -> Place:
    """A ledger with a jurisdiction and nothing else."""
    return new_place()
