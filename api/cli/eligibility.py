"""May this company or expert take part today (参与资格), with reasons."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click
from stdnum.cn import uscc

from api.cli.command import command, option
from api.cli.failing import NO, OK, USAGE, Failed
from api.cli.moments import as_of_option
from api.cli.places import jurisdiction_option
from api.cli.telling import tell
from api.cli.watched import watched
from api.cli.words import Words
from api.v1.eligibility import asked_for
from application.eligibility import eligibility as answer
from application.permissions import OPERATOR
from application.shown import in_china
from domain.law.clock import day_of


@command(
    "查询市场主体或者专家当日能否参与交易\n\n不能参与，或者不能确定所指何人时，退出码为 1。",
    "Say whether a company or expert may take part on a day\n\nExit code 1 if not, or if it is open who is meant.",
)
@option("--code", metavar="USCC", zh="统一社会信用代码", en="Unified social credit code")
@option("--expert", metavar="NUMBER", zh="专家编号", en="Number of an expert")
@option("--name", metavar="NAME", zh="名称或者姓名", en="Name")
@option("--on", type=click.DateTime(["%Y-%m-%d"]), zh="哪一天；默认今天", en="The day; today if not given")
@as_of_option
@jurisdiction_option
def eligibility(
    code: str | None,
    expert: str | None,
    name: str | None,
    on: datetime | None,
    as_of: datetime | None,
    jurisdiction: str | None,
) -> int:
    _check(code, expert, name)
    asked = asked_for(code, expert, name)
    with watched(jurisdiction) as (wiring, place):
        wiring.catch_up(place)
        day = on.date() if on else day_of(wiring.now())
        told = answer(place.views.standings(OPERATOR, asked.code, asked.name, as_of), asked, day)
    tell({**told, "on": day, "as_of": as_of and in_china(as_of)}, list(_lines(told, day)))
    return OK if told["may_take_part"] else NO


def _check(code: str | None, expert: str | None, name: str | None) -> None:
    if code is not None and not uscc.is_valid(code):
        raise Failed(USAGE, Words(f"{code} 不是统一社会信用代码", f"{code} is no unified social credit code"))
    if (code is not None and expert is not None) or (code is None and expert is None and name is None):
        raise Failed(
            USAGE,
            Words("请给出代码、专家编号或者名称", "give a code, an expert's number or a name, and one code at most"),
        )


def _lines(told: dict[str, Any], day: date) -> list[Words]:
    verdict = {
        True: Words(f"{day} 可以参与", f"may take part on {day}"),
        False: Words(f"{day} 不能参与", f"may not take part on {day}"),
        None: Words(f"{day} 不能确定：所指不明", f"open on {day}: it is not clear who is meant"),
    }[told["may_take_part"]]
    lines = [verdict]
    for each in (*told["reasons"], *told["doubtful"]):
        until = each["until"] or "…"
        lines.append(Words(f"  {each['number']}  {each['subject']}  {each['effective']} 至 {until}",
                           f"  {each['number']}  {each['subject']}  {each['effective']} to {until}"))  # fmt: skip
    for each in told["candidates"]:
        who = each["code"] or each["expert_no"] or "—"
        lines.append(Words(f"  可能是 {'、'.join(each['names'])} {who}", f"  may be {', '.join(each['names'])} {who}"))
    total = told["credit"]["total"]
    return [*lines, Words(f"信用记分合计 {total}", f"credit points in all: {total}")]
