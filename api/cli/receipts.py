"""Receipts on the command line (入账凭证): whether what one promises was kept, and a new key to sign them with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from api.cli.command import command, option
from api.cli.failing import NO, USAGE, Failed
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import tell
from api.cli.words import Words
from api.wiring import verify
from application.proofs import Proofs
from application.receipt_check import Checked, OtherLog, check_receipt
from application.receipts import NoReceipt
from domain.proof.note import BadNote, Note, VerifierKey
from domain.proof.receipt import BadReceipt, Receipt
from domain.proof.trust import Trusted


@command(
    "核对入账凭证：其中的事件是否原样存储、是否已在签名账目中\n\n"
    "FILE 为凭证本身，或含 receipt 的应答（JSON，含批量办理）。超过并入期限仍不在账目中，即为被删除（removed），退出码为 1。",
    "Whether the events of a receipt are stored as they were and are in the signed log\n\n"
    "FILE is the receipt, or an answer (JSON, also to many commands) with it as `receipt`. An event that is missing after the delay was "
    "removed: exit 1.",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option("--key", "keys", multiple=True, metavar="VKEY",
        zh="信任的公钥，可重复；默认为本机保存的公钥", en="A key to trust, may be repeated; those kept on this machine if not given")  # fmt: skip
@jurisdiction_option
def check(file: Path, keys: tuple[str, ...], jurisdiction: str | None) -> int:
    notes = _read(file)
    given = [Trusted(_key(each)) for each in keys]
    with opened(jurisdiction or _jurisdiction(notes[0])) as (wiring, place):
        trusted = given or list(wiring.trusted(place))
        found = [_checked(each, place.proofs, trusted, wiring.now()) for each in notes]
    tell({"items": list(map(_told, found))}, (line for each in found for line in _lines(each)))
    return NO if any(each.findings or each.waiting for each in found) else 0


def _checked(note: Note, proofs: Proofs, trusted: list[Trusted], now: datetime) -> Checked:
    try:
        return check_receipt(note, proofs, trusted, verify, now)
    except BadNote as error:
        told = Words(f"凭证没有受信密钥的有效签名：{error}", f"no trusted key signed the receipt: {error}")
        raise Failed(NO, told) from error
    except OtherLog as other:
        told = Words(f"凭证属于另一账目 {other}", f"the receipt is about another log: {other}")
        raise Failed(NO, told) from other


@command(
    "出具某一事件的入账凭证\n\nEVENT 为事件 id。凭证涵盖与其一并登记的全部事件，与当时所发的相同，可用 anjuan receipt check 核对。",
    "Show the receipt for an event\n\n"
    "It is for everything that was recorded together with the event, the same that was answered then; `anjuan receipt check` reads it.",
)
@click.argument("event", type=click.UUID)
@jurisdiction_option
def show(event: UUID, jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (_, place):
        try:
            receipt = place.receipts.issued(event)
        except LookupError as error:
            raise Failed(NO, Words(f"没有登记过事件 {event}", f"No event {event} is on record")) from error
        except NoReceipt as error:
            raise Failed(NO, Words(f"无法签发凭证：{error}", f"No receipt can be signed: {error}")) from error
    tell({"receipt": receipt}, [receipt.removesuffix("\n")])


@command(
    "更换签发凭证的密钥\n\n旧密钥的私钥随即销毁，其公钥仍用于核对以前的凭证。服务不必停止。",
    "A new key to sign receipts with\n\n"
    "The old private key is destroyed; its public key goes on to count for the receipts that it signed. Servers go on meanwhile.",
    name="rotate-key",
)
@jurisdiction_option
def rotate_key(jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (wiring, place):
        made = str(wiring.receipt_keys(place).rotate().public)
        place.receipts.ready()
    tell({"key": made}, [made])


def _read(file: Path) -> list[Note]:
    """The receipts in a file; nobody has looked at their signatures yet."""
    text = file.read_text(encoding="utf-8")
    try:
        texts = list(_receipts_in(_answers(text))) if text.lstrip().startswith("{") else [text]
        notes = [Note.parse(each) for each in texts]
        for each in notes:
            Receipt.parse(each.text)
    except (BadNote, BadReceipt, ValueError) as error:
        raise Failed(USAGE, Words(f"{file} 不是入账凭证：{error}", f"{file} is no receipt: {error}")) from error
    if not notes:
        raise Failed(USAGE, Words(f"{file} 中没有入账凭证", f"{file} holds no receipt"))
    return notes


def _answers(text: str) -> Any:
    """One answer, or many, one a line."""
    try:
        return json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def _receipts_in(answer: Any) -> Iterator[str]:
    """Every receipt in an answer, wherever it stands."""
    match answer:
        case {"receipt": str(found)}:
            yield found
        case dict():
            for each in answer.values():
                yield from _receipts_in(each)
        case list():
            for each in answer:
                yield from _receipts_in(each)


def _jurisdiction(note: Note) -> str:
    """The jurisdiction that the origin of a receipt names; nothing else is told by it."""
    return Receipt.parse(note.text).origin.removeprefix("anjuan/").partition("/")[0]


def _key(vkey: str) -> VerifierKey:
    try:
        return VerifierKey.parse(vkey)
    except BadNote as error:
        raise Failed(USAGE, Words(f"不是公钥：{error}", f"no key: {error}")) from error


def _told(found: Checked) -> dict[str, Any]:
    return {
        "origin": found.receipt.origin,
        "recorded": found.receipt.recorded,
        "due": found.receipt.due,
        "in_log": [{"event": event, "position": position} for event, position in found.positions.items()],
        "waiting": list(found.waiting),
        "findings": [
            {"cause": each.cause, "where": each.where, "zh": each.zh, "en": each.en} for each in found.findings
        ],
    }


def _lines(found: Checked) -> Iterator[object]:
    for event, position in found.positions.items():
        yield Words(f"{event} 在账目第 {position} 位", f"{event} is in the log at position {position}")
    for event in found.waiting:
        yield Words(
            f"{event} 尚未并入，期限 {found.receipt.due:%H:%M:%S}Z",
            f"{event} is not in the log yet; due {found.receipt.due:%H:%M:%S}Z",
        )
    yield from found.findings
