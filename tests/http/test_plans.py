"""The plan of Dali over HTTP: opened whole and once, and on 1 July 2016 every lead sees what it owes (任务清单)."""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import Any

import pytest

from api.app import create_app
from api.cli import charter
from api.cli.wiring import shipped_plans, shipped_registers
from api.scenario.command import listing
from api.wiring import Wiring, found_ledger, lists_of
from domain.cases.jurisdiction.events import Duty
from domain.law.clock import CHINA
from infrastructure.administration import Administration
from tests.http.client import Answer, Client
from tests.http.conftest import County
from tests.servers import Database
from tests.sites import answering

GIVEN_ON = {"Anjuan-Business-Time": "2016-05-10T09:00:00+08:00"}
FIRST_OF_JULY = "2016-07-01T09:00:00+08:00"
OVERDUE = {"1", "2", "7", "9", "11", "12", "13", "15", "16", "17", "18", "19", "20", "21"}
BORN = {"13", "17", "19"}
LEADS = {
    "dl_ggj": OVERDUE - {"11", "13", "17", "21"},
    "dl_xs": {"1", "2", "7", "9", "16"},
    "dl_zf": {"9"},
    "dl_czj": {"7", "11", "13", "17", "18", "19"},
    "dl_wjj": {"17"},
    "dl_fgw": {"7", "11", "13", "18", "19"},
    "dl_swj": {"13", "18"},
    "dl_jyzx": {"13"},
    "dl_lxhy": {"21"},
    "dl_bb": set(),
    "dl_sjj": set(),
}
"""Who leads which of the tasks that were overdue that day, typed by hand from the text."""

FIRST = {"dl_xs": 4, "dl_fgw": 1, "dl_fzb": 1, "dl_ggj": 3, "dl_lxhy": 1, "dl_zf": 1}
"""Of the 11 that were due on 30 June, how many each first-named lead answers for."""


def body(**changed: Any) -> dict[str, Any]:
    """The plan of Dali as a request."""
    said = tomllib.loads(shipped_plans()["dali-2016"])
    whole = {key: said[key] for key in ("plan", "source", "authority")}
    return {**whole, "issued": said["issued"].isoformat(), "task": said["task"], **changed}


def post(client: Client, headers: dict[str, str] | None = None, **changed: Any) -> Answer:
    return client.post("/api/v1/plans", body(**changed), GIVEN_ON if headers is None else headers)


@pytest.fixture(scope="module")
def dali(database: Database, administration: Administration) -> Iterator[County]:
    """Dali behind a server with its workers running."""
    wiring = Wiring(database.app, lists=lists_of)
    said, name = charter.read(shipped_registers()["dali"], "dali"), f"t-{secrets.token_hex(5)}"
    at = datetime(2016, 5, 9, tzinfo=CHINA)
    inspector = {"officer": "jwjc-officer", "name": "经办人", "organ": "jwjc", "duties": (Duty.HANDLER,)}
    found_ledger(wiring, administration, name, kind="rehearsal", calendar="dali", profiles=said.profiles,
                 organs=said.organs, officers=(inspector,), at=at)  # fmt: skip
    with closing(wiring), listing(wiring), answering(create_app(wiring)) as port:
        county = County(name, wiring, administration, port)
        yield county
        for client in county.clients.values():
            client.close()


@pytest.fixture(scope="module")
def imported(dali: County) -> str:
    """The token of the import."""
    office = dali.client("dl_ggj")
    dry = post(office, dry_run=True)
    assert (dry.status, dry.json["token"], len(dry.json["opened"])) == (200, None, 24), dry.raw
    assert office.get("/api/v1/cases/DL-2016-1").status == 404
    told = post(office)
    assert told.status == 200, told.raw
    assert told.json["opened"] == [f"DL-2016-{n}" for n in range(1, 25)]
    return str(told.json["token"])


def overdue(dali: County, after: str, **query: Any) -> list[Any]:
    told = dali.client("jwjc").get("/api/v1/overdue", as_of=FIRST_OF_JULY, after=after, limit=200, **query)
    assert told.status == 200, told.raw
    return list(told.json["items"])


def items(rows: list[Any]) -> set[str]:
    return {row["number"].removeprefix("DL-2016-") for row in rows}


@pytest.mark.parametrize("basis", ["known", "recomputed"])
def test_on_the_first_of_july_2016_fourteen_tasks_of_dali_were_overdue(dali: County, imported: str, basis: str) -> None:
    rows = overdue(dali, imported, basis=basis)
    assert items(rows) == OVERDUE
    assert len(rows) == len(OVERDUE), "each once"
    assert {row["number"].removeprefix("DL-2016-") for row in rows if row.get("born_overdue")} == BORN
    late = {row["number"]: row["late_by"]["calendar_days"] for row in rows}
    assert (late["DL-2016-1"], late["DL-2016-17"]) == (1, 183)
    assert [row["due"] for row in rows] == sorted(row["due"] for row in rows)


@pytest.mark.parametrize("organ", LEADS)
def test_every_lead_sees_what_it_owes_alone_or_with_others(dali: County, imported: str, organ: str) -> None:
    assert items(overdue(dali, imported, department=organ)) == LEADS[organ]


def test_a_day_earlier_only_the_tasks_born_overdue_were(dali: County, imported: str) -> None:
    told = dali.client("jwjc").get("/api/v1/overdue", as_of="2016-06-30T23:59:59+08:00", after=imported, limit=200)
    assert items(told.json["items"]) == BORN
    before = dali.client("jwjc").get("/api/v1/overdue", as_of="2016-05-10T08:59:00+08:00", after=imported, limit=200)
    assert before.json["items"] == []


