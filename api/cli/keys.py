"""Keys of protected values (密钥): what there is, and new key-encryption keys in the place of the old ones."""

from __future__ import annotations

from collections.abc import Iterator

from api.cli.command import command, option
from api.cli.places import wired
from api.cli.telling import tell
from api.cli.wiring import keys_here
from api.cli.words import Words
from application.erasing import erase_again


@command(
    "列出主密钥及其保护的数据密钥数\n\n标 * 的为现用主密钥。从不显示密钥本身。",
    "List the key-encryption keys and how many data keys each wraps\n\n"
    "The one in use for each purpose is marked *. No key itself is ever shown.",
    name="list",
)
def list_() -> None:
    _tell()


@command(
    "更换主密钥：全部数据密钥改用新主密钥，旧主密钥随即销毁\n\n服务不必停止。中断后可重复运行。",
    "Wrap every data key with new key-encryption keys and destroy the old ones\n\n"
    "Servers go on meanwhile. May be repeated after an interruption.",
)
@option(
    "--keep-old", is_flag=True, zh="保留旧主密钥", en="Keep the old key-encryption keys, accepted beside the new ones"
)
def rotate(keep_old: bool) -> None:
    keys_here().rotate(keep_old=keep_old)
    _tell()


@command(
    "再次销毁已批准销毁的密钥\n\n从备份恢复密钥目录后、恢复办公前运行。可重复运行。",
    "Destroy again the keys whose erasure was approved\n\n"
    "After an older copy of the keys was put back, and before anybody works with it. May be repeated.",
    name="erase-again",
)
def erase_again_() -> None:
    with wired() as wiring:
        places = ((each.ledger, each.log.approved_erasures()) for each in map(wiring.place, wiring.names()))
        gone = sum(erase_again(ledger, approvals, at=wiring.now()) for ledger, approvals in places)
    tell({"destroyed": gone}, [Words(f"本次销毁的数据密钥：{gone}", f"data keys destroyed now: {gone}")])


def _tell() -> None:
    found = keys_here().standing()
    items = [{"kek": kek, "data_keys": count, "in_use": kek in found.in_use} for kek, count in found.wrapped.items()]
    tell({"items": items, "destroyed": found.destroyed}, _lines(items, found.destroyed))


def _lines(items: list[dict[str, object]], destroyed: int) -> Iterator[object]:
    for each in items:
        yield f"{'*' if each['in_use'] else ' '} {each['kek']}  {each['data_keys']}"
    yield Words(f"已销毁的数据密钥：{destroyed}", f"data keys destroyed: {destroyed}")
