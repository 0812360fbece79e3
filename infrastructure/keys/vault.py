"""The vault (保密内容): protected values of one jurisdiction, sealed before they reach the database and opened after."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from application.ports import Secret, Unavailable
from infrastructure.keys.folder import KeysExposed
from infrastructure.keys.marks import Marks
from infrastructure.keys.ring import Subject
from infrastructure.keys.sealing import DataKey, Spot, Unreadable, key_of, seal, unseal
from infrastructure.keys.store import KeyStore
from infrastructure.keys.wrapping import Purpose

TEXTS = frozenset({"text"})
"""The protected arguments that are free text; every other one says who somebody is."""

Row = tuple[UUID, UUID, str, str]
"""Reference, case, name and stored value."""


class NoVault(Exception):
    """This process was given no keys: it neither keeps nor reveals protected values."""


def purpose_of(name: str) -> Purpose:
    """What a protected argument is protected for."""
    return Purpose.TEXT if name in TEXTS else Purpose.IDENTITY


@dataclass(frozen=True, slots=True)
class Vault:
    """Seals and opens by the keys of a store. Everything raises Unavailable where the store cannot be reached.

    `jurisdiction`: the schema, to which values are bound; `ledger`: the id under which the store keeps the keys of this ledger
    and of no other, whatever database it is in.
    """

    keys: KeyStore
    jurisdiction: str
    ledger: UUID

    def sealed(self, protected: Mapping[UUID, Secret]) -> dict[UUID, Secret]:
        """The values as the database keeps them; their keys are safely stored before."""
        found: dict[tuple[UUID, Purpose], DataKey] = {}
        for secret in protected.values():
            wanted = secret.case_id, purpose_of(secret.name)
            if wanted not in found:
                found[wanted] = self._living(*wanted)
        return {
            reference: replace(
                secret,
                value=seal(found[secret.case_id, purpose_of(secret.name)], self._spot(reference, secret), secret.value),
            )
            for reference, secret in protected.items()
        }

    @property
    def marks(self) -> Marks:
        """What the numbers of this ledger are recognised by. Everything raises Unavailable where the key cannot be used."""
        return Marks(self._mark_key, self.ledger)

    def _mark_key(self) -> bytes:
        with _reached():
            return self.keys.mark_key()

    def opened(self, rows: Iterable[Row]) -> dict[UUID, str | None]:
        """The values behind references; None where the key was destroyed. Raises Unreadable for a value that is not genuine."""
        with _reached():
            return {row[0]: self._opened(*row) for row in rows}

    def erase(self, case_id: UUID, at: datetime) -> int:
        """Destroy the keys of a case: what was sealed for it is never read again. How many keys there were."""
        with _reached():
            return self.keys.destroy(self._subject(case_id), at)

    def _living(self, case_id: UUID, purpose: Purpose) -> DataKey:
        with _reached():
            try:
                return self.keys.living(self._subject(case_id), purpose)
            except Unreadable as lost:
                raise Unavailable(f"nothing can be kept secret: {lost}") from lost

    def _opened(self, reference: UUID, case_id: UUID, name: str, stored: str) -> str | None:
        spot = Spot(self.jurisdiction, case_id, name, reference)
        key = self.keys.find(self._subject(case_id), key_of(spot, stored))
        return None if key is None else unseal(key, spot, stored)

    def _subject(self, case_id: UUID) -> Subject:
        return Subject(self.ledger.hex, case_id)

    def _spot(self, reference: UUID, secret: Secret) -> Spot:
        return Spot(self.jurisdiction, secret.case_id, secret.name, reference)


class Digest:
    """What stands for the content of a request, which may be protected: nobody without the key can confirm a guess."""

    def __init__(self, keys: KeyStore) -> None:
        self._keys, self._key = keys, b""

    def __call__(self, content: bytes) -> bytes:
        """The hash of some content. Raises Unavailable."""
        if not self._key:
            with _reached():
                self._key = self._keys.digest_key()
        return hmac.digest(self._key, content, "sha256")


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except (OSError, KeysExposed) as error:
        raise Unavailable(f"the keys cannot be used: {error}") from error
