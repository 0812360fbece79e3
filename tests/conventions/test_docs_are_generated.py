"""The handbook says what the code and the data say today, and finds every ground of refusal."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from api.handbook import pages, shipped, write
from api.handbook.reach import reach
from domain.cases import CASES
from domain.kernel import Ground
from domain.law.rulebook import Rulebook

DOCS = Path(__file__).parents[2] / "docs"
NAMES = ("rules.md", "steps.md", "glossary.md", "calendars.md", "errors.md", "commands.md", "coverage.md")


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    return pages(shipped())


@pytest.mark.parametrize("name", NAMES)
def test_every_generated_page_is_as_the_code_gives_it(
    name: str, written: dict[str, str], golden: Callable[[Path, str], None]
) -> None:
    golden(DOCS / name, written[name])


def test_no_page_is_generated_besides(written: dict[str, str]) -> None:
    assert set(written) == set(NAMES)


def test_a_rule_that_changes_changes_the_page(written: dict[str, str]) -> None:
    subject = shipped()
    first, *others = subject.rulebook.limits
    changed = replace(subject, rulebook=Rulebook([replace(first, title_en="Quite another title"), *others]))
    assert "Quite another title" not in written["rules.md"]
    assert "Quite another title" in pages(changed)["rules.md"]


def test_every_rule_every_route_and_every_quote_has_its_place(written: dict[str, str]) -> None:
    subject = shipped()
    for limit in subject.rulebook.limits:
        assert f"### {limit.id} {limit.title_zh}" in written["rules.md"]
        assert all(piece in written["rules.md"] for piece in limit.citation.quote)
    for case_type in subject.types.values():
        for step in case_type.STEPS:
            assert f"### {case_type.TYPE}.{step}\n" in written["steps.md"]


WARNINGS = {"EARLIER_PENALTY"}
"""Grounds that are shown and refuse nothing."""


@pytest.mark.parametrize("name", CASES)
def test_every_ground_of_a_case_type_can_be_met_by_one_of_its_steps(name: str) -> None:
    met = {code for step in CASES[name].STEPS.values() for code in reach(CASES[name], step).grounds}
    assert set(_grounds(importlib.import_module(f"domain.cases.{name}.law"))) - met - WARNINGS == set()


def _grounds(module: ModuleType) -> Iterator[str]:
    return (value.code for value in vars(module).values() if isinstance(value, Ground))


def test_the_command_writes_every_page(tmp_path: Path, written: dict[str, str]) -> None:
    assert {path.name: path.read_text(encoding="utf-8") for path in write(tmp_path)} == written
