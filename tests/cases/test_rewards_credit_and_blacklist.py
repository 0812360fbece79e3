"""What follows on honesty and its lack: joint rewards (守信激励), credit points (信用记分), the expert blacklist (专家“黑名单”)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.credit.case import Credit
from domain.cases.credit.events import PointsCancelled, PointsRecorded, Sign
from domain.cases.expert_blacklist.case import ExpertBlacklist
from domain.cases.expert_blacklist.events import (
    BlacklistDeclined,
    BlacklistEntered,
    BlacklistExpired,
    BlacklistLifted,
    BlacklistProposed,
    BlacklistTermChanged,
    ExpertHeard,
    ExpertNotified,
    entry_fact,
)
from domain.cases.reward.case import Reward
from domain.cases.reward.events import Benefit, Incentive, RewardExpired, RewardGranted, RewardWithdrawn
from domain.kernel import Released, Reserved, case_id
from domain.names import Party
from tests.cases.punishment_facts import TO_ISSUED, USCC
from tests.given import Given, given, opening

# ---- rewards
FIRST = Benefit(Incentive.PRIORITY, "湖北省社会信用信息管理条例")
BONUS = Benefit(Incentive.POINTS, "量化管理办法", 5)
REWARD: dict[str, Any] = {
    "subject": "甲公司",
    "party": Party.BIDDER,
    "merits": "连续三年无失信记录",
    "benefits": (FIRST, BONUS),
}
GRANT = RewardGranted(**opening("SJ-1"), **REWARD, effective=date(2025, 3, 3), until=date(2026, 3, 2), granted_by="zjj")
GRANTED = (GRANT, "2025-03-03", "zjj")


def grant(file: Given, *, by: str = "zjj", at: str = "2025-03-03", **changes: Any) -> Given:
    return file.when(Reward, "grant", by=by, at=at, number="SJ-1", **{**REWARD, "until": date(2026, 3, 2), **changes})


def test_a_reward_lists_its_incentives_each_with_its_basis_and_has_an_end() -> None:
    file = grant(given()).then(GRANT)
    assert file.holder("SJ-1") == "zjj"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"subject": " "}, "SUBJECT_UNNAMED"),
        ({"merits": None}, "MERITS_UNSTATED"),
        ({"benefits": ()}, "NO_BENEFIT"),
        ({"benefits": (FIRST, Benefit(Incentive.TAX, None))}, "BENEFIT_WITHOUT_BASIS"),
        ({"benefits": (Benefit(Incentive.POINTS, "办法"),)}, "POINTS_UNSTATED"),
        ({"benefits": (Benefit(Incentive.POINTS, "办法", 0),)}, "POINTS_UNSTATED"),
        ({"benefits": (Benefit(Incentive.SIMPLER, "办法", 3),)}, "POINTS_UNSTATED"),
        ({"until": None}, "TERM_MISSING"),
        ({"until": date(2025, 3, 2)}, "TERM_MISSING"),
        ({"expert_no": "E-1"}, "CODE_OF_ANOTHER_KIND"),
        ({"party": Party.EXPERT, "uscc": USCC}, "CODE_OF_ANOTHER_KIND"),
    ],
)
def test_an_incomplete_reward_is_refused(changes: dict[str, Any], code: str) -> None:
    grant(given(), **changes).refused(code)


def test_who_is_under_a_memo_of_the_file_is_not_rewarded_and_who_is_not_is() -> None:
    grant(given(*TO_ISSUED), at="2025-05-01").refused("UNDER_PUNISHMENT")
    grant(given(*TO_ISSUED), at="2025-05-01", subject="乙公司").then_topics("reward.granted")
    grant(given(*TO_ISSUED), at="2026-04-01", until=date(2027, 1, 1)).then_topics("reward.granted")


def test_an_untrue_reward_is_withdrawn_with_the_reason_by_who_granted_it() -> None:
    file = given(GRANTED).when(Reward, "withdraw", by="zjj", at="2025-06-02", ground="业绩造假", untrue=True)
    file.then(RewardWithdrawn(matter="SJ-1", ground="业绩造假", untrue=True))
    assert (file.holder("SJ-1"), file.case.state) == (None, "withdrawn")
    given(GRANTED).when(Reward, "withdraw", by="zjj", at="2025-06-02", ground=None, untrue=True).refused(
        "WITHDRAWAL_UNREASONED"
    )
    given(GRANTED).when(Reward, "withdraw", by="slj", at="2025-06-02", ground="1", untrue=True).forbidden()


def test_a_reward_expires_after_its_last_day() -> None:
    given(GRANTED).when(Reward, "expire", by="system", at="2026-03-02").refused("STILL_IN_FORCE")
    given(GRANTED).when(Reward, "expire", by="system", at="2026-03-03").then(RewardExpired(matter="SJ-1"))
    given(GRANTED).when(Reward, "expire", by="slj", at="2026-03-03").forbidden()


# ---- credit points
POINTS: dict[str, Any] = {"subject": "丁代理", "party": Party.AGENCY, "sign": Sign.DEDUCTED, "points": 3,
                          "ground": "一般失信行为", "basis": "量化管理办法"}  # fmt: skip
RECORD = PointsRecorded(**opening("XY-1"), **POINTS, effective=date(2025, 3, 3), recorded_by="jyzx")


def score(file: Given, *, by: str = "jyzx", at: str = "2025-03-03", **changes: Any) -> Given:
    return file.when(Credit, "record_points", by=by, at=at, number="XY-1", **{**POINTS, **changes})


def test_points_say_whom_how_many_why_and_by_which_rule_and_nobody_holds_anything() -> None:
    file = score(given()).then(RECORD)
    assert file.file.matters == {}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"subject": None}, "SUBJECT_UNNAMED"),
        ({"ground": " "}, "POINTS_WITHOUT_BASIS"),
        ({"basis": None}, "POINTS_WITHOUT_BASIS"),
        ({"points": 0}, "NO_POINTS"),
        ({"until": date(2025, 3, 2)}, "TERM_BACKWARDS"),
        ({"expert_no": "E-1"}, "CODE_OF_ANOTHER_KIND"),
        ({"party": Party.EXPERT, "uscc": USCC}, "CODE_OF_ANOTHER_KIND"),
    ],
)
def test_incomplete_points_are_refused(changes: dict[str, Any], code: str) -> None:
    score(given(), **changes).refused(code)


def test_points_are_taken_back_with_a_reason_by_who_recorded_them() -> None:
    known = (RECORD, "2025-03-03", "jyzx")
    file = given(known).when(Credit, "cancel_points", by="jyzx", at="2025-04-01", ground="复核撤销")
    file.then(PointsCancelled(matter="XY-1", ground="复核撤销"))
    file.when(Credit, "cancel_points", by="jyzx", at="2025-04-02", ground="再").refused("STEP_NOT_ALLOWED_IN_STATE")
    given(known).when(Credit, "cancel_points", by="jyzx", at="2025-04-01", ground="").refused("CANCELLING_UNREASONED")
    given(known).when(Credit, "cancel_points", by="zjj", at="2025-04-01", ground="1").forbidden()
    score(given(), by="jwjc").forbidden()


# ---- the blacklist of experts
M = {"matter": "HM-1"}
PROPOSAL: dict[str, Any] = {
    "ground": "评标打分畸高畸低",
    "basis": "评标专家管理办法",
    "assessment": "专家考核情况表2025-03",
}
PROPOSED = (
    BlacklistProposed(**opening("HM-1"), subject="张三", expert_no="E-7", **PROPOSAL, proposed_by="fgj"), "2025-04-01", "fgj",
)  # fmt: skip
NOTIFIED = (ExpertNotified(**M, received_on=date(2025, 4, 2), answer_by=date(2025, 4, 10)), "2025-04-02", "fgj")
HEARD = (ExpertHeard(**M, statement="系笔误", review="不成立"), "2025-04-08", "fgj")
ENTRY = BlacklistEntered(**M, subject="张三", expert_no="E-7", ground=PROPOSAL["ground"], basis=PROPOSAL["basis"],
                         effective=date(2025, 4, 14), until=date(2027, 4, 13))  # fmt: skip
ENTERED = (ENTRY, "2025-04-14", "fgj")
TERM = {"until": date(2027, 4, 13)}


def act(file: Given, step: str, *, by: str = "fgj", at: str = "2025-04-14", **said: Any) -> Given:
    return file.when(ExpertBlacklist, step, by=by, at=at, **said)


def propose(file: Given, **changes: Any) -> Given:
    return act(
        file, "propose", at="2025-04-01", number="HM-1", **{"expert": "张三", "expert_no": "E-7", **PROPOSAL, **changes}
    )


def test_an_expert_is_proposed_by_whoever_manages_the_experts_of_its_trade() -> None:
    file = propose(given()).then(PROPOSED[0])
    assert file.holder("HM-1") == "fgj"


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"expert": None}, "EXPERT_UNNAMED"), ({"ground": " "}, "GROUND_UNSTATED"), ({"basis": None}, "GROUND_UNSTATED")],
)
def test_a_proposal_names_the_expert_the_ground_and_the_basis(changes: dict[str, Any], code: str) -> None:
    propose(given(), **changes).refused(code)


def test_no_expert_is_entered_unheard() -> None:
    act(given(PROPOSED), "enter", **TERM).refused("NOT_NOTIFIED")
    act(given(PROPOSED, NOTIFIED), "enter", at="2025-04-10", **TERM).refused("NOT_HEARD")
    act(given(PROPOSED, NOTIFIED, HEARD), "enter", at="2025-04-09", **TERM).then_topics("expert-blacklist.entered")
    act(given(PROPOSED, NOTIFIED), "enter", at="2025-04-14", **TERM).then(ENTRY)


def test_the_expert_is_told_until_when_to_answer_and_what_is_said_is_reviewed() -> None:
    act(given(PROPOSED), "notify_expert", at="2025-04-02", answer_by=date(2025, 4, 10)).then(NOTIFIED[0])
    act(given(PROPOSED), "notify_expert", at="2025-04-02", answer_by=date(2025, 4, 2)).refused("ANSWER_TIME")
    act(given(PROPOSED, NOTIFIED), "hear_expert", at="2025-04-08", statement="系笔误", review="不成立").then(HEARD[0])
    act(given(PROPOSED, NOTIFIED), "hear_expert", at="2025-04-08", statement="系笔误", review=None).refused(
        "STATEMENT_MISSING"
    )
    act(given(PROPOSED, NOTIFIED), "hear_expert", by="zjj", at="2025-04-08", statement="1", review="1").forbidden()


def test_an_entry_has_a_term_and_an_expert_one_entry() -> None:
    facts = (PROPOSED, NOTIFIED, HEARD)
    act(given(*facts), "enter", until=None).refused("TERM_MISSING")
    act(given(*facts), "enter", until=date(2025, 4, 13)).refused("TERM_MISSING")
    act(given(*facts, reserved={entry_fact("E-7"): case_id("HM-9")}), "enter", **TERM).refused("ALREADY_ENTERED")
    file = act(given(*facts), "enter", **TERM)
    assert [entry.event.fact for entry in file.new if isinstance(entry.event, Reserved)] == [entry_fact("e-7 ")]


def test_declining_says_why_and_ends_the_matter() -> None:
    act(given(PROPOSED), "decline", reason=None).refused("DECLINING_UNREASONED")
    file = act(given(PROPOSED), "decline", reason="查无实据").then(BlacklistDeclined(**M, reason="查无实据"))
    assert file.holder("HM-1") is None


def test_the_term_of_an_entry_is_changed_on_a_stated_basis() -> None:
    facts = (PROPOSED, NOTIFIED, HEARD, ENTERED)
    file = act(given(*facts), "change_term", at="2025-06-02", until=date(2026, 4, 13), basis="复核决定")
    file.then(BlacklistTermChanged(**M, until=date(2026, 4, 13), basis="复核决定"))
    act(file, "expire", by="system", at="2026-04-14").then_topics("expert-blacklist.expired")
    act(given(*facts), "change_term", until=date(2026, 4, 13), basis=" ").refused("TERM_UNFOUNDED")
    act(given(*facts), "change_term", until=date(2025, 4, 13), basis="1").refused("TERM_MISSING")


def test_an_entry_is_lifted_when_repaired_or_wrong_and_the_expert_may_be_entered_again() -> None:
    facts = (PROPOSED, NOTIFIED, HEARD, ENTERED)
    act(given(*facts), "lift", at="2026-01-05").refused("NO_GROUND_FOR_LIFTING")
    file = act(given(*facts), "lift", at="2026-01-05", repair="信用修复决定")
    file.then(BlacklistLifted(**M, repair="信用修复决定", releases=(entry_fact("E-7"),)))
    assert [entry.event.fact for entry in file.new if isinstance(entry.event, Released)] == [entry_fact("E-7")]
    assert file.holder("HM-1") is None
    act(given(*facts), "lift", at="2026-01-05", wrong=True).then_topics("expert-blacklist.lifted")


def test_an_entry_expires_after_its_last_day() -> None:
    facts = (PROPOSED, NOTIFIED, HEARD, ENTERED)
    act(given(*facts), "expire", by="system", at="2027-04-13").refused("STILL_IN_FORCE")
    act(given(*facts), "expire", by="system", at="2027-04-14").then(
        BlacklistExpired(**M, releases=(entry_fact("E-7"),))
    )
