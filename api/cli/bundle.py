"""The bundle of a case (证据包) as a file: what a stranger needs to check it."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.command import command, option
from api.cli.places import jurisdiction_option
from api.cli.telling import tell
from api.cli.watched import watched
from api.v1.numbers import case_named
from application.accesses import Outcome
from application.handle import TIMER


@command(
    "取得案件的证据包\n\n一个 ZIP：事件及其证明、检查点、经办与期限、所依据的规定，以及 verify.py。任何人都可以用它核验，不需要信任本系统。",
    "Take the bundle of a case along\n\nA ZIP: events and their proofs, the checkpoint, custody and time limits, the law they "
    "rest on, and verify.py. Anybody can verify it, without trusting this program.",
)
@click.argument("case")
@option("--size", type=click.IntRange(1), metavar="N", zh="依据该长度的检查点", en="Under the checkpoint of this size")
@option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    zh="写入该文件；不给时按案号命名",
    en="Write to this file; named by the case if not given",
)
@jurisdiction_option
def bundle(case: str, size: int | None, output: Path | None, jurisdiction: str | None) -> None:
    with watched(jurisdiction, Outcome.EXPORTED) as (wiring, place):
        found = place.bundles.of(case_named(case), TIMER, now=wiring.now(), size=size)
    path = output or Path(found.name.replace("/", "-"))
    path.write_bytes(found.content)
    told = {"file": str(path), "size": found.size, "bytes": len(found.content)}
    tell(told, [f"{path}  {found.size}  {len(found.content)}"])
