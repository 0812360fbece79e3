"""Why the law refuses a step before the acceptance (受理) of a complaint."""

from domain.kernel import Ground

BIDDING = "招标投标法实施条例"
COMPLAINTS = "工程建设项目招标投标活动投诉处理办法"
PROCUREMENT_ACT = "政府采购法"
PROCUREMENT = "政府采购质疑和投诉办法"
PLAN = "宣公管委〔2020〕5号"
FILE = "案卷规则"

COMPLAINANT_UNNAMED = Ground(
    "COMPLAINANT_UNNAMED",
    COMPLAINTS,
    "第七条",
    "投诉书应当载明投诉人；匿名反映的按举报登记",
    "A complaint names its complainant; what comes anonymously is registered as a report",
)
ALREADY_DONE = Ground("ALREADY_DONE", FILE, "不重复办理", "该步骤已经办理", "This has been done already")
FINANCE_ONLY = Ground(
    "FINANCE_ONLY",
    PROCUREMENT_ACT,
    "第十三条、第五十五条",
    "政府采购投诉由财政部门处理",
    "Complaints about government procurement are dealt with by the finance department alone",
)
CORRECTION_OUTSTANDING = Ground(
    "CORRECTION_OUTSTANDING",
    PROCUREMENT,
    "第二十一条（一）",
    "投诉书尚待补正，补正后再决定是否受理",
    "The complaint is still being corrected; acceptance is decided after that",
)
NOT_IN_REMIT = Ground(
    "NOT_IN_REMIT",
    PLAN,
    "二（四）2",
    "已认定应当由其他部门查处，应告知投诉人或者移送，不得受理或者不予受理",
    "The department has found that another one is competent: it tells the complainant or refers the case, and neither "
    "accepts nor rejects it",
)
FILED_LATE = Ground(
    "FILED_LATE",
    BIDDING,
    "第六十条第一款",
    "应当自知道或者应当知道之日起10日内投诉，本投诉已超过时效",
    "The complaint was not filed within the time counted from when the complainant knew or should have known",
)
FILED_LATE_PROCUREMENT = Ground(
    "FILED_LATE_PROCUREMENT",
    PROCUREMENT,
    "第十九条（三）",
    "未在投诉有效期限内提起投诉",
    "The complaint was not filed within the time that runs from the end of the answer period",
)
OBJECTION_FIRST = Ground(
    "OBJECTION_FIRST",
    BIDDING,
    "第六十条第二款",
    "就第二十二条、第四十四条、第五十四条规定事项投诉的，应当先向招标人提出异议",
    "A complaint about matters of articles 22, 44 and 54 needs an objection to the tenderee first",
)
CHALLENGE_FIRST = Ground(
    "CHALLENGE_FIRST",
    PROCUREMENT,
    "第十九条（一）",
    "提起投诉前应当依法进行质疑",
    "A procurement complaint needs a challenge to the purchaser first",
)
CHALLENGE_UNANSWERED = Ground(
    "CHALLENGE_UNANSWERED",
    PROCUREMENT_ACT,
    "第五十五条",
    "质疑尚未答复，答复期亦未届满，不得投诉",
    "The challenge is not answered and the time for the answer has not ended: it is too early for a complaint",
)
NO_SUCH_OBJECTION = Ground(
    "NO_SUCH_OBJECTION",
    f"{BIDDING}；{PROCUREMENT_ACT}",
    "第六十条第二款；第五十五条",
    "本案卷没有该异议或者质疑，或者已经撤回",
    "The file has no such objection or challenge, or it was withdrawn",
)
DECIDED_BEFORE = Ground(
    "DECIDED_BEFORE",
    COMPLAINTS,
    "第十二条（五）",
    "已经作出处理决定，并且投诉人没有提出新的证据",
    "The matter has been decided and the complainant has brought no new evidence",
)
DECIDED_BEFORE_PROCUREMENT = Ground(
    "DECIDED_BEFORE_PROCUREMENT",
    PROCUREMENT,
    "第十九条（四）",
    "同一投诉事项已经财政部门投诉处理",
    "The finance department has dealt with a complaint about the same matter",
)
EARLIER_RECEIVER_HANDLES = Ground(
    "EARLIER_RECEIVER_HANDLES",
    BIDDING,
    "第六十一条第一款",
    "就同一事项向两个以上部门投诉的，由最先收到投诉的部门负责处理",
    "Where several departments received it, the one that received it first deals with it",
)
NOT_EARLIER = Ground(
    "NOT_EARLIER",
    BIDDING,
    "第六十一条第一款",
    "所称案件并非最先收到，不得并入",
    "The other case was not received first: this one is not joined to it",
)
EARLIER_RECEIPT_UNKNOWN = Ground(
    "EARLIER_RECEIPT_UNKNOWN",
    BIDDING,
    "第六十一条第一款",
    "应当指明最先收到投诉的部门",
    "The department that received it first is neither known from the file nor named",
)
REJECTION_REASON_REQUIRED = Ground(
    "REJECTION_REASON_REQUIRED",
    f"{COMPLAINTS}；{PROCUREMENT}",
    "第十一条（一）；第二十一条（二）",
    "不予受理的，应当书面告知不予受理的理由",
    "A complaint is rejected with a written reason only",
)
COMPETENT_UNNAMED = Ground(
    "COMPETENT_UNNAMED",
    PLAN,
    "二（四）2",
    "认定非本部门职责的，应当指明有管辖权的部门",
    "The department that is competent must be named",
)
OWN_REMIT = Ground(
    "OWN_REMIT",
    PLAN,
    "二（四）3",
    "对属于本部门法定职责范围的，不得推诿、敷衍，应当依法进行处理",
    "What is in the department's own remit may not be passed on",
)
NOT_FOUND_INCOMPETENT = Ground(
    "NOT_FOUND_INCOMPETENT",
    PLAN,
    "二（四）2",
    "未认定应当由其他部门查处，不得告知投诉人另行投诉",
    "The complainant is sent elsewhere only after the department has found that another one is competent",
)
NOTICE_UNWRITTEN = Ground(
    "NOTICE_UNWRITTEN", PLAN, "二（四）2", "应当书面告知投诉人", "The complainant must be told in writing"
)
NOBODY_TO_TELL = Ground(
    "NOBODY_TO_TELL", PLAN, "二（四）2", "匿名举报无告知对象", "The report is anonymous: there is nobody to tell"
)
