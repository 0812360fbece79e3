"""Why a step of an assistance letter (协助办理函) is refused: the last paragraph on the handling of referred cases."""

from __future__ import annotations

from domain.kernel import Ground

PLAN = "宣公管委〔2020〕5号"
CLAUSE = "二（四）3末段"

SUMMARY_REQUIRED = Ground(
    "ASSIST_MISSING_SUMMARY", PLAN, CLAUSE, "协助办理函应当载明案件基本情况",
    "An assistance letter states the basic facts of the case",
)  # fmt: skip
REASONS_REQUIRED = Ground(
    "ASSIST_MISSING_REASONS", PLAN, CLAUSE, "协助办理函应当载明需要协助办理的事项及理由",
    "An assistance letter states what is asked for, and why",
)  # fmt: skip
EVIDENCE_REQUIRED = Ground(
    "ASSIST_MISSING_EVIDENCE", PLAN, CLAUSE, "协助办理函应当载明相关证据资料",
    "An assistance letter states the evidence and material that it rests on",
)  # fmt: skip
ADDRESSEE_UNKNOWN = Ground(
    "ASSIST_ADDRESSEE_UNKNOWN", PLAN, CLAUSE, "应当向协助办理单位发出协助办理函",
    "The letter goes to a department or organ of the register that still exists",
)  # fmt: skip
TO_ITSELF = Ground(
    "ASSIST_TO_ITSELF", PLAN, CLAUSE, "需要其他部门或机关协助办理的", "Help is asked of another department or organ"
)  # fmt: skip
IN_TRANSIT = Ground(
    "ASSIST_MATTER_IN_TRANSIT", PLAN, CLAUSE, "在查处公共资源交易违法违规案件过程中，需要其他部门或机关协助办理的",
    "The matter is on its way to another department: whoever signs for it asks for help",
)  # fmt: skip
ASKED_ALREADY = Ground(
    "ASSIST_ASKED_ALREADY", PLAN, CLAUSE, "协助办理部门或机关在收到协助办理函后，应当及时审查协查资料",
    "The same was asked of the same organ and is unanswered: a second letter says why it is needed",
)  # fmt: skip
RETURN_REASON_REQUIRED = Ground(
    "ASSIST_RETURN_REASON_REQUIRED", PLAN, CLAUSE, "将函件退回，并说明原因", "A letter is returned with the reason"
)  # fmt: skip
WITHIN_FUNCTION = Ground(
    "ASSIST_RETURN_WITHIN_FUNCTION", PLAN, CLAUSE, "不得推诿、敷衍，不得以不合理的理由拒绝",
    "Only what is beyond the department's function is returned",
)  # fmt: skip
RETURN_AFTER_START = Ground(
    "ASSIST_RETURN_AFTER_START", PLAN, CLAUSE, "对于本部门能够协助办理的事项，应及时进行协助办理",
    "Who has begun to help, or has answered, has found the matter within its function and does not return the letter",
)  # fmt: skip
FEEDBACK_UNWRITTEN = Ground(
    "ASSIST_FEEDBACK_UNWRITTEN", PLAN, CLAUSE, "应及时进行协助办理并书面反馈协查的结果",
    "The result is reported in writing, and says what was found",
)  # fmt: skip
CANCEL_REASON_REQUIRED = Ground(
    "ASSIST_CANCEL_REASON_REQUIRED", PLAN, CLAUSE, "协助办理函应当载明需要协助办理的事项及理由",
    "Asking is reasoned, and so is asking no longer",
)  # fmt: skip
