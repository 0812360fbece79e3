"""What a reader is shown of what would have been (推演结果): both verdicts side by side, and the totals of each department."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from application.shown import shown_clock
from application.whatif import CALENDAR, ELSE, GONE, NEW, RULE, Counts, Difference, Totals, Verdict
from domain.law.wording import span_text

COUNTED = ("met", "late", "open", "open_late")
KEPT = (
    "due", "state", "provisional", "party", "co_parties", "born_overdue", "stopped", "paused_from", "late_by", "lapsed_by_law",
    "pending_verification",
)  # fmt: skip
WHY: Mapping[str, tuple[str, str]] = {
    NEW: ("仅在设定的规则下有此时限", "the rule runs only under what is supposed"),
    GONE: ("设定的规则下没有此时限", "the rule does not run under what is supposed"),
    RULE: ("规则内容不同", "the rule says something else"),
    CALENDAR: ("工作日安排不同", "other days count"),
    ELSE: ("受其他规则影响", "what other rules do moves it"),
}


def shown_difference(found: Difference) -> dict[str, Any]:
    """One clock that would be judged otherwise."""
    clock = found.clock
    return {
        "file_no": found.file_no,
        "number": found.number,
        "clock": clock.id,
        "profile": clock.limit.profile,
        "rule": clock.limit.id,
        "title": {"zh": clock.limit.title_zh, "en": clock.limit.title_en},
        "matter": clock.matter,
        "leg": clock.leg,
        "party": clock.party,
        "before": shown_verdict(found.before),
        "after": shown_verdict(found.after),
        "why": _shown_why(found),
    }


def shown_verdict(verdict: Verdict | None) -> dict[str, Any] | None:
    """One of the two verdicts, in what can differ; None where there is no clock."""
    if verdict is None:
        return None
    clock = shown_clock(verdict.clock, verdict.judgement)
    return {name: clock[name] for name in KEPT if name in clock}


def _shown_why(found: Difference) -> dict[str, Any]:
    zh, en = WHY[found.why]
    if found.why == RULE and found.before and found.after:
        one, two = found.before.clock.limit.within, found.after.clock.limit.within
        if one != two:
            zh, en = (
                f"{zh}：{span_text(one, 0)} → {span_text(two, 0)}",
                f"{en}: {span_text(one, 1)} → {span_text(two, 1)}",
            )
    return {"code": found.why, "keys": list(found.keys), "text": {"zh": zh, "en": en}}


def shown_totals(totals: Totals) -> dict[str, Any]:
    """How much was told, and what became of the clocks of each department before and after."""
    parties = sorted(totals.before.keys() | totals.after.keys() | totals.differing.keys())
    return {
        "files": totals.files,
        "clocks": totals.clocks,
        "changed": totals.changed,
        "departments": [
            {
                "department": party,
                "before": _counted(totals.before.get(party)),
                "after": _counted(totals.after.get(party)),
                "changed": totals.differing[party],
            }
            for party in parties
        ],
    }


def _counted(counts: Counts | None) -> dict[str, int]:
    return {name: 0 if counts is None else counts[name] for name in COUNTED}
