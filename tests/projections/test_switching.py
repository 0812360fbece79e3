"""When a rebuild puts its tables in the place of the others, readers see the one or the other, and never an error."""

from __future__ import annotations

import threading
from typing import Any

from psycopg.errors import DeadlockDetected

from application.permissions import OPERATOR
from infrastructure.postgres.pool import connect
from infrastructure.rebuild import rebuild
from tests.projections.conftest import Place
from tests.projections.histories import some_files
from tests.servers import Database


def test_readers_see_either_the_old_lists_or_the_new(place: Place, database: Database) -> None:
    for entries in some_files(12):
        place.record(entries)
    place.catch_up()
    expected = place.views().search_cases(OPERATOR, {}, None, 200).items
    failures: list[Any] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            if place.views().search_cases(OPERATOR, {}, None, 200).items != expected:
                failures.append("other rows")

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for _ in range(3):
            rebuild(database.owner, place.schema)
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert failures == []


def test_a_reader_and_a_switch_that_wait_for_each_other_do_not_end_in_an_error(
    place: Place, database: Database
) -> None:
    """A list was found to hold one table and to wait for another, while who has that one waits for the first."""
    for entries in some_files(6):
        place.record(entries)
    place.catch_up()
    expected = place.views().search_cases(OPERATOR, {}, None, 200).items
    assert any(reader_was_ended(place, database, expected) for _ in range(5))


def reader_was_ended(place: Place, database: Database, expected: Any) -> bool:
    """Have a reader and a switch wait for each other; whether the database ended the reader's wait, as it does unless the machine is
    so busy that the reader has looked for a deadlock before there was one. Either way the reader must be answered."""
    found: list[Any] = []
    reader = threading.Thread(target=lambda: found.append(place.views().search_cases(OPERATOR, {}, None, 200).items))
    ended = True
    with connect(database.owner) as owner, connect(database.owner) as other:
        try:
            with owner.transaction():
                owner.execute(f'LOCK TABLE "{place.schema}".barred'.encode())
                reader.start()
                while not other.execute(WAITING, {"schema": place.schema}).fetchone():
                    pass
                owner.execute(f'LOCK TABLE "{place.schema}".register'.encode())
                assert found == []
        except DeadlockDetected:
            ended = False
    reader.join()
    assert found == [expected]
    return ended


WAITING = """
SELECT 1 FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
WHERE NOT l.granted AND c.relname = 'barred' AND c.relnamespace = %(schema)s::regnamespace
"""
