"""Why a step of a referral (移送) is refused: the sentences on transfer of cases and on disputed jurisdiction (管辖争议)."""

from __future__ import annotations

from domain.kernel import Ground

XUANEN = "宣公管委〔2020〕5号"
NINGBO = "甬资交管委办〔2017〕2号"
PENALTIES = "行政处罚法"

SCOPE_REQUIRED = Ground(
    "REFERRAL_SCOPE_REQUIRED", XUANEN, "二（四）1", "案件在查处过程中，有下列情形之一的，由受理部门按规定移送相关部门处理",
    "A referral names the scope that it falls under",
)  # fmt: skip
BASIS_REQUIRED = Ground(
    "REFERRAL_BASIS_REQUIRED", XUANEN, "二（四）1", "其他不属于本部门职责范围的，应当移送有管辖权的相关部门处理",
    "The need to refer is recorded with its legal basis",
)  # fmt: skip
DISCOVERY_DATE_REQUIRED = Ground(
    "DISCOVERY_DATE_REQUIRED", XUANEN, "二（四）2", "收到投诉举报件或发现违法行为之日起",
    "For a violation found by the department itself the day of discovery is recorded, not later than the act",
)  # fmt: skip
NOTHING_RECEIVED = Ground(
    "REFERRAL_RECEIPT_UNKNOWN", XUANEN, "二（四）2", "收到投诉举报件或发现违法行为之日起",
    "Nothing was received in this matter: the need to refer arose by discovery",
)  # fmt: skip
ALREADY_REQUIRED = Ground(
    "REFERRAL_ALREADY_REQUIRED", XUANEN, "二（四）2", "案件需要移送的，有关部门应当",
    "The need to refer this matter is recorded already; dispatch from that case",
)  # fmt: skip
DELIVERY_REQUIRED = Ground(
    "REFERRAL_DELIVERY_REQUIRED", XUANEN, "二（四）2", "可采取直接送达、邮寄送达和电子邮件送达等方式",
    "A referral says how it is delivered",
)  # fmt: skip
CATALOGUE_REQUIRED = Ground(
    "REFERRAL_CATALOGUE_REQUIRED", XUANEN, "二（四）2", "移送部门应当制作移送回执，列明移送的材料目录",
    "A referral carries a catalogue of its material",
)  # fmt: skip
TO_ITSELF = Ground(
    "REFERRAL_TO_ITSELF", XUANEN, "二（四）1", "不属于本部门职责范围的，应当移送有管辖权的相关部门处理",
    "A matter is referred to another department",
)  # fmt: skip
IN_TRANSIT = Ground(
    "MATTER_IN_TRANSIT", XUANEN, "二（四）2", "接受移送材料的部门应当办理回执事宜",
    "The matter is on its way and its receipt not yet signed",
)  # fmt: skip
NOT_IN_HAND = Ground(
    "MATTER_NOT_IN_HAND", XUANEN, "二（四）2", "接受移送材料的部门应当办理回执事宜",
    "The matter is not where this step needs it: another department holds it, or nobody",
)  # fmt: skip
ALREADY_HERE = Ground(
    "MATTER_ALREADY_IN_FILE", XUANEN, "二（四）2", "接受移送材料的部门应当办理回执事宜",
    "The matter is in this file already: it does not come from outside",
)  # fmt: skip
REPEAT_REQUIRES_DISPUTE = Ground(
    "REPEAT_REFERRAL_REQUIRES_DISPUTE", XUANEN, "二（四）3", "不得推诿、敷衍，应当依法进行处理",
    "This addressee had the matter before; without new facts a dispute is raised instead",
)  # fmt: skip
WITHDRAWAL_REASON_REQUIRED = Ground(
    "WITHDRAWAL_REASON_REQUIRED",
    XUANEN,
    "二（四）2",
    "案件需要移送的，有关部门应当",
    "A referral is withdrawn with a reason",
)
WITHDRAWAL_TOO_LATE = Ground(
    "REFERRAL_WITHDRAWAL_TOO_LATE", XUANEN, "二（四）3", "对属于本部门法定职责范围的，不得推诿、敷衍，应当依法进行处理",
    "A referral is withdrawn before its acceptance, return, forwarding or designation only",
)  # fmt: skip
NOTHING_DISPATCHED = Ground(
    "REFERRAL_NOTHING_DISPATCHED", XUANEN, "二（四）2", "案件需要移送的，有关部门应当",
    "Nothing was dispatched: only the end of the duty to refer can be recorded, with its reason",
)  # fmt: skip
DECLINE_REASON_REQUIRED = Ground(
    "REFERRAL_DECLINE_REASON_REQUIRED", XUANEN, "二（四）3", "对接受的移送案件属于本部门职责的，应当自决定是否受理之日起",
    "Not accepting a referral needs a reason",
)  # fmt: skip
RETURN_REASON_REQUIRED = Ground(
    "REFERRAL_RETURN_REASON_REQUIRED", XUANEN, "二（四）3", "将案件材料退回移送案件的部门，并书面说明理由",
    "Material is returned with the reason in writing",
)  # fmt: skip
RETURN_AFTER_DECISION = Ground(
    "REFERRAL_RETURN_AFTER_DECISION", XUANEN, "二（四）3", "对属于本部门法定职责范围的，不得推诿、敷衍，应当依法进行处理",
    "Who has decided on acceptance has found the matter its own and does not return it",
)  # fmt: skip
FORWARD_REASON_REQUIRED = Ground(
    "REFERRAL_FORWARD_REASON_REQUIRED", XUANEN, "二（四）3",
    "对属于本部门法定职责范围但不属于本级机关管辖的，移送有管辖权的机关，并书面告知移送案件的部门",
    "Forwarding says why another level is competent",
)  # fmt: skip
FORWARD_TO_REFERRER = Ground(
    "REFERRAL_FORWARD_TO_REFERRER", XUANEN, "二（四）3", "对不属于本部门职责范围的",
    "What goes back to the referrer is returned, not forwarded",
)  # fmt: skip
NOT_FORWARDED = Ground(
    "REFERRAL_NOT_FORWARDED", XUANEN, "二（四）3", "移送有管辖权的机关，并书面告知移送案件的部门",
    "Notice of a forwarding follows the forwarding",
)  # fmt: skip
NOT_THE_REFERRER = Ground(
    "REPLY_GOES_TO_REFERRER",
    XUANEN,
    "二（四）3",
    "将受理结果回告移送案件的部门",
    "Replies and notices go to the referrer",
)
ALREADY_REPLIED = Ground(
    "REFERRAL_ALREADY_REPLIED",
    XUANEN,
    "二（四）3",
    "将受理结果回告移送案件的部门",
    "This was told to the referrer already",
)
ACCEPTANCE_NOT_DECIDED = Ground(
    "ACCEPTANCE_NOT_DECIDED", XUANEN, "二（四）3", "应当自决定是否受理之日起",
    "The reply follows the decision on acceptance",
)  # fmt: skip
COMPLAINT_DECIDES = Ground(
    "COMPLAINT_ENDS_BY_DECISION", "招标投标法实施条例", "第六十一条", "作出书面处理决定",
    "A complaint that came by referral is handled, decided, served and reported in the complaint's own case",
)  # fmt: skip
HANDLING_NOT_COMPLETED = Ground(
    "HANDLING_NOT_COMPLETED", XUANEN, "二（四）3", "决定受理的，应当自处理完毕后", "The result follows the handling"
)
ALREADY_REPORTED = Ground(
    "HANDLING_ALREADY_REPORTED", XUANEN, "二（二）4", "报县政务局备查", "The handling was reported already"
)
LIMITS_OPEN = Ground(
    "TIME_LIMITS_OPEN", XUANEN, "二（四）3", "不得推诿、敷衍，应当依法进行处理",
    "A case is closed when none of its duties is outstanding",
)  # fmt: skip

