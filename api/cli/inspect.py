"""What inspectors look at (督查), from the command line: the same lists and figures as over HTTP, in lines or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import click

from api.cli.command import command, option
from api.cli.moments import as_of_option
from api.cli.places import jurisdiction_option
from api.cli.telling import tell
from api.cli.watched import watched
from api.cli.words import Words
from api.wiring import Place
from application.accesses import Outcome
from application.inspections import Listed, Span
from application.permissions import OPERATOR
from application.ports import Page
from application.shown import in_china
from domain.law.clock import day_of

PAGE = 200
YEAR = timedelta(days=365)
STUCK = 3

Ask = Callable[[Place, Listed, Span], Page]
LISTS: Mapping[str, Ask] = {
    "cards": lambda place, asked, span: place.inspections.cards(OPERATOR, asked),
    "letters": lambda place, asked, span: place.inspections.letters(OPERATOR, asked),
    "extensions": lambda place, asked, span: place.inspections.extensions(OPERATOR, asked),
    "in-transit": lambda place, asked, span: place.inspections.in_transit(OPERATOR, asked, STUCK),
    "ageing": lambda place, asked, span: place.inspections.ageing(OPERATOR, asked),
    "returns": lambda place, asked, span: place.inspections.returns(OPERATOR, asked, span),
}
"""Lists as of an instant."""

FIGURES: Mapping[str, Ask] = {
    "league": lambda place, asked, span: place.inspections.league(OPERATOR, span),
    "heatmap": lambda place, asked, span: place.inspections.heatmap(OPERATOR, span, asked.filters),
    "flow": lambda place, asked, span: place.inspections.flow(OPERATOR, span, asked.filters),
}
"""Figures of today over a span of days."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "cards": ("given_at", "kind", "case_number", "rule", "department", "due", "state", "explained_by"),
    "letters": ("issued_at", "letter", "kind", "to", "answer_by", "state", "caused_by", "late_by"),
    "extensions": ("begun_at", "number", "rule", "department", "kind", "due_before", "due_after", "outliers"),
    "in-transit": ("sent_at", "number", "sender", "department", "waiting"),
    "ageing": ("start", "number", "rule", "department", "waiting"),
    "returns": ("sender", "returned_by", "returns", "calendar_days", "working_days"),
    "league": ("rank", "department", "met", "late", "open", "open_late", "on_time_of_closed", "on_time_of_due", "explained"),
    "heatmap": ("department", "rule", "late", "still_open", "median", "most", "unit"),
    "flow": ("week", "opened", "closed", "backlog", "calendar_days", "working_days"),
}  # fmt: skip
"""What a line shows of a row."""


@command(
    "督查清单：黄牌红牌、函件、中止延长、在途、及时义务、退回、排名、热力、流量\n\n清单可截至过去任一时刻；统计以今日所知为准。",
    "Show what inspectors look at: cards, letters, pauses, what is stuck or ages, returns, and figures\n\n"
    "Lists can be asked as of any past instant; figures are of today.",
)
@click.argument("what", type=click.Choice([*LISTS, *FIGURES]))
@as_of_option
@option("--department", metavar="ORGAN", zh="责任机关或收函单位", en="Who owes, or was written to")
@option(
    "--from",
    "first",
    type=click.DateTime(["%Y-%m-%d"]),
    zh="起始日；默认一年前",
    en="First day; a year ago if not given",
)
@option(
    "--to", "last", type=click.DateTime(["%Y-%m-%d"]), zh="截止日；默认当日", en="Last day; that of --as-of or today"
)
@jurisdiction_option
def inspect(
    what: str,
    as_of: datetime | None,
    department: str | None,
    first: datetime | None,
    last: datetime | None,
    jurisdiction: str | None,
) -> None:
    with watched(jurisdiction, Outcome.LISTED) as (wiring, place):
        wiring.catch_up(place)
        at = as_of or wiring.now()
        span = _span(first, last, day_of(at))
        rows = _rows(place, what, {"department": department}, at, span)
    data = {
        "items": rows,
        "as_of": in_china(at),
        "from": span.first,
        "to": span.last,
        "rehearsal": place.ledger.rehearsal,
    }
    tell(data, [_line(what, row) for row in rows] or [Words("没有", "nothing")])


def _span(first: datetime | None, last: datetime | None, today: date) -> Span:
    through = today if last is None else last.date()
    since = through - YEAR if first is None else first.date()
    if since > through:
        raise click.BadParameter(str(Words("起始日晚于截止日", "begins after it ends")), param_hint="--from")
    return Span(since, through)


def _rows(place: Place, what: str, filters: Mapping[str, Any], at: datetime, span: Span) -> list[Any]:
    ask = LISTS.get(what) or FIGURES[what]
    rows: list[Any] = []
    cursor = None
    while True:
        page = ask(place, Listed(filters, at, cursor, PAGE), span)
        rows += page.items
        cursor = page.next
        if cursor is None:
            return rows


def _line(what: str, row: Mapping[str, Any]) -> str:
    return "  ".join(_text(row[name]) for name in COLUMNS[what])


def _text(value: Any) -> str:
    match value:
        case None:
            return "-"
        case datetime():
            return f"{in_china(value):%Y-%m-%d %H:%M}"
        case Mapping():
            return "/".join(_text(each) for each in value.values())
        case list():
            return ",".join(map(_text, value)) or "-"
        case float():
            return f"{value:g}"
    return str(value)
