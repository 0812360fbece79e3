"""When the answer to an append is lost, the ledger finds out what became of it before it says anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from psycopg_pool import ConnectionPool

from application.ports import Answered, Appended, FileMoved, Idempotency, OutcomeUnknown
from infrastructure.postgres.event_store import PostgresEventLog
from tests.servers import Database
from tests.store.broken_line import BrokenLine
from tests.store.facts import Paper, log_of, paper, versions


@pytest.fixture
def line(database: Database) -> Iterator[BrokenLine]:
    """A line to the database that can break."""
    made = BrokenLine(database.app)
    yield made
    made.close()


@pytest.fixture
def shaky(line: BrokenLine, log: PostgresEventLog) -> Iterator[PostgresEventLog]:
    """The event log at the other end of the line; it has been used before."""
    pool = ConnectionPool(line.url, min_size=1, max_size=2, timeout=0.5, kwargs={"autocommit": True}, open=True)
    made = log_of(pool, log.schema, patience=1.0)
    warm = paper()
    made.append(warm.note(1))
    made.append(warm.batch(warm.entry(2), warm.entry(3)))
    yield made
    pool.close()


def once(condition: Callable[[bytes], bool]) -> Callable[[bytes], bool]:
    """True of the first that meets the condition, and of nothing after."""
    met: list[bool] = []

    def first(passing: bytes) -> bool:
        if met or not condition(passing):
            return False
        met.append(True)
        return True

    return first


def is_append(file: Paper) -> Callable[[bytes], bool]:
    """Of the request that appends to this file."""
    return lambda passing: file.file.bytes in passing or str(file.file).encode() in passing


def answers_append(passing: bytes) -> bool:
    """Of the answer to an append: a row that begins with `ok`."""
    return b"\x00\x00\x00\x02ok" in passing


def single(file: Paper, **options: Any) -> Any:
    return file.note(1, **options)


def several(file: Paper, **options: Any) -> Any:
    return file.batch(file.entry(1), file.entry(2), **options)


BATCHES = pytest.mark.parametrize("make", [single, several])


@BATCHES
def test_an_append_whose_answer_was_lost_is_a_success(
    shaky: PostgresEventLog, log: PostgresEventLog, line: BrokenLine, make: Any
) -> None:
    file = paper()
    batch = make(file)
    line.lose_answer = once(answers_append)
    answer = shaky.append(batch)
    assert line.broken == 1
    stored = log.load_file(file.file)
    assert [each.event_id for each in stored] == [each.event_id for each in batch.entries]
    assert answer == Appended(stored[0].recorded_at or file)  # type: ignore[arg-type]


@BATCHES
def test_an_append_that_never_arrived_is_sent_again(
    shaky: PostgresEventLog, log: PostgresEventLog, line: BrokenLine, make: Any
) -> None:
    file = paper()
    line.lose_request = once(is_append(file))
    assert isinstance(shaky.append(make(file)), Appended)
    assert line.broken == 1
    assert len(log.load_file(file.file)) == len(make(file).entries)


@BATCHES
def test_a_request_whose_answer_was_lost_is_no_replay_of_itself(
    shaky: PostgresEventLog, line: BrokenLine, make: Any
) -> None:
    file, asked = paper(), Idempotency("zjj", str(paper().file), b"body")
    line.lose_answer = once(answers_append)
    assert isinstance(shaky.append(make(file, idempotency=asked)), Appended)
    assert isinstance(shaky.append(make(file, idempotency=asked)), Answered)


def test_a_true_conflict_stays_one_when_the_line_breaks(
    shaky: PostgresEventLog, log: PostgresEventLog, line: BrokenLine
) -> None:
    file = paper()
    log.append(file.note(1))
    line.lose_request = once(is_append(file))
    with pytest.raises(FileMoved):
        shaky.append(file.note(1))
    assert (line.broken, versions(log.load_file(file.file))) == (1, [1])


@pytest.mark.parametrize("arrives", [True, False])
def test_when_the_database_stays_away_the_outcome_is_unknown(
    shaky: PostgresEventLog, log: PostgresEventLog, line: BrokenLine, arrives: bool
) -> None:
    file = paper()

    def cut(passing: bytes) -> bool:
        line.cut = (answers_append if arrives else is_append(file))(passing) or line.cut
        return line.cut

    line.lose_request, line.lose_answer = (line.lose_request, cut) if arrives else (cut, line.lose_answer)
    with pytest.raises(OutcomeUnknown):
        shaky.append(file.note(1))
    assert versions(log.load_file(file.file)) == ([1] if arrives else [])


def test_reading_goes_on_after_the_line_broke(shaky: PostgresEventLog, line: BrokenLine) -> None:
    file = paper()
    shaky.append(file.note(1))
    line.lose_request = once(is_append(file))
    assert versions(shaky.load_file(file.file)) == [1]
    assert line.broken == 1
