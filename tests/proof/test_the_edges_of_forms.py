"""Where a form ends, to the byte: what is just allowed is read, what is just not is refused."""

from __future__ import annotations

from base64 import b64encode

import pytest

from domain.proof.checkpoint import BadCheckpoint, Checkpoint, hash_in, whole_number
from domain.proof.inclusion import InclusionProof, proof_lines
from domain.proof.merkle import (
    BadProof,
    Frontier,
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from domain.proof.note import (
    COSIGNATURE,
    ED25519,
    BadNote,
    BadSignature,
    Note,
    Signature,
    VerifierKey,
    cosigned,
    is_name,
    sign,
)
from infrastructure.proof.ed25519 import verify
from tests.proof.growing import GrowingLog, key_of

TEXT = "log.example/1\n1\nroot\n"
KEY, WITNESS = key_of("log.example/1"), key_of("audit.example/w1", COSIGNATURE)


def always(public: bytes, signature: bytes, message: bytes) -> bool:
    """What finds every signature right."""
    return True


@pytest.mark.parametrize("key", [KEY.public, WITNESS.public])
def test_a_key_is_read_as_it_is_written(key: VerifierKey) -> None:
    assert VerifierKey.parse(str(key)) == VerifierKey.parse(f" {key}\n") == key
    assert str(key) == f"{key.name}+{key.id.hex()}+{b64encode(bytes([key.kind]) + key.public).decode()}"


@pytest.mark.parametrize(
    "wrong",
    [
        VerifierKey("log example", ED25519, KEY.public.public),
        VerifierKey("", ED25519, KEY.public.public),
        VerifierKey("log.example", 2, KEY.public.public),
        VerifierKey("log.example", ED25519, KEY.public.public + b"x"),
        VerifierKey("log.example", ED25519, KEY.public.public[:-1]),
    ],
)
def test_a_key_of_another_kind_length_or_name_is_none(wrong: VerifierKey) -> None:
    with pytest.raises(BadNote, match="no verifier key"):
        VerifierKey.parse(str(wrong))


def test_a_key_whose_number_is_that_of_another_is_none() -> None:
    name, number, material = str(KEY.public).split("+")
    with pytest.raises(BadNote, match="not that of its key"):
        VerifierKey.parse(f"{name}+{number[::-1]}+{material}")


def test_a_signature_line_has_a_number_and_something_after_it() -> None:
    assert Signature.parse(f"\u2014 log {b64encode(b'12345').decode()}") == Signature("log", b"1234", b"5")
    assert b64encode(b"12345") == b"MTIzNDU=", "and MTIzNDV= is the same, written otherwise"
    for wrong in ("\u2014 log MTIzNA==", "log MTIzNDU=", "\u2014 log", "\u2014 log MTIzNDV=", "\u2014 log MTIz NDU="):
        with pytest.raises(BadNote):
            Signature.parse(wrong)


def test_a_note_is_its_text_an_empty_line_and_its_signatures() -> None:
    signatures = [sign(TEXT, each.public, each.sign, time=1) for each in (KEY, WITNESS)]
    note = Note(TEXT).with_signature(*signatures)
    assert str(note) == f"{TEXT}\n{signatures[0]}{signatures[1]}" and str(Note(TEXT)) == f"{TEXT}\n"
    assert Note.parse(str(note)) == note and note.signatures == tuple(signatures)
    assert [key for key, _ in note.signed_by([WITNESS.public, KEY.public], verify)] == [KEY.public, WITNESS.public]


def test_a_note_has_a_hundred_signatures_and_no_more() -> None:
    signature = sign(TEXT, KEY.public, KEY.sign)
    note = Note(TEXT, (signature,) * 100)
    assert Note.parse(str(note)) == note
    with pytest.raises(BadNote, match="at most"):
        Note.parse(str(note.with_signature(signature)))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (KEY.public, b"x" * 63),
        (KEY.public, b"x" * 65),
        (WITNESS.public, bytes(8) + b"x" * 63),
        (WITNESS.public, bytes(8) + b"x" * 65),
        (WITNESS.public, (1 << 63).to_bytes(8, "big") + b"x" * 64),
    ],
)
def test_a_signature_of_another_length_or_of_no_time_is_wrong_whatever_is_computed(
    key: VerifierKey, value: bytes
) -> None:
    with pytest.raises(BadSignature):
        Note(TEXT, (Signature(key.name, key.id, value),)).signed_by([key], always)


def test_the_last_second_that_a_cosignature_may_state() -> None:
    value = ((1 << 63) - 1).to_bytes(8, "big") + b"x" * 64
    ((_, found),) = Note(TEXT, (Signature(WITNESS.name, WITNESS.public.id, value),)).signed_by([WITNESS.public], always)
    assert found.time == (1 << 63) - 1


def test_what_a_witness_signs_states_the_time_first() -> None:
    assert cosigned(TEXT, 7) == f"cosignature/v1\ntime 7\n{TEXT}".encode()


