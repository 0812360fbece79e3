"""Witnesses (见证): what a machine that knows one checkpoint of a log answers to the next, so that a log that forgets or forks
finds nobody to sign for it (C2SP tlog-witness). Where it is kept and who is asked for a signature is handed in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from domain.proof.checkpoint import BadCheckpoint, Checkpoint, hash_in, whole_number
from domain.proof.inclusion import MOST_HASHES, proof_lines
from domain.proof.merkle import EMPTY, BadProof, verify_consistency
from domain.proof.note import BadNote, Note, Signature, VerifierKey, Verify


class BadRequest(ValueError):
    """What was sent to a witness is not of the protocol's form; the message says why."""


class Status(IntEnum):
    """What a witness answers, as HTTP numbers it."""

    COSIGNED = 200
    MALFORMED = 400
    UNTRUSTED = 403
    UNKNOWN = 404
    ANOTHER_SIZE = 409
    INCONSISTENT = 422


@dataclass(frozen=True, slots=True)
class Submission:
    """A checkpoint that is sent to a witness: the size that it saw last, what shows that nothing before was changed, the note."""

    old: int
    proof: tuple[bytes, ...]
    note: Note
    head: Checkpoint

    def __str__(self) -> str:
        return f"old {self.old}\n{proof_lines(self.proof)}\n{self.note}"

    @classmethod
    def of(cls, old: int, proof: Iterable[bytes], note: Note) -> Submission:
        """A submission of the checkpoint that a note signs. Raises BadCheckpoint."""
        return cls(old, tuple(proof), note, head_of(note))

    @classmethod
    def parse(cls, text: str) -> Submission:
        """The submission in a text. Raises BadRequest."""
        head, blank, note = text.partition("\n\n")
        first, *lines = head.split("\n")
        if not blank or not first.startswith("old ") or len(lines) > MOST_HASHES:
            raise BadRequest(
                f"a submission is the line `old SIZE`, at most {MOST_HASHES} hashes, an empty line and a checkpoint"
            )
        try:
            old, proof = whole_number(first.removeprefix("old ")), tuple(hash_in(each) for each in lines)
            return cls.of(old, proof, Note.parse(note))
        except (BadCheckpoint, BadNote) as error:
            raise BadRequest(str(error)) from error


def head_of(note: Note) -> Checkpoint:
    """The checkpoint in a note of any log: more lines may follow the three that count. Raises BadCheckpoint."""
    *lines, end = note.text.split("\n")
    if end or not all(lines):
        raise BadCheckpoint("a checkpoint has lines without an empty one")
    return Checkpoint.parse("\n".join(lines[:3]) + "\n")


class Decision(NamedTuple):
    """What a witness answers to a submission, and why."""

    status: Status
    about: str = ""
    seen: int = 0
    """The size that it saw last, where the answer says so."""
    evidence: bool = False
    """Whether the log itself signed what is refused, so that it is worth keeping."""


def decide(
    submission: Submission, keys: Collection[VerifierKey], latest: Checkpoint | None, verify: Verify
) -> Decision:
    """Whether a witness signs that it saw a checkpoint: `keys` are those it trusts for the log, `latest` is what it signed last."""
    if not keys:
        return Decision(Status.UNKNOWN, "no key is trusted for a log of this origin")
    try:
        submission.note.signed_by(keys, verify)
    except BadNote as error:
        return Decision(Status.UNTRUSTED, str(error))
    head = submission.head
    return _continues(submission, head, latest or Checkpoint(head.origin, 0, EMPTY))


def _continues(submission: Submission, head: Checkpoint, latest: Checkpoint) -> Decision:
    if submission.old > head.size:
        return Decision(Status.MALFORMED, f"a tree of {head.size} does not begin with {submission.old}")
    if submission.old != latest.size:
        about = f"the size that was seen last is {latest.size}"
        return Decision(Status.ANOTHER_SIZE, about, latest.size, evidence=head.size < latest.size)
    try:
        verify_consistency(latest.size, head.size, latest.root, head.root, submission.proof)
    except BadProof as error:
        return Decision(Status.INCONSISTENT, str(error), evidence=True)
    return Decision(Status.COSIGNED)


def cosignatures(answer: str, note: Note, witness: Collection[VerifierKey], verify: Verify) -> list[Signature]:
    """The signature lines in the answer of a witness that its keys made under this note. Raises BadNote if there is none."""
    lines = answer.removesuffix("\n").split("\n")
    found = Note(note.text, tuple(Signature.parse(each) for each in lines))
    return [each for _, each in found.signed_by(witness, verify)]
