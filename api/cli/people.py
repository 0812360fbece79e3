"""People (人员): the officers of the register, entered from a file, listed as of any day, and handing over their cases."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from api.cli.charter import charter_of, read
from api.cli.command import command, option
from api.cli.failing import NO, OK, USAGE, Failed
from api.cli.on_record import receipt_line, receipt_of
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import tell
from api.cli.words import Words
from api.wiring import Place
from application.founding import enter
from application.handlings import HandedOver, OnRecord
from application.handlings import hand_over as hand_all_over
from domain.kernel import Actor
from domain.law.clock import midnight
from domain.register import OfficerRecord

TIMER = Actor("system")
SEVERAL = frozenset({"duties", "roles", "offices", "aliases"})
"""Columns of a CSV file that hold several words, parted by blanks."""


@command("列出名录中的人员", "List the officers of the register", name="list")
@option("--organ", metavar="ORGAN", zh="只列该机关", en="Of this organ only")
@option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", zh="该日终了时的名录", en="At the end of this day")
@jurisdiction_option
def list_(organ: str | None, as_of: Any, jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (_, place):
        end = None if as_of is None else midnight(date.fromordinal(as_of.date().toordinal() + 1))
        known = place.ledger.register(end)
        wanted = None if organ is None else known.organ(organ)
        if organ is not None and wanted is None:
            raise Failed(NO, Words(f"名录中没有机关 {organ}", f"The register has no organ {organ}"))
        found = [each for each in known.officers.values() if wanted is None or each.organ == wanted.id]
    tell({"items": [_row(each) for each in found]}, map(_line, found))


def _row(found: OfficerRecord) -> dict[str, Any]:
    return {
        "officer": found.id, "name": found.name, "organ": found.organ, "office": found.office, "post": found.post,
        "duties": list(found.duties), "since": found.since, "left_on": found.left_on, "suspended": found.suspended,
        "successor": found.successor,
    }  # fmt: skip


def _line(found: OfficerRecord) -> str:
    state = f"-{found.left_on}" if found.left_on else "suspended" if found.suspended else ",".join(found.duties)
    words = (found.id, found.name, found.organ, found.office or "-", found.post or "-", state)
    return "  ".join(words)


@command(
    "从文件登记机关和人员，全部登记或者完全不登记\n\n"
    "FILE 为 TOML（[[organ]]、[[officer]]）或者 CSV（首行为列名；有 officer 列的是人员，否则是机关；多个值以空格分开）。",
    "Enter organs and officers from a file, all of them or none\n\nFILE is TOML ([[organ]], [[officer]]) or CSV with the names "
    "of the columns in its first row: officers where there is a column `officer`, else organs; several words are parted by "
    "blanks.",
    name="import",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@jurisdiction_option
def import_(file: Path, jurisdiction: str | None) -> None:
    text = file.read_text(encoding="utf-8-sig")
    said = charter_of(_table(text), file.name) if file.suffix.lower() == ".csv" else read(text, file.name)
    with opened(jurisdiction) as (wiring, place):
        event = enter(place.ledger, said.organs, said.officers, now=wiring.now(), new_id=wiring.new_id)
        receipt = receipt_of(place, event)
    organs, officers = len(said.organs), len(said.officers)
    words = Words(f"已登记机关 {organs} 个、人员 {officers} 名", f"{organs} organs and {officers} officers entered")
    tell({"organs": organs, "officers": officers, "receipt": receipt}, [words, *receipt_line(event)])


def _table(text: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of a CSV file, empty cells left out."""
    rows = list(csv.DictReader(io.StringIO(text)))
    kind = "officer" if rows and "officer" in rows[0] else "organ"
    return {kind: [_cells(row) for row in rows]}


def _cells(row: dict[str, Any]) -> dict[str, Any]:
    told = {key: value.strip() for key, value in row.items() if isinstance(value, str) and value.strip()}
    typed: dict[str, Any] = {key: value.split() if key in SEVERAL else value for key, value in told.items()}
    if "external" in told:
        typed["external"] = told["external"].lower() in ("true", "yes", "1", "是")
    return typed


@command(
    "把一名人员主办的全部案件（含已结案件）移交给接替人\n\n逐卷移交；中断后再次运行即可继续。未指明接替人时用名录中记载的接替人。",
    "Hand all cases of an officer over to a successor, closed ones included\n\nFile by file: interrupted, run it again. Without "
    "a successor the one whom the register names takes over.",
    name="hand-over",
)
@click.argument("officer")
@click.argument("successor", required=False)
@jurisdiction_option
def hand_over(officer: str, successor: str | None, jurisdiction: str | None) -> int:
    with opened(jurisdiction) as (wiring, place):
        known = place.ledger.register().officer(officer)
        if known is None:
            raise Failed(NO, Words(f"名录中没有人员 {officer}", f"The register has no officer {officer}"))
        to = successor or known.successor
        if to is None:
            raise Failed(USAGE, Words("请指明接替人", "Name a successor: the register does not"))
        done = hand_all_over(place.ledger, place.log, actor=TIMER, officer=known.id, successor=to, now=wiring.now())
        files = [_recorded(place, each) for each in done.recorded]
    refused = [{"file_no": number, "code": code} for number, code in done.refused]
    tell({"handed": len(done.handed), "successor": to, "refused": refused, "files": files}, _told(done, to))
    return NO if refused else OK


def _told(done: HandedOver, to: str) -> Iterator[Words | str]:
    yield Words(f"已移交给 {to}：{len(done.handed)} 件", f"{len(done.handed)} cases handed over to {to}")
    yield from (f"{number}: {code}" for number, code in done.refused)
    for each in done.recorded:
        yield from (f"{each.file_no}: {line}" for line in receipt_line(each.event))


def _recorded(place: Place, found: OnRecord) -> dict[str, Any]:
    return {"file_no": found.file_no, "replayed": found.before, "receipt": receipt_of(place, found.event)}
