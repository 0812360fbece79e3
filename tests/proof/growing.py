"""A log that grows, signs its checkpoints, and may be made to lie."""

from __future__ import annotations

from hashlib import sha256

from domain.proof.checkpoint import Checkpoint
from domain.proof.merkle import Frontier, consistency_proof, inclusion_proof, leaf_hash
from domain.proof.note import Note, VerifierKey, sign
from domain.proof.witness import Submission
from infrastructure.proof.ed25519 import SigningKey

ORIGIN = "log.example/1"


def key_of(name: str, kind: int = 1) -> SigningKey:
    """A key of this name, always the same."""
    return SigningKey(name, sha256(f"{kind} {name}".encode()).digest(), kind)


class GrowingLog:
    """A log of the entries 0, 1, 2 ...; `lie` is what is written instead of those that it names."""

    def __init__(self, size: int, *, origin: str = ORIGIN, lie: dict[int, bytes] | None = None) -> None:
        self.origin, self.key = origin, key_of(origin)
        self.entries = [(lie or {}).get(each, f"entry {each}".encode()) for each in range(size)]
        self._nodes: dict[tuple[int, int], bytes] = {}
        growing = Frontier()
        self._roots = [growing.root()]
        for entry in self.entries:
            for level, place, found in growing.append(leaf_hash(entry)):
                self._nodes[level, place] = found
            self._roots.append(growing.root())

    @property
    def vkey(self) -> VerifierKey:
        """The public key."""
        return self.key.public

    def node(self, level: int, place: int) -> bytes:
        """The hash of a perfect subtree."""
        return self._nodes[level, place]

    def root(self, size: int) -> bytes:
        """The root of the first entries."""
        return self._roots[size]

    def head(self, size: int) -> Checkpoint:
        """The checkpoint of a size."""
        return Checkpoint(self.origin, size, self.root(size))

    def note(self, size: int, *keys: SigningKey) -> Note:
        """The same signed, by these keys or its own."""
        text = self.head(size).text()
        made = (sign(text, each.public, each.sign) for each in (keys or (self.key,)))
        return Note(text).with_signature(*made)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """What shows that it grew from one size to another."""
        return consistency_proof(old, new, self.node)

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """What shows that an entry is there."""
        return inclusion_proof(index, size, self.node)

    def submission(self, old: int, new: int, *keys: SigningKey) -> Submission:
        """What a witness is sent."""
        return Submission.of(old, self.consistency(old, new), self.note(new, *keys))
