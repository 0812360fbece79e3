"""A department asks another organ for help by letter; the main matter neither moves nor waits (协助办理函)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.assistance import CASE as LETTER
from domain.cases.assistance.events import (
    AssistanceCancelled,
    AssistanceFeedbackGiven,
    AssistanceLetterReceived,
    AssistanceLetterReturned,
    AssistanceRequested,
    AssistanceStarted,
    Commission,
    Fixed,
    MainMatterEnded,
)
from domain.cases.complaint import CASE as COMPLAINT
from domain.cases.complaint.events import (
    CaseClosed,
    ComplaintAccepted,
    ComplaintReceived,
    ExpertReviewCommissioned,
    Subject,
)
from domain.cases.referral import CASE as REFERRAL
from domain.kernel import Organ
from domain.law.clock import State
from tests.cases.referral_facts import SENDING
from tests.given import Given, given, opening

PAPERS: dict[str, Any] = {
    "case_summary": "高标准农田建设投诉", "matters_and_reasons": "查询用地红线，以核实施工范围", "evidence": ("用地红线图",),
}  # fmt: skip
ASKED = AssistanceRequested(
    **opening("XZ-1", "XZ-1", "TS-1"), about=Fixed("TS-1"), issued_by=Organ("nyj"), to=Organ("zrj"), **PAPERS
)
COMPLAINED = (ComplaintReceived(**opening("TS-1"), subject=Subject.BIDDING), "2025-08-08", "nyj")
TAKEN_UP = (ComplaintAccepted(matter="TS-1"), "2025-08-12", "nyj")
MAIN = (COMPLAINED, TAKEN_UP)
OF_LETTER = {"matter": "XZ-1"}

Fact = tuple[Any, ...]


def fact(event: Any, day: str, by: str) -> Fact:
    """A fact of the letter."""
    return event, f"2025-08-{day}", by, "XZ-1"


ISSUED = (*MAIN, fact(ASKED, "12T14:00+08:00", "nyj"))
RECEIVED = (*ISSUED, fact(AssistanceLetterReceived(**OF_LETTER), "13", "zrj"))
ASSISTING = (*RECEIVED, fact(AssistanceStarted(**OF_LETTER), "14", "zrj"))
ANSWERED = (*ASSISTING, fact(AssistanceFeedbackGiven(**OF_LETTER, result="红线外施工"), "20", "zrj"))
RETURNED = (*RECEIVED, fact(AssistanceLetterReturned(**OF_LETTER, reason="不属本局"), "15", "zrj"))
CANCELLED = (*ISSUED, fact(AssistanceCancelled(**OF_LETTER, reason="已自行查明"), "13", "nyj"))


def issue(
    told: Given, *, by: str = "nyj", number: str = "XZ-1", at: str = "2025-08-12T14:00+08:00", **more: Any
) -> Given:
    """Issue a letter, in order if nothing else is said."""
    return told.when(LETTER, "issue", by=by, at=at, number=number, **{"matter": "TS-1", "to": "zrj", **PAPERS, **more})


def test_the_holder_asks_another_organ_for_help_with_the_three_contents() -> None:
    told = issue(given(*MAIN)).then(ASKED)
    assert (told.holder("TS-1"), told.in_transit_to("TS-1")) == ("nyj", None)
    assert "XZ-1" not in told.file.matters


@pytest.mark.parametrize(
    "papers,code",
    [
        ({"case_summary": None}, "ASSIST_MISSING_SUMMARY"),
        ({"case_summary": " "}, "ASSIST_MISSING_SUMMARY"),
        ({"matters_and_reasons": None}, "ASSIST_MISSING_REASONS"),
        ({"matters_and_reasons": ""}, "ASSIST_MISSING_REASONS"),
        ({"evidence": None}, "ASSIST_MISSING_EVIDENCE"),
        ({"evidence": ()}, "ASSIST_MISSING_EVIDENCE"),
        ({"evidence": ("用地红线图", " ")}, "ASSIST_MISSING_EVIDENCE"),
        ({"to": "nyj"}, "ASSIST_TO_ITSELF"),
        ({"to": "nobody"}, "ASSIST_ADDRESSEE_UNKNOWN"),
        ({"to": "system"}, "ASSIST_ADDRESSEE_UNKNOWN"),
        ({"to": "respondent"}, "ASSIST_ADDRESSEE_UNKNOWN"),
    ],
)
def test_a_letter_without_its_contents_or_its_addressee_is_not_issued(papers: dict[str, Any], code: str) -> None:
    issue(given(*MAIN), **papers).refused(code)


def test_only_who_holds_an_open_matter_asks_for_help_in_it() -> None:
    issue(given(*MAIN), by="zrj", to="nyj").forbidden()
    issue(given(*MAIN), matter="TS-9").forbidden()
    closed = (CaseClosed(matter="TS-1"), "2025-08-12", "nyj")
    issue(given(*MAIN, closed)).forbidden()


def test_what_is_on_its_way_to_another_department_is_asked_about_by_whoever_signs_for_it() -> None:
    sent = given(*MAIN).when(
        REFERRAL, "dispatch", by="nyj", at="2025-08-12", matter="TS-1", number="YS-1", **{**SENDING, "to": "zjj"}
    )
    issue(sent).refused("ASSIST_MATTER_IN_TRANSIT")
    signed = sent.when(REFERRAL, "sign_receipt", by="zjj", at="2025-08-12T10:00+08:00")
    issue(signed, by="zjj").then_topics("assistance.requested")


def test_the_same_question_to_the_same_organ_is_put_again_only_with_a_reason() -> None:
    issue(given(*ISSUED), number="XZ-2").refused("ASSIST_ASKED_ALREADY")
    issue(given(*RECEIVED), number="XZ-2", matters_and_reasons="查询用地红线， 以核实施工范围").refused(
        "ASSIST_ASKED_ALREADY"
    )
    issue(given(*ISSUED), number="XZ-2", again_because=" ").refused("ASSIST_ASKED_ALREADY")
    again = issue(given(*ISSUED), number="XZ-2", again_because="原函遗失").then_topics("assistance.requested")
    assert again.new[0].event.again_because == "原函遗失"


@pytest.mark.parametrize("other", [{"to": "scj"}, {"matters_and_reasons": "查询股权登记"}])
def test_another_question_or_another_organ_needs_no_reason(other: dict[str, Any]) -> None:
    issue(given(*ISSUED), number="XZ-2", **other).then_topics("assistance.requested")


@pytest.mark.parametrize("facts", [RETURNED, CANCELLED, ANSWERED])
def test_what_was_returned_cancelled_or_answered_may_be_asked_anew(facts: tuple[Fact, ...]) -> None:
    issue(given(*facts), number="XZ-2", at="2025-08-25").then_topics("assistance.requested")


def test_a_commission_is_said_in_the_letter_and_pauses_only_by_the_complaints_own_step() -> None:
    told = issue(given(*MAIN), commissions=Commission.APPRAISAL)
    assert "XZ-1" in told.new[0].event.warnings()[0]
    assert ASKED.warnings() == ()
    assert told.clock("NA-DEC30").state is State.RUNNING
    told.when(COMPLAINT, "commission_expert_review", by="nyj", at="2025-08-12T15:00+08:00", pause_id="XZ-1")
    told.then(ExpertReviewCommissioned(matter="TS-1", pause_id="XZ-1"))
    assert told.clock("NA-DEC30").state is State.PAUSED


STEPS: dict[str, tuple[str, dict[str, Any], Any]] = {
    "receive": ("zrj", {}, AssistanceLetterReceived(**OF_LETTER)),
    "return_to_sender": (
        "zrj", {"reason": "不属本局", "beyond_function": True}, AssistanceLetterReturned(**OF_LETTER, reason="不属本局"),
    ),
    "start": ("zrj", {}, AssistanceStarted(**OF_LETTER)),
    "give_feedback": (
        "zrj", {"written": True, "result": "红线外施工"}, AssistanceFeedbackGiven(**OF_LETTER, result="红线外施工"),
    ),
    "cancel": ("nyj", {"reason": "已自行查明"}, AssistanceCancelled(**OF_LETTER, reason="已自行查明")),
}  # fmt: skip
FACTS = {"issued": ISSUED, "received": RECEIVED, "assisting": ASSISTING, "answered": ANSWERED, "returned": RETURNED,
         "cancelled": CANCELLED}  # fmt: skip
LEADS = {
    ("issued", "receive"): "received",
    ("issued", "cancel"): "cancelled",
    ("received", "return_to_sender"): "returned",
    ("received", "start"): "assisting",
    ("received", "give_feedback"): "answered",
    ("received", "cancel"): "cancelled",
    ("assisting", "give_feedback"): "answered",
    ("assisting", "cancel"): "cancelled",
}
REFUSED_BY_LAW = {("assisting", "return_to_sender"), ("answered", "return_to_sender")}


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("state", FACTS)
def test_each_step_is_taken_in_its_states_by_its_party_and_in_no_other(state: str, name: str) -> None:
    by, arguments, event = STEPS[name]
    told = given(*FACTS[state])
    for stranger in {"zrj", "nyj", "jwjc", "scj"} - {by}:
        told.when(LETTER, name, by=stranger, at="2025-08-21", **arguments).forbidden()
    told.when(LETTER, name, by=by, at="2025-08-21", **arguments)
    if (state, name) in LEADS:
        assert told.then(event).case.state == LEADS[state, name]
    else:
        told.refused("ASSIST_RETURN_AFTER_START" if (state, name) in REFUSED_BY_LAW else "STEP_NOT_ALLOWED_IN_STATE")
        assert told.file.cases[told.file.entries[-1].case_id].state == state
    assert told.holder("TS-1") == "nyj"


@pytest.mark.parametrize(
    "name,arguments,code",
    [
        ("return_to_sender", {"reason": None, "beyond_function": True}, "ASSIST_RETURN_REASON_REQUIRED"),
        ("return_to_sender", {"reason": " ", "beyond_function": True}, "ASSIST_RETURN_REASON_REQUIRED"),
        ("return_to_sender", {"reason": "人手不足", "beyond_function": False}, "ASSIST_RETURN_WITHIN_FUNCTION"),
        ("give_feedback", {"written": False, "result": "红线外施工"}, "ASSIST_FEEDBACK_UNWRITTEN"),
        ("give_feedback", {"written": True, "result": None}, "ASSIST_FEEDBACK_UNWRITTEN"),
        ("cancel", {"reason": None}, "ASSIST_CANCEL_REASON_REQUIRED"),
    ],
)
def test_an_answer_is_reasoned_and_written(name: str, arguments: dict[str, Any], code: str) -> None:
    given(*RECEIVED).when(LETTER, name, by=STEPS[name][0], at="2025-08-21", **arguments).refused(code)


def test_the_letter_is_returned_within_five_working_days_of_its_receipt_by_the_local_calendar() -> None:
    told = given(*RECEIVED)
    clock = told.clocks("XE-AST5")[0]
    assert (clock.party, clock.matter, told.clock("XE-AST5").due.day) == ("zrj", "XZ-1", date(2025, 8, 22))
    assert told.clock("XE-AST5", "2025-08-22T23:59+08:00").state is State.RUNNING
    assert told.clock("XE-AST5", "2025-08-23").state is State.LAPSED
    late = told.when(LETTER, "return_to_sender", by="zrj", at="2025-08-25", **STEPS["return_to_sender"][1])
    judged = late.clock("XE-AST5")
    assert (judged.state, judged.late_working_days) == (State.BREACHED_LATE, 1)


@pytest.mark.parametrize("name", ["start", "give_feedback", "cancel"])
def test_who_helps_or_is_not_needed_any_more_has_nothing_to_return_even_after_the_window(name: str) -> None:
    by, arguments, _ = STEPS[name]
    told = given(*RECEIVED).when(LETTER, name, by=by, at="2025-08-29", **arguments)
    assert told.clock("XE-AST5").state is State.VOID


def test_feedback_is_aged_and_never_late() -> None:
    assert given(*ASSISTING).clock("XE-TIMELY-ASSIST", "2026-08-01").state is State.RUNNING
    assert given(*ANSWERED).clock("XE-TIMELY-ASSIST").state is State.MET
    assert given(*RETURNED).clock("XE-TIMELY-ASSIST").state is State.VOID


def test_a_letter_to_an_organ_outside_the_jurisdiction_is_answered_for_it_and_binds_it_by_no_limit() -> None:
    told = issue(given(*MAIN), to="ez_zjj")
    told.when(LETTER, "receive", by="nyj", on_behalf_of="ez_zjj", at="2025-08-13").then_topics(
        "assistance.letter-received"
    )
    assert told.clocks("XE-AST5") == []


def test_an_unanswered_letter_holds_no_matter_open_but_whoever_ends_it_is_told() -> None:
    told = given(COMPLAINED, *ASSISTING[2:]).when(COMPLAINT, "reject", by="nyj", at="2025-08-21", reason="不属受理范围")
    told.then_topics("complaint.rejected", "assistance.main-matter-ended")
    assert told.new[1].event == MainMatterEnded(**OF_LETTER)
    assert "XZ-1" in told.new[1].event.warnings()[0]
    told.when(LETTER, "give_feedback", by="zrj", at="2025-08-22", **STEPS["give_feedback"][1]).then(
        STEPS["give_feedback"][2]
    )


@pytest.mark.parametrize("facts", [(), ANSWERED[2:], RETURNED[2:], CANCELLED[2:]])
def test_nobody_is_told_of_letters_that_are_settled(facts: tuple[Fact, ...]) -> None:
    told = given(COMPLAINED, *facts).when(COMPLAINT, "reject", by="nyj", at="2025-08-21", reason="不属受理范围")
    told.then_topics("complaint.rejected")


@pytest.mark.parametrize("transfer,topics", [
    (True, ["complaint.redirected"]), (False, ["complaint.redirected", "assistance.main-matter-ended"]),
])  # fmt: skip
def test_a_notice_that_leaves_the_matter_open_ends_nothing(transfer: bool, topics: list[str]) -> None:
    told = given(COMPLAINED, *ISSUED[2:]).when(
        COMPLAINT, "determine_not_competent", by="nyj", at="2025-08-13", competent="zjj", transfer_required=transfer
    )
    told.when(COMPLAINT, "notify_complainant", by="nyj", at="2025-08-13", written=True).then_topics(*topics)


def test_every_state_is_replayed_from_the_facts() -> None:
    for facts in FACTS.values():
        told = given(*facts)
        case = told.file.cases[told.file.entries[-1].case_id]
        fresh = LETTER()
        for entry in told.file.entries:
            if entry.case_id == case.id:
                fresh.replay(entry)
        assert vars(fresh) == vars(case)
        assert case.summary()["about"] == "TS-1"
