"""Receipts on the command line (入账凭证): whether what one promises was kept, and a new key to sign them with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from api.cli.command import command, option
from api.cli.failing import NO, USAGE, Failed
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import tell
from api.cli.words import Words
from api.wiring import verify
from application.receipt_check import Checked, OtherLog, check_receipt
from domain.proof.note import BadNote, Note, VerifierKey
from domain.proof.receipt import BadReceipt, Receipt
from domain.proof.trust import Trusted


@command(
    "核对入账凭证：其中的事件是否原样存储、是否已在签名账目中\n\n"
    "FILE 为凭证本身，或含 receipt 一项的应答（JSON）。超过并入期限仍不在账目中，即为被删除（removed），退出码为 1。",
    "Whether the events of a receipt are stored as they were and are in the signed log\n\n"
    "FILE is the receipt, or an answer (JSON) with it as `receipt`. An event that is missing after the delay was removed: exit 1.",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option("--key", "keys", multiple=True, metavar="VKEY",
        zh="信任的公钥，可重复；默认为本机保存的公钥", en="A key to trust, may be repeated; those kept on this machine if not given")  # fmt: skip
@jurisdiction_option
def check(file: Path, keys: tuple[str, ...], jurisdiction: str | None) -> int:
    note, receipt = _read(file)
    with opened(jurisdiction or receipt.origin.split("/")[1]) as (wiring, place):
        trusted = [Trusted(_key(each)) for each in keys] or list(wiring.trusted(place))
        if not trusted:
            raise Failed(
                USAGE,
                Words("本机没有可信公钥，请用 --key 指定", "no key is trusted on this machine; say which by --key"),
            )
        _check_signature(note, trusted)
        try:
            found = check_receipt(receipt, place.proofs, trusted, verify, wiring.now())
        except OtherLog as other:
            raise Failed(
                NO, Words(f"凭证属于另一账目 {other}", f"the receipt is about another log: {other}")
            ) from other
    tell(_told(found), _lines(found))
    return NO if found.findings or found.waiting else 0


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


def _read(file: Path) -> tuple[Note, Receipt]:
    """The note in a file, and what it says as long as nobody has looked at its signature."""
    text = file.read_text(encoding="utf-8")
    try:
        if text.lstrip().startswith("{"):
            text = str(json.loads(text).get("receipt"))
        note = Note.parse(text)
        return note, Receipt.parse(note.text)
    except (BadNote, BadReceipt, ValueError) as error:
        raise Failed(USAGE, Words(f"{file} 不是入账凭证：{error}", f"{file} is no receipt: {error}")) from error


def _key(vkey: str) -> VerifierKey:
    try:
        return VerifierKey.parse(vkey)
    except BadNote as error:
        raise Failed(USAGE, Words(f"不是公钥：{error}", f"no key: {error}")) from error


def _check_signature(note: Note, trusted: list[Trusted]) -> None:
    try:
        note.signed_by([each.key for each in trusted], verify)
    except BadNote as error:
        told = Words(f"凭证没有受信密钥的有效签名：{error}", f"no trusted key signed the receipt: {error}")
        raise Failed(NO, told) from error


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
