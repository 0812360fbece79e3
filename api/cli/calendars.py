"""Holiday arrangements (放假安排): checked, previewed, published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from api.cli.command import command, option
from api.cli.failing import NO, OK, USAGE, Failed
from api.cli.on_record import receipt_line, receipt_of
from api.cli.picture import judged_text
from api.cli.places import jurisdiction_option, opened
from api.cli.reading import text_of, whole_files
from api.cli.telling import say, tell, wants_json
from api.cli.words import Words
from api.wiring import Place, Wiring
from application.handle import Command, handle
from application.ledger import JURISDICTION
from application.receipts import recorded_by
from application.shown import shown_edition
from application.whatif import Supposing, publishing
from application.whatif_shown import shown_difference
from domain.kernel import Actor
from domain.law.clock import day_of
from domain.law.edition import Edition
from domain.law.notice import parse_edition

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SYNTHETIC = "synthetic"
ADMINISTRATOR = "administrator"


@command(
    "检查放假安排文件（TOML 或 JSON）\n\n有误时指出文件、行和原因，退出码为 1。",
    "Check an arrangement (TOML or JSON)\n\nWhat is wrong is told with file, line and reason; exit code 1.",
)
@click.argument("file", type=FILE)
def check(file: Path) -> None:
    edition = _edition(file)
    days = f"{len(edition.days_off)}, {len(edition.workdays)}"
    line = Words(
        f"{edition.id} 无误（放假、调休天数：{days}）", f"{edition.id} is in order (days off, workdays: {days})"
    )
    tell({"ok": True, "edition": _shown(edition)}, [line])


@command(
    "预览放假安排会变动哪些期限\n\n有变动时退出码为 1。",
    "Show which time limits an arrangement would move\n\nExit code 1 if it moves any. Nothing is published.",
)
@click.argument("file", type=FILE)
@jurisdiction_option
def preview(file: Path, jurisdiction: str | None) -> int:
    edition = _edition(file)
    with opened(jurisdiction) as (wiring, place):
        moved = _moved(wiring, place, edition)
    tell({"edition": _shown(edition), "moved": moved}, _lines(moved))
    return NO if moved else OK


@command(
    "发布放假安排\n\n先列出会变动的期限并询问；--yes 不询问。已开始的期限自发布时起按新安排计算。",
    "Publish an arrangement\n\nFirst tells which time limits it moves, and asks; not with --yes. Running clocks are judged "
    "by it from then on.",
    name="import",
)
@click.argument("file", type=FILE)
@option("--yes", is_flag=True, zh="不询问", en="Do not ask")
@jurisdiction_option
def import_(file: Path, yes: bool, jurisdiction: str | None) -> int:
    edition = _edition(file)
    with opened(jurisdiction) as (wiring, place):
        moved = _moved(wiring, place, edition)
        if not yes:
            _ask(moved)
        receipt = handle(_publication(wiring, place, edition), place.ledger, now=wiring.now(), new_id=wiring.new_id)
        event = recorded_by(receipt)
        told = {"edition": _shown(edition), "moved": moved, "token": event, "receipt": receipt_of(place, event)}
    done = Words(f"已发布 {edition.id}", f"{edition.id} is published")
    tell(told, [*(_lines(moved) if yes else ()), done, *receipt_line(event)])
    return OK


def _edition(file: Path) -> Edition:
    return parse_edition(text_of(file), file.name)


def _moved(wiring: Wiring, place: Place, edition: Edition) -> list[dict[str, Any]]:
    """The time limits whose due day or verdict would be another."""
    now = wiring.now()
    supposing = Supposing(place.ledger, lambda present: publishing(present, edition, day_of(now)), now)
    files = whole_files(place, Words("预览", "Looking at files"))
    told = [_told(shown_difference(each)) for entries in files for each in supposing.differences(entries)]
    return [each for each in told if each["from"] != each["to"]]


def _told(moved: Mapping[str, Any]) -> dict[str, Any]:
    where = {name: moved[name] for name in ("file_no", "number", "clock", "rule", "party")}
    return {**where, "from": _seen(moved["before"]), "to": _seen(moved["after"])}


def _seen(verdict: Mapping[str, Any]) -> dict[str, Any]:
    return {name: verdict[name] for name in ("due", "state", "provisional")}


def _lines(moved: list[dict[str, Any]]) -> Iterator[str]:
    if not moved:
        yield str(Words("没有期限变动", "no time limit moves"))
    for each in moved:
        yield f"{each['number']}  {each['rule']:<11} {each['party']:<6} {judged_text(each['from'])} → {judged_text(each['to'])}"


def _ask(moved: list[dict[str, Any]]) -> None:
    if wants_json():
        raise Failed(USAGE, Words("--json 时须加 --yes", "With --json nobody is asked: add --yes"))
    for line in _lines(moved):
        say(line)
    if not click.confirm(str(Words("发布？", "Publish it?")), err=True):
        raise Failed(NO, Words("未发布", "Not published"))


def _publication(wiring: Wiring, place: Place, edition: Edition) -> Command:
    organ = place.ledger.register().role(ADMINISTRATOR) or "system"
    return Command(
        case_type="jurisdiction",
        step="publish_calendar",
        case=JURISDICTION,
        actor=Actor(organ),
        occurred_at=wiring.now(),
        arguments={
            "calendar": edition.calendar,
            "year": edition.year,
            "days_off": edition.days_off,
            "workdays": edition.workdays,
            "notice": edition.notice,
            "published": edition.published,
            "source": edition.url,
            "synthetic": edition.note == SYNTHETIC,
        },
    )


def _shown(edition: Edition) -> dict[str, Any]:
    return {**shown_edition(edition), "days_off": edition.days_off, "workdays": edition.workdays}
