"""The shapes of answers as JSON Schema, by the names under which the OpenAPI document knows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from application.stage import STAGES
from domain.file import KNOWN, RECOMPUTED
from domain.law.clock import State
from domain.law.edition import Kind
from domain.law.explanation import COUNTED, DUE, PAUSED, ROLLED, START

Shape = dict[str, Any]

TEXT: Shape = {"type": "string"}
WHOLE: Shape = {"type": "integer"}
SHARE: Shape = {"type": "number"}
YES_NO: Shape = {"type": "boolean"}
ID: Shape = {"type": "string", "format": "uuid"}
DAY: Shape = {"type": "string", "format": "date"}
INSTANT: Shape = {"type": "string", "format": "date-time"}
MOMENT: Shape = {"anyOf": [DAY, INSTANT], "description": "A day, or an instant for rules by the hour"}
ANYTHING: Shape = {"type": "object", "additionalProperties": True}
BASIS: Shape = {"type": "string", "enum": [KNOWN, RECOMPUTED]}
STATE: Shape = {"type": "string", "enum": [each.value for each in State]}
WORDS: Shape = {"type": "object", "properties": {"zh": TEXT, "en": TEXT}, "required": ["zh", "en"]}


def null(shape: Shape) -> Shape:
    """The shape, or null."""
    return {**shape, "type": [shape["type"], "null"]} if "type" in shape else {"anyOf": [shape, {"type": "null"}]}


def several(shape: Shape) -> Shape:
    """A list of the shape."""
    return {"type": "array", "items": shape}


def named(name: str) -> Shape:
    """The shape with this name."""
    return {"$ref": f"#/components/schemas/{name}"}


def shape(always: Mapping[str, Shape], sometimes: Mapping[str, Shape] | None = None) -> Shape:
    """An object with these keys and no others; `sometimes` may be absent."""
    return {
        "type": "object",
        "properties": {**always, **(sometimes or {})},
        "required": list(always),
        "additionalProperties": False,
    }


RECEIPT: Shape = {
    **null(TEXT),
    "description": "A signed note (C2SP signed-note): which events were taken, the commitment to what is stored of each, when they "
    "are in the log. Null where nothing was recorded, or the database went away after it was: ask again with the same key",
}

WHEN = {"as_of": null(INSTANT), "basis": BASIS, "final": YES_NO, "rehearsal": YES_NO}
LINE = {"id": ID, "number": TEXT, "type": TEXT, "state": TEXT, "version": WHOLE, "matter": TEXT}
AGE = shape({"calendar_days": WHOLE, "working_days": WHOLE, "waiting": YES_NO})
LATE = shape({}, {"calendar_days": WHOLE, "working_days": WHOLE, "hours": SHARE})
DAY_KINDS = [START, COUNTED, PAUSED, ROLLED, DUE, *(each.value for each in Kind if each is not Kind.WORKDAY)]

PROBLEM: Shape = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "format": "uri", "description": "urn:anjuan:problem:<code>, stable"},
        "title": TEXT,
        "status": WHOLE,
        "detail": TEXT,
        "instance": TEXT,
        "code": {"type": "string", "description": "Why the law refuses, stable"},
        "article": shape({"instrument": TEXT, "clause": TEXT}),
        "text": WORDS,
        "facts": ANYTHING,
        "errors": ANYTHING,
        "version": WHOLE,
        "checks": several(ANYTHING),
    },
    "required": ["type", "title", "status"],
}

CLOCK_LINE = {
    "id": ID,
    "rule": TEXT,
    "profile": TEXT,
    "title": WORDS,
    "matter": TEXT,
    "case": ID,
    "leg": WHOLE,
    "party": TEXT,
    "start": MOMENT,
    "due": {"anyOf": [DAY, INSTANT, {"type": "null"}]},
    "state": STATE,
    "severity": TEXT,
    "status": TEXT,
    "conditional": YES_NO,
    "advisory": YES_NO,
    "provisional": YES_NO,
    "calendar": TEXT,
    "created_by": ID,
    "citation": named("Citation"),
}
CLOCK_MORE = {
    "stopped": MOMENT,
    "late_by": LATE,
    "lapsed_by_law": YES_NO,
    "pending_verification": YES_NO,
    "co_parties": several(TEXT),
    "born_overdue": YES_NO,
}

SHAPES: Mapping[str, Shape] = {
    "Problem": PROBLEM,
    "Citation": shape({"instrument": TEXT, "clause": TEXT, "quote": several(TEXT)}),
    "Clock": shape(
        {**CLOCK_LINE, "right": YES_NO, "final": YES_NO},
        {**CLOCK_MORE, "paused_from": DAY, "remaining_working_days": WHOLE, "in_time_by_recording": YES_NO},
    ),
    "Matter": shape(
        {
            "id": TEXT,
            "case": ID,
            "holder": null(TEXT),
            "in_transit_to": null(TEXT),
            "open": YES_NO,
            "since": null(INSTANT),
        }
    ),
    "Held": shape(
        {"matter": TEXT, "holder": null(TEXT), "since": INSTANT, "until": null(INSTANT), "in_transit": YES_NO},
        {"addressee": TEXT, "event_id": ID, "occurred_at": INSTANT},
    ),
    "Event": shape(
        {
            "event_id": ID,
            "type": TEXT,
            "name": TEXT,
            "case": ID,
            "number": TEXT,
            "version": WHOLE,
            "file_version": WHOLE,
            "position": null(WHOLE),
            "occurred_at": INSTANT,
            "recorded_at": INSTANT,
            "department": TEXT,
            "officer": TEXT,
            "on_behalf_of": null(TEXT),
            "reason": null(TEXT),
            "late_recorded": YES_NO,
            "recording_lag_calendar_days": WHOLE,
            "imported": YES_NO,
            "corrected_by": several(ID),
            "data": ANYTHING,
        }
    ),
    "CaseLine": shape(LINE),
    "CaseState": shape(
        {
            **LINE,
            "file_no": TEXT,
            "file_id": ID,
            "holder": null(TEXT),
            "in_transit_to": null(TEXT),
            "matters": several(named("Matter")),
            "clocks": several(named("Clock")),
            "allowed_steps": several(shape({"step": TEXT, "path": TEXT})),
            "summary": ANYTHING,
            "erased_on": {**null(DAY), "description": "When what the case keeps of its complainant was erased"},
            "opened_on": null(DAY),
            **WHEN,
        }
    ),
    "FileState": shape(
        {
            "file_no": TEXT,
            "id": ID,
            "version": WHOLE,
            "state": null({"type": "string", "enum": list(STAGES)}),
            "matters": several(named("Matter")),
            "cases": several(named("CaseLine")),
            "clocks": several(named("Clock")),
            "events": several(named("Event")),
            "custody": several(named("Held")),
            **WHEN,
        }
    ),
    "Events": shape({"items": several(named("Event")), **WHEN}),
    "Custody": shape({"items": several(named("Held")), **WHEN}),
    "Clocks": shape({"items": several(named("Clock")), **WHEN}),
    "Roster": shape(
        {
            "items": several(
                shape(
                    {
                        "department": TEXT,
                        "distributed": INSTANT,
                        "acknowledged": null(INSTANT),
                        "executed": several(shape({"measure": TEXT, "at": INSTANT})),
                        "to_acknowledge": null(AGE),
                        "to_execute": null(AGE),
                    }
                )
            ),
            **WHEN,
        }
    ),
    "Edition": shape(
        {"id": TEXT, "calendar": TEXT, "year": WHOLE, "notice": TEXT, "published": DAY, "url": null(TEXT)}
    ),
    "Explanation": shape(
        {
            "clock": named("Clock"),
            "days": several(
                shape(
                    {"date": DAY, "weekday": TEXT, "kind": {"type": "string", "enum": DAY_KINDS}},
                    {"number": WHOLE, "note": TEXT},
                )
            ),
            "text": WORDS,
            "citation": named("Citation"),
            "editions": several(named("Edition")),
            "unpublished_years": several(WHOLE),
            "reading": null(TEXT),
            **WHEN,
        }
    ),
    "PlanOpened": shape(
        {
            "plan": TEXT,
            "file_no": TEXT,
            "opened": several(TEXT),
            "unchanged": several(TEXT),
            "dry_run": YES_NO,
            "token": {
                **null(ID),
                "description": "Give it to a list as `after` to see the tasks in it; null if none was opened",
            },
            "receipt": RECEIPT,
            "rehearsal": YES_NO,
        }
    ),
    "Recorded": shape(
        {
            "case": ID,
            "number": TEXT,
            "type": TEXT,
            "file_no": TEXT,
            "version": WHOLE,
            "events": several(shape({"event_id": ID, "type": TEXT, "version": WHOLE, "case": ID})),
            "token": {**ID, "description": "Give it to a list as `after` to see this write in it"},
            "recorded_at": INSTANT,
            "replayed": YES_NO,
            "warnings": several(TEXT),
            "receipt": RECEIPT,
        }
    ),
    "Bulk": shape(
        {
            "items": several(
                shape(
                    {"index": WHOLE, "status": {**WHOLE, "description": "Of the command, as of a single request"}},
                    {"answer": named("Recorded"), "problem": named("Problem")},
                )
            ),
            "recorded": WHOLE,
            "refused": WHOLE,
        }
    ),
}
"""What answers about one case, one file, or one step look like."""
