"""A holiday arrangement is checked, its effects are previewed, and it is published once somebody agrees."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.command_line.processes import Anjuan

NOTICE = """calendar = "enshi"
year = 2025
notice = "恩施州〔2025〕测试1号"
published = 2025-12-01
days_off = [2025-03-25, 2025-08-18, 2025-08-19]
"""


@pytest.fixture(scope="module")
def loaded(anjuan: Anjuan) -> Anjuan:
    """The county with its cases, and no server."""
    done = anjuan.run("demo", "--load-only", "--json")
    assert done.code == 0, done.err
    return replace(anjuan, more={**anjuan.more, "ANJUAN_JURISDICTION": "xuanen"})


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """A day off more in Enshi, on the very day on which a decision was due."""
    path = tmp_path / "enshi-2025-more.toml"
    path.write_text(NOTICE, encoding="utf-8")
    return path


def test_a_good_file_passes_the_check(anjuan: Anjuan, notice: Path) -> None:
    done = anjuan.run("calendar", "check", str(notice), "--json")
    assert done.code == 0
    assert done.json["edition"]["days_off"] == ["2025-03-25", "2025-08-18", "2025-08-19"]


def test_a_bad_file_is_told_with_line_and_reason(anjuan: Anjuan, notice: Path) -> None:
    notice.write_text(NOTICE.replace("2025-08-19", "2025-08-18"), encoding="utf-8")
    done = anjuan.run("calendar", "check", str(notice))
    assert done.code == 1
    assert "enshi-2025-more.toml:5: 2025-08-18 is listed twice" in done.err


def test_whom_it_moves_is_told_before_it_is_published(loaded: Anjuan, notice: Path) -> None:
    shown = loaded.run("calendar", "preview", str(notice), "--json")
    assert shown.code == 1
    (moved,) = shown.json["moved"]
    assert (moved["number"], moved["rule"]) == ("TS-2025-001", "NA-DEC30")
    assert (moved["from"]["due"], moved["to"]["due"]) == ("2025-03-25", "2025-03-26")

    refused = loaded.run("calendar", "import", str(notice), given="n\n")
    assert (refused.code, "2025-03-25" in refused.err) == (1, True)
    unasked = loaded.run("calendar", "import", str(notice), "--json")
    assert (unasked.code, unasked.error["exit"]) == (2, 2)

    published = loaded.run("calendar", "import", str(notice), given="y\n")
    assert published.code == 0
    assert loaded.run("calendar", "preview", str(notice)).out == "no time limit moves\n"
    again = loaded.run("calendar", "import", str(notice), "--yes", "--json")
    assert (again.code, again.error["code"]) == (3, "EDITION_KNOWN")
    case = loaded.run("replay", "TS-2025-001", "--json").json
    assert next(each["due"] for each in case["clocks"] if each["rule"] == "NA-DEC30") == "2025-03-26"
    before = loaded.run("replay", "TS-2025-001", "--as-of", "2025-04-30", "--json").json
    assert next(each["due"] for each in before["clocks"] if each["rule"] == "NA-DEC30") == "2025-03-25"


def test_a_rehearsal_is_swept_as_of_a_day_and_once(loaded: Anjuan) -> None:
    words = ("sweep", "--at", "2025-10-02T09:00", "--json")
    assert loaded.run(*words).json["breaches"] > 0
    assert loaded.run(*words).json["breaches"] == 0
