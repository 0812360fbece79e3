"""A sealed value (密文): AES-256-GCM under one data key, bound to the one place where the value belongs, of no telling length."""

from __future__ import annotations

import base64
import os
import re
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = "v1"
STEP = 256
LENGTH = 4
NONCE = 12
BITS = 256
SEALED = re.compile(r"v1\.([0-9a-f]{32})\.([A-Za-z0-9_-]+={0,2})")


class Unreadable(Exception):
    """A protected value cannot be read, which is neither its erasure nor an outage: it was changed or moved, or its key is lost."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """What the values of one subject are sealed with."""

    id: UUID
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value belongs: nowhere else can it be opened."""

    jurisdiction: str
    case_id: UUID
    name: str
    reference: UUID

    def __str__(self) -> str:
        return f"{self.name} {self.reference} of case {self.case_id} in {self.jurisdiction}"


def seal(key: DataKey, spot: Spot, text: str) -> str:
    """The value as it is stored: format, id of the key, nonce and ciphertext."""
    nonce = os.urandom(NONCE)
    sealed = AESGCM(key.secret).encrypt(nonce, _padded(text.encode()), _bound(spot, key.id))
    return f"{FORMAT}.{key.id.hex}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(key: DataKey, spot: Spot, stored: str) -> str:
    """The value that was sealed; raises Unreadable if this is not what was sealed with this key for this spot."""
    _, content = _parts(spot, stored)
    try:
        padded = AESGCM(key.secret).decrypt(content[:NONCE], content[NONCE:], _bound(spot, key.id))
    except (InvalidTag, ValueError) as wrong:
        raise Unreadable(f"what is stored as {spot} is not what was sealed there") from wrong
    return padded[LENGTH : LENGTH + int.from_bytes(padded[:LENGTH])].decode()


def key_of(spot: Spot, stored: str) -> UUID:
    """The id of the key that a stored value says it is sealed with; raises Unreadable for what is not sealed at all."""
    return _parts(spot, stored)[0]


def bound(*parts: str) -> bytes:
    """Texts as bytes that no other texts have: what a ciphertext is bound to."""
    told = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(LENGTH) + part for part in told)


def _bound(spot: Spot, key: UUID) -> bytes:
    said = (spot.jurisdiction, str(spot.case_id), spot.name, str(spot.reference))
    return bound("anjuan value", FORMAT, *said, key.hex)


def _padded(text: bytes) -> bytes:
    """The text behind its length, filled up to whole steps: a name is as long as any other."""
    whole = len(text).to_bytes(LENGTH) + text
    return whole + bytes(-len(whole) % STEP)


def _parts(spot: Spot, stored: str) -> tuple[UUID, bytes]:
    found = SEALED.fullmatch(stored)
    if found is None:
        raise Unreadable(f"what is stored as {spot} is not sealed, or cut off; `anjuan migrate` seals older values")
    try:
        return UUID(found[1]), base64.b64decode(found[2], altchars=b"-_", validate=True)
    except ValueError as wrong:
        raise Unreadable(f"what is stored as {spot} is cut off") from wrong
