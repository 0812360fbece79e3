"""What somebody could do who has the database, or the key, or the bundle: what is found, by what, and what is not without it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.kernel import Entry
from domain.proof.note import COSIGNATURE, Note
from tests.bundle.logs import ORIGIN, Log, Pen, bundle, log_of, rewritten, vkey
from tests.bundle.tampering import (
    DOES_NOT_HOLD,
    HOLDS,
    UNABLE,
    Files,
    events,
    files_in,
    known,
    leaves,
    listed,
    otherwise,
    program,
    run,
    some_bundle,
    some_log,
    verified,
    with_leaf,
    zipped,
)
from tests.projections.histories import jurisdiction, some_mixed_files

NUMBER = "AJ-2"


def of_case(log: Log) -> list[int]:
    """The places of the file's events in the log."""
    files = {each.file_id for each in log.entries if getattr(each.event, "number", "") == NUMBER}
    return [place for place, each in enumerate(log.entries) if each.file_id in files]


def earlier(entry: Entry) -> Entry:
    return entry._replace(occurred_at=entry.occurred_at - timedelta(days=9))


def test_history_rewritten_and_signed_by_another_key_is_unsigned(tmp_path: Path) -> None:
    thief = Pen()
    forged = bundle(rewritten(some_log(), of_case(some_log())[1], earlier, thief), NUMBER)
    assert verified(tmp_path, forged, known()).cause == "unsigned"
    assert verified(tmp_path, forged)["holds"] is True, "which is why keys come from elsewhere"


def test_history_rewritten_without_any_key_is_changed(tmp_path: Path) -> None:
    log = some_log()
    forged = rewritten(log, of_case(log)[1], earlier)
    forged.heads = log.heads
    found = verified(tmp_path, bundle(forged, NUMBER), known())
    assert found.cause == "changed" and found.file.startswith("events/")


def test_with_the_key_a_fork_holds_by_itself_and_the_witness_has_not_signed_it(tmp_path: Path) -> None:
    log, witness = some_log(), Pen(name="witness.example/w", kind=COSIGNATURE)
    fork = rewritten(log, of_case(log)[1], earlier)
    size = len(log.entries)
    cosigned = witness.signed(log.heads[size], time=1_795_000_000)
    found = verified(tmp_path, bundle(headed(log, cosigned), NUMBER), known(), vkey(witness.key))
    assert [each["key"] for each in found["signed_by"]] == [ORIGIN, witness.name]
    assert found["signed_by"][1]["time"] == 1_795_000_000
    alone = verified(tmp_path, bundle(fork, NUMBER), known(), vkey(witness.key))
    assert [each["key"] for each in alone["signed_by"]] == [ORIGIN]
    lent = Note(fork.heads[size].text, (*fork.heads[size].signatures, cosigned.signatures[1]))
    assert verified(tmp_path, bundle(headed(fork, lent), NUMBER), known(), vkey(witness.key)).cause == "unsigned"


def headed(log: Log, head: Note) -> Log:
    """The log with another note at its head."""
    made = Log(log.entries, log.pen)
    made.heads[len(log.entries)] = head
    return made


def test_a_proof_under_another_checkpoint_is_a_fork(tmp_path: Path) -> None:
    files = files_in(some_bundle())
    _, proof = events(files)[0]
    other = some_log().heads[len(some_log().entries) - 1]
    head, _, _ = files[proof].decode().partition("\n\n")
    changed = listed({**files, proof: f"{head}\n\n{other}".encode()})
    assert verified(tmp_path, zipped(changed), known()).cause == "forked"


def cut_off() -> Files:
    """A bundle whose maker left the last event of the case out, and told everything else accordingly."""
    log = some_log()
    last = max(place for place in of_case(log))
    entry = log.entries[last]
    shorter = Log([each for each in log.entries if each is not entry], log.pen)
    files, whole = files_in(bundle(shorter, NUMBER)), files_in(bundle(log, NUMBER))
    gone = {f"events/{last:012}.json", f"proofs/{last:012}.tlog-proof"}
    told = {name: files[name] for name in ("custody.json", "clocks.json", "law/effects.json", "law/calendars.json")}
    return {**{name: content for name, content in whole.items() if name not in gone}, **told}


