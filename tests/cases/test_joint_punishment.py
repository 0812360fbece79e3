"""Penalties (行政处罚): one fine per act, reported to the office, scored, published, revoked."""

from __future__ import annotations

from datetime import date

import pytest

from domain.cases.joint_punishment import CASE as JOINT_PUNISHMENT
from domain.cases.joint_punishment.events import (
    CaseClosed,
    CaseReportFiled,
    CreditPointsRecorded,
    HandlingCompleted,
    PenaltyDecided,
    ViolationPublished,
    fine_facts,
    penalty_fact,
)
from domain.kernel import Reserved, case_id
from domain.law.clock import State
from tests.cases.punishment_facts import (
    DECIDED,
    FILED,
    PROPOSED,
    REVOKED,
    SERVED,
    TO_PROPOSED,
    USCC,
    V7,
    act,
    decide,
    decided,
)
from tests.given import given, opening


# ---- the penalty
def test_a_penalty_decision_opens_the_matter_of_its_fact_in_the_hands_of_the_department() -> None:
    file = decide(given(), number="CF-1", amount=50000, at="2025-03-10").then(decided())
    assert file.holder("V7") == "zjj"


def test_a_fine_takes_its_act_for_the_subject_by_name_and_by_code() -> None:
    file = decide(given(), number="CF-1", uscc=USCC)
    taken = [entry.event.fact for entry in file.new if isinstance(entry.event, Reserved)]
    assert taken == [penalty_fact("CF-1"), *fine_facts("V7", "出借资质", "甲公司", USCC)]
    assert len(taken) == 3


def test_no_second_fine_for_one_act() -> None:
    decide(given(DECIDED), by="scj").refused("DUPLICATE_FINE")


@pytest.mark.parametrize("subject", ["甲公司", " 甲 公司 "])
def test_the_name_of_who_is_fined_is_compared_without_spaces(subject: str) -> None:
    decide(given(DECIDED), subject=subject).refused("DUPLICATE_FINE")


def test_the_width_of_brackets_makes_no_other_subject() -> None:
    earlier = (decided(subject="甲（湖北）公司"), "2025-03-10", "zjj")
    decide(given(earlier), subject="甲(湖北)公司").refused("DUPLICATE_FINE")


def test_no_second_fine_under_another_name_with_the_same_credit_code() -> None:
    earlier = (decided(uscc=USCC), "2025-03-10", "zjj")
    decide(given(earlier), subject="甲公司（更名后）", uscc=USCC.lower()).refused("DUPLICATE_FINE")


def test_a_fine_beside_another_penalty_is_a_fine() -> None:
    decide(given(DECIDED), kind="警告并处罚款").refused("DUPLICATE_FINE")


@pytest.mark.parametrize("known_by", fine_facts("V7", "出借资质", "甲公司", USCC))
def test_no_second_fine_for_one_act_in_another_file(known_by: str) -> None:
    file = given(reserved={known_by: case_id("CF-9")})
    decide(file, uscc=USCC).refused("DUPLICATE_FINE")


def test_facts_of_two_files_that_bear_the_same_id_are_told_apart_by_their_text() -> None:
    file = given(reserved={known: case_id("CF-9") for known in fine_facts("V7", "围标", "甲公司", USCC)})
    decide(file, uscc=USCC).then_topics("joint-punishment.penalty-decided")


def test_another_act_or_another_subject_may_be_fined() -> None:
    decide(given(DECIDED), fact="V8", text="弄虚作假").then_topics("joint-punishment.penalty-decided")
    decide(given(DECIDED), subject="乙公司").then_topics("joint-punishment.penalty-decided")


def test_a_second_penalty_that_is_no_fine_is_accepted_with_a_warning() -> None:
    file = decide(given(DECIDED), by="scj", kind="警告", amount=None)
    file.then(PenaltyDecided(**opening("CF-2", "CF-2", "CF-1"), **V7, kind="警告", decided_by="scj", earlier=("CF-1",)))
    assert file.case is not None
    assert [each["code"] for each in file.case.summary()["warnings"]] == ["EARLIER_PENALTY"]
    assert "CF-1" in file.new[0].event.warnings()[0]


