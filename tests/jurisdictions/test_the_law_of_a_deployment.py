"""A deployment's own profiles, calendars and texts stand beside those that ship, checked as strictly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from domain.law.notice import BadEdition
from domain.law.rulebook import BadProfile
from infrastructure.law_files import shipped_rulebook
from infrastructure.own_law import law
from infrastructure.settings import BadSetting, settings
from tests.jurisdictions.conftest import CALENDAR, LOCAL, SHIPPED, promised

NATIONAL = (SHIPPED / "profiles" / "national.toml").read_text(encoding="utf-8")
QUOTING = """[[limit]]
id = "LO-1"
title = { zh = "受理", en = "Accept" }
status = "seed"
since = 2024-01-01
within = { amount = 2, unit = "working day" }
start = [{ on = "complaint.received" }]
stop = [{ on = "complaint.accepted" }]
citation.instrument = "本市承诺"
citation.clause = "一"
citation.text = "promise.txt"
citation.quote = "二个工作日内决定是否受理"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder: `folder({"profiles/x.toml": text})`."""

    def make(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return make


def version(since: str) -> str:
    """The first national rule with another day from which it holds."""
    (text,) = (text for text in NATIONAL.split("[[limit]]") if 'id = "NA-ACC3"' in text)
    return "[[limit]]" + text.replace("since = 2012-02-01", f"since = {since}").replace("amount = 3", "amount = 2")


def test_what_ships_is_there_as_it_was(folder: Callable[..., Path]) -> None:
    found = law(folder({f"profiles/{LOCAL}.toml": promised(), "calendars/suqian-2025.toml": CALENDAR}))
    assert set(shipped_rulebook().profiles) | {LOCAL} == set(found.rulebook.profiles)
    assert [each for each in found.rulebook.limits if each.profile != LOCAL] == list(shipped_rulebook().limits)
    assert not found.calendars["suqian"].is_workday(date(2025, 3, 5))
    assert found.calendars["national"].is_workday(date(2025, 3, 5))
    assert law().rulebook is shipped_rulebook()


def test_a_later_version_of_a_rule_that_ships_holds_from_its_day_on(folder: Callable[..., Path]) -> None:
    book = law(folder({"profiles/national.toml": version("2026-01-01")})).rulebook
    amounts = []
    for day in (date(2025, 12, 31), date(2026, 1, 1)):
        found = book.get("national", "NA-ACC3", day)
        assert found is not None
        amounts.append(found.within.amount)
    assert amounts == [3, 2]


def test_a_profile_may_quote_its_own_texts(folder: Callable[..., Path]) -> None:
    files = {"profiles/local.toml": QUOTING, "texts/promise.txt": "我市承诺：二个工作日内决定是否受理。"}
    assert law(folder(files)).rulebook.get("local", "LO-1", date(2025, 1, 1)) is not None


@pytest.mark.parametrize(
    ("files", "error", "told"),
    [
        ({"profiles/national.toml": version("2012-02-01")}, BadProfile, "ships with the program"),
        ({"profiles/local.toml": QUOTING}, BadProfile, "there is no text 'promise.txt'"),
        ({"profiles/local.toml": QUOTING, "texts/promise.txt": "三个工作日"}, BadProfile, "does not say"),
        ({"profiles/local.toml": QUOTING.replace("complaint.accepted", "complaint.eaten")}, BadProfile, "local.toml:1"),
        ({"profiles/local.toml": "x = 1"}, BadProfile, "local.toml:1"),
        ({"profiles/local.tml": QUOTING}, BadProfile, "files ending in .toml"),
        ({"rules/local.toml": QUOTING}, BadProfile, "and nothing else"),
        ({"texts/xuanen-2020.txt": "x"}, BadProfile, "ships with the program"),
        ({"calendars/s.toml": CALENDAR.replace("2025-03-05", "2024-03-05")}, BadEdition, "s.toml:5"),
        (
            {"calendars/n.toml": (SHIPPED / "calendars" / "national-2025.toml").read_text(encoding="utf-8")},
            BadEdition,
            "already",
        ),
        ({"calendars/statutory.toml": "2025 = []"}, BadEdition, "whole country"),
        ({"calendars/bases.toml": 'enshi = "dali"'}, BadEdition, "enshi rests on"),
    ],
)
def test_what_is_wrong_is_refused_with_file_line_and_reason(
    folder: Callable[..., Path], files: dict[str, str], error: type[Exception], told: str
) -> None:
    with pytest.raises(error) as refused:
        law(folder(files))
    assert told in str(refused.value)
    assert str(folder({})) in str(refused.value)


def test_the_folder_is_a_setting_and_must_be_there(tmp_path: Path) -> None:
    assert settings({"ANJUAN_LAW_DIR": str(tmp_path)}).law_dir == tmp_path
    assert settings({}).law_dir is None
    for wrong in (str(tmp_path / "none"), "relative"):
        with pytest.raises(BadSetting, match="ANJUAN_LAW_DIR"):
            settings({"ANJUAN_LAW_DIR": wrong})
