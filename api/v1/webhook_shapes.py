"""The shapes of webhooks and of what was put aside, as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping

from api.v1.shapes import ID, INSTANT, RECEIPT, TEXT, WHOLE, YES_NO, Shape, named, null, several, shape
from domain.cases.jurisdiction.webhook import Sending
from domain.cases.jurisdiction.webhook_events import WhyDisabled

WEBHOOK = {
    "id": ID,
    "url": TEXT,
    "description": null(TEXT),
    "topics": several(TEXT),
    "case_types": several(TEXT),
    "departments": several(TEXT),
    "state": {"type": "string", "enum": [each.value for each in Sending]},
    "why": null({"type": "string"}) | {"enum": [*(each.value for each in WhyDisabled), None]},
    "position": {**null(WHOLE), "description": "Up to here everything was delivered, put aside or not asked for"},
    "lag": null(WHOLE),
    "attempts": WHOLE,
    "retry_at": null(INSTANT),
    "failing_since": null(INSTANT),
    "failure": null(TEXT),
    "delivered_at": null(INSTANT),
    "dead_letters": WHOLE,
    "stopped": {**null(TEXT), "description": "The defect of the service at which sending ended"},
}
SECRETS = {"secrets": several(shape({"n": WHOLE, "made_at": INSTANT, "valid_until": null(INSTANT)}))}
SECRET = {**TEXT, "description": "Shown this once"}

WEBHOOK_SHAPES: Mapping[str, Shape] = {
    "Webhook": shape(WEBHOOK, SECRETS),
    "Webhooks": shape({"items": several(named("Webhook")), "rehearsal": YES_NO}),
    "WebhookMade": shape({"webhook": named("Webhook"), "secret": SECRET, "receipt": RECEIPT}),
    "WebhookChanged": shape({**WEBHOOK, "receipt": RECEIPT}, SECRETS),
    "WebhookRemoved": shape({"removed": ID, "receipt": RECEIPT}),
    "WebhookSecret": shape({"secret": SECRET, "old_until": INSTANT, "receipt": RECEIPT}),
    "WebhookTested": shape({"delivered": YES_NO, "status": null(WHOLE), "failure": null(TEXT)}),
    "DeadLetter": shape(
        {
            "position": WHOLE,
            "event_id": ID,
            "type": TEXT,
            "attempts": WHOLE,
            "reason": TEXT,
            "parked_at": INSTANT,
            "retry_asked_at": null(INSTANT),
        }
    ),
    "DeadLetters": shape({"items": several(named("DeadLetter")), "next": null(WHOLE)}),
    "Positions": shape({"positions": several(WHOLE)}),
}
"""What answers about webhooks look like."""
