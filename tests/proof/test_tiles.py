"""The edges of tiles: every subtree is found in them, they are answered once and in order, and a tile too short is called so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.proof.merkle import Frontier, leaf_hash, root_of
from domain.proof.tiles import (
    LARGEST_ENTRY,
    WIDTH,
    Edge,
    Tile,
    bundle,
    edge_at,
    entries_in,
    node_in,
    parse_place,
    place_text,
    tile_width,
)

LEAVES = [leaf_hash(f"{number}".encode()) for number in range(2 * WIDTH + 90)]
SIZE = len(LEAVES)
TOPS = [root_of(LEAVES[at : at + WIDTH]) for at in (0, WIDTH)]
ROW = b"".join(LEAVES)
TILES = {
    (0, 0): ROW[: 32 * WIDTH],
    (0, 1): ROW[32 * WIDTH : 64 * WIDTH],
    (0, 2): ROW[64 * WIDTH :],
    (1, 0): TOPS[0] + TOPS[1],
}
"""The tiles of a tree of two full ones and a part."""


def read(level: int, number: int) -> bytes:
    """What is there; a tile that was never begun is not asked for."""
    return TILES[level, number]


def test_a_growing_edge_answers_each_tile_that_grew_once_lower_levels_first() -> None:
    edge = Edge()
    assert edge.append([]) == []
    assert edge.append(LEAVES[:255]) == [Tile(0, 0, ROW[: 32 * 255])]
    assert edge.append(LEAVES[255:257]) == [
        Tile(0, 0, TILES[0, 0]),
        Tile(0, 1, LEAVES[256]),
        Tile(1, 0, TOPS[0]),
    ]
    assert edge.append(LEAVES[257:300]) == [Tile(0, 1, ROW[32 * 256 : 32 * 300])]
    assert edge.append(LEAVES[300:]) == [Tile(0, 1, TILES[0, 1]), Tile(0, 2, TILES[0, 2]), Tile(1, 0, TILES[1, 0])]
    assert edge.append([]) == [] and edge.size == SIZE


def test_one_leaf_that_fills_a_tile_of_every_level_begins_the_next_level() -> None:
    first, second = LEAVES[:255], LEAVES[255:510]
    edge = Edge(65_535, [b"".join(first), b"".join(second)])
    top = root_of([*first, LEAVES[510]])
    assert edge.append(LEAVES[510:512]) == [
        Tile(0, 255, b"".join([*first, LEAVES[510]])),
        Tile(0, 256, LEAVES[511]),
        Tile(1, 0, b"".join([*second, top])),
        Tile(2, 0, root_of([*second, top])),
    ]
    assert [len(each) for each in edge.partial] == [32, 0, 32]


@pytest.mark.parametrize("size", [0, 1, 2, 7, 255, 256, 257, 300, 511, 512, 513, SIZE])
def test_the_edge_of_every_earlier_tree_has_its_root_and_grows_on(size: int) -> None:
    edge = edge_at(size, read)
    assert edge.size == size and edge.root() == root_of(LEAVES[:size])
    edge.append(LEAVES[size:])
    assert edge.root() == root_of(LEAVES)
    assert [bytes(each) for each in edge.partial] == [TILES[0, 2], TILES[1, 0]]


def test_a_tile_that_was_not_begun_is_not_asked_for() -> None:
    asked: list[tuple[int, int]] = []

    def reading(level: int, number: int) -> bytes:
        asked.append((level, number))
        return read(level, number)

    assert [bytes(each) for each in edge_at(512, reading).partial] == [b"", TILES[1, 0]]
    assert asked == [(1, 0)]


@pytest.mark.parametrize(
    ("size", "partial"),
    [
        (0, [b"x"]),
        (0, [bytes(32)]),
        (1, []),
        (1, [bytes(31)]),
        (1, [bytes(64)]),
        (2, [bytes(32)]),
        (255, [bytes(32 * 254)]),
        (256, []),
        (256, [b""]),
        (256, [bytes(32), b""]),
        (256, [b"", bytes(64)]),
        (512, [b"", bytes(32)]),
        (65_536, [b"", b""]),
        (65_537, [bytes(32), bytes(32), bytes(32)]),
        (65_537, [bytes(32), b""]),
    ],
)
def test_what_is_not_the_edge_of_a_tree_of_this_size_is_refused(size: int, partial: list[bytes]) -> None:
    with pytest.raises(ValueError, match=f"edge of a tree of {size}"):
        Edge(size, partial)


def test_every_perfect_subtree_is_found_in_the_tiles() -> None:
    growing = Frontier()
    found = [each for leaf in LEAVES for each in growing.append(leaf)]
    node = node_in(read)
    assert max(level for level, _, _ in found) == 9
    assert [(level, place, node(level, place)) for level, place, _ in found] == found


def cut(length: int) -> Callable[[int, int], bytes]:
    """A reader of tiles of which no more than this is there."""
    return lambda level, number: read(level, number)[:length]


@pytest.mark.parametrize(
    ("level", "place", "length", "about"),
    [
        (0, 0, 0, "0/0 has no 1 hashes"),
        (0, 0, 31, "0/0 has no 1 hashes"),
        (0, 511, 32 * 255, "0/1 has no 256 hashes"),
        (3, 1, 32 * 12, "0/0 has no 16 hashes"),
        (3, 1, 32 * 15, "0/0 has no 16 hashes"),
        (3, 1, 32 * 16 - 1, "0/0 has no 16 hashes"),
        (3, 1, 32 * 8, "0/0 has no 16 hashes"),
        (7, 1, 32 * 192, "0/0 has no 256 hashes"),
        (8, 1, 32, "1/0 has no 2 hashes"),
        (9, 0, 32, "1/0 has no 2 hashes"),
    ],
)
def test_a_subtree_that_a_tile_has_no_room_for_is_not_there(level: int, place: int, length: int, about: str) -> None:
    with pytest.raises(LookupError, match=about):
        node_in(cut(length))(level, place)


@pytest.mark.parametrize(
    ("size", "length", "about"),
    [
        (1, 0, "0/0 has no 1 hashes"),
        (SIZE, 32 * 89, "0/2 has no 90 hashes"),
        (SIZE, 32 * 90 - 1, "0/2 has no 90 hashes"),
        (512, 32, "1/0 has no 2 hashes"),
    ],
)
def test_an_edge_is_not_found_in_tiles_that_are_too_short(size: int, length: int, about: str) -> None:
    assert edge_at(size, read).size == size
    with pytest.raises(LookupError, match=about):
        edge_at(size, cut(length))


@pytest.mark.parametrize(
    ("level", "number", "size", "width"),
    [(0, 0, 0, 0), (0, 0, 1, 1), (0, 0, 256, 256), (0, 1, 256, 0), (0, 1, 257, 1), (0, 9, 257, 0), (0, 0, 999, 256),
     (1, 0, 255, 0), (1, 0, 256, 1), (1, 0, 65_535, 255), (1, 1, 65_536, 0), (1, 1, 65_792, 1), (2, 0, 65_536, 1)],
)  # fmt: skip
def test_how_wide_a_tile_is(level: int, number: int, size: int, width: int) -> None:
    assert tile_width(level, number, size) == width


@pytest.mark.parametrize(
    ("number", "width", "path"),
    [
        (0, 1, "000.p/1"),
        (999, 255, "999.p/255"),
        (1_000, WIDTH, "x001/000"),
        (12_043, 10, "x012/043.p/10"),
        (999_999, WIDTH, "x999/999"),
        (1_000_000, 2, "x001/x000/000.p/2"),
    ],
)
def test_a_place_is_read_as_it_is_written(number: int, width: int, path: str) -> None:
    assert place_text(number, width) == path and parse_place(path) == (number, width)


@pytest.mark.parametrize(
    "path",
    ["", "x", "001/", "/001", "x001", "x000/x001/001", "005.p/257", "005.p/999", "005.p/256", "005.p/0", "005.p/",
     "005.q/1", "005.p/1/", "x001.p/1", "\u0660\u0660\u0660", "001\n"],
)  # fmt: skip
def test_what_is_no_place_of_a_tile_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="no place of a tile"):
        parse_place(path)


def test_a_bundle_says_before_each_entry_how_long_it_is() -> None:
    entries = [b"one", b"", b"x" * 300, b""]
    assert bundle([]) == b"" and list(entries_in(b"")) == []
    assert bundle(entries) == b"\0\x03one\0\0\x01\x2c" + b"x" * 300 + b"\0\0"
    assert list(entries_in(bundle(entries))) == entries
    assert list(entries_in(bundle([b"x" * LARGEST_ENTRY]))) == [b"x" * LARGEST_ENTRY]
    with pytest.raises(ValueError, match="too long"):
        bundle([b"x" * (LARGEST_ENTRY + 1)])


@pytest.mark.parametrize("cut_off", [b"\0", b"\x01", b"\0\x01", b"\0\x02x", b"\0\x01x\0", b"\0\0\0"])
def test_a_bundle_that_is_cut_off_is_called_so(cut_off: bytes) -> None:
    with pytest.raises(ValueError, match="cut off"):
        list(entries_in(cut_off))
