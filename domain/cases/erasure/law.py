"""Why the erasure of an identity is refused: the law on how long papers are kept (保存期限), and on personal information."""

from __future__ import annotations

from domain.kernel import Ground

KEEPING, KEPT = "政府采购法", "第四十二条"
PRIVACY, DELETION = "个人信息保护法", "第四十七条"
SECRECY, SECRET = "纪检监察机关处理检举控告工作规则", "第四十七条"

REASON_REQUIRED = Ground(
    "ERASURE_REASON_REQUIRED", PRIVACY, DELETION, "提请销毁或者不予批准应当说明理由",
    "An erasure is proposed, and turned down, with the reason",
)  # fmt: skip
OFFICER_UNNAMED = Ground(
    "ERASURE_OFFICER_UNNAMED", SECRECY, SECRET, "销毁须由具名人员本人提请和批准，不得以单位名义或者代录",
    "Named officers propose and approve themselves: not an organ as such, and nobody on behalf of another",
)  # fmt: skip
NO_SUCH_CASE = Ground(
    "ERASURE_NO_SUCH_CASE", PRIVACY, DELETION, "本案卷没有该案件", "The file has no such case"
)  # fmt: skip
ALREADY_PROPOSED = Ground(
    "ERASURE_ALREADY_PROPOSED", "案卷规则", "不重复办理", "该案件已经提请销毁或者已经销毁",
    "The erasure of the case was proposed, or is done, already",
)  # fmt: skip
FILE_OPEN = Ground(
    "ERASURE_FILE_OPEN", PRIVACY, DELETION, "案卷尚未办结，处理目的尚未实现", "The file is not closed: what the name is for is not over"
)  # fmt: skip
STILL_KEPT = Ground(
    "ERASURE_STILL_KEPT", KEEPING, KEPT, "保存期限尚未届满，不得销毁", "The time for which papers are kept has not ended"
)  # fmt: skip
SAME_HANDS = Ground(
    "ERASURE_SAME_HANDS", SECRECY, SECRET, "批准人与提请人不得为同一人或者同一单位",
    "Who approves is another person, of another organ, than who proposed",
)  # fmt: skip
