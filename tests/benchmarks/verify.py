"""Goal 11: a ledger verified, beside a bare SELECT of the same rows with one SHA-256 of each, at two lengths of the log."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

from psycopg import sql

from infrastructure.postgres.pool import connect
from infrastructure.proof.growing import Growing
from infrastructure.proof.keys import LogKeys
from infrastructure.verifying.found import Check
from infrastructure.verifying.subject import Subject
from infrastructure.verifying.verifier import verify
from tests.benchmarks.crews import Operation
from tests.benchmarks.rebuild import filled
from tests.benchmarks.report import Goal, Report
from tests.benchmarks.rounds import Contestant, Referee
from tests.benchmarks.world import World

HASHED = frozenset({Check.LEAVES, Check.ROOTS, Check.SIGNATURES, Check.KEPT, Check.TILES, Check.ORDER, Check.STRAYS})
"""What reads and hashes: versions, manifests and lists are the database's work, or the rebuild's."""

UNDER_A_CHECKPOINT = 500
BARE = """
    select e.* from {log} l join {events} e using (event_no) where l.position > %s and l.position <= %s order by l.position
"""
AT_ONCE = 16_384


def signed(world: World, schema: str) -> Subject:
    """A ledger whose log is signed, some hundred events under each checkpoint."""
    origin = f"anjuan/bench/{uuid4().hex}"
    keys = LogKeys(Path(mkdtemp(dir=world.folder)), uuid4(), origin)
    growing = Growing(schema, keys, batch=UNDER_A_CHECKPOINT)
    with connect(world.owner, name="bench", idle_ms=0) as connection:
        while growing.advance(connection).more:
            pass
    world.warm((schema, "tile"), (schema, "checkpoint"))
    return Subject(world.app, schema, origin, rehearsal=True, trusted=keys.trusted(), kept=str(keys.kept()))


def bare(url: str, schema: str, last: int) -> Callable[[], Operation]:
    """The limit: the same rows, read as rows are read, and each hashed once."""
    names = {"log": sql.Identifier(schema, "log"), "events": sql.Identifier(schema, "events")}

    def client() -> Operation:
        connection = connect(url, name="bench", idle_ms=0)

        def once() -> int:
            done = 0
            for begin in range(0, last, AT_ONCE):
                for row in connection.execute(sql.SQL(BARE).format(**names), (begin, begin + AT_ONCE), binary=True):
                    sha256(row[7]).digest()
                    done += 1
            return done

        return once

    return client


def verified(subject: Subject) -> Callable[[], Operation]:
    """The product's verification of the log."""

    def once() -> int:
        found = verify(subject, checks=HASHED)
        assert found.ok, found.findings
        return found.size

    return lambda: once


def measure(world: World, referee: Referee, events: int) -> Report:
    """The goal, with so many events and with a quarter of them."""
    report = Report()
    small, large = filled(world, events // 4), filled(world, events)
    quarter, whole = f"verified, {events // 4:,} events", "verified"
    contest = referee.contest(
        f"a log of {events:,} events verified, a checkpoint for every {UNDER_A_CHECKPOINT}",
        "events",
        [
            Contestant(
                "bare SELECT and SHA-256", partial(bare, world.app, large, world.count(large, "log")), processes=1
            ),
            Contestant(whole, partial(verified, signed(world, large)), processes=1),
            Contestant(quarter, partial(verified, signed(world, small)), processes=1),
        ],
        by_row=True,
    )
    report.contests.append(contest)
    report.goals += [
        Goal("11 events verified a second, one core", contest.lines[whole, 1].middle("rate"), at_least=20_000),
        Goal("11 time of a verification / bare SELECT with SHA-256", 1 / contest.ratio(whole), at_most=3),
        Goal("11 time for each event, at four times the size", contest.ratio(quarter, to=whole), at_most=1.2),
    ]
    return report
