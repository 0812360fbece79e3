"""Why the supervision record (督办卷) refuses: each verdict is kept once, each letter goes to who owes and is answered once."""

from __future__ import annotations

from domain.kernel import Ground

KEEPING = "督办规则"

ONE_RECORD = Ground(
    "ONE_SUPERVISION_RECORD", KEEPING, "一卷一档", "每个案卷只有一个督办卷", "A file has one supervision record"
)
NOTHING_TO_SUPERVISE = Ground(
    "NOTHING_TO_SUPERVISE", KEEPING, "一卷一档", "没有可以督办的案卷", "There is no such file to supervise"
)
ALREADY_RECORDED = Ground("ALREADY_RECORDED", KEEPING, "一事一记", "该项认定已经记录", "This is on record already")
NOTHING_TO_REJUDGE = Ground(
    "NOTHING_TO_REJUDGE", KEEPING, "先认定后更正", "没有可以重新认定的超期", "No verdict of a breach is on record that could be judged again"
)  # fmt: skip
LETTER_ABOUT_NOTHING = Ground(
    "LETTER_ABOUT_NOTHING", KEEPING, "函件载明事项",
    "催办、督办函应当载明所涉时限或者案件",
    "A letter names the time limits or the case that it is about",
)  # fmt: skip
NO_SUCH_CLOCK = Ground(
    "NO_SUCH_CLOCK", KEEPING, "函件载明事项", "案卷中没有该项时限或者案件", "The file has no such time limit or case"
)  # fmt: skip
NOT_OWED_BY_ADDRESSEE = Ground(
    "NOT_OWED_BY_ADDRESSEE", KEEPING, "向责任单位发函", "该事项不由收函单位承担", "The addressee does not owe the act"
)  # fmt: skip
NOT_OUTSTANDING = Ground(
    "NOT_OUTSTANDING", KEEPING, "催办未办事项",
    "该事项已经办理、中止或者不再适用，无须催办",
    "The act is done, paused or no longer owed: nothing to remind of",
)  # fmt: skip
NOT_LATE = Ground(
    "NOT_LATE", KEEPING, "督办逾期事项",
    "该事项没有逾期，不得发督办函；可以发催办函",
    "The act is not late: a reminder may be sent, no letter of supervision",
)  # fmt: skip
LETTER_OUT_ALREADY = Ground(
    "LETTER_OUT_ALREADY", KEEPING, "一事一函", "同一事项的同类函件尚未答复", "A letter of this kind on the same act awaits its answer"
)  # fmt: skip
ANSWER_BY_PASSED = Ground(
    "ANSWER_BY_PASSED", KEEPING, "答复期限", "答复期限不得早于发函之日", "The day for the answer lies before the letter"
)  # fmt: skip
NO_SUCH_LETTER = Ground("NO_SUCH_LETTER", KEEPING, "函件编号", "督办卷中没有该函件", "The record has no such letter")
NOT_ADDRESSEE = Ground(
    "NOT_ADDRESSEE", KEEPING, "收函单位答复", "只有收函单位可以签收、答复", "Only the addressee receives and answers the letter"
)  # fmt: skip
LETTER_NOT_AWAITING = Ground(
    "LETTER_NOT_AWAITING", KEEPING, "一函一答", "该函件已经签收、答复或者撤回", "The letter was received, answered or withdrawn already"
)  # fmt: skip
EXPLANATION_REQUIRED = Ground(
    "EXPLANATION_REQUIRED", KEEPING, "说明原因", "答复应当说明原因", "An answer gives an explanation"
)  # fmt: skip
CAUSE_REQUIRED = Ground(
    "CAUSE_REQUIRED", KEEPING, "说明原因",
    "逾期事项的答复应当指明造成逾期的单位",
    "The answer to a letter on a late act names the department that caused it",
)  # fmt: skip
NOT_ANSWERED = Ground(
    "NOT_ANSWERED", KEEPING, "先答复后认定", "该函件没有待认定的答复", "The letter has no answer to decide on"
)  # fmt: skip
CAUSE_NOT_ASKED = Ground(
    "CAUSE_NOT_ASKED", KEEPING, "听取被指单位意见", "答复指称由其他单位造成的，应当先向该单位发函，待其答复或者逾期未答复后再行采纳",
    "Where another department is named as the cause, it is asked first: accepted is only after its answer, or after its day to answer",
)  # fmt: skip
CAUSE_IS_ADDRESSEE = Ground(
    "CAUSE_IS_ADDRESSEE", KEEPING, "听取被指单位意见", "答复没有指称其他单位", "The answer names no other department"
)  # fmt: skip
CAUSE_ASKED_ALREADY = Ground(
    "CAUSE_ASKED_ALREADY", KEEPING, "一事一函", "已经向被指单位发函", "The department that was named has been asked already"
)  # fmt: skip
REASONS_REQUIRED = Ground(
    "REASONS_REQUIRED", KEEPING, "说明理由",
    "认定、撤回、通报、提请和办结均应当说明理由",
    "A decision on a letter, a withdrawal, a circulation, an escalation and the closing give reasons",
)  # fmt: skip
LETTER_DECIDED = Ground(
    "LETTER_DECIDED", KEEPING, "一函一答", "该函件已经认定或者撤回", "The letter is decided on or withdrawn already"
)  # fmt: skip
NO_RECIPIENTS = Ground("NO_RECIPIENTS", KEEPING, "通报对象", "通报应当载明对象", "A circulation names to whom it goes")
NOTHING_TO_CIRCULATE = Ground(
    "NOTHING_TO_CIRCULATE", KEEPING, "通报事项",
    "没有函件，也没有有效的红牌可以通报",
    "Neither a letter nor a standing red card is there to be circulated",
)  # fmt: skip
NOTHING_TO_ESCALATE = Ground(
    "NOTHING_TO_ESCALATE", KEEPING, "提请上级",
    "函件逾期未答复或者说明未被采纳的，方可提请上级",
    "Only a letter unanswered on its day, or an explanation refused, goes before the superior",
)  # fmt: skip
ESCALATED_ALREADY = Ground(
    "ESCALATED_ALREADY", KEEPING, "提请上级", "该函件已经提请上级", "The letter went before the superior already"
)  # fmt: skip
NO_SUPERIOR = Ground(
    "NO_SUPERIOR", KEEPING, "提请上级", "机关名录中没有其上级，也没有管委会", "The register names neither a superior nor a committee"
)  # fmt: skip
LETTERS_OPEN = Ground(
    "LETTERS_OPEN", KEEPING, "办结条件", "尚有函件未答复、未认定", "A letter is still unanswered or undecided"
)  # fmt: skip
