"""The sweep (督办巡查) by hand: for servers without a scheduler, and for rehearsals, whose time is set by whoever calls."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from api.cli.command import command, option
from api.cli.failing import USAGE, Failed
from api.cli.moments import Instant
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import tell
from api.cli.words import Words


@command(
    "巡查一次：开始新的周期，补计会议和检查，把应有的预警和逾期记入督办卷\n\n可重复运行，同一事项只记一次。",
    "Sweep once: open the periods that have begun, count what took place in them, and put the warnings and breaches that are "
    "due on record\n\nMay be repeated: nothing is recorded twice.",
)
@option("--at", type=Instant(), metavar="INSTANT", zh="巡查时刻（仅演练）", en="As if it were then (rehearsal only)")
@jurisdiction_option
def sweep(at: datetime | None, jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (wiring, place):
        if at is not None and not place.ledger.rehearsal:
            raise Failed(USAGE, Words("正式账本不能指定时刻", "A real ledger is swept now: no --at"))
        done = asdict(wiring.sweep(place, at or wiring.now()))
    line = Words(
        f"新记：预警 {done['warnings']}，逾期 {done['breaches']}，重新认定 {done['rejudged']}，"
        f"周期 {done['periods']}，补计 {done['counted']}，承继 {done['handed_on']}，销毁 {done['erased']}",
        f"recorded: {done['warnings']} warnings, {done['breaches']} breaches, {done['rejudged']} re-judgements, "
        f"{done['periods']} periods opened or ended, {done['counted']} meetings and inspections counted late, "
        f"{done['handed_on']} files handed on to successors, {done['erased']} erasures carried out",
    )
    tell({"jurisdiction": place.name, **done}, [line])
