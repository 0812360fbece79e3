"""The log is signed by a process of its own while another answers requests, and its keys change without anything stopping."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from tests.command_line.processes import ROOT, Anjuan
from tests.waiting import until

ORGANS = ROOT / "infrastructure" / "demo" / "xuanen.toml"


def test_another_process_gives_positions_and_signs(anjuan: Anjuan) -> None:
    assert anjuan.run("jurisdiction", "add", "shixi", "--organs", str(ORGANS)).code == 0
    assert anjuan.run("log", "rotate-key").code == 1, "no key signs before the first checkpoint"
    apart = Anjuan(anjuan.home, {**anjuan.more, "ANJUAN_SEQUENCER": "off"})
    with apart.serving("serve", "--port", "0") as server:

        def check(name: str) -> Any:
            return next(each for each in server.checks() if each["name"] == name)

        time.sleep(0.5)
        assert (check("sequencer")["waiting"] > 0, check("log")["size"]) == (True, 0)
        with anjuan.serving("sequencer"):
            until(lambda: check("log")["size"] and (check("sequencer")["waiting"], check("log")["unsigned"]) == (0, 0))
            _change_keys(anjuan, check("log")["size"])


def _change_keys(anjuan: Anjuan, size: int) -> None:
    (old,) = anjuan.run("log", "keys", "--json").json["items"]
    assert (old["signs"], old["through"], old["retired_at"]) == (True, None, None)
    assert anjuan.run("log", "retire-key", old["id"]).code == 3, "it is the only one"
    _, new = anjuan.run("log", "rotate-key", "--json").json["items"]
    assert new["signs"]
    assert anjuan.run("log", "retire-key", "00000000").code == 1
    told = anjuan.run("log", "retire-key", old["id"], "--lang", "en")
    assert told.out.splitlines() == [f"  {old['vkey']}", f"  retired, counts through entry {size}", f"* {new['vkey']}"]
    private = [each.name for each in Path(anjuan.home, "log").rglob("*.key")]
    assert private == [f"signing-{new['id']}.key"]


def test_a_sequencer_does_not_begin_on_a_database_that_is_not_up_to_date(anjuan: Anjuan) -> None:
    behind = Anjuan(anjuan.home, {**anjuan.more, "DATABASE_URL": anjuan.more["DATABASE_URL"].replace("/test_", "/no_")})
    assert behind.run("sequencer").code == 4
