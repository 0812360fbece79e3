"""What is received is acknowledged, sent back or waived; what was asked for, and duties without a number, are only aged (报送)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.reporting_duty import CASE
from domain.cases.reporting_duty.events import (
    DutySubmitted,
    DutyWaived,
    InformationProvided,
    InformationRequested,
    PartSubmitted,
    Report,
    ReportAcknowledged,
    ReportRejected,
    Subject,
)
from domain.law.clock import State
from infrastructure.law_files import shipped_limits
from tests.cases.reporting_facts import (
    ARISEN,
    ASKED,
    ASSESSED,
    BID,
    CLOSED,
    DUTY,
    HALF,
    LISTED,
    LOGGED,
    OPENED,
    Q3,
    REQUEST,
    REQUESTED,
    duty,
)
from tests.given import Given, given, opening

GENERIC = sorted(
    limit.id for limit in shipped_limits() for start in limit.starts if start.on == "reporting-duty.duty-opened"
)
OWING = {"role:trading_centre": "jyzx", "role:office": "zwj", "field:unit": "fgj"}


def test_the_office_acknowledges_what_is_all_there() -> None:
    found = given(CLOSED, LOGGED, ASSESSED).when(CASE, "acknowledge", by="zwj", at="2025-09-30")
    found.then(ReportAcknowledged(**BID))
    assert found.case is not None and found.case.state == "acknowledged"
    given(CLOSED, LOGGED).when(CASE, "acknowledge", by="zwj", at="2025-09-30").refused("NOT_SUBMITTED")
    given(CLOSED).when(CASE, "acknowledge", by="zwj", at="2025-09-30").refused("STEP_NOT_ALLOWED_IN_STATE")
    given(CLOSED, LOGGED, ASSESSED).when(CASE, "acknowledge", by="jyzx", at="2025-09-30").forbidden()


def test_what_is_sent_back_counts_as_not_sent_and_its_clock_runs_on_from_its_origin() -> None:
    found = given(OPENED, LISTED)
    assert found.clock("XE-QTR30").state is State.MET  # type: ignore[union-attr]
    found.when(CASE, "reject", by="zwj", at="2025-10-09", reason="未盖公章")
    found.then(ReportRejected(**Q3, unit="jyzx", report=Report.QUARTER_LIST, reason="未盖公章"))
    judged = found.clock("XE-QTR30")
    assert judged is not None
    assert (judged.state, judged.late_calendar_days, found.holder()) == (State.BREACHED_OPEN, 9, "jyzx")
    half = {"electronic": True, "sealed_paper": False}
    found.when(CASE, "submit_quarter_list", by="jyzx", at="2025-10-10", **half)
    found.then_topics("reporting-duty.quarter-list-part-submitted")
    found.when(CASE, "submit_quarter_list", by="jyzx", at="2025-10-11", electronic=False, sealed_paper=True)
    assert (found.clock("XE-QTR30").state, found.holder()) == (State.BREACHED_LATE, None)  # type: ignore[union-attr]
    assert len(found.clocks("XE-QTR30")) == 1


def test_of_two_reports_the_one_that_is_meant_is_sent_back_and_the_other_stands() -> None:
    found = given(CLOSED, LOGGED, ASSESSED)
    found.when(CASE, "reject", by="zwj", at="2025-09-30", reason="空白").refused("WHICH_REPORT")
    found.when(CASE, "reject", by="zwj", at="2025-09-30", reason="空白", report=Report.OPENING_LOG)
    found.then_topics("reporting-duty.rejected")
    states = [found.clock(rule).state for rule in ("XE-LOG1", "XE-EXP1")]  # type: ignore[union-attr]
    assert states == [State.BREACHED_OPEN, State.BREACHED_LATE]
    found.when(CASE, "submit_opening_log", by="jyzx", at="2025-10-09").then_topics(
        "reporting-duty.opening-log-submitted"
    )
    assert found.holder() is None


@pytest.mark.parametrize(
    ("facts", "said", "code"),
    [
        ((OPENED, LISTED), {"reason": None}, "REASON_REQUIRED"),
        ((OPENED, HALF), {"reason": "缺页"}, "NOT_SUBMITTED"),
        ((CLOSED, LOGGED), {"reason": "空白", "report": Report.EXPERT_ASSESSMENT}, "NOT_SUBMITTED"),
        ((OPENED,), {"reason": "缺页"}, "STEP_NOT_ALLOWED_IN_STATE"),
    ],
)
def test_only_what_was_submitted_is_sent_back_and_with_a_reason(facts: Any, said: dict[str, Any], code: str) -> None:
    given(*facts).when(CASE, "reject", by="zwj", at="2025-10-09", **said).refused(code)


def test_what_was_acknowledged_is_not_sent_back() -> None:
    done = (ReportAcknowledged(**Q3), "2025-10-01", "zwj")
    given(OPENED, LISTED, done).when(CASE, "reject", by="zwj", at="2025-10-09", reason="缺页").refused(
        "STEP_NOT_ALLOWED_IN_STATE"
    )


def test_where_there_is_nothing_to_report_the_duty_is_waived_with_the_reason() -> None:
    found = given(OPENED).when(CASE, "waive", by="zwj", at="2025-09-30", reason="本季度无开标项目")
    found.then(DutyWaived(**Q3, report=None, reason="本季度无开标项目", complete=True))
    assert (found.clock("XE-QTR30").state, found.holder()) == (State.VOID, None)  # type: ignore[union-attr]
    given(OPENED).when(CASE, "waive", by="zwj", at="2025-09-30", reason=" ").refused("REASON_REQUIRED")
    given(OPENED).when(CASE, "waive", by="jyzx", at="2025-09-30", reason="无").forbidden()
    given(OPENED, LISTED).when(CASE, "waive", by="zwj", at="2025-09-30", reason="无").refused(
        "STEP_NOT_ALLOWED_IN_STATE"
    )


def test_one_report_of_two_is_waived_and_the_other_is_owed() -> None:
    found = given(CLOSED).when(
        CASE, "waive", by="zwj", at="2025-09-27", reason="流标，未评标", report=Report.EXPERT_ASSESSMENT
    )
    found.then(DutyWaived(**BID, report=Report.EXPERT_ASSESSMENT, reason="流标，未评标", complete=False))
    assert [found.clock(rule).state for rule in ("XE-LOG1", "XE-EXP1")] == [State.RUNNING, State.VOID]  # type: ignore[union-attr]
    assert found.holder() == "jyzx"
    found.when(CASE, "submit_expert_assessment", by="jyzx", at="2025-09-28").refused("REPORT_NOT_OWED")
    found.when(CASE, "submit_opening_log", by="jyzx", at="2025-09-28")
    assert found.holder() is None
    again = given(CLOSED, LOGGED)
    again.when(CASE, "waive", by="zwj", at="2025-09-28", reason="流标", report=Report.OPENING_LOG).refused(
        "ALREADY_SUBMITTED"
    )


def test_the_committee_may_waive_too() -> None:
    given(CLOSED).when(CASE, "waive", by="gwh", at="2025-09-27", reason="暂停开标").then_topics("reporting-duty.waived")


def asking(by: str = "fgj", **said: Any) -> Given:
    return given().when(CASE, "request_information", by=by, at="2025-04-02", number="BS-2", **said)


def test_whoever_needs_information_asks_the_centre_and_the_day_agreed_makes_nobody_late() -> None:
    found = asking(items=("一季度成交额",), answer_by=date(2025, 4, 10)).then(REQUEST)
    assert "约定" in REQUEST.warnings()[0]
    assert found.holder() == "jyzx"
    judged = found.clock("XE-ADHOC", at="2025-12-31")
    assert judged is not None
    assert (judged.state, judged.due.day) == (State.RUNNING, None)
    assert found.case is not None and found.case.summary()["agreed_answer_by"] == date(2025, 4, 10)


def test_an_inspector_may_ask_too() -> None:
    asking("jwjc", items=("开标录像",)).then_topics("reporting-duty.information-requested")


@pytest.mark.parametrize(
    ("by", "said", "code"),
    [
        ("fgj", {"items": None}, "NOTHING_ASKED"),
        ("fgj", {"items": (" ",)}, "NOTHING_ASKED"),
        ("fgj", {"items": ("成交额",), "answer_by": date(2025, 4, 1)}, "ANSWER_BEFORE_REQUEST"),
        ("fgj", {"items": ("成交额",), "unit": "zjj"}, "NO_UNIT"),
        ("fgj", {"items": ("专家名册",), "subject": Subject.EXPERTS}, "LETTER_REQUIRED"),
        ("jyzx", {"items": ("成交额",)}, "ASKED_ITSELF"),
        ("zwj", {"items": ("专家名册",), "subject": Subject.EXPERTS, "letter": "函1"}, "ASKED_ITSELF"),
    ],
)
def test_a_request_says_what_of_whom_and_for_experts_by_letter(by: str, said: dict[str, Any], code: str) -> None:
    asking(by, **said).refused(code)


def test_data_on_experts_are_asked_of_the_office_by_a_letter() -> None:
    found = asking(items=("专家名册",), subject=Subject.EXPERTS, letter="宣住建函〔2025〕3号")
    found.then(InformationRequested(
        **opening("BS-2"), unit="zwj", requester="fgj", subject=Subject.EXPERTS, items=("专家名册",),
        letter="宣住建函〔2025〕3号",
    ))  # fmt: skip
    assert (found.clocks("XE-ADHOC"), found.clocks("XE-TIMELY-EXPERTS")[0].party) == ([], "zwj")


def test_the_information_is_provided_whole_or_in_part_and_the_requester_answers() -> None:
    found = given(REQUESTED)
    found.when(CASE, "provide_information", by="jyzx", at="2025-04-08", items=("工程类",), missing=("采购类",))
    found.then(PartSubmitted(**ASKED, report=Report.INFORMATION, document="工程类", missing=("采购类",)))
    assert found.case is not None and found.case.summary()["missing"] == ("采购类",)
    assert found.clock("XE-ADHOC").state is State.RUNNING  # type: ignore[union-attr]
    found.when(CASE, "provide_information", by="jyzx", at="2025-04-09", items=("采购类",))
    found.then(InformationProvided(**ASKED, items=("采购类",)))
    assert (found.clock("XE-ADHOC").state, found.holder()) == (State.MET, None)  # type: ignore[union-attr]
    found.when(CASE, "reject", by="fgj", at="2025-04-10", reason="与台账不符").then_topics("reporting-duty.rejected")
    assert (found.clock("XE-ADHOC").state, found.holder()) == (State.RUNNING, "jyzx")  # type: ignore[union-attr]
    found.when(CASE, "provide_information", by="jyzx", at="2025-04-11", items=("采购类",))
    found.when(CASE, "acknowledge", by="fgj", at="2025-04-11").then(ReportAcknowledged(**ASKED))
    given(REQUESTED).when(CASE, "provide_information", by="jyzx", at="2025-04-08", items=None).refused(
        "NOTHING_PROVIDED"
    )
    given(REQUESTED).when(CASE, "provide_information", by="zjj", at="2025-04-08", items=("无",)).forbidden()
    given(CLOSED).when(CASE, "provide_information", by="jyzx", at="2025-09-27", items=("无",)).forbidden()


@pytest.mark.parametrize("rule", GENERIC)
def test_a_duty_without_a_number_is_aged_and_never_late(rule: str) -> None:
    limit = next(each for each in shipped_limits() if each.id == rule)
    unit = OWING[limit.owed_by]
    found = given().when(CASE, "open_duty", by=unit, at="2025-04-02", number="BS-3", rule=rule, about="某代理机构迟到")
    found.then(duty(rule, unit))
    (clock,) = found.clocks(rule)
    assert (clock.party, found.holder()) == (unit, unit)
    assert found.clock(rule, at="2026-12-01").state is State.RUNNING  # type: ignore[union-attr]
    found.when(CASE, "submit", by=unit, at="2025-05-06", document="函〔2025〕1号").then(
        DutySubmitted(**DUTY, document="函〔2025〕1号")
    )
    assert (found.clock(rule).state, found.holder()) == (State.MET, None)  # type: ignore[union-attr]
    assert {each.limit.id for each in found.file.clocks} == {rule}, "no other duty begins with it"


def test_the_nine_duties_of_the_plan_that_nothing_else_starts_are_opened_by_name() -> None:
    assert [rule.removeprefix("XE-TIMELY-") for rule in GENERIC] == [
        "AGENCY", "AGENCY-LIST", "APPROVAL", "BASICS", "BULLETIN", "CA", "CREDIT", "DISHONESTY", "DISTRIBUTION",
    ]  # fmt: skip


def opened(by: str, rule: str = "XE-TIMELY-APPROVAL", about: str | None = "立项", **said: Any) -> Given:
    return given().when(CASE, "open_duty", by=by, at="2025-04-02", number="BS-3", rule=rule, about=about, **said)


def test_the_office_may_open_a_duty_of_another_and_nobody_else_may() -> None:
    opened("zwj", unit="fgj").then_topics("reporting-duty.duty-opened")
    opened("zjj", unit="fgj").refused("NOT_YOUR_DUTY")
    opened("zjj", rule="XE-TIMELY-AGENCY").refused("NOT_YOUR_DUTY")


@pytest.mark.parametrize("rule", ["XE-LOG1", "XE-TIMELY", "XE-TIMELY-OPINION", "XE-NONE"])
def test_only_a_duty_that_the_rules_state_without_a_number_is_opened_by_name(rule: str) -> None:
    opened("zwj", rule=rule).refused("NO_SUCH_DUTY")


def test_a_duty_says_what_gave_rise_to_it_and_by_what_it_was_done() -> None:
    opened("fgj", about=None).refused("ABOUT_UNNAMED")
    given(ARISEN).when(CASE, "submit", by="jyzx", at="2025-04-03", document=None).refused("DOCUMENT_UNNAMED")
    part = given(ARISEN).when(CASE, "submit", by="jyzx", at="2025-04-03", document="函1", missing=("附件",))
    part.then(PartSubmitted(**DUTY, report=Report.DUTY, document="函1", missing=("附件",)))
    assert part.clock("XE-TIMELY-AGENCY").state is State.RUNNING  # type: ignore[union-attr]


def test_nobody_answers_or_waives_a_report_of_its_own() -> None:
    own = (duty("XE-TIMELY-BULLETIN", "zwj"), "2025-04-02", "zwj")
    given(own).when(CASE, "waive", by="zwj", at="2025-04-03", reason="无").refused("OWN_REPORT")
    done = (DutySubmitted(**DUTY, document="简报1"), "2025-04-03", "zwj")
    given(own, done).when(CASE, "acknowledge", by="zwj", at="2025-04-04").refused("OWN_REPORT")
    given(own, done).when(CASE, "reject", by="zwj", at="2025-04-04", reason="缺页").refused("OWN_REPORT")
