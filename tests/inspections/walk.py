"""What is done beside the scenarios: the letters of the walk, a late referral in transit, a pause on the last day, evidence handed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.inspections.county import Act, Inspected, china

FILE, RECORD = "JB-2024-007", "JB-2024-007-DB"
FIRST, SECOND, THIRD = (f"{RECORD}-{n}" for n in (1, 2, 3))


def letters(county: Inspected) -> Iterator[Act]:
    """From an overdue referral to the closed record, and a second round in June."""

    def step(at: str, organ: str, name: str, **body: Any) -> Act:
        return china(at), partial(county.act, organ, at, f"supervision/{RECORD}/{name}", body)

    def issue(at: str, rule: str, to: str, answer_by: str) -> Act:
        def take() -> None:
            clock = county.clock(FILE, rule, at) if rule == "XE-REF5" else county.clock(f"{FILE}-YS1", rule, at)
            said = {"kind": "督办", "to": to, "answer_by": answer_by, "clocks": [clock]}
            county.act("jwjc", at, f"supervision/{RECORD}/issue-letter", said)

        return china(at), take

    yield issue("2024-05-07T08:30", "XE-REF5", "slj", "2024-05-10")
    yield step("2024-05-08T10:00", "slj", "acknowledge-letter", letter=FIRST)
    yield step(
        "2024-05-10T09:00", "slj", "answer-letter", letter=FIRST, explanation="待交通局提供项目批文", caused_by="jtj"
    )
    yield step("2024-05-10T15:00", "jwjc", "ask-cause", letter=FIRST, answer_by="2024-05-14")
    yield step("2024-05-14T10:00", "jtj", "answer-letter", letter=SECOND, explanation="批文4月已公开", caused_by="slj")
    yield step("2024-05-15T09:30", "jwjc", "accept-explanation", letter=SECOND, reasons="经查属实")
    yield step("2024-05-15T09:40", "jwjc", "refuse-explanation", letter=FIRST, reasons="批文已公开，理由不成立")
    yield step(
        "2024-05-15T10:00", "zwj", "circulate", to=["slj", "jtj", "zjj"], content="移送逾期一个工作日", letters=[FIRST]
    )
    yield step("2024-05-16T11:00", "jwjc", "escalate", letter=FIRST, why="说明未被采纳")
    yield step("2024-05-17T16:00", "jwjc", "close-record", conclusion="已移送，已通报")
    yield issue("2024-06-05T09:00", "XE-RPL5", "zjj", "2024-06-07")
    yield step("2024-06-12T09:00", "zjj", "answer-letter", letter=THIRD, explanation="经办人病休", caused_by="zjj")
    yield step("2024-06-13T09:00", "zwj", "accept-explanation", letter=THIRD, reasons="有病假证明")
    yield step("2024-06-14T09:00", "zwj", "close-record", conclusion="已回告")


def step(county: Inspected, at: str, organ: str, path: str, recorded: str | None = None, **body: Any) -> Act:
    """A step that is taken when it is recorded."""
    return china(recorded or at), partial(county.act, organ, at, path, body, recorded)


def others(county: Inspected) -> Iterator[Act]:
    """Three more files."""
    for part in (_in_transit, _paused_late, _handed_over):
        yield from part(partial(step, county))


Take = Callable[..., Act]


def _in_transit(step: Take) -> Iterator[Act]:
    report = {"number": "JB-2024-D1", "kind": "实名举报", "complainant": "李某"}
    yield step("2024-05-06T09:00", "zrj", "complaint/register-report", **report)
    yield step(
        "2024-05-07T09:00",
        "zrj",
        "complaint/JB-2024-D1/determine-not-competent",
        competent="jtj",
        transfer_required=True,
    )
    yield step("2024-05-08T09:00", "zrj", "complaint/JB-2024-D1/notify-complainant", written=True)
    sent = {"to": "jtj", "scope": "S1", "delivery": "邮寄送达", "catalogue": ["举报信"]}
    yield step(
        "2024-05-09T16:00",
        "zrj",
        "referral",
        number="JB-2024-D1-YS1",
        file_no="JB-2024-D1",
        matter="JB-2024-D1",
        **sent,
    )
    yield step("2024-05-20T09:00", "jtj", "referral/JB-2024-D1-YS1/sign-receipt")
    yield step("2024-05-21T09:00", "jtj", "referral/JB-2024-D1-YS1/accept")
    yield step("2024-05-24T09:00", "jtj", "referral/JB-2024-D1-YS1/reply-acceptance-result", to="zrj")


def _paused_late(step: Take) -> Iterator[Act]:
    complaint = {"number": "TS-2024-E1", "subject": "bidding", "complainant": "乙公司", "objection_needed": False}
    yield step("2024-05-13T09:00", "jtj", "complaint", **complaint)
    yield step("2024-05-15T09:00", "jtj", "complaint/TS-2024-E1/accept")
    yield step(
        "2024-06-25T10:00",
        "jtj",
        "complaint/TS-2024-E1/commission-inspection",
        "2024-06-28T15:00",
        kind="鉴定",
        pause_id="P1",
    )
    yield step("2024-07-05T10:00", "jtj", "complaint/TS-2024-E1/record-inspection-report", pause_id="P1")
    yield step("2024-07-08T10:00", "jtj", "complaint/TS-2024-E1/decide", outcome="投诉不成立")


def _handed_over(step: Take) -> Iterator[Act]:
    handed = {"number": "DZ-2024-J1", "to": "zjj", "form": "书面", "evidence": ["投标文件"]}
    yield step("2024-05-20T09:00", "jyzx", "evidence-handover", **handed)
    yield step("2024-05-22T09:00", "zjj", "evidence-handover/DZ-2024-J1/take-up")
    yield step(
        "2024-06-03T09:00", "zjj", "evidence-handover/DZ-2024-J1/upload-opinion", platform="湖北省招标投标电子监督平台"
    )
