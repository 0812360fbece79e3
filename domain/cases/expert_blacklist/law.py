"""Why a step of the expert blacklist (专家“黑名单”) is refused: the articles, with the sentence the clerk is shown."""

from __future__ import annotations

from domain.kernel import Ground

DALI = "大理州整合建立统一的公共资源交易平台实施方案；杭政办函〔2016〕129号"
BLACKLIST = "（十九）；三(八)"
PENALTY_LAW = "行政处罚法"
FILE = "案卷规则"

EXPERT_UNNAMED = Ground(
    "EXPERT_UNNAMED", DALI, BLACKLIST, "强化专家责任追究：应当写明专家", "An entry is about an expert: name them"
)
GROUND_UNSTATED = Ground(
    "GROUND_UNSTATED", DALI, BLACKLIST, "列入黑名单应当写明事由和依据",
    "An expert is entered for a stated ground, on a stated basis",
)  # fmt: skip
ALREADY_ENTERED = Ground("ALREADY_ENTERED", FILE, "不重复列入", "该专家已在黑名单中", "The expert has an entry already")
ANSWER_TIME = Ground(
    "ANSWER_TIME", PENALTY_LAW, "第四十五条", "参照：当事人有权进行陈述和申辩，应当给予答复的时间，自告知送达之日起算",
    "By analogy: the party may state and defend its case, and is given the time for it once the notice has reached it",
)  # fmt: skip
NOT_NOTIFIED = Ground(
    "NOT_NOTIFIED", PENALTY_LAW, "第四十四条、第四十五条", "参照：列入前应当告知专家，并听取其陈述申辩",
    "By analogy: the expert is told before being entered, and heard",
)  # fmt: skip
NOT_HEARD = Ground(
    "NOT_HEARD", PENALTY_LAW, "第四十五条", "参照：专家陈述申辩的时间未过，且尚未听取",
    "By analogy: the expert was not heard, and may still state the case",
)  # fmt: skip
STATEMENT_MISSING = Ground(
    "STATEMENT_MISSING", PENALTY_LAW, "第四十五条", "参照：应当充分听取当事人的意见，对其提出的事实、理由和证据进行复核",
    "By analogy: record what the expert said, and what came of reviewing it",
)  # fmt: skip
TERM_MISSING = Ground(
    "TERM_MISSING", DALI, BLACKLIST, "健全专家选聘与退出机制：应当写明期限，截止日期不早于起始日期",
    "An entry has a term: a last day, not before its first",
)  # fmt: skip
TERM_OVER = Ground(
    "TERM_OVER", DALI, BLACKLIST, "黑名单期限已满，不得变更：另行列入", "The term is over and changes no more: a new entry is made"
)  # fmt: skip
TERM_UNFOUNDED = Ground(
    "TERM_UNFOUNDED", DALI, BLACKLIST, "变更期限应当写明依据", "A change of the term states its basis"
)
DECLINING_UNREASONED = Ground(
    "DECLINING_UNREASONED", DALI, BLACKLIST, "不予列入应当写明理由", "Say why the expert is not entered"
)
NO_GROUND_FOR_LIFTING = Ground(
    "NO_GROUND_FOR_LIFTING", DALI, BLACKLIST, "既未修复，也非列入错误，不予移出",
    "An entry is lifted when it is repaired or was wrong",
)  # fmt: skip
STILL_IN_FORCE = Ground("STILL_IN_FORCE", DALI, BLACKLIST, "黑名单期限未满", "The last day of the entry has not passed")
