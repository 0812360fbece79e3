"""The list of contents may be signed by the office, and timestamps may lie beside the checkpoint: then nothing else is taken."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from domain.kernel import Actor, case_id
from domain.proof.note import Note
from infrastructure.bundle.making import BundlesOf
from infrastructure.law_files import shipped_texts
from tests.bundle.logs import ORIGIN, SIGNED, Log, Pen, ledger_of, vkey
from tests.bundle.tampering import files_in, known, listed, some_log, verified, zipped

OFFICE = Pen(name=f"{ORIGIN}/receipt")


class Stamped(Log):
    """A log whose checkpoints have a timestamp, or what looks like one from afar."""

    def tokens(self, size: int) -> Sequence[tuple[str, bytes]]:
        imprint = sha256(self.heads[size].text.encode()).digest()
        return [("某 authority", b"0\x82..\x04\x20" + imprint + b"\x02\x01\x07\x18\x0f20261120010203Z..")]


def sealed_bundle(log: Log) -> bytes:
    """The bundle of a case with a list of contents that the office signs."""
    made = BundlesOf(ledger_of(log), log, log, shipped_texts(), lambda text: OFFICE.signed(Note(text)))
    return made.of(case_id("AJ-2"), Actor("system"), now=SIGNED).content


def test_a_list_of_contents_that_the_office_signed_speaks_for_every_file(tmp_path: Path) -> None:
    content = sealed_bundle(some_log())
    office = vkey(OFFICE.key)
    assert verified(tmp_path, content, known(), office)["holds"] is True
    files = files_in(content)
    for name in ("README.md", "law/texts/xuanen-2020.txt", "law/rules.json", "verify.py"):
        changed = {**files, name: files[name] + b"\n"}
        assert verified(tmp_path, zipped(changed), known(), office).file == name
        anew = verified(tmp_path, zipped(listed(changed)), known(), office)
        assert (anew.file, anew.cause) == ("contents", "unsigned")


def test_control_without_that_signature_a_text_beside_the_quotes_can_be_changed(tmp_path: Path) -> None:
    files = files_in(sealed_bundle(some_log()))
    changed = listed({**files, "README.md": b"forged"})
    assert verified(tmp_path, zipped(changed), known())["holds"] is True


def test_a_timestamp_is_over_this_checkpoint_or_is_refused(tmp_path: Path) -> None:
    log = some_log()
    files = files_in(sealed_bundle(Stamped(log.entries, log.pen)))
    (name,) = [each for each in files if each.endswith(".tsr")]
    assert files["timestamps/checkpoint.txt"].decode() == log.heads[len(log.entries)].text
    assert verified(tmp_path, zipped(listed(files)), known())["holds"] is True
    for forged in ({name: files[name].replace(b"\x04\x20", b"\x04\x21")}, {"timestamps/checkpoint.txt": b"other"}):
        found = verified(tmp_path, zipped(listed({**files, **forged})), known())
        assert (found.file, found.cause) == (next(iter(forged)), "changed")
