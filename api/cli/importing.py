"""Taking over old case histories (历史导入): a file of JSON Lines, each history all or not at all, and resumed where it was left."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from api.cli.command import command, option
from api.cli.failing import NO, OK, USAGE, Failed
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import progress, tell
from api.cli.words import Words
from api.errors import Invalid
from api.legacy import Reader, lines, reader, source_of, told
from api.strict import BadJson, write
from application.importing import AlreadyThere, Changed, History, Importer, Unimportable
from domain.cases import CASES

Note = Callable[[dict[str, Any]], None]
Proven = Callable[[str, UUID], None]
"""Told an event of what was recorded from a source."""

NOT_TAKEN = (BadJson, Invalid, Unimportable, AlreadyThere, Changed)
SUFFIX, RECEIPTS = ".errors.jsonl", ".receipts.jsonl"


@command(
    "导入历史案卷（JSON Lines，每行一件案卷）\n\n每件案卷全部导入或者完全不导入；办理时间为原时间，登记时间为导入时间，并标明为导入。"
    "未导入的行连同原因写入错误文件，退出码为 1。每件案卷的入账凭证写入凭证文件，每行一件。中断后以 --resume 接着导入。",
    "Take over old histories (JSON Lines, one file a line)\n\nEach line is recorded as a whole or not at all: acts keep their "
    "time, are recorded now, and are marked as imported. Lines that are refused are written to a file of errors with the "
    "reason; exit code 1. The receipt of each history goes to a file of receipts, one a line. Interrupted, it goes on with --resume.",
    name="import",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option("--resume", is_flag=True, zh="跳过已导入的案卷", en="Pass over what has been imported already")
@option("--dry-run", is_flag=True, zh="只检查，不写入", en="Check everything, record nothing")
@option(
    "--errors",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="PATH",
    zh="错误文件，默认为 FILE.errors.jsonl",
    en="File of errors; FILE.errors.jsonl if not given",
)
@option(
    "--receipts",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="PATH",
    zh="凭证文件，默认为 FILE.receipts.jsonl",
    en="File of receipts; FILE.receipts.jsonl if not given",
)
@jurisdiction_option
def import_(
    file: Path, resume: bool, dry_run: bool, errors: Path | None, receipts: Path | None, jurisdiction: str | None
) -> int:
    path, proofs = errors or file.with_name(file.name + SUFFIX), receipts or file.with_name(file.name + RECEIPTS)
    if len({each.resolve() for each in (file, path, proofs)}) < 3:
        told = (
            "错误文件、凭证文件和导入文件须各不相同",
            "The files of errors and of receipts and the one that is imported must differ",
        )
        raise Failed(USAGE, Words(*told))
    begun = time.monotonic()
    with opened(jurisdiction) as (wiring, place), _noted(path) as note, _noted(proofs) as keep:
        place.ledger.office()
        importer = Importer(place.ledger, dry=dry_run)

        def proven(source: str, event: UUID) -> None:
            keep({"source": source, "receipt": place.receipts.after(event)})

        read = reader(place.ledger, CASES, wiring.digest)
        done = _import(file, read, importer, note, proven, wiring.now, resume=resume)
    seconds = time.monotonic() - begun
    data = {
        "jurisdiction": place.name,
        "dry_run": dry_run,
        **{name: done[name] for name in ("lines", "imported", "skipped", "refused", "events")},
        "seconds": round(seconds, 1),
        "events_per_minute": round(60 * done["events"] / seconds),
        "errors": str(path) if done["refused"] else None,
        "receipts": str(proofs) if proofs.exists() else None,
    }
    tell(data, _summary(data))
    return NO if done["refused"] else OK


def _import(
    file: Path,
    read: Reader,
    importer: Importer,
    note: Note,
    proven: Proven,
    now: Callable[[], datetime],
    *,
    resume: bool,
) -> Counter[str]:
    done: Counter[str] = Counter()
    with file.open("rb") as opened_file, progress(Words("导入", "Importing"), file.stat().st_size) as bar:
        for number, raw in lines(opened_file):
            done["lines"] += 1
            try:
                history = read.history(raw)
                outcome, events = _taken(importer, history, now(), proven, resume=resume)
                done[outcome] += 1
                done["events"] += events
            except NOT_TAKEN as error:
                done["refused"] += 1
                note(told(number, source_of(raw), error))
            bar(len(raw))
    return done


def _taken(importer: Importer, history: History, now: datetime, proven: Proven, *, resume: bool) -> tuple[str, int]:
    """Take over a history, or pass it over; what became of it, and how many events were recorded. With its receipt either way."""
    try:
        entries = importer.take(history, now=now)
    except AlreadyThere:
        if not resume:
            raise
        proven(history.source, importer.event(history))
        return "skipped", 0
    if not importer.dry:
        proven(history.source, entries[-1].event_id)
    return "imported", len(entries)


@contextmanager
def _noted(path: Path) -> Iterator[Note]:
    """A function that writes lines to a file, made when there is something to write; what an earlier run wrote is gone."""
    path.unlink(missing_ok=True)

    def note(error: dict[str, Any]) -> None:
        with path.open("ab") as file:
            file.write(write(error) + b"\n")

    yield note


def _summary(data: dict[str, Any]) -> Iterator[Words]:
    done = ("可导入", "could be imported") if data["dry_run"] else ("已导入", "imported")
    yield Words(
        f"{done[0]} {data['imported']} 件，事件 {data['events']} 个；已有 {data['skipped']} 件；未导入 {data['refused']} 件",
        f"{data['imported']} {done[1]} with {data['events']} events; {data['skipped']} there already; "
        f"{data['refused']} refused",
    )
    if data["errors"]:
        yield Words(f"原因见 {data['errors']}", f"The reasons are in {data['errors']}")
    if data["receipts"]:
        yield Words(f"入账凭证见 {data['receipts']}", f"The receipts are in {data['receipts']}")
