"""Proofs for whoever is offline (离线证明): one entry of a log with its path and the signed checkpoint, in one file (C2SP tlog-proof)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from domain.proof.checkpoint import BadCheckpoint, Checkpoint, hash_in, whole_number
from domain.proof.merkle import BadProof, leaf_hash, verify_inclusion
from domain.proof.note import Note

FIRST_LINE = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """That an entry is in a log: its `index`, the `path` from its leaf upwards, and the signed checkpoint."""

    index: int
    path: tuple[bytes, ...]
    note: Note

    def __str__(self) -> str:
        path = "".join(f"{b64encode(each).decode()}\n" for each in self.path)
        return f"{FIRST_LINE}\nindex {self.index}\n{path}\n{self.note}"

    @classmethod
    def parse(cls, text: str) -> InclusionProof:
        """The proof in its text, without extra data. Raises BadProof or BadNote."""
        head, blank, note = text.partition("\n\n")
        first, *lines = head.split("\n")
        if first != FIRST_LINE or not blank or not lines or not lines[0].startswith("index "):
            raise BadProof(f"a proof begins with {FIRST_LINE!r} and the index")
        if len(lines) > 1 + MOST_HASHES:
            raise BadProof("the proof is too long")
        try:
            index, path = whole_number(lines[0].removeprefix("index ")), [hash_in(each) for each in lines[1:]]
        except BadCheckpoint as error:
            raise BadProof(str(error)) from error
        return cls(index, tuple(path), Note.parse(note))

    def check(self, entry: bytes) -> Checkpoint:
        """The checkpoint under which the entry is proved; who signed it is asked of `note`. Raises BadProof or BadCheckpoint."""
        head = Checkpoint.parse(self.note.text)
        verify_inclusion(self.index, head.size, leaf_hash(entry), self.path, head.root)
        return head


def proof_lines(path: Sequence[bytes]) -> str:
    """The hashes of a proof, a line each."""
    return "".join(f"{b64encode(each).decode()}\n" for each in path)
