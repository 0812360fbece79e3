"""The grounds (理由) on which the law refuses a step in an evidence hand-over, each with its article."""

from __future__ import annotations

from domain.kernel import Ground

PLAN = "宣公管委〔2020〕5号"
FILE = "案卷规则"

EVIDENCE_UNWRITTEN = Ground(
    "EVIDENCE_UNWRITTEN", PLAN, "二（二）6", "应当书面移交", "What the centre has found is handed over in writing"
)
EVIDENCE_MISSING = Ground(
    "EVIDENCE_MISSING",
    PLAN,
    "二（二）6",
    "应当附现场锁定的证据材料",
    "The evidence secured on the spot must be attached",
)
PLATFORM_UNNAMED = Ground(
    "PLATFORM_UNNAMED",
    PLAN,
    "二（二）6",
    "处理意见应当上传至电子监督平台",
    "The opinion is uploaded to the supervision platform; name it",
)
FEEDBACK_UNWRITTEN = Ground(
    "FEEDBACK_UNWRITTEN", PLAN, "二（二）6", "应当以书面形式反馈", "The feedback is given in writing"
)
OPEN_REFERRAL = Ground(
    "OPEN_REFERRAL",
    PLAN,
    "二（四）3",
    "事项已移送，由受移送部门按移送程序办理",
    "The matter has been referred: its receiver deals with it under the referral",
)
NOT_TAKEN_UP = Ground(
    "NOT_TAKEN_UP",
    PLAN,
    "二（二）6、二（四）3",
    "未认定属本部门职责的，应当移送有管辖权的部门",
    "Unless it is in the department's own remit, the matter is referred to the competent one",
)
NOT_HANDLED = Ground("NOT_HANDLED", PLAN, "二（二）4", "尚未处理完毕", "The handling has not been completed yet")
ALREADY_DONE = Ground("ALREADY_DONE", FILE, "不重复办理", "该步骤已经办理", "This has been done already")
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
