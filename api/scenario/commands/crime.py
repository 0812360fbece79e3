"""Commands about the referral of suspected crime to the police."""

from __future__ import annotations

from api.scenario.files import identifier
from api.scenario.world import PAPER, Call, Translation, World


def _suspicion(world: World) -> list[Call]:
    number = world.payload["case"]
    known = {each["id"] for each in (world.file or {}).get("matters", ())}
    told = world.said("matter", PAPER)
    about = identifier(told) if isinstance(told, str) and identifier(told) in known else number
    said = {"matter": about, "description": told, **world.given("task_force")}
    return [world.open("crime_referral", number=number, **said)]


def _crime(step: str, relation: str = "held", **papers: object) -> Translation:
    """A step of a crime referral; `papers`: what is taken as in order where the scenario is silent."""

    return lambda world: [world.act("crime_referral", step, _about(world, relation), **world.in_order(papers))]


def _about(world: World, relation: str) -> str:
    """The matter of the latest crime referral, where no matter is named and `by` holds none."""
    known = [each["matter"] for each in world.cases("crime_referral")]
    found = [each["id"] for each in world.matters(relation) if each["id"] in known]
    return str(found[-1] if found else known[-1] if known else world.matter(relation))


def _dispatch(world: World) -> list[Call]:
    said = {"materials": world.said("materials", [PAPER]), **world.given("copied_to", "to")}
    return [world.act("crime_referral", "dispatch", _about(world, "held"), **said)]


COMMANDS: dict[str, Translation] = {
    "RecordCrimeSuspicion": _suspicion,
    "SubmitCrimeReferralReport": _crime("submit_report", report=PAPER),
    "ApproveCrimeReferral": _crime("approve", approved_by=PAPER),
    "NotApproveCrimeReferral": _crime("not_approve", reason=PAPER),
    "NotApprove": _crime("not_approve", reason=PAPER),
    "DispatchCrimeReferral": _dispatch,
    "SignCrimeReferralReceipt": _crime("sign_receipt", "transit"),
    "ForwardByPolice": lambda world: [
        world.act("crime_referral", "forward_by_police", _about(world, "held"), to=world.payload["to"])
    ],
    "RequestSupplement": _crime("request_supplement", missing=[PAPER]),
    "SubmitSupplement": _crime("submit_supplement", "any", materials=[PAPER]),
    "FileCriminalCase": _crime("file_case"),
    "RefuseFiling": _crime("refuse_filing", reason=PAPER),
    "ReceiveFilingNotice": _crime("receive_filing_notice", "any"),
    "HandOverCaseItems": _crime("hand_over_items", "any"),
    "ReceiveNotFilingNotice": _crime("receive_not_filing_notice", "transit"),
    "RequestReconsideration": _crime("request_reconsideration"),
    "ReceiveReconsideration": _crime("receive_reconsideration", "any"),
    "DecideReconsideration": _crime("decide_reconsideration", "any", result=PAPER),
    "ReceiveReconsiderationDecision": _crime("receive_reconsideration_decision", "any"),
    "SuggestProsecutorSupervision": _crime("suggest_prosecutor_supervision", "any"),
}
