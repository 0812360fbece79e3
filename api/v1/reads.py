"""Reads of one case or one file (查询): always folded from the file's events, so never behind what was written."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from api.context import actor, answer, place, wiring
from api.openapi import Blueprint
from api.v1.moments import AsOf, AsOfOrVersion, moment
from api.v1.numbers import case_named
from api.v1.steps import ETAG, PREFIX, hyphens
from application.handle import NotFound
from application.queries import Moment, Reading, read_case, read_file
from application.shown import (
    shown_case,
    shown_case_line,
    shown_clock,
    shown_custody,
    shown_event,
    shown_explanation,
    shown_matter,
    shown_moment,
)
from application.stage import stage
from domain.kernel import Case
from domain.law.clock import Clock

READS = Blueprint("cases", __name__, url_prefix=PREFIX, description="One case or one file, now or as of any instant")
AS_OF, AS_OF_OR_VERSION = AsOf(), AsOfOrVersion()


@READS.route("/cases/<case>")
@READS.arguments(AS_OF_OR_VERSION, location="query")
@READS.documented("CaseState", 404, 422, headers=ETAG, summary="State, holder, clocks and what the caller may do next")
def case_state(query: dict[str, Any], case: str) -> Response:
    reading, found = read(case, query)
    steps = reading.allowed_steps(actor(), found)
    path = f"{PREFIX}/{hyphens(found.TYPE)}/{found.id}"
    body = {
        **shown_case(reading, found),
        "allowed_steps": [{"step": each, "path": f"{path}/{hyphens(each)}"} for each in steps],
        **shown_moment(reading),
    }
    return answer(body, headers={"ETag": f'"{found.version}"'})


@READS.route("/cases/<case>/events")
@READS.arguments(AS_OF_OR_VERSION, location="query")
@READS.documented("Events", 404, 422, summary="What happened in the case, as it was recorded")
def case_events(query: dict[str, Any], case: str) -> Response:
    reading, found = read(case, query)
    return _items(reading, [shown_event(reading, each) for each in reading.entries_of(found.id or UUID(int=0))])


@READS.route("/cases/<case>/custody")
@READS.arguments(AS_OF, location="query")
@READS.documented("Custody", 404, 422, summary="Who held the matters of the case since when")
def case_custody(query: dict[str, Any], case: str) -> Response:
    reading, found = read(case, query)
    return _items(reading, shown_custody(reading, {each.id for each in reading.matters_of(found)}))


@READS.route("/cases/<case>/clocks")
@READS.arguments(AS_OF, location="query")
@READS.documented("Clocks", 404, 422, summary="The time limits of the case and what is true of them")
def case_clocks(query: dict[str, Any], case: str) -> Response:
    reading, found = read(case, query)
    return _items(reading, [shown_clock(each, reading.judge(each)) for each in reading.clocks_of(found)])


@READS.route("/cases/<case>/clocks/<clock>/explanation")
@READS.arguments(AS_OF, location="query")
@READS.documented("Explanation", 404, 422, summary="Why a due date is what it is, day by day")
def clock_explanation(query: dict[str, Any], case: str, clock: str) -> Response:
    """`clock` is the id of a clock of the case, or of a rule: then its latest clock."""
    reading, found = read(case, query)
    explanation = reading.explain(find_clock(reading, found, clock))
    return answer({**shown_explanation(explanation), **shown_moment(reading)})


@READS.route("/files/<file_no>")
@READS.arguments(AS_OF, location="query")
@READS.documented("FileState", 404, 422, summary="Everything of one file together")
def file_state(query: dict[str, Any], file_no: str) -> Response:
    reading = read_file(place().ledger, file_no, moment(query), actor(), now=wiring().now())
    file = reading.file
    body = {
        "file_no": file.number,
        "id": file.id,
        "version": file.version,
        "state": stage(file) if reading.sight.whole else None,
        "matters": [shown_matter(reading, each.id) for each in reading.matters],
        "cases": [shown_case_line(each) for each in reading.cases],
        "clocks": [shown_clock(each, reading.judge(each)) for each in reading.clocks],
        "events": [shown_event(reading, each) for each in reading.entries if each.case_type != "reservation"],
        "custody": shown_custody(reading, {each.id for each in reading.matters}),
        **shown_moment(reading),
    }
    return answer(body)


def read(case: str, query: dict[str, Any]) -> tuple[Reading, Case]:
    """The case that a path names, at the moment that a query asks about."""
    return read_at(case, moment(query))


def read_at(case: str, at: Moment) -> tuple[Reading, Case]:
    """The case that a path names, at a moment."""
    identifier = case_named(case)
    reading = read_case(place().ledger, identifier, at, actor(), now=wiring().now())
    return reading, reading.case(identifier)


def _items(reading: Reading, items: list[dict[str, Any]]) -> Response:
    return answer({"items": items, **shown_moment(reading)})


def find_clock(reading: Reading, case: Case, named: str) -> Clock:
    """The clock of a case with this id, or its latest one of this rule."""
    for clock in reversed(reading.clocks_of(case)):
        if named in (str(clock.id), clock.limit.id):
            return clock
    raise NotFound(f"clock {named}")
