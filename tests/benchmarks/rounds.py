"""Rounds: every contestant in turn, warm, again and again, in another order each time; a round that the machine spoilt is dropped for all."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.crews import PROCESSES, Crew, Open, Tally
from tests.benchmarks.machine import Family, sync_microseconds, watching

WARM_SECONDS = 0.5


class Miscounted(AssertionError):
    """A contestant said that it did another number of things than there are rows."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way to do it. `rows`: counts what is in its table, for contestants that write; `serves`: what of the bench's own processes serves it."""

    name: str
    open: Open
    rows: Callable[[], int] | None = None
    serves: Family | None = None
    processes: int = PROCESSES


@dataclass(frozen=True, slots=True)
class Sample:
    """What one contestant did in one round; rate and microseconds of processor time are for each operation or each row."""

    rate: float
    client_us: float
    server_us: float
    serving_us: float
    p50_ms: float
    p99_ms: float
    rows: int
    foreign: float

    @property
    def cpu_us(self) -> float:
        """All processor time together."""
        return self.client_us + self.server_us + self.serving_us


@dataclass(slots=True)
class Line:
    """The samples of one contestant with so many clients, one for each round."""

    name: str
    clients: int
    samples: list[Sample] = field(default_factory=list)

    def middle(self, what: str) -> float:
        """The median over the rounds that count."""
        return float(statistics.median(getattr(each, what) for each in self.samples))

    def range(self, what: str) -> tuple[float, float]:
        """The lowest and the highest of the rounds that count."""
        values = [getattr(each, what) for each in self.samples]
        return min(values), max(values)


@dataclass(slots=True)
class Contest:
    """What came of a contest: a line for each contestant and number of clients; how fast the disk was; rounds dropped."""

    title: str
    unit: str
    limit: str
    by_row: bool = False
    lines: dict[tuple[str, int], Line] = field(default_factory=dict)
    syncs: list[float] = field(default_factory=list)
    dropped: int = 0

    def ratio(self, one: str, clients: int = 1, *, to: str | None = None) -> float:
        """The median rate of one as a part of another's, by default of the limit's."""
        return self.lines[one, clients].middle("rate") / self.lines[to or self.limit, clients].middle("rate")

    def by_cpu(self, one: str, clients: int = 1) -> float:
        """The same ratio by processor time: what it would be if nothing but that counted."""
        return self.lines[self.limit, clients].middle("cpu_us") / max(0.001, self.lines[one, clients].middle("cpu_us"))

    def ratios(self, one: str, clients: int = 1) -> tuple[float, float]:
        """The lowest and highest ratio to the limit within a round."""
        limit = self.lines[self.limit, clients].samples
        found = [each.rate / top.rate for each, top in zip(self.lines[one, clients].samples, limit, strict=True)]
        return min(found), max(found)

    def drop_spoilt(self) -> None:
        """Drop the rounds in which a limit line fell below half its median."""
        limits = [line for (name, _), line in self.lines.items() if name == self.limit]
        spoilt = {
            place
            for line in limits
            for place, sample in enumerate(line.samples)
            if sample.rate < line.middle("rate") / 2
        }
        for line in self.lines.values():
            line.samples = [sample for place, sample in enumerate(line.samples) if place not in spoilt]
        self.dropped = len(spoilt)


@dataclass(frozen=True, slots=True)
class Referee:
    """Runs contests: so many rounds of so many seconds; `database` is the server, `bench` this program and its crews."""

    rounds: int
    seconds: float
    database: Family
    bench: Family
    disk: Path

    def contest(
        self,
        title: str,
        unit: str,
        contestants: Sequence[Contestant],
        *,
        clients: Sequence[int] = (1,),
        by_row: bool = False,
    ) -> Contest:
        """Let them compete; the first is the limit. `by_row`: rates are of rows, not of operations."""
        found = Contest(title, unit, contestants[0].name, by_row)
        found.lines = {(each.name, many): Line(each.name, many) for many in clients for each in contestants}
        with _crews(contestants) as crews:
            for each in contestants:
                for many in clients:
                    crews[each.name].run(many, WARM_SECONDS)
            for turn in range(self.rounds):
                found.syncs.append(sync_microseconds(self.disk))
                shift = turn % len(contestants)
                for each in (*contestants[shift:], *contestants[:shift]):
                    for many in clients:
                        sample = self._sample(each, crews[each.name], many, by_row=by_row)
                        found.lines[each.name, many].samples.append(sample)
                print(f"  {title}: round {turn + 1} of {self.rounds}", file=sys.stderr, flush=True)
        found.drop_spoilt()
        return found

    def _sample(self, contestant: Contestant, crew: Crew, clients: int, *, by_row: bool) -> Sample:
        before = contestant.rows() if contestant.rows else 0
        server, serving = self.database.cpu(), contestant.serves.cpu() if contestant.serves else 0.0
        with watching((self.database, self.bench)) as foreign:
            tally = crew.run(clients, self.seconds)
        server = self.database.cpu() - server
        serving = contestant.serves.cpu() - serving if contestant.serves else 0.0
        if contestant.rows and contestant.rows() - before != tally.rows:
            raise Miscounted(f"{contestant.name}: said {tally.rows} rows, there are {contestant.rows() - before}")
        return _sampled(tally, tally.rows if by_row else tally.operations, server, serving, foreign.share)


def _sampled(tally: Tally, count: int, server: float, serving: float, foreign: float) -> Sample:
    each = 1e6 / max(1, count)
    return Sample(
        rate=count / tally.seconds,
        client_us=tally.cpu * each,
        server_us=server * each,
        serving_us=serving * each,
        p50_ms=1e3 * tally.duration(0.5),
        p99_ms=1e3 * tally.duration(0.99),
        rows=tally.rows,
        foreign=foreign,
    )


@contextmanager
def _crews(contestants: Sequence[Contestant]) -> Iterator[dict[str, Crew]]:
    crews: dict[str, Crew] = {}
    try:
        for each in contestants:
            crews[each.name] = Crew(each.open, each.processes)
        yield crews
    finally:
        for crew in crews.values():
            crew.close()
