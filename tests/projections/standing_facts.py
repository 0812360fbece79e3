"""Facts of rewards, credit points, the expert blacklist, objections and penalty cases, for histories made at random."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.cases.credit import events as credit
from domain.cases.expert_blacklist import events as blacklist
from domain.cases.objection import events as objection
from domain.cases.penalty import events as penalty
from domain.cases.reward import events as reward
from domain.names import Party
from tests.given import opening

USCC = "91420000MA4K3JDN5R"
BENEFIT = reward.Benefit(reward.Incentive.POINTS, "办法", 5)
REWARD: Any = {"subject": "甲公司", "party": Party.BIDDER, "uscc": USCC, "merits": "守信", "benefits": (BENEFIT,), "granted_by": "zjj",
               "effective": date(2025, 12, 20), "until": date(2026, 6, 30)}  # fmt: skip
POINTS: Any = {"subject": "甲公司", "party": Party.BIDDER, "sign": credit.Sign.DEDUCTED, "points": 3, "ground": "1", "basis": "2",
               "effective": date(2025, 12, 10), "until": date(2026, 3, 1), "recorded_by": "jyzx"}  # fmt: skip
EXPERT: Any = {"subject": "张三", "expert_no": "E-7", "ground": "1", "basis": "2"}
TERM: Any = {"effective": date(2025, 12, 20), "until": date(2026, 12, 31)}
SJ, XY, HM, YY, LA = (f"F-1-{code}" for code in ("SJ1", "XY1", "HM1", "YY1", "LA1"))
FILED: Any = {"fact": "fact-1", "text": "串通", "subject": "甲公司", "filed_by": "zjj"}

STANDING_FACTS: tuple[Any, ...] = (
    (SJ, lambda: reward.RewardGranted(**opening(SJ, SJ, "F-1"), **REWARD), "zjj"),
    (SJ, lambda: reward.RewardWithdrawn(matter=SJ, ground="造假", untrue=True), "zjj"),
    (XY, lambda: credit.PointsRecorded(**opening(XY, XY, "F-1"), **POINTS), "jyzx"),
    (XY, lambda: credit.PointsCancelled(matter=XY, ground="复核"), "jyzx"),
    (HM, lambda: blacklist.BlacklistProposed(**opening(HM, HM, "F-1"), **EXPERT, proposed_by="fgj"), "fgj"),
    (HM, lambda: blacklist.BlacklistEntered(matter=HM, **EXPERT, **TERM), "fgj"),
    (HM, lambda: blacklist.BlacklistTermChanged(matter=HM, until=date(2026, 2, 1), basis="1"), "fgj"),
    (HM, lambda: blacklist.BlacklistLifted(matter=HM, repair="修复"), "fgj"),
    (YY, lambda: objection.ObjectionReceived(**opening(YY, YY, "F-1"), kind=objection.Kind.OBJECTION, addressee="乙",
        concern=objection.Concern.RESULT, recorded_by="zjj"), "zjj"),
    (YY, lambda: objection.ObjectionAnswered(matter=YY, answer="1", written=True), "zjj"),
    (LA, lambda: penalty.PenaltyCaseFiled(**opening(LA, "fact-1", "F-1"), **FILED), "zjj"),
    (LA, lambda: penalty.HearingRightNotified(matter="fact-1", proposed="1", grounds="1", received_on=date(2026, 1, 5)), "zjj"),
    (LA, lambda: penalty.DecisionPeriodExtended(matter="fact-1", until=date(2026, 6, 1), basis="1", approved_by="1"), "zjj"),
)  # fmt: skip
