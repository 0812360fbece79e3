"""What tests of the sweep share with those of the lists: ledgers in a real database, in which no period begins by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import pytest

from application.ledger import Ledger
from domain.cases import CASES, EVENTS
from domain.kernel import Entry
from infrastructure.calendar_files import shipped_calendars
from infrastructure.law_files import shipped_rulebook
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool, connect
from infrastructure.scheduler import Scheduler
from tests.projections.conftest import Place, made
from tests.projections.conftest import new_full_place as new_full_place
from tests.projections.histories import QUIET, jurisdiction
from tests.servers import Database
from tests.sweep.real_ledgers import recorded_now


@pytest.fixture
def new_place(new_ledger: Callable[..., Any], pool: Pool) -> Callable[..., Place]:
    """Makes ledgers: `new_place(office=entries)`."""

    def make(office: Sequence[Entry] | None = None) -> Place:
        return made(pool, new_ledger().schema, jurisdiction(profiles=QUIET) if office is None else office)

    return make


@pytest.fixture
def place(new_place: Callable[..., Place]) -> Place:
    """A ledger with a jurisdiction and nothing else."""
    return new_place()


@pytest.fixture
def new_real(new_ledger: Callable[..., Any], pool: Pool) -> Callable[..., Place]:
    """Makes real ledgers with a jurisdiction."""

    def make(office: list[Entry]) -> Place:
        schema = new_ledger(kind="real").schema
        log = PostgresEventLog(pool, schema, EVENTS)
        place = Place(schema, pool, log, Ledger(log, CASES, shipped_rulebook(), shipped_calendars()))
        recorded_now(place, office)
        return place

    return make


@pytest.fixture
def real(new_real: Callable[..., Place]) -> Place:
    """A real ledger in which no period begins."""
    return new_real(jurisdiction(profiles=QUIET))


@pytest.fixture
def scheduler(real: Place, database: Database) -> Iterator[Callable[..., Scheduler]]:
    made: list[Scheduler] = []

    def make(agenda: Any, **options: Any) -> Scheduler:
        own = partial(connect, database.app, name="test scheduler")
        made.append(Scheduler(own, real.schema, real.ledger, agenda, poll=0.02, **options))
        return made[-1]

    yield make
    for each in made:
        each.stop()
        each.release()
