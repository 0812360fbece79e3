"""Signed notes (签名文本): a text with signature lines, the keys that check them, and cosignatures of witnesses (C2SP signed-note,
tlog-cosignature). What computes an Ed25519 signature is handed in."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

ED25519, COSIGNATURE = 0x01, 0x04
"""What a key signs: notes, or checkpoints with a time."""

KEY_BYTES, ID_BYTES, TIME_BYTES, SIGNATURE_BYTES = 32, 4, 8, 64
MOST_SIGNATURES = 100
DASH = "\u2014 "

Verify = Callable[[bytes, bytes, bytes], bool]
"""Whether (public key, signature, message) go together in Ed25519."""

Sign = Callable[[bytes], bytes]
"""The Ed25519 signature of a message."""


class BadNote(ValueError):
    """A note is malformed, or its signatures do not show what they should; the message says why."""


class BadSignature(BadNote):
    """A signature by a key that is known does not fit its text."""


class Unsigned(BadNote):
    """No key that is known has signed."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key by its name: `kind` ED25519 or COSIGNATURE. Its text form is a vkey."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """What names the key in a signature line."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.kind]) + self.public).decode()}"

    @classmethod
    def parse(cls, vkey: str) -> VerifierKey:
        """The key in a vkey. Raises BadNote."""
        name, _, rest = vkey.strip().partition("+")
        number, _, encoded = rest.partition("+")
        material = _decoded(encoded)
        if not is_name(name) or len(material) != 1 + KEY_BYTES or material[0] not in (ED25519, COSIGNATURE):
            raise BadNote(f"{vkey!r} is no verifier key")
        found = cls(name, material[0], material[1:])
        if found.id.hex() != number:
            raise BadNote(f"the id in {vkey!r} is not that of its key")
        return found


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature line: the name and id of its key, and what the key computed."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"{DASH}{self.name} {b64encode(self.key_id + self.value).decode()}\n"

    @classmethod
    def parse(cls, line: str) -> Signature:
        """The signature in a line without its end. Raises BadNote."""
        name, _, encoded = line.removeprefix(DASH).partition(" ")
        found = _decoded(encoded)
        if not line.startswith(DASH) or not is_name(name) or len(found) <= ID_BYTES:
            raise BadNote(f"{line!r} is no signature line")
        return cls(name, found[:ID_BYTES], found[ID_BYTES:])

    def by(self, key: VerifierKey) -> bool:
        """Whether it says that this key made it."""
        return (self.name, self.key_id) == (key.name, key.id)

    @property
    def time(self) -> int:
        """The time that a cosignature states, in seconds since 1970."""
        return int.from_bytes(self.value[:TIME_BYTES], "big")


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends with a line end, and its signatures."""

    text: str
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        return self.text + "\n" + "".join(str(each) for each in self.signatures)

    @classmethod
    def parse(cls, stored: str) -> Note:
        """The note in its stored form. Raises BadNote."""
        text, blank, rest = stored.rpartition("\n\n")
        if not blank or not rest.endswith("\n") or any(ord(each) < 32 and each != "\n" for each in stored):
            raise BadNote("a note is a text, an empty line and signature lines")
        lines = rest[:-1].split("\n")
        if len(lines) > MOST_SIGNATURES:
            raise BadNote(f"a note has at most {MOST_SIGNATURES} signatures")
        return cls(text + "\n", tuple(Signature.parse(each) for each in lines))

    def signed_by(self, keys: Iterable[VerifierKey], verify: Verify) -> list[tuple[VerifierKey, Signature]]:
        """The signatures by known keys, all of which are right. Raises BadSignature if one is not, Unsigned if there is none."""
        known = list(keys)
        found = [(key, each) for each in self.signatures for key in known if each.by(key)]
        for key, each in found:
            if not _fits(key, each, self.text, verify):
                raise BadSignature(f"the signature of {key.name} does not fit the text")
        if not found:
            raise Unsigned("no known key has signed the text")
        return found

    def with_signature(self, *signatures: Signature) -> Note:
        """The same text with more signatures."""
        return Note(self.text, (*self.signatures, *signatures))


def sign(text: str, key: VerifierKey, signer: Sign, *, time: int | None = None) -> Signature:
    """The signature of a key under a text; `time` in seconds since 1970 for a cosignature."""
    if key.kind == COSIGNATURE:
        if time is None:
            raise ValueError("a cosignature states its time")
        value = time.to_bytes(TIME_BYTES, "big") + signer(cosigned(text, time))
    else:
        value = signer(text.encode())
    return Signature(key.name, key.id, value)


def cosigned(text: str, time: int) -> bytes:
    """What a witness signs of a checkpoint, at a time in seconds since 1970."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def is_name(name: str) -> bool:
    """Whether a key may have this name."""
    return bool(name) and "+" not in name and not any(each.isspace() for each in name)


def _fits(key: VerifierKey, signature: Signature, text: str, verify: Verify) -> bool:
    if key.kind == ED25519:
        return len(signature.value) == SIGNATURE_BYTES and verify(key.public, signature.value, text.encode())
    if len(signature.value) != TIME_BYTES + SIGNATURE_BYTES or signature.time >= 1 << 63:
        return False
    return verify(key.public, signature.value[TIME_BYTES:], cosigned(text, signature.time))


def _decoded(text: str) -> bytes:
    try:
        found = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote(f"{text!r} is no base64") from error
    if b64encode(found).decode() != text:
        raise BadNote(f"{text!r} is not written as base64 is")
    return found
