"""What would have been, over HTTP (推演): other rules or another calendar in the body; a page of the answer at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.context import answer, place, reader, wiring
from api.errors import Invalid
from api.openapi import Blueprint
from api.v1 import cursors
from api.v1.fields import Day, Text, YesNo
from api.v1.steps import PREFIX
from application.ports import BadCursor
from application.queries import reads_whole
from application.whatif import Difference, Law, NoSuchProfile, Supposing, other_calendar, other_rules
from application.whatif_shown import shown_difference, shown_totals
from domain.law.notice import BadEdition, parse_edition
from domain.law.rulebook import BadProfile

WHAT_IF = Blueprint("whatif", __name__, url_prefix=PREFIX, description="What would have been under another law")
EVENTS_OF_A_PAGE = 20_000
LONGEST = 500_000
LAST = UUID(int=2**128 - 1)


class SupposedRules(Schema):
    """Rules to tell history under."""

    name = fields.String(
        required=True,
        validate=[validate.Length(1, 100), validate.Regexp(r"[a-z][a-z0-9-]*")],
        metadata={"description": "Profile that they stand for"},
    )
    toml = Text(longest=LONGEST, required=True, metadata={"description": "The text of the profile"})
    adds = YesNo(load_default=False, metadata={"description": "Add versions to the profile, keep its other rules"})


class SupposedCalendar(Schema):
    """A holiday arrangement to tell history under."""

    toml = Text(longest=LONGEST, required=True, metadata={"description": "The text of the notice, TOML or JSON"})


class Suppose(Schema):
    """What to suppose, either rules or an arrangement, and of which files to tell."""

    profile = fields.Nested(SupposedRules)
    calendar = fields.Nested(SupposedCalendar)
    from_ = Day(data_key="from", metadata={"description": "Files that were open on that day or later"})
    to = Day(metadata={"description": "Files that were opened on that day or before"})
    limit = fields.Integer(
        load_default=200,
        strict=True,
        validate=validate.Range(1, 1_000),
        metadata={"description": "Differences after which a page ends with its file"},
    )
    cursor = fields.String(validate=validate.Length(1, cursors.LONGEST), metadata={"description": "`next` of a page"})

    @validates_schema
    def one_of_two(self, data: Mapping[str, Any], **options: Any) -> None:
        """Rules and arrangements are supposed one at a time."""
        if ("profile" in data) == ("calendar" in data):
            raise ValidationError("give either `profile` or `calendar`", "profile")


@WHAT_IF.route("/what-if", methods=["POST"])
@WHAT_IF.arguments(Suppose())
@WHAT_IF.documented(
    "WhatIf",
    400,
    413,
    415,
    422,
    503,
    summary="Which verdicts would be others under other rules or another calendar",
    description="Nothing is written; only files that the caller reads are told. Totals are those of the page: with `next`, ask on and add them up.",
    operationId="whatif",
)
def what_if(body: dict[str, Any]) -> Response:
    here = place()
    question = {name: value for name, value in body.items() if name not in ("cursor", "limit")}
    begin = _begin(cursors.decode(body.get("cursor"), question))
    supposing = _supposing(body)
    found: list[Difference] = []
    last: UUID | None = None
    looks = reader()
    for entries in here.log.whole_files(begin):
        if reads_whole(looks, here.ledger, entries):
            found += supposing.differences(entries)
        else:
            supposing.totals.events += len(entries)
        if len(found) >= body["limit"] or supposing.totals.events >= EVENTS_OF_A_PAGE:
            last = entries[0].file_id
            break
    following = None if last is None or last == LAST else (str(UUID(int=last.int + 1)),)
    return answer(
        {
            "items": [shown_difference(each) for each in found],
            "totals": shown_totals(supposing.totals),
            "next": cursors.encode(following, question),
            "rehearsal": here.ledger.rehearsal,
        }
    )


def _begin(cursor: tuple[str | int, ...] | None) -> UUID:
    if cursor is None:
        return UUID(int=0)
    try:
        return UUID(str(cursor[0]))
    except (ValueError, IndexError) as error:
        raise BadCursor("no cursor of this list") from error


def _supposing(body: dict[str, Any]) -> Supposing:
    key = "profile" if "profile" in body else "calendar"
    try:
        supposed = _rules(body[key]) if key == "profile" else _arrangement(body[key])
        return Supposing(place().ledger, supposed, wiring().now(), body.get("from_"), body.get("to"))
    except (BadProfile, BadEdition) as wrong:
        raise Invalid({key: {"toml": [str(wrong)]}}) from wrong
    except NoSuchProfile as unknown:
        raise Invalid({key: {"name": [f"no profile {unknown}"]}}) from unknown


def _rules(said: Mapping[str, Any]) -> Callable[[Law], Law]:
    limits = wiring().law.check_profile(said["toml"], f"{said['name']}.toml")
    return lambda present: other_rules(present, limits, profile=said["name"], adds=said["adds"])


def _arrangement(said: Mapping[str, Any]) -> Callable[[Law], Law]:
    edition = parse_edition(said["toml"], "calendar.toml")
    return lambda present: other_calendar(present, edition)
