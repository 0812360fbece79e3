"""What tests of the log need: positions given and the log signed by hand, and the keys that count."""

from __future__ import annotations

from domain.proof.checkpoint import Checkpoint
from domain.proof.note import Note
from domain.proof.receipt import Receipt
from domain.proof.trust import counting
from infrastructure.proof.ed25519 import verify
from infrastructure.proof.growing import Growing
from infrastructure.proof.keys import LogKeys
from tests.http.conftest import County


def log_keys(county: County) -> LogKeys:
    """The keys of the log of a county."""
    here = county.wiring.place(county.name)
    return LogKeys(county.wiring.works.log_keys, here.log.ledger_id, here.proofs.origin)


def sign(county: County) -> int:
    """Sign everything that is recorded; the size of the tree."""
    here = county.wiring.place(county.name)
    county.wiring.sequence(here)
    with county.wiring.pool.connection() as connection:
        return Growing(here.schema, log_keys(county)).advance(connection).size


def signed_head(county: County, text: str) -> Checkpoint:
    """What a checkpoint says, its signature being right."""
    note = Note.parse(text)
    head = Checkpoint.parse(note.text)
    assert note.signed_by(counting(log_keys(county).trusted(), head.size), verify)
    return head


def signed_receipt(county: County, text: str) -> Receipt:
    """What a receipt says, its signature being right."""
    note = Note.parse(text)
    trusted = county.wiring.receipt_keys(county.wiring.place(county.name)).kept.trusted()
    assert note.signed_by([each.key for each in trusted], verify)
    return Receipt.parse(note.text)
