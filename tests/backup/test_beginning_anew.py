"""Where an old backup is all there is, the ledger refuses to be signed until a person lets its log begin anew, and says so for ever."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from domain.cases.attestation.case import NUMBER
from domain.cases.attestation.events import LogBegunAnew
from domain.kernel import case_id
from infrastructure.bell import Bell
from infrastructure.postgres.pool import connect
from infrastructure.proof.keys import LogKeys
from infrastructure.proof.receipts import ReceiptBook, ReceiptKeys
from infrastructure.proof.signer import Signer
from tests.backup.conftest import Office, urls_of
from tests.command_line.processes import Done
from tests.servers import Database

WHY = "机房水灾，只剩前一日的备份"


class Flooded:
    """The ledger put back from an older backup, with the keys as they were last, and a receipt for what is missing."""

    def __init__(self, before: Office, empty: Database, source: Path, home: Path) -> None:
        before.report(f"JB-{uuid4()}")
        self.signed = before.sign()
        shutil.copytree(before.anjuan.home, home, dirs_exist_ok=True)
        (lost,) = before.place.log.follow(self.signed - 1, 1)
        keys = ReceiptKeys(home / "receipts", before.place.log.ledger_id, before.place.proofs.ledger)
        book = ReceiptBook(before.wiring.pool, before.place.schema, before.place.proofs.ledger, keys)
        self.receipt = home / "receipt"
        self.receipt.write_text(book.issued(lost.event_id), encoding="utf-8")
        self.anjuan = before.elsewhere(empty, home)
        done = self.anjuan.run("restore", str(source), "--json")
        assert [each["cause"] for each in done.json["findings"]] == ["rolled back"]
        self.back = done.json["ledgers"][0]["events"]
        self.here = before.over(empty)
        self.keys = LogKeys(home / "log", self.here.place.log.ledger_id, self.here.place.proofs.ledger)

    def run(self, *words: str) -> Done:
        return self.anjuan.run(*words, "--json")

    def sign(self) -> str | None:
        """Let a signer run until it stops or has nothing to do; what readiness then says of the log."""
        url = urls_of(self.here.database)["ANJUAN_SEQUENCER_URL"]
        signer = Signer(partial(connect, url, name="test"), self.here.place.schema, self.keys, sequenced=Bell())
        signer.turn = partial(_once, signer, signer.turn)  # type: ignore[method-assign]
        signer.run()
        (said,) = [each for each in self.here.wiring.checks() if each["name"] == "log"]
        assert said["ok"] == (said["error"] is None)
        error: str | None = said["error"]
        return error


def _once(signer: Signer, turn: Any) -> bool:
    signer._stopping.set()
    return bool(turn())


@pytest.fixture
def flooded(office: Office, empty: Database, source: Path, tmp_path: Path) -> Iterator[Flooded]:
    made = Flooded(office, empty, source, tmp_path / "home")
    yield made
    made.here.wiring.close()


def test_after_an_old_backup_a_person_lets_the_log_go_on_and_what_is_gone_stays_to_be_seen(flooded: Flooded) -> None:
    assert (flooded.sign() or "").startswith("rolled back")
    before = flooded.run("verify")
    assert (before.code, before.json["causes"], before.json["begun_anew"]) == (1, ["rolled back"], [])
    assert _removed(flooded)
    assert flooded.run("log", "begin-anew").code == flooded.run("log", "begin-anew", "--because", " ").code == 2

    done = flooded.run("log", "begin-anew", "--because", WHY)
    assert done.code == 0, done.err
    told = done.json
    assert (told["volume"], told["cause"], told["because"]) == (2, "rolled back", WHY)
    assert (told["remains"], told["gone"]) == (flooded.back, flooded.signed - flooded.back)
    assert told["origin"] == f"{flooded.here.place.proofs.ledger}/2" == flooded.here.place.proofs.origin
    assert told["vkey"].startswith(f"{told['origin']}+")

    flooded.here.report(f"JB-{uuid4()}")
    after = flooded.anjuan.run("verify", "--lang", "en")
    assert after.code == 0, after.out
    assert f"the log began anew: volume 2 from position {told['position']}" in after.out
    assert f"{told['gone']} entries are gone; because: {WHY}" in after.out
    assert _removed(flooded), "the promise of a receipt is as strong as before"
    assert flooded.sign() is None, "and readiness has nothing to say"
    again = flooded.anjuan.run("log", "begin-anew", "--because", WHY, "--lang", "en")
    assert (again.code, "The log can be signed" in again.err) == (3, True)
    days = [f"{flooded.here.wiring.now() + timedelta(days=each):%Y-%m-%d}" for each in (-1, 1)]
    found = flooded.run("history", "--from", days[0], "--to", days[1], "--event", "attestation.begun-anew")
    (shown,) = found.json["items"]
    assert shown["event_id"] == str(_ids(flooded)[LogBegunAnew])
    (recorded,) = [each for each in _attestation(flooded) if isinstance(each, LogBegunAnew)]
    assert (recorded.because, recorded.volume) == (WHY, 2)


def test_a_database_that_was_changed_is_not_helped_by_beginning_anew(flooded: Flooded) -> None:
    with connect(flooded.here.database.owner) as owner:
        events = f"{flooded.here.place.schema}.events"
        owner.execute(f"alter table {events} disable trigger stays".encode())
        owner.execute(f"update {events} set officer = 'nobody' where event_no = 3".encode())
        owner.execute(f"alter table {events} enable always trigger stays".encode())
    done = flooded.anjuan.run("log", "begin-anew", "--because", WHY, "--lang", "en")
    assert (done.code, "tampered with" in done.err, "changed, position 3: " in done.err) == (3, True, True)
    assert _attestation(flooded) == []


def test_where_the_keys_are_lost_too_the_old_public_key_is_asked_for(flooded: Flooded) -> None:
    (old,) = (str(each.key) for each in flooded.keys.trusted())
    shutil.rmtree(flooded.keys.path)
    done = flooded.anjuan.run("log", "begin-anew", "--because", WHY, "--lang", "en")
    assert (done.code, "--key" in done.err, old in done.err) == (3, True, True)
    assert flooded.run("log", "begin-anew", "--because", WHY, "--key", "nonsense").code == 2
    done = flooded.run("log", "begin-anew", "--because", WHY, "--key", old)
    assert (done.code, done.json["cause"], done.json["lost"], done.json["gone"]) == (0, "lost", None, None)
    assert flooded.run("verify", "--no-lists").code == 0


def _removed(flooded: Flooded) -> bool:
    done = flooded.run("receipt", "check", str(flooded.receipt))
    (item,) = done.json["items"]
    return done.code == 1 and [each["cause"] for each in item["findings"]] == ["removed"]


def _ids(flooded: Flooded) -> dict[type, Any]:
    return {type(each.event): each.event_id for each in flooded.here.place.log.load_stream(case_id(NUMBER))}


def _attestation(flooded: Flooded) -> list[Any]:
    return [each.event for each in flooded.here.place.log.load_stream(case_id(NUMBER))]
