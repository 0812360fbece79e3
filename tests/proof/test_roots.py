"""A tree taken in tile by tile has at every size the root that it has leaf by leaf, and keeps no more than it is made of."""

from __future__ import annotations

import pytest

from domain.proof.merkle import EMPTY, Frontier, leaf_hash, root_of
from domain.proof.roots import Roots
from domain.proof.tiles import WIDTH

LEAVES = [leaf_hash(f"{number}".encode()) for number in range(3 * WIDTH + 77)]


def of_size(size: int) -> list[bytes]:
    """The roots at every size, leaf by leaf."""
    growing, found = Frontier(), []
    for leaf in LEAVES[:size]:
        growing.append(leaf)
        found.append(growing.root())
    return found


def test_the_root_at_every_size_is_that_of_the_leaves() -> None:
    roots, found = Roots(), dict[int, bytes]()
    assert (roots.size, roots.hashes, roots.top) == (0, (), b"")
    for at in range(0, len(LEAVES), WIDTH):
        assert roots.size == at
        tile = LEAVES[at : at + WIDTH]
        found |= roots.take(tile, range(at + 1, at + len(tile) + 1))
    assert list(found) == list(range(1, len(LEAVES) + 1)) and list(found.values()) == of_size(len(LEAVES))
    assert roots.size == 3 * WIDTH, "of what is no full tile only the roots are answered"
    assert roots.top == root_of(LEAVES[2 * WIDTH : 3 * WIDTH])
    assert roots.hashes == (root_of(LEAVES[: 2 * WIDTH]), roots.top)


@pytest.mark.parametrize("length", range(1, 18))
def test_the_root_of_a_tile_of_any_length_is_that_of_its_leaves(length: int) -> None:
    roots = Roots()
    assert roots.take(LEAVES[:length], [length]) == {length: root_of(LEAVES[:length])}
    assert (roots.size, roots.hashes, roots.top) == (0, (), b"")


def test_only_the_sizes_that_were_asked_for_are_answered_once_and_in_order() -> None:
    roots = Roots()
    expected = of_size(2 * WIDTH)
    assert list(roots.take(LEAVES[:WIDTH], [WIDTH, 9, 9, 1]).items()) == [
        (1, expected[0]),
        (9, expected[8]),
        (WIDTH, expected[WIDTH - 1]),
    ]
    assert roots.take(LEAVES[WIDTH : 2 * WIDTH]) == {} and roots.size == 2 * WIDTH
    assert roots.take([]) == {} and roots.size == 2 * WIDTH


def test_what_was_left_is_taken_up_again_at_the_end_of_a_tile() -> None:
    roots = Roots()
    for at in (0, WIDTH):
        roots.take(LEAVES[at : at + WIDTH])
    again = Roots(roots.size, roots.hashes)
    assert again.size == 2 * WIDTH and again.hashes == roots.hashes and again.top == b""
    rest = LEAVES[2 * WIDTH : 3 * WIDTH]
    assert (
        again.take(rest, [600, 768]) == roots.take(rest, [600, 768]) == {600: of_size(600)[-1], 768: of_size(768)[-1]}
    )


@pytest.mark.parametrize("size", [1, 255, 257, 511, -1])
def test_it_is_not_taken_up_within_a_tile(size: int) -> None:
    with pytest.raises(ValueError, match="no whole number of tiles"):
        Roots(size, [EMPTY] * abs(size).bit_count())


@pytest.mark.parametrize(("size", "many"), [(0, 1), (256, 0), (256, 2), (768, 1)])
def test_it_is_not_taken_up_with_what_no_such_tree_is_made_of(size: int, many: int) -> None:
    with pytest.raises(ValueError, match="subtrees"):
        Roots(size, [EMPTY] * many)


@pytest.mark.parametrize("stops", [[255], [256], [256, 300], [306, 307], [307], [1, 300], [10_000]])
def test_there_is_no_root_at_a_size_that_does_not_lie_in_the_tile(stops: list[int]) -> None:
    roots = Roots()
    roots.take(LEAVES[:WIDTH])
    with pytest.raises(ValueError, match="do not lie between 256 and 306"):
        roots.take(LEAVES[256:306], stops)
    assert list(roots.take(LEAVES[256:306], [257, 306])) == [257, 306]
    with pytest.raises(ValueError, match="do not lie between 256 and 256"):
        roots.take([], [257])
