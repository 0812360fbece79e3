"""May this company or expert take part today (参与资格)? Asked by code or name, for any day, as known at any instant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response
from marshmallow import ValidationError, validates_schema

from api.context import answer, place, reader, wiring
from api.openapi import Blueprint
from api.v1.fields import SHORT, Day, Text, UsccCode
from api.v1.listing import After, views
from api.v1.moments import QueryInstant
from api.v1.steps import PREFIX
from application.eligibility import Asked, eligibility
from application.shown import in_china
from domain.law.clock import day_of
from domain.names import same_words

ELIGIBILITY = Blueprint(
    "eligibility",
    __name__,
    url_prefix=PREFIX,
    description="Who may take part in trades, and what is held against or for them",
)


class Whom(After):
    """Who is asked about, for which day, and as known when."""

    code = UsccCode()
    expert = Text(longest=SHORT, metadata={"description": "Number of an expert in the expert database"})
    name = Text(longest=SHORT, metadata={"description": "Name; may be another's too, which the answer then says"})
    on = Day(metadata={"description": "The day; today if not given"})
    as_of = QueryInstant(metadata={"description": "What was known at this instant; what is known now if not given"})

    @validates_schema
    def names_somebody(self, data: Mapping[str, Any], **options: Any) -> None:
        """One code at most, and something to go by."""
        if "code" in data and "expert" in data:
            raise ValidationError("cannot be combined with code", "expert")
        if not {"code", "expert", "name"} & set(data):
            raise ValidationError("a code, an expert's number or a name is needed", "code")


@ELIGIBILITY.route("/eligibility")
@ELIGIBILITY.arguments(Whom(), location="query")
@ELIGIBILITY.documented("Eligibility", 422, 503, summary="May this company or expert take part on a day?")
def may_take_part(query: dict[str, Any]) -> Response:
    """Yes or no with reasons: memos that bar and blacklist entries in force; beside them credit points and rewards.

    `may_take_part` is null where a name leaves open who is meant: `candidates` says who may be.
    """
    on, as_of = query.get("on") or day_of(wiring().now()), query.get("as_of")
    asked = asked_for(query.get("code"), query.get("expert"), query.get("name"))
    rows = views(query).standings(reader(), asked.code, asked.name, as_of)
    body = {
        "asked": {"code": query.get("code"), "expert_no": query.get("expert"), "name": query.get("name")},
        "on": on,
        "as_of": as_of and in_china(as_of),
        **eligibility(rows, asked, on),
        "rehearsal": place().ledger.rehearsal,
    }
    return answer(body)


def asked_for(code: str | None, expert: str | None, name: str | None) -> Asked:
    """Whom a question means, in the words of the list."""
    kinds = (("uscc", code), ("expert", expert))
    coded = next((f"{kind}:{same_words(said)}" for kind, said in kinds if said is not None), None)
    return Asked(coded, None if name is None else same_words(name))
