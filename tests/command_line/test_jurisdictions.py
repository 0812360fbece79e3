"""A jurisdiction that is added while the server runs is served at once, by its own rules; its profiles are chosen later."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.command_line.processes import Anjuan, Running
from tests.jurisdictions.conftest import LOCAL, promised
from tests.waiting import PATIENCE

ORGANS = """
[[organ]]
organ = "zjj"
name_zh = "住建局"
"""
BODY = {"number": "投诉1", "subject": "bidding", "complainant": "某公司", "objection_needed": False}


@pytest.fixture
def deployed(anjuan: Anjuan, tmp_path: Path) -> Anjuan:
    """The program with a law of its own."""
    (tmp_path / "law" / "profiles").mkdir(parents=True)
    (tmp_path / "law" / "profiles" / f"{LOCAL}.toml").write_text(promised(), encoding="utf-8")
    (tmp_path / "organs.toml").write_text(ORGANS, encoding="utf-8")
    return Anjuan(tmp_path, {**anjuan.more, "ANJUAN_LAW_DIR": str(tmp_path / "law")})


def post(running: Running, token: str, path: str, body: Any) -> Any:
    """What the server answers to a body."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(running.url + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def listed(running: Running, token: str, after: str) -> Any:
    """The list of cases once it shows a write; workers of a new jurisdiction begin within seconds."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return running.get(f"/api/v1/cases?after={after}", token)["items"]
        except urllib.error.HTTPError as error:
            assert error.code == 503, error.read()
            if time.monotonic() > deadline:
                raise


def add(anjuan: Anjuan, name: str, *words: str) -> str:
    """A new jurisdiction; a token in it."""
    done = anjuan.run("jurisdiction", "add", name, "--organs", str(anjuan.home / "organs.toml"), *words)
    assert done.code == 0, done.err
    return str(anjuan.run("token", "add", "zjj", "--jurisdiction", name, "--json").json["token"])


def test_what_is_added_while_the_server_runs_is_served_by_its_own_rules(deployed: Anjuan) -> None:
    with deployed.serving("serve", "--port", "0") as running:
        ours = add(deployed, "ours", "--profile", "national", "--calendar", "national", "--rehearsal")
        theirs = add(deployed, "theirs", "--profile", LOCAL, "--calendar", "national", "--title", "宿迁市")
        for token, days in ((ours, 3), (theirs, 2)):
            written = post(running, token, "/api/v1/complaint", BODY)
            rows = listed(running, token, written["token"])
            assert [each["number"] for each in rows] == ["投诉1"]
            case = running.get(f"/api/v1/cases/{written['case']}", token)
            (clock,) = (each for each in case["clocks"] if each["rule"] == "NA-ACC3")
            explained = running.get(f"/api/v1/cases/{written['case']}/clocks/{clock['id']}/explanation", token)
            assert max(each.get("number", 0) for each in explained["days"]) == days
        told = {each.get("jurisdiction") for each in running.checks()}
        assert {"ours", "theirs"} <= told
    items = {each["name"]: each for each in deployed.run("jurisdiction", "list", "--json").json["items"]}
    assert (items["theirs"]["title"], items["theirs"]["kind"]) == ("宿迁市", "real")
    assert (items["ours"]["kind"], items["ours"]["profiles"]) == ("rehearsal", ["national"])


def test_profiles_are_chosen_later(deployed: Anjuan) -> None:
    add(deployed, "later", "--profile", "national", "--calendar", "national", "--rehearsal")
    assert deployed.run("jurisdiction", "choose", "later", "nonsense").code == 2
    done = deployed.run("jurisdiction", "choose", "later", LOCAL, "xuanen-2020", "--json")
    assert (done.code, done.json["profiles"]) == (0, [LOCAL, "xuanen-2020"]), done.err
    assert deployed.run("jurisdiction", "choose", "later", LOCAL, "xuanen-2020").code == 3
    (item,) = (each for each in deployed.run("jurisdiction", "list", "--json").json["items"] if each["name"] == "later")
    assert item["profiles"] == [LOCAL, "xuanen-2020"]


def test_a_wrong_law_of_the_deployment_stops_the_start_with_its_place(deployed: Anjuan) -> None:
    path = deployed.home / "law" / "profiles" / f"{LOCAL}.toml"
    path.write_text(promised().replace('unit = "working day"', 'unit = "fortnight"', 1), encoding="utf-8")
    for words in (("rules", "check"), ("serve", "--port", "0"), ("jurisdiction", "list")):
        done = deployed.run(*words)
        assert (done.code, f"{LOCAL}.toml:" in done.err) == (1, True), done.err
