"""Commands about supervised tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.scenario.files import identifier
from api.scenario.world import PAPER, Call, NoWay, Translation, World
from application.plans.reading import LONG_TERM
from domain.law.fixed_date import fixed_date


def until(said: Any) -> Mapping[str, Any]:
    """A date, a phrase that means one, 长期, or nothing, as the product takes it."""
    if not said:
        return {}
    if said == LONG_TERM:
        return {"long_term": True}
    try:
        return {"due": fixed_date(str(said)).isoformat()}
    except ValueError as error:
        raise NoWay(str(error)) from error


def several(said: Any) -> list[str]:
    """One name or a list of them as a list."""
    return [said] if isinstance(said, str) else list(said or ())


def _import(world: World) -> list[Call]:
    name = str(world.payload["task"])
    said = {
        "matter": identifier(name),
        "title": name,
        "source": world.said("source", name),
        "issued": str(world.said("issued", world.step.at.date())),
        "leads": several(world.payload.get("lead")),
        "cooperating": several(world.payload.get("cooperating")),
        **until(world.payload.get("due")),
        **world.given("clause", "quote"),
    }
    return [world.open("task", **said)]


def _on_task(step: str, **papers: Any) -> Translation:
    """A step on the task that is named; `papers`: what is taken as in order where the scenario is silent."""

    return lambda world: [world.act("task", step, **world.in_order(papers))]


COMMANDS: dict[str, Translation] = {
    "ImportPlanTask": _import,
    "AssignTask": _import,
    "ReportProgress": _on_task("report_progress", progress=PAPER),
    "ReportTaskCompletion": _on_task("report_completion", evidence=[PAPER]),
    "RejectTaskCompletion": _on_task("reject_completion", reason=PAPER),
    "VerifyTaskCompletion": _on_task("verify_completion"),
    "CirculateOverdue": _on_task("circulate_overdue"),
}
