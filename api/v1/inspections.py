"""What inspectors look at (督查清单): cards, letters, pauses and extensions, what is stuck, what ages; as of any instant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response
from marshmallow import fields, validate

from api.context import actor, answer, place, reader, wiring
from api.openapi import Blueprint
from api.v1.fields import Day
from api.v1.listing import Listed, asked, cited, cursor, listed, views, word
from api.v1.moments import QueryInstant
from api.v1.numbers import case_named
from api.v1.steps import PREFIX
from application.inspections import Listed as Wanted
from application.letters import text_of
from application.queries import read_letter
from application.shown import in_china, plain
from domain.cases.supervision.events import LetterKind

INSPECTIONS = Blueprint("inspections", __name__, url_prefix=PREFIX, description="What inspectors look at")
MOST_DAYS = 60


class KnownAt(Listed):
    """As the ledger knew it at an instant."""

    as_of = QueryInstant(metadata={"description": "As known at this instant; now if not given"})


class Cards(KnownAt):
    """Which cards."""

    department = word("Who owes the act")
    kind = fields.String(validate=validate.OneOf(["yellow", "red"]))
    rule = word("Rule id")
    file_no = word("Number of the supervised file")
    state = fields.String(
        validate=validate.OneOf(["standing", "done", "moved", "turned", "replaced", "withdrawn", "void"])
    )


class Letters(KnownAt):
    """Which letters."""

    department = word("Addressee")
    issuer = word("Who issued it")
    kind = fields.String(validate=validate.OneOf([each.value for each in LetterKind]))
    state = fields.String(
        validate=validate.OneOf(["issued", "acknowledged", "answered", "accepted", "refused", "withdrawn"])
    )
    file_no = word("Number of the supervised file")
    open = fields.Boolean(metadata={"description": "Whether it is still to be answered or decided on"})
    overdue = fields.Boolean(metadata={"description": "Whether its answer is overdue"})


class Extensions(KnownAt):
    """Which pauses and extensions."""

    department = word("Who owes the act")
    rule = word("Rule id")
    kind = fields.String(validate=validate.OneOf(["pause", "extension"]))
    outlier = fields.String(
        validate=validate.OneOf(["last-day", "last-tenth", "after-due", "retroactive", "any"]),
        metadata={"description": "Only those that stand out, and how"},
    )
    begun_from = Day()
    begun_through = Day()
    longest = fields.Boolean(load_default=False, metadata={"description": "Longest first, not latest"})


class InTransit(KnownAt):
    """What on the way."""

    department = word("Addressee, to whom the days are charged")
    sender = word("Who sent it")
    type = word("Case type")
    days = fields.Integer(
        load_default=3, validate=validate.Range(0, MOST_DAYS), metadata={"description": "Working days, or more"}
    )


class Ageing(KnownAt):
    """Which duties without a number of days."""

    department = word("Who owes the act")
    rule = word("Rule id")
    type = word("Case type")


def wanted(name: str, query: dict[str, Any]) -> tuple[Wanted, datetime]:
    """The question of a query, once the lists show the write that the caller waits for."""
    views(query)
    filters = asked(query)
    at = filters.pop("as_of", None) or wiring().now()
    return Wanted(filters, at, cursor(name, query), query["limit"]), at


@INSPECTIONS.route("/cards")
@INSPECTIONS.arguments(Cards(), location="query")
@INSPECTIONS.documented("CardRows", 422, 503, summary="Yellow and red cards, latest first")
def cards(query: dict[str, Any]) -> Response:
    question, at = wanted("cards", query)
    return listed("cards", query, cited(place().inspections.cards(reader(), question)), as_of=in_china(at))


@INSPECTIONS.route("/letters")
@INSPECTIONS.arguments(Letters(), location="query")
@INSPECTIONS.documented("LetterRows", 422, 503, summary="Letters of supervision, latest first")
def letters(query: dict[str, Any]) -> Response:
    question, at = wanted("letters", query)
    return listed("letters", query, place().inspections.letters(reader(), question), as_of=in_china(at))


@INSPECTIONS.route("/extensions")
@INSPECTIONS.arguments(Extensions(), location="query")
@INSPECTIONS.documented("ExtensionRows", 422, 503, summary="Register of pauses and extensions, with outliers")
def extensions(query: dict[str, Any]) -> Response:
    question, at = wanted("extensions", query)
    return listed("extensions", query, cited(place().inspections.extensions(reader(), question)), as_of=in_china(at))


@INSPECTIONS.route("/in-transit")
@INSPECTIONS.arguments(InTransit(), location="query")
@INSPECTIONS.documented("TransitRows", 422, 503, summary="Dispatched and not signed for, longest first")
def in_transit(query: dict[str, Any]) -> Response:
    question, at = wanted("in-transit", query)
    page = place().inspections.in_transit(reader(), question, query["days"])
    return listed("in-transit", query, page, as_of=in_china(at), days=query["days"])


@INSPECTIONS.route("/ageing")
@INSPECTIONS.arguments(Ageing(), location="query")
@INSPECTIONS.documented("AgeingRows", 422, 503, summary="Duties stated only as timely, oldest first; never overdue")
def ageing(query: dict[str, Any]) -> Response:
    question, at = wanted("ageing", query)
    return listed("ageing", query, cited(place().inspections.ageing(reader(), question)), as_of=in_china(at))


@INSPECTIONS.route("/cases/<case>/letters/<letter>")
@INSPECTIONS.documented("LetterText", 404, summary="One letter of a supervision record: its facts, and its text")
def letter(case: str, letter: str) -> Response:
    identifier = case_named(case)
    reading, entry = read_letter(place().ledger, identifier, letter, actor(), now=wiring().now())
    said = {"letter": letter, "facts": plain(entry.event), "issued_at": in_china(entry.occurred_at)}
    text = text_of(entry, reading.file, reading.file.cases[identifier], place().ledger.rulebook)
    return answer({**said, "issuer": entry.actor.acting_for, "text": text})
