"""What would have been (推演): history told again under other rules or another calendar; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from api.cli.command import command, option
from api.cli.failing import NO, OK, USAGE, Failed
from api.cli.picture import judged_text
from api.cli.places import jurisdiction_option
from api.cli.reading import text_of, whole_files
from api.cli.telling import wants_json
from api.cli.watched import watched
from api.cli.words import Words, title
from api.strict import write
from api.wiring import Law as Here
from api.wiring import Place, law_here
from application.accesses import Outcome
from application.shown import shown_edition
from application.whatif import Difference, Law, NoSuchProfile, Supposing, other_calendar, other_rules
from application.whatif_shown import COUNTED, shown_difference, shown_totals
from domain.law.notice import parse_edition

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
Said = tuple[dict[str, Any], Callable[[Law], Law]]


@command(
    "推演：若依其他规则或放假安排，哪些时限的结论会不同\n\n不写入任何内容。规则文件取代同名（或 --as 所指）的规则包；"
    "--adds 只增加或替换其中的版本。有不同时退出码为 1。",
    "Tell history again under other rules or another calendar\n\nNothing is written. A file of rules stands in the place of "
    "the profile of its name, or of the one given with --as; with --adds it adds versions to it. Exit code 1 if any "
    "verdict differs.",
)
@option("--profile", type=FILE, zh="规则文件（TOML）", en="Rules (TOML)")
@option("--as", "stands_for", metavar="NAME", zh="所取代的规则包，默认与文件同名", en="Profile it stands for")
@option("--adds", is_flag=True, zh="只增加或替换版本，其余规则不变", en="Add versions, keep the other rules")
@option("--calendar", type=FILE, zh="放假安排文件（TOML 或 JSON）", en="Holiday arrangement (TOML or JSON)")
@option(
    "--from",
    "first",
    type=DAY,
    metavar="DAY",
    zh="该日以后仍在办的案卷",
    en="Files that were open on that day or later",
)
@option(
    "--to", "last", type=DAY, metavar="DAY", zh="该日以前立案的案卷", en="Files that were opened on that day or before"
)
@jurisdiction_option
def whatif(
    profile: Path | None,
    stands_for: str | None,
    adds: bool,
    calendar: Path | None,
    first: datetime | None,
    last: datetime | None,
    jurisdiction: str | None,
) -> int:
    if (profile is None) == (calendar is None):
        raise Failed(USAGE, Words("须给出 --profile 或 --calendar 之一", "Give either --profile or --calendar"))
    said, supposed = _calendar(calendar) if calendar else _rules(law_here(), profile, stands_for, adds=adds)
    with watched(jurisdiction, Outcome.LISTED) as (wiring, place):
        try:
            supposing = Supposing(place.ledger, supposed, wiring.now(), _day(first), _day(last))
        except NoSuchProfile as error:
            told = ", ".join(place.ledger.rulebook.profiles)
            about = Words(f"没有规则包 {error}；有：{told}", f"No profile {error}: say with --as which of {told}")
            raise Failed(USAGE, about) from error
        _tell({"jurisdiction": place.name, "supposed": said}, supposing, place)
    return NO if supposing.totals.changed else OK


def _day(said: datetime | None) -> date | None:
    return None if said is None else said.date()


def _rules(here: Here, path: Path | None, stands_for: str | None, *, adds: bool) -> Said:
    assert path is not None
    name = stands_for or path.name.removesuffix(".toml")
    limits = here.check_profile(text_of(path), path.name)
    said = {"profile": name, "file": path.name, "rules": len(limits), "adds": adds}
    return said, lambda present: other_rules(present, limits, profile=name, adds=adds)


def _calendar(path: Path) -> Said:
    edition = parse_edition(text_of(path), path.name)
    return {"calendar": shown_edition(edition)}, lambda present: other_calendar(present, edition)


def _tell(said: dict[str, Any], supposing: Supposing, place: Place) -> None:
    """Answer as the files are read, so that no more than a few are ever held."""
    found = (
        each
        for entries in whole_files(place, Words("推演", "Telling files again"))
        for each in supposing.differences(entries)
    )
    if not wants_json():
        _tell_lines(found, supposing)
        return
    click.echo(write(said).decode().removesuffix("}") + ',"items":[', nl=False)
    for number, each in enumerate(found):
        click.echo(("," if number else "") + write(shown_difference(each)).decode(), nl=False)
    click.echo('],"totals":' + write(shown_totals(supposing.totals)).decode() + "}")


def _tell_lines(found: Iterator[Difference], supposing: Supposing) -> None:
    for each in found:
        told = shown_difference(each)
        before, after = judged_text(told["before"]), judged_text(told["after"])
        line = (
            f"{told['number']}  {told['rule']:<11} {told['party']:<6} {before} → {after}  {title(told['why']['text'])}"
        )
        click.echo(line)
    totals = shown_totals(supposing.totals)
    click.echo(str(Words(f"案卷 {totals['files']}，时限 {totals['clocks']}，结论不同 {totals['changed']}",
                         f"{totals['files']} files, {totals['clocks']} clocks, {totals['changed']} judged otherwise")))  # fmt: skip
    for each_of in totals["departments"]:
        if each_of["changed"]:
            click.echo(f"  {each_of['department']:<8} {_counts(each_of['before'])} → {_counts(each_of['after'])}")


def _counts(said: dict[str, int]) -> str:
    words = (Words("按期", "met"), Words("逾期", "late"), Words("在办", "open"), Words("在办逾期", "open late"))
    return "  ".join(f"{word} {said[name]}" for word, name in zip(words, COUNTED, strict=True))
