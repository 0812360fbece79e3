"""Goal 4: the log followed while eight clients write, some in slow transactions: nothing lost, doubled or out of order; then its rate."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe

from domain.cases import EVENTS
from infrastructure.bell import Bell
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool, connect
from infrastructure.postgres.session import Connections
from infrastructure.sequencer import Sequencer
from tests.benchmarks.append import appending
from tests.benchmarks.crews import PROCESSES, THREADS, Crew, Operation
from tests.benchmarks.report import Figure, Goal, Report
from tests.benchmarks.rounds import Contestant, Referee
from tests.benchmarks.world import World

PAGE = 5000
PATIENCE = 30.0
COPIED, FOLLOWED = "COPY OUT of the same rows", "log.follow"


class Slow:
    """Connections whose transaction stays open for up to four milliseconds after the append."""

    def __init__(self, pool: Connections) -> None:
        self._pool = pool

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection in a transaction."""
        with self._pool.connection() as connection, connection.transaction():
            yield connection
            time.sleep(random.random() * 0.004)


def writers(url: str, schema: str) -> Callable[[], Operation]:
    """Clients that append; every fourth of them slowly."""
    quick = PostgresEventLog(Pool(url, size=THREADS - 1, least=THREADS - 1), schema, EVENTS)
    slow = PostgresEventLog(Slow(Pool(url, size=1)), schema, EVENTS)
    logs = iter([slow, *[quick] * (THREADS - 1)])
    return lambda: appending(next(logs))


@dataclass(frozen=True, slots=True)
class Followed:
    """What a reader of the log met: the events in order, positions that were not the next one, how far behind it was."""

    events: list[bytes]
    jumps: int
    lags: list[float]


def follow(url: str, schema: str, pipe: Pipe) -> None:
    """Follow the log from its beginning until told how many events there are and all of them are read, or none come any more."""
    log = PostgresEventLog(Pool(url, size=1), schema, EVENTS)
    found, wanted, position, latest = Followed([], 0, []), None, 0, time.monotonic()
    jumps = 0
    pipe.send(None)
    while wanted is None or (len(found.events) < wanted and time.monotonic() - latest < PATIENCE):
        if wanted is None and pipe.poll():
            wanted = pipe.recv()
        entries = log.follow(position, PAGE)
        now = datetime.now(UTC)
        for entry in entries:
            jumps += entry.position != position + 1
            position = entry.position or 0
            found.events.append(entry.event_id.bytes)
            found.lags.append((now - entry.known_at()).total_seconds())
        if entries:
            latest = time.monotonic()
        else:
            time.sleep(0.002)
    pipe.send(Followed(found.events, jumps, found.lags))


def copied(url: str, schema: str) -> Callable[[], Operation]:
    """The limit: the server pours the same rows in the same order, and nobody looks at them."""
    statement = (
        f"copy (select e.payload, e.topic, e.payload_version, e.department, e.officer, e.on_behalf_of, e.event_id, e.case_id,"
        f" e.case_type, e.version, e.file_id, e.file_version, e.occurred_at, e.recorded_at, e.reason, e.correlation,"
        f" e.causation, e.imported, l.position from {schema}.log l join {schema}.events e using (event_no)"
        f" order by l.position) to stdout (format binary)"
    ).encode()

    def client() -> Operation:
        connection = connect(url, name="bench")

        def once() -> int:
            with connection.cursor() as cursor:
                with cursor.copy(statement) as copy:
                    for _ in copy:
                        pass
                return cursor.rowcount

        return once

    return client


def followed(url: str, schema: str) -> Callable[[], Operation]:
    """The whole log as typed entries, page by page."""
    log = PostgresEventLog(Pool(url, size=THREADS), schema, EVENTS)

    def once() -> int:
        position = 0
        while entries := log.follow(position, PAGE):
            position += len(entries)
        return position

    return lambda: once


def measure(world: World, referee: Referee, events: int) -> Report:
    """Goal 4, with so many events."""
    schema = world.new_ledger().schema
    report = _nothing_lost(world, schema, events)
    world.warm((schema, "events"), (schema, "log"))
    arguments = (world.app, schema)
    contest = referee.contest(
        f"read the log of {world.count(schema, 'log'):,} events in order",
        "events",
        [
            Contestant(COPIED, partial(copied, *arguments), processes=1),
            Contestant(FOLLOWED, partial(followed, *arguments), processes=1),
        ],
        by_row=True,
    )
    report.contests.append(contest)
    return report


def _nothing_lost(world: World, schema: str, events: int) -> Report:
    """Write and follow at once, then compare what was read with what is there."""
    here, there = get_context("spawn").Pipe()
    reader = get_context("spawn").Process(target=follow, args=(world.app, schema, there), daemon=True)
    reader.start()
    here.recv()
    sequencer = Sequencer(lambda: connect(world.app), schema, appended=Bell(), sequenced=Bell())
    sequencer.start()
    begun = time.monotonic()
    with closing(Crew(partial(writers, world.app, schema))) as crew:
        while world.count(schema) < events:
            crew.run(PROCESSES * THREADS, 1.0)
    here.send(world.count(schema))
    seen: Followed = here.recv()
    seconds = time.monotonic() - begun
    reader.join()
    sequencer.stop()
    there_are = [row[0].bytes for row in world.connection.execute(f"select event_id from {schema}.events".encode())]
    return _compared(seen, there_are, seconds)


def _compared(seen: Followed, there_are: list[bytes], seconds: float) -> Report:
    lost = len(set(there_are) - set(seen.events))
    doubled = len(seen.events) - len(set(seen.events))
    lags = sorted(seen.lags)
    said = f"of {len(there_are):,} events under 8 writers"
    return Report(
        figures=[
            Figure(f"written and followed, {said}", len(there_are) / seconds, "events/s"),
            Figure("reader behind the recording, p50", 1e3 * lags[len(lags) // 2], "ms"),
            Figure("reader behind the recording, p99", 1e3 * lags[len(lags) * 99 // 100], "ms"),
        ],
        goals=[
            Goal(f"4 lost, {said}", lost, at_most=0),
            Goal(f"4 doubled or out of order, {said}", doubled + seen.jumps, at_most=0),
        ],
    )
