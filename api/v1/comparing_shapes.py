"""The shapes of comparisons and of history as JSON Schema: two moments of a case, the known beside the recomputed, who did what."""

from __future__ import annotations

from collections.abc import Mapping

from api.v1.list_shapes import SUPPOSED, listed
from api.v1.shapes import BASIS, DAY, ID, INSTANT, TEXT, WHOLE, WORDS, YES_NO, Shape, named, null, several, shape
from application.causes import CLOCK, CUSTODY, STATE
from application.worlds import Kind

MOMENT_OF_CASE = shape({"version": WHOLE, "as_of": null(INSTANT), "basis": BASIS, "final": YES_NO})
LINE = null(shape({"state": TEXT, "version": WHOLE}))
DIFFERENCE: Mapping[str, Shape] = {
    "about": {"type": "string", "enum": [CLOCK, CUSTODY, STATE]},
    "case": ID,
    "number": TEXT,
    "matter": null(TEXT),
    "clock": null(shape({"id": ID, "profile": TEXT, "rule": TEXT, "title": WORDS, "leg": WHOLE})),
    "known": null(named("Said")),
    "recomputed": null(named("Said")),
    "causes": several(named("Cause")),
}

COMPARING_SHAPES: Mapping[str, Shape] = {
    "CaseChanges": shape(
        {
            "case": ID,
            "number": TEXT,
            "from": MOMENT_OF_CASE,
            "to": MOMENT_OF_CASE,
            "events": several(named("Event")),
            "events_gone": several(named("Event")),
            "changes": several(shape({"path": TEXT, "from": {}, "to": {}})),
            "rehearsal": YES_NO,
        }
    ),
    "Said": {
        "description": "A verdict with the day since which its version of the rule is in force; or a state, or who holds",
        "anyOf": [
            {**SUPPOSED, "properties": {**SUPPOSED["properties"], "version_since": DAY}},
            shape({"state": TEXT}),
            shape({"holder": null(TEXT), "in_transit_to": null(TEXT)}),
        ],
    },
    "Cause": shape(
        {
            "kind": {"type": "string", "enum": [each.value for each in Kind]},
            "text": WORDS,
            "alone": {
                **YES_NO,
                "description": "With this kind of knowledge alone something else holds than was said then",
            },
            "needed": {**YES_NO, "description": "Without it something else holds than is said today"},
            "one_by_one": {**YES_NO, "description": "Facts were tried one by one, and those named make the difference"},
            "events": several(
                shape(
                    {
                        "event_id": ID,
                        "type": TEXT,
                        "case": ID,
                        "number": TEXT,
                        "version": WHOLE,
                        "occurred_at": INSTANT,
                        "recorded_at": INSTANT,
                        "department": TEXT,
                        "corrects": null(ID),
                    }
                )
            ),
            "editions": several(named("Edition")),
            "versions": several(shape({"profile": TEXT, "rule": TEXT, "since": DAY, "learned": null(DAY)})),
        }
    ),
    "Difference": shape(DIFFERENCE),
    "CaseDifferences": shape(
        {
            "case": ID,
            "number": TEXT,
            "known": LINE,
            "recomputed": LINE,
            "items": several(named("Difference")),
            "as_of": INSTANT,
            "rehearsal": YES_NO,
        }
    ),
    "HistoryRow": shape(
        {
            "event_id": ID,
            "type": TEXT,
            "name": TEXT,
            "case": ID,
            "number": null(TEXT),
            "case_type": TEXT,
            "file_no": null(TEXT),
            "version": WHOLE,
            "position": WHOLE,
            "occurred_at": INSTANT,
            "recorded_at": INSTANT,
            "recording_lag_calendar_days": WHOLE,
            "department": TEXT,
            "officer": TEXT,
            "on_behalf_of": null(TEXT),
            "reason": null(TEXT),
            "imported": YES_NO,
        }
    ),
    "HistoryRows": listed("HistoryRow", **{"from": DAY, "to": DAY, "time": TEXT}),
    "OverdueDifference": shape({"file_no": TEXT, "type": TEXT, **DIFFERENCE}),
    "OverdueDifferences": listed("OverdueDifference", as_of=INSTANT),
}
"""What comparisons look like."""
