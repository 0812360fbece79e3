"""Builds all lists anew from the facts (重建投影), beside those in use, and puts them in their place when they are up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any
from uuid import UUID

import psycopg

from infrastructure.postgres.pool import connect
from infrastructure.postgres.statements import statements

AT_ONCE = 10_000
"""About how many events are read, folded and written in one go."""

LAST_ID = UUID(int=2**128 - 1)
NEARLY = 200
"""How many positions behind the log a rebuild may be when it keeps the projector waiting for the rest."""

Told = Callable[[int, int], None]
"""Told how many of how many parts are done."""


@dataclass(frozen=True, slots=True)
class Part:
    """The files whose ids lie from `first` up to but not including `last`; in the last part, to the end."""

    first: UUID
    last: UUID
    to_the_end: bool = False


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did: how many events it folded, and the position of the log that the lists are right for."""

    events: int
    position: int


class Rebuild:
    """One rebuild of the lists of a schema, run by the owner of its tables (`owner_url`); `workers` processes fold at a time.

    The projector and everybody who reads may go on meanwhile. Killed half-way it leaves only what the next one throws away.
    """

    def __init__(self, owner_url: str, schema: str, *, workers: int = 1, told: Told = lambda done, of: None) -> None:
        self._url, self._schema, self._workers, self._told = owner_url, schema, workers, told
        self._read = statements(schema)

    def run(self) -> Rebuilt:
        """Build, catch up with what was recorded meanwhile, and switch."""
        with connect(self._url, name="anjuan rebuild", idle_ms=0) as owner:
            begun = _one(owner, self._read["last_position"]) or 0
            owner.execute(self._read["begin_rebuild"])
            beside = str(_one(owner, self._read["beside"]))
            events = sum(self._fold(list(parts(_one(owner, self._read["amount"]) or 0)), beside))
            self._index(owner, beside)
        return Rebuilt(events, self._switch(begun, beside))

    def _fold(self, wanted: list[Part], beside: str) -> Iterator[int]:
        jobs = [(self._url, self._schema, beside, part) for part in wanted]
        done = map(fold_part, jobs) if self._workers == 1 else self._spread(jobs)
        for place, events in enumerate(done, 1):
            self._told(place, len(wanted))
            yield events

    def _spread(self, jobs: list[tuple[str, str, str, Part]]) -> Iterator[int]:
        with ProcessPoolExecutor(self._workers, mp_context=get_context("spawn")) as processes:
            for future in as_completed([processes.submit(fold_part, job) for job in jobs]):
                yield future.result()

    def _index(self, owner: psycopg.Connection[Any], beside: str) -> None:
        indexes = [row[0] for row in owner.execute(self._read["indexes_to_build"])]
        building = statements(beside)
        with owner.transaction():
            owner.execute(building["count_statistics"])
            owner.execute(building["work_beside"])
            for index in indexes:
                owner.execute(index)
        owner.execute(building["analyze_projections"])

    def _switch(self, begun: int, beside: str) -> int:
        """Catch up, the last part of the way with the projector waiting, and put the new tables in the place of the old."""
        with _Site(self._url, self._schema) as site:
            catching_up = _CatchUp(site, beside, begun)
            while catching_up.behind() > NEARLY:
                catching_up.turn()
            return catching_up.finish()
