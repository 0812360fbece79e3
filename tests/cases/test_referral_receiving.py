"""Whoever gets a referral signs for it, decides on it or returns it with a reason, and tells the referrer what came of it."""

from __future__ import annotations

from datetime import date

from domain.cases.referral import CASE as REFERRAL
from domain.cases.referral.events import (
    ForwardedToCompetentLevel,
    JurisdictionDesignated,
    ReferralAccepted,
    ReferralNotAccepted,
    ReferralOpened,
    ReferralReceiptSigned,
    ReferralReturned,
    ReferrerNotifiedOfForward,
    Scope,
)
from domain.law.clock import State
from tests.cases.referral_facts import (
    ACCEPTED,
    DECLINED,
    DISPUTED,
    HANDLED,
    SENT,
    SIGNED,
    dispatched,
    fact,
    opened,
)
from tests.given import given, opening

RECEIPT = ReferralReceiptSigned(matter="M1", catalogue_agrees=True)
FORWARD = ForwardedToCompetentLevel(matter="M1", to="ez_zjj", why="超出本级权限")
FORWARDED = (*SIGNED, fact(FORWARD, "2024-05-10", "jtj"))
DESIGNATED = (*DISPUTED, fact(JurisdictionDesignated(matter="M1", to="jtj"), "2024-06-01", "gwh"))


def test_the_addressee_signs_the_receipt_and_from_then_on_holds_the_matter() -> None:
    result = given(*SENT).when(REFERRAL, "sign_receipt", by="jtj", at="2024-05-08")
    result.then_topics("referral.receipt-signed", "complaint.transferred")
    clock = result.clock("XE-RET5")
    assert clock is not None
    assert (result.holder("M1"), result.in_transit_to("M1"), clock.due.day) == ("jtj", None, date(2024, 5, 14))


def test_the_receipt_compares_the_material_with_the_catalogue() -> None:
    came = ("举报信", "录音")
    result = given(*SENT).when(REFERRAL, "sign_receipt", by="jtj", at="2024-05-08", received=came)
    assert result.new[0].event == ReferralReceiptSigned(
        matter="M1", catalogue_agrees=False, differences=("缺少：现场照片", "多出：录音")
    )


def test_nobody_but_the_addressee_signs_and_it_signs_once() -> None:
    given(*SENT).when(REFERRAL, "sign_receipt", by="zjj", at="2024-05-08").forbidden()
    given(*SENT).when(REFERRAL, "sign_receipt", by="slj", at="2024-05-08").forbidden()
    given(*SIGNED).when(REFERRAL, "sign_receipt", by="jtj", at="2024-05-09").forbidden()


def test_a_receipt_is_signed_in_the_case_whose_material_came() -> None:
    onward = (
        fact(ReferralReturned(matter="M1", reason="不属本部门", to="slj"), "2024-05-09", "jtj"),
        fact(opened("YS-2"), "2024-05-10", "zjj", "YS-2"),
        fact(dispatched("slj", referrer="zjj"), "2024-05-10", "zjj", "YS-2"),
    )
    given(*SIGNED, *onward).when(REFERRAL, "sign_receipt", case="YS-1", by="slj", at="2024-05-11").refused(
        "STEP_NOT_ALLOWED_IN_STATE"
    )


def test_a_referral_from_outside_opens_its_matter_with_the_receipt() -> None:
    result = given().when(
        REFERRAL,
        "receive_from_outside",
        number="YS-9",
        by="nyj",
        at="2024-05-08",
        matter="M9",
        from_="ez_zjj",
        scope=Scope.FUNDS,
    )
    result.then(
        ReferralOpened(**opening("YS-9", "M9"), receiver="nyj", scope=Scope.FUNDS),
        ReferralReceiptSigned(matter="M9", catalogue_agrees=True, from_="ez_zjj"),
    )
    assert result.holder("M9") == "nyj"
    back = result.when(REFERRAL, "return_to_sender", by="nyj", at="2024-05-09", reason="不属本部门职责")
    assert back.then_topics("referral.returned").in_transit_to("M9") == "ez_zjj"
    back.when(REFERRAL, "receive_returned", by="ez_zjj", at="2024-05-10").then_topics("referral.return-received")


