"""The demonstration: it loads, serves, and what it proposes to try works when it is pasted into a shell."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import psutil
from psycopg import Connection
from psycopg.errors import InvalidSchemaName, UndefinedTable

from tests.command_line.processes import PROGRAM, Anjuan, Running
from tests.waiting import PATIENCE, until

MEGABYTE = 2**20
CASES = {"JB-2024-007", "TS-2025-001", "XS-2025-003", "TS-2025-019", "ZQ-2025-H1"}


def answer(line: str, anjuan: Anjuan) -> Any:
    """What a proposed line prints, as JSON."""
    done = subprocess.run(line, shell=True, env=anjuan.environment, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def requests(county: Running) -> list[str]:
    """The proposed lines that ask over HTTP."""
    return [each["line"] for each in county.said["try"] if each["line"].startswith("curl ")]


def test_every_case_is_there_with_its_true_dates(county: Running) -> None:
    token = county.said["tokens"]["jwjc"]
    found = county.get("/api/v1/cases?limit=200", token)["items"]
    assert {each["file_no"] for each in found} >= CASES
    first = county.get("/api/v1/cases/JB-2024-007/events", token)["items"][0]
    assert first["occurred_at"] == first["recorded_at"] == "2024-04-25T09:20:00+08:00"


def test_what_it_proposes_to_paste_works(county: Running, visitor: Anjuan) -> None:
    holder, overdue, why, meeting, dali, opened, accepted = (answer(line, visitor) for line in requests(county))
    assert (holder["number"], holder["holder"]) == ("XS-2025-003", "gaj")
    assert [row["rule"] for row in overdue["items"]] == ["XE-JI6", "XE-QTR30", "NA-CRM24"]
    tasks = {each["matter"]: each["state"] for each in meeting["cases"] if each["type"] == "task"}
    assert tasks == {"R1": "closed", "R2": "assigned"}
    assert len(dali["items"]) == 14 and {row["born_overdue"] for row in dali["items"] if "born_overdue" in row} == {
        True
    }
    assert why["clock"]["due"] == "2025-03-25" and len(why["days"]) > 40
    assert (opened["version"], accepted["version"]) == (1, 2)


def test_pasted_twice_nothing_is_recorded_twice(county: Running, visitor: Anjuan) -> None:
    again = [answer(line, visitor) for line in requests(county)[-2:] * 2]
    assert [each["version"] for each in again[-2:]] == [1, 2]
    assert [each["replayed"] for each in again[-2:]] == [True, True]


def test_the_lines_for_the_command_line_work_too(county: Running, visitor: Anjuan) -> None:
    lines = [each["line"] for each in county.said["try"] if not each["line"].startswith("curl ")]
    assert len(lines) == 5
    for line in lines:
        done = subprocess.run(
            line, shell=True, env=visitor.environment, capture_output=True, text=True, timeout=PATIENCE
        )
        verified = " verify " in line
        assert done.returncode in ((0,) if verified else (0, 1)) and done.stdout and not done.stderr, done.stderr


def test_every_organ_has_a_token_that_only_the_owner_of_the_home_can_read(county: Running, visitor: Anjuan) -> None:
    assert len(county.said["tokens"]) == 22
    for name in ("demo.json", "demo-dali.json"):
        assert (visitor.home / name).stat().st_mode & 0o777 == 0o600


def test_it_is_ready_when_it_says_so(county: Running) -> None:
    wrong = {each["name"] for each in county.checks() if not each["ok"]}
    assert wrong <= {"calendar"}, "but for a year whose holidays nobody has published yet"


def test_it_needs_less_than_300_megabytes_beside_postgresql(county: Running) -> None:
    master = psutil.Process(county.process.pid)
    used = sum(each.memory_full_info().pss for each in (master, *master.children()))
    assert used < 300 * MEGABYTE


def test_a_county_in_use_is_not_dropped(county: Running, visitor: Anjuan) -> None:
    done = visitor.run("demo", "--fresh", "--load-only", "--json")
    assert done.code == 3
    assert county.get("/api/v1/cases/TS-2025-001", county.said["tokens"]["zjj"])["state"] == "closed"


def test_a_second_one_beside_it_has_its_own_database_and_cases(county: Running, home: Path) -> None:
    anjuan = Anjuan(home)
    with anjuan.serving("demo", "--port", "0") as other:
        token = other.said["tokens"]["zjj"]
        assert other.url != county.url
        assert other.get("/api/v1/cases/TS-2025-001", token)["state"] == "closed"
        assert set(other.said["tokens"].values()).isdisjoint(county.said["tokens"].values())
        assert str(home) in anjuan.run("db", "url").out
    fresh = anjuan.run("demo", "--load-only", "--fresh", "--json").json["tokens"]
    assert fresh["zjj"] != token


def test_a_loading_that_was_killed_is_finished_by_the_next(anjuan: Anjuan, owner: Connection[Any]) -> None:
    loading = subprocess.Popen([*PROGRAM, "demo", "--load-only"], env=anjuan.environment, stderr=subprocess.DEVNULL)
    until(lambda: recorded(owner) >= 40)
    assert loading.poll() is None
    loading.kill()
    loading.wait()
    half = recorded(owner)
    tokens = anjuan.run("demo", "--load-only", "--json").json["tokens"]
    whole = recorded(owner)
    assert half < whole
    (anjuan.home / "demo.json").unlink()
    assert anjuan.run("demo", "--load-only", "--json").json["tokens"] != tokens
    assert recorded(owner) == whole


def recorded(owner: Connection[Any]) -> int:
    """How many events the county has."""
    try:
        (count,) = owner.execute("select count(*) from j_xuanen.events").fetchone() or (0,)
    except (UndefinedTable, InvalidSchemaName):
        return 0
    return int(count)
