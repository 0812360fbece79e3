"""A stretch of a log and what stands beside it lead to its root, and what stands beside it is no more than has to be known."""

from __future__ import annotations

import pytest

from domain.proof.merkle import Frontier, leaf_hash, node_hash, root_of
from domain.proof.ranges import beside

LARGEST = 19
LEAVES = [leaf_hash(bytes([number])) for number in range(LARGEST)]


def node_of(size: int) -> dict[tuple[int, int], bytes]:
    """The perfect subtrees of the tree of the first leaves, no others."""
    growing = Frontier()
    return {(level, place): found for leaf in LEAVES[:size] for level, place, found in growing.append(leaf)}


def joined(low: int, high: int, first: int, end: int, others: list[bytes]) -> bytes:
    """The hash over the leaves from `low` to before `high`, by the definition of RFC 6962, from the stretch and the others."""
    if high <= first or end <= low:
        return others.pop(0)
    if high - low == 1:
        return LEAVES[low]
    half = 1
    while 2 * half < high - low:
        half *= 2
    left = joined(low, low + half, first, end, others)
    return node_hash(left, joined(low + half, high, first, end, others))


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_every_stretch_and_what_stands_beside_it_lead_to_the_root(size: int) -> None:
    nodes = node_of(size)
    for first in range(size):
        for end in range(first + 1, size + 1):
            others = beside(first, end, size, lambda level, place: nodes[level, place])
            assert joined(0, size, first, end, others) == root_of(LEAVES[:size])
            assert not others, "none is left over"


def test_beside_the_whole_log_stands_nothing_and_nothing_is_asked() -> None:
    assert beside(0, 7, 7, lambda level, place: pytest.fail("asked")) == []


def test_these_stand_beside_the_fourth_and_fifth_of_seven() -> None:
    asked: list[tuple[int, int]] = []

    def node(level: int, place: int) -> bytes:
        asked.append((level, place))
        return node_of(7)[level, place]

    assert beside(3, 5, 7, node) == [root_of(LEAVES[:2]), LEAVES[2], LEAVES[5], LEAVES[6]]
    assert asked == [(1, 0), (0, 2), (0, 5), (0, 6)]


def test_a_part_that_is_no_perfect_subtree_is_one_hash() -> None:
    nodes = node_of(7)
    assert beside(0, 4, 7, lambda level, place: nodes[level, place]) == [root_of(LEAVES[4:7])]


@pytest.mark.parametrize(
    ("first", "end", "size"), [(-1, 1, 3), (0, 0, 3), (2, 2, 3), (3, 2, 3), (0, 4, 3), (3, 4, 3), (0, 1, 0)]
)
def test_a_log_has_no_stretch_that_is_empty_or_goes_beyond_it(first: int, end: int, size: int) -> None:
    with pytest.raises(ValueError, match="has no stretch"):
        beside(first, end, size, lambda level, place: LEAVES[0])
