"""Why a step of handling (承办) is refused: the rules of assignment and hand-over."""

from __future__ import annotations

from domain.kernel import Ground

HANDLING, FILE = "承办规则", "案卷规则"

NO_FILE = Ground(
    "NO_SUCH_FILE", FILE, "承办", "主办人在已有的案卷中指定", "Who is in charge is said in a file that exists"
)
ONE_HANDLING = Ground("ONE_HANDLING", FILE, "承办", "每个案卷只有一个承办卷", "A file has one case of handling")
NO_CASE = Ground("NO_SUCH_CASE", HANDLING, "主办人", "本案卷没有该案件", "The file has no such case")
NOT_INVOLVED = Ground(
    "ORGAN_NOT_INVOLVED",
    HANDLING,
    "主办人",
    "主办人由办理过该案卷或者正在经办的机关指定",
    "An organ that acted in the file or holds a matter of it says who is in charge",
)
NOT_ITS_HANDLER = Ground(
    "NOT_ITS_HANDLER",
    HANDLING,
    "主办人",
    "主办人须为本机关在职的经办人员",
    "Who is in charge is an officer of the organ who serves and handles cases",
)
OFFICER_BARRED = Ground(
    "OFFICER_BARRED",
    "行政处罚法",
    "第四十三条",
    "应当回避的人员不得主办本案",
    "Who is recused is not in charge of the case",
)
IN_CHARGE = Ground("OFFICER_IN_CHARGE", FILE, "不重复办理", "该人员已是主办人", "The officer is in charge already")
NOTHING_HELD = Ground(
    "NOTHING_TO_HAND_OVER", HANDLING, "移交", "没有可以移交的案件或者事项", "There is nothing to hand over"
)
NOT_SUCCESSOR = Ground(
    "NOT_THE_SUCCESSOR",
    HANDLING,
    "承继",
    "只有机关名录载明的承继机关接替已撤销的机关",
    "Only the successor that the register names takes the place of a dissolved organ",
)
