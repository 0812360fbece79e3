"""Jurisdictions (辖区): each a ledger of its own, real or rehearsal for ever."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from api.cli.charter import Charter, read
from api.cli.command import command, option
from api.cli.failing import USAGE, Failed
from api.cli.moments import Instant
from api.cli.places import wired
from api.cli.telling import tell
from api.cli.words import Words
from api.wiring import NameTaken, administer, shipped_calendars, shipped_rulebook
from application.founding import Founding, found
from domain.cases.jurisdiction.events import LedgerKind

EMPTY = Charter(None, None, None, (), ())
KINDS = [each.value for each in LedgerKind]


@command(
    "设立辖区，启用账本\n\nNAME 用小写字母、数字和连字符。FILE 列出日历、规则包和机关，命令行上的选项优先。",
    "Found a jurisdiction and open its ledger\n\nNAME has lower-case letters, digits and hyphens. FILE lists calendar, "
    "profiles and organs; options of the command line come first.",
)
@click.argument("name")
@option("--kind", type=click.Choice(KINDS), zh="正式或演练，永不改变", en="Real or rehearsal, for ever")
@option("--calendar", metavar="NAME", zh="工作日历", en="Working calendar, such as national or enshi")
@option("--profiles", metavar="A,B", zh="规则包，逗号分隔", en="Rule profiles, separated by commas")
@option(
    "--organs",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    zh="机关名录（TOML）",
    en="Organs (TOML)",
)
@option("--at", type=Instant(), metavar="INSTANT", zh="启用时刻（仅演练）", en="When it was opened (rehearsal only)")
def add(
    name: str, kind: str | None, calendar: str | None, profiles: str | None, file: Path | None, at: datetime | None
) -> None:
    charter = read(file.read_text(encoding="utf-8"), file.name) if file else EMPTY
    said = _said(charter, kind, calendar, tuple(profiles.split(",")) if profiles else ())
    if at is not None and said.kind != LedgerKind.REHEARSAL:
        raise Failed(USAGE, Words("正式账本不能指定启用时刻", "A real ledger is opened when it is opened: no --at"))
    _open(name, said, at)
    data = {"jurisdiction": name, "kind": said.kind, "calendar": said.calendar, "profiles": list(said.profiles)}
    line = Words(f"{name} 已启用，机关 {len(said.organs)} 个", f"{name} is open, with {len(said.organs)} organs")
    tell({**data, "organs": [each["organ"] for each in said.organs]}, [line])


def _said(charter: Charter, kind: str | None, calendar: str | None, profiles: tuple[str, ...]) -> Founding:
    kind, calendar = kind or charter.kind, calendar or charter.calendar
    profiles = profiles or charter.profiles
    if not (kind and calendar and profiles):
        raise Failed(
            USAGE, Words("须给出类型、日历和规则包", "Kind, calendar and profiles are needed, here or in FILE")
        )
    known = shipped_rulebook().profiles
    if missing := [each for each in profiles if each not in known]:
        told = ", ".join(known)
        raise Failed(USAGE, Words(f"没有规则包 {missing[0]}；有：{told}", f"No profile {missing[0]}; there are {told}"))
    if calendar not in shipped_calendars():
        told = ", ".join(sorted(shipped_calendars().names))
        raise Failed(USAGE, Words(f"没有日历 {calendar}；有：{told}", f"No calendar {calendar}; there are {told}"))
    return charter.founding(kind, calendar, profiles)


def _open(name: str, said: Founding, at: datetime | None) -> None:
    with administer() as owner:
        owner.migrate()
        try:
            owner.create_jurisdiction(name, kind=said.kind)
        except NameTaken:
            if name not in {each.name for each in owner.jurisdictions() if each.kind == said.kind}:
                raise
    with wired() as wiring:
        place, now = wiring.place(name), wiring.now()
        if place.ledger.office().entries:
            raise NameTaken(name)
        found(place.ledger, said, at=at or now, now=now, new_id=wiring.new_id, recorded_at=at)


@command("列出辖区", "List the jurisdictions", name="list")
def list_() -> None:
    with wired() as wiring:
        found_here = [_shown(place.name, place.ledger.rehearsal, place.ledger.register()) for place in wiring.places()]
    tell({"items": found_here}, (f"{each['name']}  {each['kind']}  {each['calendar']}" for each in found_here))


def _shown(name: str, rehearsal: bool, register: object) -> dict[str, object]:
    return {
        "name": name,
        "kind": (LedgerKind.REHEARSAL if rehearsal else LedgerKind.REAL).value,
        "calendar": getattr(register, "calendar", None),
        "organs": len(getattr(register, "organs", ())),
    }
