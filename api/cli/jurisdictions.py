"""Jurisdictions (辖区): each a ledger of its own, real or rehearsal for ever."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from api.cli.charter import Charter, read
from api.cli.command import command, option
from api.cli.failing import USAGE, Failed
from api.cli.moments import Instant
from api.cli.on_record import receipt_line, receipt_of
from api.cli.places import wired
from api.cli.reading import text_of
from api.cli.telling import tell
from api.cli.words import Words
from api.wiring import NameTaken, Place, administer, law_here
from application.founding import Founding, found
from application.handle import Command, handle
from application.ledger import JURISDICTION
from application.receipts import recorded_by
from domain.cases.jurisdiction.events import LedgerKind
from domain.kernel import Actor

EMPTY = Charter(None, None, None, (), ())
KINDS = [each.value for each in LedgerKind]
ADMINISTRATOR = "administrator"


@command(
    "设立辖区，启用账本\n\nNAME 用小写字母、数字和连字符。FILE 列出日历、规则包和机关，命令行上的选项优先。"
    "未写明类型的为正式账本。正在运行的服务随即为其办理，无须重启。",
    "Found a jurisdiction and open its ledger\n\nNAME has lower-case letters, digits and hyphens. FILE lists calendar, "
    "profiles and organs; options of the command line come first. A ledger is real unless it is said to be a rehearsal. "
    "Servers that run serve it at once.",
)
@click.argument("name")
@option("--kind", type=click.Choice(KINDS), zh="正式或演练，永不改变", en="Real or rehearsal, for ever")
@option("--rehearsal", is_flag=True, zh="演练账本，同 --kind rehearsal", en="The same as --kind rehearsal")
@option("--title", metavar="TEXT", zh="辖区全称", en="What the jurisdiction is called")
@option("--calendar", metavar="NAME", zh="工作日历", en="Working calendar, such as national or enshi")
@option(
    "--profile",
    "--profiles",
    "profiles",
    multiple=True,
    metavar="A,B",
    zh="规则包，逗号分隔或多次给出",
    en="Rule profiles, separated by commas or given several times",
)
@option(
    "--organs",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    zh="机关名录（TOML）",
    en="Organs (TOML)",
)
@option("--at", type=Instant(), metavar="INSTANT", zh="启用时刻（仅演练）", en="When it was opened (rehearsal only)")
def add(name: str, file: Path | None, at: datetime | None, **said: Any) -> None:
    charter = read(text_of(file), file.name) if file else EMPTY
    founding = _said(charter, **said)
    if at is not None and founding.kind != LedgerKind.REHEARSAL:
        raise Failed(USAGE, Words("正式账本不能指定启用时刻", "A real ledger is opened when it is opened: no --at"))
    event, receipt = _open(name, founding, at)
    data = {"jurisdiction": name, "title": founding.title, "kind": founding.kind, "calendar": founding.calendar}
    organs = [each["organ"] for each in founding.organs]
    line = Words(f"{name} 已启用，机关 {len(organs)} 个", f"{name} is open, with {len(organs)} organs")
    tell(
        {**data, "profiles": list(founding.profiles), "organs": organs, "receipt": receipt},
        [line, *receipt_line(event)],
    )


def _said(
    charter: Charter,
    *,
    kind: str | None,
    rehearsal: bool,
    title: str | None,
    calendar: str | None,
    profiles: tuple[str, ...],
) -> Founding:
    if rehearsal and kind == LedgerKind.REAL:
        raise Failed(
            USAGE, Words("--rehearsal 与 --kind real 矛盾", "--rehearsal and --kind real contradict each other")
        )
    kind = LedgerKind.REHEARSAL if rehearsal else kind or charter.kind or LedgerKind.REAL
    calendar, profiles = calendar or charter.calendar, _separated(profiles) or charter.profiles
    if not (calendar and profiles):
        raise Failed(USAGE, Words("须给出日历和规则包", "Calendar and profiles are needed, here or in FILE"))
    _check_profiles(profiles)
    calendars = law_here().calendars
    if calendar not in calendars:
        told = ", ".join(sorted(calendars.names))
        raise Failed(USAGE, Words(f"没有日历 {calendar}；有：{told}", f"No calendar {calendar}; there are {told}"))
    return charter.founding(kind, calendar, profiles, title)


def _separated(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for each in given for name in each.split(","))


def _check_profiles(profiles: tuple[str, ...]) -> None:
    known = law_here().rulebook.profiles
    if missing := [each for each in profiles if each not in known]:
        told = ", ".join(known)
        raise Failed(USAGE, Words(f"没有规则包 {missing[0]}；有：{told}", f"No profile {missing[0]}; there are {told}"))


def _open(name: str, said: Founding, at: datetime | None) -> tuple[UUID, str | None]:
    """Open the ledger; the last event of that, and the receipt."""
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
        event = found(place.ledger, said, at=at or now, now=now, new_id=wiring.new_id, recorded_at=at)
        return event, receipt_of(place, event)


@command(
    "选定规则包\n\n此后受理的案件依这些规则计算；已立案件仍依立案时的规则。",
    "Choose the rule profiles of a jurisdiction\n\nCases that open from now on are judged by them; open ones keep theirs.",
)
@click.argument("name")
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE...")
def choose(name: str, profiles: tuple[str, ...]) -> None:
    _check_profiles(profiles)
    with wired() as wiring:
        place = wiring.place(name)
        organ = place.ledger.register().role(ADMINISTRATOR) or "system"
        chosen = Command(
            case_type="jurisdiction",
            step="choose_profiles",
            case=JURISDICTION,
            actor=Actor(organ),
            occurred_at=wiring.now(),
            arguments={"profiles": profiles},
        )
        event = recorded_by(handle(chosen, place.ledger, now=wiring.now(), new_id=wiring.new_id))
        receipt = receipt_of(place, event)
    told = ", ".join(profiles)
    line = Words(f"{name} 自此适用：{told}", f"{name} goes by {told} from now on")
    data = {"jurisdiction": name, "profiles": profiles, "token": event, "receipt": receipt}
    tell(data, [line, *receipt_line(event)])


@command("列出辖区", "List the jurisdictions", name="list")
def list_() -> None:
    with wired() as wiring:
        found_here = [_shown(wiring.place(name)) for name in wiring.names()]
    tell({"items": found_here}, (_line(each) for each in found_here))


def _shown(place: Place) -> dict[str, Any]:
    case = place.ledger.office().case
    return {
        "name": place.name,
        "title": case.title,
        "kind": (LedgerKind.REHEARSAL if place.ledger.rehearsal else LedgerKind.REAL).value,
        "calendar": case.register.calendar,
        "profiles": list(case.register.profiles),
        "organs": len(case.register.organs),
    }


def _line(each: dict[str, Any]) -> str:
    return f"{each['name']}  {each['kind']}  {each['calendar']}  {','.join(each['profiles'])}  {each['title'] or ''}".rstrip()
