"""Who looked at what (查阅记录), for whoever runs the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from api.cli.command import command, option
from api.cli.places import jurisdiction_option
from api.cli.telling import tell
from api.cli.watched import watched
from api.cli.words import Words
from api.v1.accesses import asked_of
from application.accesses import Outcome

DAY = click.DateTime(["%Y-%m-%d"])


@command(
    "列出谁查阅、检索、导出了什么，谁被拒绝\n\n最近的在前。本命令自身也会留痕。",
    "List who looked at what, searched and exported, and who was refused\n\nLatest first. This command is recorded too.",
)
@option("--case", metavar="CASE", zh="案号或标识；查阅整卷的也算", en="Number or id of a case; reading its file counts")
@option("--department", metavar="ORGAN", zh="谁的人员", en="Whose officers looked")
@option("--officer", metavar="ID", zh="人员", en="Who looked")
@option("--outcome", type=click.Choice([each.value for each in Outcome]), zh="结果", en="What came of it")
@option("--from", "from_", type=DAY, zh="该日及以后", en="On that day or later")
@option("--to", type=DAY, zh="该日及以前", en="On that day or before")
@option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, zh="最多行数", en="Most rows")
@jurisdiction_option
def accesses(
    case: str | None,
    department: str | None,
    officer: str | None,
    outcome: str | None,
    from_: datetime | None,
    to: datetime | None,
    limit: int,
    jurisdiction: str | None,
) -> None:
    days = {"from_": from_ and from_.date(), "to": to and to.date()}
    with watched(jurisdiction, Outcome.LISTED) as (_, place):
        said = {"case": case, "department": department, "officer": officer, "outcome": outcome, **days}
        items, _cursor = place.accesses.page(asked_of(said), None, limit)
    tell({"items": items}, list(_lines(items)) or [Words("没有", "nothing")])


def _lines(items: Any) -> Iterator[str]:
    for each in items:
        who = f"{each['organ']}/{each['officer']}" if each["organ"] else each["credential"]["kind"]
        by = f"{each['credential']['kind']} {each['credential']['id']}"
        rows = "" if each["listed"] is None else f" ({each['listed']})"
        what = f"{each['method']} {each['route']} {each['named'] or ''} {each['asked']}".rstrip()
        yield f"{each['at']:%Y-%m-%dT%H:%M:%S}  {each['outcome']:<9}{rows}  {who}  {by}  {what}"
