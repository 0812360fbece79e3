"""Key-encryption keys (主密钥): one in use for each purpose, older ones until nothing is wrapped with them."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from infrastructure.keys import folder
from infrastructure.keys.sealing import BITS, NONCE, Unreadable, bound

NAMED = re.compile(r"(identity|text)-(\d{6})-[0-9a-f]{8}")


class Purpose(StrEnum):
    """What a value is protected for; each has keys of its own."""

    IDENTITY = "identity"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A data key as it is stored: encrypted with the key-encryption key of this id."""

    kek: str
    content: bytes


class NoSuchKek(LookupError):
    """There is no key-encryption key of this id: it was retired, or lost."""


class KeyEncryption(Protocol):
    """Who wraps data keys: files here, or a service that never lets its keys out. `about`: what the data key belongs to."""

    def wrap(self, purpose: Purpose, secret: bytes, about: bytes) -> Wrapped:
        """Wrap with the key in use for a purpose."""

    def unwrap(self, wrapped: Wrapped, about: bytes) -> bytes:
        """What was wrapped; raises NoSuchKek, and Unreadable if that is not what was wrapped about this."""

    def ids(self, purpose: Purpose) -> tuple[str, ...]:
        """The ids of the keys of a purpose that are accepted, oldest first; the last is in use."""

    def renew(self, purpose: Purpose) -> str:
        """Take a new key into use beside the older ones; its id."""

    def retire(self, kek: str) -> None:
        """Destroy a key: what is wrapped with it is never read again."""


class KekFiles:
    """Key-encryption keys as files of 32 bytes. Nothing is kept in memory: what one process does, all know at once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def wrap(self, purpose: Purpose, secret: bytes, about: bytes) -> Wrapped:
        """Wrap with the key in use for a purpose; the first one is made here."""
        kek = (self.ids(purpose) or (self._first(purpose),))[-1]
        nonce = os.urandom(NONCE)
        return Wrapped(kek, nonce + AESGCM(self._read(kek)).encrypt(nonce, secret, bound("anjuan key", kek) + about))

    def unwrap(self, wrapped: Wrapped, about: bytes) -> bytes:
        """What was wrapped; raises NoSuchKek, and Unreadable if that is not what was wrapped about this."""
        nonce, content = wrapped.content[:NONCE], wrapped.content[NONCE:]
        try:
            return AESGCM(self._read(wrapped.kek)).decrypt(nonce, content, bound("anjuan key", wrapped.kek) + about)
        except (InvalidTag, ValueError) as wrong:
            raise Unreadable(f"a data key is not what was wrapped with {wrapped.kek}") from wrong

    def ids(self, purpose: Purpose) -> tuple[str, ...]:
        """The ids of the keys of a purpose that are accepted, oldest first; the last is in use."""
        if not self._path.exists():
            return ()
        return tuple(
            sorted(each for each in os.listdir(self._path) if (it := NAMED.fullmatch(each)) and it[1] == purpose)
        )

    def renew(self, purpose: Purpose) -> str:
        """Take a new key into use beside the older ones; its id."""
        with folder.locked(folder.make(self._path)):
            return self._add(purpose)

    def retire(self, kek: str) -> None:
        """Destroy a key: what is wrapped with it is never read again."""
        folder.wipe(self._path / kek)

    def _first(self, purpose: Purpose) -> str:
        with folder.locked(folder.make(self._path)):
            return (self.ids(purpose) or (self._add(purpose),))[-1]

    def _add(self, purpose: Purpose) -> str:
        number = max((int(each.split("-")[1]) for each in self.ids(purpose)), default=0) + 1
        kek = f"{purpose}-{number:06}-{secrets.token_hex(4)}"
        folder.write(self._path / kek, AESGCM.generate_key(BITS))
        return kek

    def _read(self, kek: str) -> bytes:
        if not NAMED.fullmatch(kek):
            raise NoSuchKek(kek)
        try:
            return folder.read(self._path / kek)
        except FileNotFoundError as missing:
            raise NoSuchKek(kek) from missing
