"""A timestamp says when a checkpoint was seen: one that was recorded is read, whatever was changed in it is refused."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.x509 import load_pem_x509_certificates

from infrastructure.anchors.chosen import Authority
from infrastructure.anchors.reaching import Away
from infrastructure.anchors.stamps import BadStamp, asking, stamp, stamped_at
from tests.anchors import authority as openssl

KEPT = json.loads(openssl.RECORDED.read_text(encoding="utf-8"))
TEXT, OTHER_TEXT = KEPT["texts"]
STAMP = b64decode(KEPT["stamp"])
AUTHORITY = Authority("tsa", "http://127.0.0.1:9/", tuple(load_pem_x509_certificates(KEPT["root"].encode())))


def test_a_recorded_stamp_says_when_the_text_was_seen() -> None:
    found = stamped_at(STAMP, TEXT, AUTHORITY)
    assert found.tzinfo is not None and found > datetime(2026, 1, 1, tzinfo=UTC)


def test_another_text_another_authority_and_another_question_are_refused() -> None:
    with pytest.raises(BadStamp, match="Mismatch between messages"):
        stamped_at(STAMP, OTHER_TEXT, AUTHORITY)
    with pytest.raises(BadStamp, match="certificate"):
        stamped_at(b64decode(KEPT["impostor"]), TEXT, AUTHORITY)
    with pytest.raises(BadStamp, match="Nonce"):
        stamped_at(STAMP, TEXT, AUTHORITY, nonce=1)


def test_a_byte_that_was_changed_anywhere_is_refused_or_changes_nothing_that_is_said() -> None:
    said = stamped_at(STAMP, TEXT, AUTHORITY)
    accepted = []
    for place in range(len(STAMP)):
        changed = STAMP[:place] + bytes([STAMP[place] ^ 1]) + STAMP[place + 1 :]
        try:
            accepted.append(stamped_at(changed, TEXT, AUTHORITY))
        except BadStamp:
            continue
    assert set(accepted) <= {said} and len(accepted) < len(STAMP) // 10


@pytest.mark.parametrize("wrong", [b"", b"no stamp", STAMP[:-1], STAMP + b"x"])
def test_what_is_no_stamp_is_refused(wrong: bytes) -> None:
    with pytest.raises(BadStamp):
        stamped_at(wrong, TEXT, AUTHORITY)


def test_an_authority_that_does_not_answer_is_away() -> None:
    with pytest.raises(Away):
        stamp(TEXT, AUTHORITY)


def test_every_question_has_a_number_of_its_own() -> None:
    assert asking(TEXT).nonce != asking(TEXT).nonce


@pytest.mark.outside
def test_openssl_stamps_what_we_ask(tmp_path: Path) -> None:
    folder = openssl.made(tmp_path)
    with openssl.serving(folder) as url:
        roots = tuple(load_pem_x509_certificates((folder / "root.pem").read_bytes()))
        it = Authority("tsa", url, roots)
        found = stamped_at(stamp(TEXT, it), TEXT, it)
        assert abs(found - datetime.now(UTC)) < timedelta(minutes=1)
        with pytest.raises(BadStamp):
            stamp(TEXT, Authority("tsa", url, AUTHORITY.roots))
