"""Why a step of a recusal (回避) is refused: the articles, with the sentence the clerk is shown."""

from __future__ import annotations

from domain.kernel import Ground

PENALTY = "行政处罚法"
COMPLAINTS = "行政处罚法；公务员法；工程建设项目招标投标活动投诉处理办法"
RECUSE = "第四十三条；第七十六条；第十三条"
FILE, CONDUCT = "案卷规则", "纪检监察回避和涉案规则"

NO_FILE = Ground("NO_SUCH_FILE", FILE, "回避", "回避和涉案在已有的案卷中登记", "Recusals belong to a file that exists")
NOT_HERE = Ground(
    "RECUSAL_NOT_HERE",
    FILE,
    "督办卷",
    "督办卷中不登记回避和涉案：被督办的单位仍应答复",
    "Nobody is barred from a supervision record: who is supervised has to answer",
)
NOBODY = Ground("NOBODY_NAMED", FILE, "回避", "至少写明一个单位或者一名人员", "Name an organ or an officer")
UNKNOWN_OFFICER = Ground(
    "OFFICER_UNKNOWN", "人员名录", "编号", "人员名录中没有该人员", "The register has no such officer"
)
REASON_MISSING = Ground("REASON_REQUIRED", COMPLAINTS, RECUSE, "应当写明理由", "State the reason")
BUILT_IN = Ground(
    "NOT_TO_BE_BARRED", FILE, "回避", "系统定时和当事人不是承办单位", "The timer and the respondent handle nothing"
)
OWN_ORGAN = Ground(
    "DECLARED_BY_ANOTHER",
    CONDUCT,
    "涉案",
    "单位涉案由其他有权机关认定",
    "That an organ is implicated, another organ says",
)
ABOVE = Ground(
    "INSPECTOR_NOT_BARRED_BY_OTHERS",
    CONDUCT,
    "涉案",
    "纪检监察机关和审计机关涉案，由纪检监察机关或者检察机关认定",
    "That inspectors or auditors are implicated, inspectors or the procuratorate say",
)
REPLACEMENT_REQUIRED = Ground(
    "REPLACEMENT_REQUIRED",
    CONDUCT,
    "涉案",
    "涉案单位正在经办的事项应当指定其他单位接办",
    "Name the organ that takes over what an implicated organ holds",
)
REPLACEMENT_BARRED = Ground(
    "REPLACEMENT_BARRED",
    CONDUCT,
    "涉案",
    "接办单位不得是涉案或者应当回避的单位",
    "An organ that is barred takes nothing over",
)
NOT_A_HANDLER = Ground(
    "REPLACEMENT_UNSUITABLE",
    CONDUCT,
    "涉案",
    "接办单位应当是名录中未撤销的承办单位",
    "Who takes over is an organ of the register that handles matters and stands",
)
NOT_ITS_OFFICER = Ground(
    "NOT_ITS_OFFICER",
    PENALTY,
    "第四十三条",
    "回避由本人提出，或者由其所在机关决定；综合部门和纪检监察机关也可决定",
    "An officer's own organ decides, or the coordinating office or the inspectors",
)
ALREADY_BARRED = Ground(
    "ALREADY_BARRED", FILE, "不重复办理", "所列单位和人员均已登记", "All of these are barred already"
)
DECLARER_LIFTS = Ground(
    "DECLARER_LIFTS",
    CONDUCT,
    "涉案",
    "涉案由认定机关或者纪检监察机关解除",
    "An implication is ended by whoever declared it, or by the inspectors",
)
