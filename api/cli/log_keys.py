"""The keys that sign the log (签名密钥): which there are, a new one beside the old, and the end of an old one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from api.cli.command import command
from api.cli.failing import NO, REFUSED, Failed
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import tell
from api.cli.wiring import LastKey, NoSuchKey, keyring_of
from api.cli.words import Words
from api.wiring import Place, Wiring


@command(
    "列出账目签名公钥\n\n标 * 的现用于签名。公钥交给查验人时应当面或书面交付。从不显示私钥。",
    "List the public keys that sign the log\n\n"
    "Those that sign now are marked *. Hand them over in person or on paper to whoever checks. No private key is ever shown.",
)
@jurisdiction_option
def keys(jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (wiring, place):
        _tell(wiring, place)


@command(
    "增设一把签名密钥，与现有的同时签名\n\n把新公钥交给各查验人和见证机之后，再用 retire-key 停用旧的。服务不必停止。",
    "Make a new signing key, which signs beside the present one\n\n"
    "Hand the new public key to whoever checks and to every witness, then end the old one with retire-key. Servers go on.",
    name="rotate-key",
)
@jurisdiction_option
def rotate_key(jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (wiring, place):
        try:
            keyring_of(wiring, place).rotate()
        except NoSuchKey as error:
            raise _none() from error
        _tell(wiring, place)


@command(
    "停用一把签名密钥并销毁其私钥\n\nID 为公钥中的八位编号。此前的签名继续有效，此后的不再有效。",
    "Retire a signing key and destroy its private part\n\n"
    "ID is the eight digits in its public key. What it has signed counts, what it would sign from now on does not.",
    name="retire-key",
)
@click.argument("key_id", metavar="ID")
@jurisdiction_option
def retire_key(key_id: str, jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (wiring, place):
        try:
            keyring_of(wiring, place).retire(key_id)
        except NoSuchKey as error:
            raise _none() from error
        except LastKey as error:
            about = Words("这是唯一的签名密钥，先运行 rotate-key", "It is the only key that signs: rotate-key first")
            raise Failed(REFUSED, about) from error
        _tell(wiring, place)


def _none() -> Failed:
    about = Words("此处没有这把签名密钥", "No such key signs here: look where the sequencer keeps its keys")
    return Failed(NO, about)


def _tell(wiring: Wiring, place: Place) -> None:
    known = place.proofs.keys()
    dates = {str(each.key): each for each in known}
    items = []
    for standing in keyring_of(wiring, place).standing():
        published = dates.get(str(standing.key))
        items.append(
            {
                "vkey": str(standing.key),
                "id": standing.key.id.hex(),
                "signs": standing.signs,
                "through": standing.through,
                "introduced_at": published and published.introduced_at,
                "retired_at": published and published.retired_at,
            }
        )
    tell({"origin": place.proofs.origin, "items": items}, _lines(items))


def _lines(items: list[dict[str, Any]]) -> Iterator[object]:
    for each in items:
        yield f"{'*' if each['signs'] else ' '} {each['vkey']}"
        if each["through"] is not None:
            yield _ended(each)


def _ended(each: Mapping[str, Any]) -> Words:
    return Words(
        f"  已停用，仅对第 {each['through']} 条及以前有效", f"  retired, counts through entry {each['through']}"
    )
