"""Figures over a span of days (统计图表): returns by pairs of departments, league table, heat map, and the flow of cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response
from marshmallow import fields, validate

from api.context import place, reader
from api.openapi import Blueprint
from api.v1.inspections import KnownAt, wanted
from api.v1.listing import After, asked, cited, listed, views, word
from api.v1.moments import Days
from api.v1.steps import PREFIX
from application.inspections import Span
from application.shown import in_china

FIGURES = Blueprint("figures", __name__, url_prefix=PREFIX, description="Figures over a span of days")


class OfToday(Days, After):
    """Figures of today."""


class Returns(Days, KnownAt):
    """Which returns."""

    department = word("Either of the two departments")
    type = word("Case type")


class Heat(OfToday):
    """Which late clocks."""

    department = word("Who owed the act")
    rule = word("Rule id")
    severity = fields.String(validate=validate.OneOf(["hard", "soft"]))


class Flow(OfToday):
    """Which cases."""

    department = word("Who opened the case")
    type = word("Case type")


@FIGURES.route("/returns")
@FIGURES.arguments(Returns(), location="query")
@FIGURES.documented("ReturnRows", 422, 503, summary="Ping-pong: who returned what to whom, and the days lost")
def returns(query: dict[str, Any]) -> Response:
    question, at = wanted("returns", query)
    page = place().inspections.returns(reader(), question, _span(query))
    return listed("returns", query, page, as_of=in_china(at), **_shown(query))


@FIGURES.route("/league")
@FIGURES.arguments(OfToday(), location="query")
@FIGURES.documented("LeagueRows", 422, 503, summary="League table of departments, with both on-time rates")
def league(query: dict[str, Any]) -> Response:
    views(query)
    return listed("league", query, place().inspections.league(reader(), _span(query)), **_shown(query))


@FIGURES.route("/heatmap")
@FIGURES.arguments(Heat(), location="query")
@FIGURES.documented("HeatRows", 422, 503, summary="Late clocks by department and rule, with the median lateness")
def heatmap(query: dict[str, Any]) -> Response:
    views(query)
    page = place().inspections.heatmap(reader(), _span(query), asked(query))
    return listed("heatmap", query, cited(page), **_shown(query))


@FIGURES.route("/flow")
@FIGURES.arguments(Flow(), location="query")
@FIGURES.documented("FlowRows", 422, 503, summary="Cases opened and closed, backlog and flow time by week")
def flow(query: dict[str, Any]) -> Response:
    views(query)
    return listed("flow", query, place().inspections.flow(reader(), _span(query), asked(query)), **_shown(query))


def _span(query: Mapping[str, Any]) -> Span:
    return Span(query["from_"], query["to"])


def _shown(query: Mapping[str, Any]) -> dict[str, Any]:
    return {"from": query["from_"], "to": query["to"]}
