"""The grounds (理由) on which a step of a joint meeting is refused, each with its article."""

from __future__ import annotations

from domain.kernel import Ground

XUANEN = "宣公管委〔2020〕5号"
NINGBO = "甬资交管委办〔2017〕2号"
DALI = "大理州公共资源交易工作联席会议制度"

NO_OFFICE = Ground(
    "MEETING_WITHOUT_OFFICE",
    XUANEN,
    "二（一）",
    "联席会议下设办公室",
    "The register names no office that prepares meetings",
)
PURPOSE_REQUIRED = Ground(
    "MEETING_PURPOSE_REQUIRED", NINGBO, "附件1 三", "针对具体事项进行商讨、沟通和研究", "A proposal says what is to be discussed"
)  # fmt: skip
CONSENT_BY_OFFICE = Ground(
    "CONSENT_BY_OFFICE", NINGBO, "附件1 三", "向联席会议办公室申请提出并获得同意", "The office of the meeting consents, or does not"
)  # fmt: skip
CONSENT_BY_CONVENOR = Ground(
    "CONSENT_BY_CONVENOR", DALI, "四", "由成员单位提议，经总召集人同意", "The chief convenor consents, or does not"
)  # fmt: skip
CONSENT_PENDING = Ground(
    "MEETING_CONSENT_PENDING",
    DALI,
    "四",
    "经同意后，方可召开会议",
    "A proposed meeting waits for the consent that it needs",
)
REASON_REQUIRED = Ground(
    "MEETING_REASON_REQUIRED", DALI, "四", "不同意召开的，应当说明理由", "A proposal is declined with a reason"
)

AGENDA_ITEM_UNSIGNED = Ground(
    "AGENDA_ITEM_UNSIGNED", XUANEN, "二（一）", "议题应当经部门主要领导签字",
    "An agenda item is signed by the department's main leader",
)  # fmt: skip
AGENDA_ITEM_TWICE = Ground(
    "AGENDA_ITEM_TWICE", XUANEN, "二（一）", "议题编号已经使用", "There is an agenda item with this id already"
)
AGENDA_ITEM_UNKNOWN = Ground(
    "AGENDA_ITEM_UNKNOWN",
    XUANEN,
    "二（一）",
    "未报送的事项不得列入议题",
    "Only what was submitted is put on the agenda",
)
AGENDA_EMPTY = Ground(
    "AGENDA_EMPTY", XUANEN, "二（一）", "汇总议题不得为空", "An agenda is compiled of at least one item"
)
AGENDA_NOT_COMPILED = Ground(
    "AGENDA_NOT_COMPILED",
    XUANEN,
    "二（一）",
    "议题应当先由办公室汇总",
    "The office compiles the agenda before it is approved",
)
AGENDA_BY_CONVENOR = Ground(
    "AGENDA_BY_CONVENOR", XUANEN, "二（一）", "交召集人审定是否列入会议议程", "The convenor says what is on the agenda"
)
AGENDA_BY_CONSULTATION = Ground(
    "AGENDA_BY_CONSULTATION", NINGBO, "附件1 四", "由市公共资源交管办与联席会议成员会商确定",
    "The office settles the agenda with the members and says with whom",
)  # fmt: skip
AGENDA_ITEM_UNDECIDED = Ground(
    "AGENDA_ITEM_UNDECIDED", XUANEN, "二（一）", "应当逐项审定是否列入议程",
    "Every compiled item is put on the agenda or left off, and not both",
)  # fmt: skip

CALLED_BY_CONVENOR = Ground(
    "MEETING_CALLED_BY_CONVENOR", XUANEN, "二（一）", "联席会议由召集人召集", "The convenor calls the meeting"
)
CRIME_MEETING_IS_PARTIAL = Ground(
    "CRIME_MEETING_IS_PARTIAL", NINGBO, "附件1 三", "可召开部分相关成员单位业务部门负责人参加的临时会议",
    "A temporary crime meeting is one of some members, with their heads of business",
)  # fmt: skip
ITEM_NOT_ON_AGENDA = Ground(
    "ITEM_NOT_ON_AGENDA", XUANEN, "二（一）", "未经审定列入议程的事项不得上会", "The meeting deals with what is on its approved agenda"
)  # fmt: skip
NOT_HELD = Ground("MEETING_NOT_HELD", DALI, "四", "会议尚未召开", "The meeting has not been held yet")
ALREADY_HELD = Ground("MEETING_ALREADY_HELD", DALI, "四", "会议已经召开", "The meeting has been held already")
OPINIONS_REQUIRED = Ground(
    "OPINIONS_REQUIRED", NINGBO, "附件1 五", "应当载明各方不同意见", "A disagreement is recorded with the opinion of each party"
)  # fmt: skip
ALREADY_DEFERRED = Ground(
    "ITEM_ALREADY_DEFERRED", NINGBO, "附件1 五", "该事项已记为暂未议定", "This item is recorded as not agreed already"
)
NOT_URGENT = Ground(
    "ITEM_NOT_URGENT", NINGBO, "附件1 五", "确属紧急事项的，报市公共资源交管委领导审定",
    "Only what is urgent goes to the committee; the rest waits for the next meeting",
)  # fmt: skip
ALL_OPINIONS_REQUIRED = Ground(
    "ALL_OPINIONS_REQUIRED", NINGBO, "附件1 五", "应将各方不同意见全面上报", "The opinions of all parties are attached"
)

CRIME_MEETING_PROPOSES = Ground(
    "CRIME_MEETING_PROPOSES", NINGBO, "附件1 三", "针对具体事项进行商讨、沟通和研究，提出工作建议",
    "A temporary crime meeting makes work proposals, others issue minutes",
)  # fmt: skip
PROPOSALS_REQUIRED = Ground("WORK_PROPOSALS_REQUIRED", NINGBO, "附件1 三", "应当提出工作建议", "Say what is proposed")
RESOLUTION_TAKEN = Ground(
    "RESOLUTION_TAKEN", "案卷规则", "一事项一编号", "议定事项编号已经使用", "The file already has a matter with the id of a resolution"
)  # fmt: skip
MINUTES_NOT_AGREED = Ground(
    "MINUTES_NOT_AGREED", DALI, "四", "会议纪要经与会单位同意后印发",
    "The minutes are agreed by all who attended before they are issued",
)  # fmt: skip
MINUTES_COPY_REQUIRED = Ground(
    "MINUTES_COPY_REQUIRED", DALI, "四", "印发纪要的同时报州人民政府",
    "The minutes are copied to the government when they are issued",
)  # fmt: skip
MINUTES_NOT_ISSUED = Ground(
    "MINUTES_NOT_ISSUED",
    NINGBO,
    "附件1 六",
    "纪要尚未印发",
    "There are no resolutions yet whose fulfilment could be circulated",
)
RESOLUTION_UNKNOWN = Ground(
    "RESOLUTION_UNKNOWN", NINGBO, "附件1 六", "没有该议定事项", "The meeting made no such resolution"
)
