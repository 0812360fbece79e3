"""`anjuan people`: officers are entered from a file, all or none, listed as of any day, and hand their cases over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line.processes import ROOT, Anjuan

ORGANS = ROOT / "infrastructure" / "demo" / "xuanen.toml"
TOML = """
[[organ]]
organ = "xfj"
name_zh = "县信访局"

[[officer]]
officer = "li"
name = "李某"
organ = "xfj"
duties = ["intake", "handler"]
"""
CSV = "officer,name,organ,office,duties\nwang,王某,xfj,,handler reader\nzhao,赵某,zjj,建设科,handler\n"


@pytest.fixture(scope="module")
def county(anjuan: Anjuan) -> Anjuan:
    """The program over one rehearsal ledger."""
    founded = anjuan.run("jurisdiction", "add", "renyuan", "--organs", str(ORGANS), "--kind", "rehearsal")
    assert founded.code == 0, founded.err
    return anjuan


def test_people_come_from_a_file_all_of_them_or_none(county: Anjuan, tmp_path: Path) -> None:
    toml, table, wrong = (tmp_path / name for name in ("people.toml", "people.csv", "wrong.csv"))
    toml.write_text(TOML, encoding="utf-8")
    table.write_text(CSV, encoding="utf-8")
    wrong.write_text("officer,name,organ,duties\nsun,孙某,xfj,handler\nsun,孙二,xfj,handler\n", encoding="utf-8")
    first = county.run("people", "import", str(toml), "--json").json
    assert (first["organs"], first["officers"], first["receipt"].count("\nevent ")) == (1, 1, 2)
    refused = county.run("people", "import", str(wrong), "--json")
    assert (refused.code, refused.error["code"]) == (3, "OFFICER_ID_TAKEN")
    second = county.run("people", "import", str(table))
    words, where = second.out.splitlines()
    assert words == "0 organs and 2 officers entered"
    assert county.run(*where.split()[2:]).out.count("\nevent ") == 2, "the command that it names shows the receipt"
    items = county.run("people", "list", "--json").json["items"]
    assert [(each["officer"], each["duties"]) for each in items] == [
        ("li", ["intake", "handler"]),
        ("wang", ["handler", "reader"]),
        ("zhao", ["handler"]),
    ]
    assert [each["officer"] for each in county.run("people", "list", "--organ", "zjj", "--json").json["items"]] == [
        "zhao"
    ]
    assert county.run("people", "list", "--as-of", "2020-01-01").out == "", "before any of them came"
    assert county.run("people", "list", "--organ", "nobody").code == 1
    nobody = county.run("people", "hand-over", "li", "wang", "--json")
    assert (nobody.code, nobody.json) == (0, {"handed": 0, "successor": "wang", "refused": [], "files": []})
    assert county.run("people", "hand-over", "nobody").code == 1
    assert county.run("people", "hand-over", "li").code == 2
