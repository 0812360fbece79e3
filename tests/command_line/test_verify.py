"""`anjuan verify` says that a ledger is as it was signed, or names what was done to it and ends with 1."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from infrastructure.postgres.pool import connect
from tests.command_line.processes import ROOT, Anjuan, Running

ORGANS = ROOT / "infrastructure" / "demo" / "xuanen.toml"


def test_the_county_is_verified_while_it_is_served(visitor: Anjuan, county: Running, tmp_path: Path) -> None:
    state = tmp_path / "state"
    done = visitor.run("verify", "--json", "--state", str(state))
    assert (done.code, done.json["findings"]) == (0, [])
    assert done.json["size"] == done.json["position"] > 100
    assert done.json["lists"]["files"] > 5
    assert (done.json["lists"]["not_compared"], done.json["checkpoints"] > 0) == (None, True)
    assert not state.exists(), "kept for as long as it is of use"


@pytest.fixture(scope="module")
def founded(anjuan: Anjuan) -> Anjuan:
    """A real ledger that no server has ever served, signed by its first verification."""
    assert anjuan.run("jurisdiction", "add", "shixi", "--kind", "real", "--organs", str(ORGANS)).code == 0
    done = anjuan.run("verify", "--lang", "en")
    assert done.code == 0, done.out + done.err
    size = done.out.split()[0]
    assert done.out == f"{size} of {size} entries are as they were signed, 1 checkpoints, 1 files\nnothing is wrong\n"
    return anjuan


def test_what_was_done_is_named_with_exit_code_1(founded: Anjuan) -> None:
    with connect(founded.more["ANJUAN_OWNER_URL"]) as owner:
        (schema,) = owner.execute(
            "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'j%'"
        ).fetchone() or ("",)
        _tamper(owner, schema, "officer || 'x'")
    done = founded.run("verify", "--json")
    assert (done.code, done.json["ok"], done.json["causes"]) == (1, False, ["changed"])
    (found,) = [each for each in done.json["findings"] if each["where"].startswith("position")]
    assert (found["cause"], found["where"]) == ("changed", "position 3")


def test_a_file_that_is_no_state_of_this_log_is_wrong_usage(founded: Anjuan, tmp_path: Path) -> None:
    (tmp_path / "state").write_text('{"origin": "another"}')
    assert founded.run("verify", "--state", str(tmp_path / "state")).code == 2


def test_where_the_keys_of_the_log_are_not_a_key_that_is_given_counts(founded: Anjuan, tmp_path: Path) -> None:
    (vkeys,) = Path(founded.home, "log").rglob("trusted.vkeys")
    elsewhere = Anjuan(founded.home, {**founded.more, "ANJUAN_LOG_KEYS_DIR": str(tmp_path / "none")})
    given = elsewhere.run("verify", "--no-lists", "--json", "--key", vkeys.read_text().strip())
    assert "unsigned" in elsewhere.run("verify", "--no-lists", "--json").json["causes"]
    assert "unsigned" not in given.json["causes"]


def _tamper(owner: psycopg.Connection[object], schema: str, value: str) -> None:
    with owner.transaction():
        owner.execute(f'ALTER TABLE "{schema}".events DISABLE TRIGGER ALL')
        owner.execute(f'UPDATE "{schema}".events SET officer = {value} WHERE event_no = 3')
        owner.execute(f'ALTER TABLE "{schema}".events ENABLE ALWAYS TRIGGER stays')
