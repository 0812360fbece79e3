"""The checkpoint of a log on paper (纸质检查点): printed each day, signed by hand, kept in a register."""

from __future__ import annotations

from typing import BinaryIO

import click

from api.cli.command import command, option
from api.cli.failing import NO, Failed
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import tell, wants_json
from api.cli.words import Words
from api.log.page import checkpoint_page


@command(
    "打印检查点：三行文字、二维码和签名栏的网页\n\n每日打印、签名并归入登记册。网页不从别处加载任何内容。",
    "The checkpoint as a page to print: three lines, a QR code, space for signatures\n\n"
    "To be printed each day, signed and kept in a register. The page loads nothing from elsewhere.",
    name="print",
)
@option(
    "--size", type=click.IntRange(1), zh="条数；默认最新", en="Entries of its tree; the newest checkpoint if not given"
)
@option("--output", type=click.File("wb"), default="-", zh="写入文件", en="Write to a file")
@jurisdiction_option
def print_(size: int | None, output: BinaryIO, jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (wiring, place):
        note = place.proofs.head(size)
        if note is None:
            raise Failed(NO, Words("没有该检查点", "no such checkpoint is signed"))
        if wants_json():
            tell({"checkpoint": str(note)}, [])
            return
        page = checkpoint_page(place.name, note, at=wiring.now(), rehearsal=place.ledger.rehearsal)
        output.write(page.encode())
