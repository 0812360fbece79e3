"""Commands about reports, and about the periods in which something is to be reported or to take place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from api.scenario.world import PAPER, Call, NoWay, Translation, World
from domain.cases.cadence.period import half_year_of, year_of
from domain.cases.reporting_duty.quarter import quarter_of

DUTY = "reporting-duty."


def _period(case_type: str, step: str | None, number: Callable[[date], str]) -> Translation:
    return lambda world: [world.open(case_type, step, number=number(world.step.at.date()))]


def _close_bid_opening(world: World) -> list[Call]:
    return [world.open("reporting_duty", project=world.said("project", PAPER))]


def _outstanding(world: World, opened: str, submitted: str, report: str) -> Mapping[str, Any]:
    """The duty that has waited longest for a report, else the one opened last, which the product refuses."""
    owed: dict[str, bool] = {}
    for event in sorted((world.file or {}).get("events", ()), key=lambda each: str(each["occurred_at"])):
        kind, meant = str(event["type"]).removeprefix(DUTY), event["data"].get("report") in (None, report)
        if kind in (opened, submitted) or (kind in ("waived", "rejected") and meant):
            owed[event["number"]] = kind in (opened, "rejected")
    first = next((number for number, waits in owed.items() if waits), None)
    cases = world.cases("reporting_duty")
    if not cases:
        raise NoWay(f"nothing is to be reported: {world.step.command}")
    return next((each for each in cases if each["number"] == first), cases[-1])


def _submit(step: str, submitted: str, report: str) -> Translation:
    def translate(world: World) -> list[Call]:
        found = _outstanding(world, "bid-opening-closed", submitted, report)
        return [world.on(found, step, **world.given("channel", "copy_hash"))]

    return translate


def _submit_quarter_list(world: World) -> list[Call]:
    found = _outstanding(world, "quarter-opened", "quarter-list-submitted", "quarter_list")
    forms = {key: bool(world.said(key, True)) for key in ("electronic", "sealed_paper")}
    return [world.on(found, "submit_quarter_list", **forms)]


COMMANDS: dict[str, Translation] = {
    "OpenQuarter": _period("reporting_duty", "open_quarter", lambda day: quarter_of(day).number),
    "OpenHalfYear": _period("cadence", None, lambda day: half_year_of(day).number),
    "OpenYear": _period("cadence", "open_year", lambda day: year_of(day).number),
    "CloseBidOpening": _close_bid_opening,
    "SubmitOpeningLog": _submit("submit_opening_log", "opening-log-submitted", "opening_log"),
    "SubmitExpertAssessment": _submit("submit_expert_assessment", "expert-assessment-submitted", "expert_assessment"),
    "SubmitQuarterList": _submit_quarter_list,
}
