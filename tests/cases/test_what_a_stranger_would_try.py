"""What nobody should be able to do by repeating, blanking or backdating a paper, or by taking a number that the ledger needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.cases import CASES
from domain.cases.coordination.case import Coordination
from domain.cases.coordination.events import Above, Subject
from domain.cases.crime_referral import CASE as CRIME
from domain.cases.expert_blacklist.case import ExpertBlacklist
from domain.cases.expert_blacklist.events import BlacklistEntered, BlacklistProposed
from domain.cases.inspection import CASE as INSPECTION
from domain.cases.inspection.findings import Found
from domain.cases.meeting.case import Meeting
from domain.cases.meeting.events import Kind
from domain.cases.objection.events import ObjectionReceived, ObjectionWithdrawn
from domain.cases.penalty.case import PenaltyCase
from domain.cases.penalty.events import Ending
from tests.cases.inspection_facts import FOUND, STARTED
from tests.cases.punishment_facts import V7
from tests.cases.supervision_facts import LETTER, act, issue, record
from tests.cases.test_meeting import DEFER, HOLD, MINUTES, TO_AGENDA, meeting
from tests.cases.test_penalty_procedure import FILED, NOTIFIED, REQUESTED
from tests.given import Given, given, opening

NOTICE = {"proposed": "罚款6万元", "grounds": "出借资质"}
PROPOSED = (
    BlacklistProposed(**opening("HM-1"), subject="张某", ground="迟到", basis="办法", proposed_by="zjj"),
    "2025-03-03",
    "zjj",
)


def penalty(file: Given, step: str, at: str, **said: Any) -> Given:
    return file.when(PenaltyCase, step, by="zjj", at=at, **said)


def test_a_second_notice_does_not_make_the_party_ask_again_for_the_hearing_that_it_asked_for() -> None:
    penalty(given(FILED, NOTIFIED, REQUESTED), "notify_hearing_right", "2025-04-08", **NOTICE).refused(
        "HEARING_OUTSTANDING"
    )
    penalty(given(FILED, NOTIFIED), "notify_hearing_right", "2025-04-08", **NOTICE).then_topics(
        "penalty.hearing-right-notified"
    )


def test_a_request_that_came_late_keeps_nobody_from_a_second_notice() -> None:
    late = (REQUESTED[0], "2025-04-10", "zjj")
    penalty(given(FILED, NOTIFIED, late), "notify_hearing_right", "2025-04-11", **NOTICE).then_topics(
        "penalty.hearing-right-notified"
    )


@pytest.mark.parametrize(
    ("day", "accepted"), [("2025-03-02", False), ("2025-03-03", True), ("2025-04-08", True), ("2025-04-09", False)]
)
def test_a_notice_reaches_the_party_between_the_filing_and_today(day: str, accepted: bool) -> None:
    told = penalty(given(FILED), "notify_hearing_right", "2025-04-08", **NOTICE, received_on=date.fromisoformat(day))
    told.then_topics("penalty.hearing-right-notified") if accepted else told.refused("NOTICE_NOT_RECEIVED")


@pytest.mark.parametrize("blank", ["fact", "text", "subject"])
@pytest.mark.parametrize("step", ["file_case", "decline_filing"])
def test_a_penalty_case_names_its_act_and_its_subject(step: str, blank: str) -> None:
    more = {"ground": "轻微"} if step == "decline_filing" else {}
    given().when(PenaltyCase, step, by="zjj", at="2025-03-03", number="LA-1", **{**V7, blank: " "}, **more).refused(
        "PENALTY_CASE_UNNAMED"
    )


@pytest.mark.parametrize("day", ["2025-03-02", "2025-03-11"])
def test_an_expert_is_told_between_the_proposal_and_today(day: str) -> None:
    told = {"received_on": date.fromisoformat(day), "answer_by": date(2025, 3, 20)}
    given(PROPOSED).when(ExpertBlacklist, "notify_expert", by="zjj", at="2025-03-10", **told).refused("ANSWER_TIME")


def test_an_entry_whose_term_is_over_is_not_lengthened() -> None:
    entered = BlacklistEntered(matter="HM-1", subject="张某", expert_no=None, ground="迟到", basis="办法",
                               effective=date(2025, 4, 1), until=date(2025, 5, 31))  # fmt: skip
    file = given(PROPOSED, (entered, "2025-04-01", "zjj"))
    said = {"until": date(2025, 12, 31), "basis": "办法"}
    file.when(ExpertBlacklist, "change_term", by="zjj", at="2025-06-01", **said).refused("TERM_OVER")
    file.when(ExpertBlacklist, "change_term", by="zjj", at="2025-05-31", **said).then_topics(
        "expert-blacklist.term-changed"
    )


def test_an_item_without_an_id_gets_one_that_no_meeting_of_the_file_has() -> None:
    first = meeting(*TO_AGENDA, HOLD, DEFER, MINUTES)
    first.when(Meeting, "prepare", by="zwj", at="2025-06-02", number="LX-2", kind=Kind.FULL)
    for expected in ("I3", "I4"):
        first.when(Meeting, "submit_agenda_item", by="zjj", at="2025-06-03", case="LX-2", signed_by_main_leader=True)
        assert first.new[0].event.item == expected  # type: ignore[attr-defined]


def test_what_was_deferred_is_not_lost_when_a_meeting_prepared_before_has_items_of_its_own() -> None:
    found = given().when(Meeting, "prepare", by="zwj", at="2025-05-05", number="LX-0", kind=Kind.PART)
    found.when(Meeting, "prepare", by="zwj", at="2025-05-06", number="LX-1", kind=Kind.FULL)
    for case in ("LX-1", "LX-0"):
        found.when(Meeting, "submit_agenda_item", by="slj", at="2025-05-07", case=case, signed_by_main_leader=True)
    items = [found.file.cases[each].items for each in found.file.cases]  # type: ignore[attr-defined]
    assert sorted(name for each in items for name in each) == ["I1", "I2"]


@pytest.mark.parametrize("matter", ["", " "])
def test_a_finding_has_an_id(matter: str) -> None:
    found = (Found(matter, "转包", refer=False),)
    given(*STARTED).when(INSPECTION, "record_findings", by="zjj", at="2025-09-08", findings=found).refused(
        "MATTER_UNNAMED"
    )


def test_a_finding_that_is_suspected_anew_is_not_disposed_of_because_of_an_earlier_suspicion() -> None:
    told = given(*FOUND)
    said: dict[str, Any] = {"description": "串通投标", "task_force": ("甲", "乙")}

    def suspect(number: str, day: str) -> None:
        told.when(CRIME, "record_suspicion", by="zjj", at=day, number=number, matter="F3", **said)
        told.then_topics("crime-referral.suspicion-recorded")

    suspect("XS-1", "2025-09-09")
    told.when(CRIME, "submit_report", by="zjj", at="2025-09-09", report="报告")
    told.when(CRIME, "not_approve", by="zjj", at="2025-09-10", reason="不构成犯罪")
    suspect("XS-2", "2025-09-11")
    dispose = {"matter": "F3", "outcome": "罚款"}
    told.when(INSPECTION, "dispose_finding", by="zjj", at="2025-09-12", **dispose).refused(
        "INSPECTION_CRIME_GOES_TO_POLICE"
    )
    told.when(CRIME, "submit_report", by="zjj", at="2025-09-12", report="报告")
    told.when(CRIME, "not_approve", by="zjj", at="2025-09-12", reason="不构成犯罪")
    told.when(INSPECTION, "dispose_finding", by="zjj", at="2025-09-12", **dispose).then_topics(
        "inspection.finding-disposed"
    )


def test_a_letter_is_not_answered_with_blanks_nor_decided_on_for_blank_reasons() -> None:
    found = issue(record())
    said = {"letter": LETTER, "caused_by": "slj"}
    act(found, "answer_letter", "slj", "2024-05-10", explanation=" ", **said).refused("EXPLANATION_REQUIRED")
    act(found, "answer_letter", "slj", "2024-05-10", explanation="人手不足", **said).then_topics(
        "supervision.letter-answered"
    )
    act(found, "refuse_explanation", "jwjc", "2024-05-11", letter=LETTER, reasons="  ").refused("REASONS_REQUIRED")


@pytest.mark.parametrize("number", ["ZQ-2026-H1", "ZQ-2026", "BS-2026-Q1", "JB-1-DB"])
def test_nobody_takes_the_number_of_a_period_or_of_a_supervision_record(number: str) -> None:
    """Else the half-year would never open, or the red cards of a file find no record."""
    given().when(Meeting, "prepare", by="zwj", at="2025-05-06", number=number, kind=Kind.FULL).refused(
        "NUMBER_RESERVED"
    )
    given().when(
        CASES["reporting_duty"], "close_bid_opening", by="jyzx", at="2025-05-06", number=number, project="甲"
    ).refused("NUMBER_RESERVED")


def test_a_matter_that_a_penalty_case_took_up_again_ends_with_it() -> None:
    received = ObjectionReceived(
        **opening("YY-1"), kind="objection", concern="result", addressee="甲公司", recorded_by="slj"
    )
    told = given((received, "2025-03-03", "slj"), (ObjectionWithdrawn(matter="YY-1"), "2025-03-04", "slj"))
    penalty(told, "file_case", "2025-03-05", number="LA-1", **{**V7, "fact": "YY-1"}).then_topics("penalty.case-filed")
    assert told.holder("YY-1") == "zjj"
    penalty(told, "end", "2025-03-06", ending=Ending.DROPPED, basis="证据不足").then_topics("penalty.ended")
    assert told.holder("YY-1") is None


def test_a_letter_is_not_put_before_a_superior_that_was_dissolved() -> None:
    found = issue(record())
    organs = dict(found.file.register.organs)
    organs["slj"] = replace(organs["slj"], superior="fgj")
    organs["fgj"] = replace(organs["fgj"], dissolved_on=date(2024, 1, 1), roles=())
    found.file.register.organs = organs
    act(found, "escalate", "jwjc", "2024-05-15", letter=LETTER, why="逾期未答复").then_topics("supervision.escalated")
    assert found.new[0].event.to == "gwh"  # type: ignore[attr-defined]


def test_what_was_taken_above_is_not_taken_there_twice() -> None:
    told = given().when(Coordination, "propose", by="zjj", at="2025-05-06", subject=Subject.LAND, question="争议")
    told.when(Coordination, "form_group", by="zwj", at="2025-05-07", service="jyzx", departments=("zjj",))
    told.when(Coordination, "hold", by="zwj", at="2025-05-08", convenor="张主任", attended=("zjj",))
    said = {"to": Above.MEETING, "item": "争议"}
    told.when(Coordination, "escalate", by="zwj", at="2025-05-09", **said).then_topics("coordination.escalated")
    told.when(Coordination, "escalate", by="zwj", at="2025-05-09", **said).refused("COORDINATION_ESCALATED_ALREADY")
    said["to"] = Above.COMMITTEE
    told.when(Coordination, "escalate", by="zwj", at="2025-05-10", **said).then_topics("coordination.escalated")
