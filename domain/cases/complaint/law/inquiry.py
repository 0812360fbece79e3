"""Why the law refuses a step in the inquiry (调查) into a complaint, or in the suspension of trading."""

from domain.cases.complaint.law.intake import BIDDING, COMPLAINTS, FILE, PROCUREMENT, PROCUREMENT_ACT
from domain.kernel import Ground

NOT_ACCEPTED = Ground(
    "NOT_ACCEPTED",
    f"{BIDDING}；{PROCUREMENT}",
    "第六十一条第二款；第二十一条",
    "尚未受理，不得作出调查措施和处理决定",
    "The case has not been accepted: no inquiry is ordered and nothing is decided yet",
)
COMPLAINTS_ONLY = Ground(
    "COMPLAINTS_ONLY",
    BIDDING,
    "第六十条、第六十一条",
    "该步骤只适用于投诉，举报不适用",
    "This step is for complaints; a report has no complainant's procedure",
)
BIDDING_ONLY = Ground(
    "BIDDING_ONLY",
    BIDDING,
    "第六十二条",
    "责令暂停招标投标活动只适用于招标投标投诉",
    "Tendering and bidding are suspended in complaints about them only",
)
PROCUREMENT_ONLY = Ground(
    "PROCUREMENT_ONLY",
    PROCUREMENT,
    "第二条",
    "该步骤只适用于政府采购投诉",
    "This step belongs to complaints about government procurement",
)
NOT_SUSPENDED = Ground(
    "NOT_SUSPENDED", f"{BIDDING}；{PROCUREMENT}", "第六十二条；第二十八条", "活动未被暂停", "Nothing is suspended"
)
SUSPENSION_EXHAUSTED = Ground(
    "SUSPENSION_EXHAUSTED",
    PROCUREMENT_ACT,
    "第五十七条",
    "暂停采购活动的时间最长不得超过法定期限，期满不得再次暂停",
    "The longest time for which procurement may be suspended has been used up",
)
SUSPENSION_RUNS = Ground(
    "SUSPENSION_RUNS",
    PROCUREMENT_ACT,
    "第五十七条",
    "暂停期限尚未届满",
    "The time of the suspension has not run out yet",
)
NO_SUCH_PAUSE = Ground(
    "NO_SUCH_PAUSE",
    f"{BIDDING}；{PROCUREMENT}",
    "第六十一条第二款；第二十七条",
    "没有尚待结果的该项检验、检测、鉴定或者专家评审",
    "No such inspection or expert review is waiting for its result",
)
PAUSE_OPEN = Ground(
    "PAUSE_OPEN",
    f"{BIDDING}；{PROCUREMENT}",
    "第六十一条第二款；第二十七条",
    "检验、检测、鉴定、专家评审尚无结果，不得作出处理决定",
    "An inspection or expert review is still without its result: the decision waits for it",
)
CORRECTION_ONCE = Ground(
    "CORRECTION_ONCE",
    PROCUREMENT,
    "第二十一条（一）",
    "应当一次性书面通知补正",
    "The complainant is asked to correct the complaint once",
)
CORRECTION_UNSPECIFIED = Ground(
    "CORRECTION_UNSPECIFIED",
    PROCUREMENT,
    "第二十一条（一）",
    "补正通知应当载明需要补正的事项和合理的补正期限",
    "The notice must name what is to be corrected and a reasonable time for it",
)
NOT_NOTIFIED = Ground(
    "NOT_NOTIFIED",
    PROCUREMENT,
    "第二十二条",
    "尚未发出投诉答复通知书",
    "The respondent explains after the notice to answer has been sent",
)
WITHDRAWAL_UNWRITTEN = Ground(
    "WITHDRAWAL_UNWRITTEN",
    f"{COMPLAINTS}；{PROCUREMENT}",
    "第十九条；第三十条",
    "撤回投诉应当以书面形式提出",
    "A complaint is withdrawn in writing",
)
WITHDRAWAL_UNREASONED = Ground(
    "WITHDRAWAL_UNREASONED",
    COMPLAINTS,
    "第十九条",
    "撤回投诉应当说明理由",
    "Who withdraws a complaint about bidding gives the reasons",
)
NO_WITHDRAWAL_REQUEST = Ground(
    "NO_WITHDRAWAL_REQUEST",
    f"{COMPLAINTS}；{PROCUREMENT}",
    "第十九条；第三十条",
    "投诉人未申请撤回投诉",
    "The complainant has not asked to withdraw the complaint",
)
WITHDRAWAL_BARRED_VIOLATION_ESTABLISHED = Ground(
    "WITHDRAWAL_BARRED_VIOLATION_ESTABLISHED",
    COMPLAINTS,
    "第十九条（一）",
    "已经查实有明显违法行为的，应当不准撤回，并继续调查直至作出处理决定",
    "A violation is established: the complaint may not be withdrawn and is inquired into until it is decided",
)
WITHDRAWAL_BARRED_HARM = Ground(
    "WITHDRAWAL_BARRED_HARM",
    COMPLAINTS,
    "第十九条（二）",
    "撤回投诉损害国家利益、社会公共利益或者其他当事人合法权益的，不准撤回",
    "The withdrawal would harm the state, the public or other parties",
)
WITHDRAWAL_NOT_BARRED = Ground(
    "WITHDRAWAL_NOT_BARRED",
    COMPLAINTS,
    "第十九条（二）",
    "未查实违法行为且不损害他人权益的，应当准予撤回",
    "No violation is established and nobody is harmed: the withdrawal must be granted",
)
WITHDRAWAL_ENDS_PROCEDURE = Ground(
    "WITHDRAWAL_ENDS_PROCEDURE",
    PROCUREMENT,
    "第三十条",
    "投诉人书面申请撤回投诉的，财政部门应当终止投诉处理程序",
    "The finance department must end the procedure when the complainant withdraws the complaint",
)
FOUND_AFTER_RECORD = Ground(
    "FOUND_AFTER_RECORD",
    FILE,
    "发现日期",
    "发现违法行为的日期不得晚于记录日期",
    "A violation cannot have been found after the day on which its discovery is recorded",
)
