"""Why a step of a joint inspection (联合检查) is refused: the plan's section on joint enforcement and joint inspection."""

from __future__ import annotations

from domain.kernel import Ground

PLAN = "宣公管委〔2020〕5号"
SCOPES, PROCEDURE, RESULTS = "二（三）1", "二（三）2", "二（三）3"
CRIME_RULES = "行政执法机关移送涉嫌犯罪案件的规定（国务院令第310号）"
FILE = "案卷规则"
TWO_RANDOM = "严格按照“双随机一公开制度”进行"

OCCASION_REQUIRED = Ground(
    "INSPECTION_OCCASION_REQUIRED", PLAN, SCOPES, "开展联动执法与联合检查的范围",
    "A joint inspection names which of the six scopes it falls under",
)  # fmt: skip
PLAN_INCOMPLETE = Ground(
    "INSPECTION_PLAN_INCOMPLETE", PLAN, PROCEDURE,
    "方案中应明确各参与部门的职责分工、执法或检查的目的、对象、范围、内容、时间、方式和步骤等", "A part of the inspection plan is missing",
)  # fmt: skip
SUPERVISORS_INITIATE = Ground(
    "INSPECTION_BY_SUPERVISORS_ONLY", PLAN, PROCEDURE, "县公共资源交易中心配合监督部门做好证据收集、保存及移交工作",
    "The trading centre supports inspections and initiates none",
)  # fmt: skip
PARTICIPANT_UNKNOWN = Ground(
    "INSPECTION_PARTICIPANT_UNKNOWN", PLAN, PROCEDURE, "参与各部门要依法履行职责",
    "Participants are departments of the register that still exist",
)  # fmt: skip
AGREED_ALREADY = Ground(
    "INSPECTION_AGREED_ALREADY", PLAN, PROCEDURE, "与参与部门一起协商确定", "This participant has agreed already"
)  # fmt: skip
TOGETHER = Ground(
    "INSPECTION_NEEDS_PARTICIPANTS", PLAN, PROCEDURE, "与参与部门一起协商确定",
    "A joint inspection has a supervising department besides the one that initiates it",
)  # fmt: skip
NOT_ALL_AGREED = Ground(
    "INSPECTION_NOT_ALL_AGREED", PLAN, PROCEDURE, "由发起部门负责起草联合执法检查方案，与参与部门一起协商确定",
    "The plan is settled when all participants have agreed",
)  # fmt: skip
COMMITMENT_MALFORMED = Ground(
    "INSPECTION_COMMITMENT_MALFORMED", PLAN, PROCEDURE, TWO_RANDOM,
    "What is published of the seed beforehand is its SHA-256 in 64 hexadecimal digits",
)  # fmt: skip
DRAWN_ALREADY = Ground(
    "INSPECTION_DRAWN_ALREADY", PLAN, PROCEDURE, TWO_RANDOM, "It is drawn once: a second draw would be a choice"
)  # fmt: skip
DRAW_INCOMPLETE = Ground(
    "INSPECTION_DRAW_INCOMPLETE", PLAN, PROCEDURE, TWO_RANDOM, "Both are drawn: who is inspected and who inspects"
)  # fmt: skip
POOL_UNFIT = Ground(
    "INSPECTION_POOL_UNFIT", PLAN, PROCEDURE, TWO_RANDOM,
    "A pool has a name, and lists everybody once; as many are drawn as it has, at most, and at least one",
)  # fmt: skip
SEED_REQUIRED = Ground(
    "INSPECTION_SEED_REQUIRED", PLAN, PROCEDURE, TWO_RANDOM, "A draw that can be repeated has a seed"
)
SEED_NOT_AS_COMMITTED = Ground(
    "INSPECTION_SEED_NOT_AS_COMMITTED", PLAN, PROCEDURE, TWO_RANDOM,
    "The seed is not the one that was committed to when the plan was settled",
)  # fmt: skip
DRAW_FIRST = Ground(
    "INSPECTION_DRAW_FIRST", PLAN, PROCEDURE, TWO_RANDOM, "An inspection begins when it is drawn whom and by whom"
)  # fmt: skip
WITHDRAWAL_REASON_REQUIRED = Ground(
    "INSPECTION_WITHDRAWAL_REASON_REQUIRED", PLAN, PROCEDURE, "根据需要可增加或减少", "An inspection is called off with a reason"
)  # fmt: skip
BEGUN = Ground(
    "INSPECTION_BEGUN", PLAN, PROCEDURE, "按照方案的要求选派人员参加，完成联合执法或联合检查的工作",
    "What has begun is completed and not called off",
)  # fmt: skip
NOTHING_FOUND = Ground(
    "INSPECTION_NOTHING_FOUND", PLAN, RESULTS, "对发现的违法违规行为，由各参与部门按法定的职责分别依法作出处理",
    "Findings are recorded one by one, each with what was found",
)  # fmt: skip
FINDER_NOT_PARTICIPANT = Ground(
    "INSPECTION_FINDER_NOT_PARTICIPANT", PLAN, RESULTS, "由各参与部门按法定的职责分别依法作出处理",
    "Who finds a violation in a joint inspection takes part in it",
)  # fmt: skip
CENTRE_COLLECTS = Ground(
    "INSPECTION_CENTRE_ONLY_COLLECTS", PLAN, PROCEDURE, "县公共资源交易中心配合监督部门做好证据收集、保存及移交工作",
    "The trading centre collects, keeps and hands over evidence; it neither finds nor disposes",
)  # fmt: skip
OWN_FINDINGS = Ground(
    "INSPECTION_OWN_FINDINGS_ONLY", PLAN, RESULTS, "由各参与部门按法定的职责分别依法作出处理",
    "A participant records its own findings; those of others are recorded by the initiator",
)  # fmt: skip
SCOPE_REQUIRED = Ground(
    "INSPECTION_FINDING_SCOPE", PLAN, RESULTS, "需要移送其他相关部门处理的，按照本方案中规定的有关案件移送制度办理",
    "A finding that is referred names its scope, and one that is not has none",
)  # fmt: skip
FOUND_OUTSIDE = Ground(
    "INSPECTION_FOUND_OUTSIDE", PLAN, RESULTS, "开展联合执法或联合检查时，对发现的违法违规行为",
    "A finding was made between the beginning of the inspection and its recording",
)  # fmt: skip
MATTER_UNNAMED = Ground("MATTER_UNNAMED", FILE, "一事项一编号", "事项应当有编号", "A finding has an id of its own")
NO_SUCH_FINDING = Ground(
    "INSPECTION_NO_SUCH_FINDING", FILE, "一事项一编号", "本次检查没有该编号的问题", "The inspection has no finding with this id"
)  # fmt: skip
NOT_THE_FINDER = Ground(
    "INSPECTION_NOT_THE_FINDER", PLAN, RESULTS, "需要移送其他相关部门处理的，按照本方案中规定的有关案件移送制度办理",
    "Who got the finding by a referral deals with it under the referral",
)  # fmt: skip
ON_THE_WAY = Ground(
    "MATTER_IN_TRANSIT", PLAN, "二（四）2", "接受移送材料的部门应当办理回执事宜", "The finding is on its way and its receipt not signed"
)  # fmt: skip
OUTCOME_REQUIRED = Ground(
    "INSPECTION_OUTCOME_REQUIRED", PLAN, RESULTS, "由各参与部门按法定的职责分别依法作出处理", "What was done is said"
)  # fmt: skip
TO_BE_REFERRED = Ground(
    "INSPECTION_TO_BE_REFERRED", PLAN, RESULTS, "需要移送其他相关部门处理的，按照本方案中规定的有关案件移送制度办理",
    "This finding is to be referred: its finder disposes of it only with the reason why it is not, or after it came back",
)  # fmt: skip
CRIME_GOES_TO_POLICE = Ground(
    "INSPECTION_CRIME_GOES_TO_POLICE", CRIME_RULES, "第十一条", "不得以行政处罚代替移送",
    "A suspected crime goes to the police; what they do not file is dealt with afterwards",
)  # fmt: skip
ALREADY_DONE = Ground("ALREADY_DONE", FILE, "不重复办理", "该步骤已经办理", "This has been done already")
NOT_DISPOSED = Ground(
    "INSPECTION_NOT_DISPOSED", PLAN, "二（二）4", "尚未处理完毕", "The finding is not disposed of yet"
)
CLOCKS_RUNNING = Ground(
    "CLOCKS_RUNNING", FILE, "结案条件", "尚有未了结的时限，不得结案", "A time limit still waits for its act"
)  # fmt: skip
TEXT_REQUIRED = Ground(
    "INSPECTION_PUBLICATION_EMPTY", PLAN, RESULTS, "应当统一口径，保证信息的一致性", "What is published is said: one wording for all"
)  # fmt: skip
PUBLISHED_ALREADY = Ground(
    "INSPECTION_PUBLISHED_ALREADY", PLAN, RESULTS, "需要向社会进行公布的应当统一公布", "The results are published once, for all"
)  # fmt: skip
FINDINGS_OPEN = Ground(
    "INSPECTION_FINDINGS_OPEN", PLAN, RESULTS, "对发现的违法违规行为，由各参与部门按法定的职责分别依法作出处理",
    "A finding is neither disposed of nor referred and signed for",
)  # fmt: skip
NOT_PUBLISHED = Ground(
    "INSPECTION_NOT_PUBLISHED", PLAN, PROCEDURE, TWO_RANDOM,
    "The results are open to all: they are published, or it is said why nothing has to be",
)  # fmt: skip
