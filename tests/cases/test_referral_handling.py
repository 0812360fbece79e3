"""Whoever accepted a referral tells the referrer so, handles it, replies the result and reports, each in its time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.complaint.events import ComplaintEndedElsewhere
from domain.cases.complaint.events import HandlingCompleted as ComplaintHandled
from domain.cases.referral import CASE as REFERRAL
from domain.cases.referral.events import (
    AcceptanceResultReplied,
    CaseClosed,
    CaseReportFiled,
    HandlingCompleted,
    HandlingResultReplied,
)
from domain.law.clock import State
from tests.cases.referral_facts import ACCEPTED, DECLINED, FROM_COMPLAINT, HANDLED, SIGNED, fact
from tests.given import given


@pytest.mark.parametrize("facts", [ACCEPTED, DECLINED])
def test_the_referrer_is_told_whether_the_matter_was_accepted(facts: tuple[Any, ...]) -> None:
    result = given(*facts).when(REFERRAL, "reply_acceptance_result", by="jtj", at="2024-05-15", to="slj")
    result.then(AcceptanceResultReplied(matter="M1", to="slj"))
    clock = result.clock("XE-RPL5")
    assert clock is not None
    assert clock.state is State.MET
    result.when(REFERRAL, "reply_acceptance_result", by="jtj", at="2024-05-16").refused("REFERRAL_ALREADY_REPLIED")


def test_the_reply_follows_the_decision_and_goes_to_the_referrer() -> None:
    given(*SIGNED).when(REFERRAL, "reply_acceptance_result", by="jtj", at="2024-05-09").refused(
        "ACCEPTANCE_NOT_DECIDED"
    )
    given(*ACCEPTED).when(REFERRAL, "reply_acceptance_result", by="jtj", at="2024-05-10", to="zjj").refused(
        "REPLY_GOES_TO_REFERRER"
    )
    given(*ACCEPTED).when(REFERRAL, "reply_acceptance_result", by="slj", at="2024-05-10").forbidden()


def test_handling_of_an_accepted_report_is_completed_and_starts_reply_and_report() -> None:
    result = (
        given(*ACCEPTED)
        .when(REFERRAL, "complete_handling", by="jtj", at="2024-05-20")
        .then(HandlingCompleted(matter="M1"))
    )
    replying, reporting = result.clock("XE-RES10"), result.clock("XE-REP7")
    assert replying is not None
    assert reporting is not None
    assert (replying.due.day, reporting.due.day) == (date(2024, 6, 3), date(2024, 5, 27))


def test_handling_is_completed_by_the_receiver_once_after_acceptance_and_not_for_a_complaint() -> None:
    given(*SIGNED).when(REFERRAL, "complete_handling", by="jtj", at="2024-05-09").refused("STEP_NOT_ALLOWED_IN_STATE")
    given(*HANDLED).when(REFERRAL, "complete_handling", by="jtj", at="2024-05-21").refused("STEP_NOT_ALLOWED_IN_STATE")
    given(*ACCEPTED).when(REFERRAL, "complete_handling", by="slj", at="2024-05-20").forbidden()
    given(*FROM_COMPLAINT).when(REFERRAL, "complete_handling", by="jtj", at="2024-05-20").refused(
        "COMPLAINT_ENDS_BY_DECISION"
    )


def test_the_result_is_replied_late_or_in_time_but_once_and_after_the_handling() -> None:
    late = given(*HANDLED).when(REFERRAL, "reply_handling_result", by="jtj", at="2024-06-04")
    clock = late.then(HandlingResultReplied(matter="M1", to="slj")).clock("XE-RES10")
    assert clock is not None
    assert clock.state is State.BREACHED_LATE
    late.when(REFERRAL, "reply_handling_result", by="jtj", at="2024-06-05").refused("REFERRAL_ALREADY_REPLIED")
    given(*ACCEPTED).when(REFERRAL, "reply_handling_result", by="jtj", at="2024-05-20").refused(
        "HANDLING_NOT_COMPLETED"
    )
    given(*HANDLED).when(REFERRAL, "reply_handling_result", by="jtj", at="2024-05-21", to="zjj").refused(
        "REPLY_GOES_TO_REFERRER"
    )
    given(*HANDLED).when(REFERRAL, "reply_handling_result", by="slj", at="2024-05-21").forbidden()


def test_the_result_of_a_referred_complaint_is_replied_once_its_decision_is_served() -> None:
    given(*FROM_COMPLAINT).when(REFERRAL, "reply_handling_result", by="jtj", at="2024-05-20").refused(
        "HANDLING_NOT_COMPLETED"
    )
    served = (*FROM_COMPLAINT, fact(ComplaintHandled(matter="M1"), "2024-05-20", "jtj", "JB-1"))
    result = given(*served).when(REFERRAL, "reply_handling_result", by="jtj", at="2024-05-21")
    result.then(HandlingResultReplied(matter="M1", to="slj"))


def test_the_handling_is_reported_once_and_for_a_complaint_in_its_own_case() -> None:
    result = given(*HANDLED).when(
        REFERRAL, "file_report", by="jtj", at="2024-05-27", uploaded_to="湖北省招标投标电子监督平台"
    )
    clock = result.then(CaseReportFiled(matter="M1", uploaded_to="湖北省招标投标电子监督平台")).clock("XE-REP7")
    assert clock is not None
    assert clock.state is State.MET
    result.when(REFERRAL, "file_report", by="jtj", at="2024-05-28").refused("HANDLING_ALREADY_REPORTED")
    given(*ACCEPTED).when(REFERRAL, "file_report", by="jtj", at="2024-05-20").refused("HANDLING_NOT_COMPLETED")
    given(*FROM_COMPLAINT).when(REFERRAL, "file_report", by="jtj", at="2024-05-20").refused(
        "COMPLAINT_ENDS_BY_DECISION"
    )
    given(*HANDLED).when(REFERRAL, "file_report", by="slj", at="2024-05-21").forbidden()


def test_a_case_is_closed_by_its_holder_when_no_duty_is_outstanding() -> None:
    given(*HANDLED).when(REFERRAL, "close", by="jtj", at="2024-05-21").refused("TIME_LIMITS_OPEN")
    given(*ACCEPTED).when(REFERRAL, "close", by="jtj", at="2024-05-21").refused("STEP_NOT_ALLOWED_IN_STATE")
    done = (
        *HANDLED,
        fact(AcceptanceResultReplied(matter="M1", to="slj"), "2024-05-21", "jtj"),
        fact(CaseReportFiled(matter="M1"), "2024-05-22", "jtj"),
        fact(HandlingResultReplied(matter="M1", to="slj"), "2024-05-23", "jtj"),
    )
    given(*done).when(REFERRAL, "close", by="slj", at="2024-05-24").forbidden()
    result = given(*done).when(REFERRAL, "close", by="jtj", at="2024-05-24")
    result.then(CaseClosed(matter="M1"), ComplaintEndedElsewhere(matter="M1"))
    assert (result.holder("M1"), {case.state for case in result.file.cases.values()}) == (None, {"closed"})
    replied = (*DECLINED, fact(AcceptanceResultReplied(matter="M1", to="slj"), "2024-05-10", "jtj"))
    given(*replied).when(REFERRAL, "close", by="jtj", at="2024-05-11").then_topics(
        "referral.closed", "complaint.ended-elsewhere"
    )
