"""Every mechanism of the five documents is served by steps that exist and proved by tests that exist, or says why not."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import click
import pytest

from api.cli import ANJUAN
from api.handbook.coverage import Row, shipped_rows
from domain.cases import CASES
from infrastructure.law_files import shipped_rulebook

ROOT = Path(__file__).parents[2]
ROWS = shipped_rows()
MECHANISMS = [str(number) for number in range(1, 51)]
TASK_LISTS = ["DL-TASKS", "ZZ-TASKS", "HZ-TASKS"]


def faults(row: Row) -> list[str]:
    """What a row promises and the product does not have."""
    return [*_missing(row), *_shape(row)]


def _shape(row: Row) -> Iterator[str]:
    served = bool(row.steps or row.reads or row.commands)
    if served == (row.nothing is not None):
        yield f"{row.no}: either something serves it, or it says why nothing does"
    if served and not row.tests:
        yield f"{row.no}: no test proves it"


def _missing(row: Row) -> Iterator[str]:
    for step in row.steps:
        case_type, _, name = step.partition(".")
        if case_type not in CASES or name not in CASES[case_type].STEPS:
            yield f"{row.no}: no step {step}"
    for rule in row.rules:
        if not any(limit.id == rule and limit.enforced for limit in shipped_rulebook().limits):
            yield f"{row.no}: no enforced limit {rule}"
    for read in row.reads:
        if f"/api/v1/{read}" not in _routes():
            yield f"{row.no}: no route {read}"
    for command in row.commands:
        if not _is_command(command.split()):
            yield f"{row.no}: no command {command}"
    for test in row.tests:
        file, _, name = test.partition("::")
        if name not in _tests(file):
            yield f"{row.no}: no test {test}"


@cache
def _routes() -> frozenset[str]:
    golden = json.loads((ROOT / "tests/golden/openapi.json").read_text(encoding="utf-8"))
    return frozenset(golden["paths"])


def _is_command(words: list[str]) -> bool:
    found: click.Command | None = ANJUAN
    for word in words:
        found = found.get_command(click.Context(found), word) if isinstance(found, click.Group) else None
    return found is not None


@cache
def _tests(file: str) -> frozenset[str]:
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.no)
def test_every_mechanism_is_served_and_proved_or_says_why_not(row: Row) -> None:
    assert faults(row) == []


def test_every_mechanism_and_every_task_list_has_its_row() -> None:
    assert [row.no for row in ROWS] == [*MECHANISMS, *TASK_LISTS]


@pytest.mark.parametrize(
    "broken",
    [
        {"steps": ("complaint.no_such_step",)},
        {"rules": ("XE-NONE",)},
        {"reads": ("no-such-read",)},
        {"commands": ("no such command",)},
        {"tests": ("tests/cases/test_complaint_intake.py::test_no_such_test",)},
        {"tests": ()},
        {"steps": (), "reads": (), "commands": ()},
        {"nothing": "because"},
    ],
)
def test_a_row_that_loses_what_it_promises_fails(broken: dict[str, tuple[str, ...]]) -> None:
    assert faults(ROWS[0]) == []
    assert faults(replace(ROWS[0], **broken)) != []
