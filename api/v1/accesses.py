"""Who looked at what (查阅记录): for inspectors and auditors, who are themselves recorded when they ask."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from api.context import answer, caller, place, reader
from api.openapi import Blueprint
from api.v1 import cursors
from api.v1.fields import Day, Text
from api.v1.listing import question, word
from api.v1.numbers import LONGEST, case_named
from api.v1.steps import PREFIX
from application.accesses import Outcome, may_read_accesses
from application.permissions import Forbidden
from domain.law.clock import CHINA

ACCESSES = Blueprint("accesses", __name__, url_prefix=PREFIX, description="Who looked at what, and who was refused")


class Looked(Schema):
    """Which recorded reads."""

    case = Text(longest=LONGEST, metadata={"description": "Number or id of a case; its whole file being read counts"})
    department = word("Whose officers looked")
    officer = word("Who looked")
    outcome = fields.String(validate=validate.OneOf([each.value for each in Outcome]))
    from_ = Day(data_key="from", metadata={"description": "On that day or later"})
    to = Day(metadata={"description": "On that day or before"})
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200), metadata={"description": "Rows of a page"})
    cursor = fields.String(validate=validate.Length(1, cursors.LONGEST), metadata={"description": "`next` of a page"})


@ACCESSES.route("/accesses")
@ACCESSES.arguments(Looked(), location="query")
@ACCESSES.documented("Accesses", 403, 422, 503, summary="Who looked at what and who was refused, latest first")
def accesses(query: dict[str, Any]) -> Response:
    """Shown to inspectors and auditors alone; of a file that bars one of them, not to that one."""
    here = place()
    if not may_read_accesses(here.ledger.register(), caller().organ):
        raise Forbidden("recorded reads are shown to inspectors and auditors")
    said = question("accesses", query)
    items, end = here.accesses.page(
        {**asked_of(query), "barred": reader().persons}, cursors.decode(query.get("cursor"), said), query["limit"]
    )
    return answer({"items": items, "next": cursors.encode(end, said), "rehearsal": here.ledger.rehearsal})


def asked_of(query: dict[str, Any]) -> dict[str, Any]:
    """The filters of a question as the list takes them: days become instants."""
    first, last = query.get("from_"), query.get("to")
    return {
        "case": case_named(query["case"]) if query.get("case") else None,
        **{name: query.get(name) for name in ("department", "officer", "outcome")},
        "begin": first and datetime.combine(first, time(), CHINA),
        "end": last and datetime.combine(last + timedelta(days=1), time(), CHINA),
    }
