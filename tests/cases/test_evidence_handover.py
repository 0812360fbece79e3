"""The trading centre hands over evidence; who receives it refers the matter or deals with it (证据移交)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.complaint.case import Complaint
from domain.cases.complaint.events import Subject
from domain.cases.evidence_handover.case import EvidenceHandover
from domain.cases.evidence_handover.events import (
    CaseClosed,
    CaseReportFiled,
    EvidenceHandedOver,
    EvidenceTakenUp,
    HandlingCompleted,
    OpinionUploaded,
    WrittenFeedbackGiven,
)
from domain.cases.referral.case import Referral
from domain.cases.referral.events import Delivery, Scope
from domain.law.clock import State
from tests.given import Given, given, opening

PAPERS: dict[str, Any] = {"form": "书面", "evidence": ("同一MAC地址", "现场锁定录像")}
GIVEN = EvidenceHandedOver(**opening("DZ-1"), to="zwj", office="公共资源交易监督管理股", **PAPERS)
HANDED_OVER = (GIVEN, "2025-10-10", "jyzx")
TAKEN_UP = (EvidenceTakenUp(matter="DZ-1"), "2025-10-13", "zwj")
HANDLED = (HandlingCompleted(matter="DZ-1"), "2025-10-20", "zwj")
REPORTED = (CaseReportFiled(matter="DZ-1"), "2025-10-21", "zwj")


def referred() -> Given:
    """The government service bureau has referred the matter, and the housing bureau has signed for it."""
    taken = given(HANDED_OVER).when(
        Referral, "dispatch", by="zwj", at="2025-10-16", matter="DZ-1", to="zjj", scope=Scope.OTHER_REMIT,
        delivery=Delivery.DIRECT, catalogue=PAPERS["evidence"],
    )  # fmt: skip
    return taken.when(Referral, "sign_receipt", by="zjj", at="2025-10-17")


def test_the_addressee_holds_the_evidence_at_once_and_has_five_days_to_refer_it() -> None:
    taken = given().when(
        EvidenceHandover, "hand_over", by="jyzx", at="2025-10-10", number="DZ-1", to="zwj",
        office="公共资源交易监督管理股", **PAPERS,
    )  # fmt: skip
    taken.then(GIVEN)
    assert (taken.holder("DZ-1"), taken.in_transit_to("DZ-1")) == ("zwj", None)
    clock = taken.clocks("XE-REF5")[0]
    assert (clock.party, taken.clock("XE-REF5").due.day) == ("zwj", date(2025, 10, 16))
    assert taken.case.summary()["office"] == "公共资源交易监督管理股"


@pytest.mark.parametrize(
    "papers,code",
    [
        ({"form": None}, "EVIDENCE_UNWRITTEN"),
        ({"form": "口头"}, "EVIDENCE_UNWRITTEN"),
        ({"evidence": None}, "EVIDENCE_MISSING"),
        ({"evidence": ()}, "EVIDENCE_MISSING"),
    ],
)
def test_evidence_is_handed_over_in_writing_and_attached(papers: dict[str, Any], code: str) -> None:
    given().when(
        EvidenceHandover, "hand_over", by="jyzx", at="2025-10-10", number="DZ-1", to="zwj", **{**PAPERS, **papers}
    ).refused(code)


def test_only_the_trading_centre_hands_over_evidence() -> None:
    given().when(
        EvidenceHandover, "hand_over", by="zjj", at="2025-10-10", number="DZ-1", to="zwj", **PAPERS
    ).forbidden()


def test_the_matter_is_new_in_the_file() -> None:
    taken = given().when(
        Complaint, "register", by="zjj", at="2025-10-09", number="TS-1", subject=Subject.BIDDING, complainant="ref-1",
        prior_objection_answered=None,
    )  # fmt: skip
    taken.when(EvidenceHandover, "hand_over", by="jyzx", at="2025-10-10", number="TS-1", to="zwj", **PAPERS).refused(
        "MATTER_TAKEN"
    )


def test_what_is_in_the_own_remit_is_taken_up_and_need_not_be_referred() -> None:
    taken = given(HANDED_OVER).when(EvidenceHandover, "take_up", by="zwj", at="2025-10-13")
    taken.then(EvidenceTakenUp(matter="DZ-1"))
    assert taken.clock("XE-REF5").state == State.VOID
    taken.when(EvidenceHandover, "take_up", by="zwj", at="2025-10-13").refused("STEP_NOT_ALLOWED_IN_STATE")


def test_only_who_holds_the_matter_takes_it_up() -> None:
    given(HANDED_OVER).when(EvidenceHandover, "take_up", by="zjj", at="2025-10-13").forbidden()


def test_a_referred_matter_is_dealt_with_under_the_referral() -> None:
    taken = referred()
    assert (taken.holder("DZ-1"), taken.clock("XE-REF5").state) == ("zjj", State.MET)
    taken.when(EvidenceHandover, "take_up", by="zjj", at="2025-10-20").refused("OPEN_REFERRAL")
    taken.when(EvidenceHandover, "complete_handling", by="zjj", at="2025-10-20").refused("NOT_TAKEN_UP")
    taken.when(EvidenceHandover, "close", by="zjj", at="2025-10-20").refused("NOT_HANDLED")


def test_a_returned_matter_may_be_taken_up_after_all() -> None:
    taken = referred().when(Referral, "return_to_sender", by="zjj", at="2025-10-20", reason="不属住建部门管辖")
    taken.when(Referral, "receive_returned", by="zwj", at="2025-10-21")
    taken.when(EvidenceHandover, "take_up", by="zwj", at="2025-10-22").then(EvidenceTakenUp(matter="DZ-1"))


def test_what_was_taken_up_and_then_referred_is_dealt_with_under_the_referral() -> None:
    taken = given(HANDED_OVER, TAKEN_UP).when(
        Referral, "dispatch", by="zwj", at="2025-10-16", matter="DZ-1", to="zjj", scope=Scope.OTHER_REMIT,
        delivery=Delivery.DIRECT, catalogue=PAPERS["evidence"],
    )  # fmt: skip
    taken.when(Referral, "sign_receipt", by="zjj", at="2025-10-17")
    taken.when(EvidenceHandover, "complete_handling", by="zjj", at="2025-10-20").refused("OPEN_REFERRAL")


def test_the_department_that_deals_with_it_uploads_its_opinion_and_reports_back_in_writing() -> None:
    taken = referred().when(Referral, "accept", by="zjj", at="2025-10-20")
    taken.when(EvidenceHandover, "upload_opinion", by="zjj", at="2025-11-03", platform="湖北省招标投标电子监督平台")
    taken.then(OpinionUploaded(matter="DZ-1", platform="湖北省招标投标电子监督平台"))
    taken.when(EvidenceHandover, "give_feedback", by="zjj", at="2025-11-03", written=True)
    taken.then(WrittenFeedbackGiven(matter="DZ-1"))
    assert [taken.clock(rule).state for rule in ("XE-TIMELY-OPINION", "XE-TIMELY-FEEDBACK")] == [State.MET] * 2


@pytest.mark.parametrize(
    "step,arguments,code",
    [
        ("upload_opinion", {"platform": None}, "PLATFORM_UNNAMED"),
        ("give_feedback", {"written": False}, "FEEDBACK_UNWRITTEN"),
    ],
)
def test_the_opinion_goes_to_a_platform_and_the_feedback_is_written(
    step: str, arguments: dict[str, Any], code: str
) -> None:
    given(HANDED_OVER).when(EvidenceHandover, step, by="zwj", at="2025-10-20", **arguments).refused(code)
    given(HANDED_OVER).when(EvidenceHandover, step, by="zjj", at="2025-10-20", **arguments).forbidden()


def test_what_was_taken_up_is_handled_reported_and_closed() -> None:
    taken = given(HANDED_OVER, TAKEN_UP).when(EvidenceHandover, "complete_handling", by="zwj", at="2025-10-20")
    taken.then(HandlingCompleted(matter="DZ-1"))
    assert taken.clock("XE-REP7").due.day == date(2025, 10, 27)
    taken.when(EvidenceHandover, "close", by="zwj", at="2025-10-21").refused("CLOCKS_RUNNING")
    taken.when(EvidenceHandover, "file_report", by="zwj", at="2025-10-21").then(CaseReportFiled(matter="DZ-1"))
    taken.when(EvidenceHandover, "close", by="zwj", at="2025-10-22").then(CaseClosed(matter="DZ-1"))
    assert (taken.holder("DZ-1"), taken.case.state) == (None, "closed")


@pytest.mark.parametrize(
    "facts,step,code",
    [
        ((HANDED_OVER,), "complete_handling", "NOT_TAKEN_UP"),
        ((HANDED_OVER, TAKEN_UP), "file_report", "NOT_HANDLED"),
        ((HANDED_OVER, TAKEN_UP, HANDLED, REPORTED), "file_report", "ALREADY_DONE"),
        ((HANDED_OVER, TAKEN_UP), "close", "NOT_HANDLED"),
    ],
)
def test_nothing_ends_before_its_time_or_twice(facts: tuple[Any, ...], step: str, code: str) -> None:
    given(*facts).when(EvidenceHandover, step, by="zwj", at="2025-10-22").refused(code)


def test_what_is_on_the_way_is_not_closed() -> None:
    taken = given(HANDED_OVER, TAKEN_UP, HANDLED, REPORTED).when(
        Referral, "dispatch", by="zwj", at="2025-10-22", matter="DZ-1", to="zjj", scope=Scope.FUNDS,
        delivery=Delivery.DIRECT, catalogue=PAPERS["evidence"],
    )  # fmt: skip
    taken.when(EvidenceHandover, "close", by="zwj", at="2025-10-23").refused("IN_TRANSIT")


def test_every_state_is_replayed_from_the_facts() -> None:
    taken = given(HANDED_OVER).when(EvidenceHandover, "take_up", by="zwj", at="2025-10-13")
    for day, (step, arguments) in enumerate(
        [("upload_opinion", {"platform": "平台"}), ("give_feedback", {"written": True}), ("complete_handling", {}),
         ("file_report", {}), ("close", {})], 14,
    ):  # fmt: skip
        taken.when(EvidenceHandover, step, by="zwj", at=f"2025-10-{day}", **arguments)
        fresh = EvidenceHandover()
        for entry in taken.file.entries:
            fresh.replay(entry)
        assert vars(fresh) == vars(taken.case)
    assert taken.case.state == "closed"
