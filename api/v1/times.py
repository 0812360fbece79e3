"""When an act happened and when it is recorded (办理时间与登记时间): said in the body; in a rehearsal also by headers."""

from __future__ import annotations

from datetime import datetime

from flask import request
from marshmallow import ValidationError

from api.errors import BadHeader
from api.v1.fields import Instant

BUSINESS, RECORDING = "Anjuan-Business-Time", "Anjuan-Recording-Time"
_INSTANT = Instant()


def times(said: datetime | None, now: datetime, *, rehearsal: bool) -> tuple[datetime, datetime | None]:
    """When the act occurred, and when it counts as recorded (None: when the ledger records it).

    A rehearsal whose caller sets only the business clock is recorded at that instant too.
    """
    business, recording = _header(BUSINESS, rehearsal=rehearsal), _header(RECORDING, rehearsal=rehearsal)
    recorded = recording or business
    return said or business or recorded or now, recorded


def _header(name: str, *, rehearsal: bool) -> datetime | None:
    text = request.headers.get(name)
    if text is None:
        return None
    if not rehearsal:
        raise BadHeader(f"{name} is for rehearsal ledgers only")
    try:
        return _INSTANT.deserialize(text)
    except ValidationError as error:
        raise BadHeader(f"{name} must be an instant with its offset") from error
