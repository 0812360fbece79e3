"""The projector does each entry once, whatever is killed, stops at an error before the batch that made it, and says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import sleep
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from application.ports import UnknownToken
from domain.kernel import Entry
from infrastructure.projector import NAME
from infrastructure.rebuild import rebuild
from tests.projections.conftest import Place
from tests.projections.histories import BEGUN, some_files
from tests.servers import Database

REPOSITORY = Path(__file__).parents[2]


def projecting(database: Database, schema: str) -> subprocess.Popen[str]:
    """Another process that projects; running when this returns."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.projections.running", database.app, schema],
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    return process


def killed(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def position(place: Place) -> int:
    found = place.run(f"SELECT position FROM {{schema}}.tracking WHERE follower = '{NAME}'")
    return found[0][0] if found else 0


def test_killed_again_and_again_it_does_everything_once(place: Place, database: Database) -> None:
    random, entries = Random(3), in_turn(some_files(14))
    seen, deaths = 0, 0
    process = projecting(database, place.schema)
    for entry in entries:
        place.record([entry])
        place.sequence()
        if random.random() < 0.03 and deaths < 4:
            killed(process)
            assert position(place) >= seen
            seen, deaths = position(place), deaths + 1
            process = projecting(database, place.schema)
    killed(process)
    assert deaths == 4
    place.catch_up()
    kept = place.lists()
    rebuild(database.owner, place.schema)
    assert place.lists() == kept


def in_turn(histories: list[list[Entry]]) -> Iterator[Entry]:
    """The entries of all files in the order in which they were recorded."""
    yield from sorted((entry for entries in histories for entry in entries), key=lambda each: each.known_at())


def test_an_error_stops_it_and_is_seen_until_it_is_mended(place: Place, owner: psycopg.Connection[Any]) -> None:
    good, bad, later = some_files(3)
    place.record(good)
    done = place.catch_up()
    kept = place.lists()
    (case,) = [entry for entry in bad if entry.version == 1][:1]
    spoiled(owner, place.schema, case.case_id)
    place.record(bad)
    place.record(later)
    place.sequence()
    projector = place.projector(batch=5)
    with pytest.raises(psycopg.errors.UniqueViolation):
        projector.catch_up()
    stopped = place.views().progress()
    assert "UniqueViolation" in (stopped.error or "")
    assert done <= stopped.position < done + len(bad)
    assert [row for row in place.table("clock") if row in kept["clock"]] == kept["clock"], "what was done stays"
    mended(owner, place.schema)
    assert place.projector(batch=5).catch_up() == place.log.last_position()
    assert place.views().progress() == type(stopped)(place.log.last_position(), place.log.last_position(), None)


def spoiled(owner: psycopg.Connection[Any], schema: str, case: UUID) -> None:
    """A row that no projector wrote stands in the way of one to come."""
    columns = "case_id, file_id, number, file_no, case_type, state, version, matter, open, department, parties, opened_on, changed_at, words, grams"
    values = [case, uuid4(), "", "", "", "", 1, "", False, "", [], BEGUN.date(), BEGUN, "", []]
    marks = ", ".join(["%s"] * len(values))
    owner.execute(f'INSERT INTO "{schema}".register ({columns}) VALUES ({marks})'.encode(), values)


def mended(owner: psycopg.Connection[Any], schema: str) -> None:
    owner.execute(f"DELETE FROM \"{schema}\".register WHERE number = ''".encode())


def test_two_at_once_do_the_work_of_one(place: Place) -> None:
    workers = [place.projector(batch=2, poll=0.001) for _ in range(3)]
    for worker in workers:
        worker.start()
    for entries in some_files(6):
        place.record(entries)
        place.sequence()
    assert place.views().wait_for(entries[-1].event_id, 20)
    for worker in workers:
        worker.stop()
    assert {worker.health.doing for worker in workers} == {"stopped"}
    kept = place.lists()
    assert place.projector().catch_up() == place.log.last_position()
    assert place.lists() == kept


def test_a_write_is_waited_for_by_its_token(place: Place) -> None:
    (entries,) = some_files(1)
    place.record(entries)
    token = entries[-1].event_id
    assert not place.views().wait_for(token, 0.05)
    place.catch_up()
    assert place.views().wait_for(token, 0.0)
    with pytest.raises(UnknownToken):
        place.views().wait_for(uuid4(), 0.05)


def test_a_repeated_batch_changes_nothing(place: Place) -> None:
    """Rows are a function of the file alone: were the position lost, the lists would come out the same, counts included."""
    for entries in some_files(8):
        place.record(entries)
    place.catch_up()
    kept = place.lists()
    place.run("UPDATE {schema}.tracking SET position = 0 WHERE follower = 'projections' RETURNING 1")
    place.catch_up(batch=13)
    assert place.lists() == kept


def test_lists_built_under_another_law_say_so(place: Place, owner: psycopg.Connection[Any], database: Database) -> None:
    place.catch_up()
    assert place.views().progress().error is None
    owner.execute(f"UPDATE \"{place.schema}\".built_under SET law = 'that of last year'".encode())
    assert "rebuild" in (place.views().progress().error or "")
    rebuild(database.owner, place.schema)
    assert place.views().progress().error is None


def test_one_more_event_of_a_file_writes_only_what_it_changes(place: Place) -> None:
    (entries,) = some_files(1, seed=4)
    place.record(entries[:-1])
    place.catch_up()
    before = versions(place)
    sleep(0.01)
    place.record(entries[-1:])
    place.catch_up()
    assert len(before & versions(place)) >= len(before) // 2


def versions(place: Place) -> set[Any]:
    """Which version of a row stands where, for every clock."""
    return set(place.run("SELECT clock_id, ctid::text, xmin::text FROM {schema}.clock"))