def test_a_second_penalty_warns_once_of_a_fine_in_its_own_file() -> None:
    file = given(DECIDED, reserved={fine_facts("V7", "出借资质", "甲公司", None)[0]: case_id("CF-1")})
    file = decide(file, kind="警告", amount=None)
    assert [entry.event.earlier for entry in file.new if isinstance(entry.event, PenaltyDecided)] == [("CF-1",)]


def test_a_second_penalty_warns_of_a_fine_in_another_file() -> None:
    file = given(reserved={fine_facts("V7", "出借资质", "甲公司", None)[0]: case_id("CF-9")})
    file = decide(file, kind="警告", amount=None)
    assert [entry.event.earlier for entry in file.new if isinstance(entry.event, PenaltyDecided)] == [
        (str(case_id("CF-9")),)
    ]


def test_a_second_department_that_penalises_the_act_does_not_take_the_matter_away() -> None:
    file = decide(given(DECIDED), by="scj", kind="警告", amount=None)
    assert (file.holder("V7"), file.holder("CF-2")) == ("zjj", "scj")


def test_a_second_penalty_of_the_same_department_bears_the_same_matter() -> None:
    file = decide(given(DECIDED), kind="警告", amount=None)
    assert file.case is not None
    assert (file.case.matter, list(file.file.matters)) == ("V7", ["V7"])


@pytest.mark.parametrize("amount", [None, 0, -1])
def test_a_fine_states_its_amount(amount: int | None) -> None:
    decide(given(), amount=amount).refused("FINE_WITHOUT_AMOUNT")


def test_an_inspector_decides_no_penalty() -> None:
    decide(given(), by="jwjc").forbidden()


def test_after_its_fine_was_revoked_the_act_may_be_fined_anew_and_the_matter_is_the_same() -> None:
    file = decide(given(DECIDED, REVOKED), at="2025-10-09").then_topics("joint-punishment.penalty-decided")
    assert list(file.file.matters) == ["V7"]


# ---- service and report
def test_service_on_the_last_party_is_the_end_of_handling_and_starts_the_report() -> None:
    file = act(given(DECIDED), "serve_decision", by="zjj", at="2025-03-12").then(HandlingCompleted(matter="V7"))
    report = file.clock("XE-REP7")
    assert report is not None
    assert (report.state, report.due.day) == (State.RUNNING, date(2025, 3, 19))


def test_a_decision_is_served_once() -> None:
    act(given(DECIDED, SERVED), "serve_decision", by="zjj", at="2025-03-13").refused("ALREADY_SERVED")


def test_only_the_holder_serves_the_decision() -> None:
    act(given(DECIDED), "serve_decision", by="scj", at="2025-03-12").forbidden()


def test_a_revoked_penalty_is_not_served() -> None:
    act(given(DECIDED, REVOKED), "serve_decision", by="zjj", at="2025-09-02").refused("PENALTY_NOT_IN_FORCE")


def test_reporting_the_result_opens_a_second_matter_of_the_office_and_the_penalty_stays_with_its_department() -> None:
    file = act(given(DECIDED, SERVED), "report_result", by="zjj", at="2025-03-17", uploaded_to="省平台")
    file.then(CaseReportFiled(matter="V7", uploaded_to="省平台"), PROPOSED[0])
    assert (file.holder("V7"), file.holder("CF-1-memo")) == ("zjj", "zwj")
    report = file.clock("XE-REP7")
    assert report is not None
    assert report.state is State.MET


def test_a_penalty_is_in_force_from_its_decision_and_may_be_reported_before_service() -> None:
    file = act(given(DECIDED), "report_result", by="zjj", at="2025-03-11").then(FILED[0], PROPOSED[0])
    act(file, "serve_decision", by="zjj", at="2025-03-12")
    act(file, "report_result", by="zjj", at="2025-03-13").then(FILED[0])


def test_only_a_penalty_in_force_is_reported_for_joint_punishment() -> None:
    act(given(DECIDED, SERVED, REVOKED), "report_result", by="zjj", at="2025-09-02").refused("PENALTY_NOT_IN_FORCE")


