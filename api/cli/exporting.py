"""The log as files (账本导出) that a stranger can verify and programs for data can read."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.command import command, option
from api.cli.failing import NO, USAGE, Failed
from api.cli.places import jurisdiction_option
from api.cli.telling import progress, tell
from api.cli.watched import watched
from api.cli.wiring import FORMATS, NoParquet, NoSuchStretch, exports_of
from api.cli.words import Words
from application.accesses import Outcome


@command(
    "导出账本或其中一段\n\n写入一个空文件夹：事件（每行一个 JSON，或 Parquet）、签名的检查点、公钥和 verify.py。"
    "受保护的内容只有引用。进度显示在标准错误。",
    "Export the log or a stretch of it\n\nInto an empty folder: the events (a JSON object a line, or Parquet), the signed "
    "checkpoint, the public keys and verify.py. Protected values appear as references. Progress goes to standard error.",
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@option(
    "--from",
    "first",
    type=click.IntRange(1),
    default=1,
    metavar="POSITION",
    zh="从该位置开始",
    en="Begin at this position",
)
@option(
    "--to", "last", type=click.IntRange(1), metavar="POSITION",
    zh="至该位置；不给时至最近签署处", en="End with this position; with the last one that is signed if not given",
)  # fmt: skip
@option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="jsonl",
    zh="事件的格式",
    en="How the events are written",
)
@jurisdiction_option
def export(folder: Path, first: int, last: int | None, form: str, jurisdiction: str | None) -> None:
    about = Words("导出账本", "Exporting the log")
    try:
        with watched(jurisdiction, Outcome.EXPORTED) as (wiring, place):
            signed = place.proofs.signing().size
            with progress(about, max(0, min(last or signed, signed) - first + 1)) as done:
                found = exports_of(wiring, place).write(folder, first - 1, last, form, done)
    except NoSuchStretch as error:
        raise Failed(
            NO, Words(f"账本已签署部分没有这一段：{error}", f"the log has no such stretch signed: {error}")
        ) from error
    except NoParquet as error:
        raise Failed(USAGE, Words(f"写 Parquet 需要：{error}", f"to write Parquet: {error}")) from error
    told = {"folder": str(folder), "from": found.first + 1, "to": found.end, "size": found.size}
    tell(told, [f"{folder}: {found.first + 1} .. {found.end} / {found.size}"])
