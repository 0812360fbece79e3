"""`anjuan whatif` over the demonstration county: other rules, another calendar, and what cannot be supposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line.processes import ROOT, Anjuan, Running

LAW = ROOT / "domain" / "law"
NATIONAL = LAW / "profiles" / "national.toml"


def stricter(folder: Path, name: str = "national.toml") -> str:
    """The national profile at two working days for acceptance."""
    path = folder / name
    said = NATIONAL.read_text(encoding="utf-8").replace(
        'amount = 3, unit = "working day"', 'amount = 2, unit = "working day"', 1
    )
    path.write_text(said, encoding="utf-8")
    return str(path)


def test_the_same_law_changes_nothing(visitor: Anjuan, county: Running) -> None:
    for words in (("--profile", str(NATIONAL)), ("--calendar", str(LAW / "calendars" / "national-2025.toml"))):
        done = visitor.run("whatif", *words, "--json")
        assert (done.code, done.json["items"]) == (0, []), done.err
        assert done.json["totals"]["clocks"] > 10
    assert "0 judged otherwise" in visitor.run("whatif", "--profile", str(NATIONAL)).out


def test_other_rules_are_told_side_by_side(visitor: Anjuan, county: Running, tmp_path: Path) -> None:
    path = stricter(tmp_path, "suqian-2023.toml")
    done = visitor.run("whatif", "--profile", path, "--as", "national", "--json")
    assert done.code == 1, done.err
    assert done.json["supposed"]["profile"] == "national"
    assert {each["rule"] for each in done.json["items"]} == {"NA-ACC3"}
    assert all(each["before"]["due"] > each["after"]["due"] for each in done.json["items"] if each["after"]["due"])
    told = visitor.run("whatif", "--profile", path, "--as", "national", "--lang", "zh").out
    assert f"结论不同 {len(done.json['items'])}" in told
    nothing = visitor.run("whatif", "--profile", path, "--as", "national", "--to", "2000-01-01", "--json")
    assert (nothing.code, nothing.json["totals"]["files"]) == (0, 0)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "--profile or --calendar"),
        (("--profile", "{wrong}"), 1, "wrong.toml:1"),
        (("--calendar", "{wrong}"), 1, "wrong.toml:1"),
        (("--profile", "{unknown}"), 2, "No profile unknown"),
    ],
)
def test_what_cannot_be_supposed_is_told(
    visitor: Anjuan, county: Running, tmp_path: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    (tmp_path / "wrong.toml").write_text("limit = 3", encoding="utf-8")
    places = {"wrong": tmp_path / "wrong.toml", "unknown": stricter(tmp_path, "unknown.toml")}
    done = visitor.run("whatif", *(each.format(**places) for each in words))
    assert (done.code, told in done.err) == (code, True), done.err
