"""Lists across cases (清单): search, what is overdue, what is due soon, who holds what, statistics. Read from projections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response
from marshmallow import ValidationError, fields, validate, validates_schema

from api.context import answer, place, reader, wiring
from api.openapi import Blueprint
from api.v1.fields import Day
from api.v1.listing import After, Listed
from api.v1.listing import asked as _asked
from api.v1.listing import cited as _cited
from api.v1.listing import cursor as _cursor
from api.v1.listing import listed as _listed
from api.v1.listing import views as _views
from api.v1.listing import word as _word
from api.v1.moments import AsOf
from api.v1.reads import find_clock, read
from api.v1.steps import PREFIX
from application.shown import in_china, shown_clock
from domain.file import KNOWN
from domain.law.clock import day_of

LISTS = Blueprint("lists", __name__, url_prefix=PREFIX, description="Lists across all cases of the jurisdiction")
MOST_DAYS = 260


class Search(Listed):
    """Which cases."""

    q = _word("Part of a case number, file number or party")
    department = _word("Holder or addressee")
    state = _word("State of the case")
    type = _word("Case type")
    file_no = _word("File number")
    open = fields.Boolean(metadata={"description": "Whether somebody holds it"})
    opened_from = Day()
    opened_through = Day()


class Overdue(Listed, AsOf):
    """Which overdue clocks, at which instant."""

    department = _word("Who owes the act")
    rule = _word("Rule id")
    severity = fields.String(validate=validate.OneOf(["hard", "soft"]))
    type = _word("Case type")


class DueSoon(Listed):
    """Which running clocks, within how many working days."""

    within = fields.Integer(
        load_default=5, validate=validate.Range(0, MOST_DAYS), metadata={"description": "Working days from today"}
    )
    department = _word("Who owes the act")
    rule = _word("Rule id")
    type = _word("Case type")


class Held(Listed):
    """Which open matters."""

    department = _word("Holder or addressee")
    type = _word("Case type")


class OnDay(After):
    """Which day."""

    on = Day(metadata={"description": "The day; today if not given"})


class Span(After):
    """Which days, counted by what."""

    from_ = Day(required=True, data_key="from")
    to = Day(required=True)
    by = fields.String(load_default="department", validate=validate.OneOf(["department", "rule", "month"]))

    @validates_schema
    def in_order(self, data: Mapping[str, Any], **options: Any) -> None:
        """A span does not end before it begins."""
        if "from_" in data and "to" in data and data["to"] < data["from_"]:
            raise ValidationError("must not lie before `from`", "to")


@LISTS.route("/cases")
@LISTS.arguments(Search(), location="query")
@LISTS.documented("CaseRows", 422, 503, summary="Search the register of cases, latest change first")
def cases(query: dict[str, Any]) -> Response:
    views, asked = _views(query), _asked(query)
    if "q" in asked:
        asked["text"] = asked.pop("q")
    page = views.search_cases(reader(), asked, _cursor("cases", query), query["limit"])
    return _listed("cases", query, page)


@LISTS.route("/overdue")
@LISTS.arguments(Overdue(), location="query")
@LISTS.documented("OverdueRows", 422, 503, summary="What is overdue, now or as of any instant")
def overdue(query: dict[str, Any]) -> Response:
    views, filters = _views(query), _asked(query)
    as_of, basis = filters.pop("as_of", None) or wiring().now(), filters.pop("basis")
    page = views.overdue(reader(), filters, as_of, basis, _cursor("overdue", query), query["limit"])
    return _listed("overdue", query, _cited(page), as_of=in_china(as_of), basis=basis)


@LISTS.route("/due")
@LISTS.arguments(DueSoon(), location="query")
@LISTS.documented("DueRows", 422, 503, summary="What is due within so many working days")
def due(query: dict[str, Any]) -> Response:
    views, filters = _views(query), _asked(query)
    ledger, today = place().ledger, day_of(wiring().now())
    calendar = ledger.calendars()[ledger.register().calendar]
    days = filters.pop("within")
    last = calendar.nth_workday(today, days) if days else today
    page = views.due(reader(), filters, today, last, _cursor("due", query), query["limit"])
    return _listed("due", query, _cited(page), first=today, last=last)


@LISTS.route("/holdings")
@LISTS.arguments(Held(), location="query")
@LISTS.documented("HoldingRows", 422, 503, summary="Who holds which open matter, longest first")
def holdings(query: dict[str, Any]) -> Response:
    page = _views(query).holdings(reader(), _asked(query), _cursor("holdings", query), query["limit"])
    return _listed("holdings", query, page)


@LISTS.route("/statistics")
@LISTS.arguments(Span(), location="query")
@LISTS.documented("StatisticsRows", 422, 503, summary="In time, late, open: by department, rule or month")
def statistics(query: dict[str, Any]) -> Response:
    first, last, by = query["from_"], query["to"], query["by"]
    page = _views(query).statistics(reader(), first, last, by)
    return _listed("statistics", query, page, **{"from": first, "to": last, "by": by})


@LISTS.route("/under-punishment")
@LISTS.arguments(OnDay(), location="query")
@LISTS.documented("PunishedRows", 422, 503, summary="Who is under a memo of joint punishment on a day")
def under_punishment(query: dict[str, Any]) -> Response:
    day = query.get("on") or day_of(wiring().now())
    items = _views(query).under_punishment(reader(), day)
    return answer({"items": items, "on": day, "rehearsal": place().ledger.rehearsal})


@LISTS.route("/cases/<case>/clocks/<clock>/judgements")
@LISTS.arguments(After(), location="query")
@LISTS.documented("Judgements", 404, 422, 503, summary="What was known of a clock when, its first verdict first")
def judgements(query: dict[str, Any], case: str, clock: str) -> Response:
    """`clock` is the id of a clock of the case, or of a rule: then its latest clock. No items: it was never judged again."""
    reading, found = read(case, {"basis": KNOWN})
    known = find_clock(reading, found, clock)
    items = [_judgement(row) for row in _views(query).judgements(known.id)]
    return answer({"clock": shown_clock(known, reading.judge(known)), "items": items, "rehearsal": reading.rehearsal})


def _judgement(row: Mapping[str, Any]) -> dict[str, Any]:
    due_at, stopped = row["due_at"], row["stopped_at"]
    return {
        "n": row["n"],
        "known_from": in_china(row["known_from"]),
        "due": row["due_on"] if due_at is None else in_china(due_at),
        "provisional": row["provisional"],
        "state": row["state"],
        "stopped_at": stopped and in_china(stopped),
        "cause": row["cause"],
        "edition": row["edition"],
    }
