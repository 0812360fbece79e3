"""Lists built anew from the facts are the lists that were kept up to date all along, and nobody has to stop for it."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

import psycopg
import pytest

from domain.cases import CASES
from domain.cases.complaint.events import ComplaintReceived, Subject
from domain.cases.jurisdiction.events import OrganAmended
from domain.kernel import Entry
from infrastructure.postgres.pool import connect
from infrastructure.rebuild import parts, rebuild
from tests.given import opening
from tests.mixed import APART, RARE
from tests.projections.conftest import Place
from tests.projections.histories import (
    BEGUN,
    RECEIVED,
    Written,
    days,
    jurisdiction,
    published,
    some_files,
    some_mixed_files,
)
from tests.projections.history_facts import FACTS
from tests.projections.records import implicated, supervised
from tests.servers import Database


def test_a_rebuild_gives_what_projecting_batch_by_batch_gave(place: Place, database: Database) -> None:
    for entries in (*some_files(30), supervised(), implicated()):
        place.record(entries)
    place.catch_up(batch=37)
    kept = place.lists()
    assert all(kept.values()), {name: len(rows) for name, rows in kept.items()}
    whereabouts = place.table("whereabouts")
    done = rebuild(database.owner, place.schema)
    assert place.lists() == kept
    assert place.table("whereabouts") == whereabouts
    assert done.events == done.position == place.log.last_position()


def test_a_rebuild_gives_the_living_lists_of_cases_of_every_type(place: Place, database: Database) -> None:
    found = some_mixed_files(410, *range(80))
    assert {each.case_type for entries in found for each in entries} >= CASES.keys() - APART - RARE
    for n, entries in enumerate(zip_longest(*found)):
        place.record(each for each in entries if each is not None)
        if n % 5 == 0:
            place.catch_up(batch=29)
    place.catch_up()
    kept = place.lists()
    rebuild(database.owner, place.schema)
    assert place.lists() == kept


def test_names_of_any_kind_and_length_are_written_alike(place: Place, database: Database) -> None:
    """Tabs, quotes, braces, backslashes, blanks and very long texts, by a batch and by a rebuild."""
    names = ["a\tb\\n\nc\rd", '{"x",\\"y"}', "\\N", "", " 　", "案" * 20_000, "%_'--", "🀄" * 9]
    for number, name in enumerate(names):
        written = Written(name=f"T-{number}")
        matter = name or "M"
        fact = ComplaintReceived(
            **opening(written.name, matter), subject=Subject.BIDDING, project=name, matter_title=name
        )
        written.write(fact, written.name, "zjj", BEGUN, BEGUN)
        place.record(written.entries)
    place.catch_up(batch=3)
    kept = place.lists()
    assert sorted(row[-2] for row in place.run("SELECT n, matter, 1 FROM {schema}.holding")) == sorted(
        name or "M" for name in names
    )
    rebuild(database.owner, place.schema)
    assert place.lists() == kept


def test_a_calendar_published_meanwhile_moves_what_it_touches(
    new_place: Callable[..., Place], database: Database
) -> None:
    first, *rest = jurisdiction(
        published(2025, days(date(2025, 12, 15), 5), BEGUN + timedelta(days=60)),
        published(2027, days(date(2027, 1, 1), 3), BEGUN + timedelta(days=61)),
    )
    known, later = [first, *rest[:-2]], rest[-2:]
    place = new_place(known)
    for entries in some_files(20):
        place.record(entries)
    place.catch_up()
    before = place.table("clock")
    place.record(later)
    place.catch_up(batch=1)
    assert place.table("clock") != before
    kept = place.lists()
    rebuild(database.owner, place.schema)
    assert place.lists() == kept


@pytest.fixture
def retold() -> list[Entry]:
    """A complaint that, by a correction, came in an hour after it was referred and accepted: an order that only the recomputed
    basis knows, and by which the organ that accepted owes what the referrer owes as it became known."""
    written, place_of = Written(), {fact[1]().TOPIC: place for place, fact in reversed(tuple(enumerate(FACTS)))}
    written.act(RECEIVED, BEGUN, timedelta())
    written.correct(0, 1, timedelta())
    written.act(place_of["referral.required"], BEGUN, timedelta())
    written.act(place_of["referral.accepted"], BEGUN, timedelta())
    return written.entries


def test_an_organ_that_owes_only_by_a_correction_is_found_when_it_is_amended(
    new_place: Callable[..., Place], database: Database, retold: list[Entry]
) -> None:
    first, *rest = jurisdiction((OrganAmended(organ="slj", calendar="national"), BEGUN + timedelta(days=3)))
    place = new_place([first, *rest[:-1]])
    place.record(retold)
    unconcerned = Written(name="F-2")
    unconcerned.act(RECEIVED, BEGUN, timedelta())
    place.record(unconcerned.entries)
    place.catch_up()
    before = place.lists()
    place.record(rest[-1:])
    place.catch_up()
    living = place.lists()
    rebuild(database.owner, place.schema)
    assert living == place.lists()
    assert living != before, "a control: nothing moved, nothing was shown"


def test_writing_goes_on_during_a_rebuild(place: Place, database: Database) -> None:
    """Facts recorded while parts are folded, while indexes are built, and in between, all arrive."""
    histories = some_files(24)
    for entries in histories[:8]:
        place.record(entries)
    place.catch_up()
    going = iter(histories[8:])
    stop = threading.Event()

    def write() -> None:
        for entries in going:
            place.record(entries)
            place.sequence()
            place.projector().catch_up()
        stop.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while not stop.is_set():
            rebuild(database.owner, place.schema, part=20)
    finally:
        writer.join()
    place.catch_up()
    living = place.lists()
    rebuild(database.owner, place.schema)
    assert place.lists() == living
    assert {row[2] for row in living["register"]} >= {entries[0].event.number for entries in histories}  # type: ignore[attr-defined]


def test_a_rebuild_that_was_killed_leaves_the_lists_as_they_were(place: Place, database: Database) -> None:
    for entries in some_files(6):
        place.record(entries)
    place.catch_up()
    kept = place.lists()

    def killed(done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(database.owner, place.schema, told=killed, part=20)
    assert place.lists() == kept
    rebuild(database.owner, place.schema)
    assert place.lists() == kept


def test_one_rebuild_at_a_time(place: Place, database: Database) -> None:
    refused: list[str] = []

    def again(done: int, of: int) -> None:
        with pytest.raises(TimeoutError) as other:
            rebuild(database.owner, place.schema)
        refused.append(str(other.value))

    rebuild(database.owner, place.schema, told=again)
    assert len(refused) == 1


def test_control_a_row_that_is_wrong_is_noticed(place: Place, database: Database) -> None:
    for entries in some_files(6):
        place.record(entries)
    place.catch_up()
    place.run(
        "UPDATE {schema}.statistic SET met = met + 1 WHERE ctid = (SELECT min(ctid) FROM {schema}.statistic) RETURNING 1"
    )
    wrong = place.lists()
    rebuild(database.owner, place.schema)
    assert [name for name, rows in place.lists().items() if rows != wrong[name]] == ["statistic"]


def test_the_new_tables_have_every_constraint_index_and_right_of_the_old(place: Place, database: Database) -> None:
    def described() -> Any:
        with connect(database.owner) as owner:
            return owner.execute(DESCRIBED, {"schema": place.schema}).fetchall()

    before = described()
    rebuild(database.owner, place.schema)
    assert described() == before
    assert len(before) > 40


DESCRIBED = """
SELECT c.relname, i.indexdef, NULL FROM pg_class c JOIN pg_indexes i ON i.tablename = c.relname AND i.schemaname = %(schema)s
WHERE c.relnamespace = %(schema)s::regnamespace
UNION SELECT c.relname, t.conname, pg_get_constraintdef(t.oid) FROM pg_class c JOIN pg_constraint t ON t.conrelid = c.oid
WHERE c.relnamespace = %(schema)s::regnamespace
UNION SELECT c.relname, c.relacl::text, obj_description(c.oid) FROM pg_class c
WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind = 'r'
ORDER BY 1, 2, 3
"""


def test_the_application_cannot_rebuild_only_the_owner_can(place: Place, database: Database) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        rebuild(database.app, place.schema)


def test_several_processes_fold_alike(place: Place, database: Database) -> None:
    for entries in some_files(10):
        place.record(entries)
    place.catch_up()
    kept = place.lists()
    rebuild(database.owner, place.schema, workers=2, part=20)
    assert place.lists() == kept


def test_parts_cover_every_file_once() -> None:
    found = parts("", "", "", 4)
    assert len(found) == 4
    assert all(one.last == two.first and not one.to_the_end for one, two in itertools.pairwise(found))
    assert (found[0].first.int, found[-1].to_the_end) == (0, True)
