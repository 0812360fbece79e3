"""Why a step of credit scoring (信用记分) is refused: the articles, with the sentence the clerk is shown."""

from __future__ import annotations

from domain.kernel import Ground

PLAN = "宣公管委〔2020〕5号"
FILE = "案卷规则"

SUBJECT_UNNAMED = Ground(
    "SUBJECT_UNNAMED", PLAN, "二（二）5", "信用记分应当写明记分对象", "Points are recorded of somebody: name them"
)
POINTS_WITHOUT_BASIS = Ground(
    "POINTS_WITHOUT_BASIS", PLAN, "二（二）5、二（五）", "量化管理应当写明记分事由和依据",
    "Points are recorded for a stated ground, on a stated basis",
)  # fmt: skip
NO_POINTS = Ground("NO_POINTS", PLAN, "二（二）5", "记分分值应当大于零", "The number of points is above zero")
TERM_BACKWARDS = Ground(
    "TERM_BACKWARDS", PLAN, "二（二）5", "截止日期不得早于起始日期", "The last day does not lie before the first"
)
CODE_OF_ANOTHER_KIND = Ground(
    "CODE_OF_ANOTHER_KIND", FILE, "记分对象", "专家用专家编号，单位用统一社会信用代码",
    "An expert has an expert number, an undertaking a unified social credit code",
)  # fmt: skip
CANCELLING_UNREASONED = Ground(
    "CANCELLING_UNREASONED", PLAN, "二（二）5", "撤销信用记分应当写明理由", "Say why the points are taken back"
)
