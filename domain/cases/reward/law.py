"""Why a step of a joint reward (守信激励) is refused: the articles, with the sentence the clerk is shown."""

from __future__ import annotations

from domain.kernel import Ground

PLAN = "宣公管委〔2020〕5号"
REWARDS = "二（五）1"
FILE = "案卷规则"

SUBJECT_UNNAMED = Ground(
    "SUBJECT_UNNAMED", PLAN, REWARDS, "守信激励应当写明激励对象", "A reward is granted to somebody: name them"
)
MERITS_UNSTATED = Ground(
    "MERITS_UNSTATED", PLAN, REWARDS, "对合法参与公共交易、诚信经营的市场主体给予激励：应当写明守信事实",
    "Rewards go to who trades lawfully and honestly: state the facts",
)  # fmt: skip
NO_BENEFIT = Ground(
    "NO_BENEFIT", PLAN, REWARDS, "应当写明激励措施：优先办理、简化程序、信用加分以及金融税务等",
    "A reward lists its incentives",
)  # fmt: skip
BENEFIT_WITHOUT_BASIS = Ground(
    "BENEFIT_WITHOUT_BASIS", PLAN, "二（五）", "依法依规对公共资源交易市场主体实施联合奖惩：每项激励应当写明依据",
    "Every incentive cites its basis",
)  # fmt: skip
POINTS_UNSTATED = Ground(
    "POINTS_UNSTATED", PLAN, REWARDS, "信用加分应当写明分值；其他激励没有分值",
    "An addition of points says how many, and no other incentive does",
)  # fmt: skip
TERM_MISSING = Ground(
    "TERM_MISSING", PLAN, REWARDS, "应当写明截止日期，且不早于起始日期", "A reward has a last day, not before its first"
)
UNDER_PUNISHMENT = Ground(
    "UNDER_PUNISHMENT", PLAN, REWARDS, "正在被联合惩戒的主体不属于诚信经营的市场主体",
    "Who is under joint punishment is not rewarded",
)  # fmt: skip
CODE_OF_ANOTHER_KIND = Ground(
    "CODE_OF_ANOTHER_KIND", FILE, "激励对象", "专家用专家编号，单位用统一社会信用代码",
    "An expert has an expert number, an undertaking a unified social credit code",
)  # fmt: skip
WITHDRAWAL_UNREASONED = Ground(
    "WITHDRAWAL_UNREASONED", PLAN, REWARDS, "撤销激励应当写明理由", "Say why the reward is withdrawn"
)
STILL_IN_FORCE = Ground(
    "STILL_IN_FORCE", PLAN, REWARDS, "激励截止日期未过", "The last day of the reward has not passed"
)
