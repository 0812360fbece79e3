"""The wording of the letters (函件格式): what stands in each, with a place for each fact."""

from domain.cases.supervision.events import LetterKind

TITLES = {LetterKind.REMINDER: "催 办 函", LetterKind.SUPERVISION: "督 办 函"}

HEAD = """{title}

编号：{number}
案卷：{file_no}

{addressee}："""

OPENINGS = {
    LetterKind.REMINDER: "    下列事项由{party}承担，请抓紧办理。",
    LetterKind.SUPERVISION: "    下列事项由{party}承担，未按期办理，现予督办。",
}
WHOLE_CASE = "    本函涉及案件{case}全案。"
FOLLOWING = "    {first}号函的答复指称，逾期系由贵单位造成，现一并询问。"

SUBJECT = """    {n}．{title}（{rule}）
        案件：{case}
        依据：{instrument}{clause}{quote}
        期限：{due}
        状况：{state}"""

ASK = {
    LetterKind.REMINDER: "    请于{answer_by}前（含当日）书面答复办理情况。",
    LetterKind.SUPERVISION: "    请于{answer_by}前（含当日）书面答复，说明逾期原因，并指明造成逾期的单位。",
}
DEMAND = "    {demand}"

FOOT = """{issuer}
{issued_on}
"""
