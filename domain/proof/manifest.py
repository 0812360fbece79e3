"""The manifest (清单): which cases there are and how far each has come, as one hash, so that the cut-off end of a case shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from domain.proof.merkle import BadProof, Node, inclusion_proof, leaf_hash, node_hash, root_of, verify_inclusion

NO_ROWS = sha256(b"").digest()
"""The digest of an access log without rows."""


class LineProof(NamedTuple):
    """That a line is in a manifest: how many lines stand before it, and the path from it upwards."""

    place: int
    path: tuple[bytes, ...]


def manifest_line(case: UUID, last: int) -> bytes:
    """What a manifest says of a case whose last version is `last`."""
    return f"{case} {last}\n".encode()


def manifest_lines(last_versions: Iterable[tuple[UUID, int]]) -> list[bytes]:
    """The lines of a manifest, in their order, of cases given in any."""
    return [manifest_line(case, last) for case, last in sorted(last_versions)]


def manifest_root(lines: Iterable[bytes]) -> bytes:
    """The root over lines that come in their order, of which none is kept. ValueError where a case comes late, or twice."""
    return root_of(leaf_hash(line) for line in _in_order(lines))


def line_proof(lines: Sequence[bytes], case: UUID) -> LineProof:
    """The proof that the line of a case is among these, which are in their order. LookupError where it is not."""
    begins = f"{case} ".encode()
    place = next((at for at, line in enumerate(_in_order(lines)) if line.startswith(begins)), None)
    if place is None:
        raise LookupError(f"the manifest has no case {case}")
    return LineProof(place, tuple(inclusion_proof(place, len(lines), _node([leaf_hash(line) for line in lines]))))


def verify_line(case: UUID, last: int, proof: LineProof, *, cases: int, root: bytes) -> None:
    """Check that the manifest of so many cases with this root says that the last version of the case is `last`. Raises BadProof."""
    if last < 1:
        raise BadProof("a case has at least one version")
    verify_inclusion(proof.place, cases, leaf_hash(manifest_line(case, last)), proof.path, root)


def digest_of_rows(before: bytes, rows: Iterable[bytes]) -> bytes:
    """The digest of an access log that had the digest `before` and got these rows: each as bytes, after its length in four."""
    found = sha256(before)
    for row in rows:
        found.update(len(row).to_bytes(4, "big"))
        found.update(row)
    return found.digest()


def _in_order(lines: Iterable[bytes]) -> Iterator[bytes]:
    last = b""
    for line in lines:
        case = line.partition(b" ")[0]
        if case <= last:
            raise ValueError(f"the line of {case.decode()} is not in its place")
        last = case
        yield line


def _node(leaves: list[bytes]) -> Node:
    """The hashes of perfect subtrees over the hashes of leaves."""
    rows = [leaves]
    while len(rows[-1]) > 1:
        row = rows[-1]
        rows.append([node_hash(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)])
    return lambda level, place: rows[level][place]
