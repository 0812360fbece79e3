"""Commands about complaints, reports and the evidence handed over by the trading centre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.scenario.commands import inspection
from api.scenario.files import identifier
from api.scenario.world import PAPER, Call, NoWay, Translation, World, acting


def _register(world: World) -> list[Call]:
    return [world.open("complaint", number=world.payload["case"], subject="bidding", **_received(world))]


def _register_procurement(world: World) -> list[Call]:
    return [world.open("complaint", number=world.payload["case"], subject="procurement", **_received(world))]


def _received(world: World) -> dict[str, Any]:
    title = world.payload.get("matter")
    return {
        "complainant": world.said("complainant", PAPER),
        "prior_objection_answered": world.said("prior_objection_answered", world.step.at.date().isoformat()),
        **({"matter_title": title} if title else {}),
        **world.given("project", "same_matter_as", "knew_on"),
    }


def _register_report(world: World) -> list[Call]:
    title = str(world.payload["matter"])
    kind = world.payload["kind"]
    named = {"complainant": world.said("complainant", PAPER)} if kind == "实名举报" else {}
    number = world.payload["case"]
    matter = identifier(title)
    about = {"matter": matter, "matter_title": title} if matter != title else {"matter_title": title}
    return [world.open("complaint", "register_report", number=number, kind=kind, **about, **named)]


def _determine(world: World) -> list[Call]:
    said = {key: world.payload[key] for key in ("competent", "transfer_required")}
    return [world.act("complaint", "determine_not_competent", **said)]


def _link(world: World) -> list[Call]:
    return [world.act("complaint", "link_duplicate", **world.given("earlier", "complainant_told"))]


def _commission(step: str) -> Translation:
    return lambda world: [world.act("complaint", step, **world.given("kind", "pause_id"))]


def _result(step: str) -> Translation:
    return lambda world: [world.act("complaint", step, **world.given("pause_id"))]


def _correction(world: World) -> list[Call]:
    return [world.act("complaint", "request_correction", **world.given("items", "deadline"))]


def _withdrawal(world: World) -> list[Call]:
    said = {"written": True, **world.given("written", "by")}
    return [world.act("complaint", "request_withdrawal", grounds=PAPER, **said)]


def _withdrawal_answer(step: str, established: bool) -> Translation:
    return lambda world: [
        world.act("complaint", step, violation_established=world.said("violation_established", established))
    ]


def _reject(world: World) -> list[Call]:
    return [world.act("complaint", "reject", reason=world.said("reason", PAPER))]


def _decide(world: World) -> list[Call]:
    return [world.act("complaint", "decide", outcome=world.said("outcome", PAPER))]


def _notify_respondents(world: World) -> list[Call]:
    return [world.act("complaint", "notify_respondents", **world.given("received_on"))]


def _serve(world: World) -> list[Call]:
    matter = world.matter()
    penalties = world.cases("joint_punishment", matter)
    return [
        world.on(penalties[-1], "serve_decision") if penalties else world.act("complaint", "serve_decision", matter)
    ]


def _handled_case(world: World, matter: str) -> tuple[str, str]:
    """The case in which the matter is handled now: the complaint, the referral by which it came, or the penalty."""
    if world.cases("joint_punishment", matter):
        return "joint_punishment", matter
    owner = _opened_by(world, matter)
    if owner["type"] == "inspection" and _with_its_finder(world, matter):
        return "inspection", str(owner["matter"])
    reported = [each for each in world.cases("complaint", matter) if each["state"] == "transferred"]
    if (reported or not world.cases("complaint", matter)) and world.cases("referral", matter):
        return "referral", matter
    if owner["type"] in ("complaint", "evidence_handover", "crime_referral"):
        return str(owner["type"]), str(owner["matter"])
    raise NoWay(f"no case in matter {matter}")


def _opened_by(world: World, matter: str) -> Mapping[str, Any]:
    """The case that opened a matter."""
    file: Mapping[str, Any] = world.file or {}
    opened = {each["id"]: each["case"] for each in file.get("matters", ())}
    cases: dict[str, Mapping[str, Any]] = {each["id"]: each for each in file.get("cases", ())}
    if matter not in opened:
        raise NoWay(f"no case in matter {matter}")
    return cases[opened[matter]]


def _with_its_finder(world: World, matter: str) -> bool:
    """Whether what an inspection found is still, or again, with the department that found it, and nobody refers it."""
    under = [each["state"] for each in world.cases("referral", matter)]
    return not any(state in ("received", "accepted", "not_accepted", "handled") for state in under)


def _handling(step: str) -> Translation:
    def translate(world: World) -> list[Call]:
        matter = world.matter()
        case_type, owner = _handled_case(world, matter)
        besides = {} if owner == matter else {"matter": matter}
        said = world.given("uploaded_to") if step == "file_report" else {}
        if case_type == "inspection":
            return inspection.handling(world, step, owner, matter, said)
        return [world.act(case_type, step, owner, **besides, **said)]

    return translate


def _hand_over(world: World) -> list[Call]:
    to, _, office = str(world.payload["to"]).partition("/")
    papers = {"form": world.said("form", "书面"), "evidence": world.said("evidence", [PAPER])}
    said = {**({"office": office} if office else {}), **papers}
    return [world.open("evidence_handover", number=world.payload["case"], to=to, **said)]


COMMANDS: dict[str, Translation] = {
    "RegisterComplaint": _register,
    "RegisterProcurementComplaint": _register_procurement,
    "RegisterReport": _register_report,
    "RequestCorrection": _correction,
    "RecordCorrection": acting("complaint", "record_correction"),
    "AcceptComplaint": acting("complaint", "accept"),
    "RejectComplaint": _reject,
    "DetermineNotCompetent": _determine,
    "NotifyComplainant": acting("complaint", "notify_complainant", written=True),
    "LinkDuplicateComplaint": _link,
    "SuspendTrading": acting("complaint", "suspend_trading"),
    "ResumeTrading": acting("complaint", "resume_trading"),
    "CommissionInspection": _commission("commission_inspection"),
    "RecordInspectionReport": _result("record_inspection_report"),
    "CommissionExpertReview": _commission("commission_expert_review"),
    "RecordExpertOpinion": _result("record_expert_opinion"),
    "SuspendProcurement": acting("complaint", "suspend_procurement"),
    "ResumeProcurement": acting("complaint", "resume_procurement"),
    "LapseSuspension": acting("complaint", "lapse_suspension"),
    "NotifyRespondents": _notify_respondents,
    "SubmitStatement": acting("complaint", "submit_statement"),
    "RequestWithdrawal": _withdrawal,
    "GrantWithdrawal": _withdrawal_answer("grant_withdrawal", False),
    "RefuseWithdrawal": _withdrawal_answer("refuse_withdrawal", True),
    "DecideComplaint": _decide,
    "PublishDecision": acting("complaint", "publish_decision"),
    "ServeDecision": _serve,
    "FileCaseReport": _handling("file_report"),
    "CompleteHandling": _handling("complete_handling"),
    "CloseCase": _handling("close"),
    "HandOverEvidence": _hand_over,
}
