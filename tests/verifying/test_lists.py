"""The lists are compared with a replay of the facts from nothing: each difference is named by list, case and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest

from application.projections.rows import TABLES
from domain.proof.findings import Cause, Finding
from infrastructure.postgres.pool import connect
from infrastructure.verifying.lists import KEYS, Lists
from tests.projections.conftest import Place
from tests.projections.histories import jurisdiction, some_files
from tests.projections.records import implicated, supervised
from tests.servers import Database

ALL_LISTS = (*(table for table, _ in TABLES.values()), "statistic")


@pytest.fixture(scope="module")
def place(new_full_place: Callable[..., Place]) -> Place:
    """A ledger with rows in every list."""
    found = new_full_place(jurisdiction(), [*some_files(30), supervised(), implicated()])
    assert all(found.lists().values())
    return found


@contextmanager
def undone(database: Database) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A transaction of the owner that leaves everything as it was."""
    with connect(database.owner, name="test", idle_ms=0) as owner, owner.transaction(force_rollback=True):
        yield owner


def compared(
    owner: psycopg.Connection[tuple[object, ...]], place: Place, part: int = 5000
) -> tuple[Lists, list[Finding]]:
    lists = Lists(owner, place.schema, own=None, rehearsal=True, part=part)
    events = place.log.last_position()
    return lists, [each for some in lists.findings(events) for each in some]


def test_lists_that_were_kept_up_to_date_do_not_differ_however_many_parts_are_read(
    place: Place, database: Database
) -> None:
    for part in (5000, 20):
        with undone(database) as owner:
            lists, found = compared(owner, place, part)
        assert found == []
        assert (lists.compared.files, lists.compared.on_their_way, lists.compared.not_at_all) == (33, 0, None)


def test_every_list_has_a_key() -> None:
    assert set(KEYS) == set(ALL_LISTS)


CHANGES = {
    "register": "holder = 'x'", "custody": "holder = 'x'", "transit": "addressee = 'x'", "holding": "holder = 'x'",
    "clock": "party = 'x'", "overdue": "party = 'x'", "judgement": "provisional = NOT provisional", "verdict": "party = 'x'",
    "memo": "subject = 'x'", "card": "party = 'x'", "letter": "addressee = 'x'", "adjustment": "party = 'x'",
    "dispatch": "addressee = 'x'", "ageing": "party = 'x'", "standing": "points = points + 1", "reader": "name = 'x'",
    "barred": "who = 'x'", "statistic": "met = met + 1",
}  # fmt: skip
"""Something that may be wrong in a row of each list."""


def in_every_list(place: Place, database: Database, change: str) -> dict[str, list[Finding]]:
    """What is found by list, after something was done to the first row of each."""
    with undone(database) as owner:
        for table in ALL_LISTS:
            own = f'"{place.schema}"."{table}"'
            one = f"ctid = (SELECT ctid FROM {own} ORDER BY ctid LIMIT 1)"
            owner.execute(change.format(own=own, set=CHANGES[table]) + f" WHERE {one}")
        found = compared(owner, place)[1]
    return {table: [each for each in found if each.where.startswith(f"list {table}, ")] for table in ALL_LISTS}


def test_a_row_that_is_missing_is_found_in_every_list(place: Place, database: Database) -> None:
    found = in_every_list(place, database, "DELETE FROM {own}")
    assert {
        table for table, findings in found.items() if Cause.REMOVED not in {each.cause for each in findings}
    } == set()


def test_a_row_that_is_changed_is_found_in_every_list_with_its_column(place: Place, database: Database) -> None:
    found = in_every_list(place, database, "UPDATE {own} SET {set}")
    for table, findings in found.items():
        column = CHANGES[table].partition(" ")[0]
        causes = {each.cause for each in findings}
        if column in KEYS[table]:
            assert causes == {Cause.REMOVED, Cause.INSERTED}
        else:
            assert Cause.CHANGED in causes
            assert any(each.where.endswith(f", {column}") for each in findings)


def test_a_difference_names_its_case_and_says_both_sides(place: Place, database: Database) -> None:
    with undone(database) as owner:
        (number,) = owner.execute(
            f'UPDATE "{place.schema}".register SET state = %s WHERE number LIKE %s RETURNING number',
            ("decided!", "F-1"),
        ).fetchone() or ("",)
        (found,) = compared(owner, place)[1]
    assert found.where == f"list register, case {number}, state"
    assert "decided!" in found.zh
    assert "decided!" in found.en


def test_files_on_their_way_to_the_lists_are_left_out_and_counted(place: Place, database: Database) -> None:
    with undone(database) as owner:
        owner.execute(f'UPDATE "{place.schema}".tracking SET position = position - 1')
        owner.execute(f'UPDATE "{place.schema}".register SET state = %s', ("wrong",))
        lists, found = compared(owner, place)
    assert (lists.compared.on_their_way, lists.compared.files) == (1, 33)
    assert 0 < len([each for each in found if each.where.startswith("list register")]) < len(place.table("register"))


def test_lists_that_know_less_of_the_jurisdiction_or_rest_on_other_law_are_not_compared(
    place: Place, database: Database
) -> None:
    for change, why in (
        (f'UPDATE "{place.schema}".whereabouts SET jurisdiction = jurisdiction - 1', "behind"),
        (f"UPDATE \"{place.schema}\".built_under SET law = 'other'", "other law"),
    ):
        with undone(database) as owner:
            owner.execute(change)
            lists, found = compared(owner, place)
        assert (lists.compared.not_at_all, found) == (why, [])
