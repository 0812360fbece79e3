"""Entries, notes, tiles and proofs have the published forms: what others wrote is read, what was changed is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from domain.proof.checkpoint import BadCheckpoint, Checkpoint
from domain.proof.entry import FIELDS, Order, StoredEvent, commitment, entry_of, field_bytes
from domain.proof.inclusion import InclusionProof
from domain.proof.merkle import BadProof, Frontier, inclusion_proof, leaf_hash, root_of
from domain.proof.note import COSIGNATURE, ED25519, BadNote, BadSignature, Note, Unsigned, VerifierKey, sign
from domain.proof.tiles import (
    HEIGHT,
    WIDTH,
    Edge,
    bundle,
    edge_at,
    entries_in,
    node_in,
    parse_place,
    place_text,
    tile_width,
)

PUBLISHED = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
PUBLISHED_NOTE = (
    "This is an example message.\n\n\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)

AT = datetime(2026, 3, 2, 1, 2, 3, 45, tzinfo=UTC)
VALUES = {
    "event_id": UUID(int=1), "case_id": UUID(int=2), "version": 3, "case_type": "complaint", "topic": "complaint.accepted",
    "payload_version": 1, "payload": "{\"文号\":\"一\"}".encode(), "file_id": UUID(int=4), "file_version": 5, "occurred_at": AT,
    "recorded_at": AT, "department": "fgj", "officer": "fgj-1", "on_behalf_of": None, "reason": None, "correlation": None,
    "causation": None, "imported": False, "sealed": None,
}  # fmt: skip


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """What checks Ed25519 here."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def made(name: str, kind: int = ED25519) -> tuple[Ed25519PrivateKey, VerifierKey]:
    """A key of this name, always the same."""
    private = Ed25519PrivateKey.from_private_bytes(sha256(name.encode()).digest())
    return private, VerifierKey(name, kind, private.public_key().public_bytes_raw())


def test_an_entry_is_this_text() -> None:
    stored = StoredEvent(Order(1, 7, 8), b"s" * 16, field_bytes(VALUES))
    assert entry_of("anjuan/county/1", 41, stored).decode() == (
        "anjuan case-event/v1\nanjuan/county/1\nindex 41\nevent 00000000-0000-0000-0000-000000000001\n"
        "case 00000000-0000-0000-0000-000000000002\nversion 3\ntopic complaint.accepted\n"
        "recorded 2026-03-02T01:02:03.000045Z\norder 1 7 8\n"
        "commitment f260ed5bb9eab204b55bd557374c2c26eebc4787a7bef897c7a00f21b71e9081\n"
    )


@pytest.mark.parametrize("salt", [b"", b"s" * 15, b"s" * 16 + b"\0"])
def test_a_salt_of_another_length_commits_to_nothing(salt: bytes) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        commitment(salt, field_bytes(VALUES))


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_and_the_salt_are_bound(name: str) -> None:
    fields = list(field_bytes(VALUES))
    place = list(FIELDS).index(name)
    found = commitment(b"s" * 16, fields)
    assert commitment(b"t" * 16, fields) != found
    for other in (b"", b"x", None):
        fields[place] = other if other != field_bytes(VALUES)[place] else b"y"
        assert commitment(b"s" * 16, fields) != found


def test_bytes_that_move_from_field_to_field_are_noticed() -> None:
    one, two = dict(VALUES, department="ab", officer="c"), dict(VALUES, department="a", officer="bc")
    assert commitment(b"s" * 16, field_bytes(one)) != commitment(b"s" * 16, field_bytes(two))


def test_a_published_note_is_read_and_written() -> None:
    note = Note.parse(PUBLISHED_NOTE)
    assert str(note) == PUBLISHED_NOTE and str(PUBLISHED).startswith("example.com/foo+530d903a+")
    assert [key for key, _ in note.signed_by([PUBLISHED], verify)] == [PUBLISHED]


@given(st.data())
def test_a_note_with_another_character_is_not_signed(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len("This is an example message.") - 1))
    changed = chr(ord(PUBLISHED_NOTE[place]) ^ 1)
    with pytest.raises(BadNote):
        Note.parse(PUBLISHED_NOTE[:place] + changed + PUBLISHED_NOTE[place + 1 :]).signed_by([PUBLISHED], verify)


def test_nobody_known_has_signed() -> None:
    _, other = made("example.com/other")
    with pytest.raises(Unsigned):
        Note.parse(PUBLISHED_NOTE).signed_by([other], verify)


@pytest.mark.parametrize(
    "stored",
    ["", "text\n", "text\n\n", "text\n\nno line\n", "text\n\n\u2014 name AAAA\n", "te\txt\n\n\u2014 name AAAAAAA=\n",
     "text\n\n\u2014 na+me AAAAAAA=\n", "text\n\n\u2014 name AAAAAAA=", "text\n\n\u2014 name AAAAAA\n"],
)  # fmt: skip
def test_what_is_no_note_is_refused(stored: str) -> None:
    with pytest.raises(BadNote):
        Note.parse(stored)


