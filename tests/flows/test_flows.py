"""A complaint that is referred as a whole goes along with its matter: under the receiver, and back if it is returned."""

from __future__ import annotations

from application.flows import FLOWS, Flow, following
from domain.cases import CASES
from domain.cases.complaint import CASE as COMPLAINT
from domain.cases.complaint.events import ComplaintReceived, ComplaintTransferred, Subject, ViolationDiscovered
from domain.cases.referral import CASE as REFERRAL
from domain.cases.referral.events import ReferralAccepted, ReferralReceiptSigned, ReferralReturned
from domain.kernel import FLOW, Entry
from tests.cases.referral_facts import SENDING, dispatched, fact, opened
from tests.given import given, opening

RECEIVED = fact(ComplaintReceived(**opening("JB-1", "M1"), subject=Subject.BIDDING), "2024-04-25", "slj", "JB-1")
SENT = (RECEIVED, fact(opened(), "2024-05-06", "slj"), fact(dispatched(), "2024-05-06T09:01+08:00", "slj"))
SIGNED = (
    *SENT,
    fact(ReferralReceiptSigned(matter="M1", catalogue_agrees=True), "2024-05-08", "jtj"),
    fact(ComplaintTransferred(matter="M1"), "2024-05-08", "jtj", "JB-1"),
)


def test_the_receipt_of_the_whole_case_transfers_the_complaint() -> None:
    result = given(*SENT).when(REFERRAL, "sign_receipt", by="jtj", at="2024-05-08")
    result.then_topics("referral.receipt-signed", "complaint.transferred")
    assert [entry.actor.department for entry in result.new] == ["jtj", "jtj"]
    assert result.new[1].causation == result.new[0].event_id


def test_acceptance_puts_the_complaint_under_the_receiver_who_decides_it() -> None:
    result = given(*SIGNED).when(REFERRAL, "accept", by="jtj", at="2024-05-09")
    result.then_topics("referral.accepted", "complaint.taken-over")
    result.when(COMPLAINT, "decide", by="slj", at="2024-05-20", outcome="投诉不成立").forbidden()
    result.when(COMPLAINT, "decide", by="jtj", at="2024-05-20", outcome="投诉不成立").then_topics("complaint.decided")


def test_the_return_received_gives_the_complaint_back_as_it_was() -> None:
    returned = fact(ReferralReturned(matter="M1", reason="不属本部门", to="slj"), "2024-05-14", "jtj")
    result = given(*SIGNED, returned).when(REFERRAL, "receive_returned", by="slj", at="2024-05-15")
    result.then_topics("referral.return-received", "complaint.returned")
    assert {case.number: case.state for case in result.file.cases.values()} == {
        "JB-1": "received",
        "YS-1": "return_received",
    }


def test_a_withdrawal_after_the_receipt_gives_the_complaint_back_and_one_before_changes_nothing() -> None:
    late = given(*SIGNED).when(REFERRAL, "withdraw", by="slj", at="2024-05-09", reason="补查")
    late.then_topics("referral.withdrawn", "complaint.returned")
    early = given(*SENT).when(REFERRAL, "withdraw", by="slj", at="2024-05-07", reason="补查")
    early.then_topics("referral.withdrawn")


def test_the_referral_of_one_matter_out_of_a_complaint_leaves_the_complaint_where_it_is() -> None:
    split = fact(ViolationDiscovered(matter="M2", description="转包"), "2024-05-06", "slj", "JB-1")
    sent = given(RECEIVED, split).when(
        REFERRAL, "dispatch", number="YS-1", by="slj", at="2024-05-07", matter="M2", **SENDING
    )
    signed = sent.when(REFERRAL, "sign_receipt", by="jtj", at="2024-05-08").then_topics("referral.receipt-signed")
    assert (signed.holder("M1"), signed.holder("M2")) == ("slj", "jtj")


def test_without_a_case_of_the_type_nothing_follows() -> None:
    outside = given().when(
        REFERRAL, "receive_from_outside", number="YS-9", by="nyj", at="2024-05-08", matter="M9", from_="slj"
    )
    outside.then_topics("referral.opened", "referral.receipt-signed")
    accepted = outside.when(REFERRAL, "accept", by="nyj", at="2024-05-09").then_topics("referral.accepted")
    assert accepted.holder("M9") == "nyj"


def test_a_flow_happens_only_if_its_condition_holds_and_brings_its_arguments() -> None:
    entry = next(each for each in given(*SIGNED).file.entries if each.topic == "referral.receipt-signed")
    file = given(*SIGNED).file

    def organ(told: Entry) -> dict[str, str]:
        return {"receiver": told.actor.acting_for}

    always = Flow("referral.receipt-signed", "complaint", "hand_over", arguments=organ)
    never = Flow("referral.receipt-signed", "complaint", "hand_over", only_if=lambda told, about: False)
    other = Flow(ReferralAccepted.TOPIC, "complaint", "hand_over")
    found = following(entry, file, (always, never, other))
    assert [(case.number, step, more) for case, step, more in found] == [("JB-1", "hand_over", {"receiver": "jtj"})]


def test_every_flow_names_a_step_that_only_flows_may_take() -> None:
    for flow in FLOWS:
        assert FLOW in CASES[flow.case_type].STEPS[flow.step].by