def test_what_is_in_the_file_does_not_come_from_outside_nor_from_oneself() -> None:
    outside = {"by": "nyj", "at": "2024-05-08", "number": "YS-9"}
    given(*SENT).when(REFERRAL, "receive_from_outside", **outside, matter="M1", from_="slj").refused(
        "MATTER_ALREADY_IN_FILE"
    )
    given().when(REFERRAL, "receive_from_outside", **outside, matter="M9", from_="nyj").refused("REFERRAL_TO_ITSELF")
    given().when(
        REFERRAL, "receive_from_outside", by="jwjc", at="2024-05-08", number="YS-9", matter="M9", from_="nyj"
    ).forbidden()


def test_accepting_ends_the_time_to_return_and_starts_the_time_to_reply() -> None:
    result = given(*SIGNED).when(REFERRAL, "accept", by="jtj", at="2024-05-09").then(ReferralAccepted(matter="M1"))
    returning, replying = result.clock("XE-RET5"), result.clock("XE-RPL5")
    assert returning is not None
    assert replying is not None
    assert (returning.state, replying.due.day) == (State.VOID, date(2024, 5, 15))


def test_acceptance_after_the_time_to_return_has_lapsed_is_no_breach() -> None:
    result = given(*SIGNED).when(REFERRAL, "accept", by="jtj", at="2024-05-30").then_topics("referral.accepted")
    returning = result.clock("XE-RET5")
    assert returning is not None
    assert returning.state is State.VOID


def test_only_the_receiver_decides_once_and_while_it_has_the_matter_in_hand() -> None:
    given(*SIGNED).when(REFERRAL, "accept", by="slj", at="2024-05-09").forbidden()
    given(*SENT).when(REFERRAL, "accept", by="jtj", at="2024-05-07").forbidden()
    given(*ACCEPTED).when(REFERRAL, "accept", by="jtj", at="2024-05-10").refused("STEP_NOT_ALLOWED_IN_STATE")
    given(*ACCEPTED).when(REFERRAL, "decline", by="jtj", at="2024-05-10", reason="已过时效").refused(
        "STEP_NOT_ALLOWED_IN_STATE"
    )
    onward = (
        fact(opened("YS-2"), "2024-05-09", "jtj", "YS-2"),
        fact(dispatched("zjj", referrer="jtj"), "2024-05-09", "jtj", "YS-2"),
    )
    for name, more in (
        ("accept", {}),
        ("decline", {"reason": "已过时效"}),
        ("return_to_sender", {"reason": "不属本部门"}),
    ):
        sent_on = given(*SIGNED, *onward).when(REFERRAL, name, case="YS-1", by="jtj", at="2024-05-10", **more)
        sent_on.refused("MATTER_IN_TRANSIT")


def test_a_matter_of_ones_own_remit_is_not_accepted_only_with_a_reason() -> None:
    result = given(*SIGNED).when(REFERRAL, "decline", by="jtj", at="2024-05-09", reason="已过时效")
    result.then(ReferralNotAccepted(matter="M1", reason="已过时效"))
    returning, replying = result.clock("XE-RET5"), result.clock("XE-RPL5")
    assert returning is not None
    assert replying is not None
    assert (returning.state, replying.state, result.holder("M1")) == (State.VOID, State.RUNNING, "jtj")
    given(*SIGNED).when(REFERRAL, "decline", by="jtj", at="2024-05-09", reason=None).refused(
        "REFERRAL_DECLINE_REASON_REQUIRED"
    )


def test_material_outside_the_remit_is_returned_with_written_reason() -> None:
    result = given(*SIGNED).when(REFERRAL, "return_to_sender", by="jtj", at="2024-05-14", reason="属住建部门管辖")
    result.then(ReferralReturned(matter="M1", reason="属住建部门管辖", to="slj"))
    clock = result.clock("XE-RET5")
    assert clock is not None
    assert (clock.state, result.holder("M1"), result.in_transit_to("M1")) == (State.MET, "jtj", "slj")


def test_a_return_after_the_five_days_is_recorded_and_judged_late() -> None:
    result = given(*SIGNED).when(REFERRAL, "return_to_sender", by="jtj", at="2024-05-16", reason="属住建部门管辖")
    clock = result.then_topics("referral.returned").clock("XE-RET5")
    assert clock is not None
    assert (clock.state, clock.late_working_days) == (State.BREACHED_LATE, 2)


