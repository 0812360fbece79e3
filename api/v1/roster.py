"""The roster (执行名册) of a memo of joint punishment: which department was sent it, signed for it and carried it out."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.context import answer
from api.v1.reads import AS_OF, read
from api.v1.reads import READS as READS
from application.shown import shown_moment, shown_roster


@READS.route("/cases/<case>/roster")
@READS.arguments(AS_OF, location="query")
@READS.documented(
    "Roster", 404, 422, summary="Who signs for a memo of joint punishment and carries it out, and for how long"
)
def case_roster(query: dict[str, Any], case: str) -> Response:
    """The text says 及时 only: what is awaited ages and is never called late. Without a memo there are no items."""
    reading, found = read(case, query)
    return answer({"items": shown_roster(reading, found), **shown_moment(reading)})
