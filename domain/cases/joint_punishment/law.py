"""Why a step of joint punishment (联合惩戒) is refused: the articles, with the sentence the clerk is shown."""

from __future__ import annotations

from domain.kernel import Ground

PENALTY_LAW = "行政处罚法"
CRIME_REFERRAL = "行政执法机关移送涉嫌犯罪案件的规定（国务院令第310号）"
PLAN = "宣公管委〔2020〕5号"
JOINT_PUNISHMENT = "二（五）2"
PROCEDURE = "办理程序"

DUPLICATE_FINE = Ground(
    "DUPLICATE_FINE", PENALTY_LAW, "第二十九条",
    "对当事人的同一个违法行为，不得给予两次以上罚款的行政处罚",
    "One unlawful act of a party may not be fined twice",
)  # fmt: skip
FINE_WITHOUT_AMOUNT = Ground(
    "FINE_WITHOUT_AMOUNT", PENALTY_LAW, "第五十九条第一款第三、四项",
    "行政处罚决定书应当载明行政处罚的种类和依据、履行方式和期限；罚款须写明数额",
    "A decision that imposes a fine states its amount",
)  # fmt: skip
PENALTY_IN_PLACE_OF_TRANSFER = Ground(
    "PENALTY_IN_PLACE_OF_TRANSFER", CRIME_REFERRAL, "第十一条第一款",
    "行政执法机关对应当向公安机关移送的涉嫌犯罪案件，不得以行政处罚代替移送",
    "No administrative penalty in place of transfer to the police",
)  # fmt: skip
FILED_BY_ANOTHER = Ground(
    "FILED_BY_ANOTHER", PENALTY_LAW, "第二十五条", "两个以上行政机关都有管辖权的，由最先立案的行政机关管辖",
    "Where several organs are competent, the one that filed first deals with it",
)  # fmt: skip
EARLIER_PENALTY = Ground(
    "EARLIER_PENALTY", PLAN, JOINT_PUNISHMENT, "本着一事不二罚的原则",
    "Warning: the same act of this subject has been penalised already",
)  # fmt: skip
PENALTY_NOT_IN_FORCE = Ground(
    "PENALTY_NOT_IN_FORCE", PLAN, JOINT_PUNISHMENT, "处罚决定已被撤销，联合惩戒没有依据",
    "The penalty was revoked; joint punishment has no basis",
)  # fmt: skip
MEASURE_WITHOUT_LEGAL_BASIS = Ground(
    "MEASURE_WITHOUT_LEGAL_BASIS", PLAN, "二（五）", "依法依规对公共资源交易市场主体实施联合奖惩",
    "Every measure of the memo cites its legal basis",
)  # fmt: skip
MEMO_WITHOUT_MEASURES = Ground(
    "MEMO_WITHOUT_MEASURES", PLAN, JOINT_PUNISHMENT, "联合惩戒备忘录应当列明惩戒措施", "A memo lists its measures"
)
MEMO_WITHOUT_END_DATE = Ground(
    "MEMO_WITHOUT_END_DATE", PLAN, JOINT_PUNISHMENT, "联合惩戒备忘录应当写明截止日期，且不早于生效日期",
    "A memo has a last day, which is not before its first",
)  # fmt: skip
MEMO_ALREADY_ISSUED = Ground(
    "MEMO_ALREADY_ISSUED", PLAN, JOINT_PUNISHMENT, "一项处罚只发布一份联合惩戒备忘录", "One memo is issued per penalty"
)
MEMO_WITHOUT_PENALTY = Ground(
    "MEMO_WITHOUT_PENALTY", PLAN, JOINT_PUNISHMENT,
    "由初始发现部门及有管辖权的机关查处后将处理结果报至县政务局",
    "A memo names the penalty on which it is issued, and whom it concerns",
)  # fmt: skip
PENALTY_HAS_OWN_CASE = Ground(
    "PENALTY_HAS_OWN_CASE", PROCEDURE, "备忘录", "该处罚决定已有案卷，备忘录应当在该案内发布",
    "The penalty has a case of its own; the memo is issued in that case",
)  # fmt: skip
MEMO_FOR_ANOTHER = Ground(
    "MEMO_FOR_ANOTHER", PLAN, JOINT_PUNISHMENT, "备忘录的处罚决定或者惩戒对象与本案不符",
    "The memo names another penalty or subject than the case",
)  # fmt: skip
MEMO_NOT_ISSUED = Ground(
    "MEMO_NOT_ISSUED", PLAN, JOINT_PUNISHMENT, "县政务局发布联合惩戒备忘录并印发至各监督部门后共同执行",
    "The memo has not been issued",
)  # fmt: skip
MEMO_NOT_IN_FORCE = Ground(
    "MEMO_NOT_IN_FORCE", PLAN, JOINT_PUNISHMENT, "备忘录在该日不在有效期内，或者已经解除、必须解除",
    "On that day the memo was not in force, or had to be lifted",
)  # fmt: skip
ALREADY_DISTRIBUTED = Ground(
    "ALREADY_DISTRIBUTED", PROCEDURE, "印发", "备忘录已经印发给这些部门", "These departments were sent the memo already"
)
ALREADY_ACKNOWLEDGED = Ground(
    "ALREADY_ACKNOWLEDGED",
    PROCEDURE,
    "签收",
    "该部门已经签收备忘录",
    "The department has acknowledged the memo already",
)
NOT_ACKNOWLEDGED = Ground(
    "NOT_ACKNOWLEDGED", PLAN, JOINT_PUNISHMENT, "印发至各监督部门后共同执行：部门签收后方可记录执行",
    "A measure is recorded as executed after the department has acknowledged the memo",
)  # fmt: skip
MEASURE_NOT_IN_MEMO = Ground(
    "MEASURE_NOT_IN_MEMO", PLAN, "二（五）", "按照……备忘录约定内容，依法依规……实施：备忘录没有该措施",
    "The memo has no such measure",
)  # fmt: skip
ALREADY_EXECUTED = Ground(
    "ALREADY_EXECUTED",
    PROCEDURE,
    "执行",
    "该部门已经记录执行该措施",
    "The department has recorded this measure already",
)
PENALTY_DECIDED_ELSEWHERE = Ground(
    "PENALTY_DECIDED_ELSEWHERE", PROCEDURE, "案卷", "处罚决定不在本账内，由作出决定的机关办理",
    "The penalty was decided outside the ledger; its own steps are not recorded here",
)  # fmt: skip
ALREADY_SERVED = Ground(
    "ALREADY_SERVED", PROCEDURE, "送达", "处罚决定书已经送达最后一名当事人", "The decision was served already"
)
NOT_SERVED = Ground(
    "NOT_SERVED", PENALTY_LAW, "第六十一条", "处罚决定书尚未交付或者送达当事人",
    "The decision has not been served",
)  # fmt: skip
ALREADY_REPORTED = Ground(
    "ALREADY_REPORTED", PROCEDURE, "报备", "处理结果已经报县政务局", "The result was reported already"
)
NO_OFFICE = Ground(
    "NO_OFFICE", PLAN, "一", "机关名录中没有政务局", "The register has no coordinating office"
)  # fmt: skip
ALREADY_REVOKED = Ground("ALREADY_REVOKED", PROCEDURE, "撤销", "处罚决定已经撤销", "The penalty was revoked already")
NO_GROUND_FOR_LIFTING = Ground(
    "NO_GROUND_FOR_LIFTING", PLAN, JOINT_PUNISHMENT, "处罚未被撤销，也未完成信用修复，不予解除",
    "A memo is lifted when its basis is gone or the credit is repaired",
)  # fmt: skip
MEMO_ENDED = Ground(
    "MEMO_ENDED", PROCEDURE, "解除", "备忘录已经解除或者期满", "The memo was lifted or has expired already"
)
MEMO_STILL_IN_FORCE = Ground(
    "MEMO_STILL_IN_FORCE", PLAN, JOINT_PUNISHMENT, "备忘录截止日期未过", "The last day of the memo has not passed"
)
CLOCKS_RUNNING = Ground(
    "CLOCKS_RUNNING",
    PROCEDURE,
    "结案",
    "尚有时限在运行，不能结案",
    "A time limit is still running; the case cannot be closed",
)
ALREADY_CLOSED = Ground("ALREADY_CLOSED", PROCEDURE, "结案", "该处罚案已经结案", "The penalty case is closed already")
POINTS_NOT_POSITIVE = Ground(
    "POINTS_NOT_POSITIVE", PLAN, JOINT_PUNISHMENT, "信用记分应当为正数", "Credit points are a positive number"
)
RECORDED_ALREADY = Ground("RECORDED_ALREADY", "案卷规则", "不重复办理", "该项已经记录", "This is on record already")
