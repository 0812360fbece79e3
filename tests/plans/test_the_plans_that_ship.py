"""The plans of Dali, Zhangzhou and Hangzhou say what their texts say: every task with its words, leads and date (任务清单)."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Any

import pytest

from api.cli import charter
from application.plans.plan import Plan
from domain.law.fixed_date import fixed_date
from domain.register import OrganRecord, Register
from infrastructure.law_files import shipped_texts
from infrastructure.plan_files import read_plan, shipped_plans, shipped_registers

NAMES = tuple(shipped_plans())
DALI = {
    **dict.fromkeys(["1", "2", "7", "9", "11", "12", "15", "16", "18", "20", "21"], "2016-06-30"),
    **dict.fromkeys(["4", "10", "14"], "2016-12-31"),
    **dict.fromkeys(["6", "22"], "2016-09-30"),
    **dict.fromkeys(["13", "19"], "2016-03-31"),
    "5": "2017-12-31",
    "8": "2017-06-30",
    "17": "2015-12-31",
    **dict.fromkeys(["3", "23", "24"], "long-term"),
}
ZHANGZHOU = {
    **dict.fromkeys(["1", "2-1", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"], "2016-12-31"),
    **dict.fromkeys(["2-2", "14", "15", "16", "17"], "none"),
}
HANGZHOU = {
    **dict.fromkeys(["1", "3", "6"], "2016-12-31"),
    **dict.fromkeys(["2", "5"], "2017-06-30"),
    "4": "2017-03-31",
    **dict.fromkeys(["7", "8", "9", "10", "11"], "none"),
}
"""Typed by hand from the reports on the texts."""


def plan(name: str) -> Plan:
    return read_plan(f"{name}.toml", shipped_plans()[name].encode())


def told(name: str) -> dict[str, Any]:
    return tomllib.loads(shipped_plans()[name])


def register(name: str) -> Register:
    """The register that ships with a plan."""
    said = charter.read(shipped_registers()[name.partition("-")[0]], name)
    organs = {
        each["organ"]: OrganRecord(each["organ"], each["name_zh"], aliases=tuple(each.get("aliases", ())))
        for each in said.organs
    }
    return Register(organs)


def when(row: Any) -> str:
    return "long-term" if row.long_term else "none" if row.due is None else row.due.isoformat()


def test_three_plans_and_their_registers_ship() -> None:
    assert NAMES == ("dali-2016", "hangzhou-2016", "zhangzhou-2016")
    assert tuple(shipped_registers()) == ("dali", "hangzhou", "zhangzhou")


@pytest.mark.parametrize(
    ("name", "dates"), [("dali-2016", DALI), ("zhangzhou-2016", ZHANGZHOU), ("hangzhou-2016", HANGZHOU)]
)
def test_every_task_is_there_once_with_its_date(name: str, dates: dict[str, str]) -> None:
    assert {row.no: when(row) for row in plan(name).rows} == dates


@pytest.mark.parametrize("name", NAMES)
def test_every_task_quotes_its_text_word_for_word(name: str) -> None:
    text = shipped_texts()[told(name)["text"]]
    for row in plan(name).rows:
        assert row.quote and row.quote in text, row.no
        assert f"{row.quote[:-1]}〇" not in text
        assert row.clause


@pytest.mark.parametrize("name", NAMES)
def test_the_date_of_a_task_stands_in_its_quote(name: str) -> None:
    for said in told(name)["task"]:
        if due := said.get("due"):
            assert due.removesuffix("前") in said["quote"], said["no"]
            assert due == "长期" or fixed_date(due)
        else:
            assert "完成" not in said["quote"] or said["no"] == "2-2"


@pytest.mark.parametrize("name", ["dali-2016", "zhangzhou-2016"])
def test_every_department_of_a_task_stands_in_its_quote(name: str) -> None:
    for said in told(name)["task"]:
        words = said["quote"].replace("州、县市人民政府", "州人民政府、县市人民政府")
        for department in [*said["leads"], *said.get("cooperating", ())]:
            assert department in words, (said["no"], department)


def test_the_leads_of_dali_stand_before_the_word_for_leading_and_the_others_before_that_for_cooperating() -> None:
    for said in told("dali-2016")["task"]:
        words = said["quote"].replace("州、县市人民政府", "州人民政府、县市人民政府")
        lead, _, rest = words.partition("负责")
        assert all(each in lead for each in said["leads"]), said["no"]
        assert all(each in rest for each in said.get("cooperating", ())), said["no"]
        assert ("配合" in rest) == bool(said.get("cooperating"))
        known = re.split("[、，]", lead.replace("等部门，", "，").removesuffix("等部门"))
        assert len(known) == len(said["leads"]), said["no"]


@pytest.mark.parametrize("name", NAMES)
def test_every_department_is_in_the_register_and_none_twice_in_a_task(name: str) -> None:
    known = register(name)
    for row in plan(name).rows:
        found = [known.named(each) for each in (*row.leads, *row.cooperating)]
        assert None not in found, row.no
        assert len({each.id for each in found if each}) == len(found), row.no
    assert known.named(plan(name).authority or "") is not None


def test_one_bureau_has_the_two_names_that_the_plan_of_dali_gives_it() -> None:
    known = register("dali-2016")
    assert known.named("水利局") is known.named("水务局") is not None
    assert known.named("工信委") is known.named("工业和信息化委") is not None


def test_no_name_stands_for_two_organs() -> None:
    for name in NAMES:
        said = charter.read(shipped_registers()[name.partition("-")[0]], name)
        names = [word for each in said.organs for word in {each["organ"], each["name_zh"], *each.get("aliases", ())}]
        assert len(set(names)) == len(names)


def test_three_tasks_of_dali_are_due_before_the_plan_itself() -> None:
    issued = plan("dali-2016").issued
    assert issued == date(2016, 5, 10)
    assert [row.no for row in plan("dali-2016").rows if row.due and row.due < issued] == ["13", "17", "19"]
