"""Goal 3: a case of twenty events read and folded, beside the bare SELECT of its rows."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from application.handle import handle
from domain.kernel import case_id
from infrastructure.identifiers import new_id
from infrastructure.postgres.pool import Pool, connect
from tests.benchmarks.crews import THREADS, Operation
from tests.benchmarks.lives import DEPARTMENTS, LENGTH, command
from tests.benchmarks.report import Goal, Report
from tests.benchmarks.rounds import Contestant, Referee
from tests.benchmarks.world import World, ledger

RAW, LOADED, FOLDED = "bare SELECT, psycopg", "store: load_file_of", "read and folded"


class Lost(AssertionError):
    """A case was read with fewer events than it has."""


def bare(url: str, schema: str, cases: tuple[UUID, ...]) -> Callable[[], Operation]:
    """The limit: the columns that a reader needs, fetched and left as they are."""
    statement = (
        f"select payload, topic, payload_version, department, officer, on_behalf_of, event_id, case_id, case_type, version,"
        f" file_id, file_version, occurred_at, recorded_at, reason, correlation, causation, imported from {schema}.events"
        f" where file_id = (select file_id from {schema}.events where case_id = %s and version = 1) order by file_version"
    ).encode()

    def client() -> Operation:
        connection = connect(url, name="bench")
        return lambda: _all(
            len(connection.execute(statement, (random.choice(cases),), prepare=True, binary=True).fetchall())
        )

    return client


def loaded(url: str, schema: str, cases: tuple[UUID, ...]) -> Callable[[], Operation]:
    """The events as typed entries."""
    log = ledger(Pool(url, size=THREADS, least=THREADS), schema).log
    return lambda: lambda: _all(len(log.load_file_of(random.choice(cases))))


def folded(url: str, schema: str, cases: tuple[UUID, ...]) -> Callable[[], Operation]:
    """The whole file: cases, custody and clocks, under the register and calendars of the moment."""
    place = ledger(Pool(url, size=THREADS, least=THREADS), schema)

    def client() -> Operation:
        def once() -> int:
            entries, office = place.load(random.choice(cases))
            file = place.file(entries[0].file_id, entries, office=office)
            return _all(len(file.entries) if file.clocks else 0)

        return once

    return client


def _all(found: int) -> int:
    if found != LENGTH:
        raise Lost(f"{found} of {LENGTH} events")
    return found


def measure(world: World, referee: Referee, clients: tuple[int, ...], cases: int) -> Report:
    """Goal 3, over so many cases of twenty events."""
    schema = world.new_ledger().schema
    numbers = _filled(world, schema, cases)
    world.warm((schema, "events"))
    arguments = (world.app, schema, tuple(map(case_id, numbers)))
    contest = referee.contest(
        f"read a case of {LENGTH} events, {cases} cases",
        "cases",
        [
            Contestant(RAW, partial(bare, *arguments)),
            Contestant(LOADED, partial(loaded, *arguments)),
            Contestant(FOLDED, partial(folded, *arguments)),
        ],
        clients=clients,
    )
    goals = [
        Goal(f"3 a case of {LENGTH} events read and folded / bare SELECT, {many} client{'s'[: many > 1]}",
             contest.ratio(FOLDED, many), at_least=0.4)
        for many in clients
    ]  # fmt: skip
    return Report([contest], goals=goals)


def _filled(world: World, schema: str, cases: int) -> list[str]:
    pool = Pool(world.app, size=2)
    place, now = ledger(pool, schema), datetime.now(UTC)
    numbers = [f"TS-{number:06}" for number in range(cases)]
    for number in numbers:
        for step in range(LENGTH):
            handle(command(number, step, DEPARTMENTS[0]), place, now=now, new_id=new_id)
    pool.close()
    return numbers
