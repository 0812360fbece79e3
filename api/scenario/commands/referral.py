"""Commands about referrals and disputes over jurisdiction."""

from __future__ import annotations

from api.scenario.files import identifier
from api.scenario.world import PAPER, Call, Translation, World, acting


def _dispatch(world: World) -> list[Call]:
    matter = world.matter()
    said = {
        "to": world.payload["to"],
        "scope": world.said("scope", "S1"),
        "delivery": world.said("delivery", "直接送达"),
        "catalogue": world.said("catalogue", [PAPER]),
        **world.given("new_facts"),
    }
    required = [each for each in world.cases("referral", matter) if each["state"] == "required"]
    return [world.on(required[-1], "dispatch", **said) if required else world.open("referral", matter=matter, **said)]


def _require(world: World) -> list[Call]:
    found = world.given("discovered_on")
    said = {"scope": world.said("scope", "S1"), "basis": world.said("basis", PAPER)}
    ground = "discovery" if found else "receipt"
    return [world.open("referral", "require", matter=world.matter(), ground=ground, **said, **found)]


def _sign(world: World) -> list[Call]:
    if "from_" in world.payload and not world.matters("transit"):
        matter = identifier(str(world.payload.get("matter") or f"M{world.step.n}"))
        said = {"from": world.payload["from_"], **world.given("scope", "catalogue")}
        number = None if world.file else matter
        return [world.open("referral", "receive_from_outside", number=number, matter=matter, **said)]
    return [world.act("referral", "sign_receipt", world.matter("transit"))]


def _reasoned(step: str) -> Translation:
    return lambda world: [world.act("referral", step, reason=world.said("reason", PAPER))]


def _replying(step: str) -> Translation:
    return lambda world: [world.act("referral", step, **world.given("to"))]


def _receive_returned(world: World) -> list[Call]:
    return [world.act("referral", "receive_returned", world.matter("transit"))]


def _withdraw(world: World) -> list[Call]:
    said = {"reason": world.said("reason", PAPER), **world.given("ends_duty")}
    return [world.act("referral", "withdraw", **said)]


def _forward(world: World) -> list[Call]:
    said = {"to": world.payload["to"], "why": world.said("why", PAPER)}
    return [world.act("referral", "forward_to_competent_level", **said)]


def _raise_dispute(world: World) -> list[Call]:
    parties = world.payload["parties"]
    views = [{"party": party, "view": PAPER} for party in parties]
    said = {"coordinator": world.payload["coordinator"], "parties": parties, "views": world.said("views", views)}
    return [world.act("referral", "raise_dispute", world.matter(), **said)]


def _in_dispute(step: str, *keys: str) -> Translation:
    return lambda world: [world.act("referral", step, world.matter("any"), **world.given(*keys))]


COMMANDS: dict[str, Translation] = {
    "RequireReferral": _require,
    "DispatchReferral": _dispatch,
    "SignReferralReceipt": _sign,
    "AcceptReferral": acting("referral", "accept"),
    "DeclineReferral": _reasoned("decline"),
    "ReturnReferral": _reasoned("return_to_sender"),
    "ReceiveReturnedReferral": _receive_returned,
    "WithdrawReferral": _withdraw,
    "ForwardToCompetentLevel": _forward,
    "NotifyReferrerOfForward": _replying("notify_referrer_of_forward"),
    "ReplyAcceptanceResult": _replying("reply_acceptance_result"),
    "ReplyHandlingResult": _replying("reply_handling_result"),
    "RaiseJurisdictionDispute": _raise_dispute,
    "RecordDisagreement": _in_dispute("record_disagreement", "item", "urgent"),
    "EscalateToCommittee": _in_dispute("escalate", "opinions"),
    "DesignateJurisdiction": _in_dispute("designate", "to"),
}