DISPUTE_NEEDS_PARTIES = Ground(
    "DISPUTE_NEEDS_PARTIES",
    PENALTIES,
    "第二十五条",
    "对管辖发生争议的，应当协商解决",
    "A dispute is between two departments or more",
)
VIEWS_REQUIRED = Ground(
    "DISPUTE_VIEWS_REQUIRED",
    NINGBO,
    "附件1 五",
    "应将各方不同意见全面上报",
    "A dispute is raised with the views of all its parties",
)
ALL_OPINIONS_REQUIRED = Ground(
    "ALL_OPINIONS_REQUIRED", NINGBO, "附件1 五", "应将各方不同意见全面上报", "The opinions of all parties are attached"
)
DISPUTE_PENDING = Ground(
    "JURISDICTION_DISPUTE_PENDING", PENALTIES, "第二十五条", "协商不成的，报请共同的上一级行政机关指定管辖",
    "While jurisdiction is disputed the matter stays with its last holder",
)  # fmt: skip
NOT_A_SUPERIOR = Ground(
    "DESIGNATION_NOT_BY_SUPERIOR", PENALTIES, "第二十五条", "报请共同的上一级行政机关指定管辖",
    "The management committee or the parties' common superior designates",
)  # fmt: skip
DESIGNATED_CANNOT_RETURN = Ground(
    "DESIGNATED_CANNOT_RETURN", PENALTIES, "第二十五条", "报请共同的上一级行政机关指定管辖",
    "A department designated as competent does not return the matter",
)  # fmt: skip
