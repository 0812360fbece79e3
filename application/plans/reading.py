"""Reading a task plan (任务清单) from TOML, CSV or the rows of a sheet: the same columns, each error with its row."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from application.plans.plan import BadPlan, Plan, PlanRow, Wrong
from domain.law.fixed_date import fixed_date

WHOLE = ("plan", "source", "issued", "authority")
ROW = ("no", "title", "leads", "cooperating", "due", "clause", "quote")
CHINESE = {
    "计划": "plan", "出处": "source", "印发日期": "issued", "定限机关": "authority", "序号": "no", "任务": "title",
    "牵头单位": "leads", "配合单位": "cooperating", "时限": "due", "条款": "clause", "原文": "quote",
}  # fmt: skip
COLUMNS = (*WHOLE, *ROW)
BESIDE = ("title", "text")
"""Keys of a TOML plan that are for its reader: its full title, and the text that its quotes stand in."""

LONG_TERM = "长期"
BETWEEN = re.compile(r"[、;；\n]")
LONGEST = 20_000


def from_toml(text: str) -> Plan:
    """The plan in a TOML text: the keys of the whole plan, and a `[[task]]` for each row."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPlan([Wrong(None, "file", f"不是 TOML：{error}", f"is no TOML: {error}")]) from error
    rows = said.pop("task", [])
    whole = {key: value for key, value in said.items() if key not in BESIDE}
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        raise BadPlan([Wrong(None, "task", "任务应当写作 [[task]]", "tasks are tables [[task]]")])
    return from_rows(whole, list(enumerate(rows, 1)))


def from_csv(text: str) -> Plan:
    """The plan in a CSV text with a line of headings; row numbers are those of the lines."""
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in lines:
            rows.append((lines.line_num, cells))
    except csv.Error as error:
        raise BadPlan([Wrong(lines.line_num, "file", f"不是 CSV：{error}", f"is no CSV: {error}")]) from error
    return from_table(rows)


def from_table(lines: Iterable[tuple[int, Sequence[Any]]]) -> Plan:
    """The plan in numbered lines of cells, the first of which has the headings; empty lines are passed over."""
    filled = [(n, cells) for n, cells in lines if any(_said(each) for each in cells)]
    if not filled:
        raise BadPlan([Wrong(None, "file", "没有内容", "is empty")])
    first, headings = filled[0][0], [str(each or "").strip() for each in filled[0][1]]
    names = [CHINESE.get(each, each) for each in headings]
    given = [each for each in names if each]
    if strange := [each for each in given if each not in COLUMNS or given.count(each) > 1]:
        raise BadPlan([Wrong(first, strange[0], "没有这一列，或列重复", "is no column of a plan, or stands twice")])
    found = [
        (n, {name: cell for name, cell in zip(names, cells, strict=False) if name and _said(cell)})
        for n, cells in filled[1:]
    ]
    whole = {name: found[0][1][name] for name in WHOLE if found and name in found[0][1]}
    errors = [
        Wrong(n, name, "与首行不一致", "differs from the first row")
        for n, said in found
        for name in WHOLE
        if name in said and said[name] != whole.get(name)
    ]
    if errors:
        raise BadPlan(errors)
    return from_rows(whole, [(n, {key: value for key, value in said.items() if key in ROW}) for n, said in found])


def from_rows(whole: Mapping[str, Any], rows: Sequence[tuple[int, Mapping[str, Any]]]) -> Plan:
    """The plan from what is said of it as a whole and of each numbered row; raises BadPlan with all that is wrong."""
    errors = [*_strange(None, whole, WHOLE)]
    number, source = _text(None, whole, "plan", errors), _text(None, whole, "source", errors)
    issued = _day(whole, errors)
    authority = _text(None, whole, "authority", errors, needed=False) or None
    found = [_row(n, said, errors) for n, said in rows]
    if not rows:
        errors.append(Wrong(None, "task", "没有任务", "has no task"))
    seen: dict[str, int] = {}
    for each in found:
        if each.no and seen.setdefault(each.no, each.row) != each.row:
            errors.append(Wrong(each.row, "no", f"序号 {each.no} 重复", f"{each.no} stands twice"))
    if errors or issued is None:
        raise BadPlan(errors)
    return Plan(number, source, issued, tuple(found), authority)


def _row(row: int, said: Mapping[str, Any], errors: list[Wrong]) -> PlanRow:
    errors += _strange(row, said, ROW)
    due, long_term = _due(row, said.get("due"), errors)
    return PlanRow(
        row=row,
        no=_text(row, said, "no", errors),
        title=_text(row, said, "title", errors),
        leads=_names(row, said, "leads", errors, needed=True),
        cooperating=_names(row, said, "cooperating", errors, needed=False),
        due=due,
        long_term=long_term,
        clause=_text(row, said, "clause", errors, needed=False),
        quote=_text(row, said, "quote", errors, needed=False),
    )


def _strange(row: int | None, said: Mapping[str, Any], known: tuple[str, ...]) -> list[Wrong]:
    return [Wrong(row, str(key), "没有这一列", "is no column of a plan") for key in said if key not in known]


def _said(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def _text(row: int | None, said: Mapping[str, Any], key: str, errors: list[Wrong], *, needed: bool = True) -> str:
    value = said.get(key)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
        if needed or _said(value):
            errors.append(Wrong(row, key, "缺少内容或不是文本", "is missing, or is no text"))
        return ""
    if len(str(value)) > LONGEST:
        errors.append(Wrong(row, key, f"超过 {LONGEST} 字", f"has more than {LONGEST} characters"))
    return str(value).strip()


def _names(row: int, said: Mapping[str, Any], key: str, errors: list[Wrong], *, needed: bool) -> tuple[str, ...]:
    value = said.get(key)
    listed = BETWEEN.split(value) if isinstance(value, str) else value if isinstance(value, list | tuple) else []
    names = tuple(each.strip() for each in listed if isinstance(each, str) and each.strip())
    if needed and not names:
        errors.append(Wrong(row, key, "至少一个单位", "names at least one department"))
    elif _said(value) and (
        not isinstance(value, str | list | tuple) or len(names) < len([x for x in listed if x != ""])
    ):
        errors.append(Wrong(row, key, "应为单位名称", "must be names of departments"))
    return names


def _date(value: Any) -> date | None:
    """A day as a sheet or TOML has it, or as words say it; None if it is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return fixed_date(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _day(whole: Mapping[str, Any], errors: list[Wrong]) -> date | None:
    found = _date(whole.get("issued"))
    if found is None:
        errors.append(Wrong(None, "issued", "应为印发日期", "must be the day of the document"))
    return found


def _due(row: int, value: Any, errors: list[Wrong]) -> tuple[date | None, bool]:
    if not _said(value):
        return None, False
    if isinstance(value, str) and value.strip() == LONG_TERM:
        return None, True
    found = _date(value)
    if found is None:
        why = (
            "应为日期、“2016年6月底前”一类的词、“长期”，或空",
            "must be a day, words such as 2016年6月底前, 长期, or nothing",
        )
        errors.append(Wrong(row, "due", *why))
    return found, False
