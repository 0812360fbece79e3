"""Ed25519 signatures (签名): computed, checked, and the private keys in files that only their account reads."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from domain.proof.note import ED25519, BadNote, Sign, VerifierKey
from infrastructure.keys import folder

PREFIX = "PRIVATE+KEY+"
SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, and the public key that checks what it signs."""

    key: VerifierKey
    private: bytes

    def __repr__(self) -> str:
        return f"SigningKey({self.key})"


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the key made this signature of this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def signer(private: bytes) -> Sign:
    """What signs with a private key of 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).sign


def generate(name: str, kind: int = ED25519) -> SigningKey:
    """A new key of this name."""
    return pair(name, kind, Ed25519PrivateKey.generate().private_bytes_raw())


def store(path: Path, signing: SigningKey) -> None:
    """Write a key to a file that is closed to others, in the text form of Go's notes."""
    key = signing.key
    material = b64encode(bytes([key.kind]) + signing.private).decode()
    folder.write(path, f"{PREFIX}{key.name}+{key.id.hex()}+{material}\n".encode())


def load(path: Path) -> SigningKey:
    """The key in a file. Raises BadNote, FileNotFoundError, and KeysExposed if others may read it."""
    text = folder.read(path).decode().strip()
    name, _, rest = text.removeprefix(PREFIX).partition("+")
    number, _, encoded = rest.partition("+")
    try:
        material = b64decode(encoded, validate=True)
    except ValueError as error:
        raise BadNote(f"{path} holds no private key") from error
    if not text.startswith(PREFIX) or len(material) != 1 + SEED_BYTES:
        raise BadNote(f"{path} holds no private key")
    found = pair(name, material[0], material[1:])
    if found.key.id.hex() != number:
        raise BadNote(f"the id in {path} is not that of its key")
    return found


def pair(name: str, kind: int, private: bytes) -> SigningKey:
    """A private key of 32 bytes with its public key, under a name."""
    public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    return SigningKey(VerifierKey(name, kind, public), private)
