"""A whole complaint goes to the earlier receiver (并案), or with its referral to another department and back (移送、退回)."""

from __future__ import annotations

from datetime import date

import pytest

from domain.cases.complaint.case import Complaint
from domain.cases.complaint.events import (
    CaseClosed,
    ComplaintAccepted,
    ComplaintJoinedToEarlier,
    ComplaintReturned,
    ComplaintTakenOver,
    ComplaintTransferred,
)
from domain.cases.referral.case import Referral
from domain.cases.referral.events import Delivery, ReferralReceiptSigned
from domain.law.clock import State
from tests.cases.complaint_facts import accepted, bidding, decided, not_competent, report, report_accepted
from tests.given import Given, given

LATER = bidding("2025-01-23", "nyj", "TS-2", same_matter_as="TS-1")


# ---- duplicates


def test_a_later_complaint_joins_the_earlier_one_whose_receiver_holds_both() -> None:
    taken = given(bidding(), LATER).when(
        Complaint, "link_duplicate", by="nyj", at="2025-01-24", earlier="TS-1", complainant_told=True
    )
    taken.then(ComplaintJoinedToEarlier(matter="TS-2", earlier="TS-1", earlier_receiver="zjj", complainant_told=True))
    assert (taken.holder("TS-1"), taken.holder("TS-2")) == ("zjj", "zjj")
    assert taken.clocks("NA-ACC3")[1].stop is not None
    taken.when(Complaint, "close", by="zjj", at="2025-01-24", case="TS-2").then(CaseClosed(matter="TS-2"))


def test_an_earlier_complaint_does_not_join_a_later_one() -> None:
    given(bidding(), LATER).when(
        Complaint, "link_duplicate", by="zjj", at="2025-01-24", case="TS-1", earlier="TS-2", complainant_told=True
    ).refused("NOT_EARLIER")


@pytest.mark.parametrize("by,case,earlier", [("zjj", "TS-1", "TS-2"), ("slj", "TS-2", "TS-1")])
def test_of_two_received_at_once_the_department_named_first_has_it(by: str, case: str, earlier: str) -> None:
    taken = given(bidding(), bidding(by="slj", number="TS-2")).when(
        Complaint, "link_duplicate", by=by, at="2025-01-24", case=case, earlier=earlier, complainant_told=True
    )
    if by == "zjj":
        taken.refused("NOT_EARLIER")
    else:
        assert taken.holder("TS-2") == "zjj"


def test_an_earlier_receiver_outside_the_file_is_named() -> None:
    taken = given(bidding()).when(
        Complaint, "link_duplicate", by="zjj", at="2025-01-24", earlier="TS-9", complainant_told=False,
        earlier_receiver="slj",
    )  # fmt: skip
    taken.then(ComplaintJoinedToEarlier(matter="TS-1", earlier="TS-9", earlier_receiver="slj"))


@pytest.mark.parametrize("earlier", ["TS-9", "TS-1"])
def test_a_complaint_joins_nothing_unknown_and_not_itself(earlier: str) -> None:
    given(bidding()).when(
        Complaint, "link_duplicate", by="zjj", at="2025-01-24", earlier=earlier, complainant_told=True
    ).refused("EARLIER_RECEIPT_UNKNOWN")


def test_reports_and_accepted_complaints_are_not_joined() -> None:
    given(report()).when(
        Complaint, "link_duplicate", by="zjj", at="2025-01-24", earlier="TS-9", complainant_told=True
    ).refused("COMPLAINTS_ONLY")
    given(bidding(), accepted()).when(
        Complaint, "link_duplicate", by="zjj", at="2025-01-24", earlier="TS-9", complainant_told=True
    ).refused("STEP_NOT_ALLOWED_IN_STATE")


# ---- with a referral


def referred(*facts: tuple[object, ...], matter: str = "TS-1") -> Given:
    """A complaint whose whole matter the housing bureau sends to the agriculture bureau, which has signed for it."""
    taken = given(*facts).when(
        Referral, "dispatch", by="zjj", at="2025-01-26", matter=matter, to="nyj", scope="S1", delivery=Delivery.DIRECT,
        catalogue=("投诉书",),
    )  # fmt: skip
    assert taken.holder(matter) == "zjj"
    return taken.when(Referral, "sign_receipt", by="nyj", at="2025-01-27")


def test_when_the_receipt_is_signed_the_complaint_is_with_the_receiver() -> None:
    taken = referred(bidding(), not_competent(transfer=True))
    taken.then(
        ReferralReceiptSigned(matter="TS-1", catalogue_agrees=True),
        ComplaintTransferred(matter="TS-1", receiver="nyj"),
    )
    assert taken.holder("TS-1") == "nyj"
    taken.when(Complaint, "accept", by="zjj", at="2025-02-05").forbidden()
    taken.when(Complaint, "accept", by="nyj", at="2025-02-05").refused("STEP_NOT_ALLOWED_IN_STATE")
    taken.when(Complaint, "close", by="nyj", at="2025-02-05").refused("OPEN_REFERRAL")