def test_the_first_named_lead_answers_in_statistics_and_nobody_for_what_was_born_overdue(
    dali: County, imported: str
) -> None:
    told = dali.client("jwjc").get("/api/v1/statistics", **{"from": "2015-01-01", "to": "2016-06-30"}, after=imported)
    assert {row["key"]: row["open_late"] for row in told.json["items"]} == FIRST


def test_a_task_tells_its_sentence_its_leads_and_that_it_was_born_overdue(dali: County, imported: str) -> None:
    task = dali.client("jwjc").get("/api/v1/cases/DL-2016-17", as_of=FIRST_OF_JULY).json
    assert (task["holder"], task["summary"]["leads"]) == ("dl_czj", ["dl_czj", "dl_wjj"])
    assert task["summary"]["quote"] == "州财政局、物价局负责；各县市人民政府，州公共资源交易管理局配合。2015年底前完成"
    assert (task["summary"]["born_overdue"], task["summary"]["authority"]) == (True, "dl_zf")
    (clock,) = task["clocks"]
    assert (clock["co_parties"], clock["born_overdue"]) == (["dl_wjj"], True)
    long_term = dali.client("jwjc").get("/api/v1/cases/DL-2016-23").json
    assert (long_term["clocks"], long_term["summary"]["long_term"]) == ([], True)


def test_the_same_plan_again_opens_nothing_and_a_changed_one_is_refused_as_a_whole(dali: County, imported: str) -> None:
    office = dali.client("dl_ggj")
    again = post(office)
    assert (again.status, again.json["opened"], len(again.json["unchanged"])) == (200, [], 24)
    assert again.json["token"] is None
    tasks = body()["task"]
    more = {"no": "25", "title": "新任务", "leads": ["财政局"]}
    moved = post(office, task=[*tasks[:7], {**tasks[7], "due": "2018年底前"}, *tasks[8:], more])
    assert (moved.status, list(moved.json["errors"])) == (422, ["task.8.due"])
    assert office.get("/api/v1/cases/DL-2016-25").status == 404
    added = post(office, task=[*tasks, more])
    assert (added.status, added.json["opened"]) == (200, ["DL-2016-25"])


def test_one_wrong_row_opens_nothing(dali: County) -> None:
    office = dali.client("dl_ggj")
    rows = [
        {"no": "1", "title": "好的", "leads": ["财政局"]},
        {"no": "2", "title": "不好的", "leads": ["没有的局", "财政局"]},
        {"no": "3", "title": "也不好", "leads": ["财政局", "州财政局"], "cooperating": ["dl_czj"], "due": "适时"},
        {"no": "a/b", "title": "编号", "leads": ["财政局"]},
        {"no": "5", "title": "重复", "leads": ["财政局"], "cooperating": ["dl_czj"]},
    ]
    told = post(office, plan="X-1", task=rows)
    assert (told.status, list(told.json["errors"])) == (422, ["task.3.due"])
    del rows[2]["due"]
    told = post(office, plan="X-1", task=rows)
    assert told.status == 422
    assert list(told.json["errors"]) == ["task.2.leads", "task.3.task", "task.4.no", "task.5.task"]
    assert office.get("/api/v1/files/X-1").status == 404
    assert list(post(office, plan="X-1", authority="没有").json["errors"]) == ["authority"]
    assert list(post(office, plan="X/1").json["errors"]) == ["plan"]


def test_a_number_that_another_case_has_is_an_error_of_its_row(dali: County) -> None:
    office = dali.client("dl_ggj")
    said = {"title": "x", "leads": ["dl_czj"], "issued": "2016-05-10", "source": "x"}
    assert office.post("/api/v1/task", {"number": "Y-1-2", **said}, GIVEN_ON).status == 201
    rows = [{"no": str(n), "title": "x", "leads": ["财政局"]} for n in (1, 2)]
    told = post(office, plan="Y-1", task=rows)
    assert (told.status, list(told.json["errors"])) == (422, ["task.2.no"])
    assert office.get("/api/v1/cases/Y-1-1").status == 404


def test_a_department_imports_no_plan_nor_anybody_one_of_the_future(dali: County) -> None:
    assert post(dali.client("dl_czj"), plan="Z-1").problem == "forbidden"
    assert post(dali.client("dl_ggj"), plan="Z-1", issued="2190-01-01").status == 422
    assert post(dali.client("dl_ggj"), {"Anjuan-Business-Time": "2016-05-09T09:00:00+08:00"}, plan="Z-1").status == 422
    assert post(dali.client("dl_ggj"), plan="Z-1", nonsense=1).status == 422


def test_tasks_go_on_one_by_one(dali: County, imported: str) -> None:
    report = {"evidence": ["管理细则"]}
    july = {"Anjuan-Business-Time": "2016-07-05T09:00:00+08:00"}
    price = dali.client("dl_wjj").post("/api/v1/task/DL-2016-17/report-completion", report, july)
    assert price.status == 200, price.raw
    assert dali.client("dl_czj").post("/api/v1/task/DL-2016-17/verify-completion", {}, july).problem == "forbidden"
    closed = dali.client("dl_dcs").post("/api/v1/task/DL-2016-17/verify-completion", {}, july)
    assert closed.status == 200, closed.raw
    after = closed.json["token"]
    assert items(overdue(dali, after)) == OVERDUE, "what was overdue on that day was overdue on that day"
    later = dali.client("jwjc").get("/api/v1/overdue", as_of="2016-07-05T09:30:00+08:00", after=after, limit=200)
    assert items(later.json["items"]) == OVERDUE - {"17"}
