"""What may be asked for to take along (证据包): the bundle of a case as of a checkpoint of the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.kernel import Actor


class NotYetSigned(Exception):
    """No checkpoint covers what is asked for yet; one will within seconds."""


class OtherLaw(Exception):
    """As of the checkpoint the ledger had attested another law than the program has: `part` of it differs."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass(frozen=True, slots=True)
class Bundle:
    """A ZIP with the `name` of its file, for a log of `size` entries."""

    name: str
    size: int
    content: bytes


class Bundles(Protocol):
    """The bundles of one jurisdiction."""

    def of(self, case: UUID, actor: Actor, *, now: datetime, size: int | None = None) -> Bundle:
        """The bundle of a case as somebody may see it, under the newest checkpoint or that of a size.

        Raises NotFound where the case, or a checkpoint of that size, is not there for the actor, NotYetSigned, and OtherLaw.
        """
