"""A joint inspection is planned in eight parts and settled by all who take part (联合检查方案)."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from domain.cases.inspection import CASE as INSPECTION
from domain.cases.inspection.events import (
    Fixed,
    InspectionPlanAgreed,
    InspectionPlanRevised,
    InspectionWithdrawn,
    Occasion,
    ParticipantAgreed,
    Plan,
)
from domain.draw import commitment
from domain.kernel import Organ
from tests.cases.inspection_facts import (
    AGREED,
    DRAWN,
    LJ,
    PLAN,
    PROPOSAL,
    PROPOSED,
    PROPOSED_EVENT,
    STARTED,
    WITH,
    fact,
    without,
)
from tests.given import Given, given

PARTS = [each.name for each in fields(Plan)]
BOTH_AGREED = (*PROPOSED, *(fact(ParticipantAgreed(**LJ, participant=each), "02", each) for each in WITH))


def propose(**more: Any) -> Given:
    """Propose the inspection, in order if nothing else is said."""
    by = more.pop("by", "zjj")
    return given().when(INSPECTION, "propose", by=by, at="2025-09-01", number="LJ-1", **{**PROPOSAL, **more})


def confirm(told: Given, *agreed: str, **more: Any) -> Given:
    """Settle the plan."""
    return told.when(INSPECTION, "confirm_plan", by="zjj", at="2025-09-02", agreed_by=tuple(map(Organ, agreed)), **more)


def test_a_department_proposes_an_inspection_with_its_plan_and_nobody_holds_it() -> None:
    told = propose().then(PROPOSED_EVENT)
    assert told.file.matters == {}
    propose(participants=()).then_topics("inspection.proposed")
    assert propose(participants=(Organ("zjj"), *WITH, *WITH)).new[0].event.participants == WITH


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("missing", [None, " "])
def test_a_plan_without_one_of_its_parts_is_refused(part: str, missing: str | None) -> None:
    changed = Plan(**{**vars(PLAN), part: missing})
    told = propose(plan=changed).refused("INSPECTION_PLAN_INCOMPLETE")
    assert told.refusal is not None
    assert len(told.refusal.facts["missing"]) == (2 if part == "method_and_steps" else 1)


def test_the_plan_has_eight_parts_of_which_method_and_steps_are_two() -> None:
    told = propose(plan=None).refused("INSPECTION_PLAN_INCOMPLETE")
    assert told.refusal is not None
    assert told.refusal.facts["missing"] == ["职责分工", "目的", "对象", "范围", "内容", "时间", "方式", "步骤"]


@pytest.mark.parametrize("occasion", Occasion)
def test_each_of_the_six_scopes_is_an_occasion(occasion: Occasion) -> None:
    assert len(Occasion) == 6
    propose(occasion=occasion).then_topics("inspection.proposed")


@pytest.mark.parametrize(
    "more,code",
    [
        ({"occasion": None}, "INSPECTION_OCCASION_REQUIRED"),
        ({"by": "jyzx"}, "INSPECTION_BY_SUPERVISORS_ONLY"),
        ({"participants": (Organ("nobody"),)}, "INSPECTION_PARTICIPANT_UNKNOWN"),
        ({"participants": (Organ("respondent"),)}, "INSPECTION_PARTICIPANT_UNKNOWN"),
    ],
)
def test_a_proposal_names_its_occasion_and_departments(more: dict[str, Any], code: str) -> None:
    propose(**more).refused(code)


def test_who_only_reads_proposes_nothing() -> None:
    propose(by="jwjc").forbidden()


def test_each_participant_agrees_once_and_for_itself() -> None:
    told = given(*PROPOSED).when(INSPECTION, "agree", by="jtj", at="2025-09-02")
    told.then(ParticipantAgreed(**LJ, participant=Organ("jtj")))
    told.when(INSPECTION, "agree", by="jtj", at="2025-09-02").refused("INSPECTION_AGREED_ALREADY")
    told.when(INSPECTION, "agree", by="zrj", at="2025-09-02").forbidden()


def test_the_plan_is_settled_when_all_participants_agree_by_themselves_or_as_the_initiator_records() -> None:
    confirm(given(*PROPOSED)).refused("INSPECTION_NOT_ALL_AGREED")
    told = confirm(given(*PROPOSED), "jtj").refused("INSPECTION_NOT_ALL_AGREED")
    assert told.refusal is not None and told.refusal.facts["missing"] == ["nyj"]
    confirm(given(*PROPOSED), "jtj", "nyj").then(InspectionPlanAgreed(**LJ, agreed_by=WITH))
    confirm(given(*BOTH_AGREED)).then(InspectionPlanAgreed(**LJ, agreed_by=WITH))
    confirm(given(*BOTH_AGREED[:2]), "nyj").then(InspectionPlanAgreed(**LJ, agreed_by=WITH))
    given(*PROPOSED).when(INSPECTION, "confirm_plan", by="zjj", at="2025-09-02", agreed_by=None).refused(
        "INSPECTION_NOT_ALL_AGREED"
    )
    given(*PROPOSED).when(INSPECTION, "confirm_plan", by="jtj", at="2025-09-02", agreed_by=WITH).forbidden()


def test_who_agrees_without_having_been_named_joins() -> None:
    told = confirm(given(*PROPOSED), "jtj", "nyj", "zrj")
    assert told.case is not None and told.case.summary()["participants"] == ("jtj", "nyj", "zrj")
    confirm(given(*PROPOSED), "jtj", "nyj", "nobody").refused("INSPECTION_PARTICIPANT_UNKNOWN")


def test_a_joint_inspection_is_not_made_alone_or_with_the_trading_centre_only() -> None:
    for agreed in ((), ("jyzx",), ("zjj",)):
        confirm(propose(participants=()), *agreed).refused("INSPECTION_NEEDS_PARTICIPANTS")
    confirm(propose(participants=()), "jyzx", "jtj").then_topics("inspection.plan-agreed")


def test_the_seed_is_committed_to_by_its_digest_only() -> None:
    for wrong in ("2025-09-02 福彩", commitment("s").upper(), ""):
        confirm(given(*BOTH_AGREED), seed_commitment=wrong).refused("INSPECTION_COMMITMENT_MALFORMED")
    told = confirm(given(*BOTH_AGREED), seed_commitment=commitment("s"))
    told.then(InspectionPlanAgreed(**LJ, agreed_by=WITH, seed_commitment=Fixed(commitment("s"))))


def test_a_revised_plan_is_agreed_to_anew() -> None:
    revised = {"plan": PLAN, "participants": (Organ("jtj"),)}
    told = given(*BOTH_AGREED).when(INSPECTION, "revise_plan", by="zjj", at="2025-09-03", **revised)
    told.then(InspectionPlanRevised(**LJ, **revised))
    confirm(told).refused("INSPECTION_NOT_ALL_AGREED")
    confirm(told, "jtj").then_topics("inspection.plan-agreed")
    again = given(*BOTH_AGREED)
    again.when(INSPECTION, "revise_plan", by="zjj", at="2025-09-03", plan=without("time"), participants=WITH).refused(
        "INSPECTION_PLAN_INCOMPLETE"
    )
    again.when(INSPECTION, "revise_plan", by="jtj", at="2025-09-03", **revised).forbidden()


@pytest.mark.parametrize("facts", [PROPOSED, AGREED, DRAWN])
def test_an_inspection_is_called_off_before_it_begins_with_a_reason(facts: tuple[Any, ...]) -> None:
    told = given(*facts)
    for nothing in (None, " "):
        told.when(INSPECTION, "withdraw", by="zjj", at="2025-09-04", reason=nothing).refused(
            "INSPECTION_WITHDRAWAL_REASON_REQUIRED"
        )
    told.when(INSPECTION, "withdraw", by="jtj", at="2025-09-04", reason="防汛").forbidden()
    told.when(INSPECTION, "withdraw", by="zjj", at="2025-09-04", reason="防汛").then(
        InspectionWithdrawn(**LJ, reason="防汛")
    )
    told.when(INSPECTION, "start", by="zjj", at="2025-09-05").refused("STEP_NOT_ALLOWED_IN_STATE")


def test_what_has_begun_is_not_called_off() -> None:
    given(*STARTED).when(INSPECTION, "withdraw", by="zjj", at="2025-09-06", reason="防汛").refused("INSPECTION_BEGUN")


PLANNING = {
    "revise_plan": {"plan": PLAN, "participants": WITH},
    "confirm_plan": {"agreed_by": WITH},
    "agree": {},
}


@pytest.mark.parametrize("name", PLANNING)
@pytest.mark.parametrize("facts", [AGREED, DRAWN, STARTED])
def test_a_settled_plan_is_settled(facts: tuple[Any, ...], name: str) -> None:
    by = "jtj" if name == "agree" else "zjj"
    given(*facts).when(INSPECTION, name, by=by, at="2025-09-06", **PLANNING[name]).refused("STEP_NOT_ALLOWED_IN_STATE")
