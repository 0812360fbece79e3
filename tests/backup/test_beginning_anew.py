"""Where an old backup is all there is, the ledger refuses to be signed until a person lets its log begin anew, and says so for ever."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from domain.cases.attestation.case import NUMBER
from domain.cases.attestation.events import LogBegunAnew
from domain.kernel import case_id
from domain.proof.note import VerifierKey
from infrastructure.bell import Bell
from infrastructure.postgres.pool import connect
from infrastructure.proof.keys import LogKeys
from infrastructure.proof.signer import Signer
from tests.backup.conftest import Office, urls_of
from tests.command_line.processes import Done
from tests.servers import Database

WHY = "机房水灾，只剩前一日的备份"


class Once(Signer):
    """A signer that takes one turn."""

    def turn(self) -> bool:
        """The only one."""
        self._stopping.set()
        return super().turn()


class Flooded:
    """The ledger put back from an older backup, with the keys as they were last, and a receipt for what is missing."""

    def __init__(self, before: Office, empty: Database, home: Path) -> None:
        before.place.receipts.ready()
        source = before.backup(home.with_name("backup"))
        before.report(f"JB-{uuid4()}")
        self.signed = before.sign()
        shutil.copytree(before.anjuan.home, home, dirs_exist_ok=True)
        (lost,) = before.place.log.follow(self.signed - 1, 1)
        self.receipt = home / "receipt"
        self.receipt.write_text(before.place.receipts.issued(lost.event_id), encoding="utf-8")
        self.anjuan = before.elsewhere(empty, home)
        done = self.anjuan.run("restore", str(source), "--json")
        assert [each["cause"] for each in done.json["findings"]] == ["rolled back"]
        self.back = done.json["ledgers"][0]["events"]
        self.here = before.over(empty, home)
        self.keys = LogKeys(home / "log", self.here.place.log.ledger_id, self.here.place.proofs.ledger)

    def run(self, *words: str) -> Done:
        return self.anjuan.run(*words, "--json")

    def sign(self) -> str | None:
        """Let a signer run until it stops or has nothing to do; what readiness then says of the log."""
        url = urls_of(self.here.database)["ANJUAN_SEQUENCER_URL"]
        Once(partial(connect, url, name="test"), self.here.place.schema, self.keys, sequenced=Bell()).run()
        (said,) = [each for each in self.here.wiring.checks() if each["name"] == "log"]
        assert said["ok"] == (said["error"] is None)
        error: str | None = said["error"]
        return error


@pytest.fixture
def flooded(office: Office, empty: Database, tmp_path: Path) -> Iterator[Flooded]:
    made = Flooded(office, empty, tmp_path / "home")
    yield made
    made.here.wiring.close()


def test_after_an_old_backup_a_person_lets_the_log_go_on_and_what_is_gone_stays_to_be_seen(flooded: Flooded) -> None:
    assert (flooded.sign() or "").startswith("rolled back")
    before = flooded.run("verify")
    assert (before.code, before.json["causes"], before.json["begun_anew"]) == (1, ["rolled back"], []), before.out
    assert _removed(flooded)
    assert flooded.run("log", "begin-anew").code == flooded.run("log", "begin-anew", "--because", " ").code == 2

    _of_a_changed_database(flooded)
    _of_lost_keys(flooded)
    assert _attestation(flooded) == [], "nothing was recorded so far"

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
    assert recorded.keys == tuple(str(each.key) for each in flooded.keys.trusted() if each.through is not None)


def _of_a_changed_database(flooded: Flooded) -> None:
    """It is no loss, and not helped by beginning anew."""
    with connect(flooded.here.database.owner) as owner:
        _exchange_officer(owner, flooded, "officer || 'x'")
        done = flooded.anjuan.run("log", "begin-anew", "--because", WHY, "--lang", "en")
        assert (done.code, "tampered with" in done.err, "changed, position 3: " in done.err) == (3, True, True)
        _exchange_officer(owner, flooded, "left(officer, -1)")


def _exchange_officer(owner: psycopg.Connection[Any], flooded: Flooded, by: str) -> None:
    events = f"{flooded.here.place.schema}.events"
    owner.execute(f"alter table {events} disable trigger stays".encode())
    owner.execute(f"update {events} set officer = {by} where event_no = 3".encode())
    owner.execute(f"alter table {events} enable always trigger stays".encode())


def _of_lost_keys(flooded: Flooded) -> None:
    """The old public key is asked for, and no other is taken."""
    (old,) = (str(each.key) for each in flooded.keys.trusted())
    away = flooded.keys.path.rename(flooded.keys.path.with_name("away"))
    done = flooded.anjuan.run("log", "begin-anew", "--because", WHY, "--lang", "en")
    assert (done.code, "--key" in done.err, old in done.err) == (3, True, True)
    for other in ("nonsense", str(VerifierKey("log.example", 1, bytes(32)))):
        assert flooded.run("log", "begin-anew", "--because", WHY, "--key", other).code == 2
    away.rename(flooded.keys.path)


def _removed(flooded: Flooded) -> bool:
    done = flooded.run("receipt", "check", str(flooded.receipt))
    (item,) = done.json["items"]
    return done.code == 1 and [each["cause"] for each in item["findings"]] == ["removed"]


def _ids(flooded: Flooded) -> dict[type, Any]:
    return {type(each.event): each.event_id for each in flooded.here.place.log.load_stream(case_id(NUMBER))}


def _attestation(flooded: Flooded) -> list[Any]:
    return [each.event for each in flooded.here.place.log.load_stream(case_id(NUMBER))]
