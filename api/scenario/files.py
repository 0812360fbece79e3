"""A scenario file: whole cases told as commands with dates, each with what must be true after every step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml


class BadScenario(ValueError):
    """The file is no scenario: says which file and why."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command or query, when it happened, when it was recorded, and what must be true afterwards."""

    n: int
    at: datetime
    recorded_at: datetime
    by: str
    command: str
    payload: Mapping[str, Any]
    event: str | None
    expect: Mapping[str, Any]
    calendar_in_force: str | None = None
    weekday: str | None = None
    rest_day: bool = False
    makeup_workday: bool = False

    @property
    def known_at(self) -> datetime:
        """The instant whose knowledge `expect` describes."""
        return max(self.at, self.recorded_at)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario with the departments and calendars of the common file beside it."""

    id: str
    title: str
    profiles: tuple[str, ...]
    calendar: str
    steps: tuple[Step, ...]
    final: Mapping[str, Any]
    departments: Mapping[str, str] = field(default_factory=dict)
    calendars: Mapping[str, Any] = field(default_factory=dict)
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def named_rules(self) -> frozenset[str]:
        """The rules that the file names: others are outside its view."""
        listed = (clock["rule"] for step in self.steps for clock in step.expect.get("clocks") or ())
        return frozenset(listed)


def read(path: Path) -> Scenario:
    """The scenario in a file; raises BadScenario."""
    told = _yaml(path)
    common_path = path.parent / "common.yaml"
    common = _yaml(common_path) if common_path.exists() else {}
    try:
        body = told["scenario"]
        return Scenario(
            id=str(body["id"]),
            title=str(body.get("title", "")),
            profiles=tuple(body["profiles"]),
            calendar=body["calendar"],
            steps=tuple(_step(each) for each in body["steps"]),
            final=body.get("final") or told.get("final") or {},
            departments=common.get("departments", {}),
            calendars=common.get("calendars", {}),
            rules=common.get("rules", {}),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadScenario(f"{path}: {type(error).__name__}: {error}") from error


def _yaml(path: Path) -> Mapping[str, Any]:
    try:
        told = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise BadScenario(f"{path}: {error}") from error
    if not isinstance(told, dict):
        raise BadScenario(f"{path}: no mapping")
    return told


def _step(told: Mapping[str, Any]) -> Step:
    at = datetime.fromisoformat(str(told["at"]))
    recorded = datetime.fromisoformat(str(told["recorded_at"])) if told.get("recorded_at") else at
    return Step(
        n=int(told["n"]),
        at=at,
        recorded_at=recorded,
        by=told["by"],
        command=told["command"],
        payload=told.get("payload") or {},
        event=told.get("event"),
        expect=told["expect"],
        calendar_in_force=told.get("calendar_in_force"),
        weekday=told.get("weekday"),
        rest_day=bool(told.get("rest_day")),
        makeup_workday=bool(told.get("makeup_workday")),
    )


def identifier(name: str) -> str:
    """The id in a name such as `M9 some text`: the first word if it is letters and digits, else the whole."""
    first = name.split(maxsplit=1)[0] if name.strip() else name
    return first if re.fullmatch(r"[A-Za-z]+\d+", first) else name


def arrangements(name: str, calendar: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The yearly arrangements of a calendar of the common file: days off and make-up workdays of each year."""
    if "years" in calendar:
        return [
            {"calendar": name, "year": int(year), "days_off": days.get("weekday_days_off") or [],
             "workdays": days.get("weekend_workdays") or []}
            for year, days in calendar["years"].items()
        ]  # fmt: skip
    off, extra = calendar.get("days_off") or {}, calendar.get("extra_workdays") or {}
    return [
        {"calendar": name, "year": int(year), "days_off": off.get(year) or [], "workdays": extra.get(year) or []}
        for year in sorted({*off, *extra})
    ]
