"""Handling (承办): who is in charge of a case inside an organ, hand-over, and the successor of an organ that is no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.cases.complaint import CASE as COMPLAINT
from domain.cases.expert_blacklist import CASE as BLACKLIST
from domain.cases.expert_blacklist.events import BlacklistProposed
from domain.cases.handling import CASE as HANDLING
from domain.cases.handling.events import (
    CaseHandedOver,
    HandlingOpened,
    MatterSucceeded,
    OfficerAssigned,
    OrganSucceeded,
    WayContinued,
)
from domain.cases.penalty import CASE as PENALTY
from domain.cases.penalty.events import Ending, PenaltyCaseFiled
from domain.cases.recusal import CASE as RECUSAL
from domain.cases.recusal.events import Relation
from domain.cases.referral import CASE as REFERRAL
from domain.cases.reward import CASE as REWARDS
from domain.cases.reward.events import Benefit, Incentive, RewardGranted
from domain.kernel import PlaceTaken
from domain.names import Party
from tests.cases.complaint_facts import accepted, bidding, closed
from tests.cases.referral_facts import SENT, SIGNED
from tests.given import Given, given, opening

CB = opening("CB-1", file_no="TS-1")
ASSIGNED = OfficerAssigned(matter="CB-1", of="TS-1", organ="zjj", officer="li")


def assign(found: Given, officer: str = "li", of: str = "TS-1", *, by: str = "zjj", at: str = "2025-03-01") -> Given:
    number = None if any(case.TYPE == "handling" for case in found.file.cases.values()) else "CB-1"
    return found.when(HANDLING, "assign", by=by, at=at, number=number, officer=officer, of=of)


def test_an_organ_says_which_of_its_officers_is_in_charge() -> None:
    found = assign(given(bidding()))
    found.then(HandlingOpened(**CB), ASSIGNED)
    assign(found).refused("OFFICER_IN_CHARGE")
    assign(found, "wang").then(replace(ASSIGNED, officer="wang"))
    assert found.case is not None
    assert found.case.summary()["in_charge"] == [{"case": "TS-1", "organ": "zjj", "officer": "wang"}]


@pytest.mark.parametrize("officer", ["zhao", "nobody", "sun"])
def test_who_is_in_charge_serves_in_that_organ(officer: str) -> None:
    assign(given(bidding()), officer).refused("NOT_ITS_HANDLER")


def test_only_an_organ_of_the_file_says_so_of_a_case_of_the_file() -> None:
    assign(given(bidding()), "zhao", by="slj").refused("ORGAN_NOT_INVOLVED")
    assign(given(bidding()), of="TS-2").refused("NO_SUCH_CASE")
    assign(given()).refused("NO_SUCH_FILE")
    assign(given(bidding()), by="respondent").forbidden()


def test_a_file_has_one_case_of_handling_and_every_organ_its_own_officer() -> None:
    found = assign(given(*SIGNED), "zhao", "JB-1", by="slj", at="2025-03-01")
    found.when(HANDLING, "assign", by="slj", at="2025-03-02", number="CB-2", officer="zhao", of="YS-1").refused(
        "ONE_HANDLING"
    )


def test_a_leavers_cases_go_to_a_successor_closed_ones_included() -> None:
    found = assign(given(bidding(), accepted(), closed()))
    found.when(HANDLING, "hand_over", by="zjj", at="2025-03-02", officer="li", successor="wang").then(
        CaseHandedOver(matter="CB-1", of="TS-1", organ="zjj", from_="li", to="wang")
    )
    found.when(HANDLING, "hand_over", by="zjj", at="2025-03-02", officer="li", successor="wang").refused(
        "NOTHING_TO_HAND_OVER"
    )


def test_a_successor_is_a_serving_officer_of_the_organ_who_is_not_recused() -> None:
    def handed(found: Given, by: str = "zjj", to: str = "wang") -> Given:
        return found.when(HANDLING, "hand_over", by=by, at="2025-03-02", officer="li", successor=to)

    handed(assign(given(bidding())), to="zhao").refused("NOT_ITS_HANDLER")
    handed(assign(given(bidding())), by="slj").refused("NOTHING_TO_HAND_OVER")
    handed(assign(given(bidding())), by="system").then_topics("handling.case-handed-over")
    recused = assign(given(bidding())).when(
        RECUSAL, "recuse", by="zjj", at="2025-03-01", officers=("wang",), relation=Relation.KIN, reason="亲属"
    )
    handed(recused).refused("OFFICER_BARRED")


def dissolved(found: Given, organ: str, successor: str | None) -> Given:
    known = found.file.register
    gone = replace(known.organs[organ], dissolved_on=date(2024, 5, 7), successor=successor)
    found.file.register = replace(known, organs={**known.organs, organ: gone})
    return found


def succeed(found: Given, organ: str, successor: str) -> Given:
    return found.when(
        HANDLING, "succeed", by="system", at="2024-05-08", number="CB-1", organ=organ, successor=successor
    )


def test_a_successor_holds_what_the_dissolved_organ_held_and_stands_in_its_place() -> None:
    found = succeed(dissolved(given(*SIGNED), "jtj", "zjj"), "jtj", "zjj")
    found.then(
        HandlingOpened(**opening("CB-1", file_no="JB-1")),
        MatterSucceeded(matter="M1", from_="jtj", to="zjj"),
        OrganSucceeded(matter="CB-1", from_="jtj", to="zjj"),
        *(PlaceTaken(from_="jtj", to="zjj") for _ in range(2)),
    )
    assert found.holder() == "zjj"
    assert {clock.party for clock in found.file.clocks if clock.open} <= {"zjj", "slj", "zwj"}
    found.when(REFERRAL, "accept", by="zjj", at="2024-05-09").then_topics("referral.accepted")


def test_what_was_on_its_way_to_it_goes_to_its_successor() -> None:
    found = succeed(dissolved(given(*SENT), "jtj", "zjj"), "jtj", "zjj")
    assert WayContinued(matter="M1", from_="jtj", to="zjj") in [entry.event for entry in found.new]
    found.when(REFERRAL, "sign_receipt", by="zjj", at="2024-05-09").then_topics(
        "referral.receipt-signed", "complaint.transferred"
    )


def test_the_register_alone_says_who_succeeds_whom() -> None:
    succeed(given(*SIGNED), "jtj", "zjj").refused("NOT_THE_SUCCESSOR")
    succeed(dissolved(given(*SIGNED), "jtj", None), "jtj", "zjj").refused("NOT_THE_SUCCESSOR")
    succeed(dissolved(given(*SIGNED), "jtj", "zjj"), "jtj", "slj").refused("NOT_THE_SUCCESSOR")
    succeed(dissolved(given(*SIGNED), "scj", "zjj"), "scj", "zjj").refused("NOTHING_TO_HAND_OVER")


def test_a_successor_may_act_before_the_file_follows_the_register() -> None:
    found = given(bidding())
    step: dict[str, Any] = {"by": "slj", "at": "2025-01-24"}
    found.when(COMPLAINT, "accept", **step).forbidden()
    dissolved(found, "zjj", "slj").when(COMPLAINT, "accept", **step).then_topics("complaint.accepted")


REWARD = RewardGranted(
    **opening("SJ-1"), subject="甲公司", party=Party.BIDDER, merits="守信", until=date(2030, 1, 1), granted_by="zjj",
    benefits=(Benefit(Incentive.PRIORITY, "条例"),), effective=date(2024, 1, 1),
)  # fmt: skip
PROPOSED = BlacklistProposed(**opening("HM-1"), subject="张某", ground="迟到", basis="办法", proposed_by="zjj")
FILED = PenaltyCaseFiled(**opening("CF-1"), fact="F9", text="串通投标", subject="甲公司", filed_by="zjj")


@pytest.mark.parametrize(
    ("event", "case_type", "step", "said"),
    [
        (REWARD, REWARDS, "withdraw", {"ground": "材料不实", "untrue": True}),
        (PROPOSED, BLACKLIST, "decline", {"reason": "情节轻微"}),
        (FILED, PENALTY, "end", {"ending": next(iter(Ending)), "basis": "情节轻微"}),
    ],
)
def test_rewards_blacklist_entries_and_penalties_of_a_dissolved_organ_are_gone_on_with_by_its_successor(
    event: Any, case_type: Any, step: str, said: dict[str, Any]
) -> None:
    found = dissolved(given((event, "2024-01-02", "zjj")), "zjj", "slj")
    found.when(case_type, step, by="zjj", at="2024-05-08", **said).forbidden()
    found.when(case_type, step, by="jtj", at="2024-05-08", **said).forbidden()
    succeed(found, "zjj", "slj")
    assert found.holder() == "slj"
    found.when(case_type, step, by="slj", at="2024-05-09", **said)
    assert found.new, found.refusal


def test_officers_in_charge_go_along_with_their_organ() -> None:
    found = dissolved(assign(given(*SENT[:1]), "zhao", "JB-1", by="slj", at="2024-05-08"), "slj", "zjj")
    found.when(HANDLING, "succeed", by="system", at="2024-05-09", organ="slj", successor="zjj")
    assert found.case is not None
    assert found.case.summary()["in_charge"] == [{"case": "JB-1", "organ": "zjj", "officer": "zhao"}]
