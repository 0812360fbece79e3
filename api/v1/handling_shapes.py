"""The shapes of officers in charge and of their hand-over, as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping

from api.v1.list_shapes import listed
from api.v1.shapes import INSTANT, RECEIPT, TEXT, YES_NO, Shape, named, several, shape

HANDLING_SHAPES: Mapping[str, Shape] = {
    "Handling": shape({"case": TEXT, "file_no": TEXT, "organ": TEXT, "officer": TEXT, "since": INSTANT}),
    "Handlings": listed("Handling"),
    "HandedOver": shape(
        {
            "handed": several(named("Handling")),
            "refused": several(shape({"file_no": TEXT, "code": TEXT})),
            "files": {
                **several(shape({"file_no": TEXT, "replayed": YES_NO, "receipt": RECEIPT})),
                "description": "What was recorded, file by file; `replayed`: by an earlier request of the same words",
            },
            "rehearsal": YES_NO,
        }
    ),
}
