"""Memos of joint punishment (联合惩戒备忘录): one per penalty, every measure on a legal basis, carried out, lifted, expired."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.joint_punishment import CASE as JOINT_PUNISHMENT
from domain.cases.joint_punishment.events import (
    CaseClosed,
    JointPunishmentExpired,
    JointPunishmentLifted,
    Measure,
    MemoDistributed,
    OutsidePenaltyNamed,
    PunishmentMeasureExecuted,
    memo_fact,
    penalty_fact,
)
from domain.kernel import Reserved, case_id
from tests.cases.punishment_facts import (
    ACKNOWLEDGED,
    BAN,
    DECIDED,
    FILED,
    LIFTED,
    REVOKED,
    SERVED,
    TO_ISSUED,
    TO_PROPOSED,
    act,
    decided,
    issue,
    issued,
)
from tests.given import given, opening


# ---- the memo
def test_the_office_issues_the_memo_and_issuing_sends_it_to_every_supervisory_department() -> None:
    file = issue(given(*TO_PROPOSED)).then(issued())
    assert file.holder("CF-1-memo") == "zwj"


def test_a_memo_takes_its_penalty_so_that_no_other_file_can_issue_a_second() -> None:
    file = issue(given(*TO_PROPOSED))
    assert [each.event.fact for each in file.new if isinstance(each.event, Reserved)] == [memo_fact("CF-1")]


def test_the_office_may_name_who_gets_the_memo() -> None:
    issue(given(*TO_PROPOSED), recipients=("jyzx", "zjj", "jyzx")).then(issued(recipients=("jyzx", "zjj")))


def test_a_memo_takes_effect_on_the_day_of_issue_unless_another_is_given() -> None:
    issue(given(*TO_PROPOSED), effective=None).then(issued(effective=date(2025, 3, 24)))


def test_a_memo_may_be_issued_before_the_department_has_reported() -> None:
    assert issue(given(DECIDED)).then(issued()).holder("CF-1-memo") == "zwj"


def test_only_the_coordinating_office_issues_the_memo() -> None:
    issue(given(*TO_PROPOSED), by="zjj").forbidden()


@pytest.mark.parametrize("basis", [None, "", "  "])
def test_every_measure_cites_a_legal_basis(basis: str | None) -> None:
    issue(given(*TO_PROPOSED), measures=(BAN, Measure("取消评优资格", basis))).refused("MEASURE_WITHOUT_LEGAL_BASIS")


def test_a_memo_lists_measures() -> None:
    issue(given(*TO_PROPOSED), measures=()).refused("MEMO_WITHOUT_MEASURES")


@pytest.mark.parametrize("until", [None, date(2025, 3, 31)])
def test_a_memo_has_a_last_day_not_before_its_first(until: date | None) -> None:
    issue(given(*TO_PROPOSED), until=until).refused("MEMO_WITHOUT_END_DATE")


def test_one_memo_per_penalty() -> None:
    issue(given(*TO_ISSUED), at="2025-04-02").refused("MEMO_ALREADY_ISSUED")
    issue(given(*TO_PROPOSED, reserved={memo_fact("CF-1"): case_id("X")})).refused("MEMO_ALREADY_ISSUED")


def test_a_memo_rests_on_a_penalty_in_force() -> None:
    issue(given(*TO_PROPOSED, REVOKED), at="2025-09-02").refused("PENALTY_NOT_IN_FORCE")


def test_a_memo_concerns_the_penalty_and_the_subject_of_its_case() -> None:
    issue(given(*TO_PROPOSED), subject="乙公司").refused("MEMO_FOR_ANOTHER")
    issue(given(*TO_PROPOSED), penalty="CF-9").refused("MEMO_FOR_ANOTHER")
    issue(given(*TO_PROPOSED), penalty="CF-1", subject="甲公司").then(issued())


def test_a_memo_on_a_penalty_decided_outside_opens_a_case() -> None:
    file = issue(given(), number="LH-1", penalty="恩住建罚〔2025〕3号", subject="丙公司", decided_by="恩施州住建局")
    outside = {"penalty": "恩住建罚〔2025〕3号", "subject": "丙公司"}
    file.then(
        OutsidePenaltyNamed(**opening("LH-1", "LH-1-memo"), **outside, decided_by="恩施州住建局", answers="zwj"),
        issued(matter="LH-1-memo", **outside),
    )
    assert file.holder("LH-1-memo") == "zwj"
    act(file, "serve_decision", by="zwj", at="2025-03-25").refused("PENALTY_DECIDED_ELSEWHERE")
    act(file, "record_penalty_revoked", by="zwj", at="2025-04-25", revoked_by="州人民法院")
    assert file.case is not None
    assert file.case.summary()["memo_state"] == "must_be_lifted"


def test_a_memo_case_of_its_own_names_a_penalty_and_a_subject() -> None:
    issue(given(), number="LH-1", subject="丙公司").refused("MEMO_WITHOUT_PENALTY")
    issue(given(), number="LH-1", penalty="恩住建罚〔2025〕3号").refused("MEMO_WITHOUT_PENALTY")


def test_a_penalty_of_the_ledger_gets_its_memo_in_its_own_case() -> None:
    issue(given(*TO_PROPOSED), number="LH-1", penalty="CF-1", subject="甲公司").refused("PENALTY_HAS_OWN_CASE")
    taken = {penalty_fact("CF-1"): case_id("CF-1")}
    issue(given(reserved=taken), number="LH-1", penalty="CF-1", subject="甲公司").refused("PENALTY_HAS_OWN_CASE")


def test_one_memo_per_penalty_decided_outside() -> None:
    taken = {memo_fact("罚〔2025〕3号"): case_id("LH-9")}
    issue(given(reserved=taken), number="LH-1", penalty="罚〔2025〕3号", subject="甲").refused("MEMO_ALREADY_ISSUED")


# ---- carrying it out
def test_the_office_distributes_the_memo_further_and_nobody_is_sent_it_twice() -> None:
    file = act(given(*TO_ISSUED), "distribute_memo", by="zwj", at="2025-03-25", to=("gaj", "zjj"))
    file.then(MemoDistributed(matter="CF-1-memo", to=("gaj", "zjj")))
    file = act(file, "distribute_memo", by="zwj", at="2025-03-26", to=("zjj", "jcy"))
    file.then(MemoDistributed(matter="CF-1-memo", to=("jcy",)))
    act(file, "distribute_memo", by="zwj", at="2025-03-27", to=("zjj",)).refused("ALREADY_DISTRIBUTED")


def test_only_the_office_distributes() -> None:
    act(given(*TO_ISSUED), "distribute_memo", by="zjj", at="2025-03-25", to=("gaj",)).forbidden()


def test_nothing_is_distributed_before_the_memo_is_issued() -> None:
    act(given(*TO_PROPOSED), "distribute_memo", by="zwj", at="2025-03-25", to=("zjj",)).refused("MEMO_NOT_ISSUED")


def test_who_received_the_memo_acknowledges_it_even_before_it_takes_effect() -> None:
    file = act(given(*TO_ISSUED), "acknowledge_memo", by="jyzx", at="2025-03-26").then(ACKNOWLEDGED[0])
    assert file.holder("CF-1-memo") == "zwj"


def test_who_did_not_receive_the_memo_cannot_acknowledge_it() -> None:
    act(given(*TO_ISSUED), "acknowledge_memo", by="gwh", at="2025-03-26").forbidden()
    sent = (MemoDistributed(matter="CF-1-memo", to=("gwh",)), "2025-03-25", "zwj")
    act(given(*TO_ISSUED, sent), "acknowledge_memo", by="gwh", at="2025-03-26").then_topics(
        "joint-punishment.memo-acknowledged"
    )


def test_a_memo_is_acknowledged_once() -> None:
    act(given(*TO_ISSUED, ACKNOWLEDGED), "acknowledge_memo", by="jyzx", at="2025-03-27").refused("ALREADY_ACKNOWLEDGED")


def test_a_department_that_acknowledged_the_memo_records_a_measure_of_it_once() -> None:
    file = act(
        given(*TO_ISSUED, ACKNOWLEDGED), "record_measure_executed", by="jyzx", at="2025-04-01", measure="限制参加投标"
    )
    file.then(PunishmentMeasureExecuted(matter="CF-1-memo", department="jyzx", measure="限制参加投标"))
    again = act(file, "record_measure_executed", by="jyzx", at="2025-04-02", measure="限制参加投标")
    again.refused("ALREADY_EXECUTED")


def test_a_measure_is_executed_after_acknowledgement() -> None:
    file = act(given(*TO_ISSUED), "record_measure_executed", by="jyzx", at="2025-04-01", measure="限制参加投标")
    file.refused("NOT_ACKNOWLEDGED")


def test_what_the_memo_does_not_list_is_no_measure_of_it() -> None:
    file = given(*TO_ISSUED, ACKNOWLEDGED)
    act(file, "record_measure_executed", by="jyzx", at="2025-04-01", measure="列入黑名单").refused(
        "MEASURE_NOT_IN_MEMO"
    )


@pytest.mark.parametrize("day", ["2025-03-31", "2026-04-01"])
def test_a_measure_is_executed_while_the_memo_is_in_force(day: str) -> None:
    file = given(*TO_ISSUED, ACKNOWLEDGED)
    act(file, "record_measure_executed", by="jyzx", at=day, measure="限制参加投标").refused("MEMO_NOT_IN_FORCE")


def test_an_act_done_in_time_is_recorded_after_the_memo_was_lifted() -> None:
    file = given(*TO_ISSUED, ACKNOWLEDGED, REVOKED, LIFTED)
    late = {"by": "jyzx", "measure": "限制参加投标"}
    act(file, "record_measure_executed", at="2025-09-01T08:00+08:00", **late).then_topics(
        "joint-punishment.measure-executed"
    )
    act(file, "record_measure_executed", at="2025-09-02", by="jyzx", measure="取消评优资格").refused(
        "MEMO_NOT_IN_FORCE"
    )
    act(file, "acknowledge_memo", by="zjj", at="2025-09-04").then_topics("joint-punishment.memo-acknowledged")
    act(file, "acknowledge_memo", by="slj", at="2025-09-06").refused("MEMO_NOT_IN_FORCE")


def test_the_lifting_of_another_memo_of_the_file_changes_nothing() -> None:
    other = (decided("CF-2", fact="V8", subject="乙公司"), "2025-03-11", "zjj")
    lifted = (JointPunishmentLifted(matter="CF-2-memo", repair="修复"), "2025-03-24", "zwj", "CF-2")
    memo = (issued(matter="CF-2-memo", penalty="CF-2", subject="乙公司"), "2025-03-24", "zwj", "CF-2")
    first = [(*fact, "CF-1") for fact in TO_ISSUED]
    file = given(*first, other, memo, lifted)
    file = file.when(JOINT_PUNISHMENT, "acknowledge_memo", case="CF-1", by="jyzx", at="2025-03-26")
    file.then(ACKNOWLEDGED[0])


# ---- the end of it
def test_a_revoked_penalty_frees_the_act_and_its_memo_must_be_lifted() -> None:
    file = act(given(*TO_ISSUED), "record_penalty_revoked", by="zjj", at="2025-09-01", revoked_by="县人民法院")
    file.then(REVOKED[0])
    assert file.case is not None
    assert file.case.summary()["memo_state"] == "must_be_lifted"
    assert file.holder("CF-1-memo") == "zwj"


def test_only_the_department_that_decided_records_the_revocation_and_once() -> None:
    act(given(*TO_ISSUED), "record_penalty_revoked", by="zwj", at="2025-09-01", revoked_by="法院").forbidden()
    file = act(given(*TO_ISSUED, REVOKED), "record_penalty_revoked", by="zjj", at="2025-09-02", revoked_by="法院")
    file.refused("ALREADY_REVOKED")


def test_a_penalty_is_revoked_after_its_case_was_closed() -> None:
    closed = (CaseClosed(matter="V7", ends_matter=True), "2025-04-01", "zjj")
    file = act(given(*TO_ISSUED, closed), "record_penalty_revoked", by="zjj", at="2025-09-01", revoked_by="县人民法院")
    file.then(REVOKED[0])


def test_a_memo_whose_basis_is_gone_is_lifted_by_the_office() -> None:
    file = act(given(*TO_ISSUED, REVOKED), "lift_memo", by="zwj", at="2025-09-05").then(LIFTED[0])
    assert file.case is not None
    assert (file.holder("CF-1-memo"), file.case.summary()["memo_state"]) == (None, "lifted")
    act(file, "lift_memo", by="zwj", at="2025-09-06").refused("MEMO_ENDED")


def test_a_memo_is_lifted_when_the_credit_was_repaired() -> None:
    file = act(given(*TO_ISSUED), "lift_memo", by="zwj", at="2025-10-09", repair="信用修复决定〔2025〕1号")
    file.then(JointPunishmentLifted(matter="CF-1-memo", repair="信用修复决定〔2025〕1号"))


def test_a_memo_is_not_lifted_without_a_ground_nor_by_another() -> None:
    act(given(*TO_ISSUED), "lift_memo", by="zwj", at="2025-09-05").refused("NO_GROUND_FOR_LIFTING")
    act(given(*TO_ISSUED, REVOKED), "lift_memo", by="zjj", at="2025-09-05").forbidden()
    act(given(DECIDED), "lift_memo", by="zwj", at="2025-09-05").refused("MEMO_NOT_ISSUED")


def test_a_proposal_whose_penalty_was_revoked_is_dropped() -> None:
    file = act(given(*TO_PROPOSED, REVOKED), "lift_memo", by="zwj", at="2025-09-05").then(LIFTED[0])
    assert file.holder("CF-1-memo") is None


def test_a_memo_expires_on_the_day_after_its_last() -> None:
    act(given(*TO_ISSUED), "expire", by="system", at="2026-03-31T23:59+08:00").refused("MEMO_STILL_IN_FORCE")
    file = act(given(*TO_ISSUED), "expire", by="system", at="2026-04-01T00:00+08:00")
    file.then(JointPunishmentExpired(matter="CF-1-memo"))
    assert file.holder("CF-1-memo") is None
    act(file, "expire", by="system", at="2026-04-02").refused("MEMO_ENDED")
    act(given(*TO_ISSUED), "expire", by="zwj", at="2026-04-01").forbidden()
    act(given(DECIDED), "expire", by="system", at="2026-04-01").refused("MEMO_NOT_ISSUED")


@pytest.mark.parametrize(
    "facts, state",
    [
        ((DECIDED,), "decided"),
        ((DECIDED, SERVED), "served"),
        (TO_PROPOSED, "proposed"),
        (TO_ISSUED, "issued"),
        ((DECIDED, REVOKED), "revoked"),
        ((*TO_ISSUED, REVOKED, LIFTED), "lifted"),
        ((*TO_ISSUED, (JointPunishmentExpired(matter="CF-1-memo"), "2026-04-01", "system")), "expired"),
        ((DECIDED, SERVED, FILED, (CaseClosed(matter="V7", ends_matter=True), "2025-04-01", "zjj")), "closed"),
    ],
)
def test_where_the_case_stands(facts: tuple[Any, ...], state: str) -> None:
    assert [case.state for case in given(*facts).file.cases.values()] == [state]
