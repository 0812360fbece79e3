"""Ranges of a log (区段): what has to be known besides its own leaves to come from a stretch of a log to the root."""

from __future__ import annotations

from domain.proof.merkle import Node, node_hash


def beside(first: int, end: int, size: int, node: Node) -> list[bytes]:
    """The hashes of the largest subtrees of a tree of `size` leaves that have none from `first` to before `end`, left to right.

    ValueError where the tree has no such stretch, or it is empty.
    """
    if not 0 <= first < end <= size:
        raise ValueError(f"a tree of {size} leaves has no stretch from {first} to before {end}")
    found: list[bytes] = []
    _collect(0, size, first, end, node, found)
    return found


def _collect(low: int, high: int, first: int, end: int, node: Node, found: list[bytes]) -> None:
    if high <= first or low >= end:
        found.append(_subtree(low, high, node))
    elif first > low or high > end:
        middle = _middle(low, high)
        _collect(low, middle, first, end, node, found)
        _collect(middle, high, first, end, node, found)


def _subtree(low: int, high: int, node: Node) -> bytes:
    """The hash over the leaves from `low` to before `high`, which are one subtree of the tree."""
    width = high - low
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return node(level, low >> level)
    middle = _middle(low, high)
    return node_hash(_subtree(low, middle, node), _subtree(middle, high, node))


def _middle(low: int, high: int) -> int:
    """Where a tree over these leaves is split: before it the largest power of two that is smaller."""
    return low + (1 << (high - low - 1).bit_length() - 1)
