"""Backup and restore (备份与恢复): everything that is in the database, and nothing that must lie apart from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from api.cli.command import command
from api.cli.failing import NO, OK
from api.cli.home import alone
from api.cli.telling import tell
from api.cli.wiring import Backup, put_back, take_backup
from api.cli.words import Words
from api.wiring import settings
from domain.proof.findings import Finding

APART = Words(
    "密钥不在其中：须另行备份保密内容密钥、日志签名密钥及所保留的检查点、凭证密钥",
    "no key is in it: back up apart the keys of protected values, those of the log with its kept checkpoint, and those of receipts",
)
FOLDER = click.Path(file_okay=False, path_type=Path)


@command(
    "备份数据库到新目录 DIR\n\n服务不必停止。包括全部辖区和登记库，不含任何密钥。",
    "Back up the database into a new folder DIR\n\nServers go on meanwhile. All jurisdictions and the registry are in it, and no key.",
)
@click.argument("into", metavar="DIR", type=FOLDER)
def backup(into: Path) -> None:
    made = take_backup(into)
    tell(
        {"backup": str(into), "made_at": made.made_at, "sha256": made.sha256, "ledgers": _shown(made)},
        [*_lines(made), APART],
    )


@command(
    "将备份目录 DIR 恢复到空数据库并核验\n\n备份早于所保留的检查点时，报告“被回退”，退出码为 1。",
    "Restore the backup in DIR into an empty database, and verify it\n\n"
    "One that is older than the kept checkpoint is reported as rolled back, with exit code 1.",
)
@click.argument("source", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
def restore(source: Path) -> int:
    with alone(settings().home):
        done = put_back(source)
    wrong = [each._asdict() for each in done.findings]
    data = {"restored": str(source), "ledgers": _shown(done.content), "findings": wrong, "unkept": list(done.unkept)}
    tell(data, [*_lines(done.content), *map(_unkept, done.unkept), *map(_wrong, done.findings), APART])
    return NO if done.findings else OK


def _shown(content: Backup) -> list[dict[str, Any]]:
    return [
        {"jurisdiction": each.jurisdiction, "ledger": each.ledger, "events": each.events} for each in content.ledgers
    ]


def _lines(content: Backup) -> Iterator[Words]:
    for each in content.ledgers:
        yield Words(f"{each.jurisdiction}：{each.events} 个事件", f"{each.jurisdiction}: {each.events} events")


def _unkept(jurisdiction: str) -> Words:
    return Words(
        f"{jurisdiction}：此处未保留检查点，无从得知该备份是否最新",
        f"{jurisdiction}: no checkpoint is kept here, so nothing tells whether this backup is the newest",
    )


def _wrong(finding: Finding) -> Words:
    return Words(
        f"{finding.cause.zh}：{finding.where}：{finding.zh}", f"{finding.cause}: {finding.where}: {finding.en}"
    )
