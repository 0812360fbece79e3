"""Commands about assistance letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.scenario.world import PAPER, Call, NoWay, Translation, World

PRESENT = "有"
"""How a file says that a paper is there without its words."""


def _issue(world: World) -> list[Call]:
    said = {
        "to": world.payload["to"],
        "case_summary": world.said("case_summary", PAPER),
        "matters_and_reasons": _words(world, "matters_and_reasons"),
        "evidence": world.said("evidence", [PAPER]),
        **world.given("commissions"),
    }
    return [world.open("assistance", number=world.payload.get("letter"), matter=world.matter(), **said)]


def _words(world: World, key: str) -> Any:
    """A paper in words; one without words of its own is another in every step."""
    said = world.said(key, PRESENT)
    return f"{PAPER}{world.step.n}" if said in (PRESENT, 1) else said


def _letter(world: World, states: tuple[str, ...], party: str) -> Mapping[str, Any]:
    """The letter that is named, else the last one to or from `by` on which it can act, else its last one."""
    letters = world.cases("assistance")
    named = [each for each in letters if each["number"] == world.payload.get("letter")]
    events = (world.file or {}).get("events", ())
    own = {
        each["number"]
        for each in events
        if each["type"] == "assistance.requested" and each["data"][party] == world.step.by
    }
    mine = [each for each in letters if each["number"] in own]
    ready = [each for each in mine if each["state"] in states]
    for found in (named, ready, mine, letters):
        if found:
            return found[-1]
    raise NoWay(f"no letter for {world.step.command}")


def _on(
    step: str, *states: str, party: str = "to", fixed: Mapping[str, Any] | None = None, **papers: Any
) -> Translation:
    """A step on a letter in one of these states; `papers`: what is taken as in order where the scenario is silent."""

    return lambda world: [world.on(_letter(world, states, party), step, **world.in_order(papers), **(fixed or {}))]


COMMANDS: dict[str, Translation] = {
    "IssueAssistanceLetter": _issue,
    "ReceiveAssistanceLetter": _on("receive", "issued"),
    "ReturnAssistanceLetter": _on("return_to_sender", "received", fixed={"beyond_function": True}, reason=PAPER),
    "StartAssistance": _on("start", "received"),
    "GiveFeedback": _on("give_feedback", "received", "assisting", written=True, result=PAPER),
    "CancelAssistance": _on("cancel", "issued", "received", "assisting", party="issued_by", reason=PAPER),
}
