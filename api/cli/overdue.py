"""What is overdue (逾期清单), now or as of any past instant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from api.cli.command import command, option
from api.cli.failing import NO, OK
from api.cli.moments import as_of_option, basis_option
from api.cli.picture import late_text, moment_text
from api.cli.places import jurisdiction_option
from api.cli.telling import tell
from api.cli.watched import watched
from api.cli.words import Words, language
from api.wiring import Place
from application.accesses import Outcome
from application.permissions import OPERATOR
from application.shown import in_china

PAGE = 200


@command(
    "列出逾期事项\n\n有逾期时退出码为 1。",
    "List what is overdue\n\nExit code 1 if anything is.",
)
@as_of_option
@basis_option
@option("--department", metavar="ORGAN", zh="责任机关", en="Who owes the act")
@option("--rule", metavar="ID", zh="规则编号", en="Id of the rule")
@option("--severity", type=click.Choice(["hard", "soft"]), zh="强制或原则性", en="Hard, or soft (原则上)")
@jurisdiction_option
def overdue(
    as_of: datetime | None,
    basis: str,
    department: str | None,
    rule: str | None,
    severity: str | None,
    jurisdiction: str | None,
) -> int:
    filters = {"department": department, "rule": rule, "severity": severity, "type": None}
    with watched(jurisdiction, Outcome.LISTED) as (wiring, place):
        wiring.catch_up(place)
        at = as_of or wiring.now()
        rows = _rows(place, filters, at, basis)
        titles = {(each.profile, each.id): (each.title_zh, each.title_en) for each in place.ledger.rulebook.limits}
    data = {"items": rows, "as_of": in_china(at), "basis": basis, "rehearsal": place.ledger.rehearsal}
    nothing = Words("没有逾期事项", "nothing is overdue")
    tell(data, [_line(row, titles[row["profile"], row["rule"]]) for row in rows] or [nothing])
    return NO if rows else OK


def _rows(place: Place, filters: dict[str, str | None], at: datetime, basis: str) -> list[Any]:
    rows: list[Any] = []
    cursor = None
    while True:
        page = place.views.overdue(OPERATOR, filters, at, basis, cursor, PAGE)
        rows += page.items
        cursor = page.next
        if cursor is None:
            return rows


def _line(row: dict[str, Any], title: tuple[str, str]) -> str:
    where = f"{row['number']}  {row['rule']:<11} {row['party']:<6}"
    return f"{moment_text(row['due'])}  {where} {late_text(row.get('late_by'))}  {title[language() == 'en']}"
