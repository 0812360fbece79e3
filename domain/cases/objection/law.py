"""Why a step of an objection (异议) or challenge (质疑) is refused: the articles, with the sentence the clerk is shown."""

from __future__ import annotations

from domain.kernel import Ground

BIDDING = "招标投标法实施条例"
PROCUREMENT = "政府采购法"
FILE = "案卷规则"

ADDRESSEE_UNNAMED = Ground(
    "ADDRESSEE_UNNAMED", f"{BIDDING}；{PROCUREMENT}", "第二十二条、第五十四条；第五十二条",
    "异议向招标人提出，质疑向采购人或者采购代理机构提出：应当写明",
    "An objection goes to the tenderee, a challenge to the purchaser or its agency: name it",
)  # fmt: skip
NO_SUCH_OBJECTION = Ground(
    "NO_SUCH_OBJECTION", BIDDING, "第二十二条、第四十四条、第五十四条",
    "异议可就招标文件、开标和评标结果提出",
    "An objection concerns the documents, the opening of bids or the result",
)  # fmt: skip
NO_SUCH_CHALLENGE = Ground(
    "NO_SUCH_CHALLENGE", PROCUREMENT, "第五十二条",
    "质疑可就采购文件、采购过程和中标、成交结果提出",
    "A challenge concerns the documents, the conduct or the result of the procurement",
)  # fmt: skip
ANSWER_MISSING = Ground(
    "ANSWER_MISSING", f"{BIDDING}；{PROCUREMENT}", "第二十二条、第五十四条；第五十三条",
    "应当作出答复：请写明答复内容", "State what was answered",
)  # fmt: skip
ANSWER_UNWRITTEN = Ground(
    "ANSWER_UNWRITTEN", PROCUREMENT, "第五十三条", "采购人应当以书面形式答复质疑", "A challenge is answered in writing"
)
STILL_TO_ANSWER = Ground(
    "STILL_TO_ANSWER", f"{BIDDING}；{PROCUREMENT}", "第二十二条、第五十四条；第五十三条",
    "答复期限尚未届满", "The time for the answer has not ended yet",
)  # fmt: skip
ALREADY_DONE = Ground("ALREADY_DONE", FILE, "不重复办理", "该步骤已经办理", "This has been done already")
