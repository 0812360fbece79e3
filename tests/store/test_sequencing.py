"""Every committed event gets the next position, once, in an order in which nobody who follows misses anything."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
import pytest

from infrastructure.postgres.appending import call
from infrastructure.postgres.direct import run
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.mapper import EntryMapper
from infrastructure.postgres.pool import Pool, connect
from infrastructure.postgres.statements import statements
from infrastructure.sequencer import Sequencer, sequence_once
from infrastructure.worker import Worker
from tests.servers import Database
from tests.store.facts import REGISTRY, Paper, at_once, paper
from tests.waiting import PATIENCE, until

WRITERS, EACH = 8, 120


@contextmanager
def running(*workers: Worker) -> Iterator[None]:
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()


@pytest.fixture
def sequencer(log: PostgresEventLog, database: Database) -> Callable[[], Sequencer]:
    """Makes sequencers of the ledger, on connections of their own."""
    return lambda: Sequencer(
        partial(connect, database.app, name="sequencer"), log.schema, appended=log.appended, sequenced=log.sequenced
    )


def append_slowly(
    connection: psycopg.Connection[Any], schema: str, file: Paper, version: int, sit: Callable[[], object]
) -> None:
    """Append one fact and sit on the transaction before the commit."""
    _, values = call(file.note(version), EntryMapper(REGISTRY))
    with connection.transaction():
        run(connection, b"append_event", statements(schema)["append_event"], values)
        sit()


def test_eight_writers_some_slow_and_a_reader_at_their_heels(
    log: PostgresEventLog, database: Database, sequencer: Callable[[], Sequencer]
) -> None:
    read: list[Any] = []
    done = threading.Event()

    def write(seed: int) -> None:
        chance, file = random.Random(seed), paper()
        with connect(database.app) as connection:
            for version in range(1, EACH + 1):
                if chance.random() < 0.1:
                    append_slowly(connection, log.schema, file, version, partial(time.sleep, chance.random() * 0.03))
                else:
                    log.append(file.note(version))

    def follow() -> None:
        last = False
        while not last:
            last = done.is_set()
            while entries := log.follow(len(read), 50):
                read.extend(entries)

    reader = threading.Thread(target=follow)
    with running(sequencer()):
        reader.start()
        assert at_once([partial(write, seed) for seed in range(WRITERS)]) == [None] * WRITERS
        until(lambda: log.last_position() == WRITERS * EACH)
        done.set()
        reader.join()
    assert [each.position for each in read] == list(range(1, WRITERS * EACH + 1))
    assert len({each.event_id for each in read}) == WRITERS * EACH
    for file in {each.file_id for each in read}:
        assert [each.file_version for each in read if each.file_id == file] == list(range(1, EACH + 1))
    assert log.unsequenced() == log.missed() == 0


def test_a_running_transaction_holds_back_what_was_committed_after_it_began(
    log: PostgresEventLog, pool: Pool, database: Database, sequencer: Callable[[], Sequencer]
) -> None:
    slow, quick = paper(), paper()
    leader = sequencer()
    appended, enough = threading.Event(), threading.Event()

    def sit() -> None:
        appended.set()
        enough.wait(PATIENCE)

    with running(leader):
        with connect(database.app) as connection:
            holder = threading.Thread(target=append_slowly, args=(connection, log.schema, slow, 1, sit))
            holder.start()
            assert appended.wait(PATIENCE)
            log.append(quick.note(1))
            until(lambda: leader.lag > 0.1)
            assert (log.last_position(), log.unsequenced(), leader.position) == (0, 1, 0)
            enough.set()
            holder.join()
        until(lambda: log.last_position() == 2)
        assert [each.file_id for each in log.follow(0)] == [slow.file, quick.file]
        until(lambda: leader.lag == 0)


def test_sequencing_by_hand_waits_only_so_long(log: PostgresEventLog, pool: Pool, app: psycopg.Connection[Any]) -> None:
    with app.transaction():
        app.execute("select pg_current_xact_id()")
        log.append(paper().note(1))
        with pytest.raises(TimeoutError):
            sequence_once(pool, log.schema, patience=0.05)
    assert sequence_once(pool, log.schema) == 1


def test_one_sequencer_leads_and_another_takes_over(
    log: PostgresEventLog, sequencer: Callable[[], Sequencer], owner: psycopg.Connection[Any]
) -> None:
    first, second = sequencer(), sequencer()
    file = paper()
    with running(first):
        log.append(file.note(1))
        until(lambda: first.position == 1)
        with running(second):
            until(lambda: second.health.doing == "standing by")
            first.stop()
            log.append(file.note(2))
            until(lambda: second.position == 2)
    assert (first.position, first.health.doing) == (1, "stopped")


def test_a_sequencer_survives_the_loss_of_its_connection(
    log: PostgresEventLog, sequencer: Callable[[], Sequencer], database: Database
) -> None:
    leader, file = sequencer(), paper()
    with running(leader), connect(database.app) as killer:
        for version in (1, 2, 3):
            log.append(file.note(version))
            until(lambda version=version: leader.position == version)
            killer.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sequencer'"
            )
        until(lambda: leader.health.doing == "working")


def test_a_sequencer_stops_loudly_at_an_error(
    log: PostgresEventLog, sequencer: Callable[[], Sequencer], owner: psycopg.Connection[Any], caplog: Any
) -> None:
    leader = sequencer()
    owner.execute(f"revoke insert on {log.schema}.log from anjuan_app".encode())
    with running(leader):
        log.append(paper().note(1))
        until(lambda: leader.health.failed)
    assert leader.health.error is not None
    assert "InsufficientPrivilege" in leader.health.error
    assert "stopped at an error" in caplog.text
    assert log.unsequenced() == 1


def test_in_a_restored_cluster_transaction_ids_begin_again(
    log: PostgresEventLog, pool: Pool, owner: psycopg.Connection[Any], database: Database
) -> None:
    """As after a restore from a dump: the ids of what was there lie ahead of those of the new cluster, and 10 comes after 9."""
    file, schema = paper(), log.schema
    owner.execute(f"alter table {schema}.events disable trigger checked".encode())
    for version, tx in enumerate(("9000000009", "9000000010", "10000000000"), start=1):
        owner.execute(
            f"""insert into {schema}.events (event_id, case_id, version, case_type, topic, payload_version, payload, file_id,
            file_version, occurred_at, recorded_at, department, officer, tx, incarnation) values (gen_random_uuid(), %s, %s, 'test',
            'test.noted', 1, '{{"matter":"m"}}', %s, %s, now(), now(), 'd', 'o', %s, 1)""".encode(),
            [file.case, version, file.file, version, tx],
        )
    owner.execute(f"alter table {schema}.events enable always trigger checked".encode())
    owner.execute(f"alter table {schema}.incarnation disable trigger stays".encode())
    owner.execute(f"update {schema}.incarnation set system_identifier = 1".encode())
    fresh = Pool(database.app)
    for version in (4, 5):
        PostgresEventLog(fresh, schema, REGISTRY).append(file.note(version))
    assert sequence_once(fresh, schema) == 5
    assert [each.version for each in log.follow(0)] == [1, 2, 3, 4, 5]
    found = owner.execute(
        f"select incarnation, system_identifier from {schema}.incarnation order by 1".encode()
    ).fetchall()
    assert [each[0] for each in found] == [1, 2]
    assert owner.execute("select system_identifier from pg_control_system()").fetchone() == found[1][1:]
    fresh.close()


def test_the_past_is_settled_once_nothing_can_appear_in_it(
    log: PostgresEventLog, pool: Pool, app: psycopg.Connection[Any]
) -> None:
    answer = log.append(paper().note(1))
    assert not log.settled(answer.recorded_at)  # type: ignore[union-attr]
    sequence_once(pool, log.schema)
    until(lambda: log.settled(answer.recorded_at))  # type: ignore[union-attr]
    with app.transaction():
        app.execute("select pg_current_xact_id()")
        later = log.append(paper().note(1))
        assert not log.settled(later.recorded_at)  # type: ignore[union-attr]
        assert log.settled(answer.recorded_at)  # type: ignore[union-attr]
    sequence_once(pool, log.schema)
    until(lambda: log.settled(later.recorded_at))  # type: ignore[union-attr]
