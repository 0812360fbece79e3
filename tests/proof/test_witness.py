"""What a witness answers: it signs for a log that only grew, and for no other."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.proof.checkpoint import BadCheckpoint, Checkpoint
from domain.proof.inclusion import MOST_HASHES
from domain.proof.merkle import EMPTY
from domain.proof.note import COSIGNATURE, BadNote, Note, Signature, Unsigned, sign
from domain.proof.witness import BadRequest, Decision, Status, Submission, cosignatures, decide, head_of
from infrastructure.proof.ed25519 import verify
from tests.proof.growing import ORIGIN, GrowingLog, key_of

LOG = GrowingLog(70)
FORK = GrowingLog(70, lie={3: b"another fact"})
LATER_FORK = GrowingLog(70, lie={69: b"another fact"})
OTHER = key_of("log.example/other")
WITNESS = key_of("audit.example/w1", COSIGNATURE)
AT = 1_700_000_000


def decided(submission: Submission, latest: Checkpoint | None = None) -> Decision:
    """The decision of who trusts the log's key."""
    return decide(submission, [LOG.vkey], latest, verify)


@given(st.integers(0, 70), st.integers(0, 70))
def test_whatever_only_grew_is_signed(one: int, other: int) -> None:
    old, new = sorted((one, other))
    assert decided(LOG.submission(old, new), LOG.head(old)) == (Status.COSIGNED, "", 0, False)
    assert decided(LOG.submission(0, new)).status is Status.COSIGNED


def test_a_log_that_rewrote_an_entry_is_refused_and_that_is_kept() -> None:
    found = decided(FORK.submission(40, 70), LOG.head(40))
    assert (found.status, found.evidence) == (Status.INCONSISTENT, True)
    assert "another old root" in found.about


def test_two_trees_of_one_size_are_refused_and_that_is_kept() -> None:
    found = decided(FORK.submission(40, 40), LOG.head(40))
    assert (found.status, found.evidence) == (Status.INCONSISTENT, True)
    assert "two roots of one size" in found.about
    assert decided(LATER_FORK.submission(69, 70), LOG.head(69)).status is Status.COSIGNED
    assert decided(LATER_FORK.submission(70, 70), LOG.head(70)).status is Status.INCONSISTENT


def test_a_log_that_went_back_is_refused_and_that_is_kept() -> None:
    found = decided(LOG.submission(30, 39), LOG.head(40))
    assert found == (Status.ANOTHER_SIZE, "the size that was seen last is 40", 40, True)


@pytest.mark.parametrize("old", [0, 39])
def test_who_does_not_know_what_was_seen_is_told_and_that_is_no_evidence(old: int) -> None:
    found = decided(LOG.submission(old, 40), LOG.head(40))
    assert found == (Status.ANOTHER_SIZE, "the size that was seen last is 40", 40, False)
    assert decided(LOG.submission(4, 40)).seen == 0


def test_a_larger_old_size_than_the_checkpoint_is_malformed() -> None:
    wrong = Submission.of(41, (), LOG.note(40))
    assert decided(wrong, LOG.head(41)) == (Status.MALFORMED, "a tree of 40 does not begin with 41", 0, False)


@pytest.mark.parametrize(("old", "new"), [(0, 40), (40, 40), (39, 40), (32, 64)])
def test_a_proof_with_a_hash_too_many_is_refused(old: int, new: int) -> None:
    wrong = Submission.of(old, (*LOG.consistency(old, new), EMPTY), LOG.note(new))
    assert decided(wrong, LOG.head(old)).status is Status.INCONSISTENT


def test_an_empty_tree_has_the_root_of_one() -> None:
    text = Checkpoint(ORIGIN, 0, LOG.root(1)).text()
    wrong = Note(text).with_signature(sign(text, LOG.vkey, LOG.key.sign))
    assert decided(Submission.of(0, (), wrong)).status is Status.INCONSISTENT


def test_no_known_key_and_a_wrong_signature_of_a_known_one_are_told_apart_from_an_unknown_log() -> None:
    assert decide(LOG.submission(0, 5), [], None, verify).status is Status.UNKNOWN
    assert decided(LOG.submission(0, 5, OTHER)) == (Status.UNTRUSTED, "no known key has signed the text", 0, False)
    assert decided(LOG.submission(0, 5, OTHER, LOG.key)).status is Status.COSIGNED
    signed = LOG.note(5)
    wrong = Note(LOG.head(6).text(), signed.signatures)
    found = decided(Submission.of(0, (), wrong))
    assert found.status is Status.UNTRUSTED and "does not fit" in found.about


def test_a_submission_is_this_text() -> None:
    found = LOG.submission(3, 5)
    lines = "".join(f"{b64encode(each).decode()}\n" for each in LOG.consistency(3, 5))
    assert str(found) == f"old 3\n{lines}\n{LOG.note(5)}"
    assert Submission.parse(str(found)) == found
    assert str(LOG.submission(0, 5)).startswith(f"old 0\n\n{ORIGIN}\n5\n")


HASH = b64encode(EMPTY).decode()
NO_NUMBER, TOO_SHORT = f"{ORIGIN}\nnumber\n{HASH}\n", f"{ORIGIN}\n1\n"


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", f"{LOG.note(5)}", f"old 3\n{LOG.note(5)}", f"old 03\n\n{LOG.note(5)}", f"old -1\n\n{LOG.note(5)}",
     f"old\n\n{LOG.note(5)}", f"new 0\n\n{LOG.note(5)}", f"old 3\nAAAA\n\n{LOG.note(5)}", "old 3\n\nno note\n",
     f"old 3\n{HASH}\n" + f"{HASH}\n" * MOST_HASHES + f"\n{LOG.note(5)}",
     f"old 0\n\n{Note(NO_NUMBER, LOG.note(5).signatures)}", f"old 0\n\n{Note(TOO_SHORT, LOG.note(5).signatures)}"],
)  # fmt: skip
def test_what_is_no_submission_is_refused(text: str) -> None:
    with pytest.raises(BadRequest):
        Submission.parse(text)


def test_as_many_hashes_as_a_proof_may_have_are_read() -> None:
    found = Submission.parse("old 3\n" + f"{HASH}\n" * MOST_HASHES + f"\n{LOG.note(5)}")
    assert found.proof == (EMPTY,) * MOST_HASHES


def test_lines_that_follow_the_three_of_a_checkpoint_are_signed_with_it() -> None:
    text = LOG.head(5).text() + "something more\n"
    assert head_of(Note(text)) == LOG.head(5)
    for wrong in (LOG.head(5).text() + "\n", LOG.head(5).text() + "more", "\n" + LOG.head(5).text()):
        with pytest.raises(BadCheckpoint):
            head_of(Note(wrong))


def test_the_answer_of_a_witness_is_taken_for_its_own_signatures_only() -> None:
    note, private = LOG.note(5), WITNESS.sign
    ours, foreign = sign(note.text, WITNESS.public, private, time=AT), Signature("w.example", b"abcd", b"x" * 72)
    assert cosignatures(f"{foreign}{ours}", note, [WITNESS.public], verify) == [ours]
    with pytest.raises(Unsigned):
        cosignatures(str(foreign), note, [WITNESS.public], verify)
    with pytest.raises(BadNote):
        cosignatures(str(sign(LOG.note(6).text, WITNESS.public, private, time=AT)), note, [WITNESS.public], verify)
    with pytest.raises(BadNote):
        cosignatures("ok\n", note, [WITNESS.public], verify)
