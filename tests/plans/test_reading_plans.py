"""A plan reads the same from TOML, CSV and a sheet, and what is wrong is told all at once with row and column (任务清单)."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from application.plans.plan import BadPlan, Plan, PlanRow
from application.plans.reading import COLUMNS, from_rows
from infrastructure.plan_files import MOST_ROWS, read_plan

TOML = """
plan = "P-1"
title = "for the reader"
source = "示例方案"
issued = 2016-05-10
authority = "州人民政府"

[[task]]
no = "1"
title = "平台建设"
leads = ["州公管局", "财政局"]
cooperating = ["州编办"]
due = "2016年6月底前"
clause = "一（一）"
quote = "2016年6月底前完成"

[[task]]
no = "2"
title = "监督检查"
leads = ["审计局"]
due = "长期"

[[task]]
no = "3"
title = "其他"
leads = ["审计局"]
"""
CSV = """\ufeffplan,source,issued,authority,no,title,leads,cooperating,due,clause,quote
P-1,示例方案,2016-05-10,州人民政府,1,平台建设,州公管局、财政局,州编办,2016-06-30,一（一）,2016年6月底前完成
,,,,2,监督检查,审计局,,长期,,

P-1,示例方案,2016-05-10,,3,其他,审计局,,,,
"""
HEADINGS = ["计划", "出处", "印发日期", "定限机关", "序号", "任务", "牵头单位", "配合单位", "时限", "条款", "原文"]
READ = Plan(
    number="P-1",
    source="示例方案",
    issued=date(2016, 5, 10),
    authority="州人民政府",
    rows=(
        PlanRow(1, "1", "平台建设", ("州公管局", "财政局"), ("州编办",), date(2016, 6, 30), False, "一（一）", "2016年6月底前完成"),
        PlanRow(2, "2", "监督检查", ("审计局",), long_term=True),
        PlanRow(3, "3", "其他", ("审计局",)),
    ),
)  # fmt: skip


def bare(plan: Plan) -> tuple[Any, ...]:
    """The plan without the places of its rows."""
    rows = tuple((x.no, x.title, x.leads, x.cooperating, x.due, x.long_term, x.clause, x.quote) for x in plan.rows)
    return plan.number, plan.source, plan.issued, plan.authority, rows


def sheet(*lines: list[Any]) -> bytes:
    """A workbook with these lines."""
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def errors(name: str, content: bytes) -> list[str]:
    """Where a file is wrong."""
    with pytest.raises(BadPlan) as bad:
        read_plan(name, content)
    assert all(each.zh and each.en for each in bad.value.errors)
    return [each.place for each in bad.value.errors]


def test_toml_has_a_table_for_each_task() -> None:
    assert read_plan("p.toml", TOML.encode()) == READ


def test_csv_says_what_is_of_the_whole_plan_in_its_first_row_and_numbers_by_line() -> None:
    found = read_plan("P.CSV", CSV.encode())
    assert bare(found) == bare(READ)
    assert [each.row for each in found.rows] == [2, 3, 5]


def test_a_sheet_may_have_chinese_headings_real_dates_and_numbers() -> None:
    first = ["P-1", "示例方案", datetime(2016, 5, 10),  # noqa: DTZ001
             "州人民政府", 1, "平台建设", "州公管局；财政局", "州编办",
             datetime(2016, 6, 30),  # noqa: DTZ001
             "一（一）", "2016年6月底前完成"]  # fmt: skip
    second = [None, None, None, None, 2.0, "监督检查", "审计局", None, "长期"]
    third = [None, None, None, None, "3", "其他", "审计局"]
    found = read_plan("p.xlsx", sheet(HEADINGS, first, second, [], third))
    assert bare(found) == bare(READ)
    assert [each.row for each in found.rows] == [2, 3, 5]


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        ('no = "2"', 'no = "1"', ["2.no"]),
        ('no = "2"\n', "", ["2.no"]),
        ('title = "其他"', 'title = ""', ["3.title"]),
        ('leads = ["审计局"]\ndue = "长期"', "leads = []", ["2.leads"]),
        ('leads = ["审计局"]\ndue = "长期"', "leads = 7", ["2.leads"]),
        ('due = "长期"', 'due = "适时"', ["2.due"]),
        ('due = "长期"', "due = 5", ["2.due"]),
        ('due = "长期"', 'deadline = "长期"', ["2.deadline"]),
        ("issued = 2016-05-10", "", ["issued"]),
        ("issued = 2016-05-10", 'issued = "昨天"', ["issued"]),
        ('source = "示例方案"', "", ["source"]),
        ('plan = "P-1"', "plan = true", ["plan"]),
        ('authority = "州人民政府"', 'authority = ["x"]', ["authority"]),
        ('cooperating = ["州编办"]', "cooperating = [1]", ["1.cooperating"]),
        ("[[task]]", "[task", ["file"]),
        ('title = "其他"', f'title = "{"长" * 20_001}"', ["3.title"]),
    ],
)
def test_what_is_wrong_in_toml_is_told_by_task(before: str, after: str, places: list[str]) -> None:
    assert before in TOML
    head, _, tail = TOML.rpartition(before)
    assert errors("p.toml", (head + after + tail).encode()) == places


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = CSV.replace("2016-06-30", "soon").replace("长期", "later").replace("其他,审计局", "其他,")
    assert errors("p.csv", text.encode()) == ["2.due", "3.due", "5.leads"]


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        ("clause", "klause", ["1.klause"]),
        ("clause", "title", ["1.title"]),
        ("P-1,示例方案,2016-05-10,,3", "P-2,示例方案,2016-05-10,,3", ["5.plan"]),
        ("监督检查", '"监督检查', ["5.file"]),
    ],
)
def test_what_is_wrong_in_csv_is_told_by_line(before: str, after: str, places: list[str]) -> None:
    assert errors("p.csv", CSV.replace(before, after).encode()) == places


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("p.txt", b"x"),
        ("p", b"x"),
        ("p.csv", b"\xff\xfe"),
        ("p.toml", b"\xff\xfe"),
        ("p.csv", b""),
        ("p.csv", b"\n\n"),
        ("p.xlsx", b"no workbook"),
        ("p.xlsx", b"PK\x03\x04 nor this"),
        ("p.toml", b"task = 5"),
    ],
)
def test_what_is_no_plan_at_all_is_refused(name: str, content: bytes) -> None:
    assert len(errors(name, content)) == 1


def test_a_plan_has_tasks() -> None:
    assert errors("p.csv", CSV.splitlines()[0].encode()) == ["plan", "source", "issued", "task"]
    assert errors("p.toml", TOML[: TOML.index("[[task]]")].encode()) == ["task"]


def test_a_sheet_is_read_as_far_as_a_plan_can_reasonably_go() -> None:
    lines = [["P-1", "x", "2016-05-10", None, n, "t", "审计局"] for n in range(1, 30)]
    assert len(read_plan("p.xlsx", sheet(HEADINGS, *lines)).rows) == 29 < MOST_ROWS


def test_the_columns_are_the_same_in_both_languages() -> None:
    assert len(HEADINGS) == len(COLUMNS)
    with pytest.raises(BadPlan, match="strange"):
        from_rows(
            {"plan": "P", "source": "x", "issued": "2016-05-10", "strange": 1},
            [(1, {"no": "1", "title": "t", "leads": ["a"]})],
        )
