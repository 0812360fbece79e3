"""Ledgers with a log that is signed, for tests: what is recorded, the keys in a folder of the test's own, and the signer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from uuid import UUID, uuid4

from application.ports import Secret
from application.proofs import LogKey
from domain.kernel import Entry
from domain.proof.checkpoint import Checkpoint
from domain.proof.merkle import leaf_hash, root_of
from domain.proof.trust import counting
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool
from infrastructure.proof.ed25519 import verify
from infrastructure.proof.growing import Growing, Grown
from infrastructure.proof.keys import LogKeys, name_of
from infrastructure.proof.reading import PostgresProofs
from infrastructure.sequencer import sequence_once
from tests.store.facts import paper


@dataclass
class Signed:
    """A ledger that a test records in and signs by hand."""

    pool: Pool
    log: PostgresEventLog
    root: Path
    batch: int = 20_000
    name: str = "test"

    @property
    def ledger(self) -> UUID:
        return self.log.ledger_id

    @property
    def origin(self) -> str:
        return name_of(self.name, self.ledger)

    @property
    def keys(self) -> LogKeys:
        return LogKeys(self.root, self.ledger, self.origin)

    @cached_property
    def proofs(self) -> PostgresProofs:
        return PostgresProofs(self.pool, self.log.schema, self.origin)

    @cached_property
    def growing(self) -> Growing:
        return Growing(self.log.schema, self.keys, batch=self.batch)

    def published(self) -> list[LogKey]:
        """The public keys in the database."""
        return self.proofs.keys()

    def record(self, count: int = 1, secrets: int = 0) -> list[Entry]:
        """Record so many events of a new file, the first with protected values, and give them positions."""
        file, found = paper(), []
        for version in range(1, count + 1):
            protected = {uuid4(): Secret(file.case, "complainant", f"某某{n}") for n in range(secrets)}
            batch = file.note(version, protected=protected if version == 1 else {})
            self.log.append(batch)
            found += batch.entries
        sequence_once(self.pool, self.log.schema)
        return found

    def sign(self) -> Grown:
        """One turn of the signer, in the same process as the ones before."""
        with self.pool.connection() as connection:
            return self.growing.advance(connection)

    def sign_anew(self) -> Grown:
        """The same in a signer that has just started."""
        with self.pool.connection() as connection:
            return Growing(self.log.schema, self.keys, batch=self.batch).advance(connection)

    def head(self, size: int | None = None) -> Checkpoint:
        """The newest checkpoint, or that of a size, whose signature is right."""
        note = self.proofs.head(size)
        assert note is not None
        head = Checkpoint.parse(note.text)
        assert note.signed_by(counting(self.keys.trusted(), head.size), verify)
        return head

    def recomputed(self, size: int) -> bytes:
        """The root over the first entries, from nothing but what is stored."""
        return root_of(leaf_hash(each) for each in self.proofs.entries(0, size))


def all_of(entries: Sequence[Entry]) -> list[UUID]:
    return [each.event_id for each in entries]
