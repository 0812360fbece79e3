"""The rehearsal ledger of a scenario: its departments with their roles, its rule profiles, its calendars as they are published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from api.scenario.files import Scenario, Step, arrangements
from api.scenario.http import Answer, Client

BUILT_IN = frozenset({"system", "respondent"})
ROLES = (
    ("finance", "财政局"),
    ("police", "公安局"),
    ("procuratorate", "人民检察院"),
    ("committee", "管理委员会"),
    ("convenor", "召集人"),
    ("convenor", "公共资源交易管理局"),
    ("inspector", "纪检监察"),
    ("trading_centre", "交易中心"),
    ("office", "政务局"),
    ("office", "公共资源交易管理局"),
)
OUTSIDE = ("公安局", "人民检察院", "上级")
ROUTE = "/api/v1/jurisdiction/jurisdiction/"


def opened_at(scenario: Scenario) -> datetime:
    """When the ledger of a scenario is opened: two days before anything happens or is recorded."""
    return min(min(step.at, step.recorded_at) for step in scenario.steps) - timedelta(days=2)


def register(scenario: Scenario, at: Step, client: Callable[[str], Client]) -> Iterator[Answer]:
    """Enter the scenario's departments, with their roles, in the register, and the officer who acts for each."""
    for organ in organs(scenario):
        yield client("system").at(at).act(ROUTE + "register-organ", organ)
        yield client("system").at(at).act(ROUTE + "register-officer", _officer(organ))


def officer_of(organ: str) -> str:
    """The officer who acts for a department; none for the timer and the respondent."""
    return "" if organ in BUILT_IN else f"{organ}-1"


def _officer(organ: Mapping[str, Any]) -> Mapping[str, Any]:
    identifier = str(organ["organ"])
    return {"officer": officer_of(identifier), "name": f"{organ['name_zh']}经办人", "organ": identifier,
            "duties": ["handler", "intake"]}  # fmt: skip


def organs(scenario: Scenario) -> Iterator[Mapping[str, Any]]:
    """The departments as the register takes them; roles that only one has go to those of the jurisdiction first."""
    here = _at_home(scenario)
    taken: set[str] = set()
    for organ, name in sorted(scenario.departments.items(), key=lambda each: each[0] not in here):
        if organ in BUILT_IN:
            continue
        roles = [role for role, word in ROLES if word in name and role not in taken]
        taken.update(role for role in roles if role in ("office", "committee", "finance", "convenor"))
        yield {"organ": organ, "name_zh": name, "roles": roles, "external": any(word in name for word in OUTSIDE)}


def _at_home(scenario: Scenario) -> frozenset[str]:
    """The departments of the jurisdiction: those that act, and the other ones with the same prefix."""
    acting = {step.by for step in scenario.steps} - BUILT_IN
    prefixes = {organ.partition("_")[0] for organ in acting if "_" in organ}
    return frozenset(each for each in scenario.departments if each in acting or each.partition("_")[0] in prefixes)


@dataclass(slots=True)
class Calendars:
    """The arrangements published so far in the ledger of a scenario, by calendar and year."""

    scenario: Scenario
    client: Callable[[str], Client]
    published: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)

    def open(self, at: Step) -> Iterator[Answer]:
        """Publish the scenario's calendar with what it rests on, as far as notices may exist, and choose it."""
        name = self.scenario.calendar
        yield from self.up_to(at)
        if name != "national":
            yield self._act(at, "choose-calendar", {"calendar": name})

    def up_to(self, at: Step) -> Iterator[Answer]:
        """Publish every arrangement that a notice can have made by now and that is not published yet."""
        for arranged in self._chain(self.scenario.calendar):
            key = (arranged["calendar"], arranged["year"])
            if key not in self.published and arranged["year"] <= at.at.year + 1:
                yield self._publish(at, arranged)

    def publish(self, step: Step) -> Answer | None:
        """What a step publishes: the days it lists, else those of the calendar that comes into force."""
        said = step.payload
        source = step.calendar_in_force or self.scenario.calendar
        found = list(self._chain(source))
        if said.get("year"):
            found = [each for each in found if each["year"] == int(said["year"])]
        if said.get("off"):
            found = list(self._added(said["jurisdiction"], said["off"]))
        last: Answer | None = None
        for arranged in found:
            renamed = {**arranged, "calendar": self._renamed(arranged["calendar"], source, said["jurisdiction"])}
            if self.published.get((renamed["calendar"], renamed["year"])) != renamed:
                last = self._publish(step, renamed)
        return last

    def _renamed(self, calendar: str, source: str, jurisdiction: str) -> str:
        return jurisdiction if calendar == source and calendar != jurisdiction else calendar

    def _added(self, calendar: str, days: list[str]) -> Iterator[dict[str, Any]]:
        for year in sorted({date.fromisoformat(str(day)).year for day in days}):
            before = self.published.get((calendar, year), {"days_off": [], "workdays": []})
            off = sorted(
                {*before["days_off"], *(str(day) for day in days if date.fromisoformat(str(day)).year == year)}
            )
            work = [day for day in before["workdays"] if day not in off]
            yield {"calendar": calendar, "year": year, "days_off": off, "workdays": work}

    def _chain(self, name: str) -> Iterator[dict[str, Any]]:
        calendar = self.scenario.calendars.get(name)
        if calendar is None:
            return
        if base := calendar.get("base"):
            yield from self._chain(base)
        yield from arrangements(name, calendar)

    def _publish(self, step: Step, arranged: dict[str, Any]) -> Answer:
        self.published[arranged["calendar"], arranged["year"]] = arranged
        day = min(step.at.date(), date(arranged["year"], 12, 31))
        notice = {"notice": f"{self.scenario.id}-{step.n}", "published": day.isoformat(), "synthetic": True}
        return self._act(step, "publish-calendar", {**arranged, **notice})

    def _act(self, step: Step, name: str, body: Mapping[str, Any]) -> Answer:
        return self.client("system").at(step).act(ROUTE + name, body)
