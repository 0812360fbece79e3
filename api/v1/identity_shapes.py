"""The shapes of what is shown of who complains (身份), as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping

from api.v1.shapes import DAY, ID, INSTANT, RECEIPT, TEXT, WHOLE, WORDS, YES_NO, Shape, null, several, shape
from domain.cases.identity_access.values import KINDS, Value

SHOWN = {
    "value": {"type": "string", "enum": [each.value for each in Value]},
    "field": {"type": "string", "enum": list(KINDS)},
    "reference": ID,
    "text": {**null(TEXT), "description": "Null where it was erased"},
    "erased": null(WORDS),
}

IDENTITY_SHAPES: Mapping[str, Shape] = {
    "SameComplainant": shape(
        {
            "cases": {**several(TEXT), "description": "Numbers of cases that may be of the same complainant"},
            "others": {**WHOLE, "description": "How many more there are that the caller may not read"},
            "rehearsal": YES_NO,
        }
    ),
    "IdentityView": shape(
        {
            "about": TEXT,
            "access": TEXT,
            "until": DAY,
            "event_id": ID,
            "viewed_at": INSTANT,
            "viewer": shape({"organ": TEXT, "officer": TEXT}),
            "watermark": {**TEXT, "description": "To be printed over whatever shows the text"},
            "values": several(shape(SHOWN)),
            "receipt": RECEIPT,
            "rehearsal": YES_NO,
        }
    ),
}
"""What answers about identities look like."""
