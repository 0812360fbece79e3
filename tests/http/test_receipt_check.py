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
from domain.proof.receipt import Receipt
from domain.proof.trust import Trusted
from infrastructure.proof.ed25519 import generate, verify
from tests.http.conftest import County
from tests.http.signing import log_keys, sign, signed_receipt

Owner = psycopg.Connection[Any]
BEFORE, AFTER = timedelta(seconds=9), timedelta(seconds=11)


def recorded(county: County, number: str) -> Receipt:
    """The receipt of a new case."""
    return signed_receipt(county, county.client("zjj").open_complaint(number).json["receipt"])


def checked(county: County, receipt: Receipt, later: timedelta = AFTER, *, trusted: Any = None) -> Checked:
    """What is found some time after the recording."""
    keys = log_keys(county).trusted() if trusted is None else trusted
    return check_receipt(receipt, county.wiring.place(county.name).proofs, keys, verify, receipt.recorded + later)


def test_what_is_in_the_signed_log_is_found_at_its_position(county: County, number: str) -> None:
    receipt = recorded(county, number)
    size = sign(county)
    found = checked(county, receipt)
    assert (found.findings, found.waiting) == ((), ())
    assert list(found.positions) == list(receipt.commitments)
    assert max(found.positions.values()) == size


def test_what_is_not_signed_yet_is_waited_for_and_was_removed_once_it_is_due(county: County, number: str) -> None:
    receipt = recorded(county, number)
    early, late = checked(county, receipt, BEFORE), checked(county, receipt)
    assert (early.findings, early.waiting) == ((), tuple(receipt.commitments))
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
    event = list(receipt.commitments)[-1]
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
        next(each for each in ATTACKS if ".tile" in each).format(schema).encode(), [next(iter(receipt.commitments))]
    )
    assert causes(checked(county, receipt).findings) == (Cause.REMOVED,)
    monkeypatch.setattr(receipt_check, "verify_inclusion", lambda *_: None)
    assert checked(county, receipt).findings == ()


def test_a_log_that_is_signed_by_a_stranger_shows_nothing(county: County, number: str) -> None:
    receipt = recorded(county, number)
    sign(county)
    stranger = Trusted(generate(receipt.origin).public)
    assert causes(checked(county, receipt, trusted=[stranger]).findings) == (Cause.UNSIGNED,)


def test_a_receipt_is_not_looked_for_in_another_log(
    county: County, make_county: Callable[[str], County], number: str
) -> None:
    receipt = recorded(county, number)
    with pytest.raises(OtherLog):
        checked(make_county("rehearsal"), receipt)
