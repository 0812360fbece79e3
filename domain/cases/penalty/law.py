"""Why a step of a penalty procedure (行政处罚程序) is refused: the articles, with the sentence the clerk is shown."""

from __future__ import annotations

from domain.kernel import Ground

PENALTY_LAW = "行政处罚法"
CRIME_REFERRAL = "行政执法机关移送涉嫌犯罪案件的规定（国务院令第310号）"
FILE = "案卷规则"

ALREADY_FILED = Ground(
    "ALREADY_FILED", PENALTY_LAW, "第二十九条", "同一当事人的同一个违法行为已经立案，尚未结案",
    "This act of this subject has an open penalty case already",
)  # fmt: skip
FILED_BY_ANOTHER = Ground(
    "FILED_BY_ANOTHER", PENALTY_LAW, "第二十五条", "两个以上行政机关都有管辖权的，由最先立案的行政机关管辖",
    "Where several organs are competent, the one that filed first deals with it",
)  # fmt: skip
PENALTY_CASE_UNNAMED = Ground(
    "PENALTY_CASE_UNNAMED", PENALTY_LAW, "第五十四条", "应当写明当事人和违法行为", "Name the party and the act that the case is about"
)  # fmt: skip
NOT_FILING_GROUND = Ground(
    "NOT_FILING_GROUND", PENALTY_LAW, "第五十四条第二款", "符合立案标准的，应当及时立案；不予立案的，应当写明理由",
    "What meets the standard is filed promptly; say why it does not",
)  # fmt: skip
DATES_IN_ORDER = Ground(
    "DATES_IN_ORDER", PENALTY_LAW, "第三十六条", "发现之日不早于行为终了之日，且均不晚于记录之日",
    "The violation ended before it was discovered, and both before they are recorded",
)  # fmt: skip
LIMITATION_PASSED = Ground(
    "LIMITATION_PASSED", PENALTY_LAW, "第三十六条", "违法行为超过追责时效，不再给予行政处罚",
    "The time in which the violation could be punished has passed",
)  # fmt: skip
NOTICE_INCOMPLETE = Ground(
    "NOTICE_INCOMPLETE", PENALTY_LAW, "第四十四条、第六十三条",
    "应当告知当事人拟作出的行政处罚内容及事实、理由、依据，以及要求听证的权利",
    "The party is told the penalty in view with its facts, reasons and basis, and the right to be heard",
)  # fmt: skip
NOTICE_NOT_RECEIVED = Ground(
    "NOTICE_NOT_RECEIVED", PENALTY_LAW, "第六十四条第（一）项", "告知书送达当事人之日应当在立案之后、记录之前：自该日起计算五日",
    "The notice reaches the party after the filing and before this is recorded: the five days count from then",
)  # fmt: skip
NOT_NOTIFIED = Ground(
    "NOT_NOTIFIED", PENALTY_LAW, "第六十三条", "尚未告知当事人要求听证的权利",
    "The party has not been told of its right to a hearing",
)  # fmt: skip
WAIVER_UNWRITTEN = Ground(
    "WAIVER_UNWRITTEN", PENALTY_LAW, "第六十四条第（一）项", "放弃听证应当有当事人的书面说明",
    "A party that wants no hearing says so in writing",
)  # fmt: skip
HEARING_RECORD_MISSING = Ground(
    "HEARING_RECORD_MISSING", PENALTY_LAW, "第六十四条第（四）、（八）项",
    "听证由非本案调查人员主持，应当制作笔录",
    "A hearing is presided over by somebody who did not investigate, and a record is made",
)  # fmt: skip
NOT_REQUESTED = Ground(
    "NOT_REQUESTED", PENALTY_LAW, "第六十三条", "当事人没有要求听证，或者已经放弃",
    "The party has asked for no hearing, or has waived it",
)  # fmt: skip
HEARING_OUTSTANDING = Ground(
    "HEARING_OUTSTANDING", PENALTY_LAW, "第六十三条、第六十五条",
    "当事人要求听证的，应当组织听证，听证结束后方可作出决定",
    "A hearing was asked for in time: it is held before the decision is made",
)  # fmt: skip
HEARING_STILL_POSSIBLE = Ground(
    "HEARING_STILL_POSSIBLE", PENALTY_LAW, "第六十四条第（一）项、第八十五条",
    "当事人要求听证的期限尚未届满，又未书面放弃",
    "The party may still ask for a hearing and has not waived it",
)  # fmt: skip
EXTENSION_BASIS = Ground(
    "EXTENSION_BASIS", PENALTY_LAW, "第六十条", "法律、法规、规章另有规定的，从其规定：应当写明规定和批准人",
    "The ninety days are lengthened only where another law, regulation or rule says so: name it, and who approved",
)  # fmt: skip
NO_EXTENSION = Ground(
    "NO_EXTENSION", PENALTY_LAW, "第六十条", "办案期限已经届满，或者新的期限不晚于原期限",
    "The period has run out, or the new last day is not later than the present one",
)  # fmt: skip
ENDING_BASIS = Ground(
    "ENDING_BASIS",
    PENALTY_LAW,
    "第五十七条",
    "不予处罚、撤销案件或者移送，应当写明依据",
    "Say on what basis it ends without a penalty",
)
CRIME_SUSPECTED = Ground(
    "CRIME_SUSPECTED", CRIME_REFERRAL, "第三条、第十一条第一款", "涉嫌犯罪的案件应当移送公安机关，不得以结案代替移送",
    "A suspected crime is transferred to the police; the case is not ended instead",
)  # fmt: skip
NOT_ANNULLED = Ground(
    "NOT_ANNULLED", "行政诉讼法；行政复议法", "第七十条；第六十四条", "处罚决定未被撤销，不得重新作出",
    "The decision was not revoked: nothing is to be decided again",
)  # fmt: skip
JUDGMENT_REQUIRED = Ground(
    "JUDGMENT_REQUIRED", "行政诉讼法；行政复议法", "第七十条；第六十四条",
    "凭判决书或者复议决定书及收到日期重新处理", "Name the document that annulled the decision and the day it was received",
)  # fmt: skip
ALREADY_DONE = Ground("ALREADY_DONE", FILE, "不重复办理", "该步骤已经办理", "This has been done already")
IN_TRANSIT = Ground(
    "IN_TRANSIT",
    FILE,
    "结案条件",
    "案件材料在途，尚未签收回执",
    "The file is on the way and its receipt is not signed yet",
)
