"""The league table counts what statistics count, and both count the judged clocks one by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from application.inspections import Span
from application.permissions import OPERATOR
from application.projections.rows import ClockRow, Rows
from domain.law.clock import day_of
from infrastructure.figures import percentile
from infrastructure.inspections import PostgresInspections
from tests.projections.conftest import Place
from tests.projections.histories import BEGUN, jurisdiction, project, some_files

HISTORIES = some_files(40, seed=8)
COUNTS = ("met", "late", "open", "open_late")
spans = st.tuples(st.integers(-40, 400), st.integers(0, 400))
moments = st.integers(0, 24 * 400).map(lambda hours: BEGUN + timedelta(hours=hours))


@pytest.fixture(scope="module")
def full(new_full_place: Callable[..., Place]) -> Place:
    """A ledger with forty files."""
    return new_full_place(jurisdiction(), HISTORIES)


@pytest.fixture(scope="module")
def rows(full: Place) -> Rows:
    return project(full.ledger, *HISTORIES)


def lists(place: Place, now: datetime) -> PostgresInspections:
    return PostgresInspections(place.pool, place.schema, place.ledger, now=lambda: now)


def one_by_one(clocks: list[ClockRow], span: Span, now: datetime, severity: str) -> list[int]:
    """Met, late, open and open late, of all departments."""
    counts = [0, 0, 0, 0]
    for row in clocks:
        if (
            row.tally is None
            or row.severity != severity
            or row.due_on is None
            or not span.first <= row.due_on <= span.last
        ):
            continue
        passed = row.due_at < now if row.due_at else row.due_on < day_of(now)
        counts[0] += row.tally == "met" or (row.tally == "maximum" and passed)
        counts[1] += row.tally == "late"
        counts[2] += row.tally in ("duty", "unsettled") or (row.tally in ("maximum", "option") and not passed)
        counts[3] += row.tally == "duty" and passed
    return counts


def total(items: Any) -> list[int]:
    return [sum(row[name] for row in items) for name in COUNTS]


@settings(max_examples=60)
@for_all(spans, moments)
def test_totals_of_the_league_are_statistics_and_the_count_of_judged_clocks(
    full: Place, rows: Rows, span: tuple[int, int], now: datetime
) -> None:
    first = day_of(BEGUN) + timedelta(days=span[0])
    chosen = Span(first, first + timedelta(days=span[1]))
    league = lists(full, now).league(OPERATOR, chosen).items
    statistics = {
        row["key"]: row for row in full.views(now).statistics(OPERATOR, chosen.first, chosen.last, "department").items
    }
    assert total(league) == total(statistics.values()) == one_by_one(rows.clocks, chosen, now, "hard")
    assert total(row["soft"] for row in league) == one_by_one(rows.clocks, chosen, now, "soft")
    for row in league:
        if row["department"] in statistics:
            same = statistics[row["department"]]
            assert all(row[name] == same[name] for name in (*COUNTS, "on_time_of_closed", "on_time_of_due"))


@settings(max_examples=40)
@for_all(moments)
def test_the_heat_map_holds_every_late_clock(full: Place, rows: Rows, now: datetime) -> None:
    span = Span(date(2025, 12, 1), date(2026, 12, 31))
    cells = lists(full, now).heatmap(OPERATOR, span, {}).items
    _, late, _, open_late = (
        sum(pair) for pair in zip(*(one_by_one(rows.clocks, span, now, each) for each in ("hard", "soft")), strict=True)
    )
    assert (sum(cell["late"] for cell in cells), sum(cell["still_open"] for cell in cells)) == (
        late + open_late,
        open_late,
    )
    assert all(0 <= cell["median"] <= cell["most"] for cell in cells)


def test_control_the_count_would_notice_a_clock_too_few(full: Place, rows: Rows) -> None:
    span, now = Span(date(2025, 12, 1), date(2026, 12, 31)), BEGUN + timedelta(days=90)
    counted = next(row for row in rows.clocks if row.tally == "late")
    fewer = [row for row in rows.clocks if row is not counted]
    assert total(lists(full, now).league(OPERATOR, span).items) != one_by_one(fewer, span, now, "hard")


def test_what_counts_for_nobody_is_shown_as_left_out(full: Place, rows: Rows) -> None:
    span = Span(date(2025, 12, 1), date(2026, 12, 31))
    aside = [
        row for row in rows.clocks if row.tally is None and row.due_on is not None and row.state not in ("void", "gone")
    ]
    within = [row for row in aside if row.due_on and span.first <= row.due_on <= span.last]
    left_out = [row["left_out"] for row in lists(full, BEGUN).league(OPERATOR, span).items]
    assert sum(sum(each.values()) for each in left_out) == len(within) > 0
    assert sum(each["derived"] for each in left_out) == sum(row.status == "derived" for row in within)


@for_all(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 5)), min_size=1), st.sampled_from([0.5, 0.9]))
def test_a_percentile_is_the_least_that_this_share_does_not_exceed(
    amounts: list[tuple[float, int]], share: float
) -> None:
    each = sorted(amount for amount, count in amounts for _ in range(count))
    found = percentile(amounts, share)
    assert found is not None
    assert sum(one <= found for one in each) >= share * len(each)
    assert sum(one < found for one in each) < share * len(each)
    assert percentile([], share) is None


def test_the_weeks_of_the_flow_add_up(full: Place, rows: Rows) -> None:
    span = Span(date(2025, 12, 1), date(2026, 12, 31))
    counted = [row for row in rows.cases if row.open or row.closed_on is not None]
    for department in (None, "zjj", "slj"):
        own = [row for row in counted if department in (None, row.department)]
        weeks = lists(full, BEGUN).flow(OPERATOR, span, {"department": department}).items
        assert sum(week["opened"] for week in weeks) == sum(span.first <= row.opened_on <= span.last for row in own)
        assert sum(week["closed"] for week in weeks) == sum(row.closed_on is not None for row in own)
        assert weeks[-1]["backlog"] == sum(row.open for row in own)
