"""What the handwritten pages list is what the code has: settings, keys of files, units, words."""

from __future__ import annotations

import inspect
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from api.cli import charter
from application.plans import reading
from domain.cases.jurisdiction.events import Role
from domain.law import clock, notice, profile_format
from domain.law.notice import parse_edition
from domain.law.rulebook import parse
from infrastructure.law_files import shipped_texts
from infrastructure.settings import SETTINGS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
TAKEN = re.compile(r'\.(?:need|may|one_of|matching|topics?|texts|tables?|maybe_table|values)\("(\w+)"')
LINK = re.compile(r"\]\(([^)#:\s]+)(#[^)]*)?\)")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]


def page(name: str) -> str:
    """A page of the documentation."""
    return (DOCS / name).read_text(encoding="utf-8")


def examples(name: str) -> list[str]:
    """The TOML examples of a page."""
    return re.findall(r"^```toml\n(.*?)^```", page(name), re.MULTILINE | re.DOTALL)


def test_every_setting_is_documented_with_its_default_and_no_other_is() -> None:
    rows = [
        f"| `{each.variable}` | {f'`{each.default}`' if each.default else ''} | {each.meaning} |" for each in SETTINGS
    ]
    assert re.findall(r"^\| `.*$", page("settings.md"), re.MULTILINE) == rows


def test_every_key_of_a_profile_is_documented() -> None:
    keys = set(TAKEN.findall(inspect.getsource(profile_format)))
    assert len(keys) > 40
    assert {key for key in keys if not re.search(rf"\b{key}\b", page("format-profiles.md"))} == set()


@pytest.mark.parametrize(
    "word", [*profile_format.UNITS, *profile_format.STATUSES, "hard", "soft", "lapse-met", "@some", "@none"]
)
def test_every_word_of_a_profile_is_documented(word: str) -> None:
    assert re.search(rf'`"?{re.escape(word)}"?`', page("format-profiles.md"))


@pytest.mark.parametrize("clause", ["start", "stop", "pause", "void", "revive", "extend", "pass"])
def test_every_clause_of_a_rule_has_its_row(clause: str) -> None:
    assert f"| `{clause}` |" in page("format-profiles.md")


def test_the_example_of_a_profile_is_one_and_quotes_its_text() -> None:
    (example,) = examples("format-profiles.md")
    (found,) = parse(example, source="example.toml")
    assert found.citation.text is not None
    assert all(piece in shipped_texts()[found.citation.text] for piece in found.citation.quote)


def test_every_key_of_a_calendar_file_is_documented_and_the_example_is_one() -> None:
    assert all(f"`{key}`" in page("format-calendars.md") for key in notice.ALLOWED)
    (example,) = examples("format-calendars.md")
    assert parse_edition(example, "example.toml").published == tomllib.loads(example)["published"] == date(2025, 7, 28)


def test_every_column_of_a_plan_is_documented_in_both_languages_and_the_example_is_one() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\S+) \|", page("format-plans.md"), re.MULTILINE)
    assert [name for name, _ in rows] == list(reading.COLUMNS)
    assert {chinese: name for name, chinese in rows} == reading.CHINESE
    (example,) = examples("format-plans.md")
    assert reading.from_toml(example).rows[0].due == date(2031, 6, 30)


def test_the_example_of_organs_is_one_and_every_role_is_named() -> None:
    (example,) = examples("operations.md")
    assert charter.read(example, "example.toml").organs[0]["organ"] == "czj"
    built_in = {Role.SYSTEM, Role.RESPONDENT}
    assert all(f"`{role}`" in page("operations.md") for role in Role if role not in built_in)


def test_every_scenario_is_listed() -> None:
    played = {path.name for path in (ROOT / "tests/scenarios/data").glob("*.yaml")}
    assert {name for name in played if f"`{name}`" not in page("scenarios.md")} == set()


def test_every_state_of_a_clock_is_explained() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", page("time-travel.md"), re.MULTILINE)
    assert rows == [state.value for state in clock.State]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    found = LINK.findall(path.read_text(encoding="utf-8"))
    assert [target for target, _ in found if not (path.parent / target).exists()] == []
