"""The grounds (理由) on which a step of a supervised task is refused, each with its article."""

from __future__ import annotations

from domain.kernel import Ground

DALI = "大理州整合建立统一的公共资源交易平台实施方案"
MEETINGS = "大理州公共资源交易工作联席会议制度"
RULES = "督办规则"

LEAD_REQUIRED = Ground(
    "TASK_LEAD_REQUIRED", DALI, "一至六", "任务应当明确负责单位", "A task names at least one department that leads"
)
LEAD_TWICE = Ground(
    "TASK_LEAD_TWICE", RULES, "牵头与配合", "同一单位不得重复列为牵头或配合单位", "A department stands once, as lead or as cooperating"
)  # fmt: skip
LEAD_UNKNOWN = Ground(
    "TASK_LEAD_UNKNOWN", RULES, "牵头与配合", "牵头单位须为名录内现存机关", "A lead is a living organ of the register"
)
SOURCE_REQUIRED = Ground(
    "TASK_SOURCE_REQUIRED",
    RULES,
    "任务出处",
    "任务应当载明出处文件",
    "A task names the document that gives it, and what is to be done",
)
DATE_OR_LONG_TERM = Ground(
    "TASK_DATE_OR_LONG_TERM", DALI, "一（三）", "任务时限为具体日期或者长期，不得并列", "A task has a date or is long-term, not both"
)  # fmt: skip
NOT_ISSUED = Ground(
    "TASK_NOT_ISSUED_YET", RULES, "交办", "文件印发前不得交办", "A task is not assigned before its document is issued"
)
PROGRESS_REQUIRED = Ground(
    "TASK_PROGRESS_REQUIRED", DALI, "六（二十三）", "定期对工作落实情况进行检查", "A report of progress says how far it has come"
)  # fmt: skip
EVIDENCE_REQUIRED = Ground(
    "TASK_EVIDENCE_REQUIRED", RULES, "报办结", "报办结应当附佐证材料", "A report of completion carries its evidence"
)
REASON_REQUIRED = Ground("TASK_REASON_REQUIRED", RULES, "退回与变更", "应当说明理由", "The reason must be given")
NOTHING_REPORTED = Ground(
    "TASK_NOTHING_REPORTED", RULES, "核销", "尚未报办结", "There is no report of completion to verify or to reject"
)
ALREADY_REPORTED = Ground(
    "TASK_ALREADY_REPORTED", RULES, "报办结", "已报办结，待核验", "Completion is reported already and waits for its verification"
)  # fmt: skip
NO_DATE = Ground(
    "TASK_HAS_NO_DATE", RULES, "延期", "任务未定期限，无可延期", "The task has no date that could be moved"
)
TOO_LATE_TO_EXTEND = Ground(
    "TASK_EXTENSION_TOO_LATE",
    RULES,
    "延期",
    "延期应当在期限届满之日前作出",
    "A date is moved before the day that it gives",
)
NOT_LATER = Ground(
    "TASK_DATE_NOT_LATER", RULES, "延期", "延期后的期限应当晚于原期限", "The new date lies after the old one"
)
NOT_OVERDUE = Ground(
    "TASK_NOT_OVERDUE", MEETINGS, "三", "督促检查并通报有关情况", "Only what is overdue is circulated as overdue"
)
LEAD_STANDS = Ground(
    "TASK_LEAD_STANDS", RULES, "牵头单位变更", "牵头单位未被撤销", "The department that leads has not been dissolved"
)
NOT_A_SUCCESSOR = Ground(
    "TASK_NOT_A_SUCCESSOR",
    RULES,
    "牵头单位变更",
    "尚有其他牵头单位的，由其他牵头单位承接",
    "Where other departments lead too, one of them takes over",
)
