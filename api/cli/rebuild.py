"""Building the lists anew (重建): from the facts alone, beside those in use, switched when they are done."""

from __future__ import annotations

import click

from api.cli.command import command, option
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import progress, tell
from api.cli.wiring import rebuild_lists
from api.cli.words import Words

STEPS = 1000


@command(
    "由事件重建全部清单\n\n重建时服务不中断，完成后切换。中途被停止不影响现有清单。",
    "Build all lists anew from the facts\n\nService goes on meanwhile; the new lists take the place of the old ones at the end. "
    "Interrupted, it leaves the old ones as they were.",
)
@option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    zh="并行进程数",
    en="Processes that fold at a time",
)
@jurisdiction_option
def rebuild(workers: int, jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (wiring, place):
        wiring.sequence(place)
        with progress(Words("重建清单", "Rebuilding the lists"), STEPS) as bar:
            shown = 0

            def told(done: int, of: int) -> None:
                nonlocal shown
                bar(done * STEPS // of - shown)
                shown = done * STEPS // of

            done = rebuild_lists(place, workers=workers, told=told)
    data = {"jurisdiction": place.name, "events": done.events, "position": done.position}
    line = Words(
        f"已由 {done.events} 个事件重建，至第 {done.position} 位",
        f"rebuilt from {done.events} events, up to position {done.position}",
    )
    tell(data, [line])
