"""Task plans in files (任务清单文件): TOML, CSV or XLSX by their ending, and those that come with the package."""

from __future__ import annotations

import zipfile
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from application.plans.plan import BadPlan, Plan, Wrong
from application.plans.reading import from_csv, from_table, from_toml

FOLDER = files("infrastructure").joinpath("plans")
ENDINGS = (".toml", ".csv", ".xlsx")
MOST_ROWS = 10_000


def read_plan(name: str, content: bytes) -> Plan:
    """The plan in the content of a file with this name; raises BadPlan."""
    ending = Path(name).suffix.lower()
    if ending == ".xlsx":
        return _from_sheet(content)
    if ending not in ENDINGS:
        told = ", ".join(ENDINGS)
        raise BadPlan([Wrong(None, "file", f"文件应为 {told}", f"must be one of {told}")])
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadPlan([Wrong(None, "file", "不是 UTF-8 文本", "is not UTF-8 text")]) from error
    return from_toml(text) if ending == ".toml" else from_csv(text)


def _from_sheet(content: bytes) -> Plan:
    """The plan in the first sheet of a workbook; what reads it is large, and imported by whoever needs it."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise BadPlan([Wrong(None, "file", "不是 XLSX 工作簿", "is no XLSX workbook")]) from error
    try:
        lines = book.worksheets[0].iter_rows(max_row=MOST_ROWS, values_only=True)
        return from_table(list(enumerate(lines, 1)))
    finally:
        book.close()


def shipped_plans() -> dict[str, str]:
    """The plans of the package by name, each as TOML text."""
    return {name: text for name, text in _files().items() if not name.endswith(".organs")}


def shipped_registers() -> dict[str, str]:
    """The organs that those plans name, by the name of the jurisdiction, each as the text of a charter."""
    return {name.removesuffix(".organs"): text for name, text in _files().items() if name.endswith(".organs")}


def _files() -> dict[str, str]:
    found = (each for each in FOLDER.iterdir() if each.name.endswith(".toml"))
    ordered = sorted(found, key=lambda each: each.name)
    return {each.name.removesuffix(".toml"): each.read_text(encoding="utf-8") for each in ordered}
