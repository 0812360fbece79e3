"""Signed notes and checkpoints (检查点), as C2SP signed-note, tlog-checkpoint and tlog-cosignature define them."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from infrastructure.bundle.verifier.faults import CHANGED, UNSIGNED, Wrong
from infrastructure.bundle.verifier.tree import HASH

PLAIN_KEY, WITNESS_KEY = 1, 4


class Key(NamedTuple):
    """A public key by its name; `kind` says whether it signs notes or cosigns checkpoints with a time.

    `through`: the largest log that it may sign, where it was retired.
    """

    name: str
    kind: int
    public: bytes
    through: int | None = None

    @property
    def id(self) -> bytes:
        """What names the key in a signature line."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the key: what two people compare."""
        return sha256(bytes([self.kind]) + self.public).hexdigest()


def key_in(text: str) -> Key:
    """The key in a line `name+id+base64`, or with ` through SIZE` where it was retired. Raises ValueError."""
    vkey, retired, last = text.strip().partition(" through ")
    name, _, rest = vkey.partition("+")
    number, _, encoded = rest.partition("+")
    material = plain_base64(encoded)
    if not name or len(material) != 1 + HASH or material[0] not in (PLAIN_KEY, WITNESS_KEY):
        raise ValueError(f"{text!r} is no key")
    found = Key(name, material[0], material[1:], plain_number(last) if retired else None)
    if found.id.hex() != number:
        raise ValueError(f"the id in {text!r} is not that of the key")
    return found


class Signer(NamedTuple):
    """Who signed: the key, and of a witness the time that it states, in seconds since 1970."""

    key: Key
    time: int | None


class Head(NamedTuple):
    """The head of a log: its name, how many entries it has, and what they hash to."""

    origin: str
    size: int
    root: bytes


def name_and_volume(origin: str) -> tuple[str, int]:
    """What an origin says: the name of the ledger, which its entries bear, and which volume of its log this is. A log that lost signed
    entries begins anew as the next one, with the number behind its name."""
    *name, number = origin.split("/")
    plain = len(name) == 3 and number.isascii() and number.isdigit() and number[0] != "0" and len(number) < 10
    return ("/".join(name), int(number)) if plain and int(number) > 1 else (origin, 1)


def signers_of(note: str, keys: Iterable[Key], file: str) -> tuple[str, list[Signer]]:
    """The text of a note and who signed it of the keys given, all of whose signatures must be right. Raises Wrong."""
    text, blank, lines = note.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise Wrong(file, CHANGED, "不是签名文本", "this is no signed note")
    text += "\n"
    found = []
    for line in lines[:-1].split("\n"):
        name, signature = _signature_in(line, file)
        for key in keys:
            if (key.name, key.id) == (name, signature[:4]):
                found.append(_checked(key, signature[4:], text, file))
    return text, found


def _signature_in(line: str, file: str) -> tuple[str, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    try:
        value = plain_base64(encoded)
    except ValueError:
        value = b""
    if dash != "\u2014" or not name or len(value) < 5:
        raise Wrong(file, CHANGED, f"不是签名行：{line!r}", f"this is no signature line: {line!r}")
    return name, value


def _checked(key: Key, value: bytes, text: str, file: str) -> Signer:
    time, message = None, text.encode()
    if key.kind == WITNESS_KEY:
        time, value = int.from_bytes(value[:8], "big"), value[8:]
        message = f"cosignature/v1\ntime {time}\n".encode() + message
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(value, message)
    except (InvalidSignature, ValueError) as error:
        raise Wrong(
            file, UNSIGNED, f"{key.name} 的签名与文本不符", f"the signature of {key.name} does not fit"
        ) from error
    return Signer(key, time)


def head_in(text: str, file: str) -> Head:
    """The checkpoint in a signed text. Raises Wrong."""
    lines = text.split("\n")
    try:
        if len(lines) != 4 or lines[3] or not lines[0]:
            raise ValueError("a checkpoint has three lines")
        return Head(lines[0], plain_number(lines[1]), plain_hash(lines[2]))
    except ValueError as error:
        raise Wrong(file, CHANGED, f"不是检查点：{error}", f"this is no checkpoint: {error}") from error


def plain_number(text: str) -> int:
    """A whole number as it must be written. Raises ValueError."""
    if not (text.isascii() and text.isdigit()) or str(int(text)) != text:
        raise ValueError(f"{text!r} is no whole number")
    return int(text)


def plain_hash(text: str) -> bytes:
    """A hash in base64. Raises ValueError."""
    found = plain_base64(text)
    if len(found) != HASH:
        raise ValueError(f"{text!r} is no hash")
    return found


def plain_base64(text: str) -> bytes:
    """Bytes in base64 as it must be written. Raises ValueError."""
    try:
        found = b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(f"{text!r} is no base64") from error
    if b64encode(found).decode() != text:
        raise ValueError(f"{text!r} is not written as base64 is")
    return found
