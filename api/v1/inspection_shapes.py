"""The shapes of inspectors' lists and figures (督查清单格式) as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping

from api.v1.list_shapes import listed
from api.v1.shapes import (
    ANYTHING,
    DAY,
    ID,
    INSTANT,
    MOMENT,
    SHARE,
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

DAYS = shape({"calendar_days": WHOLE, "working_days": WHOLE})
RULE = {"rule": TEXT, "profile": TEXT}
CITED = {"title": WORDS, "citation": named("Citation")}
COUNTED = {
    "met": WHOLE,
    "late": WHOLE,
    "open": WHOLE,
    "open_late": WHOLE,
    "on_time_of_closed": null(SHARE),
    "on_time_of_due": null(SHARE),
}
PERCENTILES = shape({"p50": null(SHARE), "p90": null(SHARE)})
SPAN = {"from": DAY, "to": DAY}

INSPECTION_SHAPES: Mapping[str, Shape] = {
    "Card": shape(
        {
            "id": ID,
            "kind": {"type": "string", "enum": ["yellow", "red"]},
            "clock": ID,
            **RULE,
            "department": TEXT,
            "case_number": TEXT,
            "file_no": TEXT,
            "record": TEXT,
            "severity": null(TEXT),
            "due": MOMENT,
            "given_at": INSTANT,
            "state": TEXT,
            "ended_at": null(INSTANT),
            "verdict": null(TEXT),
            "cause": null(ID),
            "edition": null(TEXT),
            "done_at": null(INSTANT),
            "explained_by": null(TEXT),
            **CITED,
        }
    ),
    "CardRows": listed("Card", as_of=INSTANT),
    "Letter": shape(
        {
            "letter": TEXT,
            "kind": TEXT,
            "record": TEXT,
            "file_no": TEXT,
            "to": TEXT,
            "issuer": TEXT,
            "issued_at": INSTANT,
            "answer_by": DAY,
            "state": TEXT,
            "about_case": null(TEXT),
            "follows": null(TEXT),
            "clocks": several(ID),
            "rules": several(TEXT),
            "acknowledged_at": null(INSTANT),
            "answered_at": null(INSTANT),
            "caused_by": null(TEXT),
            "decided_at": null(INSTANT),
            "escalated_to": null(TEXT),
            "escalated_at": null(INSTANT),
            "circulated_at": null(INSTANT),
            "overdue": YES_NO,
            "late_by": null(DAYS),
        }
    ),
    "LetterRows": listed("Letter", as_of=INSTANT),
    "LetterText": shape({"letter": TEXT, "facts": ANYTHING, "issued_at": INSTANT, "issuer": TEXT, "text": TEXT}),
    "Extension": shape(
        {
            "id": ID,
            "clock": ID,
            "number": TEXT,
            "file_no": TEXT,
            "type": TEXT,
            "matter": TEXT,
            **RULE,
            "department": TEXT,
            "calendar": TEXT,
            "kind": {"type": "string", "enum": ["pause", "extension"]},
            "event_type": TEXT,
            "by": TEXT,
            "detail": null(TEXT),
            "begun_at": INSTANT,
            "begun_recorded_at": INSTANT,
            "ended_at": null(INSTANT),
            "ended_recorded_at": null(INSTANT),
            "due_before": null(DAY),
            "due_after": null(DAY),
            "paused_for": null(DAYS),
            "gained": null(DAYS),
            "outliers": several(TEXT),
            **CITED,
        }
    ),
    "ExtensionRows": listed("Extension", as_of=INSTANT),
    "Transit": shape(
        {
            "id": ID,
            "case": ID,
            "number": TEXT,
            "file_no": TEXT,
            "type": TEXT,
            "matter": TEXT,
            "sender": TEXT,
            "department": TEXT,
            "sent_at": INSTANT,
            "returning": YES_NO,
            "waiting": DAYS,
        }
    ),
    "TransitRows": listed("Transit", as_of=INSTANT, days=WHOLE),
    "Ageing": shape(
        {
            "id": ID,
            **RULE,
            "matter": TEXT,
            "case": ID,
            "number": TEXT,
            "file_no": TEXT,
            "type": TEXT,
            "leg": WHOLE,
            "department": TEXT,
            "start": DAY,
            "calendar": TEXT,
            "created_by": ID,
            "waiting": DAYS,
            **CITED,
        }
    ),
    "AgeingRows": listed("Ageing", as_of=INSTANT),
    "Returned": shape(
        {
            "number": TEXT,
            "file_no": TEXT,
            "type": TEXT,
            "matter": TEXT,
            "sent_at": INSTANT,
            "arrived_at": null(INSTANT),
            "returned_at": INSTANT,
            "received_at": null(INSTANT),
            "grounds": null(TEXT),
            "lost": DAYS,
        }
    ),
    "ReturnPair": shape(
        {
            "sender": TEXT,
            "returned_by": TEXT,
            "returns": WHOLE,
            "on_the_way_back": WHOLE,
            "calendar_days": WHOLE,
            "working_days": WHOLE,
            "latest": several(named("Returned")),
        }
    ),
    "ReturnRows": listed("ReturnPair", as_of=INSTANT, **SPAN),
    "LeagueRow": shape(
        {
            "rank": null(WHOLE),
            "department": TEXT,
            **COUNTED,
            "explained": WHOLE,
            "soft": shape(COUNTED),
            "left_out": shape({"born_overdue": WHOLE, "derived": WHOLE, "not_counted": WHOLE}),
        }
    ),
    "LeagueRows": listed("LeagueRow", **SPAN),
    "HeatCell": shape(
        {
            "department": TEXT,
            **RULE,
            "severity": TEXT,
            "late": WHOLE,
            "still_open": WHOLE,
            "unit": {"type": "string", "enum": ["working_days", "calendar_days", "hours"]},
            "median": SHARE,
            "most": SHARE,
            **CITED,
        }
    ),
    "HeatRows": listed("HeatCell", **SPAN),
    "FlowWeek": shape(
        {
            "week": TEXT,
            **SPAN,
            "opened": WHOLE,
            "closed": WHOLE,
            "backlog": WHOLE,
            "calendar_days": PERCENTILES,
            "working_days": PERCENTILES,
        }
    ),
    "FlowRows": listed("FlowWeek", **SPAN),
}
"""What cards, letters, registers and figures look like."""
