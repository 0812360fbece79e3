"""A sealed value opens with its key in its place, and nowhere else; its length tells nothing."""

from __future__ import annotations

import base64
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from infrastructure.keys.sealing import DataKey, Spot, Unreadable, bound, key_of, seal, unseal

KEY = DataKey(UUID(int=7), bytes(range(32)))
SPOT = Spot("j_xuanen", UUID(int=1), "complainant", UUID(int=2))
NAME = "张三 \" \\ '"
KEPT = "v1.00000000000000000000000000000007.CQkJCQkJCQkJCQkJ"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=700)


def sealed_by_hand(text: str) -> str:
    """What the format says, written a second time with a fixed nonce."""
    said = text.encode()
    padded = len(said).to_bytes(4, "big") + said
    padded += b"\0" * (256 * -(-len(padded) // 256) - len(padded))
    about = b""
    for part in ("anjuan value", "v1", "j_xuanen", str(UUID(int=1)), "complainant", str(UUID(int=2)), UUID(int=7).hex):
        about += len(part).to_bytes(4, "big") + part.encode()
    content = b"\x09" * 12 + AESGCM(KEY.secret).encrypt(b"\x09" * 12, padded, about)
    return f"v1.{UUID(int=7).hex}.{base64.urlsafe_b64encode(content).decode()}"


def test_a_value_sealed_by_the_written_format_is_opened_for_ever() -> None:
    stored = sealed_by_hand(NAME)
    assert stored.startswith(KEPT)
    assert unseal(KEY, SPOT, stored) == NAME
    assert key_of(SPOT, stored) == KEY.id


def test_the_cipher_is_the_one_of_the_published_vector() -> None:
    """McGrew and Viega, The Galois/Counter Mode of Operation, test case 14."""
    assert AESGCM(bytes(32)).encrypt(bytes(12), bytes(16), b"").hex() == (
        "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
    )


@given(TEXTS)
def test_what_was_sealed_is_opened(text: str) -> None:
    assert unseal(KEY, SPOT, seal(KEY, SPOT, text)) == text


@given(TEXTS)
def test_the_length_tells_steps_of_256_bytes_only(text: str) -> None:
    content = base64.urlsafe_b64decode(seal(KEY, SPOT, text).split(".")[2])
    length = len(content) - 12 - 16
    assert length % 256 == 0
    assert 0 <= length - len(text.encode()) - 4 < 256


def test_two_names_are_equally_long_and_one_name_is_never_sealed_alike() -> None:
    assert len(seal(KEY, SPOT, "王")) == len(seal(KEY, SPOT, "某某建设工程有限责任公司" * 5))
    assert len({seal(KEY, SPOT, "王") for _ in range(100)}) == 100


ELSEWHERE = [
    replace(SPOT, jurisdiction="j_other"),
    replace(SPOT, case_id=uuid4()),
    replace(SPOT, name="contact"),
    replace(SPOT, reference=uuid4()),
    Spot("j_xuane", UUID(int=1), "ncomplainant", UUID(int=2)),
]


@pytest.mark.parametrize("spot", ELSEWHERE, ids=["jurisdiction", "case", "field", "reference", "shifted"])
def test_a_value_that_was_moved_is_refused(spot: Spot) -> None:
    with pytest.raises(Unreadable, match="not what was sealed there"):
        unseal(KEY, spot, seal(KEY, SPOT, NAME))


def test_a_value_under_another_key_is_refused_whatever_key_it_names() -> None:
    for other in (DataKey(KEY.id, bytes(32)), DataKey(uuid4(), KEY.secret)):
        with pytest.raises(Unreadable):
            unseal(other, SPOT, seal(KEY, SPOT, NAME))


@given(st.integers(0, 8 * (12 + 256 + 16) - 1))
def test_every_flipped_bit_is_noticed(place: int) -> None:
    kind, key, content = seal(KEY, SPOT, NAME).split(".")
    raw = bytearray(base64.urlsafe_b64decode(content))
    raw[place // 8] ^= 1 << place % 8
    with pytest.raises(Unreadable):
        unseal(KEY, SPOT, f"{kind}.{key}.{base64.urlsafe_b64encode(raw).decode()}")


@given(st.integers(0, 400))
def test_a_value_that_was_cut_off_is_refused(length: int) -> None:
    stored = seal(KEY, SPOT, NAME)
    with pytest.raises(Unreadable):
        unseal(KEY, SPOT, stored[: min(length, len(stored) - 1)])


@pytest.mark.parametrize("stored", ["", "张三", "v1.张三", "v2." + "0" * 32 + ".AAAA", "v1." + "0" * 32 + ".A"])
def test_what_is_not_sealed_is_refused_and_not_shown(stored: str) -> None:
    with pytest.raises(Unreadable) as refused:
        key_of(SPOT, stored)
    assert "张三" not in str(refused.value)


def test_a_key_does_not_show_in_what_python_prints() -> None:
    assert str(KEY.secret) not in repr(KEY)
    assert KEY.secret.hex() not in repr(KEY)


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_other_texts_are_other_bytes(one: list[str], other: list[str]) -> None:
    assert (bound(*one) == bound(*other)) == (one == other)
