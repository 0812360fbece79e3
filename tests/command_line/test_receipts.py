"""A receipt is checked and the log is printed on the command line, beside a county that is served meanwhile."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from domain.proof.checkpoint import Checkpoint
from domain.proof.note import Note, VerifierKey
from tests.command_line.processes import Anjuan, Done, Running
from tests.waiting import until

CASE = "TS-2025-001"


@pytest.fixture(scope="module")
def answer(visitor: Anjuan, county: Running, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the receipt for the first event of a case, whose log is signed."""
    token = county.said["tokens"]["jwjc"]
    event = county.get(f"/api/v1/cases/{quote(CASE)}/events", token)["items"][0]["event_id"]
    found = tmp_path_factory.mktemp("answers") / "answer.json"
    found.write_text(json.dumps(county.get(f"/log/receipt?event={event}", token)), encoding="utf-8")
    until(lambda: check(visitor, found).code == 0)
    return found


def check(visitor: Anjuan, file: Path, *more: str) -> Done:
    return visitor.run("receipt", "check", str(file), *more, "--json")


def test_the_events_of_a_receipt_are_found_in_the_log_with_exit_code_0(visitor: Anjuan, answer: Path) -> None:
    done = check(visitor, answer)
    (found,) = done.json["items"]
    assert (done.code, found["findings"], found["waiting"]) == (0, [], [])
    assert found["in_log"][0]["position"] > 0
    assert "is in the log at position" in visitor.run("receipt", "check", str(answer)).out


def test_a_receipt_that_no_trusted_key_signed_is_refused(visitor: Anjuan, answer: Path, tmp_path: Path) -> None:
    note = Note.parse(json.loads(answer.read_text(encoding="utf-8"))["receipt"])
    forged = tmp_path / "forged"
    forged.write_text(str(Note(note.text.replace("within 10", "within 99"), note.signatures)), encoding="utf-8")
    assert check(visitor, forged).code == 1
    stranger = str(VerifierKey("a/b", 1, bytes(32)))
    assert check(visitor, answer, "--key", stranger).code == 1
    assert [check(visitor, answer, "--key", each).code for each in ("no key",)] == [2]
    forged.write_text("{}", encoding="utf-8")
    assert check(visitor, forged).code == 2


def test_every_receipt_of_an_answer_to_many_commands_is_checked(visitor: Anjuan, answer: Path, tmp_path: Path) -> None:
    one = json.loads(answer.read_text(encoding="utf-8"))
    many = tmp_path / "many.json"
    many.write_text(json.dumps({"items": [{"answer": one}, {"problem": {}}, {"answer": one}]}), encoding="utf-8")
    done = check(visitor, many)
    assert (done.code, len(done.json["items"])) == (0, 2)


def test_a_new_key_signs_and_the_receipts_of_the_old_one_still_count(visitor: Anjuan, answer: Path) -> None:
    made = VerifierKey.parse(visitor.run("receipt", "rotate-key", "--json").json["key"])
    assert made.name.endswith("/receipt")
    assert check(visitor, answer).code == 0


def test_the_checkpoint_is_printed_as_a_page(visitor: Anjuan, answer: Path, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    assert visitor.run("log", "print", "--output", str(file)).code == 0
    head = Checkpoint.parse(Note.parse(visitor.run("log", "print", "--json").json["checkpoint"]).text)
    assert head.origin in file.read_text(encoding="utf-8")
    assert visitor.run("log", "print", "--size", str(2**40)).code == 1
