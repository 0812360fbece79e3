"""Where data keys are kept (密钥库): anywhere but in the database that holds the events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from infrastructure.keys.ring import Subject
from infrastructure.keys.sealing import DataKey
from infrastructure.keys.wrapping import Purpose


@dataclass(frozen=True, slots=True)
class Standing:
    """How many data keys are wrapped with each key-encryption key, which of those are in use, how many keys were destroyed."""

    wrapped: Mapping[str, int]
    in_use: frozenset[str]
    destroyed: int


class KeyStore(Protocol):
    """The keys of every subject. Files here; a second database or a service of keys can stand in its place."""

    def living(self, subject: Subject, purpose: Purpose) -> DataKey:
        """The key to seal with, made and safely stored if there is none. Raises Unreadable if it cannot be unwrapped."""

    def find(self, subject: Subject, key: UUID) -> DataKey | None:
        """The key that was sealed with; None if it was destroyed. Raises Unreadable if it is not known."""

    def destroy(self, subject: Subject, at: datetime) -> int:
        """Destroy every key of a subject; how many there were."""

    def adopt(self, old: str, new: str, held: Callable[[], Iterable[tuple[UUID, UUID]]]) -> int:
        """Let a ledger have its keys under another name: those of the cases and keys that it `held`. How many cases there were."""

    def standing(self) -> Standing:
        """What there is."""

    def rotate(self, *, keep_old: bool = False) -> Standing:
        """Wrap every data key with new key-encryption keys and destroy the older ones, unless they are to be kept."""

    def wrong(self) -> str | None:
        """Why the keys cannot be used; None if they can."""

    def mark_key(self) -> bytes:
        """What numbers are marked with, so that whoever has the marks cannot try numbers out."""

    def digest_key(self) -> bytes:
        """What requests that may hold protected values are hashed with, so that no hash confirms a guess."""
