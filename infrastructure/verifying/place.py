"""Verifies a jurisdiction of this process (辖区核验), as a command or the nightly job asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from application.anchors import Anchors
from application.ledger import Ledger
from application.proofs import Proofs
from domain.proof.note import BadNote, VerifierKey
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.proof.keys import LogKeys
from infrastructure.proof.receipts import ReceiptKeys
from infrastructure.settings import settings
from infrastructure.verifying.here import sign_here, subject_here, verify_here
from infrastructure.verifying.resuming import BadState
from infrastructure.verifying.subject import Told, Verified
from infrastructure.works import Works


class Wired(Protocol):
    """What a process is built of."""

    @property
    def works(self) -> Works:
        """What its workers are made of."""


class Verifiable(Protocol):
    """One jurisdiction."""

    @property
    def log(self) -> PostgresEventLog:
        """Where it is recorded."""

    @property
    def ledger(self) -> Ledger:
        """What is recorded."""

    @property
    def proofs(self) -> Proofs:
        """The proofs of its log."""

    @property
    def anchors(self) -> Anchors:
        """What others say of it."""


def verify_ledger(
    wired: Wired, place: Verifiable, *, keys: Sequence[str], state: Path | None, lists: bool, told: Told
) -> Verified:
    """Verify a jurisdiction, after what is recorded was signed, if that is done here. Raises BadState."""
    works, log = wired.works, place.log
    own = LogKeys(works.log_keys, log.ledger_id, place.proofs.ledger)
    more = list(_keys(keys))
    sign_here(works.roles.sequence_url, log, own)
    receipts = ReceiptKeys(works.receipt_keys, log.ledger_id, place.proofs.ledger).kept
    subject, before = subject_here(
        works.roles.url,
        log,
        own,
        rehearsal=place.ledger.rehearsal,
        own=settings().law_dir,
        more=more,
        receipts=receipts,
    )
    anchored = partial(place.anchors.findings, outside=True)
    return verify_here(subject, before=before, lists=lists, state=state, anchored=anchored, told=told)


def _keys(keys: Sequence[str]) -> Iterator[VerifierKey]:
    for each in keys:
        try:
            yield VerifierKey.parse(each)
        except BadNote as error:
            raise BadState(str(error)) from error
