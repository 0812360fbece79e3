"""Deadlines that other systems compute, and the same rule under two Chinese editions: every row must come out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.law.calendar import NATIONAL, Calendars, Edition, WorkingCalendar
from infrastructure.calendar_files import shipped_calendars

PEERS = yaml.safe_load(Path(__file__).with_name("peer_deadline_cases.yaml").read_text(encoding="utf-8"))
SHIPPED = shipped_calendars()
DAY = timedelta(1)


def rows(op: str) -> list[Any]:
    return [pytest.param(*row, id=f"{group['id']}:{row[0]}") for group, row in listed(op)]


def listed(op: str) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    return ((group, row) for group in PEERS["groups"] if group["op"] == op for row in group["rows"])


def with_calendar(op: str) -> list[Any]:
    return [pytest.param(group["calendar"], *row, id=f"{group['id']}:{row[0]}+{row[1]}") for group, row in listed(op)]


def fixture(name: str) -> WorkingCalendar:
    off = [date.fromisoformat(day) for day in PEERS["calendars"][name]["holidays"]]
    years = range(2007, 2016)
    return Calendars(
        Edition(NATIONAL, year, "fixture", date(2000, 1, 1), tuple(day for day in off if day.year == year), ())
        for year in years
    )[NATIONAL]


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize("calendar, start, n, due", with_calendar("add_working_days"))
def test_working_days_are_counted_from_the_day_after(calendar: str, start: str, n: int, due: str) -> None:
    assert fixture(calendar).nth_workday(day(start), n) == day(due)


@pytest.mark.parametrize("calendar, start, n, due", with_calendar("add_calendar_days"))
def test_calendar_days_roll_to_the_next_workday(calendar: str, start: str, n: int, due: str) -> None:
    assert fixture(calendar).next_workday(day(start) + n * DAY) == day(due)


@pytest.mark.parametrize("soft, hard, now, status", rows("status"))
def test_the_due_day_lasts_until_local_midnight(soft: str, hard: str, now: str, status: str) -> None:
    today = datetime.fromisoformat(now).date()
    found = "very_overdue" if today > day(hard) else "overdue" if today > day(soft) else "waiting"
    assert found == status


@pytest.mark.parametrize("due, detected, stamped", rows("breach_stamp"))
def test_a_breach_is_dated_to_the_midnight_after_the_due_day(due: str, detected: str, stamped: str) -> None:
    moment = datetime.combine(day(due) + DAY, time.min)
    assert moment == datetime.fromisoformat(stamped)
    assert moment.date() <= day(detected)


@pytest.mark.parametrize("start, n, edition, before, notice, after", rows("cn_two_editions"))
def test_the_due_day_before_and_after_a_notice(
    start: str, n: int, edition: str, before: str, notice: str, after: str
) -> None:
    eve, since = (SHIPPED.known_at(each)[NATIONAL] for each in (day(notice) - DAY, day(notice)))
    assert (eve.nth_workday(day(start), n), since.nth_workday(day(start), n)) == (day(before), day(after))
    assert eve.editions(day(before), day(after)) != since.editions(day(before), day(after))
    assert not since.provisional(day(after)), edition


@pytest.mark.parametrize("start, n, due, naive_due", rows("cn_add_working_days"))
def test_a_calendar_without_make_up_days_is_never_earlier(start: str, n: int, due: str, naive_due: str) -> None:
    naive = Calendars(replace(each, workdays=()) for each in SHIPPED.editions)[NATIONAL]
    assert SHIPPED[NATIONAL].nth_workday(day(start), n) == day(due)
    assert naive.nth_workday(day(start), n) == day(naive_due)
    assert day(due) <= day(naive_due)


def test_every_group_of_the_file_is_run() -> None:
    assert {group["op"] for group in PEERS["groups"]} == {
        "add_working_days",
        "add_calendar_days",
        "status",
        "breach_stamp",
        "cn_two_editions",
        "cn_add_working_days",
    }
    assert all(group.get("start_rule", "after") == "after" for group in PEERS["groups"])
    assert all(group.get("roll", "next") == "next" for group in PEERS["groups"])


@pytest.mark.xfail(reason="the control: the other two start rules of the peers give other days", strict=True)
def test_counting_the_start_day_gives_the_same_days() -> None:
    for group, (start, n, due) in listed("add_working_days"):
        assert fixture(group["calendar"]).nth_workday(day(start) - DAY, n) == day(due)
