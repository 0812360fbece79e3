"""Search in history, and the overdue list as known beside as recomputed: against every event and both lists themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from application.comparing import compared_clocks
from application.permissions import OPERATOR
from domain.kernel import Entry, case_id, file_id
from domain.law.clock import CHINA, day_of
from tests.projections.conftest import Place
from tests.projections.histories import BEGUN, jurisdiction, published, some_files

FILES = 20


@pytest.fixture(scope="module")
def facts() -> list[list[Entry]]:
    """Files with late recordings and corrections among them."""
    return some_files(FILES, seed=5)


@pytest.fixture(scope="module")
def place(new_full_place: Callable[..., Place], facts: list[list[Entry]]) -> Place:
    """A ledger of these files, in which a calendar was published meanwhile."""
    off = [date(2026, 1, day) for day in range(12, 15)]
    return new_full_place(jurisdiction(published(2026, off, BEGUN + timedelta(days=50))), facts)


def days(first: date, last: date, **more: Any) -> dict[str, Any]:
    begin, end = (datetime.combine(day, time(), CHINA) for day in (first, last + timedelta(days=1)))
    return {"begin": begin, "end": end, **more}


WHOLE = days(date(2025, 12, 1), date(2026, 12, 31))


def found(place: Place, filters: dict[str, Any], by: str = "recorded", page: int = 1000) -> list[dict[str, Any]]:
    """The rows of all pages."""
    rows, cursor = list[dict[str, Any]](), None
    while True:
        answer = place.views().history(OPERATOR, filters, by, cursor, page)
        rows += answer.items
        if answer.next is None:
            return rows
        assert len(answer.items) == page
        cursor = tuple(answer.next)


@pytest.mark.parametrize("by", ["recorded", "occurred"])
def test_every_event_of_the_days_is_found_latest_first(place: Place, facts: list[list[Entry]], by: str) -> None:
    instant: Callable[[Entry], datetime] = lambda each: each.known_at() if by == "recorded" else each.occurred_at  # noqa: E731
    entries = [each for file in facts for each in file]
    for first, last in (
        (date(2025, 12, 1), date(2026, 12, 31)),
        (date(2025, 12, 20), date(2026, 1, 5)),
        (date(2026, 2, 3), date(2026, 2, 3)),
    ):
        wanted = {each.event_id for each in entries if first <= day_of(instant(each)) <= last}
        rows = found(place, days(first, last), by)
        assert {each["event_id"] for each in rows if each["case_type"] != "jurisdiction"} == wanted
        times = [each[f"{by}_at"] for each in rows]
        assert times == sorted(times, reverse=True)
        assert [each["event_id"] for each in found(place, days(first, last), by, page=7)] == [
            each["event_id"] for each in rows
        ]


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        ({"department": "slj"}, lambda each: each["department"] == "slj"),
        ({"event": "complaint.accepted"}, lambda each: each["type"] == "complaint.accepted"),
        ({"type": "referral"}, lambda each: each["case_type"] == "referral"),
        ({"file": file_id("F-3")}, lambda each: each["file_no"] == "F-3"),
        ({"case": case_id("F-4-RW1")}, lambda each: each["number"] == "F-4-RW1"),
        ({"type": "referral", "department": "slj"}, lambda each: (each["case_type"], each["department"]) == ("referral", "slj")),
    ],
)  # fmt: skip
def test_a_filter_leaves_exactly_what_it_says(
    place: Place, filters: dict[str, Any], holds: Callable[[Any], bool]
) -> None:
    whole = found(place, WHOLE)
    wanted = [each for each in whole if holds(each)]
    assert 0 < len(wanted) < len(whole)
    assert found(place, {**WHOLE, **filters}) == wanted
    assert found(place, {**WHOLE, **filters, "officer": "nobody"}) == []


def test_what_the_jurisdiction_recorded_is_history_too(place: Place) -> None:
    rows = found(place, {**WHOLE, "type": "jurisdiction"})
    assert [each["type"] for each in rows] == ["jurisdiction.calendar-published"]


def test_an_event_is_not_listed_before_the_lists_know_whom_its_file_bars(new_place: Callable[..., Place]) -> None:
    place = new_place()
    (entries,) = some_files(1, seed=9)
    place.record(entries)
    assert found(place, WHOLE) == []
    place.catch_up()
    assert {each["event_id"] for each in found(place, WHOLE)} == {each.event_id for each in entries}


INSTANTS = [BEGUN + timedelta(days=n, hours=3) for n in (6, 15, 29, 45, 60, 90)]


def overdue(place: Place, at: datetime, basis: str) -> dict[Any, Any]:
    rows = place.views(at).overdue(OPERATOR, {}, at, basis, None, 10_000).items
    return {each["id"]: (each["due"], each["party"], each.get("co_parties", ())) for each in rows}


def apart(place: Place, at: datetime, page: int = 10_000, **filters: Any) -> list[dict[str, Any]]:
    rows, cursor = list[dict[str, Any]](), None
    while True:
        answer = place.views(at).overdue_apart(OPERATOR, filters, at, cursor, page)
        rows += answer.items
        if answer.next is None:
            return rows
        cursor = tuple(answer.next)


def test_what_is_overdue_otherwise_is_what_differs_between_the_two_lists(place: Place) -> None:
    told = 0
    for at in INSTANTS:
        known, today = overdue(place, at, "known"), overdue(place, at, "recomputed")
        wanted = {each for each in known.keys() | today.keys() if known.get(each) != today.get(each)}
        rows = apart(place, at)
        assert {each["id"] for each in rows} == wanted
        assert apart(place, at, page=2) == rows
        told += len(wanted)
        assert {each["number"] for each in apart(place, at, department="slj")} <= {each["number"] for each in rows}
    assert told > 10


def test_each_of_them_is_told_with_both_verdicts_and_its_causes(place: Place) -> None:
    kinds = set()
    for at in INSTANTS:
        known, today = overdue(place, at, "known"), overdue(place, at, "recomputed")
        rows = apart(place, at)
        items = list(compared_clocks(place.ledger, OPERATOR, rows, at))
        assert [each["clock"]["id"] for each in items] == [each["id"] for each in rows]
        for each in items:
            late = [
                said is not None and said["state"] == "breached_open" for said in (each["known"], each["recomputed"])
            ]
            assert late == [each["clock"]["id"] in known, each["clock"]["id"] in today]
            assert each["causes"]
            kinds |= {cause["kind"] for cause in each["causes"]}
    assert {"late-recording", "correction"} <= kinds


def test_control_the_summaries_by_time_are_used_and_nothing_is_lost_without_them(place: Place) -> None:
    first = found(place, WHOLE)
    with place.pool.connection() as connection, connection.transaction(force_rollback=True):
        connection.execute("SET LOCAL enable_seqscan = off")
        connection.execute("SET LOCAL enable_indexscan = off")
        plan = connection.execute(
            f"""EXPLAIN SELECT FROM "{place.schema}".events WHERE recorded_at >= '2026-01-01' AND recorded_at < '2026-01-03'"""
        ).fetchall()
    assert "events_recorded" in str(plan)
    assert len(first) > 100
