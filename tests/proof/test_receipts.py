"""Receipts bind what is stored of every event of a transaction, are read as they were written, and any change is found out."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.proof import receipt
from domain.proof.entry import EPOCH, Order, StoredEvent, commitment, field_bytes
from domain.proof.note import BadSignature, Note, sign
from domain.proof.receipt import KEY_NAME, BadReceipt, Receipt
from tests.proof.test_forms import AT, VALUES, made, verify

ORIGIN = "anjuan/county/1"
FIRST, SECOND = UUID(int=1), UUID(int=9)


def stored(event: UUID, *, salt: bytes = b"s" * 16, **other: object) -> StoredEvent:
    """An event as it is stored."""
    return StoredEvent(Order(1, 7, 8), salt, field_bytes({**VALUES, "event_id": event, **other}))


RECEIPT = Receipt.of(ORIGIN, [stored(FIRST), stored(SECOND, version=4)])


def test_a_receipt_is_this_text() -> None:
    first, second = (each.hex() for each in RECEIPT.commitments.values())
    assert RECEIPT.text() == (
        "anjuan receipt/v1\nanjuan/county/1\nrecorded 2026-03-02T01:02:03.000045Z\nwithin 10\n"
        f"event 00000000-0000-0000-0000-000000000001 {first}\nevent 00000000-0000-0000-0000-000000000009 {second}\n"
    )


def test_a_receipt_commits_to_what_is_stored_as_the_entry_of_the_log_does() -> None:
    event = stored(FIRST)
    assert RECEIPT.commitments[FIRST] == commitment(event.salt, event.fields)
    assert Receipt.of(ORIGIN, [stored(FIRST, reason="x")]).commitments != Receipt.of(ORIGIN, [event]).commitments
    assert Receipt.of(ORIGIN, [stored(FIRST, salt=b"t" * 16)]).commitments[FIRST] != RECEIPT.commitments[FIRST]


def test_the_events_are_due_ten_seconds_after_their_recording() -> None:
    assert RECEIPT.due - RECEIPT.recorded == timedelta(seconds=10)
    assert RECEIPT.recorded == AT


def test_nothing_recorded_is_nothing_to_receipt() -> None:
    with pytest.raises(ValueError, match="one event at least"):
        Receipt.of(ORIGIN, [])


@given(
    st.timedeltas(timedelta(0), timedelta(days=36_500)),
    st.dictionaries(st.uuids(), st.binary(min_size=32, max_size=32), min_size=1, max_size=4),
)
def test_a_receipt_is_read_as_it_was_written(later: timedelta, commitments: dict[UUID, bytes]) -> None:
    text = Receipt(ORIGIN, AT + later, commitments).text()
    assert Receipt.parse(text).text() == text


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        RECEIPT.text() + "\n",
        RECEIPT.text().removesuffix("\n"),
        RECEIPT.text().replace("receipt/v1", "receipt/v2"),
        RECEIPT.text().replace("within 10", "within 010"),
        RECEIPT.text().replace("within 10", "within ten"),
        RECEIPT.text().replace("within 10", "by 10"),
        RECEIPT.text().replace("recorded 2026", "recorded 26"),
        RECEIPT.text().replace(".000045Z", ".45Z"),
        RECEIPT.text().replace(f"event {SECOND}", f"event {FIRST}"),
        RECEIPT.text().replace("event", "Event"),
        "\n".join(RECEIPT.text().split("\n")[:4]) + "\n",
        RECEIPT.text().replace(ORIGIN, ""),
    ],
)
def test_what_is_written_otherwise_is_no_receipt(wrong: str) -> None:
    with pytest.raises(BadReceipt):
        Receipt.parse(wrong)


@pytest.mark.parametrize(
    ("wrong", "about"),
    [
        ("anjuan receipt/v1", "begins with"),
        ("anjuan receipt/v1\n", "begins with"),
        (f"anjuan receipt/v1\n{ORIGIN}\n", "begins with"),
        (RECEIPT.text().removesuffix("\n"), "begins with"),
        (RECEIPT.text().replace(ORIGIN, ""), "begins with"),
        (RECEIPT.text().replace("/v1", "/v2"), "begins with"),
        ("\n".join(RECEIPT.text().split("\n")[:4]) + "\n", "begins with"),
        (RECEIPT.text().replace(str(SECOND), str(FIRST)), "stands twice"),
        (RECEIPT.text() + "more\n", "is no event"),
        (RECEIPT.text().replace("event", "Event", 1), "is no event"),
        (RECEIPT.text().replace("recorded ", ""), "does not begin with 'recorded '"),
        (RECEIPT.text().replace("within ", ""), "does not begin with 'within '"),
        (RECEIPT.text().replace(".000045Z", ".45Z"), "written otherwise"),
    ],
)
def test_what_is_no_receipt_says_why(wrong: str, about: str) -> None:
    with pytest.raises(BadReceipt, match=about):
        Receipt.parse(wrong)


def test_a_receipt_for_one_event_is_one() -> None:
    one = Receipt.of(ORIGIN, [stored(SECOND)])
    assert Receipt.parse(one.text()) == one and list(one.commitments) == [SECOND]


def test_the_key_of_receipts_is_named_after_the_log() -> None:
    assert receipt.KEY_NAME == "/receipt"


def test_a_receipt_is_as_late_as_its_latest_event() -> None:
    assert Receipt.of(
        ORIGIN, [stored(FIRST, recorded_at=AT + timedelta(1)), stored(SECOND)]
    ).recorded == AT + timedelta(1)
    unknown = Receipt.of(ORIGIN, [stored(FIRST, recorded_at=None)])
    assert unknown.recorded == EPOCH, "where nothing is stored it is not later than anything"


def test_any_letter_of_a_signed_receipt_that_is_changed_is_found_out() -> None:
    private, key = made(ORIGIN + KEY_NAME)
    text = RECEIPT.text()
    note = Note(text, (sign(text, key, private.sign),))
    assert Note.parse(str(note)).signed_by([key], verify)
    for place in range(len(text) - 1):
        other = chr(ord(text[place]) ^ 1)
        changed = Note(text[:place] + other + text[place + 1 :], note.signatures)
        with pytest.raises(BadSignature):
            changed.signed_by([key], verify)
