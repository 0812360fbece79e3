"""The inventory of keys leaves none out: every setting with keys, every file of keys, every command that changes one."""

from __future__ import annotations

import re
from pathlib import Path

from api.cli import families
from infrastructure.proof.keys import TRUSTED
from infrastructure.settings import SETTINGS

INVENTORY = (Path(__file__).parents[2] / "docs" / "keys.md").read_text(encoding="utf-8").partition("## All keys")[2]


def test_every_setting_about_keys_stands_in_the_inventory() -> None:
    about = [each.variable for each in SETTINGS if re.search("KEY|KEK|ANCHOR", each.variable)]
    whole = (Path(__file__).parents[2] / "docs" / "keys.md").read_text(encoding="utf-8")
    assert len(about) > 5
    assert [each for each in about if each not in whole] == []


def test_every_command_that_changes_a_key_stands_in_the_inventory() -> None:
    found = {
        f"anjuan {family.name} {name}" if name != "retire-key" else name
        for family in (families.KEYS, families.LOG, families.RECEIPT)
        for name in family.members
        if "rot" in name or "retire" in name
    }
    assert len(found) == 4
    assert {each for each in found if each not in INVENTORY} == set()
    assert TRUSTED in INVENTORY
