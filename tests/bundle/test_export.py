"""The log as files: whole or a stretch of it, as lines or as Parquet, verified by the program that comes along, read by DuckDB."""

from __future__ import annotations

import json
import secrets
import sys
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

from domain.proof.merkle import leaf_hash, root_of
from domain.proof.ranges import beside
from infrastructure.bundle import exporting
from infrastructure.bundle.exporting import Exports, NoParquet, NoSuchStretch
from infrastructure.bundle.verifier.tree import BadTree, root_of_range
from infrastructure.postgres.pool import Pool
from infrastructure.postgres.registry import REAL, create_jurisdiction
from tests.bundle.tampering import DOES_NOT_HOLD, HOLDS, UNABLE, run
from tests.proof.ledgers import Signed
from tests.servers import Database
from tests.store.facts import log_of

LEAVES = [leaf_hash(b"%d" % n) for n in range(29)]


@pytest.fixture(scope="module")
def signed(
    pool: Pool, owner: psycopg.Connection[Any], database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Signed:
    """A ledger with 300 events that are signed, so that a tile is full."""
    ledger = create_jurisdiction(owner, f"t-{secrets.token_hex(6)}", kind=REAL, app=database.app_role)
    made = Signed(pool, log_of(pool, ledger.schema), tmp_path_factory.mktemp("log"))
    for protected in (0, 1, 0):
        made.record(100, secrets=protected)
    made.sign()
    return made


def exported(signed: Signed, folder: Path, form: str, first: int = 0, end: int | None = None) -> Path:
    """A folder with an export."""
    Exports(signed.pool, signed.log.schema, signed.proofs).write(folder / "out", first, end, form, lambda more: None)
    return folder / "out"


def key(signed: Signed) -> str:
    return str(signed.keys.trusted()[0].key)


def node(level: int, place: int) -> bytes:
    return root_of(LEAVES[place << level : (place + 1) << level])


def test_any_stretch_of_any_log_leads_to_its_root() -> None:
    for size in (1, 2, 3, 7, 8, 13, 29):
        root = root_of(LEAVES[:size])
        for first in range(size):
            for end in range(first + 1, size + 1):
                found = beside(first, end, size, node)
                assert root_of_range(size, first, end, iter(LEAVES[first:end]), iter(found)) == root


def test_control_a_stretch_with_a_leaf_or_a_hash_more_or_less_does_not() -> None:
    found, stretch = beside(3, 17, 29, node), LEAVES[3:17]
    for hashes, leaves in (
        (found, stretch[1:]),
        (found, [*stretch, LEAVES[0]]),
        (found[1:], stretch),
        ([*found, LEAVES[0]], stretch),
    ):
        with pytest.raises(BadTree):
            root_of_range(29, 3, 17, iter(leaves), iter(hashes))
    with pytest.raises(ValueError, match="stretch"):
        beside(3, 3, 29, node)
    with pytest.raises(BadTree):
        root_of_range(29, 17, 30, iter(stretch), iter(found))


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
@pytest.mark.parametrize(("first", "end"), [(0, None), (117, 270)])
def test_an_export_is_verified_by_the_program_that_comes_along(
    form: str, first: int, end: int | None, signed: Signed, tmp_path: Path
) -> None:
    folder = exported(signed, tmp_path, form, first, end)
    code, told, errors = run(folder, "--key", key(signed), program=folder / "verify.py")
    assert (code, errors) == (HOLDS, ""), told
    assert told["count"] == (end or 300) - first
    code, told, _ = run(folder, "--key", key(signed).replace("+", "x+", 1), program=folder / "verify.py")
    assert code == UNABLE, told


def test_a_line_that_is_changed_removed_doubled_or_moved_is_found(signed: Signed, tmp_path: Path) -> None:
    folder = exported(signed, tmp_path, "jsonl", 10, 60)
    events = folder / "events.jsonl"
    lines = events.read_bytes().splitlines(keepends=True)
    forged = [
        [lines[0].replace(b'"imported":false', b'"imported":true'), *lines[1:]],
        [*lines[:20], *lines[21:]],
        [*lines[:20], lines[20], *lines[20:]],
        [*lines[:20], lines[21], lines[20], *lines[22:]],
        lines[:-1],
        [*lines, lines[-1]],
        [],
    ]
    causes = []
    for each in forged:
        events.write_bytes(b"".join(each))
        code, told, _ = run(folder, "--key", key(signed), program=folder / "verify.py")
        assert code == DOES_NOT_HOLD
        causes.append(told["cause"])
    assert causes == ["changed", "reordered", "reordered", "reordered", "changed", "reordered", "changed"]


def test_duckdb_reads_both_forms_alike(signed: Signed, tmp_path: Path) -> None:
    lines = exported(signed, tmp_path / "a", "jsonl") / "events.jsonl"
    parquet = exported(signed, tmp_path / "b", "parquet") / "events.parquet"
    asked = "SELECT topic, count(*), min(version), max(version), count(DISTINCT case_id) FROM '{}' GROUP BY topic"
    with duckdb.connect() as db:
        answers = [db.sql(asked.format(each)).fetchall() for each in (lines, parquet)]
        kinds = dict(db.sql(f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '{parquet}')").fetchall())
    assert answers[0] == answers[1] != []
    assert answers[0][0][1:] == (300, 1, 100, 3)
    assert (kinds["recorded_at"], kinds["index"], kinds["payload"]) == ("TIMESTAMP WITH TIME ZONE", "BIGINT", "VARCHAR")


def test_what_is_not_signed_or_not_there_is_not_exported(signed: Signed, tmp_path: Path) -> None:
    for first, end in ((0, 301), (300, None), (20, 20)):
        with pytest.raises(NoSuchStretch):
            exported(signed, tmp_path, "jsonl", first, end)
    exported(signed, tmp_path, "jsonl")
    with pytest.raises(FileExistsError):
        exported(signed, tmp_path, "jsonl")


def test_without_pyarrow_parquet_is_refused_and_lines_are_not(
    signed: Signed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(NoParquet):
        exported(signed, tmp_path / "a", "parquet")
    assert json.loads((exported(signed, tmp_path / "b", "jsonl") / "export.json").read_text())["end"] == 300
    assert set(exporting.FORMATS) == {"jsonl", "parquet"}
