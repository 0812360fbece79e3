"""Repeating a random draw (复核抽取): the same seed and pool give the same names, for anyone, without a ledger."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.command import command, option
from api.cli.failing import NO, OK, USAGE, Failed
from api.cli.reading import text_of
from api.cli.telling import tell
from api.cli.words import Words
from domain.draw import METHOD, commitment, drawn, plain


@command(
    "按种子从名单中抽取，任何人都可复核\n\nNAME 是名单中的名称，或用 --pool 给出每行一个名称的文件。给出 --expect 时比对结果：不同则退出码为 1。",
    "Draw from a list by a seed, so that anyone can repeat it\n\n"
    "NAME is a name of the list, or --pool a file with one on each line. With --expect the result is compared: "
    "exit code 1 if it differs.",
)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@option("--seed", zh="种子", en="The seed", required=True)
@option("--take", zh="抽取几个", en="How many are drawn", type=click.IntRange(min=1), required=True)
@option(
    "--pool",
    zh="名单文件，每行一个名称",
    en="A file with a name on each line",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@option("--expect", zh="应当抽中的名称，可重复", en="A name that should have been drawn; repeatable", multiple=True)
def draw(names: tuple[str, ...], seed: str, take: int, pool: Path | None, expect: tuple[str, ...]) -> int:
    listed = [*names, *(text_of(pool).splitlines() if pool else ())]
    members = [plain(each) for each in listed if plain(each)]
    if len(set(members)) != len(members) or take > len(members):
        raise Failed(USAGE, Words("名单有重复或不足", "The list names somebody twice, or too few"))
    found = drawn(seed, members, take)
    equal = tuple(map(plain, expect)) == found if expect else None
    told = {"method": METHOD, "commitment": commitment(seed), "drawn": found, "equal": equal}
    verdict = Words("与所记一致", "as recorded") if equal else Words("与所记不一致", "not as recorded")
    tell(told, [*found, *([verdict] if expect else [])])
    return NO if equal is False else OK
