"""A follower applies every entry exactly once, in order, and its position tells what it has done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from domain.kernel import Entry
from infrastructure.follower import Follower, PositionMoved
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool
from infrastructure.sequencer import sequence_once
from tests.servers import Database
from tests.store.facts import Noted, paper
from tests.store.test_sequencing import running
from tests.waiting import until

Connection = psycopg.Connection[Any]


@pytest.fixture
def followed(log: PostgresEventLog, owner: Connection) -> PostgresEventLog:
    """A ledger beside whose events stands a table of the follower's own."""
    owner.execute(f"create table {log.schema}.seen_by_test (position bigint, event_id uuid)".encode())
    owner.execute(f"grant select, insert on {log.schema}.seen_by_test to anjuan_app".encode())
    return log


def write_down(log: PostgresEventLog) -> Callable[[Connection, Sequence[Entry]], None]:
    """A row for each entry; a text `poison` is refused."""

    def apply(connection: Connection, entries: Sequence[Entry]) -> None:
        for each in entries:
            values = [each.position, each.event_id]
            connection.execute(f"insert into {log.schema}.seen_by_test values (%s, %s)".encode(), values)
            if isinstance(each.event, Noted) and each.event.text == "poison":
                raise ValueError("poison")

    return apply


def written_down(log: PostgresEventLog, connection: Connection) -> list[tuple[Any, ...]]:
    return connection.execute(
        f"select position, event_id from {log.schema}.seen_by_test order by 1".encode()
    ).fetchall()


def record(log: PostgresEventLog, pool: Pool, *texts: str) -> list[Any]:
    """Facts in one file, and their positions."""
    file = paper()
    batch = file.batch(*(file.entry(place, Noted(matter="m", text=text)) for place, text in enumerate(texts, start=1)))
    log.append(batch)
    sequence_once(pool, log.schema)
    return [(log.position_of(each.event_id), each.event_id) for each in batch.entries]


def test_batches_are_applied_in_order_and_once(followed: PostgresEventLog, pool: Pool, app: Connection) -> None:
    expected = record(followed, pool, *"abcdefg")
    follower = Follower(pool, followed, "test", write_down(followed), batch=3)
    assert follower.catch_up() == 7
    assert follower.catch_up() == 7
    assert Follower(pool, followed, "test", write_down(followed)).catch_up() == 7
    expected += record(followed, pool, "h")
    assert follower.catch_up() == 8
    assert written_down(followed, app) == expected


def test_eight_followers_of_one_name_do_the_work_once(followed: PostgresEventLog, pool: Pool, app: Connection) -> None:
    expected = record(followed, pool, *(str(each) for each in range(100)))
    followers = [Follower(pool, followed, "test", write_down(followed), batch=7, poll=0.001) for _ in range(8)]
    with running(*followers):
        until(lambda: len(written_down(followed, app)) == 100)
    assert written_down(followed, app) == expected
    assert {each.health.doing for each in followers} == {"stopped"}


def test_an_error_stops_the_follower_before_the_batch_that_made_it(
    followed: PostgresEventLog, pool: Pool, app: Connection, caplog: Any
) -> None:
    expected = record(followed, pool, "a", "b", "c", "poison", "d")
    follower = Follower(pool, followed, "test", write_down(followed), batch=2)
    with running(follower):
        until(lambda: follower.health.failed)
    assert follower.health.error == "ValueError: poison"
    assert "stopped at an error" in caplog.text
    assert written_down(followed, app) == expected[:2]
    assert not followed.seen("test", expected[2][1])


def test_an_event_without_type_stops_the_follower(followed: PostgresEventLog, pool: Pool) -> None:
    record(followed, pool, "a")
    ignorant = PostgresEventLog(pool, followed.schema, {})
    follower = Follower(pool, ignorant, "test", write_down(followed))
    with running(follower):
        until(lambda: follower.health.failed)
    assert "UnknownTopic" in str(follower.health.error)


def test_a_follower_survives_the_loss_of_its_connections(
    followed: PostgresEventLog, database: Database, pool: Pool, app: Connection
) -> None:
    own = Pool(database.app, size=2, name="follower")
    follower = Follower(own, followed, "test", write_down(followed), poll=0.01)
    expected = []
    with running(follower):
        for times in range(1, 4):
            expected += record(followed, pool, "a", "b")
            until(lambda times=times: len(written_down(followed, app)) == 2 * times)
            app.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'follower'")
    assert written_down(followed, app) == expected
    own.close()


def test_a_position_that_was_changed_by_hand_is_noticed(
    followed: PostgresEventLog, pool: Pool, database: Database
) -> None:
    record(followed, pool, "a")

    def tamper(connection: Connection, entries: Sequence[Entry]) -> None:
        connection.execute(f"insert into {followed.schema}.tracking values ('test', 17)".encode())

    with pytest.raises(PositionMoved):
        Follower(pool, followed, "test", tamper).catch_up()


def test_whoever_wrote_can_wait_until_it_is_seen(followed: PostgresEventLog, pool: Pool) -> None:
    follower = Follower(pool, followed, "test", write_down(followed))
    with running(follower):
        (_, event_id), *_ = record(followed, pool, "a")
        followed.sequenced.ring()
        until(lambda: followed.seen("test", event_id))
    assert not followed.seen("test", uuid4())


def test_the_bell_wakes_a_follower_that_hardly_polls(followed: PostgresEventLog, pool: Pool) -> None:
    follower = Follower(pool, followed, "test", write_down(followed), poll=3600)
    with running(follower):
        until(lambda: follower.health.doing == "working")
        ((_, event_id),) = record(followed, pool, "a")
        followed.sequenced.ring()
        until(lambda: followed.seen("test", event_id))
