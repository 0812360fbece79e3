"""Why the law refuses a step towards the closing (结案) of a complaint or report, or its reopening."""

from domain.cases.complaint.law.intake import BIDDING, FILE, PLAN, PROCUREMENT
from domain.kernel import Ground

REVIEW = "行政诉讼法；行政复议法"

DECISION_UNWRITTEN = Ground(
    "DECISION_UNWRITTEN",
    f"{BIDDING}；{PROCUREMENT}",
    "第六十一条第二款；第三十三条",
    "应当作出书面处理决定",
    "The decision is made in writing",
)
DECISION_NEEDED = Ground(
    "DECISION_NEEDED",
    f"{BIDDING}；{PROCUREMENT}",
    "第六十一条第二款；第三十三条",
    "投诉须经作出并送达处理决定方为处理完毕",
    "A complaint is dealt with by a decision that has been served",
)
NOT_HANDLED = Ground("NOT_HANDLED", PLAN, "二（二）4", "尚未处理完毕", "The handling has not been completed yet")
CLOCKS_RUNNING = Ground(
    "CLOCKS_RUNNING", FILE, "结案条件", "尚有未了结的时限，不得结案", "A time limit still waits for its act"
)
IN_TRANSIT = Ground(
    "IN_TRANSIT",
    FILE,
    "结案条件",
    "案件材料在途，尚未签收回执",
    "The file is on the way and its receipt is not signed yet",
)
OPEN_REFERRAL = Ground(
    "OPEN_REFERRAL",
    PLAN,
    "二（四）2",
    "全案已移送，移送未了结",
    "The whole case has been referred and the referral is open",
)
NO_SUCH_MATTER = Ground(
    "NO_SUCH_MATTER", FILE, "一事项一编号", "本案没有该编号的事项", "The case has no matter with this id"
)
NO_REVIEW_OPEN = Ground(
    "NO_REVIEW_OPEN",
    REVIEW,
    "第四十五条；第二十条",
    "没有尚未审结的行政诉讼或者行政复议",
    "No suit or reconsideration of the decision is open",
)
NOT_ANNULLED = Ground(
    "NOT_ANNULLED",
    REVIEW,
    "第六十九条、第七十条；第六十四条、第六十八条",
    "处理决定未被撤销，不得重新作出；判决书或者复议决定书的收到日期应当在原决定之后",
    "The decision was not annulled, or the day on which that was received lies before the decision",
)
JUDGMENT_REQUIRED = Ground(
    "JUDGMENT_REQUIRED",
    REVIEW,
    "第七十条；第六十四条",
    "处理决定被撤销并责令重新作出的，凭判决书或者复议决定书及收到日期重新处理",
    "A decided case is taken up again when a court or a reconsideration organ annulled the decision; name the document and "
    "the day it was received",
)
