"""What is overdue (逾期清单), now or as of any past instant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import click

from api.cli.command import command, option
from api.cli.comparing import lines_of
from api.cli.failing import NO, OK
from api.cli.moments import as_of_option, basis_option
from api.cli.picture import late_text, moment_text
from api.cli.places import jurisdiction_option
from api.cli.telling import tell
from api.cli.watched import watched
from api.cli.words import Words, language
from api.wiring import Place
from application.accesses import Outcome
from application.comparing import compared_clocks
from application.permissions import OPERATOR
from application.ports import Cursor, Page
from application.shown import in_china

PAGE = 200


@command(
    "列出逾期事项\n\n有逾期时退出码为 1。--why 对照当时所知与今日重算的清单，并给出原因；有不同时退出码为 1。",
    "List what is overdue\n\nExit code 1 if anything is. --why compares the list as known then with the one recomputed today, "
    "and says why they differ; exit code 1 if they do.",
)
@as_of_option
@basis_option
@option("--department", metavar="ORGAN", zh="责任机关", en="Who owes the act")
@option("--rule", metavar="ID", zh="规则编号", en="Id of the rule")
@option("--severity", type=click.Choice(["hard", "soft"]), zh="强制或原则性", en="Hard, or soft (原则上)")
@option("--why", is_flag=True, zh="当时所知与今日重算之别及原因", en="Known then against recomputed today, with causes")
@jurisdiction_option
def overdue(
    as_of: datetime | None,
    basis: str,
    department: str | None,
    rule: str | None,
    severity: str | None,
    why: bool,
    jurisdiction: str | None,
) -> int:
    filters = {"department": department, "rule": rule, "severity": severity, "type": None}
    with watched(jurisdiction, Outcome.LISTED) as (wiring, place):
        wiring.catch_up(place)
        at = as_of or wiring.now()
        if why:
            return _why(place, filters, at)
        rows = _rows(place, filters, at, basis)
        titles = {(each.profile, each.id): (each.title_zh, each.title_en) for each in place.ledger.rulebook.limits}
    data = {"items": rows, "as_of": in_china(at), "basis": basis, "rehearsal": place.ledger.rehearsal}
    nothing = Words("没有逾期事项", "nothing is overdue")
    tell(data, [_line(row, titles[row["profile"], row["rule"]]) for row in rows] or [nothing])
    return NO if rows else OK


def _rows(place: Place, filters: dict[str, str | None], at: datetime, basis: str) -> list[Any]:
    return _all(lambda cursor: place.views.overdue(OPERATOR, filters, at, basis, cursor, PAGE))


def _why(place: Place, filters: dict[str, str | None], at: datetime) -> int:
    def page_at(cursor: Cursor | None) -> Page:
        page = place.views.overdue_apart(OPERATOR, filters, at, cursor, PAGE)
        return replace(page, items=list(compared_clocks(place.ledger, OPERATOR, page.items, at)))

    items = _all(page_at)
    data = {"items": items, "as_of": in_china(at), "rehearsal": place.ledger.rehearsal}
    tell(data, list(lines_of(items)) or [Words("没有不同", "nothing differs")])
    return NO if items else OK


def _all(page_at: Callable[[Cursor | None], Page]) -> list[Any]:
    """The rows of all pages."""
    rows: list[Any] = []
    cursor = None
    while True:
        page = page_at(cursor)
        rows += page.items
        cursor = page.next
        if cursor is None:
            return rows


def _line(row: dict[str, Any], title: tuple[str, str]) -> str:
    where = f"{row['number']}  {row['rule']:<11} {row['party']:<6}"
    return f"{moment_text(row['due'])}  {where} {late_text(row.get('late_by'))}  {title[language() == 'en']}"
