"""`anjuan import`: a summary, a file of errors, and a run that was killed goes on to the same end."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.command_line.processes import PROGRAM, ROOT, Anjuan
from tests.legacy.old_files import complaint, mixed, write

ORGANS = ROOT / "infrastructure" / "demo" / "xuanen.toml"
SAME = ("event_id", "case", "version", "file", "file_version", "type", "data", "occurred_at", "department", "causation")


def found(anjuan: Anjuan, name: str) -> tuple[str, ...]:
    """A new real ledger; what names it on the command line."""
    done = anjuan.run("jurisdiction", "add", name, "--organs", str(ORGANS), "--kind", "real")
    assert done.code == 0, done.err
    return ("--jurisdiction", name)


def recorded(anjuan: Anjuan, name: str) -> list[dict[str, Any]]:
    """Every event of a ledger, by file: what does not depend on when it was recorded."""
    done = anjuan.run("events", "export", "--jurisdiction", name)
    events = [json.loads(line) for line in done.out.splitlines()]
    kept = [{key: each[key] for key in SAME} for each in events if each["imported"]]
    return sorted(kept, key=lambda each: (each["file"], each["file_version"]))


def proven(path: Path) -> dict[str, str]:
    """The receipts in a file, by the source of what they are for."""
    said = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {each["source"]: each["receipt"] for each in said}


def test_what_is_taken_over_and_what_is_not_is_told(anjuan: Anjuan, tmp_path: Path) -> None:
    where = found(anjuan, "told")
    wrong = complaint(2)
    wrong["steps"][1]["department"] = "slj"
    path = write(tmp_path / "old.jsonl", [complaint(1), wrong, "", "{", complaint(3)])
    errors = tmp_path / "old.jsonl.errors.jsonl"

    checked = anjuan.run("import", str(path), "--dry-run", "--json", *where)
    assert (checked.code, checked.json["imported"], checked.json["refused"]) == (1, 2, 2)
    assert recorded(anjuan, "told") == []

    done = anjuan.run("import", str(path), "--json", *where)
    assert done.code == 1
    told = {key: done.json[key] for key in ("lines", "imported", "skipped", "refused", "events", "errors")}
    assert told == {"lines": 4, "imported": 2, "skipped": 0, "refused": 2, "events": 16, "errors": str(errors)}
    said = [json.loads(line) for line in errors.read_text(encoding="utf-8").splitlines()]
    assert [(each["line"], each["source"], each["step"], each["code"]) for each in said] == [
        (2, "old/2", 2, "Forbidden"),
        (4, None, None, "BadJson"),
    ]

    receipts = Path(done.json["receipts"])
    first = proven(receipts)
    assert set(first) == {"old/1", "old/3"}

    again = anjuan.run("import", str(path), "--json", *where)
    assert (again.code, again.json["imported"], again.json["refused"], again.json["receipts"]) == (1, 0, 4, None)
    mended = write(tmp_path / "old.jsonl", [complaint(1), complaint(2), complaint(3)])
    rest = anjuan.run("import", str(mended), "--resume", "--json", *where)
    assert (rest.code, rest.json["imported"], rest.json["skipped"], rest.json["errors"]) == (0, 1, 2, None)
    assert not errors.exists()
    whole = proven(receipts)
    assert {each: whole[each] for each in first} == first, "what was there already has the same receipt again"
    covered = [line.split()[1] for text in whole.values() for line in text.splitlines() if line.startswith("event ")]
    assert {each["event_id"] for each in recorded(anjuan, "told")} <= set(covered)
    assert len(recorded(anjuan, "told")) == 24


def test_the_errors_do_not_overwrite_what_is_imported(anjuan: Anjuan, tmp_path: Path) -> None:
    path = write(tmp_path / "old.jsonl", [complaint(1)])
    assert anjuan.run("import", str(path), "--errors", str(path), *found(anjuan, "errors")).code == 2
    assert path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many old files that their import can be killed half-way."""
    return write(tmp_path_factory.mktemp("many") / "old.jsonl", mixed(400))


@pytest.fixture(scope="module")
def whole(anjuan: Anjuan, many: Path) -> list[dict[str, Any]]:
    """What an undisturbed import of them records."""
    assert anjuan.run("import", str(many), *found(anjuan, "whole")).code == 0
    return recorded(anjuan, "whole")


@pytest.mark.parametrize("after", [1, 40])
def test_an_import_that_was_killed_goes_on_to_the_ledger_of_an_undisturbed_one(
    anjuan: Anjuan, owner: psycopg.Connection[Any], many: Path, whole: list[dict[str, Any]], after: int
) -> None:
    killed = f"killed-{after}"
    where = found(anjuan, killed)
    process = subprocess.Popen([*PROGRAM, "import", str(many), *where], env=anjuan.environment)
    deadline = time.monotonic() + 60
    count = f"SELECT count(*) FROM j_killed_{after}.events WHERE imported".encode()
    while owner.execute(count).fetchall()[0][0] < after and time.monotonic() < deadline:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    half = recorded(anjuan, killed)
    assert 0 < len(half) < len(whole)

    rest = anjuan.run("import", str(many), "--resume", "--json", *where)
    assert (rest.code, rest.json["refused"]) == (0, 0), rest.out
    assert rest.json["skipped"] > 0
    assert recorded(anjuan, killed) == whole
