"""Event logs on ledgers of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool, connect
from infrastructure.postgres.registry import REAL, Jurisdiction
from tests.servers import Database
from tests.store.facts import log_of


@pytest.fixture
def log(pool: Pool, new_ledger: Callable[..., Jurisdiction]) -> PostgresEventLog:
    """The event log of a real ledger."""
    return log_of(pool, new_ledger(kind=REAL).schema)


@pytest.fixture
def rehearsal(pool: Pool, new_ledger: Callable[..., Jurisdiction]) -> PostgresEventLog:
    """The event log of a rehearsal ledger."""
    return log_of(pool, new_ledger().schema)


@pytest.fixture
def app(database: Database) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the role that the application runs under."""
    with connect(database.app, name="test") as connection:
        yield connection
