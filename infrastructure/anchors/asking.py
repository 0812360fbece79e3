"""What a witness is asked (请求见证): to sign the newest checkpoint, and what it signed last."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from application.anchors import Outcome
from application.proofs import Proofs
from domain.proof.checkpoint import BadCheckpoint, Checkpoint, whole_number
from domain.proof.note import BadNote, Note
from domain.proof.witness import Status, Submission, cosignatures, head_of
from infrastructure.anchors.chosen import WitnessAt
from infrastructure.anchors.reaching import Away, Reply, reach
from infrastructure.proof.ed25519 import verify

REFUSED = {
    Status.UNTRUSTED: Outcome.UNSIGNED,
    Status.ANOTHER_SIZE: Outcome.ROLLED_BACK,
    Status.INCONSISTENT: Outcome.FORKED,
}


class Said(NamedTuple):
    """What came of asking: signature lines, if there are any."""

    outcome: Outcome
    detail: str
    lines: str = ""


def ask(witness: WitnessAt, proofs: Proofs, note: Note, known: int) -> Said:
    """Have the witness sign a note; `known`: the size that it signed last, as far as we know. Never raises for what it does."""
    try:
        size = head_of(note).size
        reply = _submit(witness, proofs, note, known)
        if reply.status == Status.ANOTHER_SIZE:
            seen = _seen(reply)
            if seen > size:
                return Said(Outcome.ROLLED_BACK, f"it signed {seen} entries, the log shows {size}")
            reply = _submit(witness, proofs, note, seen)
        return _said(witness, note, reply)
    except (Away, BadNote, BadCheckpoint, LookupError) as error:
        return Said(Outcome.AWAY, f"{type(error).__name__}: {error}")


def last_signed(witness: WitnessAt, origin: str) -> Checkpoint | None:
    """What the witness signed last of a log; None if nothing. Raises Away."""
    reply = reach(f"{witness.url}/{sha256(origin.encode()).hexdigest()}/checkpoint")
    if reply.status == Status.UNKNOWN:
        return None
    try:
        note = Note.parse(_text(reply))
        note.signed_by([witness.key], verify)
        found = head_of(note)
    except (BadNote, BadCheckpoint) as error:
        raise Away(f"HTTP {reply.status}: {error}") from error
    if found.origin != origin:
        raise Away(f"it answered about {found.origin}")
    return found


def _submit(witness: WitnessAt, proofs: Proofs, note: Note, old: int) -> Reply:
    proof = proofs.consistency(old, head_of(note).size) if old else ()
    sent = Submission.of(old, proof, note)
    return reach(f"{witness.url}/add-checkpoint", str(sent).encode(), {"Content-Type": "text/plain; charset=utf-8"})


def _said(witness: WitnessAt, note: Note, reply: Reply) -> Said:
    if reply.status == Status.COSIGNED:
        found = cosignatures(_text(reply), note, [witness.key], verify)
        return Said(Outcome.ANCHORED, "", str(found[0]))
    told = f"HTTP {reply.status}: {' '.join(_text(reply).split())}"[:300]
    return Said(next((outcome for status, outcome in REFUSED.items() if status == reply.status), Outcome.AWAY), told)


def _seen(reply: Reply) -> int:
    try:
        return whole_number(_text(reply).removesuffix("\n"))
    except BadCheckpoint as error:
        raise Away(f"HTTP {reply.status}: {error}") from error


def _text(reply: Reply) -> str:
    try:
        return reply.body.decode()
    except UnicodeDecodeError as error:
        raise Away(f"HTTP {reply.status}: {error}") from error
