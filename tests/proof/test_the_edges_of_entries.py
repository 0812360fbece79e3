"""Each field of an event is bound as the bytes in which it is stored, and an event has all of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.proof.entry import EPOCH, FIELDS, NAMES, Order, StoredEvent, commitment, entry_of, field_bytes
from domain.proof.tiles import Tile
from tests.proof.test_forms import VALUES


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("version", 258, b"\0\0\0\0\0\0\1\2"),
        ("version", -1, b"\xff" * 8),
        ("payload_version", 258, b"\1\2"),
        ("payload_version", -2, b"\xff\xfe"),
        ("imported", True, b"\x01"),
        ("imported", False, b"\x00"),
        ("recorded_at", EPOCH, bytes(8)),
        ("recorded_at", EPOCH + timedelta(microseconds=258), b"\0\0\0\0\0\0\1\2"),
        ("recorded_at", EPOCH - timedelta(microseconds=1), b"\xff" * 8),
        ("reason", "正", b"\xe6\xad\xa3"),
    ],
)
def test_a_value_is_these_bytes(name: str, value: Any, found: bytes) -> None:
    assert FIELDS[name](value) == found


@pytest.mark.parametrize("many", [0, len(NAMES) - 1, len(NAMES) + 1])
def test_an_event_with_a_field_too_few_or_too_many_has_no_commitment(many: int) -> None:
    with pytest.raises(ValueError, match="has 19 fields"):
        commitment(b"s" * 16, [b"x"] * many)


def test_an_entry_of_what_was_recorded_before_the_epoch_or_by_a_negative_version_says_so() -> None:
    values = {**VALUES, "recorded_at": datetime(1999, 12, 31, 23, 59, 59, 999_999, UTC), "version": -1}
    lines = entry_of("o", 0, StoredEvent(Order(1, 2, 3), b"s" * 16, field_bytes(values))).decode().splitlines()
    assert lines[5] == "version -1" and lines[7] == "recorded 1999-12-31T23:59:59.999999Z"


def test_an_entry_without_a_topic_is_still_one() -> None:
    fields = list(field_bytes(VALUES))
    fields[NAMES.index("topic")] = None
    assert "topic \n" in entry_of("o", 0, StoredEvent(Order(1, 2, 3), b"s" * 16, fields)).decode()


def test_a_tile_is_full_with_256_hashes() -> None:
    assert Tile(0, 0, bytes(8192)).full and not Tile(0, 0, bytes(8160)).full and not Tile(0, 0, b"").full
