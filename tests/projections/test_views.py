"""The lists page, filter and count what the projections hold, and read as the files do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from application.permissions import OPERATOR
from application.ports import BadCursor, Cursor, Page
from application.projections.rows import Rows
from domain.kernel import Entry, amended
from domain.law.clock import State, day_of
from infrastructure.postgres.pool import Pool
from infrastructure.statistics import Answer, rate
from infrastructure.views import PostgresViews
from tests.projections.conftest import Place
from tests.projections.histories import ACCEPTED, BEGUN, RECEIVED, Written, jurisdiction, project, some_files
from tests.projections.under_punishment import UnderPunishment, under_punishment

NOW = BEGUN + timedelta(days=45, hours=5)
HISTORIES = some_files(40, seed=8)


@pytest.fixture(scope="module")
def full(new_full_place: Callable[..., Place]) -> Place:
    """A ledger with forty files."""
    return new_full_place(jurisdiction(), HISTORIES)


@pytest.fixture(scope="module")
def rows(full: Place) -> Rows:
    return project(full.ledger, *HISTORIES)


def everything(ask: Callable[[Cursor | None, int], Page], limit: int = 7) -> list[Any]:
    """All rows of a list, page by page."""
    found: list[Any] = []
    cursor: Cursor | None = None
    while True:
        page = ask(cursor, limit)
        assert len(page.items) <= limit
        found += page.items
        if page.next is None:
            return found
        assert len(page.items) == limit
        cursor = tuple(page.next)


@pytest.mark.parametrize("basis", ["known", "recomputed"])
@pytest.mark.parametrize("days", [14, 20, 45, 90, 400])
def test_overdue_pages_hold_what_the_files_say(full: Place, basis: str, days: int) -> None:
    at = BEGUN + timedelta(days=days, hours=3)
    listed = overdue(full, at, basis)
    assert listed, "nothing to compare"
    expected = {}
    for entries in HISTORIES:
        file = full.ledger.file(entries[0].file_id, entries, as_of=at, basis=basis)
        for clock in file.clocks:
            judgement = file.judge(clock, at)
            if judgement.state is State.BREACHED_OPEN and not clock.limit.right:
                late = (judgement.late_calendar_days, judgement.late_working_days, judgement.late_hours)
                expected[clock.id] = (clock.limit.id, clock.party, judgement.due.day or judgement.due.instant, late)
    got = {row["id"]: (row["rule"], row["party"], row["due"], late_by(row)) for row in listed}
    assert got == expected
    assert len(got) == len(listed)
    assert [breach(row) for row in listed] == sorted(breach(row) for row in listed)


def overdue(place: Place, at: datetime, basis: str, **filters: Any) -> list[Any]:
    views = place.views(NOW)
    return everything(lambda cursor, limit: views.overdue(OPERATOR, filters, at, basis, cursor, limit))


def due(place: Place, first: date, last: date, **filters: Any) -> list[Any]:
    views = place.views(NOW)
    return everything(lambda cursor, limit: views.due(OPERATOR, filters, first, last, cursor, limit))


def holdings(place: Place, **filters: Any) -> list[Any]:
    return everything(lambda cursor, limit: place.views().holdings(OPERATOR, filters, cursor, limit), 3)


def late_by(row: Any) -> tuple[Any, ...]:
    return tuple(row["late_by"].get(unit) for unit in ("calendar_days", "working_days", "hours"))


def breach(row: Any) -> Any:
    due = row["due"]
    return due if isinstance(due, datetime) else datetime(due.year, due.month, due.day, 16, tzinfo=UTC)


@pytest.mark.parametrize(("name", "key"), [("rule", "rule"), ("severity", "severity"), ("type", "type")])
def test_overdue_filters_narrow_the_list(full: Place, name: str, key: str) -> None:
    for at in (NOW, BEGUN + timedelta(days=20)):
        listed = overdue(full, at, "known")
        for value in {row[key] for row in listed}:
            assert overdue(full, at, "known", **{name: value}) == [row for row in listed if row[key] == value]


def test_due_soon_lists_what_runs_in_the_span(full: Place) -> None:
    first = day_of(NOW)
    for last in (first, first + timedelta(days=9), first + timedelta(days=60)):
        expected = set()
        for entries in HISTORIES:
            file = full.ledger.file(entries[0].file_id, entries)
            for clock in file.clocks:
                judgement = file.judge(clock, NOW)
                day = judgement.due.day or (judgement.due.instant and day_of(judgement.due.instant))
                if judgement.state is State.RUNNING and clock.stop is None and day and first <= day <= last:
                    expected.add(clock.id)
        listed = due(full, first, last)
        assert {row["id"] for row in listed} == expected
        parties = Counter(organ for row in listed for organ in (row["party"], *row.get("co_parties", ())))
        for party, count in parties.items():
            assert len(due(full, first, last, department=party)) == count


def test_holdings_are_the_open_matters_longest_held_first(full: Place, rows: Rows) -> None:
    listed = holdings(full)
    assert {(row["file_no"], row["matter"], row["holder"], row["since"]) for row in listed} == {
        (row.file_no, row.matter, row.holder, row.since) for row in rows.holdings
    }
    assert [row["since"] for row in listed] == sorted(row["since"] for row in listed)
    for organ in ("slj", "zjj", "gaj"):
        assert holdings(full, department=organ) == [
            row for row in listed if organ in (row["holder"], row["in_transit_to"])
        ]


@pytest.mark.parametrize("by", ["department", "rule", "month"])
@pytest.mark.parametrize("now", [BEGUN, NOW, NOW.replace(day=31), BEGUN + timedelta(days=300)])
def test_statistics_count_what_counting_one_by_one_counts(full: Place, rows: Rows, by: str, now: datetime) -> None:
    for first, last in (
        (date(2025, 12, 1), date(2026, 12, 31)),
        (date(2025, 12, 15), date(2026, 1, 20)),
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 1, 22), date(2026, 1, 22)),
        (date(1999, 1, 1), date(2100, 1, 1)),
    ):
        page = full.views(now).statistics(OPERATOR, first, last, by)
        got = {row["key"]: [row[name] for name in ("met", "late", "open", "open_late")] for row in page.items}
        assert got == counted(rows, first, last, by, now)


def counted(rows: Rows, first: date, last: date, by: str, now: datetime) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows.clocks:
        if row.tally is None or row.due_on is None or not first <= row.due_on <= last:
            continue
        key = {"department": row.party, "rule": row.rule, "month": f"{row.due_on:%Y-%m}"}[by]
        counts = found.setdefault(key, [0, 0, 0, 0])
        passed = row.due_at < now if row.due_at else row.due_on < day_of(now)
        counts[0] += row.tally == "met" or (row.tally == "maximum" and passed)
        counts[1] += row.tally == "late"
        counts[2] += row.tally in ("duty", "unsettled") or (row.tally in ("maximum", "option") and not passed)
        counts[3] += row.tally == "duty" and passed
    return found


def test_both_on_time_rates() -> None:
    shown = rate(Answer("zjj", met=6, late=2, open=9, open_late=4))
    assert (shown["on_time_of_closed"], shown["on_time_of_due"]) == (0.75, 0.5)
    nothing = rate(Answer("zjj", 0, 0, 3, 0))
    assert (nothing["on_time_of_closed"], nothing["on_time_of_due"]) == (None, None)


def search(place: Place, **filters: Any) -> list[str]:
    return [row["number"] for row in everything(lambda c, n: place.views().search_cases(OPERATOR, filters, c, n))]


def test_search_pages_hold_every_case_latest_change_first(full: Place, rows: Rows) -> None:
    listed = everything(lambda cursor, limit: full.views().search_cases(OPERATOR, {}, cursor, limit))
    assert len(listed) == len(rows.cases)
    assert [row["changed_at"] for row in listed] == sorted((row["changed_at"] for row in listed), reverse=True)
    assert {row["id"]: row["holder"] for row in listed} == {row.case_id: row.holder for row in rows.cases}


def test_search_by_department_state_type_file_and_dates(full: Place, rows: Rows) -> None:
    some = rows.cases[3]
    for filters, wanted in (
        ({"department": "slj"}, lambda row: "slj" in (row.holder, row.in_transit_to)),
        ({"state": some.state}, lambda row: row.state == some.state),
        ({"type": "crime_referral"}, lambda row: row.case_type == "crime_referral"),
        ({"file_no": some.file_no}, lambda row: row.file_no == some.file_no),
        ({"open": True}, lambda row: row.open),
        ({"open": False}, lambda row: not row.open),
        ({"opened_from": date(2026, 1, 10)}, lambda row: row.opened_on >= date(2026, 1, 10)),
        ({"opened_through": date(2026, 1, 10)}, lambda row: row.opened_on <= date(2026, 1, 10)),
        ({"type": "referral", "open": True}, lambda row: row.case_type == "referral" and row.open),
    ):
        expected = sorted(row.number for row in rows.cases if wanted(row))
        assert sorted(search(full, **filters)) == expected, filters
        assert expected, filters


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("标段", "第1标段"),
        ("第1", "第1标段"),
        ("1", "第1标段"),
        ("甲公", "甲公司"),
        ("甲公司", "甲公司"),
        ("司", "甲公司"),
    ],
)
def test_search_finds_part_of_a_chinese_name_however_short(full: Place, rows: Rows, text: str, found: str) -> None:
    expected = {row.number for row in rows.cases if found in row.parties or text in row.words}
    assert set(search(full, text=text)) == expected
    assert expected


def test_search_finds_part_of_a_number_in_any_case_and_width(full: Place) -> None:
    assert (
        set(search(full, text="f-3-ys")) == set(search(full, text="Ｆ－３－ＹＳ")) == set(search(full, text="F-3-YS"))
    )
    assert all(number.startswith("F-3-YS") for number in search(full, text="F-3-YS"))
    assert search(full, text="F-3-YS") != []


def test_search_takes_wildcards_and_blanks_as_they_are(full: Place) -> None:
    for text in ("%", "_", "\\", "F_3", "F%3", "'; --", "没有这个"):
        assert search(full, text=text) == []
    assert len(search(full, text="   ")) == len(search(full))


def test_protected_words_are_not_found(full: Place, rows: Rows) -> None:
    assert all(not {"complainant", "contact", "text"} & set(row._fields) for row in rows.cases)
    assert search(full, text="串通投标") == []


@pytest.mark.parametrize("day", [date(2025, 12, 10), date(2025, 12, 31), date(2026, 2, 20), date(2026, 7, 1)])
def test_who_is_under_punishment_on_a_day(full: Place, day: date) -> None:
    facts: list[Entry] = [entry for entries in HISTORIES for entry in amended(entries)]
    assert [
        UnderPunishment(row["subject"], row["case"], row["effective"], row["until"], row["must_be_lifted"])
        for row in full.views().under_punishment(OPERATOR, day)
    ] == list(under_punishment(facts, day))


@pytest.mark.parametrize(
    "cursor", [("x",), ("x", "y"), ("2025-01-01", "y"), (1, 2), ("2025-01-01T00:00", str(uuid4())), ()]
)
def test_a_cursor_that_was_not_given_out_is_refused(full: Place, cursor: Any) -> None:
    views = full.views()
    for ask in (
        lambda: views.overdue(OPERATOR, {}, NOW, "known", cursor, 5),
        lambda: views.search_cases(OPERATOR, {}, cursor, 5),
        lambda: views.holdings(OPERATOR, {}, cursor, 5),
    ):
        with pytest.raises(BadCursor):
            ask()


def test_every_page_says_how_far_the_lists_had_come(full: Place) -> None:
    last = full.log.last_position()
    views = full.views(NOW)
    assert views.overdue(OPERATOR, {}, NOW, "known", None, 5).position == last
    assert views.overdue(OPERATOR, {"department": "nobody"}, NOW, "known", None, 5).position == last
    assert views.statistics(OPERATOR, date(2025, 1, 1), date(2025, 1, 2), "rule").position == last
    assert views.search_cases(OPERATOR, {}, None, 5).position == last
    assert views.progress().head == last


def test_an_empty_ledger_has_empty_lists(pool: Pool, new_place: Callable[..., Place]) -> None:
    place = new_place()
    views = PostgresViews(pool, place.schema, place.ledger)
    assert views.search_cases(OPERATOR, {}, None, 5) == Page([], 0)
    assert views.overdue(OPERATOR, {}, NOW, "known", None, 5) == Page([], 0)
    assert views.progress().position == 0


def test_what_ended_later_is_still_in_the_list_of_the_time_before(new_place: Callable[..., Place]) -> None:
    """The short way to the living list is not taken once something has ended, whoever read what before."""
    place, written = new_place(), Written()
    written.act(RECEIVED, BEGUN, timedelta())
    place.record(written.entries)
    place.catch_up()
    views, at = place.views(), BEGUN + timedelta(days=20)
    before = views.overdue(OPERATOR, {}, at, "known", None, 50).items
    assert [row["rule"] for row in before] == ["NA-ACC3"]
    written.act(ACCEPTED, BEGUN + timedelta(days=25), timedelta())
    place.record(written.entries[1:])
    place.catch_up()
    assert views.overdue(OPERATOR, {}, at, "known", None, 50).items == before
    assert views.overdue(OPERATOR, {}, BEGUN + timedelta(days=25), "known", None, 50).items == []
    assert place.views().overdue(OPERATOR, {}, at, "known", None, 50).items == before
