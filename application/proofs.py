"""What may be asked of the proofs (证明) of one ledger: its signed heads, its tree, its entries, and the keys that were published."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from domain.proof.entry import StoredEvent
from domain.proof.note import Note, VerifierKey
from domain.proof.volumes import Volumes

CHECKPOINT, RECEIPT = "checkpoint", "receipt"
"""What a published key signs."""


class Located(NamedTuple):
    """An event as it is stored, and its position in the log; None as long as it has none."""

    position: int | None
    stored: StoredEvent


@dataclass(frozen=True, slots=True)
class LogKey:
    """A public key that was published: for `purpose` CHECKPOINT or RECEIPT, since when, and when it was retired."""

    key: VerifierKey
    purpose: str
    introduced_at: datetime
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class Signing:
    """How far a log is signed: the newest checkpoint's `size` and its `age` in seconds (None: there is none), where the log ends
    (`head`), for how many seconds the first unsigned event has been `waiting`, and why signing stopped and when, if it did."""

    size: int
    age: float | None
    head: int
    waiting: float | None
    error: str | None
    stopped_at: datetime | None = None


class Night(NamedTuple):
    """What came of a nightly verification: for which instant it was due, how many findings there were, and by which causes."""

    due: datetime
    findings: int
    causes: Sequence[str]


class Proofs(Protocol):
    """The proofs of one ledger. Indices are positions less one. Everything raises LookupError for what is not there."""

    @property
    def ledger(self) -> str:
        """What names the ledger for ever, in every entry and receipt."""

    @property
    def origin(self) -> str:
        """What names the volume of the log that is signed now: the origin of the newest checkpoint."""

    def volumes(self) -> Volumes:
        """The volumes of the log, as the ledger recorded their beginnings."""

    def head(self, size: int | None = None) -> Note | None:
        """The newest checkpoint, or that of a size, with all signatures there are; None if there is none."""

    def sizes(self, after: int = 0, limit: int = 1000) -> list[int]:
        """The sizes of which there are checkpoints, after one of them."""

    def tile(self, level: int, number: int) -> bytes:
        """The hashes of a tile, as many as there are."""

    def stored(self, events: Collection[UUID]) -> Mapping[UUID, Located]:
        """Events as they are stored, by id; unknown ids are left out."""

    def entries(self, first: int, count: int) -> list[bytes]:
        """The entries of the log at `count` indices from the first on, made from what is stored."""

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """What shows that the entry at an index is in the tree of a size."""

    def consistency(self, old: int, new: int) -> list[bytes]:
        """What shows that the tree of one size begins with that of another."""

    def keys(self) -> Sequence[LogKey]:
        """The public keys that were ever published, oldest first. Whoever checks has keys from elsewhere."""

    def signing(self) -> Signing:
        """How far the log is signed."""

    def night(self) -> Night | None:
        """What came of the last nightly verification; None before the first."""
