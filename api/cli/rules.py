"""Checking rules (规则检查): the profiles that ship, or a file that is being written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from api.cli.command import command
from api.cli.reading import text_of
from api.cli.telling import tell
from api.cli.words import Words
from api.wiring import law_here
from domain.law.limit import TimeLimit


@command(
    "检查规则：格式、引文、所涉事件\n\n不给 FILE 时检查随程序发布的和本地的全部规则；有误时指出文件、行和原因。",
    "Check rules: their form, their quotes, the events they name\n\nWithout FILE: all that ship with the program, and those of the deployment. "
    "What is wrong is told with file, line and reason.",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
def check(file: Path | None) -> None:
    if file is None:
        limits: Iterable[TimeLimit] = law_here().rulebook.limits
    else:
        limits = law_here().check_profile(text_of(file), file.name)
    found = [
        {"profile": each.profile, "id": each.id, "since": each.since, "enforced": each.enforced} for each in limits
    ]
    profiles = sorted({each.profile for each in limits})
    line = Words(
        f"{len(found)} 条规则无误：{'、'.join(profiles)}",
        f"{len(found)} rules in order: {', '.join(profiles)}",
    )
    tell({"ok": True, "rules": found}, [line])