def test_an_end_that_was_cut_off_shows_in_the_manifest(tmp_path: Path) -> None:
    found = verified(tmp_path, zipped(listed(cut_off())), known())
    assert (found.file, found.cause) == ("manifest.json", "removed")


def test_control_without_the_manifest_nothing_shows_it(tmp_path: Path) -> None:
    files, log = cut_off(), some_log()
    index = len(log.entries) - 1
    gone = {"manifest.json", f"events/{index:012}.json", f"proofs/{index:012}.tlog-proof"}
    rest = listed({name: content for name, content in files.items() if name not in gone})
    assert verified(tmp_path, zipped(rest), known())["holds"] is True


def test_control_a_program_that_does_not_look_at_the_root_misses_what_was_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = some_log()
    forged = rewritten(log, of_case(log)[1], earlier)
    forged.heads = log.heads
    content = bundle(forged, NUMBER)
    assert verified(tmp_path, content, known()).cause == "changed"
    size, counted = len(log.entries), program().root_by_path
    root = program().plain_hash(log.heads[size].text.split("\n")[2])

    def careless(index: int, among: int, *rest: Any) -> Any:
        return root if among == size else counted(index, among, *rest)

    monkeypatch.setattr(program(), "root_by_path", careless)
    assert verified(tmp_path, content, known())["holds"] is True


@pytest.mark.parametrize("seed", [3, 5])
def test_bundles_of_other_files_hold_too(seed: int, tmp_path: Path) -> None:
    entries = some_mixed_files(seed)[0]
    number = next(each.event.number for each in entries if hasattr(each.event, "profiles"))
    assert verified(tmp_path, bundle(log_of(entries, office=jurisdiction()), number), known())["holds"] is True


@pytest.mark.parametrize("number", ["jurisdiction", "attestation"])
def test_the_cases_of_the_ledger_itself_have_bundles_too(number: str, tmp_path: Path) -> None:
    assert verified(tmp_path, bundle(some_log(), number), known())["holds"] is True


def test_the_same_case_under_the_same_checkpoint_is_the_same_bytes() -> None:
    log = some_log()
    assert bundle(log, NUMBER) == some_bundle()
    longer = Log([*log.entries, *later(log)], log.pen)
    assert bundle(longer, NUMBER, size=len(log.entries)) == some_bundle()
    assert bundle(longer, NUMBER) != some_bundle()


def later(log: Log) -> list[Entry]:
    """Events of another file that are recorded later."""
    known = max(each.known_at() for each in log.entries)
    more = some_mixed_files(11)[0]
    return [each._replace(recorded_at=known + timedelta(hours=1)) for each in more]


def process(folder: Path, content: bytes, *arguments: str) -> tuple[int, Any, str]:
    path = folder / "given.zip"
    path.write_bytes(content)
    return run(path, *arguments)


def test_the_program_as_a_process_says_what_it_finds_and_ends_with_its_code(tmp_path: Path) -> None:
    files = files_in(some_bundle())
    event, _ = events(files)[2]
    forged = listed({**files, event: with_leaf(files[event], ("fields", "occurred_at"), otherwise)})
    assert process(tmp_path, some_bundle(), "--key", known())[0] == HOLDS
    code, told, errors = process(tmp_path, zipped(forged), "--key", known())
    assert (code, told["file"], told["cause"], errors) == (DOES_NOT_HOLD, event, "changed", "")
    code, told, _ = process(tmp_path, b"no ZIP", "--key", known())
    assert (code, told["holds"]) == (UNABLE, None)
    assert process(tmp_path, zipped({"a": b"b"}))[0] == UNABLE


@pytest.mark.outside
def test_tampered_bundles_by_the_hundred_are_refused_by_real_processes(tmp_path: Path) -> None:
    files, tried = files_in(some_bundle()), 0
    for name in sorted(files):
        if not name.endswith(".json") or name.startswith("law/"):
            continue
        paths = list(leaves(json.loads(files[name])))
        for path in paths[:: max(1, len(paths) // 4)]:
            if path in {("whole",), ("rehearsal",)}:
                continue
            forged = zipped(listed({**files, name: with_leaf(files[name], path, otherwise)}))
            code, told, errors = process(tmp_path, forged, "--key", known())
            assert (code, errors) == (DOES_NOT_HOLD, ""), (name, path)
            assert told["cause"] and told["zh"] and told["en"]
            tried += 1
    assert tried >= 190
