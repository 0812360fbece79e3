"""Whoever records something is handed a signed receipt for exactly what the database stored of it, once and for ever."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.proof.entry import commitment
from domain.proof.note import BadSignature, Note
from domain.proof.receipt import MERGE_DELAY, Receipt
from infrastructure.postgres.outage import OUTAGES
from infrastructure.proof.ed25519 import verify
from infrastructure.proof.receipts import ReceiptBook, ReceiptKeys
from tests.http.client import Answer, path_of
from tests.http.conftest import County
from tests.http.signing import signed_receipt
from tests.http.test_bulk import accepts, opens, send

Owner = psycopg.Connection[Any]


def stored_with(county: County, owner: Owner, answer: Any) -> list[UUID]:
    """Every event that was stored in the transaction of an answer."""
    schema = county.wiring.place(county.name).schema
    query = f"select event_id from {schema}.events where tx = (select tx from {schema}.events where event_id = %s) order by event_no"
    return [each for (each,) in owner.execute(query.encode(), [answer["token"]]).fetchall()]


def is_about_what_is_stored(county: County, owner: Owner, answer: Any) -> Receipt:
    """The receipt of an answer, after comparing it with the database."""
    receipt = signed_receipt(county, answer["receipt"])
    proofs = county.wiring.place(county.name).proofs
    assert list(receipt.commitments) == stored_with(county, owner, answer)
    assert {each["event_id"] for each in answer["events"]} <= {str(each) for each in receipt.commitments}
    found = proofs.stored(list(receipt.commitments))
    assert receipt.commitments == {each: commitment(*found[each].stored[1:]) for each in receipt.commitments}
    assert (receipt.origin, receipt.due - receipt.recorded) == (proofs.origin, MERGE_DELAY)
    return receipt


def test_a_step_is_answered_with_a_receipt_for_what_the_database_stored(
    county: County, number: str, owner: Owner
) -> None:
    client = county.client("zjj")
    opened = client.open_complaint(number)
    is_about_what_is_stored(county, owner, opened.json)
    accepted = client.post(path_of(number).replace("/cases/", "/complaint/") + "/accept", {})
    receipt = is_about_what_is_stored(county, owner, accepted.json)
    assert receipt.recorded == datetime.fromisoformat(accepted.json["recorded_at"])


def test_a_receipt_covers_every_event_of_a_step_with_several_reservations_included(
    county: County, number: str, owner: Owner
) -> None:
    client = county.client("zjj")
    client.open_complaint(number)
    body = {
        "file_no": number,
        "matter": number,
        "scope": "S3",
        "basis": "权限外",
        "ground": "discovery",
        "discovered_on": "2025-01-02",
    }
    answer = client.post("/api/v1/referral/require", body)
    assert answer.status == 201, answer.raw
    assert len(is_about_what_is_stored(county, owner, answer.json).commitments) >= len(answer.json["events"])


def test_the_same_request_sent_again_is_answered_with_the_same_receipt(county: County, number: str) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    client, body = county.client("zjj"), {"number": number, "subject": "bidding", "complainant": "某公司"}
    first = client.post("/api/v1/complaint", body, key)
    client.post(path_of(number).replace("/cases/", "/complaint/") + "/accept", {})
    again = client.post("/api/v1/complaint", body, key)
    assert (again.json["replayed"], again.json["receipt"]) == (True, first.json["receipt"])


def test_each_of_many_commands_has_a_receipt_of_its_own_and_what_is_refused_has_none(
    county: County, number: str, owner: Owner
) -> None:
    answer = send(county, opens(number), opens(number), accepts(number))
    opened, refused, accepted = answer.json["items"]
    assert "answer" not in refused
    receipts = [is_about_what_is_stored(county, owner, each["answer"]) for each in (opened, accepted)]
    assert not set(receipts[0].commitments) & set(receipts[1].commitments)


def test_whoever_reads_a_case_is_given_the_receipt_of_an_event_later_and_nobody_else(
    county: County, number: str
) -> None:
    opened = county.client("zjj").open_complaint(number).json
    for organ in ("zjj", "sjj"):
        later = county.client(organ).get("/log/receipt", event=opened["token"])
        assert (later.status, later.json["receipt"]) == (200, opened["receipt"])
    for organ, event in (("slj", opened["token"]), ("zjj", uuid4())):
        assert county.client(organ).get("/log/receipt", event=event).problem == "not-found"


def test_a_receipt_of_which_a_letter_is_changed_is_none(county: County, number: str) -> None:
    text = county.client("zjj").open_complaint(number).json["receipt"]
    note = Note.parse(text)
    keys = [each.key for each in county.wiring.receipt_keys(county.wiring.place(county.name)).kept.trusted()]
    with pytest.raises(BadSignature):
        Note(note.text.replace("within 10", "within 99"), note.signatures).signed_by(keys, verify)


def folder_of(county: County) -> Path:
    """Where the keys of the receipts of a county lie."""
    return county.wiring.receipt_keys(county.wiring.place(county.name)).kept.path


def opened(county: County, number: str) -> Answer:
    return county.client("zjj").open_complaint(number)


def test_nothing_is_recorded_where_no_receipt_can_be_signed(make_county: Callable[[str], County], number: str) -> None:
    county = make_county("rehearsal")
    assert opened(county, f"{number}-1").status == 201
    folder_of(county).chmod(0o755)
    folder_of(county).touch()
    refused = opened(county, number)
    assert (refused.status, refused.problem) == (503, "no-receipt")
    checks = {each["name"]: each for each in county.wiring.checks() if each.get("jurisdiction") == county.name}
    assert not checks["receipts"]["ok"]
    assert county.client("zjj").get(path_of(number)).status == 404
    folder_of(county).chmod(0o700)
    folder_of(county).touch()
    assert opened(county, number).status == 201


class Gone:
    """Connections to a database that is away."""

    def connection(self) -> Any:
        """There is none."""
        raise psycopg.OperationalError("gone")


def test_what_is_recorded_stays_so_where_the_database_goes_away_before_the_receipt_is_read(
    county: County, number: str
) -> None:
    event, here = UUID(opened(county, number).json["token"]), county.wiring.place(county.name)
    keys = county.wiring.receipt_keys(here)
    book, gone = (ReceiptBook(each, here.schema, here.proofs.origin, keys) for each in (county.wiring.pool, Gone()))
    assert book.after(event) == book.issued(event) == here.receipts.issued(event)
    assert gone.after(event) is None
    with pytest.raises(OUTAGES):
        gone.issued(event)


def test_a_new_key_signs_from_the_next_receipt_on_and_the_old_one_goes_on_to_count(
    make_county: Callable[[str], County], number: str
) -> None:
    county = make_county("rehearsal")
    first = opened(county, f"{number}-1").json["receipt"]
    (private,) = folder_of(county).glob("signing-*")
    assert private.stat().st_mode & 0o077 == 0
    assert folder_of(county).stat().st_mode & 0o077 == 0
    made = county.wiring.receipt_keys(county.wiring.place(county.name)).rotate()
    second = opened(county, f"{number}-2").json["receipt"]
    assert not private.exists()
    assert [each.by(made.public) for text in (first, second) for each in Note.parse(text).signatures] == [False, True]
    assert signed_receipt(county, first).origin == signed_receipt(county, second).origin
    published = county.client("zjj").get("/log/keys").json["items"]
    assert [each["key"] for each in published if each["purpose"] == "receipt"][-1] == str(made.public)


def test_no_key_is_made_twice_by_processes_that_begin_together(tmp_path: Path) -> None:
    ledger = uuid4()
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: ReceiptKeys(tmp_path / "receipts", ledger, "a/b").present(), range(16)))
    assert len({each.public for each in made}) == 1
    assert len(list((tmp_path / "receipts" / ledger.hex).glob("signing-*"))) == 1
