"""What a command works on (辖区): the ledger of one jurisdiction, over the database that the environment names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from api.cli.command import option
from api.cli.failing import UNAVAILABLE, USAGE, Failed
from api.cli.words import Words
from api.wiring import Place, Wiring, settings, wire

jurisdiction_option: Callable[[Callable[..., Any]], Callable[..., Any]] = option(
    "--jurisdiction",
    zh="辖区名称；只有一个辖区时可省略",
    en="Name of the jurisdiction; not needed where there is only one",
    metavar="NAME",
)


@contextmanager
def wired() -> Iterator[Wiring]:
    """Everything this process is built of, over a database that is up to date."""
    wiring = wire()
    try:
        _check(wiring)
        yield wiring
    finally:
        wiring.close()


@contextmanager
def opened(jurisdiction: str | None) -> Iterator[tuple[Wiring, Place]]:
    """The wiring, and the jurisdiction of this name or the only one."""
    with wired() as wiring:
        yield wiring, wiring.place(jurisdiction or _only(wiring))


def _check(wiring: Wiring) -> None:
    for check in wiring.checks():
        if not check["ok"]:
            raise Failed(UNAVAILABLE, _wrong(check))
        if check["name"] == "migrations":
            return


def _wrong(check: Any) -> Words:
    if check["name"] == "migrations":
        pending = ", ".join(check["pending"])
        return Words(
            f"数据库与程序版本不一致，先运行 anjuan migrate：{pending}",
            f"The database is not up to date; `anjuan migrate` first: {pending}",
        )
    return Words("数据库不可用", f"The database cannot be reached ({check.get('error')})")


def _only(wiring: Wiring) -> str:
    names = wiring.names()
    if len(names) == 1:
        return names[0]
    if not names:
        raise Failed(
            USAGE,
            Words(
                "还没有辖区：anjuan jurisdiction add，或 anjuan demo",
                "There is no jurisdiction yet: anjuan jurisdiction add, or anjuan demo",
            ),
        )
    chosen = settings().jurisdiction
    if chosen in names:
        return chosen
    told = ", ".join(names)
    raise Failed(
        USAGE, Words(f"有多个辖区，请用 --jurisdiction 指明：{told}", f"Say which with --jurisdiction: {told}")
    )