def test_nothing_is_returned_without_reason_after_a_decision_or_by_a_designated_department() -> None:
    asked = {"by": "jtj", "at": "2024-06-04", "reason": "不属本部门"}
    given(*SIGNED).when(REFERRAL, "return_to_sender", by="jtj", at="2024-05-09", reason=None).refused(
        "REFERRAL_RETURN_REASON_REQUIRED"
    )
    for facts in (ACCEPTED, DECLINED, HANDLED):
        given(*facts).when(REFERRAL, "return_to_sender", **asked).refused("REFERRAL_RETURN_AFTER_DECISION")
    receipt = ReferralReceiptSigned(matter="M1", catalogue_agrees=True, designated=True)
    designee = (*DESIGNATED, fact(receipt, "2024-06-03", "jtj"))
    given(*designee).when(REFERRAL, "return_to_sender", **asked).refused("DESIGNATED_CANNOT_RETURN")
    given(*SIGNED).when(REFERRAL, "return_to_sender", by="slj", at="2024-05-09", reason="不属本部门").forbidden()


def test_a_matter_of_another_level_is_sent_there_and_held_there_once_signed_for() -> None:
    result = given(*SIGNED).when(
        REFERRAL, "forward_to_competent_level", by="jtj", at="2024-05-10", to="ez_zjj", why="超出本级权限"
    )
    result.then(FORWARD)
    returning, forwarding = result.clock("XE-RET5"), result.clock("XE-LVL5")
    assert returning is not None
    assert forwarding is not None
    assert (returning.state, forwarding.state) == (State.VOID, State.MET)
    assert (result.holder("M1"), result.in_transit_to("M1")) == ("jtj", "ez_zjj")
    signed = result.when(REFERRAL, "sign_receipt", by="jtj", on_behalf_of="ez_zjj", at="2024-05-13")
    signed.then_topics("referral.receipt-signed", "complaint.transferred")
    assert (signed.holder("M1"), len(signed.clocks("XE-RET5"))) == ("ez_zjj", 1)


def test_forwarding_gives_the_reason_and_is_not_a_return() -> None:
    asked = {"by": "jtj", "at": "2024-05-10"}
    given(*SIGNED).when(REFERRAL, "forward_to_competent_level", **asked, to="ez_zjj", why=None).refused(
        "REFERRAL_FORWARD_REASON_REQUIRED"
    )
    given(*SIGNED).when(REFERRAL, "forward_to_competent_level", **asked, to="slj", why="级别").refused(
        "REFERRAL_FORWARD_TO_REFERRER"
    )
    given(*SIGNED).when(REFERRAL, "forward_to_competent_level", **asked, to="jtj", why="级别").refused(
        "REFERRAL_TO_ITSELF"
    )
    given(*ACCEPTED).when(REFERRAL, "forward_to_competent_level", **asked, to="ez_zjj", why="级别").refused(
        "STEP_NOT_ALLOWED_IN_STATE"
    )
    given(*SIGNED).when(
        REFERRAL, "forward_to_competent_level", by="slj", at="2024-05-10", to="ez_zjj", why="级别"
    ).forbidden()


def test_the_referrer_is_told_of_the_forwarding_once_and_after_the_receipt_too() -> None:
    notice = ReferrerNotifiedOfForward(matter="M1", to="slj")
    given(*FORWARDED).when(REFERRAL, "notify_referrer_of_forward", by="jtj", at="2024-05-11", to="slj").then(notice)
    arrived = (*FORWARDED, fact(RECEIPT, "2024-05-13", "ez_zjj"))
    told = given(*arrived).when(REFERRAL, "notify_referrer_of_forward", by="jtj", at="2024-05-14").then(notice)
    told.when(REFERRAL, "notify_referrer_of_forward", by="jtj", at="2024-05-15").refused("REFERRAL_ALREADY_REPLIED")
    given(*FORWARDED).when(REFERRAL, "notify_referrer_of_forward", by="jtj", at="2024-05-11", to="zjj").refused(
        "REPLY_GOES_TO_REFERRER"
    )
    given(*SIGNED).when(REFERRAL, "notify_referrer_of_forward", by="jtj", at="2024-05-11").refused(
        "REFERRAL_NOT_FORWARDED"
    )
    given(*FORWARDED).when(REFERRAL, "notify_referrer_of_forward", by="zjj", at="2024-05-11").forbidden()


def test_what_another_level_returns_comes_back_to_who_forwarded_it() -> None:
    arrived = given(*FORWARDED, fact(RECEIPT, "2024-05-13", "ez_zjj"))
    returned = arrived.when(REFERRAL, "return_to_sender", by="ez_zjj", at="2024-05-14", reason="属县级")
    returned.then(ReferralReturned(matter="M1", reason="属县级", to="jtj"))
