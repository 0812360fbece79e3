"""Where departments do not agree who is competent, the matter stays where it is until it is settled or designated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.cases.referral import CASE as REFERRAL
from domain.cases.referral.events import (
    DisputeSettled,
    EscalatedToCommittee,
    JurisdictionDesignated,
    ReferralReceiptSigned,
    ResolutionDeferred,
    View,
)
from domain.law.clock import State
from tests.cases.referral_facts import (
    ACCEPTED,
    BACK,
    DISPUTE,
    DISPUTED,
    RAISING,
    RETURNED,
    SENDING,
    SIGNED,
    VIEWS,
    dispatched,
    fact,
    opened,
)
from tests.given import Given, given

ESCALATED = (*DISPUTED, fact(EscalatedToCommittee(matter="M1", opinions=("slj", "jtj")), "2024-05-20", "zwj"))


def test_after_a_return_referrer_or_returner_raises_the_dispute_and_the_holder_stays() -> None:
    result = given(*BACK).when(REFERRAL, "raise_dispute", by="slj", at="2024-05-16", **RAISING).then(DISPUTE)
    clock = result.clock("XE-REF5")
    assert clock is not None
    assert (clock.state, result.holder("M1")) == (State.MET, "slj")
    on_the_way = (
        given(*RETURNED).when(REFERRAL, "raise_dispute", by="jtj", at="2024-05-14T10:00+08:00", **RAISING).then(DISPUTE)
    )
    assert on_the_way.holder("M1") == "jtj"


def test_what_arrives_after_the_dispute_was_raised_is_taken_in_without_a_fresh_time_to_refer() -> None:
    raised = fact(DISPUTE, "2024-05-14T10:00+08:00", "jtj")
    result = given(*RETURNED, raised).when(REFERRAL, "receive_returned", by="slj", at="2024-05-15")
    result.then_topics("referral.return-received", "complaint.returned")
    assert (result.holder("M1"), result.clocks("XE-REF5")) == ("slj", [])
    result.when(REFERRAL, "designate", by="gwh", at="2024-05-24", to="jtj").then_topics("referral.designated")


@pytest.mark.parametrize(
    "change,code",
    [
        ({"parties": ("slj", "slj")}, "DISPUTE_NEEDS_PARTIES"),
        ({"parties": ()}, "DISPUTE_NEEDS_PARTIES"),
        ({"views": None}, "DISPUTE_VIEWS_REQUIRED"),
        ({"views": VIEWS[:1]}, "DISPUTE_VIEWS_REQUIRED"),
        ({"views": (VIEWS[0], View(party="jtj", view=" "))}, "DISPUTE_VIEWS_REQUIRED"),
    ],
)
def test_a_dispute_has_parties_and_the_views_of_all_of_them(change: dict[str, Any], code: str) -> None:
    given(*BACK).when(REFERRAL, "raise_dispute", by="slj", at="2024-05-16", **{**RAISING, **change}).refused(code)


def test_without_a_return_there_is_no_dispute_and_strangers_raise_none() -> None:
    for facts in (SIGNED, ACCEPTED):
        asked = given(*facts).when(REFERRAL, "raise_dispute", by="slj", at="2024-05-16", **RAISING)
        asked.refused("STEP_NOT_ALLOWED_IN_STATE")
    given(*BACK).when(REFERRAL, "raise_dispute", by="zjj", at="2024-05-16", **RAISING).forbidden()


def test_a_matter_that_went_elsewhere_is_no_longer_disputed() -> None:
    onward = (
        fact(opened("YS-2"), "2024-05-16", "slj", "YS-2"),
        fact(dispatched("zjj", leg=2), "2024-05-16", "slj", "YS-2"),
    )
    asked = given(*BACK, *onward).when(REFERRAL, "raise_dispute", case="YS-1", by="slj", at="2024-05-17", **RAISING)
    asked.refused("MATTER_IN_TRANSIT")


def test_disagreement_in_the_meeting_is_recorded_by_the_convenor() -> None:
    result = given(*DISPUTED).when(REFERRAL, "record_disagreement", by="zhb", at="2024-05-18", item="I3", urgent=True)
    result.then(ResolutionDeferred(matter="M1", item="I3", urgent=True))
    given(*DISPUTED).when(REFERRAL, "record_disagreement", by="slj", at="2024-05-18", item="I3").forbidden()
    given(*BACK).when(REFERRAL, "record_disagreement", by="zhb", at="2024-05-18", item="I3").refused(
        "STEP_NOT_ALLOWED_IN_STATE"
    )


def test_the_coordinator_puts_the_dispute_to_the_committee_with_all_opinions() -> None:
    result = given(*DISPUTED).when(REFERRAL, "escalate", by="zwj", at="2024-05-20", opinions=("slj", "jtj"))
    result.then(EscalatedToCommittee(matter="M1", opinions=("slj", "jtj")))
    assert result.holder("M1") == "slj"
    for opinions in (None, (), ("slj",)):
        given(*DISPUTED).when(REFERRAL, "escalate", by="zwj", at="2024-05-20", opinions=opinions).refused(
            "ALL_OPINIONS_REQUIRED"
        )
    given(*DISPUTED).when(REFERRAL, "escalate", by="slj", at="2024-05-20", opinions=("slj", "jtj")).forbidden()
    given(*ESCALATED).when(REFERRAL, "escalate", by="zwj", at="2024-05-21", opinions=("slj", "jtj")).refused(
        "STEP_NOT_ALLOWED_IN_STATE"
    )


def test_what_the_parties_settle_the_holder_carries_out_by_a_new_referral() -> None:
    result = given(*DISPUTED).when(REFERRAL, "settle_dispute", by="zwj", at="2024-05-20", competent="jtj")
    result.then(DisputeSettled(matter="M1", competent="jtj"))
    again = result.when(REFERRAL, "dispatch", number="YS-2", by="slj", at="2024-05-21", matter="M1", **SENDING)
    again.then(opened("YS-2"), dispatched(leg=2))
    given(*DISPUTED).when(REFERRAL, "settle_dispute", by="jtj", at="2024-05-20", competent="slj").forbidden()
    given(*BACK).when(REFERRAL, "settle_dispute", by="zwj", at="2024-05-20", competent="slj").forbidden()


@pytest.mark.parametrize("facts", [DISPUTED, ESCALATED])
def test_the_committee_designates_and_the_designee_signs_without_a_time_to_return(facts: tuple[Any, ...]) -> None:
    result = given(*facts).when(REFERRAL, "designate", by="gwh", at="2024-05-24", to="jtj")
    result.then(JurisdictionDesignated(matter="M1", to="jtj"))
    assert (result.holder("M1"), result.in_transit_to("M1")) == ("slj", "jtj")
    signed = result.when(REFERRAL, "sign_receipt", by="jtj", at="2024-05-27")
    assert signed.new[0].event == ReferralReceiptSigned(matter="M1", catalogue_agrees=True, designated=True)
    assert (signed.holder("M1"), len(signed.clocks("XE-RET5"))) == ("jtj", 1)
    signed.when(REFERRAL, "return_to_sender", by="jtj", at="2024-05-28", reason="不属本部门").refused(
        "DESIGNATED_CANNOT_RETURN"
    )
    signed.when(REFERRAL, "accept", by="jtj", at="2024-05-28").then_topics("referral.accepted")


def test_the_common_superior_of_the_parties_may_designate_too() -> None:
    facts = _with_superiors(given(*DISPUTED), slj="ez_zjj", jtj="ez_zjj")
    facts.when(REFERRAL, "designate", by="ez_zjj", at="2024-05-24", to="zjj").then(
        JurisdictionDesignated(matter="M1", to="zjj")
    )


def test_nobody_else_designates() -> None:
    given(*DISPUTED).when(REFERRAL, "designate", by="zwj", at="2024-05-24", to="jtj").refused(
        "DESIGNATION_NOT_BY_SUPERIOR"
    )
    one_only = _with_superiors(given(*DISPUTED), slj="ez_zjj")
    one_only.when(REFERRAL, "designate", by="ez_zjj", at="2024-05-24", to="jtj").refused("DESIGNATION_NOT_BY_SUPERIOR")
    given(*DISPUTED).when(REFERRAL, "designate", by="jwjc", at="2024-05-24", to="jtj").forbidden()
    given(*BACK).when(REFERRAL, "designate", by="gwh", at="2024-05-24", to="jtj").refused("STEP_NOT_ALLOWED_IN_STATE")


def _with_superiors(facts: Given, **superiors: str) -> Given:
    organs = facts.file.register.organs
    facts.file.register.organs = {
        key: replace(organ, superior=superiors.get(key)) for key, organ in organs.items()
    }  # fmt: skip
    return facts
