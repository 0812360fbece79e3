"""A witness as a process of its own: it signs what only grew, refuses the rest, forgets nothing, and shares nothing with a ledger."""

from __future__ import annotations

import secrets
import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from application.witness import Witness
from domain.proof.checkpoint import Checkpoint
from domain.proof.note import COSIGNATURE, Note, VerifierKey
from domain.proof.witness import Decision, Submission, cosignatures
from infrastructure.proof.ed25519 import verify
from tests.command_line.processes import Anjuan, Running
from tests.proof.growing import GrowingLog, key_of
from tests.witness.posting import Answered, Link

LOG = GrowingLog(40)
REWRITTEN = GrowingLog(40, lie={3: b"another fact"})
OTHER = key_of("log.example/other")


def hashed(log: GrowingLog) -> str:
    """Under what a log is watched."""
    return sha256(log.origin.encode()).hexdigest()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Anjuan:
    """The machine of another office: no database, no ledger."""
    return Anjuan(tmp_path_factory.mktemp("office"), {"DATABASE_URL": "postgresql://nowhere.invalid/none"})


@pytest.fixture(scope="module")
def witness(office: Anjuan) -> Iterator[Running]:
    """A witness that trusts the log."""
    folder = str(office.home / "w")
    office.run("witness", "init", folder, "audit.example/w1")
    office.run("witness", "trust", folder, str(LOG.vkey))
    with office.serving("witness", "serve", folder, "--port", "0", "--workers", "2") as running:
        yield running


@pytest.fixture
def link(witness: Running) -> Iterator[Link]:
    """A connection to it."""
    with Link(witness.url) as made:
        yield made


@pytest.fixture
def fresh(office: Anjuan, witness: Running) -> GrowingLog:
    """A log that the witness has not seen, and trusts."""
    log = GrowingLog(70, origin=f"log.example/{secrets.token_hex(4)}")
    office.run("witness", "trust", str(office.home / "w"), str(log.vkey))
    return log


def listed(office: Anjuan) -> dict[str, list[dict[str, object]]]:
    """What the witness knows."""
    found: dict[str, list[dict[str, object]]] = office.run("witness", "list", str(office.home / "w"), "--json").json
    return found


@pytest.mark.parametrize("many", [60, pytest.param(1_000, marks=pytest.mark.outside)])
def test_every_checkpoint_of_an_honest_log_is_signed(office: Anjuan, witness: Running, link: Link, many: int) -> None:
    key, log = VerifierKey.parse(witness.said["vkey"]), GrowingLog(many + 99, origin=f"log.example/honest{many}")
    office.run("witness", "trust", str(office.home / "w"), str(log.vkey))
    for old, new in zip([0, *range(100, many + 99)], range(100, many + 100), strict=True):
        found = link.add(log.submission(old, new))
        assert (found.status, found.media_type) == (200, "text/plain; charset=utf-8")
        (line,) = cosignatures(found.body, log.note(new), [key], verify)
        assert line.time > 1_700_000_000
    assert link.add(log.submission(many + 99, many + 99)).status == 200
    note = Note.parse(link.get(f"/{hashed(log)}/checkpoint").body)
    assert note.text == log.head(many + 99).text()
    assert {each for each, _ in note.signed_by([key, log.vkey], verify)} == {key, log.vkey}


def test_rewriting_forking_going_back_and_another_key_are_refused(
    office: Anjuan, link: Link, fresh: GrowingLog
) -> None:
    liar = GrowingLog(70, origin=fresh.origin, lie={3: b"another fact"})
    assert link.add(fresh.submission(0, 40)).status == 200
    before = link.get(f"/{hashed(fresh)}/checkpoint")
    assert link.add(liar.submission(40, 70)).status == 422
    assert link.add(liar.submission(40, 40)).status == 422
    assert link.add(fresh.submission(30, 39)) == Answered(409, "40\n", "text/x.tlog.size")
    assert link.add(fresh.submission(40, 41, OTHER)).status == 403
    assert link.get(f"/{hashed(fresh)}/checkpoint") == before
    kept = [each for each in listed(office)["refusals"] if each["origin"] == fresh.origin]
    assert sorted(str(each["status"]) for each in kept) == ["409", "422", "422"]
    found = Submission.parse(str(next(each["body"] for each in kept if "old root" in str(each["about"]))))
    assert found.note.signed_by([fresh.vkey], verify), "the log's own signature stands under what it denies"


