"""Commands about penalties and joint punishment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from api.scenario.files import identifier
from api.scenario.world import PAPER, Call, NoWay, Translation, World

YEAR = timedelta(days=365)


def _penalty(world: World) -> list[Call]:
    fact = str(world.payload["fact"])
    said = {"subject": world.payload["subject"], "kind": world.payload["kind"], **world.given("amount", "uscc")}
    number = world.payload.get("case") or f"CF-{world.step.n}"
    return [world.open("joint_punishment", number=number, fact=identifier(fact), text=fact, **said)]


def _case(world: World) -> Mapping[str, Any]:
    """The punishment case that the command is about: by penalty, memo or subject named, else the latest that fits."""
    cases = world.cases("joint_punishment")
    named = [each for each in cases if each["number"] in (world.payload.get("penalty"), world.payload.get("case"))]
    held = [each for each in cases if each["matter"] in {matter["id"] for matter in world.matters("held")}]
    for found in (named, held, cases):
        if found:
            return found[-1]
    raise NoWay(f"no punishment case for {world.step.command}")


def _on_case(step: str, *keys: str, **renamed: str) -> Translation:
    return lambda world: [world.on(_case(world), step, **world.given(*keys, **renamed))]


def _latest(step: str, *keys: str) -> Translation:
    """A step on the latest punishment case, whoever holds its matters."""

    def translate(world: World) -> list[Call]:
        cases = world.cases("joint_punishment")
        if not cases:
            raise NoWay(f"no punishment case for {world.step.command}")
        named = [each for each in cases if each["number"] in (world.payload.get("penalty"), world.payload.get("case"))]
        return [world.on((named or cases)[-1], step, **world.given(*keys))]

    return translate


def _memo(world: World) -> list[Call]:
    measures = world.said("measures", [{"m": PAPER, "basis": PAPER}])
    effective = world.said("effective", world.step.at.date().isoformat())
    said = {
        "measures": [{"measure": each["m"], "basis": each["basis"]} for each in measures],
        "effective": effective,
        "until": world.said("until", (world.step.at.date() + YEAR).isoformat()),
        **world.given("memo", "subject"),
    }
    penalty = world.payload.get("penalty")
    cases = world.cases("joint_punishment")
    known = [each for each in cases if each["number"] == penalty] if penalty else cases
    if known:
        return [world.on(known[-1], "issue_memo", **said)]
    number = world.payload.get("memo") or f"BWL-{world.step.n}"
    said |= {"penalty": penalty or PAPER, "decided_by": PAPER}
    return [world.open("joint_punishment", "issue_memo", number=number, **said)]


COMMANDS: dict[str, Translation] = {
    "DecidePenalty": _penalty,
    "ReportResultForJointPunishment": _on_case("report_result", "uploaded_to"),
    "IssuePunishmentMemo": _memo,
    "DistributeMemo": _latest("distribute_memo", "to"),
    "AcknowledgeMemo": _latest("acknowledge_memo"),
    "RecordMeasureExecuted": _latest("record_measure_executed", "measure"),
    "RecordCreditScore": _on_case("record_credit_score", "points", "basis"),
    "RecordPenaltyRevoked": _on_case("record_penalty_revoked", revoked_by="by"),
    "LiftPunishmentMemo": _latest("lift_memo"),
}
