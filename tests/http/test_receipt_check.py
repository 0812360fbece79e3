"""A receipt is the proof of removal: what it promises is in the signed log when it is due, or the cause is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from application import receipt_check
from application.receipt_check import Checked, OtherLog, check_receipt
from domain.proof.findings import Cause, causes
from domain.proof.note import Note, Unsigned
from domain.proof.note import sign as signature
from domain.proof.receipt import KEY_NAME, Receipt
from domain.proof.trust import Trusted
from infrastructure.proof.ed25519 import SigningKey, generate, verify
from infrastructure.proof.reading import PostgresProofs
from tests.http.conftest import County
from tests.http.signing import log_keys, sign

Owner = psycopg.Connection[Any]
BEFORE, AFTER = timedelta(seconds=9), timedelta(seconds=11)


def recorded(county: County, number: str) -> Note:
    """The receipt of a new case."""
    return Note.parse(county.client("zjj").open_complaint(number).json["receipt"])


def told(note: Note) -> Receipt:
    """What a receipt says."""
    return Receipt.parse(note.text)


def trusted(county: County) -> tuple[Trusted, ...]:
    """The keys that count for a county."""
    return county.wiring.trusted(county.wiring.place(county.name))


def checked(county: County, note: Note, later: timedelta = AFTER, **other: Any) -> Checked:
    """What is found some time after the recording."""
    said = {"proofs": county.wiring.place(county.name).proofs, "trusted": trusted(county), **other}
    return check_receipt(note, said["proofs"], said["trusted"], verify, told(note).recorded + later)


def test_what_is_in_the_signed_log_is_found_at_its_position(county: County, number: str) -> None:
    receipt = recorded(county, number)
    size = sign(county)
    found = checked(county, receipt)
    assert (found.findings, found.waiting) == ((), ())
    assert list(found.positions) == list(told(receipt).commitments)
    assert max(found.positions.values()) == size


def test_what_is_not_signed_yet_is_waited_for_and_was_removed_once_it_is_due(county: County, number: str) -> None:
    receipt = recorded(county, number)
    early, late = checked(county, receipt, BEFORE), checked(county, receipt)
    assert (early.findings, early.waiting) == ((), tuple(told(receipt).commitments))
    assert (causes(late.findings), late.waiting) == ((Cause.REMOVED,), ())


ATTACKS = {
    "delete from {0}.events where event_id = %s": Cause.REMOVED,
    "update {0}.events set reason = 'x' where event_id = %s": Cause.CHANGED,
    "update {0}.events set payload = payload || ' ' where event_id = %s": Cause.CHANGED,
    "update {0}.events set salt = '\\x00' where event_id = %s": Cause.CHANGED,
    "update {0}.events set recorded_at = recorded_at - interval '1 day' where event_id = %s": Cause.CHANGED,
    "delete from {0}.log where event_no = (select event_no from {0}.events where event_id = %s)": Cause.REMOVED,
    "update {0}.tile set hashes = overlay(hashes placing decode(repeat('00', 32), 'hex') from 1) where level = 0 "
    "and %s::uuid is not null": Cause.REMOVED,
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_whoever_owns_the_database_cannot_take_back_what_a_receipt_was_given_for(
    make_county: Callable[[str], County], number: str, owner: Owner, attack: str
) -> None:
    county = make_county("rehearsal")
    receipt = recorded(county, number)
    sign(county)
    assert checked(county, receipt).findings == ()
    event = list(told(receipt).commitments)[-1]
    schema = county.wiring.place(county.name).schema
    for each in ("events", "log", "tile"):
        owner.execute(f"alter table {schema}.{each} disable trigger user".encode())
    owner.execute(attack.format(schema).encode(), [event])
    assert ATTACKS[attack] in causes(checked(county, receipt).findings)


def test_control_a_check_that_does_not_look_into_the_tree_misses_that_it_was_exchanged(
    make_county: Callable[[str], County], number: str, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    county = make_county("rehearsal")
    receipt = recorded(county, number)
    sign(county)
    schema = county.wiring.place(county.name).schema
    owner.execute(f"alter table {schema}.tile disable trigger user".encode())
    owner.execute(
        next(each for each in ATTACKS if ".tile" in each).format(schema).encode(),
        [next(iter(told(receipt).commitments))],
    )
    assert causes(checked(county, receipt).findings) == (Cause.REMOVED,)
    monkeypatch.setattr(receipt_check, "verify_inclusion", lambda *_: None)
    assert checked(county, receipt).findings == ()


def test_a_log_that_is_signed_by_a_stranger_shows_nothing(county: County, number: str) -> None:
    receipt = recorded(county, number)
    sign(county)
    of_receipts = [each for each in trusted(county) if each.key.name.endswith(KEY_NAME)]
    stranger = Trusted(generate(told(receipt).origin).public)
    assert causes(checked(county, receipt, trusted=[*of_receipts, stranger]).findings) == (Cause.UNSIGNED,)


class Resigned(PostgresProofs):
    """The proofs of a log whose head is signed by the key of its receipts."""

    key: SigningKey

    def head(self, size: int | None = None) -> Note | None:
        """The newest checkpoint, signed by who may sign none."""
        found = super().head(size)
        assert found is not None
        return Note(found.text, (signature(found.text, self.key.public, self.key.sign),))


def test_the_key_of_receipts_signs_no_checkpoint_and_the_key_of_the_log_no_receipt(county: County, number: str) -> None:
    receipt, here = recorded(county, number), county.wiring.place(county.name)
    sign(county)
    proofs = Resigned(county.wiring.pool, here.schema, here.proofs.origin)
    proofs.key = county.wiring.receipt_keys(here).present()
    assert causes(checked(county, receipt, proofs=proofs).findings) == (Cause.UNSIGNED,)
    (of_the_log,) = log_keys(county).signing()
    exchanged = Note(receipt.text, (signature(receipt.text, of_the_log.public, of_the_log.sign),))
    with pytest.raises(Unsigned):
        checked(county, exchanged)


def test_a_receipt_is_not_looked_for_in_another_log(
    county: County, make_county: Callable[[str], County], number: str
) -> None:
    receipt = recorded(county, number)
    other = make_county("rehearsal")
    with pytest.raises(OtherLog):
        checked(other, receipt)
