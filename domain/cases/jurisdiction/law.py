"""Why a step of the jurisdiction (辖区) is refused: the rules of the register and of the calendar."""

from __future__ import annotations

from domain.kernel import Ground

REGISTER, CALENDAR, LEDGER, WEBHOOK, PEOPLE = "机关名录", "工作日历", "账本", "推送", "人员名录"

ONE_JURISDICTION = Ground(
    "ONE_JURISDICTION", LEDGER, "启用", "一个账本只有一个辖区，编号为 jurisdiction", "A ledger has one jurisdiction"
)
BAD_ID = Ground(
    "ORGAN_ID_INVALID", REGISTER, "编号", "机关编号为小写字母开头的短标识（小写字母、数字、下划线）",
    "An organ's id is short: a small letter, then small letters, digits or underscores",
)  # fmt: skip
NAME_MISSING = Ground("ORGAN_NAME_MISSING", REGISTER, "名称", "机关名称不能为空", "An organ has a name")
TAKEN = Ground(
    "ORGAN_NAME_TAKEN", REGISTER, "编号", "编号或者别名已经使用", "The id or alias belongs to another organ already"
)
UNKNOWN_ORGAN = Ground("ORGAN_UNKNOWN", REGISTER, "编号", "机关名录中没有该机关", "The register has no such organ")
UNKNOWN_SUPERIOR = Ground(
    "SUPERIOR_UNKNOWN", REGISTER, "上级", "机关名录中没有该上级机关", "The register has no such superior organ"
)
CIRCULAR = Ground(
    "SUPERIOR_CIRCULAR", REGISTER, "上级", "机关不能是自己的上级", "An organ cannot be above itself"
)  # fmt: skip
ROLE_HELD = Ground(
    "ROLE_HELD",
    REGISTER,
    "职能",
    "该职能只能由一个机关承担，且已有机关承担",
    "Only one organ can have this role, and one has it",
)
BUILT_IN = Ground(
    "ORGAN_BUILT_IN", REGISTER, "编号", "系统定时和当事人不可变更", "The timer and the respondent cannot be changed"
)
DISSOLVED = Ground("ORGAN_DISSOLVED", REGISTER, "撤销", "该机关已经撤销", "The organ was dissolved")
OWN_SUCCESSOR = Ground("SUCCESSOR_ITSELF", REGISTER, "承继", "机关不能由自己承继", "An organ does not succeed itself")
NOT_YET = Ground(
    "IN_FUTURE", REGISTER, "日期", "日期尚未到来", "The day has not come yet"
)  # fmt: skip
NOTHING_CHANGED = Ground("NOTHING_CHANGED", LEDGER, "变更", "没有变更内容", "Nothing would change")
NO_PROFILES = Ground("NO_PROFILES", LEDGER, "规则", "至少选定一个规则包，且不重复", "Choose profiles, each once")
UNKNOWN_PROFILE = Ground("PROFILE_UNKNOWN", LEDGER, "规则", "没有该规则包", "There is no such rule profile")
UNKNOWN_CALENDAR = Ground("CALENDAR_UNKNOWN", CALENDAR, "名称", "没有该日历", "There is no such calendar")
BAD_EDITION = Ground("EDITION_INVALID", CALENDAR, "放假安排", "该放假安排不成立", "No notice can arrange the year so")
EDITION_KNOWN = Ground(
    "EDITION_KNOWN", CALENDAR, "放假安排", "该放假安排已经导入", "The ledger has this arrangement already"
)
SYNTHETIC = Ground(
    "SYNTHETIC_EDITION",
    CALENDAR,
    "放假安排",
    "正式账本不接受虚构的放假安排",
    "A real ledger takes no made-up arrangement",
)

BAD_OFFICER_ID = Ground(
    "OFFICER_ID_INVALID",
    PEOPLE,
    "编号",
    "人员编号为小写字母或者数字开头的短标识（小写字母、数字、下划线、点、连字符）",
    "An officer's id is short: a small letter or digit, then small letters, digits, underscores, dots or hyphens",
)
OFFICER_TAKEN = Ground(
    "OFFICER_ID_TAKEN", PEOPLE, "编号", "编号已经使用", "The id belongs to another officer or to an organ already"
)
OFFICER_NAME_MISSING = Ground("OFFICER_NAME_MISSING", PEOPLE, "姓名", "姓名不能为空", "An officer has a name")
UNKNOWN_OFFICER = Ground("OFFICER_UNKNOWN", PEOPLE, "编号", "人员名录中没有该人员", "The register has no such officer")
UNKNOWN_OFFICE = Ground("OFFICE_UNKNOWN", PEOPLE, "科室", "该机关没有这个科室", "The organ has no such office")
OFFICER_LEFT = Ground("OFFICER_LEFT", PEOPLE, "离任", "该人员已经离任", "The officer has left")
OFFICER_SUSPENDED = Ground("OFFICER_SUSPENDED", PEOPLE, "停职", "该人员已经停职", "The officer is suspended")
NOT_SUSPENDED = Ground("OFFICER_NOT_SUSPENDED", PEOPLE, "复职", "该人员没有停职", "The officer is not suspended")
SAME_ORGAN = Ground("OFFICER_SERVES_THERE", PEOPLE, "调动", "该人员已在该机关任职", "The officer serves there already")
NO_SUCCESSOR = Ground(
    "SUCCESSOR_UNSUITABLE",
    PEOPLE,
    "接替",
    "接替人须为同一机关的其他在职人员",
    "A successor is another officer of the same organ who serves",
)

UNKNOWN_WEBHOOK = Ground("WEBHOOK_UNKNOWN", WEBHOOK, "编号", "没有该推送订阅", "There is no such webhook")
BAD_ADDRESS = Ground(
    "WEBHOOK_ADDRESS_INVALID",
    WEBHOOK,
    "地址",
    "推送地址须为不含账号、参数和片段的 https 地址",
    "A webhook has an https address without user, query or fragment",
)
PLAIN_HTTP = Ground(
    "WEBHOOK_ADDRESS_PLAIN", WEBHOOK, "地址", "只有本机地址可以不加密", "Only this very machine is told in plain http"
)
TOO_MANY_WEBHOOKS = Ground("WEBHOOKS_TOO_MANY", WEBHOOK, "数量", "推送订阅过多", "There are too many webhooks")
TOO_MANY_WORDS = Ground("WEBHOOK_FILTER_TOO_LONG", WEBHOOK, "范围", "筛选条件过多", "The filter lists too much")
SENDING = Ground("WEBHOOK_ACTIVE", WEBHOOK, "状态", "推送正在进行", "The webhook is active")
NOT_SENDING = Ground("WEBHOOK_NOT_ACTIVE", WEBHOOK, "状态", "推送没有进行", "The webhook is not active")