@pytest.mark.parametrize(
    ("name", "may"), [("a", True), ("a/b", True), ("", False), ("a+b", False), ("a b", False), ("a\u3000b", False)]
)
def test_what_a_key_may_be_called(name: str, may: bool) -> None:
    assert is_name(name) is may


@pytest.mark.parametrize("number", [0, 7, 10, 100, 20852163, 10**19 - 1])
def test_a_whole_number_is_written_in_one_way(number: int) -> None:
    assert whole_number(str(number)) == number


@pytest.mark.parametrize(
    "wrong", ["", "00", "01", "-1", "+1", "1 ", " 1", "1_0", "\u0661", "\u00b2", str(10**19), "1.0"]
)
def test_what_is_written_otherwise_is_no_number(wrong: str) -> None:
    with pytest.raises(BadCheckpoint):
        whole_number(wrong)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_hash_has_its_length_and_one_way_to_be_written(length: int) -> None:
    assert hash_in(b64encode(b"x" * 32).decode()) == b"x" * 32
    for wrong in (b64encode(b"x" * length).decode(), b64encode(b"\x00" * 32).decode()[:-2] + "B=", "*" * 44, "\u00e9"):
        with pytest.raises(BadCheckpoint):
            hash_in(wrong)


def test_a_proof_for_whoever_is_offline_is_this_text() -> None:
    proof = InclusionProof(0, (b"x" * 32, b"y" * 32), Note(TEXT).with_signature(sign(TEXT, KEY.public, KEY.sign)))
    hashes = "".join(f"{b64encode(each).decode()}\n" for each in proof.path)
    assert (
        str(proof) == f"c2sp.org/tlog-proof@v1\nindex 0\n{hashes}\n{proof.note}" and proof_lines(proof.path) == hashes
    )
    assert InclusionProof.parse(str(proof)) == proof
    longest = InclusionProof(0, (b"x" * 32,) * 63, proof.note)
    assert InclusionProof.parse(str(longest)) == longest
    with pytest.raises(BadProof, match="too long"):
        InclusionProof.parse(str(InclusionProof(0, (b"x" * 32,) * 64, proof.note)))


@pytest.mark.parametrize(
    "change",
    [
        ("@v1", "@v2"),
        ("index 0", "index 00"),
        ("index 0", "place 0"),
        ("index 0\n", ""),
        ("eHh4", "eHh*"),
        ("\n\n", "\n"),
    ],
)
def test_a_proof_of_another_form_is_none(change: tuple[str, str]) -> None:
    text = str(InclusionProof(0, (b"x" * 32,), Note(TEXT).with_signature(sign(TEXT, KEY.public, KEY.sign))))
    with pytest.raises(BadProof):
        InclusionProof.parse(text.replace(*change))


@pytest.mark.parametrize("text", ["\n1\n{}\n", "o\n\n{}\n", "o\n1\n{}", "o\n1\n{}\n\n", "o\n1\n{}\nmore\n"])
def test_a_checkpoint_has_three_lines_and_none_is_empty(text: str) -> None:
    root = b64encode(b"x" * 32).decode()
    assert Checkpoint.parse(f"o\n1\n{root}\n") == Checkpoint("o", 1, b"x" * 32)
    with pytest.raises(BadCheckpoint):
        Checkpoint.parse(text.format(root))


def test_there_is_no_proof_of_what_cannot_be() -> None:
    log = GrowingLog(5)
    for old, new in ((3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="does not begin with"):
            consistency_proof(old, new, log.node)
        with pytest.raises(BadProof, match="does not begin with"):
            verify_consistency(old, new, log.root(3), log.root(2), [])
    for index in (-1, 3):
        with pytest.raises(ValueError, match="there is no leaf"):
            inclusion_proof(index, 3, log.node)
        with pytest.raises(BadProof, match="there is no leaf"):
            verify_inclusion(index, 3, log.root(1), [], log.root(3))
    for wrong in (log.root(1), log.root(5)):
        with pytest.raises(BadProof, match="not that of an empty tree"):
            verify_consistency(0, 5, wrong, log.root(5), [])
    with pytest.raises(ValueError, match="is made of 2 subtrees"):
        Frontier(5, [log.root(1)])


def test_a_proof_that_goes_on_above_the_top_is_too_long_though_its_hashes_fit() -> None:
    log = GrowingLog(8)
    with pytest.raises(BadProof, match="too long"):
        verify_inclusion(0, 1, log.node(0, 1), [log.node(0, 0)], log.root(2))
    with pytest.raises(BadProof, match="too long"):
        verify_inclusion(1, 2, log.node(0, 3), [log.node(0, 2), log.node(1, 0)], log.root(4))
    with pytest.raises(BadProof, match="too long"):
        verify_consistency(1, 2, log.node(0, 0), log.root(4), [log.node(0, 1), log.node(1, 1)])
    with pytest.raises(BadProof, match="too short"):
        verify_inclusion(0, 4, log.node(0, 0), [log.node(0, 1)], log.root(2))
    with pytest.raises(BadProof, match="too short"):
        verify_consistency(2, 8, log.root(2), log.root(4), [log.node(1, 1)])
