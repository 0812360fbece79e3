"""Builds all lists anew from the facts (重建投影), beside those in use, and puts them in their place when they are up to date."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from time import sleep
from typing import Any
from uuid import UUID

import psycopg

from application.ledger import Ledger
from domain.cases import CASES, EVENTS
from domain.kernel import Entry
from infrastructure.own_law import law
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool, connect
from infrastructure.postgres.statements import statements
from infrastructure.projecting import Projecting, law_of
from infrastructure.projector import NAME

PART = 5_000
"""About how many events are read, folded and written in one go: while that is being written, the sequencer waits."""

BATCH, NEARLY = 1000, 200
"""Positions caught up with in one transaction; and how few may be left when the projector is made to wait for them."""

TRIES = 30
LAST_ID = UUID(int=2**128 - 1)

Told = Callable[[int, int], None]
"""Told how many of how many parts are done."""


@dataclass(frozen=True, slots=True)
class Part:
    """The files of one schema whose ids lie from `first` up to but not including `last`, or (`to_the_end`) up to the last.

    `own`: the folder with the law of the deployment.
    """

    url: str
    schema: str
    beside: str
    first: UUID
    last: UUID
    to_the_end: bool
    own: Path | None = None


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did: how many events it folded, and the position of the log that the lists are right for."""

    events: int
    position: int


def rebuild(
    owner_url: str,
    schema: str,
    *,
    workers: int = 1,
    told: Told = lambda done, of: None,
    part: int = PART,
    own: Path | None = None,
) -> Rebuilt:
    """Build the lists of a schema anew as the owner of its tables; `workers` processes fold at a time.

    The projector and all readers go on meanwhile. Killed half-way it leaves only what the next one throws away.
    Raises TimeoutError where another rebuild is at work, or where readers leave no moment for the switch.
    """
    named = statements(schema)
    with (
        connect(owner_url, name="anjuan rebuild", idle_ms=0) as owner,
        closing(Site(owner_url, schema, own)) as site,
        _alone(owner, schema),
    ):
        begun = _one(owner, named["last_position"]) or 0
        owner.execute(named["begin_rebuild"])
        beside = str(_one(owner, named["beside"]))
        wanted = parts(owner_url, schema, beside, max(1, begun // part), own)
        events = 0
        for done, folded in enumerate(_fold(wanted, site, workers), 1):
            events += folded
            told(done, len(wanted))
        _index(owner, schema, beside)
        return Rebuilt(events, _switch(owner, site, beside, begun))


@contextmanager
def _alone(owner: psycopg.Connection[Any], schema: str) -> Iterator[None]:
    if not _one(owner, statements(schema)["lead_rebuilding"]):
        raise TimeoutError(f"{schema} is being rebuilt by somebody else")
    try:
        yield
    finally:
        if not owner.closed:
            owner.execute(statements(schema)["stop_rebuilding"])


def parts(url: str, schema: str, beside: str, count: int, own: Path | None = None) -> list[Part]:
    """All files in so many parts of about the same size: file ids are spread evenly."""
    bounds = [UUID(int=2**128 * place // count) for place in range(count)] + [LAST_ID]
    return [Part(url, schema, beside, bounds[n], bounds[n + 1], n == count - 1, own) for n in range(count)]


def _fold(wanted: list[Part], site: Site, workers: int) -> Iterator[int]:
    # Without Python's collector: what a file comes to has no cycles, and looking for them would take a fifth of the time.
    if workers == 1 or len(wanted) == 1:
        with _uncollected():
            yield from (site.fold(part) for part in wanted)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=gc.disable) as processes:
        for future in as_completed([processes.submit(fold_part, part) for part in wanted]):
            yield future.result()


@contextmanager
def _uncollected() -> Iterator[None]:
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def fold_part(part: Part) -> int:
    """Fold the files of one part, in a process that does nothing else; how many events they had."""
    return _site(part.url, part.schema, part.own).fold(part)


def _index(owner: psycopg.Connection[Any], schema: str, beside: str) -> None:
    """Each index in a transaction of its own: the sequencer waits for the longest of them, not for all."""
    wanted = [row[0] for row in owner.execute(statements(schema)["indexes_to_build"])]
    named = statements(beside)
    owner.execute(named["count_statistics"])
    owner.execute(named["work_beside"])
    for index in wanted:
        owner.execute(index)
    owner.execute(named["analyze_projections"])


def _switch(owner: psycopg.Connection[Any], site: Site, beside: str, position: int) -> int:
    """Catch up, the last of it with the projector waiting, and put the new tables in the place of the old ones."""
    projecting = Projecting(site.log.schema, site.ledger, built_in=beside)
    while site.log.last_position() - position > NEARLY:
        with owner.transaction():
            position += _catch_up(owner, projecting, site.log, position)
    for _ in range(TRIES):
        try:
            with owner.transaction():
                return _take_over(owner, projecting, site, position)
        except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected, _ProjectorAtWork):
            sleep(0.1)
    raise TimeoutError(f"readers or the projector of {site.log.schema} left no moment for the switch")


class _ProjectorAtWork(Exception):
    """The projector holds its turn."""


def _take_over(owner: psycopg.Connection[Any], projecting: Projecting, site: Site, position: int) -> int:
    named = statements(site.log.schema)
    if not _one(owner, named["take_follower"], NAME):
        raise _ProjectorAtWork
    while folded := _catch_up(owner, projecting, site.log, position):
        position += folded
    projecting.projection()
    before = _one(owner, named["tracked"], NAME) or 0
    owner.execute(named["be_patient_with_readers"])
    owner.execute(named["finish_rebuild"])
    owner.execute(named["track"], (NAME, position, before))
    owner.execute(named["note_whereabouts"], (position, projecting.known_version))
    owner.execute(named["replace_law"], (law_of(site.ledger),))
    return position


def _catch_up(owner: psycopg.Connection[Any], projecting: Projecting, log: PostgresEventLog, position: int) -> int:
    entries = log.follow(position, BATCH, owner)
    if entries:
        projecting.project(owner, entries, lambda: nullcontext(owner))
    return len(entries)


class Site:
    """One ledger as a process that rebuilds sees it."""

    def __init__(self, url: str, schema: str, own: Path | None = None) -> None:
        self._pool = Pool(url, size=2, name="anjuan rebuild")
        self.log = PostgresEventLog(self._pool, schema, EVENTS)
        self.ledger = Ledger(self.log, CASES, law(own).rulebook, law(own).calendars)

    def fold(self, part: Part) -> int:
        """Fold the files of one part into the tables beside; how many events they had."""
        projecting = Projecting(part.schema, self.ledger, built_in=part.beside)
        counts: list[int] = []
        with self._pool.connection() as connection:
            files = projecting.load_between(connection, part.first, part.last, to_the_end=part.to_the_end)
            rows = projecting.projection().rows(_counting(files, counts))
            with connection.transaction():
                projecting.tables.pour(connection, rows)
        return sum(counts)

    def close(self) -> None:
        """Close its connections."""
        self._pool.close()


def _counting(files: Iterator[list[Entry]], counts: list[int]) -> Iterator[list[Entry]]:
    for entries in files:
        counts.append(len(entries))
        yield entries


@lru_cache(4)
def _site(url: str, schema: str, own: Path | None) -> Site:
    return Site(url, schema, own)


def _one(connection: psycopg.Connection[Any], statement: bytes, *arguments: Any) -> Any:
    row = connection.execute(statement, arguments).fetchone()
    return row[0] if row else None
