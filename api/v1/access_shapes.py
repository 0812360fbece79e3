"""The shape of a recorded read as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping

from api.v1.shapes import ID, INSTANT, TEXT, WHOLE, YES_NO, Shape, named, null, several, shape
from application.accesses import Outcome

ACCESS_SHAPES: Mapping[str, Shape] = {
    "Access": shape(
        {
            "at": INSTANT,
            "organ": TEXT,
            "officer": TEXT,
            "credential": shape({"kind": TEXT, "id": TEXT}),
            "request_id": TEXT,
            "method": TEXT,
            "route": TEXT,
            "named": {**null(TEXT), "description": "The case or file as the caller wrote it"},
            "case": null(ID),
            "file": null(ID),
            "file_no": null(TEXT),
            "asked": {**TEXT, "description": "The rest of the question, secrets hidden, cut where it is long"},
            "outcome": {"type": "string", "enum": [each.value for each in Outcome]},
            "listed": {**null(WHOLE), "description": "How many rows were shown"},
        }
    ),
    "Accesses": shape({"items": several(named("Access")), "next": null(TEXT), "rehearsal": YES_NO}),
}
"""What recorded reads look like."""
