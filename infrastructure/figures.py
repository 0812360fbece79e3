"""Figures over a span of days (统计图表): returns by pairs, league table, heat map, and the flow of cases by week."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from application.inspections import Span
from domain.law.calendar import Calendars, WorkingCalendar
from domain.law.clock import day_of
from infrastructure.inspection_items import days_between
from infrastructure.list_items import Row
from infrastructure.statistics import Answer, rate

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
HARD, SOFT = "hard", "soft"
COUNTS = ("met", "late", "open", "open_late", "on_time_of_closed", "on_time_of_due")


def pairs(rows: Iterable[Row], today: date, calendar_of: Callable[[str], WorkingCalendar]) -> list[dict[str, Any]]:
    """Returns by pair, most first: days from the dispatch to the receipt of what came back, by the sender's calendar."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for sender, returned_by, out, back, count in rows:
        pair = found.setdefault(
            (sender, returned_by),
            {
                "sender": sender,
                "returned_by": returned_by,
                "returns": 0,
                "on_the_way_back": 0,
                "calendar_days": 0,
                "working_days": 0,
            },
        )
        lost = days_between(out, back or today, calendar_of(sender))
        pair["returns"] += count
        pair["on_the_way_back"] += count if back is None else 0
        for unit, days in lost.items():
            pair[unit] += count * days
    return sorted(found.values(), key=lambda each: (-each["returns"], each["sender"], each["returned_by"]))


def league(
    rows: Iterable[Row], explained: Iterable[Any], left_out: Iterable[Row], *, ranked: bool = True
) -> list[dict[str, Any]]:
    """One row for each department, those with the best rate of what was due first; those without any last.

    Who sees one row only is told no rank (`ranked` false).
    """
    counts = {(key, severity): Answer(key, *numbers) for key, severity, *numbers in rows}
    beside: dict[str, int] = dict(explained)
    aside = {key: numbers for key, *numbers in left_out}
    departments = {key for key, _ in counts} | set(beside) | set(aside)
    found = [
        {
            "department": key,
            **_counted(counts.get((key, HARD))),
            "explained": beside.get(key, 0),
            "soft": _counted(counts.get((key, SOFT))),
            "left_out": dict(zip(("born_overdue", "derived", "not_counted"), aside.get(key, (0, 0, 0)), strict=True)),
        }
        for key in departments
    ]
    ordered = sorted(found, key=_rank)
    return [{"rank": _place(ordered, each) if ranked else None, **each} for each in ordered]


def _counted(answer: Answer | None) -> dict[str, Any]:
    known = rate(answer or Answer("", 0, 0, 0, 0))
    return {name: known[name] for name in COUNTS}


def _rank(row: Mapping[str, Any]) -> tuple[float, int, str]:
    share = row["on_time_of_due"]
    return (1 if share is None else -share, -row["met"], row["department"])


def _place(ordered: Sequence[Mapping[str, Any]], row: Mapping[str, Any]) -> int | None:
    """Its place; the same for the same rate, none for who had nothing due."""
    share = row["on_time_of_due"]
    if share is None:
        return None
    return 1 + sum(each["on_time_of_due"] is not None and each["on_time_of_due"] > share for each in ordered)


def heatmap(
    rows: Iterable[Row], at: datetime, units: Mapping[tuple[str, str], str], calendars: Calendars
) -> list[dict[str, Any]]:
    """One cell for each department and rule with a late clock: how many, how many still open, and how late they are."""
    cells: defaultdict[tuple[str, str, str], list[tuple[float, int]]] = defaultdict(list)
    severities: dict[tuple[str, str, str], str] = {}
    still: Counter[tuple[str, str, str]] = Counter()
    for party, rule, profile, calendar, severity, due_on, due_at, stopped_on, stopped_at, count in rows:
        cell = (party, rule, profile)
        unit = units[profile, rule]
        late = _lateness(unit, due_on, due_at, stopped_on, stopped_at, at, calendars[calendar])
        cells[cell].append((late, count))
        severities[cell] = severity
        still[cell] += count if stopped_on is None else 0
    return [
        {
            "department": cell[0],
            "rule": cell[1],
            "profile": cell[2],
            "severity": severities[cell],
            "late": sum(count for _, count in amounts),
            "still_open": still[cell],
            "unit": _unit(units[cell[2], cell[1]]),
            "median": percentile(amounts, 0.5),
            "most": max(late for late, _ in amounts),
        }
        for cell, amounts in sorted(cells.items())
    ]


def _unit(unit: str) -> str:
    return {"working day": "working_days", "hour": "hours"}.get(unit, "calendar_days")


def _lateness(
    unit: str,
    due_on: date,
    due_at: datetime | None,
    stopped_on: date | None,
    stopped_at: datetime | None,
    at: datetime,
    calendar: WorkingCalendar,
) -> float:
    if due_at is not None:
        return round(((stopped_at or at) - due_at) / HOUR, 4)
    done = stopped_on or day_of(at)
    return calendar.workdays(due_on, done) if unit == "working day" else (done - due_on).days


def percentile(amounts: Iterable[tuple[float, int]], share: float) -> float | None:
    """The least amount that at least this share of all does not exceed; amounts with how often each occurs."""
    ordered = sorted(amounts)
    wanted = math.ceil(share * sum(count for _, count in ordered))
    for amount, count in ordered:
        wanted -= count
        if wanted <= 0:
            return amount
    return None


def weeks(
    span: Span, opened: Iterable[Row], closed: Iterable[Row], calendar_of: Callable[[str], WorkingCalendar]
) -> list[dict[str, Any]]:
    """One row for each week, Monday to Sunday, cut at both ends of the span."""
    begun: Counter[date | None] = Counter({_monday(day): 0 for day in (span.first, span.last)})
    for day, count in opened:
        begun[None if day is None else _monday(day)] += count
    done: defaultdict[date, list[tuple[int, int, int]]] = defaultdict(list)
    for end, start, department, count in closed:
        taken = days_between(start, end, calendar_of(department))
        done[_monday(end)].append((taken["calendar_days"], taken["working_days"], count))
    rows, backlog, monday = [], begun[None], _monday(span.first)
    while monday <= span.last:
        finished = done[monday]
        number = sum(count for _, _, count in finished)
        backlog += begun[monday] - number
        rows.append({
            "week": "{}-W{:02}".format(*monday.isocalendar()[:2]),
            "from": max(monday, span.first),
            "to": min(monday + WEEK - timedelta(days=1), span.last),
            "opened": begun[monday],
            "closed": number,
            "backlog": backlog,
            "calendar_days": _percentiles((days, count) for days, _, count in finished),
            "working_days": _percentiles((days, count) for _, days, count in finished),
        })  # fmt: skip
        monday += WEEK
    return rows


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _percentiles(amounts: Iterable[tuple[float, int]]) -> dict[str, float | None]:
    known = list(amounts)
    return {"p50": percentile(known, 0.5), "p90": percentile(known, 0.9)}
