"""Who complains (查阅身份): shown to the officer who was granted it, after the view is on record, with a watermark."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import Schema, fields

from api.context import actor, answer, correlation, place, wiring
from api.openapi import BUSINESS_TIME, RECORDING_TIME, Blueprint
from api.v1.fields import Several, Text
from api.v1.numbers import case_named
from api.v1.steps import PREFIX
from api.v1.times import times
from application.handle import Command
from application.identity import ERASED, Shown, look
from application.shown import in_china
from domain.cases.identity_access.values import KINDS, Value

IDENTITY = Blueprint("identity", __name__, url_prefix=PREFIX, description="Who complains: for whoever was granted it")
NO_STORE = {"Cache-Control": "no-store"}


class Looking(Schema):
    """What is to be seen, and what for."""

    values = Several(
        fields.Enum(Value, by_value=True),
        metadata={"description": "Which of the values that were granted; all of them if not given"},
    )
    purpose = Text(metadata={"description": "What this view is for; the motive of the request if not given"})


@IDENTITY.route("/identity/<case>/view", methods=["POST"], parameters=[BUSINESS_TIME, RECORDING_TIME])
@IDENTITY.arguments(Looking(), required=False)
@IDENTITY.documented("IdentityView", 400, 403, 404, 409, 413, 415, 422, 503, summary="See who complains, on record")
def view(body: dict[str, Any], case: str) -> Response:
    """`case`: the granted request (身份查阅). The officer of the credential looks, and nobody for them; each view is an event."""
    here, wired = place(), wiring()
    occurred_at, recorded_at = times(None, wired.now(), rehearsal=here.ledger.rehearsal)
    command = Command(
        case_type="identity_access",
        step="view",
        actor=actor(),
        occurred_at=occurred_at,
        case=case_named(case),
        arguments={"values": body.get("values"), "purpose": body.get("purpose")},
        correlation=correlation(),
        recorded_at=recorded_at,
    )
    shown = look(command, here.ledger, here.log.reveal, new_id=wired.new_id)
    return answer({**told(shown), "rehearsal": here.ledger.rehearsal}, headers=NO_STORE)


def told(shown: Shown) -> dict[str, Any]:
    """What the officer is told, under a watermark."""
    entry, grant = shown.view, shown.grant
    return {
        "about": grant.about,
        "access": grant.number,
        "until": grant.until,
        "event_id": entry.event_id,
        "viewed_at": in_china(entry.known_at()),
        "viewer": {"organ": entry.actor.department, "officer": entry.actor.officer},
        "watermark": _watermark(shown),
        "values": [
            {
                "value": KINDS[opened.field],
                "field": opened.field,
                "reference": opened.reference,
                "text": text,
                "erased": ERASED if text is None else None,
            }
            for opened, text in shown.texts
        ],
    }


def _watermark(shown: Shown) -> str:
    """Who looked, when, and under which event: to be printed over whatever shows the text."""
    entry = shown.view
    moment = in_china(entry.known_at()).isoformat(" ", "seconds")
    return f"保密 {entry.actor.department} {entry.actor.officer} {moment} {entry.event_id} 不得复制、传播"