def test_who_accepts_the_referral_acts_on_the_complaint_from_its_own_receipt_to_the_end() -> None:
    taken = referred(bidding(), not_competent(transfer=True)).when(Referral, "accept", by="nyj", at="2025-02-05")
    assert taken.new[-1].event == ComplaintTakenOver(matter="TS-1", receiver="nyj")
    decision = taken.clocks("NA-DEC30")[-1]
    assert (decision.party, decision.anchor.date()) == ("nyj", date(2025, 1, 27))
    taken.when(Complaint, "commission_expert_review", by="nyj", at="2025-02-10")
    taken.when(Complaint, "record_expert_opinion", by="nyj", at="2025-02-21")
    taken.when(Complaint, "decide", by="nyj", at="2025-03-03", outcome="投诉成立")
    taken.when(Complaint, "serve_decision", by="nyj", at="2025-03-04")
    assert [taken.clock(rule).state for rule in ("NA-DEC30", "XE-RES10", "XE-REP7")] == [
        State.MET,
        State.RUNNING,
        State.RUNNING,
    ]
    taken.when(Complaint, "file_report", by="nyj", at="2025-03-05").then_topics("complaint.report-filed")
    taken.when(Complaint, "close", by="nyj", at="2025-03-06").refused("CLOCKS_RUNNING")


def test_the_first_department_may_still_tell_the_complainant() -> None:
    taken = referred(bidding(), not_competent(transfer=True)).when(
        Complaint, "notify_complainant", by="zjj", at="2025-01-27", written=True
    )
    taken.then_topics("complaint.redirected")
    assert (taken.holder("TS-1"), taken.clocks("XE-RDN3")[0].open) == ("nyj", False)


def test_a_notice_ends_nothing_while_the_file_is_elsewhere() -> None:
    taken = referred(bidding(), not_competent()).when(
        Complaint, "notify_complainant", by="zjj", at="2025-01-27", written=True
    )
    assert (taken.holder("TS-1"), taken.case.state) == ("nyj", "transferred")


@pytest.mark.parametrize(
    "facts,state", [((bidding(),), "received"), ((bidding(), accepted(), decided("2025-01-25")), "decided")]
)
def test_a_returned_complaint_is_where_it_was_before(facts: tuple[tuple[object, ...], ...], state: str) -> None:
    taken = referred(*facts).when(Referral, "return_to_sender", by="nyj", at="2025-01-28", reason="属水利部门管辖")
    taken.when(Referral, "receive_returned", by="zjj", at="2025-02-05")
    assert taken.new[-1].event == ComplaintReturned(matter="TS-1")
    complaint = next(case for case in taken.file.cases.values() if isinstance(case, Complaint))
    assert (complaint.state, taken.holder("TS-1")) == (state, "zjj")


def test_a_complaint_passed_on_comes_back_step_by_step() -> None:
    taken = referred(bidding())
    taken.when(Referral, "forward_to_competent_level", by="nyj", at="2025-02-05", to="ez_zjj", why="属州级管辖")
    taken.when(Referral, "sign_receipt", by="ez_zjj", at="2025-02-06")
    taken.then_topics("referral.receipt-signed", "complaint.transferred")
    complaint = next(case for case in taken.file.cases.values() if isinstance(case, Complaint))
    assert [state for _, state in complaint.transfers] == ["received", "transferred"]


def test_a_withdrawn_referral_brings_the_complaint_back() -> None:
    taken = referred(bidding()).when(Referral, "withdraw", by="zjj", at="2025-02-05", reason="事实有待补查")
    taken.then_topics("referral.withdrawn", "complaint.returned")
    assert taken.holder("TS-1") == "zjj"
    taken.when(Complaint, "accept", by="zjj", at="2025-02-06").then(ComplaintAccepted(matter="TS-1"))


def test_what_came_back_may_be_accepted_after_all_and_needs_no_referral_then() -> None:
    taken = referred(bidding(), not_competent(transfer=True))
    taken.when(Referral, "return_to_sender", by="nyj", at="2025-01-28", reason="属住建部门管辖")
    taken.when(Referral, "receive_returned", by="zjj", at="2025-02-05")
    assert taken.clock("XE-REF5").state == State.RUNNING
    taken.when(Complaint, "accept", by="zjj", at="2025-02-06").then(ComplaintAccepted(matter="TS-1"))
    assert taken.clock("XE-REF5").state == State.VOID


def test_after_acceptance_a_transfer_ends_the_first_departments_time_to_decide() -> None:
    taken = referred(bidding(), accepted())
    assert taken.clock("NA-DEC30").state == State.VOID
    taken.when(Referral, "accept", by="nyj", at="2025-02-05")
    assert [(clock.party, clock.open) for clock in taken.clocks("NA-DEC30")] == [("zjj", False), ("nyj", True)]


def test_what_was_on_the_way_is_not_closed() -> None:
    sent = given(report(), report_accepted()).when(Complaint, "complete_handling", by="zjj", at="2025-01-25")
    sent.when(Complaint, "file_report", by="zjj", at="2025-01-26")
    sent.when(
        Referral, "dispatch", by="zjj", at="2025-01-27", matter="M1", to="nyj", scope="S2", delivery=Delivery.POST,
        catalogue=("举报信",),
    )  # fmt: skip
    sent.when(Complaint, "close", by="zjj", at="2025-01-27").refused("IN_TRANSIT")


def test_a_referred_report_is_dealt_with_under_the_referral() -> None:
    taken = referred(report(), matter="M1").when(Referral, "accept", by="nyj", at="2025-02-05")
    taken.then_topics("referral.accepted")
    taken.when(Complaint, "complete_handling", by="nyj", at="2025-02-06").refused("OPEN_REFERRAL")
    taken.when(Complaint, "accept", by="nyj", at="2025-02-06").refused("STEP_NOT_ALLOWED_IN_STATE")


def test_only_a_referral_moves_a_complaint() -> None:
    for step in ("hand_over", "take_over"):
        given(bidding()).when(Complaint, step, by="zjj", at="2025-01-24", receiver="nyj").forbidden()
    given(bidding()).when(Complaint, "take_back", by="zjj", at="2025-01-24").forbidden()
