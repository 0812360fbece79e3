"""Commands about joint inspections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from api.scenario.files import identifier
from api.scenario.world import PAPER, Call, NoWay, Translation, World

PARTS = ("duties", "purpose", "targets", "scope", "content", "time", "method_and_steps")
OCCASION = "专项治理"
GOES_ON = re.compile(r"\b(S[1-4])\s*$")


def _propose(world: World) -> list[Call]:
    said = {
        "occasion": world.said("occasion", OCCASION),
        "plan": _plan(world.said("plan", {})),
        **world.given("participants"),
    }
    return [world.open("inspection", number=world.payload.get("case"), **said)]


def _plan(told: Any) -> dict[str, str | None] | None:
    """Each part is a text, a mark that it is there, or nothing; a part that is not named is taken as in order."""
    if not isinstance(told, Mapping):
        return None if not told else dict.fromkeys(PARTS, PAPER)
    parts = {part: told.get(part, PAPER) for part in PARTS}
    return {part: said if isinstance(said, str) else PAPER if said else None for part, said in parts.items()}


def _case(world: World) -> Mapping[str, Any]:
    """The inspection that is named, else the last one."""
    cases = world.cases("inspection")
    named = [each for each in cases if each["number"] == world.payload.get("case")]
    if not cases:
        raise NoWay(f"no inspection for {world.step.command}")
    return (named or cases)[-1]


def _confirm(world: World) -> list[Call]:
    said = {"agreed_by": world.said("agreed_by", []), **world.given("seed_commitment")}
    return [world.on(_case(world), "confirm_plan", **said)]


def _draw(world: World) -> list[Call]:
    """A draw whose result the file tells was made elsewhere; one with a pool and a seed is computed."""
    if "seed" in world.payload:
        pools = ("target_pool", "targets", "inspector_pool", "inspectors")
        return [world.on(_case(world), "draw", **world.given("seed", *pools))]
    said = {"targets": world.said("targets", [PAPER]), "inspectors": world.said("inspectors", [PAPER])}
    return [world.on(_case(world), "record_outside_draw", **said, **world.given("seed_published"))]


def _findings(world: World) -> list[Call]:
    found = [_finding(name, told, world.step.by) for name, told in world.payload.items() if name != "case"]
    return [world.on(_case(world), "record_findings", findings=found)]


def _finding(name: str, told: Any, by: str) -> dict[str, Any]:
    said = told if isinstance(told, Mapping) else {"text": told}
    text = said.get("text", PAPER)
    ending = GOES_ON.search(text) if isinstance(text, str) else None
    goes_on = {"refer": ending is not None, **({"scope": ending.group(1)} if ending else {})}
    return {
        "matter": identifier(str(name)),
        "description": text,
        "found_by": said.get("found_by", by),
        **goes_on,
        **({"discovered_on": said["discovered_on"]} if "discovered_on" in said else {}),
    }


def handling(world: World, step: str, inspection: str, matter: str, said: Mapping[str, Any]) -> list[Call]:
    """What a finder does with a finding: handle it, report it, close it."""
    if step == "complete_handling":
        papers = {"outcome": world.said("outcome", PAPER), **world.given("instead_of_referral")}
        return [world.act("inspection", "dispose_finding", inspection, matter=matter, **papers)]
    name = "close_finding" if step == "close" else step
    return [world.act("inspection", name, inspection, matter=matter, **said)]


def _on(step: str, **papers: Any) -> Translation:
    """A step on the inspection; `papers`: what is taken as in order where the scenario is silent."""

    return lambda world: [world.on(_case(world), step, **world.in_order(papers))]


COMMANDS: dict[str, Translation] = {
    "ProposeJointInspection": _propose,
    "AgreeInspectionPlan": _on("agree"),
    "ConfirmInspectionPlan": _confirm,
    "DrawRandomly": _draw,
    "StartJointInspection": _on("start"),
    "RecordFindings": _findings,
    "PublishResults": _on("publish_results", text=PAPER),
    "CloseInspection": lambda world: [world.on(_case(world), "close", **world.given("unpublished_because"))],
    "WithdrawInspection": _on("withdraw", reason=PAPER),
}
