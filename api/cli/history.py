"""Search in history (历史检索), for whoever runs the ledger: who did what between two days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import click

from api.cli.command import command, option
from api.cli.picture import moment_text
from api.cli.places import jurisdiction_option
from api.cli.telling import tell
from api.cli.watched import watched
from api.cli.words import Words
from api.v1.history import asked_of
from application.accesses import Outcome
from application.permissions import OPERATOR
from application.ports import OCCURRED, RECORDED

DAY = click.DateTime(["%Y-%m-%d"])


@command(
    "检索历史：谁在两日之间做了什么\n\n最近的在前。",
    "Search in history: who did what between two days\n\nLatest first.",
)
@option("--from", "from_", type=DAY, required=True, zh="该日及以后", en="On that day or later")
@option("--to", type=DAY, required=True, zh="该日及以前", en="On that day or before")
@option(
    "--time",
    type=click.Choice([RECORDED, OCCURRED]),
    default=RECORDED,
    show_default=True,
    zh="按登记之日或发生之日",
    en="The days of recording, or those of the act",
)
@option("--department", metavar="ORGAN", zh="谁的行为，或由谁登记", en="Whose act it was, or who recorded it")
@option("--officer", metavar="ID", zh="登记人员", en="Who recorded it")
@option("--event", metavar="TYPE", zh="事件类型，如 complaint.accepted", en="Type of the event, complaint.accepted")
@option("--type", metavar="TYPE", zh="案件类型", en="Case type")
@option("--file", "file_no", metavar="NUMBER", zh="案卷号", en="File number")
@option("--case", metavar="CASE", zh="案号或标识", en="Number or id of a case")
@option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, zh="最多行数", en="Most rows")
@jurisdiction_option
def history(from_: datetime, to: datetime, time: str, limit: int, jurisdiction: str | None, **said: str | None) -> None:
    filters = asked_of({**said, "from_": from_.date(), "to": to.date()})
    with watched(jurisdiction, Outcome.LISTED) as (wiring, place):
        wiring.catch_up(place)
        page = place.views.history(OPERATOR, filters, time, None, limit)
    days = {"from": from_.date(), "to": to.date(), "time": time}
    data = {"items": page.items, **days, "more": page.next is not None, "rehearsal": place.ledger.rehearsal}
    tell(data, list(_lines(page.items)) or [Words("没有", "nothing")])


def _lines(items: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for each in items:
        who = f"{each['department']}/{each['officer']}" if each["officer"] else each["department"]
        acted_for = f" → {each['on_behalf_of']}" if each["on_behalf_of"] else ""
        times = f"{moment_text(each['recorded_at'])}  ({moment_text(each['occurred_at'])})"
        yield f"{times}  {each['number'] or each['case_type']} {each['version']}  {each['type']}  {who}{acted_for}"
