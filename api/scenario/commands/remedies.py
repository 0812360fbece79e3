"""Commands about objections, the review of decisions, penalty procedures, rewards, credit points and the expert blacklist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.scenario.files import identifier
from api.scenario.world import PAPER, Call, NoWay, Translation, World


def _raise(kind: str) -> Translation:
    def translate(world: World) -> list[Call]:
        number = world.payload.get("case") or f"YY-{world.step.n}"
        said = {"concern": world.said("concern", "documents"), "addressee": world.said("addressee", PAPER)}
        return [world.open("objection", number=number, kind=kind, **said, **world.given("project", "knew_on"))]

    return translate


def _latest(world: World, case_type: str) -> Mapping[str, Any]:
    """The case that the command names by its number, else the latest of the type."""
    cases = world.cases(case_type)
    named = [each for each in cases if each["number"] == world.payload.get("case")]
    if not cases:
        raise NoWay(f"no {case_type} for {world.step.command}")
    return (named or cases)[-1]


def _on(case_type: str, step: str, *keys: str, **papers: Any) -> Translation:
    """A step on the latest case of a type; `papers`: what is taken as in order where the scenario is silent."""

    return lambda world: [world.on(_latest(world, case_type), step, **world.in_order(papers), **world.given(*keys))]


def _reopen(world: World) -> list[Call]:
    case_type = "penalty" if world.cases("penalty") and not world.cases("complaint") else "complaint"
    received = world.said("judgment_received_on", world.step.at.date().isoformat())
    said = {"judgment": world.said("judgment", PAPER), "judgment_received_on": received}
    return [world.on(_latest(world, case_type), "reopen", **said)]


def _file_penalty(world: World) -> list[Call]:
    fact = str(world.payload["fact"])
    number = world.payload.get("case") or f"LA-{world.step.n}"
    said = {"subject": world.payload["subject"], **world.given("uscc", "source")}
    return [world.open("penalty", number=number, fact=identifier(fact), text=fact, **said)]


def _reward(world: World) -> list[Call]:
    benefits = world.said("benefits", [{"incentive": "优先办理", "basis": PAPER}])
    said = {
        "party": world.said("party", "投标人"),
        "merits": world.said("merits", PAPER),
        "until": world.said("until", None),
    }
    number = world.payload.get("case") or f"SJ-{world.step.n}"
    return [world.open("reward", number=number, subject=world.payload["subject"], benefits=benefits, **said,
                       **world.given("uscc", "effective"))]  # fmt: skip


def _points(world: World) -> list[Call]:
    said = {"party": world.said("party", "投标人"), "sign": world.said("sign", "deducted")}
    papers = {"ground": world.said("ground", PAPER), "basis": world.said("basis", PAPER)}
    number = world.payload.get("case") or f"XY-{world.step.n}"
    return [world.open("credit", number=number, subject=world.payload["subject"], points=world.payload["points"], **said,
                       **papers, **world.given("uscc", "until"))]  # fmt: skip


def _propose(world: World) -> list[Call]:
    papers = {"ground": world.said("ground", PAPER), "basis": world.said("basis", PAPER)}
    number = world.payload.get("case") or f"HM-{world.step.n}"
    return [world.open("expert_blacklist", number=number, expert=world.payload["expert"], **papers,
                       **world.given("expert_no", "assessment"))]  # fmt: skip


COMMANDS: dict[str, Translation] = {
    "RegisterObjection": _raise("objection"),
    "RegisterChallenge": _raise("challenge"),
    "RecordAnswer": _on("objection", "record_answer", answer=PAPER, written=True),
    "RecordNoAnswer": _on("objection", "record_no_answer"),
    "WithdrawObjection": _on("objection", "withdraw"),
    "RecordReview": _on("complaint", "record_review", "reference", "copy_received_on", review="行政诉讼", organ=PAPER),
    "RecordReviewHearing": _on("complaint", "record_review_hearing"),
    "RecordReviewResult": _on("complaint", "record_review_result", finding="annulled", judgment=PAPER),
    "ReopenCase": _reopen,
    "FilePenaltyCase": _file_penalty,
    "DateViolation": _on("penalty", "date_violation", "ended_on", "discovered_on", "endangers"),
    "NotifyHearingRight": _on("penalty", "notify_hearing_right", "received_on", proposed=PAPER, grounds=PAPER),
    "RequestHearing": _on("penalty", "record_hearing_request"),
    "WaiveHearing": _on("penalty", "record_hearing_waiver", paper=PAPER),
    "HoldHearing": _on("penalty", "hold_hearing", presided_by=PAPER, record=PAPER),
    "ExtendPenaltyPeriod": _on("penalty", "extend_period", "until", basis=PAPER, approved_by=PAPER),
    "EndPenaltyCase": _on("penalty", "end", ending="dropped", basis=PAPER),
    "GrantReward": _reward,
    "WithdrawReward": _on("reward", "withdraw", ground=PAPER, untrue=True),
    "RecordPoints": _points,
    "CancelPoints": _on("credit", "cancel_points", ground=PAPER),
    "ProposeBlacklisting": _propose,
    "NotifyExpert": _on("expert_blacklist", "notify_expert", "answer_by", "received_on"),
    "HearExpert": _on("expert_blacklist", "hear_expert", statement=PAPER, review=PAPER),
    "EnterBlacklist": _on("expert_blacklist", "enter", "until", "effective"),
    "LiftBlacklisting": _on("expert_blacklist", "lift", repair=PAPER),
}
