"""The shape of a notice of doubt (存疑通知) as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping

from api.v1.shapes import ID, INSTANT, TEXT, WHOLE, WORDS, YES_NO, Shape, named, null, several, shape
from application.doubts import LAW, SIGNING, VERIFICATION

DOUBT_SHAPES: Mapping[str, Shape] = {
    "Notice": shape(
        {
            "kind": {"type": "string", "enum": [VERIFICATION, SIGNING, LAW]},
            "since": INSTANT,
            "to": {**several(TEXT), "description": "The organs that are told"},
            "told": WORDS,
            "causes": several(TEXT),
            "findings": {**several(TEXT), "description": "The first of them"},
            "count": WHOLE,
            "case": {**null(TEXT), "description": "Where it is on record"},
            "event_id": null(ID),
        }
    ),
    "Notices": shape({"items": several(named("Notice")), "rehearsal": YES_NO}),
}
