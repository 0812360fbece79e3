"""Ed25519 signatures (电子签名), and private keys in the text form of the Go team's notes."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from domain.proof.note import ED25519, Sign, VerifierKey

PRIVATE = "PRIVATE+KEY+"
SEED_BYTES = 32


class BadKey(ValueError):
    """A text is no private key of the form that is expected; the message never repeats it."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key by its name: `seed` of 32 bytes, `kind` ED25519 (notes) or COSIGNATURE (checkpoints with a time)."""

    name: str
    seed: bytes = field(repr=False)
    kind: int = ED25519

    @property
    def public(self) -> VerifierKey:
        """What checks its signatures."""
        found = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return VerifierKey(self.name, self.kind, found.public_bytes_raw())

    @property
    def sign(self) -> Sign:
        """What signs with it."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign

    def text(self) -> str:
        """Its text form, for a file that nobody else may read."""
        material = b64encode(bytes([self.kind]) + self.seed).decode()
        return f"{PRIVATE}{self.name}+{self.public.id.hex()}+{material}\n"

    @classmethod
    def parse(cls, text: str) -> SigningKey:
        """The key in its text form. Raises BadKey."""
        name, _, rest = text.strip().removeprefix(PRIVATE).partition("+")
        number, _, encoded = rest.partition("+")
        try:
            material = b64decode(encoded, validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadKey("the key is no base64") from error
        if not text.startswith(PRIVATE) or len(material) != 1 + SEED_BYTES:
            raise BadKey("this is no private key")
        found = cls(name, material[1:], material[0])
        if found.public.id.hex() != number:
            raise BadKey(f"the id {number} is not that of the key")
        return found


def generate(name: str, kind: int = ED25519) -> SigningKey:
    """A new key."""
    return SigningKey(name, Ed25519PrivateKey.generate().private_bytes_raw(), kind)


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a signature is that of a message by the key with these public bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True
