"""A list never shows what reading the item refuses, and shows everything readable that matches: random files, actors, all lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from application.handle import NotFound
from application.inspections import Listed, Span
from application.permissions import OPERATOR, reader_of, sight_of
from application.ports import Reader
from application.queries import Moment, read_case, read_letter
from domain.cases.jurisdiction.events import Duty, OfficerRegistered
from domain.cases.recusal.events import Implicated
from domain.kernel import Actor, Entry, case_id
from infrastructure.inspections import PostgresInspections
from infrastructure.postgres.pool import Pool
from infrastructure.postgres.statements import conditions, statements
from tests.given import OFFICERS, ORGANS, opening
from tests.projections.conftest import Place
from tests.projections.conftest import new_full_place as new_full_place
from tests.projections.histories import (
    BEGUN,
    RECEIVED,
    Written,
    files,
    jurisdiction,
    jurisdictions,
    ledger,
    mixed_files,
    project,
    some_files,
    some_mixed_files,
)
from tests.projections.records import supervised
from tests.servers import Database

NOW = BEGUN + timedelta(days=120)
SPAN = Span(date(2025, 12, 1), date(2026, 12, 31))
HIRED = datetime(2024, 1, 3, tzinfo=UTC)
LOOKING = ("zwj", "zjj", "slj", "czj", "gaj", "zhb", "jwjc", "system", "respondent", "admin", "nobody")
ACTORS = [*map(Actor, LOOKING), *(Actor(organ, officer) for officer, organ in OFFICERS.items()), Actor("slj", "sun")]
OF_ZJJ = {"department": "zjj"}
PAGE = 20
Rows = list[dict[str, Any]]


@settings(max_examples=50)
@for_all(st.one_of(files(), mixed_files()), jurisdictions())
def test_whom_the_projection_names_is_whom_reads_of_the_file_name(entries: list[Entry], office: list[Entry]) -> None:
    """Exactly, for every organ, whatever is corrected, recorded late or reorganised meanwhile."""
    known = ledger(office)
    rows, file = project(known, entries), known.file(entries[0].file_id, entries)
    for organ in ORGANS:
        reader = replace(reader_of(Actor(organ), file.register), reads_all=False, persons=())
        mine = {row.case_id for row in rows.readers if row.name in reader.names}
        seen = sight_of(reader, file)
        assert (None in mine) == seen.whole
        assert seen.whole or mine == seen.cases
    assert {row.who for row in rows.barred if row.about == file.id} == file.barred


@pytest.fixture(scope="module")
def place(new_full_place: Callable[..., Place]) -> Place:
    """A ledger of files of every type, with officers, files that bar some of them, and a supervision record."""
    hired = [
        (OfficerRegistered(officer=officer, name=officer, organ=organ, duties=(Duty.HANDLER,)), HIRED)
        for officer, organ in OFFICERS.items()
    ]
    histories = [*some_mixed_files(*range(22), 31, 40), *some_files(10, seed=3), supervised(), *barring()]
    return new_full_place(jurisdiction(*hired), histories)


def barring() -> list[list[Entry]]:
    """A file that bars its own holder, the office and an inspector, and its supervision record."""
    written, at = Written(name="B-1"), BEGUN + timedelta(days=20)
    declared: dict[str, Any] = {"declared_by": "jwjc", "reason": "涉案", "replaced_by": "slj"}
    written.act(RECEIVED, BEGUN, timedelta())
    named = opening("B-1-HB1", "B-1-HB1", "B-1")
    written.write(Implicated(**named, organs=("zjj", "zwj"), officers=("sun",), **declared), "B-1-HB1", "jwjc", at, at)
    return [written.entries, supervised("B-1")]


def paged(ask: Callable[[Any, int], Any]) -> Rows:
    """All pages of a list."""
    found, cursor = list[dict[str, Any]](), None
    while True:
        page = ask(cursor, PAGE)
        found += page.items
        if page.next is None:
            return found
        cursor = tuple(page.next)


def lists(place: Place, reader: Reader) -> Iterator[tuple[str, Rows]]:
    """Every list, as a reader gets it."""
    views = place.views(NOW)
    stuck = PostgresInspections(place.pool, place.schema, place.ledger, now=lambda: NOW)
    yield "cases", paged(lambda cursor, n: views.search_cases(reader, {}, cursor, n))
    yield "found", paged(lambda cursor, n: views.search_cases(reader, {"text": "AJ-1"}, cursor, n))
    for at in (NOW, BEGUN + timedelta(days=30)):
        for basis in ("known", "recomputed"):
            yield (
                f"overdue {at:%m%d} {basis}",
                paged(lambda c, n, at=at, basis=basis: views.overdue(reader, {}, at, basis, c, n)),
            )
        yield f"overdue {at:%m%d} of zjj", paged(lambda c, n, at=at: views.overdue(reader, OF_ZJJ, at, "known", c, n))
    yield "overdue apart", paged(lambda c, n: views.overdue_apart(reader, {}, BEGUN + timedelta(days=12), c, n))
    days = {"begin": BEGUN - timedelta(days=10), "end": NOW}
    for by in ("recorded", "occurred"):
        yield f"history {by}", paged(lambda c, n, by=by: views.history(reader, days, by, c, 50 * n))
    early = place.views(BEGUN)
    yield "due", paged(lambda c, n: early.due(reader, {}, SPAN.first, SPAN.last, c, n))
    yield "due of zjj", paged(lambda c, n: early.due(reader, OF_ZJJ, SPAN.first, SPAN.last, c, n))
    yield "due dates", views.due_dates(reader, "zjj", SPAN.first, SPAN.last, NOW, 500)
    yield "holdings", paged(lambda cursor, n: views.holdings(reader, {}, cursor, n))
    yield "holdings of zjj", paged(lambda cursor, n: views.holdings(reader, OF_ZJJ, cursor, n))
    yield "under punishment", views.under_punishment(reader, date(2026, 1, 20))
    for at in (NOW, BEGUN + timedelta(days=8)):
        yield f"cards {at:%m%d}", paged(lambda c, n, at=at: stuck.cards(reader, Listed({}, at, c, n)))
        yield f"letters {at:%m%d}", paged(lambda c, n, at=at: stuck.letters(reader, Listed({}, at, c, n)))
    yield "extensions", paged(lambda c, n: stuck.extensions(reader, Listed({}, NOW, c, n)))
    yield "in transit", paged(lambda c, n: stuck.in_transit(reader, Listed({}, NOW, c, n), 0))
    yield "ageing", paged(lambda c, n: stuck.ageing(reader, Listed({}, NOW, c, n)))
    pairs = paged(lambda c, n: stuck.returns(reader, Listed({}, NOW, c, n), SPAN))
    yield "returns", [{**row, "returned": len(pairs)} for pair in pairs for row in pair["latest"]]


def readable(place: Place, actor: Actor, name: str, row: dict[str, Any]) -> bool:
    """Whether the item of a row may be read by itself."""
    at = {"now": NOW}
    try:
        if name.startswith("letters"):
            read_letter(place.ledger, case_id(row["record"]), row["letter"], actor, **at)
        elif name.startswith("cards"):
            return may_see_card(place, actor, row)
        else:
            read_case(place.ledger, case_of(row), Moment(), actor, **at)
    except NotFound:
        return False
    return True


def case_of(row: dict[str, Any]) -> UUID:
    found = row.get("case") or row.get("id")
    return found if isinstance(found, UUID) and "rule" not in row else case_id(row["number"])


def may_see_card(place: Place, actor: Actor, row: dict[str, Any]) -> bool:
    """Cards are no items: who reads the record sees them, and the department that is carded, unless it is barred."""
    try:
        read_case(place.ledger, case_id(row["record"]), Moment(), actor, now=NOW)
    except NotFound:
        supervised = place.ledger.file_numbered(row["file_no"])
        persons = {actor.department, actor.officer} & (supervised.barred if supervised else frozenset())
        reader = reader_of(actor, place.ledger.register())
        return row["department"] in reader.names and not persons
    return True


def told(rows: Rows) -> Rows:
    """Rows without how many there are of their kind, which depends on who asks."""
    return [{key: value for key, value in row.items() if key != "returned"} for row in rows]


def test_each_list_shows_exactly_what_may_be_read(place: Place) -> None:
    whole = dict(lists(place, OPERATOR))
    register, seen, hidden = place.ledger.register(), dict.fromkeys(whole, 0), dict.fromkeys(whole, 0)
    assert all(whole.values()), {name: len(rows) for name, rows in whole.items()}
    for actor in ACTORS:
        known: dict[Any, bool] = {}
        for name, rows in lists(place, reader_of(actor, register)):
            expected = []
            for row in whole[name]:
                key = (
                    name.split()[0] in ("cards", "letters") and name,
                    row.get("record"),
                    row.get("letter"),
                    row.get("id"),
                    row.get("number"),
                )
                if key not in known:
                    known[key] = readable(place, actor, name, row)
                expected += [row] if known[key] else []
            if name == "returns" and not reader_of(actor, register).reads_all:
                assert all(row in told(expected) for row in told(rows)), (actor, name)
            else:
                assert told(rows) == told(expected), (actor, name)
            seen[name] += len(rows)
            hidden[name] += len(whole[name]) - len(rows)
    assert all(hidden.values()) and all(seen.values()), (seen, hidden)


def test_figures_are_those_of_all_or_of_ones_own_organ(place: Place) -> None:
    views = place.views(NOW)
    stuck = PostgresInspections(place.pool, place.schema, place.ledger, now=lambda: NOW)
    register = place.ledger.register()
    whole = {row["key"]: row for row in views.statistics(OPERATOR, SPAN.first, SPAN.last, "department").items}
    barred = {row[0] for row in place.run("SELECT who FROM {schema}.barred")}
    own_ranks = {row["department"]: row for row in stuck.league(OPERATOR, SPAN).items}
    compared = 0
    for organ in ORGANS:
        reader = reader_of(Actor(organ), register)
        found = views.statistics(reader, SPAN.first, SPAN.last, "department").items
        league = stuck.league(reader, SPAN).items
        heat = stuck.heatmap(reader, SPAN, {}).items
        if reader.reads_all:
            assert len(found) == len(whole) and len(league) == len(own_ranks)
            continue
        assert {row["key"] for row in found} | {row["department"] for row in (*league, *heat)} <= {organ}
        months = views.statistics(reader, SPAN.first, SPAN.last, "month").items
        assert sum(row["open"] for row in months) == sum(row["open"] for row in found)
        if organ in whole and organ not in barred and "administrator" not in ORGANS[organ]:
            assert found == [whole[organ]]
            assert league == [{**own_ranks[organ], "rank": None}]
            compared += 1
    assert compared > 2


def test_a_standing_is_told_to_everybody_and_its_case_to_who_may_read_it(place: Place) -> None:
    views, register = place.views(NOW), place.ledger.register()
    names = {row[0] for row in place.run("SELECT DISTINCT name FROM {schema}.standing")}
    rows = [row for name in names for row in views.standings(OPERATOR, None, name, None)]
    assert rows
    told = dict.fromkeys((True, False), 0)
    for actor in ACTORS:
        reader = reader_of(actor, register)
        for row, whole in zip(
            (row for name in names for row in views.standings(reader, None, name, None)), rows, strict=True
        ):
            shown = readable(place, actor, "cases", whole)
            told[shown] += 1
            assert row == (whole if shown else {**whole, "case": None, "number": None})
    assert all(told.values())


HOLES = {
    "visible_some": test_each_list_shows_exactly_what_may_be_read,
    "visible_all": test_each_list_shows_exactly_what_may_be_read,
    "addressed_some": test_each_list_shows_exactly_what_may_be_read,
    "given_some": test_each_list_shows_exactly_what_may_be_read,
    "owed_some": test_figures_are_those_of_all_or_of_ones_own_organ,
}


@pytest.mark.parametrize("hole", HOLES)
def test_control_a_condition_taken_away_is_noticed(
    place: Place, database: Database, monkeypatch: pytest.MonkeyPatch, hole: str
) -> None:
    """The comparisons above fail as soon as one of the conditions that lists are compiled with lets everything pass.

    On connections of their own, for those keep statements as they were first prepared.
    """
    open_to_all = {**conditions(), hole: f"true OR ({conditions()[hole]})"}
    monkeypatch.setattr("infrastructure.postgres.statements.conditions", lambda: open_to_all)
    statements.cache_clear()
    pool = Pool(database.app, name="hole")
    try:
        with pytest.raises(AssertionError):
            HOLES[hole](Place(place.schema, pool, place.log, place.ledger))
    finally:
        pool.close()
        monkeypatch.undo()
        statements.cache_clear()
