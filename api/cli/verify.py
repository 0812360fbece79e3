"""Verifying a ledger (核验): all that is stored against all that was signed, every cause named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from api.cli.beginnings import beginning_line, told_beginning
from api.cli.command import command, option
from api.cli.failing import NO, OK, USAGE, Failed
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import progress, tell
from api.cli.wiring import BadState, Verified, verify_ledger
from api.cli.words import Words

STEPS = 1000
WHY_NOT = {
    "behind": Words("清单落后于账本，未核验", "the lists are behind the log and were not compared"),
    "other law": Words(
        "清单依据另一版规则建立，未核验；先运行 anjuan rebuild",
        "the lists rest on other law and were not compared; `anjuan rebuild` first",
    ),
}


@command(
    "核验账本：每一事件、签名、版本、清单和外部锚定\n\n发现问题时列明情形，退出码为 1。不修改任何内容。",
    "Verify a ledger: every event, signature, version, manifest and anchor, and the lists\n\n"
    "What is wrong is named with its cause, and the exit code is 1. Nothing that is checked is changed.",
)
@option(
    "--key",
    "keys",
    multiple=True,
    metavar="VKEY",
    zh="另外信任的公钥；本机没有账本密钥目录时必需",
    en="A public key that counts as well; needed where the folder of the log's keys is not on this machine",
)
@option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    zh="记录进度的文件；中断后再次运行时由此继续",
    en="A file that keeps how far it has come; interrupted, the next run goes on from there",
)
@option(
    "--lists/--no-lists",
    default=True,
    show_default=True,
    zh="是否同时由事件重算并比对全部清单",
    en="Whether the lists are compared with a replay from nothing too",
)
@jurisdiction_option
def verify(keys: tuple[str, ...], state: Path | None, lists: bool, jurisdiction: str | None) -> int:
    with opened(jurisdiction) as (wiring, place), progress(Words("核验", "Verifying"), STEPS) as bar:
        wiring.catch_up(place)
        shown = 0

        def told(what: str, done: int, of: int) -> None:
            nonlocal shown
            if what == "log":
                bar(done * STEPS // max(of, 1) - shown)
                shown = done * STEPS // max(of, 1)

        try:
            found = verify_ledger(wiring, place, keys=keys, state=state, lists=lists, told=told)
        except BadState as error:
            raise Failed(
                USAGE, Words(f"不是可用的公钥或进度文件：{error}", f"No key, or no state, of this log: {error}")
            ) from error
    tell({"jurisdiction": place.name, "origin": place.proofs.origin, **_data(found)}, _lines(found))
    return OK if found.ok else NO


def _data(found: Verified) -> dict[str, Any]:
    return {
        "ok": found.ok,
        "at": found.at,
        "position": found.position,
        "size": found.size,
        "root": found.root,
        "checkpoints": found.checkpoints,
        "lists": {
            "files": found.lists.files,
            "on_their_way": found.lists.on_their_way,
            "not_compared": found.lists.not_at_all,
        },
        "begun_anew": [told_beginning(each) for each in found.beginnings],
        "causes": found.causes,
        "count": found.count,
        "findings": [each._asdict() for each in found.findings],
    }


def _lines(found: Verified) -> Iterator[object]:
    for each in found.findings:
        yield f"{Words(each.cause.zh, each.cause)}  {each.where}  {Words(each.zh, each.en)}"
    if found.count > len(found.findings):
        more = found.count - len(found.findings)
        yield Words(f"另有 {more} 项", f"and {more} more")
    yield from map(beginning_line, found.beginnings)
    yield Words(
        f"账本 {found.position} 条，其中 {found.size} 条与签名一致；检查点 {found.checkpoints} 个；案卷 {found.lists.files} 个",
        f"{found.size} of {found.position} entries are as they were signed, {found.checkpoints} checkpoints, {found.lists.files} files",
    )
    if found.lists.not_at_all:
        yield WHY_NOT[found.lists.not_at_all]
    if found.ok:
        yield Words("未发现问题", "nothing is wrong")
