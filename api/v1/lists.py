"""Lists across cases (清单): search, what is overdue, what is due soon, who holds what, statistics. Read from projections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.context import answer, place, wiring
from api.errors import NotYetVisible
from api.openapi import Blueprint
from api.v1 import cursors
from api.v1.fields import SHORT, Day
from api.v1.moments import AsOf
from api.v1.reads import find_clock, read
from api.v1.steps import PREFIX
from application.ports import Page, Views
from application.shown import in_china, shown_citation, shown_clock
from domain.file import KNOWN
from domain.law.clock import day_of
from domain.law.limit import TimeLimit

LISTS = Blueprint("lists", __name__, url_prefix=PREFIX, description="Lists across all cases of the jurisdiction")
PATIENCE = 5.0
MOST_DAYS = 260


def _word(description: str) -> fields.String:
    return fields.String(validate=validate.Length(1, SHORT), metadata={"description": description})


class Listed(Schema):
    """How much of a list, and from where."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200), metadata={"description": "Rows of a page"})
    cursor = fields.String(validate=validate.Length(1, cursors.LONGEST), metadata={"description": "`next` of a page"})
    after = fields.UUID(metadata={"description": "Token of a write: wait until the list shows it"})


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


class OnDay(Schema):
    """Which day."""

    on = Day(metadata={"description": "The day; today if not given"})
    after = fields.UUID(metadata={"description": "Token of a write: wait until the list shows it"})


class After(Schema):
    """Not before which write."""

    after = fields.UUID(metadata={"description": "Token of a write: wait until the list shows it"})


class Span(Schema):
    """Which days, counted by what."""

    from_ = Day(required=True, data_key="from")
    to = Day(required=True)
    by = fields.String(load_default="department", validate=validate.OneOf(["department", "rule", "month"]))
    after = fields.UUID(metadata={"description": "Token of a write: wait until the list shows it"})

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
    page = views.search_cases(asked, _cursor("cases", query), query["limit"])
    return _listed("cases", query, page)


@LISTS.route("/overdue")
@LISTS.arguments(Overdue(), location="query")
@LISTS.documented("OverdueRows", 422, 503, summary="What is overdue, now or as of any instant")
def overdue(query: dict[str, Any]) -> Response:
    views, filters = _views(query), _asked(query)
    as_of, basis = filters.pop("as_of", None) or wiring().now(), filters.pop("basis")
    page = views.overdue(filters, as_of, basis, _cursor("overdue", query), query["limit"])
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
    page = views.due(filters, today, last, _cursor("due", query), query["limit"])
    return _listed("due", query, _cited(page), first=today, last=last)


@LISTS.route("/holdings")
@LISTS.arguments(Held(), location="query")
@LISTS.documented("HoldingRows", 422, 503, summary="Who holds which open matter, longest first")
def holdings(query: dict[str, Any]) -> Response:
    page = _views(query).holdings(_asked(query), _cursor("holdings", query), query["limit"])
    return _listed("holdings", query, page)


@LISTS.route("/statistics")
@LISTS.arguments(Span(), location="query")
@LISTS.documented("StatisticsRows", 422, 503, summary="In time, late, open: by department, rule or month")
def statistics(query: dict[str, Any]) -> Response:
    first, last, by = query["from_"], query["to"], query["by"]
    page = _views(query).statistics(first, last, by)
    return _listed("statistics", query, page, **{"from": first, "to": last, "by": by})


@LISTS.route("/under-punishment")
@LISTS.arguments(OnDay(), location="query")
@LISTS.documented("PunishedRows", 422, 503, summary="Who is under a memo of joint punishment on a day")
def under_punishment(query: dict[str, Any]) -> Response:
    day = query.get("on") or day_of(wiring().now())
    items = _views(query).under_punishment(day)
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


def _views(query: Mapping[str, Any]) -> Views:
    """The lists, once they show the write that the caller waits for."""
    views, token = place().views, query.get("after")
    if isinstance(token, UUID) and not views.wait_for(token, PATIENCE):
        raise NotYetVisible
    return views


def _asked(query: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in query.items() if key not in ("limit", "cursor", "after")}


def _question(name: str, query: Mapping[str, Any]) -> dict[str, Any]:
    return {"list": name, "ledger": place().name, **_asked(query)}


def _cursor(name: str, query: Mapping[str, Any]) -> Any:
    return cursors.decode(query.get("cursor"), _question(name, query))


def _listed(name: str, query: Mapping[str, Any], page: Page, **more: Any) -> Response:
    body = {
        "items": page.items,
        "next": cursors.encode(page.next, _question(name, query)),
        "rehearsal": place().ledger.rehearsal,
        "position": page.position,
        **more,
    }
    return answer(body)


def _cited(page: Page) -> Page:
    """The page with title and citation of each row's rule."""
    rules: dict[tuple[str, str], TimeLimit] = {(each.profile, each.id): each for each in place().ledger.rulebook.limits}
    items = [{**row, **_words(rules[row["profile"], row["rule"]])} for row in page.items]
    return Page(items, page.position, page.next)


def _words(limit: TimeLimit) -> dict[str, Any]:
    return {
        "title": {"zh": limit.title_zh, "en": limit.title_en},
        "citation": shown_citation(limit.citation),
    }