def test_an_unknown_log_and_what_is_no_submission(link: Link) -> None:
    unknown = GrowingLog(5, origin="log.example/unknown")
    assert link.add(unknown.submission(0, 5)).status == 404
    assert link.get(f"/{hashed(unknown)}/checkpoint").status == 404
    assert link.add("old 0\n\nnothing\n").status == 400
    assert link.add("\ud800".encode("utf-8", "surrogatepass").decode("latin-1")).status == 400
    assert link.get("/add-checkpoint").status == 405
    assert link.add("old 0\n" + "x" * 300_000).status == 413


def test_while_keys_change_both_are_trusted_and_afterwards_one(office: Anjuan, link: Link, fresh: GrowingLog) -> None:
    folder, new = str(office.home / "w"), key_of(fresh.origin + "/new")
    assert link.add(fresh.submission(0, 1, new)).status == 403
    assert office.run("witness", "trust", folder, str(new.public), "--origin", fresh.origin).code == 0
    assert link.add(fresh.submission(0, 1, fresh.key, new)).status == 200
    assert office.run("witness", "distrust", folder, str(fresh.vkey)).code == 0
    assert link.add(fresh.submission(1, 2)).status == 403
    assert link.add(fresh.submission(1, 2, new)).status == 200
    assert office.run("witness", "distrust", folder, str(fresh.vkey)).code == 1


def test_a_killed_witness_remembers(office: Anjuan, fresh: GrowingLog, tmp_path: Path) -> None:
    folder = str(tmp_path / "w")
    office.run("witness", "init", folder, "audit.example/w2")
    office.run("witness", "trust", folder, str(fresh.vkey))
    first = office.start("witness", "serve", folder, "--port", "0")
    with Link(first.url) as link:
        assert link.add(fresh.submission(0, 40)).status == 200
    first.stop(signal.SIGKILL)
    ((known,), vkey) = (office.run("witness", "list", folder, "--json").json[each] for each in ("logs", "vkey"))
    assert (known["size"], vkey) == (40, first.said["vkey"])


def test_of_many_that_send_the_next_checkpoint_at_once_one_is_first(
    witness: Running, link: Link, fresh: GrowingLog
) -> None:
    link.add(fresh.submission(0, 10))
    statuses: list[int] = []

    def send(new: int) -> None:
        with Link(witness.url) as another:
            statuses.append(another.add(fresh.submission(10, new)).status)

    threads = [threading.Thread(target=send, args=(11 + each,)) for each in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(statuses) == [200] + 11 * [409]


def test_the_folder_is_closed_and_what_was_refused_and_signed_cannot_be_taken_back(
    office: Anjuan, link: Link, fresh: GrowingLog
) -> None:
    folder = office.home / "w"
    assert (folder.stat().st_mode & 0o777, (folder / "witness.key").stat().st_mode & 0o777) == (0o700, 0o600)
    link.add(fresh.submission(0, 1))
    with closing(sqlite3.connect(folder / "witness.db")) as connection:
        for statement in (
            "delete from latest",
            "delete from refusal",
            "update refusal set about = ''",
            "update latest set size = 0",
        ):
            connection.execute("insert or ignore into refusal values (x'00', 'o', 0, 422, 'why', x'00')")
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)
    assert office.run("witness", "init", str(folder), "audit.example/w1").code == 3
    folder.chmod(0o755)
    assert office.run("witness", "list", str(folder)).code == 2
    folder.chmod(0o700)


class Forgetful:
    """The books of a witness that keeps nothing."""

    def keys(self, origin: str) -> list[VerifierKey]:
        """It trusts the log."""
        return [LOG.vkey]

    @contextmanager
    def page(self, origin: str) -> Iterator[Forgetful]:
        """An empty page."""
        yield self

    def note(self, origin_hash: str) -> str | None:
        """Nothing was signed."""
        return None

    def latest(self) -> Checkpoint | None:
        """Nothing was signed."""
        return None

    def cosigned(self, note: Note, size: int, at: int) -> None:
        """Nothing is kept."""

    def refused(self, decision: Decision, body: bytes, at: int) -> None:
        """Nothing is kept."""


def test_a_witness_that_keeps_nothing_signs_both_sides_of_a_fork() -> None:
    key = key_of("audit.example/forgetful", COSIGNATURE)
    witness = Witness(Forgetful(), key.public, key.sign, verify)
    sent = [witness.add_checkpoint(str(log.submission(0, 40)).encode(), 1) for log in (LOG, REWRITTEN)]
    assert [each.status for each in sent] == [200, 200]
