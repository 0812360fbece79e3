"""What a bundle wants to know of a log besides its proofs (账本状况), asked of PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from infrastructure.postgres.session import Connections, Session


class PostgresMoments:
    """The checkpoints and cases of one schema. Safe to share between threads."""

    def __init__(self, pool: Connections, schema: str) -> None:
        self._session = Session(pool, schema)
        self._lasts: tuple[int, Sequence[tuple[UUID, int]]] = (0, ())

    def signed_at(self, size: int) -> datetime:
        """When the checkpoint of a size was signed; LookupError if there is none."""
        rows = self._session.read("checkpoint_of", (size,))
        if not rows:
            raise LookupError(f"there is no checkpoint of size {size}")
        found: datetime = rows[0][1]
        return found

    def last_versions(self, position: int) -> Sequence[tuple[UUID, int]]:
        """How far each case had come as of a position; kept for the next bundle, which asks for the same manifest."""
        known, lasts = self._lasts
        if known != position:
            lasts = [(case, last) for case, last in self._session.read("last_versions", (position,))]
            self._lasts = (position, lasts)
        return lasts

    def tokens(self, size: int) -> Sequence[tuple[str, bytes]]:
        """The timestamps of the checkpoint of a size, by the name of who gave them."""
        return [(name, bytes(token)) for name, token in self._session.read("timestamps_of", (size,))]
