"""The grounds (理由) on which a report is not taken, each with its article."""

from __future__ import annotations

from domain.kernel import Ground

PLAN = "宣公管委〔2020〕5号"
KEEPING = "报送规则"

PROJECT_UNNAMED = Ground(
    "PROJECT_UNNAMED", PLAN, "二（二）1", "应当写明开标项目", "The log is one of a project; name it"
)
COPY_MISSING = Ground(
    "COPY_MISSING", PLAN, "二（二）1", "通过微信、QQ传送的，应当留存副本并登记其散列值",
    "What is sent by WeChat or QQ counts if a copy is kept; give the SHA-256 of it",
)  # fmt: skip
NO_HASH = Ground(
    "COPY_HASH_WRONG", KEEPING, "留痕", "副本散列值应为64位十六进制SHA-256", "The hash of the copy is a SHA-256 in 64 hexadecimal digits"
)  # fmt: skip
NO_FORM = Ground(
    "NO_FORM_SUBMITTED", PLAN, "二（二）1", "应当报送盖公章的纸质版和电子版，一种都没有的不是报送",
    "The sealed paper and the electronic form are owed; neither was given",
)  # fmt: skip
NOT_OWED = Ground("REPORT_NOT_OWED", KEEPING, "报送事项", "本事项不须报送此项内容", "This is not owed in the matter")
ALREADY_SUBMITTED = Ground("ALREADY_SUBMITTED", KEEPING, "不重复报送", "已经报送", "This was submitted already")
WRONG_PERIOD = Ground(
    "WRONG_PERIOD", KEEPING, "一季一档", "季度编号与日期不符", "The number is not that of the quarter in which the day lies"
)  # fmt: skip
NO_UNIT = Ground(
    "NO_UNIT", PLAN, "二（二）", "机关名录中没有负有报送义务的单位", "The register has no organ with the role that owes the report"
)  # fmt: skip
NOT_ASKED = Ground("NOTHING_ASKED", PLAN, "二（二）1", "应当写明需要的信息", "Say what information is needed")
ASKED_ITSELF = Ground("ASKED_ITSELF", KEEPING, "报送双方", "不得向本单位要求提供信息", "A unit does not ask itself")
LETTER_REQUIRED = Ground(
    "LETTER_REQUIRED", PLAN, "二（二）2", "需要调取评标专家信息的，以书面函件形式向县政务局申请查阅",
    "Data on experts are asked for by a letter; give its number",
)  # fmt: skip
BEFORE_REQUEST = Ground(
    "ANSWER_BEFORE_REQUEST", KEEPING, "约定日期", "约定的答复日期早于要求之日", "The answer is asked for before the day of the request"
)  # fmt: skip
NOT_PROVIDED = Ground(
    "NOTHING_PROVIDED", PLAN, "二（二）1", "应当据实提供", "Information is provided as it is; say what was given"
)
NO_SUCH_DUTY = Ground(
    "NO_SUCH_DUTY", KEEPING, "报送事项", "现行规则中没有以“及时”“定期”表述的该项义务",
    "No rule in force states this as a duty to report without a number",
)  # fmt: skip
ABOUT_UNNAMED = Ground(
    "ABOUT_UNNAMED", KEEPING, "报送事项", "应当写明产生报送义务的事由", "Say what gave rise to the duty"
)
NOT_YOURS = Ground(
    "NOT_YOUR_DUTY", KEEPING, "报送双方", "由负有报送义务的单位或办公室登记", "Recorded by the unit that owes it, or by the office"
)  # fmt: skip
DOCUMENT_UNNAMED = Ground(
    "DOCUMENT_UNNAMED", PLAN, "二（二）3、5、7", "应当以函件、简报等书面形式报送，写明文号或批次",
    "It is sent as a letter, a bulletin or a batch; name it",
)  # fmt: skip
NOT_SUBMITTED = Ground(
    "NOT_SUBMITTED", KEEPING, "确认与退回", "尚未报送", "Nothing was submitted that could be answered"
)
WHICH_REPORT = Ground("WHICH_REPORT", KEEPING, "确认与退回", "应当写明退回哪一项", "Say which of the reports is meant")
REASON_REQUIRED = Ground("REASON_REQUIRED", KEEPING, "说明理由", "应当说明理由", "A reason must be given")
OWN_REPORT = Ground(
    "OWN_REPORT", KEEPING, "报送双方", "不得确认、退回或者免除本单位的报送", "Nobody answers or waives a report of its own"
)  # fmt: skip
