"""The shapes of lists across cases, of rules and of calendar days as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping

from api.v1.shapes import (
    BASIS,
    CLOCK_LINE,
    CLOCK_MORE,
    DAY,
    ID,
    INSTANT,
    LATE,
    MOMENT,
    SHARE,
    STATE,
    TEXT,
    WHOLE,
    WORDS,
    YES_NO,
    Shape,
    named,
    null,
    several,
    shape,
)
from application.whatif_shown import COUNTED, WHY
from domain.law.edition import Kind

COUNTS = shape(dict.fromkeys(COUNTED, WHOLE))
SUPPOSED = shape(
    {"due": null(MOMENT), "state": STATE, "provisional": YES_NO, "party": TEXT},
    {
        "co_parties": several(TEXT),
        "born_overdue": YES_NO,
        "stopped": MOMENT,
        "paused_from": DAY,
        "late_by": LATE,
        "lapsed_by_law": YES_NO,
        "pending_verification": YES_NO,
    },
)


def listed(name: str, **more: Shape) -> Shape:
    """A page of a list: its rows, the cursor of the next page, and how far the lists had come."""
    return shape(
        {
            "items": several(named(name)),
            "next": null(TEXT),
            "rehearsal": YES_NO,
            "position": WHOLE,
            **more,
        }
    )


WHERE = {"number": TEXT, "file_no": TEXT, "type": TEXT}

CITED = shape({"instrument": TEXT, "clause": TEXT})
STANDING = {
    "code": null(TEXT),
    "expert_no": null(TEXT),
    "names": several(TEXT),
    "parties": several(TEXT),
    "may_take_part": null(YES_NO),
    "reasons": several(named("StandingReason")),
    "other_memos": several(named("StandingReason")),
    "rewards": several(named("StandingReason")),
    "credit": shape(
        {
            "deducted": WHOLE,
            "added": WHOLE,
            "total": {"type": "integer"},
            "items": several(
                shape(
                    {
                        "case": null(ID),
                        "number": null(TEXT),
                        "points": {"type": "integer"},
                        "effective": DAY,
                        "until": null(DAY),
                        "basis": null(TEXT),
                    }
                )
            ),
            "citation": CITED,
        }
    ),
}

LIST_SHAPES: Mapping[str, Shape] = {
    "CaseRow": shape(
        {
            "id": ID,
            **WHERE,
            "state": TEXT,
            "version": WHOLE,
            "matter": null(TEXT),
            "holder": null(TEXT),
            "in_transit_to": null(TEXT),
            "open": YES_NO,
            "opened_on": DAY,
            "changed_at": INSTANT,
        }
    ),
    "CaseRows": listed("CaseRow"),
    "ClockRow": shape({**CLOCK_LINE, **WHERE}, CLOCK_MORE),
    "OverdueRows": listed("ClockRow", as_of=INSTANT, basis=BASIS),
    "DueRows": listed("ClockRow", first=DAY, last=DAY),
    "HoldingRow": shape(
        {
            "matter": TEXT,
            "case": ID,
            **WHERE,
            "holder": TEXT,
            "since": INSTANT,
            "in_transit_to": null(TEXT),
            "sent_at": null(INSTANT),
        }
    ),
    "HoldingRows": listed("HoldingRow"),
    "PunishedRow": shape(
        {
            "subject": TEXT,
            "uscc": null(TEXT),
            "case": ID,
            "number": TEXT,
            "memo": null(TEXT),
            "measures": several({}),
            "effective": DAY,
            "until": null(DAY),
            "must_be_lifted": YES_NO,
        }
    ),
    "PunishedRows": shape({"items": several(named("PunishedRow")), "on": DAY, "rehearsal": YES_NO}),
    "Eligibility": shape(
        {
            "asked": shape({"code": null(TEXT), "expert_no": null(TEXT), "name": null(TEXT)}),
            "on": DAY,
            "as_of": null(INSTANT),
            "known": YES_NO,
            "ambiguous": YES_NO,
            **STANDING,
            "doubtful": several(named("StandingReason")),
            "candidates": several(named("Candidate")),
            "rehearsal": YES_NO,
        }
    ),
    "Candidate": shape(STANDING),
    "StandingReason": shape(
        {
            "kind": TEXT,
            "case": null(ID),
            "number": null(TEXT),
            "subject": TEXT,
            "effective": DAY,
            "until": null(DAY),
            "must_be_lifted": YES_NO,
            "citation": CITED,
        },
        {
            "memo": null(TEXT),
            "measures": several({}),
            "ground": null(TEXT),
            "basis": null(TEXT),
            "merits": TEXT,
            "expert_no": TEXT,
            "benefits": several({}),
        },
    ),
    "Judgement": shape(
        {
            "n": WHOLE,
            "known_from": INSTANT,
            "due": {"anyOf": [DAY, INSTANT, {"type": "null"}]},
            "provisional": YES_NO,
            "state": TEXT,
            "stopped_at": null(INSTANT),
            "cause": null(ID),
            "edition": null(TEXT),
        }
    ),
    "Judgements": shape({"clock": named("Clock"), "items": several(named("Judgement")), "rehearsal": YES_NO}),
    "CalendarText": TEXT,
    "Zip": {"type": "string", "format": "binary"},
    "StatisticsRow": shape(
        {
            "key": TEXT,
            "met": WHOLE,
            "late": WHOLE,
            "open": WHOLE,
            "open_late": WHOLE,
            "on_time_of_closed": null(SHARE),
            "on_time_of_due": null(SHARE),
        }
    ),
    "StatisticsRows": listed("StatisticsRow", **{"from": DAY, "to": DAY, "by": TEXT}),
    "Rule": shape(
        {
            "id": TEXT,
            "profile": TEXT,
            "title": WORDS,
            "within": shape({"amount": WHOLE, "unit": TEXT, "text": WORDS}),
            "owed_by": TEXT,
            "severity": TEXT,
            "status": TEXT,
            "conditional": YES_NO,
            "right": YES_NO,
            "advisory": YES_NO,
            "enforced": YES_NO,
            "why_not": null(TEXT),
            "reading": null(TEXT),
            "since": DAY,
            "until": null(DAY),
            "learned": {**null(DAY), "description": "When the ledger learned of a version in force before"},
            "in_force_here": YES_NO,
            "started_by": several(TEXT),
            "stopped_by": several(TEXT),
            "citation": named("Citation"),
        }
    ),
    "WhatIf": shape(
        {
            "items": several(
                shape(
                    {
                        "file_no": TEXT,
                        "number": TEXT,
                        "clock": ID,
                        "profile": TEXT,
                        "rule": TEXT,
                        "title": WORDS,
                        "matter": TEXT,
                        "leg": WHOLE,
                        "party": TEXT,
                        "before": null(SUPPOSED),
                        "after": null(SUPPOSED),
                        "why": shape(
                            {"code": {"type": "string", "enum": list(WHY)}, "keys": several(TEXT), "text": WORDS}
                        ),
                    }
                )
            ),
            "totals": shape(
                {
                    "files": WHOLE,
                    "clocks": WHOLE,
                    "changed": WHOLE,
                    "departments": several(
                        shape({"department": TEXT, "before": COUNTS, "after": COUNTS, "changed": WHOLE})
                    ),
                }
            ),
            "next": null(TEXT),
            "rehearsal": YES_NO,
        }
    ),
    "Rules": shape({"items": several(named("Rule"))}),
    "Calendar": shape(
        {
            "calendar": TEXT,
            "covered_through": DAY,
            "items": several(
                shape(
                    {
                        "date": DAY,
                        "weekday": TEXT,
                        "kind": {"type": "string", "enum": [each.value for each in Kind]},
                        "provisional": YES_NO,
                    }
                )
            ),
            "editions": several(named("Edition")),
            "unread": {
                **several(shape({"calendar": TEXT, "year": WHOLE})),
                "description": "Years whose local notice is not known, which makes no day provisional",
            },
        }
    ),
}
"""What lists, rules and days look like."""