def test_a_result_is_reported_once() -> None:
    act(given(*TO_PROPOSED), "report_result", by="zjj", at="2025-03-18").refused("ALREADY_REPORTED")


def test_a_result_reported_without_joint_punishment_can_still_be_proposed_for_it() -> None:
    file = act(given(DECIDED, SERVED), "file_report", by="zjj", at="2025-03-17").then(FILED[0])
    act(file, "report_result", by="zjj", at="2025-03-18").then(PROPOSED[0])


def test_handling_is_reported_after_service() -> None:
    act(given(DECIDED), "file_report", by="zjj", at="2025-03-11").refused("NOT_SERVED")


def test_handling_is_reported_once() -> None:
    act(given(DECIDED, SERVED, FILED), "file_report", by="zjj", at="2025-03-18").refused("ALREADY_REPORTED")


def test_a_penalty_is_closed_when_its_time_limits_have_ended() -> None:
    act(given(DECIDED), "close", by="zjj", at="2025-03-11").refused("NOT_SERVED")
    act(given(DECIDED, SERVED), "close", by="zjj", at="2025-03-13").refused("CLOCKS_RUNNING")
    file = act(given(*TO_PROPOSED), "close", by="zjj", at="2025-03-18").then(CaseClosed(matter="V7", ends_matter=True))
    assert (file.holder("V7"), file.holder("CF-1-memo")) == (None, "zwj")


def test_a_matter_that_two_penalties_bear_ends_with_the_second() -> None:
    second = (decided("CF-2", kind="警告", amount=None), "2025-03-11", "zjj")
    file = given(DECIDED, second, (*SERVED, "CF-1"), (*SERVED, "CF-2"), (*FILED, "CF-1"))
    file = file.when(JOINT_PUNISHMENT, "close", case="CF-1", by="zjj", at="2025-03-18")
    assert file.then(CaseClosed(matter="V7", ends_matter=False)).holder("V7") == "zjj"
    file.when(JOINT_PUNISHMENT, "close", case="CF-1", by="zjj", at="2025-03-19").refused("ALREADY_CLOSED")
    file = file.when(JOINT_PUNISHMENT, "close", case="CF-2", by="zjj", at="2025-03-19")
    assert file.then(CaseClosed(matter="V7", ends_matter=True)).holder("V7") is None


# ---- credit
def test_credit_points_and_publication_are_recorded_by_the_department_that_decided() -> None:
    file = act(given(DECIDED), "record_credit_score", by="zjj", at="2025-03-20", points=6, basis="量化管理办法")
    file.then(CreditPointsRecorded(matter="V7", points=6, basis="量化管理办法"))
    act(file, "record_publication", by="zjj", at="2025-03-20", platform="湖北省违法违规信息发布平台")
    file.then(ViolationPublished(matter="V7", platform="湖北省违法违规信息发布平台"))
    act(file, "record_credit_score", by="scj", at="2025-03-21", points=1).forbidden()


def test_what_is_scored_or_published_is_recorded_once_and_points_are_above_zero() -> None:
    file = act(given(DECIDED), "record_credit_score", by="zjj", at="2025-03-20", points=6, basis="量化管理办法")
    act(file, "record_credit_score", by="zjj", at="2025-03-21", points=6, basis="量化管理办法").refused(
        "RECORDED_ALREADY"
    )
    act(file, "record_credit_score", by="zjj", at="2025-03-21", points=2, basis="另一项").then_topics(
        "joint-punishment.credit-points-recorded"
    )
    for points in (0, -3):
        act(file, "record_credit_score", by="zjj", at="2025-03-21", points=points).refused("POINTS_NOT_POSITIVE")
    act(file, "record_publication", by="zjj", at="2025-03-21", platform="平台")
    act(file, "record_publication", by="zjj", at="2025-03-22", platform="平台").refused("RECORDED_ALREADY")


@pytest.mark.parametrize("step", ["record_credit_score", "record_publication"])
def test_a_revoked_penalty_is_not_scored_or_published(step: str) -> None:
    said = {"points": 6} if step == "record_credit_score" else {"platform": "平台"}
    act(given(DECIDED, REVOKED), step, by="zjj", at="2025-09-02", **said).refused("PENALTY_NOT_IN_FORCE")
