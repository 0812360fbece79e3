"""A long log is verified in steps, of which none keeps more than the one before, and an interrupted verification goes on."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain.proof.findings import Cause
from domain.proof.tiles import WIDTH
from infrastructure.postgres.statements import statements
from infrastructure.verifying import walk
from infrastructure.verifying.found import ALL, Check
from infrastructure.verifying.resuming import BadState, read_way, write_way
from infrastructure.verifying.rows import copied, liner, slow_line
from infrastructure.verifying.verifier import verify_on
from infrastructure.verifying.walk import Way
from tests.store.facts import paper
from tests.verifying.attacked import LOG, Attacked, causes
from tests.verifying.test_verifying import change, sql

FILE, EACH = 65, 10


@pytest.fixture(scope="module")
def long(new_attacked: Callable[..., Attacked]) -> Attacked:
    """A ledger of more than two tiles."""
    made = new_attacked((3,))
    for n in range(FILE):
        file = paper()
        made.signed.log.append(file.batch(*(file.entry(version) for version in range(1, EACH + 1))))
        if n % 20 == 7:
            made.signed.record(1)
            made.signed.sign()
    made.signed.record(1)
    made.signed.sign()
    return made


@pytest.fixture(autouse=True)
def short_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "CHUNK", WIDTH)


class Interrupted(Exception):
    """Somebody pressed a key."""


def interrupted(on: Attacked, state: Path) -> Way:
    """How far a verification came that ended in the middle."""

    def told(what: str, done: int, of: int) -> None:
        if done > WIDTH:
            raise Interrupted

    with on.undone(), pytest.raises(Interrupted):
        on.verified(told=told, keep=lambda way: write_way(state, on.signed.origin, way))
    found = read_way(state, on.signed.origin)
    assert found is not None
    return found


def test_a_verification_goes_on_from_where_another_was_interrupted(long: Attacked, tmp_path: Path) -> None:
    way, done = interrupted(long, tmp_path / "state"), list[int]()
    assert way.roots.size == WIDTH
    found = long.verified(way=way, told=lambda what, at, of: done.append(at) if what == "log" else None)
    whole = long.verified()
    assert (found.size, found.root, found.checkpoints, found.count) == (whole.size, whole.root, whole.checkpoints, 0)
    assert done[0] == 2 * WIDTH, "the first tile was not read again"


def test_what_was_done_to_the_part_that_is_left_out_only_a_whole_verification_finds(
    long: Attacked, tmp_path: Path
) -> None:
    early, late = change("payload", "'{}'", position=9), change("payload", "'{}'", position=WIDTH + 9)
    assert long.after(early, way=interrupted(long, tmp_path / "state")).ok
    assert causes(long.after(early)) == {Cause.CHANGED}
    assert causes(long.after(late, way=interrupted(long, tmp_path / "state"))) == {Cause.CHANGED}


def test_nothing_is_kept_from_where_something_was_found(long: Attacked) -> None:
    kept: list[int] = []
    found = long.after(change("payload", "'{}'", position=WIDTH + 9), keep=lambda way: kept.append(way.roots.size))
    assert (kept, found.findings[0].where) == ([WIDTH], f"position {WIDTH + 9}")


def test_a_file_that_is_no_state_of_this_log_is_refused(long: Attacked, tmp_path: Path) -> None:
    state = tmp_path / "state"
    assert read_way(state, long.signed.origin) is None
    write_way(state, "another", Way())
    for text in (state.read_text(), "", "[]", '{"origin": "x"}', state.read_text().replace('"size": 0', '"size": 5')):
        state.write_text(text)
        with pytest.raises(BadState):
            read_way(state, long.signed.origin)


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        (
            "UPDATE {schema}.tile SET hashes = set_byte(hashes, 9, 255 - get_byte(hashes, 9)) WHERE level = 1",
            "tile 1/0",
        ),
        ("DELETE FROM {schema}.tile WHERE level = 1", "tile 1/0"),
        (
            "UPDATE {schema}.tile SET hashes = set_byte(hashes, 9, 255 - get_byte(hashes, 9)) WHERE (level, number) = (0, 1)",
            "tile 0/1",
        ),
        ("DELETE FROM {schema}.tile WHERE (level, number) = (0, 0)", "tile 0/0"),
    ],
)
def test_a_tile_that_is_not_that_of_the_events_is_named(long: Attacked, statement: str, where: str) -> None:
    found = long.after(sql(statement))
    assert [(each.cause, each.where) for each in found.findings] == [(Cause.CHANGED, where)]
    assert long.after(sql(statement), LOG - {Check.TILES}).ok


def test_a_log_that_is_moved_as_a_whole_is_one_finding(long: Attacked) -> None:
    def attack(on: Attacked) -> Any:
        on.run("DELETE FROM {schema}.log WHERE position = 100")
        on.run("UPDATE {schema}.log SET position = position + 10000 WHERE position > 100")
        on.run("UPDATE {schema}.log SET position = position - 10001 WHERE position > 10000")

    found = long.after(attack)
    assert causes(found) == {Cause.REMOVED, Cause.REORDERED}
    assert found.count < 5


def test_memory_does_not_grow_with_the_log(long: Attacked) -> None:
    def peak(first: int) -> int:
        way = Way()
        tracemalloc.start()
        with long.owner.transaction():
            verify_on(long.owner, replace(long.subject, kept=None), checks=ALL - {Check.LISTS, Check.SEALS}, way=way)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(0)
    whole = peak(0)
    with long.undone():
        long.disarm()
        long.run("DELETE FROM {schema}.log WHERE position > 512")
        long.run(
            "DELETE FROM {schema}.events e WHERE NOT EXISTS (SELECT FROM {schema}.log l WHERE l.event_no = e.event_no)"
        )
        short = peak(0)
    assert whole < 1.5 * short


def test_a_row_is_hashed_as_the_form_says_whatever_stands_in_it(long: Attacked) -> None:
    def both(on: Attacked) -> None:
        rows = list(copied(on.owner, statements(on.signed.log.schema)["copy_log"], (0, 9)))
        quick = liner(on.signed.origin)
        assert [quick(row) for row in rows] == [slow_line(on.signed.origin, row) for row in rows]
        assert len(rows) == 9

    with long.undone():
        long.disarm()
        both(long)
        for column, value in (
            ("recorded_at", "'1999-12-31T23:59:59.999999Z'"),
            ("topic", "'某.事'"),
            ("payload", "''"),
        ):
            change(column, value, position=3)(long)
            both(long)
