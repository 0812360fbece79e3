"""What a joint inspection finds: each a matter of its finder, disposed of or referred, published once (检查结果运用)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.crime_referral import CASE as CRIME
from domain.cases.inspection import CASE as INSPECTION
from domain.cases.inspection.events import (
    CaseClosed,
    CaseReportFiled,
    HandlingCompleted,
    InspectionResultsPublished,
    JointInspectionClosed,
    Scope,
)
from domain.cases.inspection.findings import Found
from domain.cases.referral import CASE as REFERRAL
from domain.law.clock import State
from tests.cases.inspection_facts import DRAWN, FOUND, LJ, STARTED, fact, found
from tests.cases.referral_facts import SENDING
from tests.given import Given, given

OUTCOME = {"outcome": "责令改正"}


def record(told: Given, *findings: Found, by: str = "zjj", at: str = "2025-09-08") -> Given:
    """Record findings."""
    return told.when(INSPECTION, "record_findings", by=by, at=at, findings=findings)


def dispose(told: Given, matter: str, by: str, at: str = "2025-09-10", **more: Any) -> Given:
    """Dispose of a finding."""
    return told.when(INSPECTION, "dispose_finding", by=by, at=at, matter=matter, **{**OUTCOME, **more})


def refer(told: Given, matter: str, by: str, to: str, at: str = "2025-09-10") -> Given:
    """Dispatch a finding to another department."""
    sending = {**SENDING, "to": to, "matter": matter}
    return told.when(REFERRAL, "dispatch", by=by, at=at, number=f"YS-{matter}", **sending)


def suspect(told: Given, matter: str, by: str) -> Given:
    """Record the suspicion of a crime in a finding."""
    return told.when(
        CRIME, "record_suspicion", by=by, at="2025-09-09", number="XS-1", matter=matter, description="串通投标",
        task_force=("甲", "乙"),
    )  # fmt: skip


def test_each_finding_is_a_matter_of_its_own_held_by_its_finder() -> None:
    told = record(
        given(*STARTED),
        Found("F1", "转包", refer=False, found_by="jtj"),
        Found("F2", "转包", refer=True, scope=Scope.OTHER_REMIT, found_by="nyj"),
        Found("F3", "转包", refer=True, scope=Scope.CRIME),
    )
    told.then(found("F1", "jtj"), found("F2", "nyj", "S1"), found("F3", "zjj", "S4"))
    assert {key: each.holder for key, each in told.file.matters.items()} == {"F1": "jtj", "F2": "nyj", "F3": "zjj"}
    assert [(clock.matter, clock.party, clock.anchor.date()) for clock in told.clocks("XE-REF5")] == [
        ("F2", "nyj", date(2025, 9, 8))
    ]


@pytest.mark.parametrize("scope", ["S1", "S2", "S3"])
def test_what_is_to_be_referred_is_referred_within_five_working_days_of_its_discovery(scope: str) -> None:
    told = record(
        given(*STARTED),
        Found("F1", "转包", refer=True, scope=Scope(scope), discovered_on=date(2025, 9, 5)), at="2025-09-09",
    )  # fmt: skip
    assert told.clock("XE-REF5").due.day == date(2025, 9, 12)
    assert refer(told, "F1", "zjj", "scj", at="2025-09-15").clock("XE-REF5").state is State.BREACHED_LATE


@pytest.mark.parametrize(
    "finding,code",
    [
        (Found("F1", None, refer=False), "INSPECTION_NOTHING_FOUND"),
        (Found("F1", " ", refer=False), "INSPECTION_NOTHING_FOUND"),
        (Found("LJ-1", "转包", refer=False), "MATTER_TAKEN"),
        (Found("F1", "转包", refer=True), "INSPECTION_FINDING_SCOPE"),
        (Found("F1", "转包", refer=False, scope=Scope.FUNDS), "INSPECTION_FINDING_SCOPE"),
        (Found("F1", "转包", refer=False, found_by="zrj"), "INSPECTION_FINDER_NOT_PARTICIPANT"),
        (Found("F1", "转包", refer=False, found_by="nobody"), "INSPECTION_FINDER_NOT_PARTICIPANT"),
        (Found("F1", "转包", refer=False, discovered_on=date(2025, 9, 9)), "INSPECTION_FOUND_OUTSIDE"),
        (Found("F1", "转包", refer=False, discovered_on=date(2025, 9, 4)), "INSPECTION_FOUND_OUTSIDE"),
    ],
)
def test_a_finding_says_what_was_found_by_whom_when_and_where_it_goes(finding: Found, code: str) -> None:
    record(given(*STARTED), finding).refused(code)


def test_nothing_is_recorded_where_one_finding_of_several_is_refused() -> None:
    told = record(given(*STARTED), Found("F1", "转包", refer=False), Found("F1", "转包", refer=False))
    told.refused("MATTER_TAKEN")
    assert told.file.matters == {}
    record(given(*FOUND), Found("F1", "转包", refer=False)).refused("MATTER_TAKEN")
    given(*STARTED).when(INSPECTION, "record_findings", by="zjj", at="2025-09-08", findings=None).refused(
        "INSPECTION_NOTHING_FOUND"
    )


def test_a_participant_records_its_own_findings_and_the_initiator_those_of_all() -> None:
    record(given(*STARTED), Found("F1", "转包", refer=False), by="jtj").then(found("F1", "jtj"))
    record(given(*STARTED), Found("F1", "转包", refer=False, found_by="nyj"), by="jtj").refused(
        "INSPECTION_OWN_FINDINGS_ONLY"
    )
    record(given(*STARTED), Found("F1", "转包", refer=False), by="zrj").forbidden()
    record(given(*DRAWN), Found("F1", "转包", refer=False)).refused("STEP_NOT_ALLOWED_IN_STATE")


def test_the_trading_centre_neither_finds_nor_disposes_even_if_it_takes_part() -> None:
    agreed = STARTED[1][0]
    with_centre = fact(type(agreed)(**{**vars(agreed), "agreed_by": ("jtj", "nyj", "jyzx")}), "02")
    facts = (STARTED[0], with_centre, *STARTED[2:])
    record(given(*facts), Found("F1", "转包", refer=False), by="jyzx").refused("INSPECTION_CENTRE_ONLY_COLLECTS")
    told = record(given(*facts), Found("F1", "转包", refer=False, found_by="jyzx"))
    told.refused("INSPECTION_CENTRE_ONLY_COLLECTS")
    dispose(given(*FOUND), "F1", "jyzx").forbidden()
    handed = refer(given(*FOUND), "F1", "jtj", "jyzx").when(REFERRAL, "sign_receipt", by="jyzx", at="2025-09-11")
    dispose(handed, "F1", "jyzx", at="2025-09-12").refused("INSPECTION_NOT_THE_FINDER")


def test_the_finder_disposes_reports_and_closes() -> None:
    told = given(*FOUND)
    told.when(INSPECTION, "file_report", by="jtj", at="2025-09-09", matter="F1").refused("INSPECTION_NOT_DISPOSED")
    told.when(INSPECTION, "close_finding", by="jtj", at="2025-09-09", matter="F1").refused("INSPECTION_NOT_DISPOSED")
    dispose(told, "F1", "jtj", outcome=None).refused("INSPECTION_OUTCOME_REQUIRED")
    dispose(told, "F1", "zjj").forbidden()
    dispose(told, "F1", "jtj").then(HandlingCompleted(matter="F1", **OUTCOME))
    assert (told.clock("XE-REP7").due.day, told.clocks("XE-REP7")[0].party) == (date(2025, 9, 17), "jtj")
    dispose(told, "F1", "jtj").refused("ALREADY_DONE")
    told.when(INSPECTION, "close_finding", by="jtj", at="2025-09-11", matter="F1").refused("CLOCKS_RUNNING")
    told.when(INSPECTION, "file_report", by="jtj", at="2025-09-18", matter="F1").then(CaseReportFiled(matter="F1"))
    assert told.clock("XE-REP7").state is State.BREACHED_LATE
    told.when(INSPECTION, "file_report", by="jtj", at="2025-09-18", matter="F1").refused("ALREADY_DONE")
    told.when(INSPECTION, "close_finding", by="jtj", at="2025-09-19", matter="F1").then(CaseClosed(matter="F1"))
    assert told.holder("F1") is None


def test_only_what_the_inspection_found_is_disposed_of_in_it() -> None:
    told = given(*FOUND).when(CRIME, "record_suspicion", by="zjj", at="2025-09-09", number="XS-2", matter="M9",
                              description="行贿", task_force=("甲", "乙"))  # fmt: skip
    told.when(INSPECTION, "dispose_finding", by="zjj", at="2025-09-10", matter="M9", **OUTCOME).refused(
        "INSPECTION_NO_SUCH_FINDING"
    )


def test_what_is_to_be_referred_is_disposed_of_only_with_the_reason_or_after_it_came_back() -> None:
    dispose(given(*FOUND), "F2", "nyj").refused("INSPECTION_TO_BE_REFERRED")
    reasoned = dispose(given(*FOUND), "F2", "nyj", instead_of_referral="查明属本局职责").then_topics(
        "inspection.finding-disposed"
    )
    assert reasoned.clock("XE-REF5").state is State.VOID
    told = refer(given(*FOUND), "F2", "nyj", "scj")
    dispose(told, "F2", "nyj", at="2025-09-11").refused("MATTER_IN_TRANSIT")
    told.when(REFERRAL, "sign_receipt", by="scj", at="2025-09-12")
    dispose(told, "F2", "scj", at="2025-09-12").refused("INSPECTION_NOT_THE_FINDER")
    dispose(told, "F2", "nyj", at="2025-09-12").forbidden()
    told.when(REFERRAL, "return_to_sender", by="scj", at="2025-09-15", reason="不属本局")
    told.when(REFERRAL, "receive_returned", by="nyj", at="2025-09-16")
    assert (told.clock("XE-REF5").state, len(told.clocks("XE-REF5"))) == (State.RUNNING, 2)
    dispose(told, "F2", "nyj", at="2025-09-17").then_topics("inspection.finding-disposed")
    assert told.clock("XE-REF5").state is State.VOID


def test_a_referred_finding_goes_the_way_of_any_referral() -> None:
    told = refer(given(*FOUND), "F2", "nyj", "scj")
    assert told.clock("XE-REF5").state is State.MET
    told.when(REFERRAL, "sign_receipt", by="scj", at="2025-09-12")
    told.when(REFERRAL, "accept", by="scj", at="2025-09-15").then_topics("referral.accepted")
    told.when(REFERRAL, "reply_acceptance_result", by="scj", at="2025-09-16")
    told.when(REFERRAL, "complete_handling", by="scj", at="2025-09-22").then_topics("referral.handling-completed")
    assert [told.clocks(rule)[0].party for rule in ("XE-RES10", "XE-REP7")] == ["scj", "scj"]
    told.when(REFERRAL, "reply_handling_result", by="scj", at="2025-09-23")
    told.when(REFERRAL, "file_report", by="scj", at="2025-09-23")
    told.when(REFERRAL, "close", by="scj", at="2025-09-24").then_topics("referral.closed")
    assert told.holder("F2") is None


def test_a_crime_is_not_disposed_of_but_goes_to_the_police() -> None:
    dispose(given(*FOUND), "F3", "zjj", instead_of_referral="罚款").refused("INSPECTION_CRIME_GOES_TO_POLICE")
    told = suspect(given(*FOUND), "F3", "zjj").then_topics("crime-referral.suspicion-recorded")
    dispose(told, "F3", "zjj").refused("INSPECTION_CRIME_GOES_TO_POLICE")
    dispose(suspect(given(*FOUND), "F1", "jtj"), "F1", "jtj").refused("INSPECTION_CRIME_GOES_TO_POLICE")
    told.when(CRIME, "submit_report", by="zjj", at="2025-09-09", report="报告")
    told.when(CRIME, "not_approve", by="zjj", at="2025-09-10", reason="不构成犯罪")
    dispose(told, "F3", "zjj", at="2025-09-11").then_topics("inspection.finding-disposed")


def publish(told: Given, at: str = "2025-09-20", **more: Any) -> Given:
    """Publish the results."""
    return told.when(INSPECTION, "publish_results", by="zjj", at=at, **{"text": "共发现三处问题", **more})


def test_the_results_are_published_once_by_the_initiator_in_one_wording() -> None:
    publish(given(*FOUND), text=None).refused("INSPECTION_PUBLICATION_EMPTY")
    given(*FOUND).when(INSPECTION, "publish_results", by="jtj", at="2025-09-20", text="一处").forbidden()
    told = publish(given(*FOUND), medium="县政府网站")
    told.then(InspectionResultsPublished(**LJ, text="共发现三处问题", medium="县政府网站"))
    publish(told, text="另有一处").refused("INSPECTION_PUBLISHED_ALREADY")
    record(told, Found("F9", "挂靠", refer=False), at="2025-09-21").then_topics("inspection.violation-discovered")
    publish(given(*DRAWN)).refused("STEP_NOT_ALLOWED_IN_STATE")


def test_the_inspection_is_closed_when_every_finding_is_disposed_of_or_signed_for() -> None:
    told = publish(dispose(given(*FOUND), "F1", "jtj"))
    told = refer(suspect(told, "F3", "zjj"), "F2", "nyj", "scj")
    close = {"by": "zjj", "at": "2025-09-22"}
    told.when(INSPECTION, "close", **close).refused("INSPECTION_FINDINGS_OPEN")
    assert told.refusal is not None and told.refusal.facts["findings"] == ["F2", "F3"]
    told.when(REFERRAL, "sign_receipt", by="scj", at="2025-09-12")
    told.when(CRIME, "submit_report", by="zjj", at="2025-09-10", report="报告")
    told.when(CRIME, "approve", by="zjj", at="2025-09-11", approved_by="局长")
    told.when(CRIME, "dispatch", by="zjj", at="2025-09-11T10:00+08:00", materials=("移送书",))
    told.when(INSPECTION, "close", **close).refused("INSPECTION_FINDINGS_OPEN")
    told.when(CRIME, "sign_receipt", by="gaj", at="2025-09-12")
    told.when(INSPECTION, "close", by="jtj", at="2025-09-22").forbidden()
    told.when(INSPECTION, "close", **close).then(JointInspectionClosed(**LJ))
    told.when(INSPECTION, "close", **close).refused("STEP_NOT_ALLOWED_IN_STATE")
    record(told, Found("F9", "挂靠", refer=False), at="2025-09-23").refused("STEP_NOT_ALLOWED_IN_STATE")
    told.when(REFERRAL, "return_to_sender", by="scj", at="2025-09-16", reason="不属本局")
    told.when(REFERRAL, "receive_returned", by="nyj", at="2025-09-23")
    dispose(told, "F2", "nyj", at="2025-09-24").then_topics("inspection.finding-disposed")


def test_what_is_on_its_way_back_keeps_the_inspection_open() -> None:
    told = publish(dispose(given(*FOUND[:-1]), "F1", "jtj"))
    refer(told, "F2", "nyj", "scj").when(REFERRAL, "sign_receipt", by="scj", at="2025-09-12")
    told.when(REFERRAL, "return_to_sender", by="scj", at="2025-09-15", reason="不属本局")
    told.when(INSPECTION, "close", by="zjj", at="2025-09-22").refused("INSPECTION_FINDINGS_OPEN")


def test_without_anything_to_publish_that_is_said() -> None:
    told = given(*STARTED)
    for nothing in ({}, {"unpublished_because": " "}):
        told.when(INSPECTION, "close", by="zjj", at="2025-09-22", **nothing).refused("INSPECTION_NOT_PUBLISHED")
    told.when(INSPECTION, "close", by="zjj", at="2025-09-22", unpublished_because="涉密项目").then(
        JointInspectionClosed(**LJ, unpublished_because="涉密项目")
    )
