"""Why a step of a crime referral (涉嫌犯罪案件移送) is refused: State Council order 310 and the police rules of procedure."""

from __future__ import annotations

from domain.kernel import Ground

ORDER_310 = "行政执法机关移送涉嫌犯罪案件的规定（国务院令第310号）"
POLICE_RULES = "公安机关办理刑事案件程序规定"
ECONOMIC_CRIME = "公安机关办理经济犯罪案件的若干规定"

OWN_MATTER_REQUIRED = Ground(
    "CRIME_NEEDS_OWN_MATTER", ORDER_310, "第十一条", "不得以行政处罚代替移送",
    "The suspicion is a matter of its own: the complaint stays with its department, which decides it in time",
)  # fmt: skip
NOT_IN_HAND = Ground(
    "MATTER_NOT_IN_HAND", ORDER_310, "第五条", "行政执法机关对应当向公安机关移送的涉嫌犯罪案件",
    "The matter is with another organ or on its way",
)  # fmt: skip
TWO_OFFICERS_REQUIRED = Ground(
    "TWO_OFFICERS_REQUIRED", ORDER_310, "第五条", "应当立即指定２名或者２名以上行政执法人员组成专案组专门负责",
    "A task force has two officers or more",
)  # fmt: skip
REPORT_REQUIRED = Ground(
    "WRITTEN_REPORT_REQUIRED", ORDER_310, "第五条", "核实情况后提出移送涉嫌犯罪案件的书面报告",
    "The task force verifies the facts and reports in writing",
)  # fmt: skip
HEAD_REQUIRED = Ground(
    "HEAD_APPROVAL_REQUIRED", ORDER_310, "第五条", "报经本机关正职负责人或者主持工作的负责人审批",
    "The head of the department approves and is named",
)  # fmt: skip
REFUSAL_REASON_REQUIRED = Ground(
    "NON_APPROVAL_REASON_REQUIRED", ORDER_310, "第五条", "决定不批准的，应当将不予批准的理由记录在案",
    "The reasons for not approving are recorded",
)  # fmt: skip
MATERIALS_REQUIRED = Ground(
    "CRIME_MATERIALS_REQUIRED", ORDER_310, "第六条", "应当附有下列材料", "A crime referral carries material"
)
POLICE_REQUIRED = Ground(
    "POLICE_REQUIRED",
    ORDER_310,
    "第三条",
    "必须依照本规定向公安机关移送",
    "A suspected crime is referred to a police organ",
)
FORWARD_TO_ITSELF = Ground(
    "POLICE_FORWARD_TO_ITSELF", ORDER_310, "第七条", "转送有管辖权的机关", "A case is forwarded to another police organ"
)
MISSING_REQUIRED = Ground(
    "SUPPLEMENT_LIST_REQUIRED", POLICE_RULES, "第一百八十条", "认为行政执法机关移送的案件材料不全的",
    "A request for a supplement says what is missing",
)  # fmt: skip
SUPPLEMENT_EMPTY = Ground(
    "SUPPLEMENT_EMPTY", POLICE_RULES, "第一百八十条", "通知移送案件的行政执法机关在三日以内补正",
    "A supplement carries material",
)  # fmt: skip
NOT_FOR_INCOMPLETENESS = Ground(
    "INCOMPLETENESS_NO_GROUND", POLICE_RULES, "第一百八十条", "不得以材料不全为由不接受移送案件",
    "The police may not refuse the case because its material is incomplete",
)  # fmt: skip
REASON_REQUIRED = Ground(
    "FILING_REFUSAL_REASON_REQUIRED", ORDER_310, "第八条", "依法不予立案的，应当说明理由",
    "The police give the reason for not filing",
)  # fmt: skip
EXTENSION_ORDER = Ground(
    "EXTENSION_NOT_IN_ORDER", ECONOMIC_CRIME, "第十六条", "可以再延长三十日",
    "The examination is extended once with the county organ's approval and then once with its superior's",
)  # fmt: skip
NOTICE_FIRST = Ground(
    "FILING_NOTICE_FIRST", ORDER_310, "第十二条", "应当自接到立案通知书之日起",
    "Items are handed over after the notice that the case was filed",
)  # fmt: skip
ITEMS_OUTSTANDING = Ground(
    "ITEMS_NOT_HANDED_OVER", ORDER_310, "第十二条", "将涉案物品以及与案件有关的其他材料移交公安机关",
    "A filed case is not closed before its items were handed over",
)  # fmt: skip
ALREADY_DONE = Ground("ALREADY_RECORDED", ORDER_310, "第十二条", "办结交接手续", "This was recorded already")
LIMITS_OPEN = Ground(
    "TIME_LIMITS_OPEN",
    ORDER_310,
    "第十条",
    "应当依法作出处理",
    "A case is closed when none of its duties is outstanding",
)
