"""The shapes of what the log answers, as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping

from api.v1.shapes import ID, INSTANT, TEXT, WHOLE, YES_NO, Shape, null, several, shape
from application.proofs import CHECKPOINT, RECEIPT

NOTE: Shape = {**TEXT, "description": "A signed note (C2SP signed-note)"}
HASH: Shape = {**TEXT, "description": "A hash of 32 bytes in base64"}

LOG_SHAPES: Mapping[str, Shape] = {
    "CheckpointText": NOTE,
    "PrintedPage": {**TEXT, "description": "A page that loads nothing"},
    "Octets": {"type": "string", "format": "binary"},
    "Consistency": shape(
        {
            "origin": TEXT,
            "from": WHOLE,
            "to": WHOLE,
            "hashes": several(HASH),
            "checkpoint_from": null(NOTE),
            "checkpoint_to": null(NOTE),
        }
    ),
    "LogKeys": shape(
        {
            "origin": TEXT,
            "items": several(
                shape(
                    {
                        "key": {**TEXT, "description": "A vkey (C2SP signed-note)"},
                        "purpose": {"type": "string", "enum": [CHECKPOINT, RECEIPT]},
                        "introduced_at": INSTANT,
                        "retired_at": null(INSTANT),
                    }
                )
            ),
            "rehearsal": YES_NO,
        }
    ),
    "Inclusion": shape(
        {
            "event": ID,
            "case": ID,
            "position": WHOLE,
            "size": WHOLE,
            "entry": {**TEXT, "description": "The entry of the log, of which the leaf is the hash"},
            "proof": {**TEXT, "description": "C2SP tlog-proof, the signed checkpoint included"},
            "rehearsal": YES_NO,
        }
    ),
    "Receipt": shape({"receipt": NOTE, "rehearsal": YES_NO}),
}
"""What the log answers looks like."""
