"""Founding a jurisdiction, tokens, migrations, settings, rules: what whoever runs a ledger does first."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from psycopg import sql

from infrastructure.postgres.embedded import EmbeddedServer
from infrastructure.postgres.pool import connect
from tests.command_line.processes import ROOT, Anjuan, Done

ORGANS = ROOT / "infrastructure" / "demo" / "xuanen.toml"
PROFILE = ROOT / "domain" / "law" / "profiles" / "xuanen-2020.toml"


def test_where_the_database_is(anjuan: Anjuan) -> None:
    assert anjuan.run("db", "url").out == anjuan.more["DATABASE_URL"] + "\n"
    assert anjuan.run("db", "url", "--owner", "--json").json == {"url": anjuan.more["ANJUAN_OWNER_URL"]}


def test_an_empty_database_is_migrated_once(server: EmbeddedServer, tmp_path: Path) -> None:
    name = f"test_{secrets.token_hex(6)}"
    with connect(server.url(role="owner")) as owner:
        owner.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        urls = {
            "DATABASE_URL": server.url(database=name),
            "ANJUAN_OWNER_URL": server.url(role="owner", database=name),
        }
        anjuan = Anjuan(tmp_path, urls)
        before = anjuan.run("overdue")
        assert (before.code, "anjuan migrate" in before.err) == (4, True)
        assert anjuan.run("migrate", "--json").json["run"]
        assert anjuan.run("migrate", "--json").json == {"run": []}
        nothing = anjuan.run("overdue")
        assert (nothing.code, "anjuan jurisdiction add" in nothing.err) == (2, True)
        owner.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def test_a_real_jurisdiction_is_founded_once_and_for_ever(anjuan: Anjuan) -> None:
    words = (
        "jurisdiction",
        "add",
        "shixi",
        "--organs",
        str(ORGANS),
        "--kind",
        "real",
        "--profiles",
        "xuanen-2020,national",
    )
    done = anjuan.run(*words, "--json")
    assert done.code == 0, done.err
    assert (done.json["kind"], len(done.json["organs"])) == ("real", 21)
    again = anjuan.run(*words, "--json")
    assert (again.code, again.error["error"]) == (3, "name-taken")
    other = anjuan.run("jurisdiction", "add", "shixi", "--organs", str(ORGANS))
    assert other.code == 3
    listed = anjuan.run("jurisdiction", "list", "--json").json["items"]
    assert ("shixi", "real") in [(each["name"], each["kind"]) for each in listed]

    token = anjuan.run("token", "add", "zjj", "--jurisdiction", "shixi", "--json").json
    assert (token["organ"], token["jurisdiction"], token["scope"]) == ("zjj", "shixi", ["act", "read"])
    listed = anjuan.run("token", "list", "--jurisdiction", "shixi", "--json").json["items"]
    assert [(each["organ"], each["revoked_at"]) for each in listed] == [("zjj", None)]
    assert token["token"].partition(".")[2] not in str(listed)
    assert anjuan.run("token", "add", "zjj", "--officer", "王某", "--jurisdiction", "shixi").code == 1
    assert anjuan.run("token", "add", "zjj", "--scope", "everything", "--jurisdiction", "shixi").code == 2
    assert anjuan.run("token", "add", "nobody", "--jurisdiction", "shixi").code == 1
    assert anjuan.run("token", "revoke", token["token"]).code == 0
    assert anjuan.run("token", "revoke", token["token"]).code == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--kind", "real"), "needed"),
        (("--kind", "real", "--rehearsal"), "contradict"),
        (("--kind", "rehearsal", "--calendar", "enshi", "--profiles", "nonsense"), "No profile nonsense"),
        (("--kind", "rehearsal", "--calendar", "mars", "--profiles", "national"), "No calendar mars"),
        (("--kind", "real", "--calendar", "enshi", "--profiles", "national", "--at", "2024-01-01"), "no --at"),
        (("--kind", "imaginary"), "imaginary"),
    ],
)
def test_a_founding_that_cannot_be_meant_is_wrong_usage(
    ended: Callable[..., Done], words: tuple[str, ...], told: str
) -> None:
    done = ended("jurisdiction", "add", "nowhere", *words)
    assert done.code == 2
    assert told in done.err


def test_a_wrong_organ_is_named_with_its_place_and_nothing_is_founded(
    ended: Callable[..., Done], tmp_path: Path
) -> None:
    path = tmp_path / "organs.toml"
    path.write_text(
        ORGANS.read_text(encoding="utf-8").replace('roles = ["convenor"]', 'roles = ["king"]'), encoding="utf-8"
    )
    done = ended("jurisdiction", "add", "nowhere", "--organs", str(path))
    assert done.code == 2
    assert "organs.toml: organ 3 (zhb)" in done.err


def test_a_refused_founding_leaves_nothing_and_can_be_repeated_rightly(anjuan: Anjuan, tmp_path: Path) -> None:
    path = tmp_path / "organs.toml"
    path.write_text(
        ORGANS.read_text(encoding="utf-8").replace('superior = "gwh"', 'superior = "nobody"'), encoding="utf-8"
    )
    refused = anjuan.run("jurisdiction", "add", "twice", "--organs", str(path), "--json")
    assert (refused.code, refused.error["error"]) == (3, "refused")
    done = anjuan.run("jurisdiction", "add", "twice", "--organs", str(ORGANS), "--at", "2024-04-01", "--json")
    assert done.code == 0, done.err


def test_the_rules_that_ship_are_in_order(anjuan: Anjuan) -> None:
    done = anjuan.run("rules", "check", "--json")
    assert done.code == 0
    assert {"xuanen-2020", "national"} <= {each["profile"] for each in done.json["rules"]}


@pytest.mark.parametrize(
    "words",
    [
        ("rules", "check", "FILE"),
        ("calendar", "check", "FILE"),
        ("jurisdiction", "add", "elsewhere", "--organs", "FILE"),
        ("inspection", "draw", "--seed", "1", "--take", "1", "--pool", "FILE"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_file_that_is_no_text_is_told_by_its_name(
    ended: Callable[..., Done], tmp_path: Path, words: tuple[str, ...]
) -> None:
    path = tmp_path / "picture.toml"
    path.write_bytes(b"\xff\xd8\xff")
    done = ended(*(str(path) if each == "FILE" else each for each in words))
    assert (done.code, done.err) == (1, "anjuan: picture.toml is not UTF-8 text\n")


def test_a_misquoted_rule_is_told_with_file_and_line(ended: Callable[..., Done], tmp_path: Path) -> None:
    path = tmp_path / "xuanen-2020.toml"
    path.write_text(PROFILE.read_text(encoding="utf-8").replace("5个工作日内", "50个工作日内"), encoding="utf-8")
    done = ended("rules", "check", str(path))
    assert done.code == 1
    assert "xuanen-2020.toml:" in done.err


def test_settings_are_shown_without_passwords(tmp_path: Path) -> None:
    told = Anjuan(tmp_path, {"DATABASE_URL": "postgresql://app:secret@db.example/anjuan?password=hidden"})
    done = told.run("config", "check", "--json")
    shown = {each["variable"]: each["value"] for each in done.json["settings"]}
    assert shown["DATABASE_URL"] == "postgresql://app:***@db.example/anjuan?password=***"
    assert shown["ANJUAN_HOME"] == str(tmp_path)


def test_a_wrong_setting_is_exit_code_2(ended: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANJUAN_PORT", "many")
    done = ended("config", "check", "--json")
    assert (done.code, done.error["error"]) == (2, "bad-setting")


def test_a_database_that_is_away_is_exit_code_4(ended: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=2")
    done = ended("migrate", "--json")
    assert (done.code, done.error["error"]) == (4, "unavailable")


def test_the_handbook_is_written(anjuan: Anjuan, tmp_path: Path) -> None:
    done = anjuan.run("docs", str(tmp_path / "docs"), "--json")
    assert done.code == 0
    assert all(Path(each).exists() for each in done.json["written"])


def test_a_scenario_is_played_and_compared(anjuan: Anjuan, tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(json.dumps(SCENARIO), encoding="utf-8")
    path.with_name("common.yaml").write_text(json.dumps({"departments": ORGANS_OF_IT}), encoding="utf-8")
    good = anjuan.run("scenario", "run", str(path), "--json")
    assert (good.code, good.json["mismatches"]) == (0, []), good.out
    path.write_text(json.dumps(SCENARIO).replace('"holder": "zjj"', '"holder": "jtj"', 1), encoding="utf-8")
    bad = anjuan.run("scenario", "run", str(path), "--json")
    assert bad.code == 1
    assert {"step": 1, "what": "holder", "expected": "jtj", "got": {"M1": "zjj"}} in bad.json["mismatches"]


ORGANS_OF_IT = {"zjj": "县住建局", "jtj": "县交通运输局", "jwjc": "纪检监察(只读)"}
SCENARIO = {
    "scenario": {
        "id": "T1",
        "title": "a report is received",
        "profiles": ["xuanen-2020", "national"],
        "calendar": "national",
        "steps": [
            {
                "n": 1,
                "at": "2025-01-22T10:05+08:00",
                "by": "zjj",
                "command": "RegisterReport",
                "payload": {"case": "JB-1", "kind": "匿名举报", "matter": "M1 转包"},
                "event": "ReportReceived",
                "expect": {"result": "accepted", "holder": "zjj"},
            }
        ],
        "final": {"holder": "zjj"},
    }
}
