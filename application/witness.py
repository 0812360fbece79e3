"""A witness (见证) at work: one submission after the other, each against what was signed last, and nothing answered before it is kept."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from domain.proof.checkpoint import Checkpoint
from domain.proof.note import Note, Sign, VerifierKey, Verify, sign
from domain.proof.witness import BadRequest, Decision, Status, Submission, decide

SIZE_TYPE, TEXT_TYPE = "text/x.tlog.size", "text/plain; charset=utf-8"


class Page(Protocol):
    """What is kept of one log, while nobody else writes there. What is written counts once the block ends without an error."""

    def latest(self) -> Checkpoint | None:
        """The checkpoint that was signed last."""

    def cosigned(self, note: Note, size: int, at: int) -> None:
        """Keep a checkpoint, with the log's signatures and ours, as the last one; `at` in seconds since 1970."""

    def refused(self, decision: Decision, body: bytes, at: int) -> None:
        """Keep what a log signed and was refused."""


class Books(Protocol):
    """What a witness keeps."""

    def keys(self, origin: str) -> Collection[VerifierKey]:
        """The keys that are trusted for the log of this origin; none for one that is unknown."""

    def page(self, origin: str) -> AbstractContextManager[Page]:
        """The page of a log, for one at a time."""

    def note(self, origin_hash: str) -> str | None:
        """The note that was signed last for the log whose origin has this SHA-256 in hex."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered over HTTP."""

    status: int
    body: str
    media_type: str = TEXT_TYPE


class Witness:
    """`key` names the signer; `signer` and `verify` compute Ed25519."""

    def __init__(self, books: Books, key: VerifierKey, signer: Sign, verify: Verify) -> None:
        self.key = key
        self._books, self._signer, self._verify = books, signer, verify

    def add_checkpoint(self, body: bytes, at: int) -> Answer:
        """Answer a submission; `at`: the present in seconds since 1970."""
        try:
            submission = Submission.parse(body.decode())
        except (BadRequest, UnicodeDecodeError) as error:
            return Answer(Status.MALFORMED, f"{error}\n")
        origin = submission.head.origin
        keys = self._books.keys(origin)
        with self._books.page(origin) as page:
            decision = decide(submission, keys, page.latest(), self._verify)
            if decision.status is Status.COSIGNED:
                return self._cosign(submission, keys, page, at)
            if decision.evidence:
                page.refused(decision, body, at)
        if decision.status is Status.ANOTHER_SIZE:
            return Answer(decision.status, f"{decision.seen}\n", SIZE_TYPE)
        return Answer(decision.status, f"{decision.about}\n")

    def checkpoint(self, origin_hash: str) -> Answer:
        """The checkpoint that was signed last for a log, for whoever watches it."""
        found = self._books.note(origin_hash)
        return (
            Answer(Status.UNKNOWN, "no checkpoint of this log was signed here\n")
            if found is None
            else Answer(200, found)
        )

    def _cosign(self, submission: Submission, keys: Collection[VerifierKey], page: Page, at: int) -> Answer:
        note = submission.note
        ours = sign(note.text, self.key, self._signer, time=at)
        by_the_log = tuple(each for _, each in note.signed_by(keys, self._verify))
        page.cosigned(Note(note.text, (*by_the_log, ours)), submission.head.size, at)
        return Answer(Status.COSIGNED, str(ours))
