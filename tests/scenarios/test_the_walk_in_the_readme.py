"""The walk through a case that the README gives is the scenario, day by day and date by date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from domain.law.edition import Kind
from infrastructure.calendar_files import shipped_calendars

ROOT = Path(__file__).parents[2]
DUE = re.compile(r"due \*{0,2}(\w{3} \d+ \w{3})")


def walk() -> list[list[str]]:
    """The rows of the table, cell by cell."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("## A case with its dates")[2]
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return rows[2:]


def steps() -> list[dict[str, Any]]:
    """What happened in the scenario, without the questions asked of it."""
    told = yaml.safe_load((ROOT / "tests/scenarios/data/A1.yaml").read_text(encoding="utf-8"))
    return [step for step in told["scenario"]["steps"] if step["expect"]["result"] == "accepted"]


def words(day: date) -> str:
    """A day as the README writes it."""
    return f"{day:%a} {day.day} {day:%b}"


def dues(clocks: Iterator[dict[str, Any]]) -> list[str]:
    """The days on which clocks are due, as the README writes them, each once."""
    return list(dict.fromkeys(words(date.fromisoformat(clock["due"])) for clock in clocks if clock.get("due")))


def test_the_days_are_those_of_the_scenario() -> None:
    happened = dict.fromkeys(words(date.fromisoformat(str(step["at"])[:10])) for step in steps())
    assert [row[0] for row in walk()] == list(happened)


def test_the_due_dates_are_those_of_the_scenario() -> None:
    told = [found for row in walk() for found in DUE.findall(row[3])]
    assert told == dues(clock for step in steps() for clock in step["expect"]["clocks"])


def test_what_is_said_of_the_calendar_is_true() -> None:
    enshi = shipped_calendars()["enshi"]
    assert enshi.kind(date(2025, 1, 26)) == enshi.kind(date(2025, 2, 8)) == Kind.MAKE_UP
    assert enshi.is_workday(date(2025, 1, 27))
    off = [date.fromordinal(n) for n in range(date(2025, 1, 28).toordinal(), date(2025, 2, 5).toordinal())]
    assert not any(enshi.is_workday(day) for day in off)
