"""The auditor's desk over all cases (审计): who did what in a stretch of time, and what is overdue otherwise today than was known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from flask import Response
from marshmallow import ValidationError, fields, validate, validates_schema

from api.context import answer, place, reader, wiring
from api.openapi import Blueprint
from api.v1 import cursors
from api.v1.fields import Text
from api.v1.listing import Listed, asked, cursor, listed, question, views, word
from api.v1.moments import Days, QueryInstant
from api.v1.numbers import LONGEST, case_named
from api.v1.steps import PREFIX
from application.comparing import compared_clocks
from application.ports import OCCURRED, RECORDED
from application.shown import in_china
from domain.kernel import file_id
from domain.law.clock import CHINA

HISTORY = Blueprint("history", __name__, url_prefix=PREFIX, description="What happened, and what was known of it when")


class Searched(Listed, Days):
    """Which events."""

    time = fields.String(
        load_default=RECORDED,
        validate=validate.OneOf([RECORDED, OCCURRED]),
        metadata={"description": "Whether the days are those of recording or those of the act"},
    )
    department = word("Whose act it was, or who recorded it")
    officer = word("Who recorded it")
    event = word("Type of the event, `complaint.accepted`")
    type = word("Case type")
    file_no = Text(longest=LONGEST, metadata={"description": "File number"})
    case = Text(longest=LONGEST, metadata={"description": "Number or id of a case"})


class Apart(Listed):
    """Which overdue clocks, at which instant."""

    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100), metadata={"description": "Rows of a page"})
    as_of = QueryInstant(metadata={"description": "The instant; now if not given"})
    department = word("Who owes the act, then or today")
    rule = word("Rule id")
    severity = fields.String(validate=validate.OneOf(["hard", "soft"]))
    type = word("Case type")

    @validates_schema
    def pages_are_of_one_instant(self, data: Mapping[str, Any], **options: Any) -> None:
        """A further page says the instant of the first."""
        if "cursor" in data and "as_of" not in data:
            raise ValidationError("must be said with a cursor: `as_of` of the first page", "as_of")


@HISTORY.route("/history")
@HISTORY.arguments(Searched(), location="query")
@HISTORY.documented("HistoryRows", 422, 503, summary="Who did what in these days, latest first")
def history(query: dict[str, Any]) -> Response:
    """Events of cases that the caller may read, as they were recorded; what they say in full stands in their cases."""
    filters = asked_of(query)
    page = views(query).history(reader(), filters, query["time"], cursor("history", query), query["limit"])
    return listed("history", query, page, **{"from": query["from_"], "to": query["to"], "time": query["time"]})


def asked_of(query: Mapping[str, Any]) -> dict[str, Any]:
    """The filters of a question as the list takes them: days become instants, numbers ids."""
    return {
        **{name: query.get(name) for name in ("department", "officer", "event", "type")},
        "file": file_id(query["file_no"]) if query.get("file_no") else None,
        "case": case_named(query["case"]) if query.get("case") else None,
        "begin": datetime.combine(query["from_"], time(), CHINA),
        "end": datetime.combine(query["to"] + timedelta(days=1), time(), CHINA),
    }


@HISTORY.route("/overdue/differences")
@HISTORY.arguments(Apart(), location="query")
@HISTORY.documented(
    "OverdueDifferences", 422, 503, summary="What is overdue at an instant otherwise today than was known then, and why"
)
def overdue_differences(query: dict[str, Any]) -> Response:
    """On the list only then, only today, or due otherwise or owed by others. A page may hold fewer rows than asked for."""
    lists, filters, here = views(query), asked(query), place()
    as_of = in_china(filters.pop("as_of", None) or wiring().now())
    said = question("overdue/differences", {**query, "as_of": as_of})
    page = lists.overdue_apart(reader(), filters, as_of, cursors.decode(query.get("cursor"), said), query["limit"])
    body = {
        "items": list(compared_clocks(here.ledger, reader(), page.items, as_of)),
        "next": cursors.encode(page.next, said),
        "rehearsal": here.ledger.rehearsal,
        "position": page.position,
        "as_of": as_of,
    }
    return answer(body)
