"""Reads the proofs (读取证明) of one jurisdiction from PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from uuid import UUID

from application.proofs import Located, LogKey, Night, Signing
from domain.proof.checkpoint import BadCheckpoint
from domain.proof.merkle import consistency_proof, inclusion_proof
from domain.proof.note import BadNote, Note, VerifierKey
from domain.proof.tiles import node_in
from domain.proof.volumes import Volumes
from domain.proof.witness import head_of
from infrastructure.postgres.session import Connections, Session
from infrastructure.proof.beginnings import ATTESTATION, volumes_of
from infrastructure.proof.rows import rows_of_events, rows_of_log
from infrastructure.proof.signer import NAME


class PostgresProofs:
    """The proofs of one schema, whose ledger has this name. Safe to share between threads."""

    def __init__(self, pool: Connections, schema: str, ledger: str) -> None:
        self.ledger = ledger
        self._pool, self._schema, self._session = pool, schema, Session(pool, schema)

    @property
    def origin(self) -> str:
        """The origin of the newest checkpoint, as far as there is one and it is one: else that of the first volume."""
        try:
            note = self.head()
            return self.ledger if note is None else head_of(note).origin
        except (BadNote, BadCheckpoint):
            return self.ledger

    def volumes(self) -> Volumes:
        """The volumes of the log, as the ledger recorded their beginnings."""
        return volumes_of(self.ledger, self._session.read("beginnings", (ATTESTATION,)))

    def head(self, size: int | None = None) -> Note | None:
        """The newest checkpoint, or that of a size; None if there is none."""
        if size is None:
            rows = self._session.read("newest_checkpoint")
        else:
            rows = self._session.read("cosigned_checkpoint", (size,))
        return Note.parse(rows[0][0]) if rows else None

    def sizes(self, after: int = 0, limit: int = 1000) -> list[int]:
        """The sizes of which there are checkpoints, after one of them."""
        return [size for (size,) in self._session.read("checkpoint_sizes", (after, limit))]

    def tile(self, level: int, number: int) -> bytes:
        """The hashes of a tile, as many as there are; LookupError if it was not begun."""
        rows = self._session.read("tile", (level, number))
        if not rows:
            raise LookupError(f"there is no tile {level}/{number}")
        return bytes(rows[0][0])

    def stored(self, events: Collection[UUID]) -> Mapping[UUID, Located]:
        """Events as they are stored, by id; unknown ids are left out."""
        with self._pool.connection() as connection:
            rows = list(rows_of_events(connection, self._schema, list(events)))
        return {UUID(bytes=each.stored.fields[0]): Located(each.position, each.stored) for each in rows}

    def entries(self, first: int, count: int) -> list[bytes]:
        """The entries of the log at `count` indices from the first on; LookupError where the log has not so many."""
        with self._pool.connection() as connection:
            found = [each.entry(self.ledger) for each in rows_of_log(connection, self._schema, first, first + count)]
        if len(found) != count:
            raise LookupError(f"the log has no {count} entries from index {first} on")
        return found

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """What shows that the entry at an index is in the tree of a size; LookupError where there is no such tree or entry."""
        if not 0 <= index < size or size > self._leaves():
            raise LookupError(f"there is no leaf {index} in a tree of {size}")
        return inclusion_proof(index, size, node_in(cache(self.tile)))

    def consistency(self, old: int, new: int) -> list[bytes]:
        """What shows that the tree of one size begins with that of another; LookupError where there is no such tree."""
        if not 0 <= old <= new or new > self._leaves():
            raise LookupError(f"there is no tree of {new} that begins with {old}")
        return consistency_proof(old, new, node_in(cache(self.tile)))

    def keys(self) -> list[LogKey]:
        """The public keys that were ever published, oldest first. Whoever checks has keys from elsewhere."""
        return [LogKey(VerifierKey.parse(vkey), *rest) for vkey, *rest in self._session.read("log_keys")]

    def signing(self) -> Signing:
        """How far the log is signed."""
        return Signing(*self._session.read("signing_progress", (NAME,))[0])

    def night(self) -> Night | None:
        """What came of the last nightly verification; None before the first."""
        rows = self._session.read("last_verification")
        return Night(*rows[0]) if rows else None

    def _leaves(self) -> int:
        tiles, _, _ = self._session.read("tree_and_log")[0]
        return int(tiles)
