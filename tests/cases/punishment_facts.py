"""Facts of joint punishment (联合惩戒) that its tests begin with, and the steps they take."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.cases.joint_punishment import CASE as JOINT_PUNISHMENT
from domain.cases.joint_punishment.events import (
    CaseReportFiled,
    HandlingCompleted,
    JointPunishmentLifted,
    JointPunishmentMemoIssued,
    JointPunishmentProposed,
    Measure,
    MemoAcknowledged,
    PenaltyDecided,
    PenaltyRevoked,
    fine_facts,
)
from tests.given import Given, opening

V7 = {"fact": "V7", "text": "出借资质", "subject": "甲公司"}
USCC = "91422825MA48XXXX0X"
BAN = Measure("限制参加投标", "招标投标法 第五十三条")
NO_AWARD = Measure("取消评优资格", "湖北省社会信用信息管理条例")
SUPERVISORS = ("jyzx", "zjj", "slj", "jtj", "czj", "fgj", "zrj", "scj", "nyj")


def decided(number: str = "CF-1", **changes: Any) -> PenaltyDecided:
    fields = {"kind": "罚款", "amount": 50000, "decided_by": "zjj", **V7, **changes}
    return PenaltyDecided(**{**opening(number, fields["fact"], "CF-1"), **fields})


def issued(**changes: Any) -> JointPunishmentMemoIssued:
    fields = {
        "matter": "CF-1-memo", "penalty": "CF-1", "subject": "甲公司", "measures": (BAN, NO_AWARD),
        "effective": date(2025, 4, 1), "until": date(2026, 3, 31), "recipients": SUPERVISORS, **changes,
    }  # fmt: skip
    return JointPunishmentMemoIssued(**fields)


DECIDED = (decided(), "2025-03-10", "zjj")
SERVED = (HandlingCompleted(matter="V7"), "2025-03-12", "zjj")
FILED = (CaseReportFiled(matter="V7"), "2025-03-17", "zjj")
PROPOSED = (JointPunishmentProposed(matter="CF-1-memo", to="zwj"), "2025-03-17", "zjj")
ISSUED = (issued(), "2025-03-24", "zwj")
ACKNOWLEDGED = (MemoAcknowledged(matter="CF-1-memo", department="jyzx"), "2025-03-26", "jyzx")
REVOKED = (
    PenaltyRevoked(matter="V7", revoked_by="县人民法院", releases=fine_facts("V7", "出借资质", "甲公司", None)),
    "2025-09-01",
    "zjj",
)
LIFTED = (JointPunishmentLifted(matter="CF-1-memo"), "2025-09-05", "zwj")
TO_PROPOSED = (DECIDED, SERVED, FILED, PROPOSED)
TO_ISSUED = (*TO_PROPOSED, ISSUED)


def decide(file: Given, *, by: str = "zjj", at: str = "2025-05-06", number: str = "CF-2", **changes: Any) -> Given:
    said = {"kind": "罚款", "amount": 10000, **V7, **changes}
    return file.when(JOINT_PUNISHMENT, "decide_penalty", by=by, at=at, number=number, **said)


def issue(file: Given, *, by: str = "zwj", at: str = "2025-03-24", **changes: Any) -> Given:
    said = {"measures": (BAN, NO_AWARD), "effective": date(2025, 4, 1), "until": date(2026, 3, 31), **changes}
    return file.when(JOINT_PUNISHMENT, "issue_memo", by=by, at=at, **said)


def act(file: Given, step: str, *, by: str, at: str, **said: Any) -> Given:
    return file.when(JOINT_PUNISHMENT, step, by=by, at=at, **said)
