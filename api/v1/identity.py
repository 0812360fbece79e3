"""Identities (投诉人身份): shown to the officer who was granted it, after the view is on record, with a watermark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response
from marshmallow import Schema, ValidationError, fields, validates_schema

from api.context import actor, answer, caller, correlation, place, wiring
from api.openapi import BUSINESS_TIME, RECORDING_TIME, Blueprint
from api.v1.fields import SHORT, Several, Text
from api.v1.numbers import case_named
from api.v1.steps import PREFIX
from api.v1.times import times
from api.wiring import spend
from application.handle import Command
from application.identity import ERASED, Shown, look, may_ask_for_the_same, same
from application.permissions import Forbidden
from application.shown import in_china
from domain.cases.identity_access.values import KINDS, Value

IDENTITY = Blueprint("identity", __name__, url_prefix=PREFIX, description="Who complains: for whoever was granted it")
VIEWS, QUESTIONS, HOUR = 30, 20, 3600
"""How often an officer may look, and ask for the same complainant, in an hour."""
NO_STORE = {"Cache-Control": "no-store"}


class Looking(Schema):
    """What is to be seen, and what for."""

    values = Several(
        fields.Enum(Value, by_value=True),
        metadata={"description": "Which of the values that were granted; all of them if not given"},
    )
    purpose = Text(metadata={"description": "What this view is for; the motive of the request if not given"})


class Number(Schema):
    """The one number by which somebody may be recognised."""

    id_number = Text(longest=SHORT, metadata={"description": "Of a person's document, or the code of an organisation"})
    phone = Text(longest=SHORT, metadata={"description": "Telephone"})

    @validates_schema
    def is_one(self, data: Mapping[str, Any], **options: Any) -> None:
        """One number, no more and no less."""
        if len(data) != 1:
            raise ValidationError("give either `id_number` or `phone`", "id_number")


@IDENTITY.route("/identity/<case>/view", methods=["POST"], parameters=[BUSINESS_TIME, RECORDING_TIME])
@IDENTITY.arguments(Looking(), required=False)
@IDENTITY.documented(
    "IdentityView", 400, 403, 404, 409, 413, 415, 422, 429, 503, summary="See who complains, on record"
)
def view(body: dict[str, Any], case: str) -> Response:
    """`case`: the granted request (身份查阅). The officer of the credential looks, and nobody for them; each view is an event."""
    here, wired = place(), wiring()
    _spend("identity-view", VIEWS)
    here.receipts.ready()
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
    receipt = here.receipts.after(shown.view.event_id)
    return answer({**told(shown), "receipt": receipt, "rehearsal": here.ledger.rehearsal}, headers=NO_STORE)


@IDENTITY.route("/identity/same-complainant", methods=["POST"])
@IDENTITY.arguments(Number())
@IDENTITY.documented("SameComplainant", 400, 403, 413, 415, 422, 429, 503, summary="Has this complainant come before?")
def same_complainant(body: dict[str, str]) -> Response:
    """For officers who receive complaints. The cases *may* be of the same complainant: a mark of sixteen bits fits many.

    Those that the caller may read are named, the others counted. Names are never compared.
    """
    here = place()
    if not may_ask_for_the_same(actor(), here.ledger.register()):
        raise Forbidden("only officers who receive complaints ask for the same complainant")
    _spend("same-complainant", QUESTIONS)
    ((kind, text),) = body.items()
    found = same(actor(), here.ledger, here.log.marked_alike(kind, text))
    return answer(
        {"cases": list(found.numbers), "others": found.others, "rehearsal": here.ledger.rehearsal}, headers=NO_STORE
    )


def _spend(what: str, most: int) -> None:
    known = caller()
    with wiring().pool.connection() as connection:
        spend(connection, f"{what}:{known.jurisdiction}:{known.organ}:{known.officer}", most, HOUR)


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
