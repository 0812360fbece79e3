"""Writers in a crowd, and processes that are killed: what was acknowledged is there, once, and nobody is lied to."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from application.ports import Appended, Batch, OutcomeUnknown
from infrastructure.postgres.embedded import APP, EmbeddedServer
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool, connect
from infrastructure.postgres.registry import REAL, create_jurisdiction, migrate_all
from infrastructure.sequencer import sequence_once
from tests.postgres.processes import embedded, kill, postmaster
from tests.servers import Database
from tests.store.facts import Paper, at_once, log_of, note_again_and_again, paper, versions
from tests.waiting import until

WRITERS, EACH = 8, 15


def holds_all(log: PostgresEventLog, file: Paper, acknowledged: list[UUID]) -> None:
    """The file holds what was acknowledged, each once, and its versions have no hole."""
    entries = log.load_file(file.file)
    stored = [each.event_id for each in entries]
    assert set(acknowledged) <= set(stored)
    assert len(acknowledged) == len(set(acknowledged))
    assert versions(entries) == list(range(1, len(entries) + 1))
    assert [each.recorded_at for each in entries] == sorted(each.recorded_at for each in entries if each.recorded_at)


def test_eight_writers_on_one_file_are_all_served_once(log: PostgresEventLog) -> None:
    file = paper()
    acknowledged: list[UUID] = []
    tasks = [partial(note_again_and_again, log, file, EACH, acknowledged)] * WRITERS
    assert at_once(tasks) == [None] * WRITERS
    holds_all(log, file, acknowledged)
    assert len(acknowledged) == len(log.load_file(file.file)) == WRITERS * EACH


def test_workers_that_are_killed_leave_what_was_acknowledged_and_nothing_twice(
    log: PostgresEventLog, pool: Pool, database: Database, tmp_path: Path
) -> None:
    shared = paper()
    common = Paper(shared.file, shared.file)
    chance = random.Random(7)
    for crew in range(3):
        notes = [tmp_path / f"{crew}-{each}" for each in range(2)]
        workers = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.store.appender", database.app, log.schema, str(note), str(common.file)],
                stderr=subprocess.PIPE,
            )
            for note in notes
        ]
        until(lambda notes=notes: all(each.exists() and each.stat().st_size > 200 for each in notes))
        for worker in workers:
            time.sleep(chance.random() * 0.05)
            assert worker.poll() is None, worker.communicate()[1]
            worker.kill()
            worker.communicate()
    acknowledged = [UUID(line) for note in tmp_path.iterdir() for line in note.read_text().split()]
    sequence_once(pool, log.schema)
    everything = log.follow(0, 100_000)
    stored = [each.event_id for each in everything]
    assert set(acknowledged) <= set(stored)
    assert len(stored) == len(set(stored)) <= len(acknowledged) + 6
    for file in {each.file_id for each in everything}:
        holds_all(log, Paper(file, file), [])
    assert log.missed() == 0


@pytest.fixture
def mortal(home: Path, used: None) -> Iterator[tuple[EmbeddedServer, PostgresEventLog]]:
    """A server of the test's own, with a real ledger."""
    server = embedded(home)
    server.start()
    with connect(server.url(role="owner")) as owner:
        migrate_all(owner, app=APP)
        schema = create_jurisdiction(owner, "mortal", kind=REAL, app=APP).schema
    pool = Pool(server.url())
    yield server, log_of(pool, schema)
    pool.close()
    server.stop()


def persist(log: PostgresEventLog, batch: Batch) -> None:
    """Append, and try again as long as there is no connection to be had."""
    while True:
        with suppress(psycopg.OperationalError):
            assert isinstance(log.append(batch), Appended)
            return


def test_a_server_that_is_killed_loses_nothing_and_tells_no_false_conflict(
    mortal: tuple[EmbeddedServer, PostgresEventLog], home: Path
) -> None:
    server, log = mortal
    written: dict[Paper, list[UUID]] = {paper(): [] for _ in range(6)}
    enough = threading.Event()

    def write(file: Paper) -> None:
        version = 0
        while not enough.is_set():
            version += 1
            batch = file.note(version) if version % 3 else file.batch(file.entry(version), file.entry(version + 1))
            persist(log, batch)
            version = batch.entries[-1].version
            written[file].extend(each.event_id for each in batch.entries)

    def more() -> None:
        wanted = sum(map(len, written.values())) + 60
        until(lambda: sum(map(len, written.values())) >= wanted)

    def murder() -> None:
        try:
            for _ in range(2):
                more()
                kill(postmaster(home))
                server.start()
            more()
        finally:
            enough.set()

    assert at_once([murder, *(partial(write, file) for file in written)]) == [None] * 7
    for file, acknowledged in written.items():
        holds_all(log, file, acknowledged)
        assert [each.event_id for each in log.load_file(file.file)] == acknowledged
    with connect(server.url()) as connection:
        pool = Pool(server.url())
        total = sum(map(len, written.values()))
        assert sequence_once(pool, log.schema) == total
        assert connection.execute("show fsync").fetchone() == ("on",)
        pool.close()


@pytest.mark.parametrize("end", ["pg_cancel_backend", "pg_terminate_backend"])
def test_a_commit_that_no_standby_confirmed_is_no_success(
    mortal: tuple[EmbeddedServer, PostgresEventLog], end: str
) -> None:
    server, log = mortal
    file = paper()
    log.append(file.note(1))
    with connect(server.url(role="owner").replace("anjuan_owner@", "postgres@")) as superuser:

        def waiting() -> list[int]:
            found = superuser.execute("select pid from pg_stat_activity where wait_event = 'SyncRep'")
            return [pid for (pid,) in found]

        def interrupt(function: str) -> None:
            until(waiting)
            for pid in waiting():
                superuser.execute(f"select {function}(%s)".encode(), [pid])
                until(lambda pid=pid: pid not in waiting())

        def set_standby(name: str) -> None:
            superuser.execute(f"alter system set synchronous_standby_names = '{name}'".encode())
            superuser.execute("select pg_reload_conf()")
            until(lambda: superuser.execute("show synchronous_standby_names").fetchone() == (name,))
            superuser.execute("checkpoint")  # by the process that tells the others whether there is to be a standby

        def disturb() -> None:
            interrupt(end)
            if end == "pg_terminate_backend":
                interrupt("pg_cancel_backend")

        set_standby("nobody")
        appended: Callable[[], object] = partial(log.append, file.note(2))
        result, disturbed = at_once([appended, disturb])
        set_standby("")
    assert isinstance(result, OutcomeUnknown), result
    assert disturbed is None
    assert versions(log.load_file(file.file)) == [1, 2]
