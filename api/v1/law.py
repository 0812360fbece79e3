"""The law as data (规则与日历): every rule with its citation, and which days count."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from api.context import answer, place, wiring
from api.errors import Invalid
from api.openapi import Blueprint
from api.v1.fields import SHORT
from api.v1.moments import Days, QueryInstant
from api.v1.steps import PREFIX
from application.handle import NotFound
from application.shown import shown_citation, shown_edition
from domain.law.clock import day_of
from domain.law.limit import TimeLimit
from domain.law.wording import WEEKDAYS_EN, span_text

LAW = Blueprint("law", __name__, url_prefix=PREFIX, description="Rules and calendars")


class WhichRules(Schema):
    """Which rules."""

    profile = fields.String(validate=validate.Length(1, SHORT), metadata={"description": "Rule profile"})
    enforced = fields.Boolean(metadata={"description": "Only rules that run, or only those that are merely cited"})


class WhichDays(Days):
    """Which days of which calendar."""

    jurisdiction = fields.String(
        validate=validate.Length(1, SHORT), metadata={"description": "Calendar; that of the ledger if not given"}
    )
    as_of = QueryInstant(metadata={"description": "Under the notices known at this instant"})


@LAW.route("/rules")
@LAW.arguments(WhichRules(), location="query")
@LAW.documented("Rules", 422, summary="Every version of every rule")
def rules(query: dict[str, Any]) -> Response:
    found = [
        _rule(each)
        for each in place().ledger.rulebook.limits
        if query.get("profile") in (None, each.profile) and query.get("enforced") in (None, each.enforced)
    ]
    return answer({"items": found})


@LAW.route("/rules/<rule>")
@LAW.documented("Rules", 404, summary="The versions of one rule, in every profile that has it")
def rule(rule: str) -> Response:
    found = [_rule(each) for each in place().ledger.rulebook.limits if each.id == rule]
    if not found:
        raise NotFound(f"rule {rule}")
    return answer({"items": found})


@LAW.route("/calendar")
@LAW.arguments(WhichDays(), location="query")
@LAW.documented("Calendar", 422, summary="Which days count, under which notices")
def calendar(query: dict[str, Any]) -> Response:
    ledger, first, last = place().ledger, query["from_"], query["to"]
    as_of = query.get("as_of")
    calendars, name = ledger.calendars(as_of), query.get("jurisdiction") or ledger.register(as_of).calendar
    if name not in calendars:
        raise Invalid({"jurisdiction": [f"no calendar {name}"]})
    known = calendars[name]
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    body = {
        "calendar": name,
        "covered_through": known.covered_through,
        "items": [
            {
                "date": day,
                "weekday": WEEKDAYS_EN[day.weekday()],
                "kind": known.kind(day),
                "provisional": known.provisional(day),
            }
            for day in days
        ],
        "editions": [shown_edition(each) for each in known.editions(first, last)],
        "unread": [{"calendar": local, "year": year} for local, year in known.unread(first, last)],
    }
    return answer(body)


def _rule(limit: TimeLimit) -> dict[str, Any]:
    today, profiles = day_of(wiring().now()), place().ledger.register().profiles
    span = limit.within
    return {
        "id": limit.id,
        "profile": limit.profile,
        "title": {"zh": limit.title_zh, "en": limit.title_en},
        "within": {
            "amount": span.amount,
            "unit": span.unit,
            "text": {"zh": span_text(span, 0), "en": span_text(span, 1)},
        },
        "owed_by": limit.owed_by,
        "severity": limit.severity,
        "status": limit.status,
        "conditional": limit.conditional,
        "right": limit.right,
        "advisory": limit.advisory,
        "enforced": limit.enforced,
        "why_not": limit.why_not,
        "reading": limit.reading,
        "since": limit.since,
        "until": limit.until,
        "learned": limit.learned,
        "in_force_here": limit.profile in (*profiles, "any") and limit.in_force(today),
        "started_by": list(dict.fromkeys(each.on for each in limit.starts)),
        "stopped_by": list(dict.fromkeys(each.on for each in limit.stops)),
        "citation": shown_citation(limit.citation),
    }
