"""Of a log that began anew bundles and exports are verified as ever, by the key of its volume, and it is said that it did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from domain.kernel import Actor, case_id
from domain.proof.note import Note
from domain.proof.volumes import ledger_of as name_of
from domain.proof.volumes import volume_of
from infrastructure.bundle.making import BundlesOf
from infrastructure.bundle.verifier.signed import name_and_volume
from infrastructure.law_files import shipped_texts
from tests.bundle.logs import ORIGIN, SIGNED, Log, Pen, ledger_of, vkey
from tests.bundle.tampering import DOES_NOT_HOLD, HOLDS, known, run, some_log, verified
from tests.bundle.test_export import exported
from tests.bundle.test_seals import OFFICE
from tests.proof.beginning import begin_anew, lose
from tests.proof.conftest import signed as signed
from tests.proof.ledgers import Signed
from tests.servers import Database

THIRD = Pen(name=f"{ORIGIN}/3")


def third() -> Log:
    """A log of two files whose head is signed as the third volume, an earlier one as the first."""
    log = some_log()
    made = replace(log, pen=THIRD, origin=THIRD.name, rows=[], tiles={}, heads={})
    made.heads |= {size: note for size, note in log.heads.items() if size < len(log.entries)}
    return made


def bundle_of(log: Log, size: int | None = None) -> bytes:
    """The bundle of a case, its list of contents signed by the office, whose key knows no volumes."""
    made = BundlesOf(ledger_of(log), log, log, shipped_texts(), lambda text: OFFICE.signed(Note(text)))
    return made.of(case_id("AJ-2"), Actor("system"), now=SIGNED, size=size).content


def test_a_bundle_under_a_later_volume_says_how_often_the_log_began_anew(tmp_path: Path) -> None:
    (tmp_path / "bundle.zip").write_bytes(bundle_of(third()))
    code, told, _ = run(tmp_path / "bundle.zip", "--key", vkey(THIRD.key), "--key", vkey(OFFICE.key))
    assert (code, told["holds"], told["origin"]) == (HOLDS, True, f"{ORIGIN}/3")
    code, told, _ = run(tmp_path / "bundle.zip", "--key", vkey())
    assert (code, told["cause"]) == (DOES_NOT_HOLD, "unsigned"), "the key of the first volume says nothing of the third"


def test_people_are_told_too(tmp_path: Path) -> None:
    from infrastructure.bundle.verifier.report import signed_lines
    from infrastructure.bundle.verifier.signed import Head

    told = list(signed_lines(Head(f"{ORIGIN}/3", 5, bytes(32)), [], given=True))
    assert any("This log began anew, 2 times" in line for line in told)
    assert not any("anew" in line for line in signed_lines(Head(ORIGIN, 5, bytes(32)), [], given=True))


def test_a_bundle_under_a_checkpoint_from_before_is_verified_by_the_key_from_before(tmp_path: Path) -> None:
    log = third()
    content = bundle_of(log, len(log.entries) - 1)
    assert verified(tmp_path, content, known(), vkey(OFFICE.key))["origin"] == ORIGIN


@pytest.mark.parametrize(
    "origin",
    ["a/b/c", "a/b/c/2", "a/b/c/999999999", "a/b/c/1", "a/b/c/02", "a/b/2", "a/b/c/2/3", "a/b/c/x", "a/b/c/", "a/b/c/２", "", "/",
     "a/b/c/" + "9" * 5000],
)  # fmt: skip
def test_the_program_reads_origins_as_the_ledger_does(origin: str) -> None:
    assert name_and_volume(origin) == (name_of(origin), volume_of(origin))


def test_an_export_of_a_log_that_began_anew_is_verified_by_its_new_key(
    signed: Signed, owner: psycopg.Connection[object], database: Database, tmp_path: Path
) -> None:
    for count in (3, 1):
        signed.record(count)
        signed.sign()
    lose(owner, signed, 3)
    key = begin_anew(signed, database.app).key
    folder = exported(signed, tmp_path, "jsonl")
    code, told, errors = run(folder, "--key", str(key), program=folder / "verify.py")
    assert (code, errors, told["count"]) == (HOLDS, "", 4), told
    old = signed.keys.trusted()[0].key
    code, told, _ = run(folder, "--key", str(old), program=folder / "verify.py")
    assert (code, told["cause"]) == (DOES_NOT_HOLD, "unsigned")
