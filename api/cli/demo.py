"""The demonstration (演示): a county with six whole cases, and a prefecture with its plan, served for whoever wants to look."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from api.cli.charter import Charter
from api.cli.command import command, option
from api.cli.county import DALI, ISSUED, OPENED, SHOWN, TIMER, County, Notebook, charter, dali, prepare
from api.cli.failing import USAGE, Failed
from api.cli.hints import Try, commands, program, requests
from api.cli.home import alone, shared
from api.cli.loading import Loader
from api.cli.logs import log_to_stderr
from api.cli.places import wired
from api.cli.serve import run
from api.cli.telling import progress, say, tell
from api.cli.web import listening
from api.cli.wiring import demonstration_scenarios, read_plan, shipped_plans
from api.cli.words import Words
from api.scenario.command import served
from api.scenario.files import read
from api.scenario.surroundings import Surroundings
from api.v1.numbers import what_is_wrong
from api.wiring import Administration, Wiring, administer, settings
from application.plans.opening import open_plan
from domain.kernel import Actor
from domain.law.clock import day_of

PLAN = "dali-2016"


@command(
    "演示：启动数据库，装载演示县的六件案卷和大理州任务清单，提供服务\n\n再次运行时沿用已有的；--fresh 从头开始。",
    "Demonstrate: start the database, load a county with six cases and Dali's task plan, and serve\n\n"
    "Run again, it goes on with the county as it was left; --fresh begins anew.",
)
@option("--load-only", is_flag=True, zh="只装载，不提供服务", en="Load, but do not serve")
@option("--fresh", is_flag=True, zh="删除演示县后重新装载", en="Drop the county and load it again")
@option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", zh="监听地址", en="Address to listen on")
@option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, zh="端口", en="Port")
@option(
    "--end", is_flag=True, zh="收回全部演示令牌、关闭全部演示账户", en="End every token and account of demonstrations"
)
def demo(load_only: bool, fresh: bool, host: str, port: int, end: bool) -> None:
    log_to_stderr(logging.WARNING)
    if end:
        _end()
        return
    home = settings().home
    if settings().production:
        raise Failed(USAGE, Words("生产环境不设演示", "There is no demonstration where ANJUAN_ENV=production"))
    if load_only:
        _tell(None, *_shown(home, fresh=fresh), Notebook(home), [])
        return
    with listening(host, port) as found:
        county, prefecture = _shown(home, fresh=fresh)
        run(found, 1, lambda url, wiring: _ready(url, wiring, county, prefecture, Notebook(home)))


def _end() -> None:
    with administer() as owner:
        ended = owner.end_demonstrations()
    tell({"ended": ended}, [Words(f"已收回或关闭 {ended} 个", f"{ended} tokens and accounts let nobody in any more")])


def _shown(home: Path, *, fresh: bool) -> tuple[County, County]:
    """The county with all its cases, and the prefecture with its plan."""
    with (alone if fresh else shared)(home):
        say(Words("准备数据库……", "Preparing the database ..."))
        with administer() as owner:
            owner.migrate()
            if fresh:
                _drop(owner)
            with wired() as wiring:
                county = _loaded(wiring, owner, Notebook(home), charter(), OPENED, _load)
                prefecture = _loaded(wiring, owner, Notebook(home, f"demo-{DALI}"), dali(), ISSUED, _load_plan)
    return county, prefecture


def _loaded(
    wiring: Wiring,
    owner: Administration,
    notebook: Notebook,
    said: Charter,
    at: datetime,
    load: Callable[[Wiring, County], None],
) -> County:
    """A jurisdiction with all that is shown of it, loaded unless it was."""
    county = prepare(wiring, owner, notebook, said, at)
    if county.loaded:
        again = f"{county.jurisdiction} is there already; to begin anew: --fresh"
        say(Words(f"{county.jurisdiction} 已在；要从头开始：anjuan demo --fresh", again))
        return county
    load(wiring, county)
    county = replace(county, loaded=True)
    notebook.write(county)
    return county


def _drop(owner: Administration) -> None:
    there = {each.name for each in owner.jurisdictions()}
    for said in (charter(), dali()):
        if said.jurisdiction in there:
            owner.drop_rehearsal(str(said.jurisdiction))


def _load(wiring: Wiring, county: County) -> None:
    with demonstration_scenarios() as paths, served(wiring) as port:
        scenarios = [read(path) for path in paths]
        surroundings = Surroundings.of(charter().organs, charter().profiles)
        steps = sum(len(each.steps) for each in scenarios)
        with progress(Words("装载示例案卷", "Loading the example cases"), steps) as done:
            for scenario in scenarios:
                Loader(county, port, surroundings).load(scenario, done)


def _load_plan(wiring: Wiring, prefecture: County) -> None:
    plan = read_plan(f"{PLAN}.toml", shipped_plans()[PLAN].encode())
    ledger = wiring.place(prefecture.jurisdiction).ledger
    office = Actor(ledger.register().role("office") or TIMER)
    open_plan(plan, ledger, actor=office, now=wiring.now(), wrong_number=what_is_wrong, recorded_at=ISSUED)


def _ready(url: str, wiring: Wiring, county: County, prefecture: County, notebook: Notebook) -> None:
    for each in (county, prefecture):
        wiring.catch_up(wiring.place(each.jurisdiction))
    today = day_of(wiring.now())
    tries = [*requests(url, county, prefecture, today), *commands(county, prefecture)]
    _tell(url, county, prefecture, notebook, tries)


def _tell(url: str | None, county: County, prefecture: County, notebook: Notebook, tries: list[Try]) -> None:
    data = {
        "url": url,
        "jurisdiction": county.jurisdiction,
        "tokens": county.tokens,
        "passwords": county.passwords,
        "beside": {prefecture.jurisdiction: prefecture.tokens},
        "try": [{"about": {"zh": each.about.zh, "en": each.about.en}, "line": each.line} for each in tries],
    }
    tell(data, _lines(url, county, notebook, tries))


def _lines(url: str | None, county: County, notebook: Notebook, tries: list[Try]) -> Iterator[Any]:
    names = {str(each["organ"]): each for each in charter().organs}
    if url is None:
        yield Words(f"演示县已装载；提供服务：{program()} demo", f"The county is loaded; to serve it: {program()} demo")
        return
    yield Words(
        f"演示县已就绪：{url}    接口文档：{url}/api/docs/",
        f"The county is served at {url}, the API explained at {url}/api/docs/",
    )
    yield ""
    yield Words(
        f"各机关的开发令牌（全部见 {notebook.path}）", f"Development tokens of departments (all in {notebook.path})"
    )
    for organ in SHOWN:
        about = Words(str(names[organ]["name_zh"]), str(names[organ]["name_en"]))
        yield f"  {organ:<6} {county.tokens[organ]}  {about}"
    yield from _passwords(county)
    for each in tries:
        yield f"\n# {each.about}"
        yield each.line
    yield ""
    yield Words("按 Ctrl-C 停止", "Ctrl-C stops it")


def _passwords(county: County) -> Iterator[Any]:
    """The accounts of a county that was founded by this very run."""
    if county.passwords:
        yield ""
        yield Words(
            f"演示账户（辖区 {county.jurisdiction}；口令只显示这一次）",
            f"Demonstration accounts of jurisdiction {county.jurisdiction}; passwords are shown this once",
        )
    for login, password in county.passwords.items():
        yield f"  {login:<8} {password}"