def test_a_cosignature_states_its_time() -> None:
    private, key = made("witness.example/w", COSIGNATURE)
    text = Checkpoint("log.example/1", 3, sha256(b"root").digest()).text()
    note = Note(text).with_signature(sign(text, key, private.sign, time=1679315147))
    ((_, found),) = Note.parse(str(note)).signed_by([key], verify)
    assert found.time == 1679315147
    late = found.value[:7] + b"\x00" + found.value[8:]
    with pytest.raises(BadSignature):
        Note(text).with_signature(type(found)(key.name, key.id, late)).signed_by([key], verify)
    with pytest.raises(ValueError, match="time"):
        sign(text, key, private.sign)


@pytest.mark.parametrize(
    "vkey", ["", "a", "a+b+c", "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"]
)
def test_what_is_no_key_is_refused(vkey: str) -> None:
    with pytest.raises(BadNote):
        VerifierKey.parse(vkey)


@pytest.mark.parametrize(
    "text",
    ["", "o\n1\n", "o\n01\nx\n", "o\n-1\nx\n", "\n1\nx\n", "o\n\u0661\nx\n", "o\n1\nAAAA\n",
     "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n"],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadCheckpoint):
        Checkpoint.parse(text)


def test_a_checkpoint_is_its_text() -> None:
    head = Checkpoint("log.example/1", 20852163, sha256(b"root").digest())
    assert Checkpoint.parse(head.text()) == head


@pytest.mark.parametrize(("number", "path"), [(0, "000"), (5, "005"), (1234067, "x001/x234/067"), (1000, "x001/000")])
def test_the_place_of_a_tile(number: int, path: str) -> None:
    assert place_text(number) == path and parse_place(path) == (number, WIDTH)
    assert parse_place(place_text(number, 17)) == (number, 17)


@pytest.mark.parametrize(
    "path", ["", "5", "0005", "x000/005", "001/002", "005.p/0", "005.p/256", "005.p/01", "x01/001"]
)
def test_what_is_no_place_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="no place"):
        parse_place(path)


LEAVES = [leaf_hash(f"{number}".encode()) for number in range(70_000)]


@pytest.fixture(scope="module")
def tiles() -> dict[tuple[int, int], bytes]:
    """The tiles of a tree of 70,000, written in parts of unequal length."""
    edge, written, at = Edge(), {}, 0
    for length in (1, 255, 1, 300, 4_000, 60_978, 4_465):
        for tile in edge.append(LEAVES[at : at + length]):
            before = written.get(tile[:2], b"")
            assert tile.hashes.startswith(before) and len(tile.hashes) > len(before)
            written[tile[:2]] = tile.hashes
        at += length
        assert edge.root() == root_of(LEAVES[:at])
    assert at == len(LEAVES)
    return written


def test_the_tiles_of_a_tree_are_those_of_the_standard(tiles: dict[tuple[int, int], bytes]) -> None:
    widths = {place: len(hashes) // 32 for place, hashes in tiles.items()}
    assert [sum(level == each and width == WIDTH for (level, _), width in widths.items()) for each in range(3)] == [
        273,
        1,
        0,
    ]
    assert (widths[0, 273], widths[1, 1], widths[2, 0]) == (112, 17, 1)
    assert all(tile_width(*place, 70_000) == width for place, width in widths.items())


@given(st.integers(0, 70_000))
def test_any_earlier_edge_is_found_in_the_tiles(tiles: dict[tuple[int, int], bytes], size: int) -> None:
    edge = edge_at(size, lambda *place: tiles.get(place, b""))
    grown = Frontier()
    for leaf in LEAVES[size & ~(WIDTH - 1) : size]:
        grown.append(leaf)
    assert edge.root() == edge_at(size, lambda *place: tiles[place]).root()
    assert [bytes(each) for each in edge.partial[:1]] == (
        [b"".join(LEAVES[size & ~(WIDTH - 1) : size])] if size else []
    )


@given(st.integers(1, 70_000), st.data())
def test_proofs_are_made_from_tiles(tiles: dict[tuple[int, int], bytes], size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_proof(index, size, node_in(lambda *place: tiles[place]))
    private, key = made("log.example/1")
    text = Checkpoint("log.example/1", size, edge_at(size, lambda *place: tiles[place]).root()).text()
    proof = InclusionProof(index, tuple(path), Note(text).with_signature(sign(text, key, private.sign)))
    again = InclusionProof.parse(str(proof))
    assert again == proof and again.check(f"{index}".encode()).size == size
    with pytest.raises(BadProof):
        again.check(f"{index + 1}".encode())


def test_a_tile_that_is_too_short_is_noticed(tiles: dict[tuple[int, int], bytes]) -> None:
    with pytest.raises(LookupError):
        node_in(lambda *place: tiles[place][:-32])(0, 69_999)
    with pytest.raises(LookupError):
        edge_at(70_000, lambda *place: tiles.get(place, b"")[:-32])
    with pytest.raises(ValueError, match="edge"):
        Edge(1 << HEIGHT, [b"", b""])


def test_a_bundle_keeps_its_entries_apart() -> None:
    entries = [b"", b"one", b"x" * 65_535]
    assert list(entries_in(bundle(entries))) == entries
    with pytest.raises(ValueError, match="too long"):
        bundle([b"x" * 65_536])
    with pytest.raises(ValueError, match="cut off"):
        list(entries_in(bundle(entries)[:-1]))
