"""The event log as lines (事件导出): one event a line, in the order of its positions."""

from __future__ import annotations

from typing import BinaryIO

import click

from api.cli.command import command, option
from api.cli.places import jurisdiction_option
from api.cli.telling import progress
from api.cli.watched import watched
from api.cli.words import Words
from api.strict import write
from application.accesses import Outcome
from application.exported import exported

PAGE = 2_000


@command(
    "按序导出全部事件，每行一个 JSON\n\n受保护的内容只输出其引用。进度显示在标准错误。",
    "Export every event in order, one JSON object a line\n\n"
    "Protected values appear as references. Progress goes to standard error. --json changes nothing.",
)
@option(
    "--after",
    type=click.IntRange(0),
    default=0,
    metavar="POSITION",
    zh="从该位置之后开始",
    en="Begin after this position",
)
@option("--output", type=click.File("wb"), default="-", zh="写入文件", en="Write to a file")
@jurisdiction_option
def export(after: int, output: BinaryIO, jurisdiction: str | None) -> None:
    with watched(jurisdiction, Outcome.EXPORTED) as (wiring, place):
        wiring.sequence(place)
        last = place.log.last_position()
        about = Words("导出事件", "Exporting events")
        with progress(about, max(0, last - after)) as done:
            while page := place.log.follow(after, PAGE):
                output.write(b"".join(write(exported(entry)) + b"\n" for entry in page))
                after = page[-1].position or last
                done(len(page))
