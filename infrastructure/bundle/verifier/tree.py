"""The hash tree (默克尔树) of the log, RFC 6962 section 2.1: read here from its definition, from the top down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

HASH = 32


class BadTree(ValueError):
    """Hashes do not fit together; the message says why."""


def leaf_of(entry: bytes) -> bytes:
    """The hash of one entry."""
    return sha256(b"\0" + entry).digest()


def above(left: bytes, right: bytes) -> bytes:
    """The hash over two neighbours."""
    return sha256(b"\1" + left + right).digest()


def half_of(size: int) -> int:
    """The largest power of two smaller than a size: where a tree is split."""
    return 1 << (size - 1).bit_length() - 1


def root_by_path(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes:
    """The root of the tree of `size` leaves that has this leaf at `index`, its siblings being given. Raises BadTree."""
    if not 0 <= index < size:
        raise BadTree(f"there is no entry {index} in a log of {size}")
    if size == 1:
        if path:
            raise BadTree("the proof is too long")
        return leaf
    if not path:
        raise BadTree("the proof is too short")
    *below, beside = path
    half = half_of(size)
    if index < half:
        return above(root_by_path(index, half, leaf, below), beside)
    return above(beside, root_by_path(index - half, size - half, leaf, below))


def root_of_range(size: int, first: int, end: int, leaves: Iterator[bytes], beside: Iterator[bytes]) -> bytes:
    """The root of a tree of `size` leaves: those from `first` to before `end` are given, and the hashes of what lies beside
    them, from left to right. Raises BadTree."""
    if not 0 <= first < end <= size:
        raise BadTree(f"a log of {size} has no entries from {first} to before {end}")

    def between(low: int, high: int) -> bytes:
        if high <= first or low >= end:
            return _next(beside, "the proof is too short")
        if high - low == 1:
            return _next(leaves, "there are fewer entries than the range has")
        middle = low + half_of(high - low)
        left = between(low, middle)
        return above(left, between(middle, high))

    root = between(0, size)
    if next(beside, None) is not None:
        raise BadTree("the proof is too long")
    if next(leaves, None) is not None:
        raise BadTree("there are more entries than the range has")
    return root


def _next(hashes: Iterator[bytes], missing: str) -> bytes:
    found = next(hashes, None)
    if found is None:
        raise BadTree(missing)
    return found
