"""Why access to an identity is refused: the rules on keeping reports secret (保密), and those on personal information."""

from __future__ import annotations

from domain.kernel import Ground

SECRECY = "纪检监察机关处理检举控告工作规则"
SECRET = "第四十七条"
PRIVACY = "个人信息保护法"
OPERATION = "第五十一条"

MOST_DAYS, USUAL_DAYS = 30, 5
"""For how long access is granted at most, and unless something else is asked for.

Reading chosen: no instrument gives a number. Article 51 asks for reasonable permissions to operate; five days are what the
plan of 2020 gives for a referral, thirty what the law gives at most for a decision, and no longer is anybody's need.
"""

MOTIVE_REQUIRED = Ground(
    "IDENTITY_MOTIVE_REQUIRED", PRIVACY, OPERATION, "申请查阅身份应当说明用途和理由",
    "Whoever asks to see who complains says what for",
)  # fmt: skip
REASON_REQUIRED = Ground(
    "IDENTITY_REASON_REQUIRED", PRIVACY, OPERATION, "不予批准或者撤销批准应当说明理由", "A denial or revocation gives its reason"
)  # fmt: skip
OFFICER_UNNAMED = Ground(
    "IDENTITY_OFFICER_UNNAMED", PRIVACY, OPERATION, "查阅身份须由具名人员本人申请、批准和查阅，不得以单位名义或者代录",
    "Named officers ask, grant and look themselves: not an organ as such, and nobody on behalf of another",
)  # fmt: skip
NOTHING_ASKED = Ground(
    "IDENTITY_NOTHING_ASKED", PRIVACY, OPERATION, "应当指明查阅的内容，且不得超出申请或者批准的范围",
    "What is to be seen is named, and is not more than was asked for or granted",
)  # fmt: skip
NO_SUCH_CASE = Ground(
    "IDENTITY_NO_SUCH_CASE", SECRECY, SECRET, "本案卷没有该案件，或者该案件没有所称的保密内容",
    "The file has no such case, or the case has nothing of the kind that is protected",
)  # fmt: skip
NOT_IN_CHARGE = Ground(
    "IDENTITY_NOT_IN_CHARGE", SECRECY, SECRET, "只有经办或者最后经办本案的单位可以申请查阅，监管、审计、系统和被投诉单位均不得申请",
    "Only who holds a matter of the file, or held it last, may ask: no auditor, inspector, administrator, system or respondent",
)  # fmt: skip
SAME_HANDS = Ground(
    "IDENTITY_SAME_HANDS", SECRECY, SECRET, "批准人与申请人不得为同一人或者同一单位",
    "Who grants is another person, of another organ, than who asks",
)  # fmt: skip
BARRED = Ground(
    "IDENTITY_BARRED", SECRECY, SECRET, "不得将检举控告人信息告知被检举控告的单位、人员及应当回避的人员",
    "Nothing of who complains goes to a unit or person that is implicated, recused, or serves there no more",
)  # fmt: skip
TOO_LONG = Ground(
    "IDENTITY_TOO_LONG", PRIVACY, OPERATION, f"查阅期限为一日以上、{MOST_DAYS}日以下",
    f"Access is granted for one day at least and {MOST_DAYS} at most",
)  # fmt: skip
NOT_YOURS = Ground(
    "IDENTITY_NOT_YOURS", SECRECY, SECRET, "批准仅及于申请人本人，他人不得查阅", "The grant is for the officer who asked, and for nobody else"
)  # fmt: skip
EXPIRED = Ground(
    "IDENTITY_EXPIRED", PRIVACY, OPERATION, "查阅期限已过，如仍需查阅应当重新申请", "The days for which access was granted are over"
)  # fmt: skip
