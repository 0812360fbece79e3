"""The event log is an application of the eventsourcing library: its store, notification log and subscriptions are ours."""

from __future__ import annotations

import threading
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import ApplicationRecorder

from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool
from infrastructure.sequencer import sequence_once
from tests.store.facts import Weighed, log_of, paper


def test_the_event_log_is_an_application_with_a_recorder(log: PostgresEventLog) -> None:
    assert isinstance(log, Application)
    assert isinstance(log.recorder, ApplicationRecorder)


def test_entries_go_through_the_librarys_store_and_come_back(log: PostgresEventLog) -> None:
    file = paper()
    entries = [file.entry(each) for each in (1, 2, 3)]
    assert log.save(*entries) == []
    stored = list(log.events.get(file.case))
    assert stored == log.load_file(file.file)
    assert list(log.events.get(file.case, gt=1, lte=2)) == stored[1:2]
    assert list(log.events.get(file.case, desc=True, limit=2)) == stored[:0:-1]


def test_a_notification_id_is_the_position_in_the_log(log: PostgresEventLog, pool: Pool) -> None:
    file = paper()
    log.save(file.entry(1), file.entry(2, Weighed(matter="m", grams=1)))
    assert log.recorder.max_notification_id() is None
    assert log.notification_log.select(1, 10) == []
    assert sequence_once(pool, log.schema) == 2
    log.save(file.entry(3))
    assert log.recorder.max_notification_id() == log.last_position() == 2
    sequence_once(pool, log.schema)
    found = log.notification_log.select(1, 10)
    assert [each.id for each in found] == [1, 2, 3]
    assert [log.mapper.to_domain_event(each) for each in found] == log.follow(0)
    assert [each.id for each in log.notification_log.select(2, 1, inclusive_of_start=False)] == [3]
    assert [each.id for each in log.notification_log.select(1, 9, topics=["test.weighed"])] == [2]
    assert [each.id for each in log.notification_log.select(1, 9, stop=2)] == [1, 2]
    assert [each.id for each in log.notification_log["1,2"].items] == [1, 2]


def test_a_subscription_waits_for_what_is_to_come(log: PostgresEventLog, pool: Pool) -> None:
    file = paper()
    heard: list[UUID] = []
    with log.recorder.subscribe() as subscription:
        listener = threading.Thread(target=lambda: heard.extend(each.originator_id for each in subscription))
        listener.start()
        for version in (1, 2):
            log.append(file.note(version))
            sequence_once(pool, log.schema)
            log.sequenced.ring()
        while len(heard) < 2:
            listener.join(0.01)
    listener.join()
    assert heard == [file.case] * 2


def test_two_logs_of_one_ledger_share_the_connections_of_a_pool(log: PostgresEventLog, pool: Pool) -> None:
    other, file = log_of(pool, log.schema), paper()
    for version in range(1, 9):
        (log, other)[version % 2].append(file.note(version))
    assert log.load_file(file.file) == other.load_file(file.file)
