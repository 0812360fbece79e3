"""One request is carried out once, however often and however concurrently it is sent."""

from __future__ import annotations

from uuid import uuid4

import pytest

from application.ports import Answered, Appended, Idempotency, KeyReused
from infrastructure.postgres.event_store import PostgresEventLog
from tests.store.facts import at_once, paper, versions


def request(body: bytes = b"body", scope: str = "zjj") -> Idempotency:
    return Idempotency(scope, str(uuid4()), body)


def test_of_eight_equal_requests_one_is_carried_out_and_seven_are_answered(log: PostgresEventLog) -> None:
    file, asked = paper(), request()
    results = at_once([lambda: log.append(file.note(1, idempotency=asked))] * 8)
    assert sorted(type(each).__name__ for each in results) == [*["Answered"] * 7, "Appended"], results
    assert {each for each in results if isinstance(each, Answered)} == {Answered(file.case, 1)}
    assert versions(log.load_file(file.file)) == [1]


def test_equal_requests_that_each_open_a_file_open_one(log: PostgresEventLog) -> None:
    asked = request()
    files = [paper() for _ in range(8)]
    results = at_once([lambda file=file: log.append(file.note(1, idempotency=asked)) for file in files])
    assert sorted(type(each).__name__ for each in results) == [*["Answered"] * 7, "Appended"], results
    assert sum(len(log.load_file(file.file)) for file in files) == 1


def test_a_replay_answers_what_the_request_led_to(log: PostgresEventLog) -> None:
    file, asked = paper(), request()
    log.append(file.note(1))
    assert log.answered(asked) is None
    assert isinstance(log.append(file.batch(file.entry(2), file.entry(3), idempotency=asked)), Appended)
    log.append(file.note(4))
    for again in (file.note(5), file.batch(file.entry(5), file.entry(6))):
        repeated = log.append(file.batch(*again.entries, idempotency=asked))
        assert repeated == log.answered(asked) == Answered(file.case, 3)


def test_a_key_stands_for_one_request_only(log: PostgresEventLog) -> None:
    file, asked = paper(), request()
    log.append(file.note(1, idempotency=asked))
    other = Idempotency(asked.scope, asked.key, b"another body")
    for batch in (file.note(2, idempotency=other), file.batch(file.entry(2), file.entry(3), idempotency=other)):
        with pytest.raises(KeyReused):
            log.append(batch)
    with pytest.raises(KeyReused):
        log.answered(other)
    assert versions(log.load_file(file.file)) == [1]


def test_two_callers_may_use_one_key(log: PostgresEventLog) -> None:
    file, asked = paper(), request()
    log.append(file.note(1, idempotency=asked))
    theirs = Idempotency("slj", asked.key, asked.request_hash)
    assert isinstance(log.append(file.note(2, idempotency=theirs)), Appended)


def test_a_request_that_was_refused_may_be_sent_again(log: PostgresEventLog) -> None:
    file, asked = paper(), request()
    with pytest.raises(Exception, match="hole"):
        log.append(file.note(2, idempotency=asked))
    assert isinstance(log.append(file.note(1, idempotency=asked)), Appended)
