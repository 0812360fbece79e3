"""Tiles (分块): the hashes of a log in pieces of 256 that are written once, and its entries in bundles (C2SP tlog-tiles)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from domain.proof.merkle import HASH_BYTES, Frontier, Node, node_hash

HEIGHT = 8
WIDTH = 1 << HEIGHT
"""How many hashes a full tile has: 8,192 bytes."""

LARGEST_ENTRY = 0xFFFF

_PLACE = re.compile(r"((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")

ReadTile = Callable[[int, int], bytes]
"""The hashes of a tile by level and number, as many as there are."""


class Tile(NamedTuple):
    """A tile that was begun or grew: its level, its number within the level, its hashes."""

    level: int
    number: int
    hashes: bytes

    @property
    def full(self) -> bool:
        """Whether it never changes again."""
        return len(self.hashes) == WIDTH * HASH_BYTES


class Edge:
    """The right edge of a growing tree: of each level the hashes of the last tile, which is not full. All that appending needs."""

    __slots__ = ("partial", "size")

    def __init__(self, size: int = 0, partial: Sequence[bytes] = ()) -> None:
        """`partial`: of each level from 0 on the hashes of the tile that is not full. ValueError where a tree of `size` has others."""
        self.size, self.partial = size, [bytearray(each) for each in partial]
        widths = [len(each) for each in self.partial]
        if widths != [HASH_BYTES * (size >> HEIGHT * level & WIDTH - 1) for level in range(len(widths))] or (
            size >> HEIGHT * len(widths)
        ):
            raise ValueError(f"these are not the tiles at the edge of a tree of {size}")

    def append(self, leaves: Iterable[bytes]) -> list[Tile]:
        """Add the hashes of leaves; the tiles that were begun or grew, each as it is afterwards, lower levels first."""
        before = self.size
        full: list[Tile] = []
        for leaf in leaves:
            self._add(0, leaf, full)
            self.size += 1
        grown = [
            Tile(level, self.size >> HEIGHT * (level + 1), bytes(hashes))
            for level, hashes in enumerate(self.partial)
            if hashes and self.size >> HEIGHT * level != before >> HEIGHT * level
        ]
        return sorted((*full, *grown))

    def _add(self, level: int, found: bytes, full: list[Tile]) -> None:
        if level == len(self.partial):
            self.partial.append(bytearray())
        tile = self.partial[level]
        tile += found
        if len(tile) == WIDTH * HASH_BYTES:
            number = self.size >> HEIGHT * (level + 1)
            full.append(Tile(level, number, bytes(tile)))
            self.partial[level] = bytearray()
            self._add(level + 1, _top(_hashes(bytes(tile))), full)

    def root(self) -> bytes:
        """The root of the tree as it is."""
        return Frontier(self.size, self._subtrees()).root()

    def _subtrees(self) -> Iterator[bytes]:
        """The perfect subtrees that the tree is made of, largest first."""
        for tile in reversed(self.partial):
            begun = Frontier()
            for each in _hashes(bytes(tile)):
                begun.append(each)
            yield from begun.hashes


def node_in(read: ReadTile) -> Node:
    """The hash of any perfect subtree, from the tiles; LookupError where a tile has not so many hashes."""

    def node(level: int, place: int) -> bytes:
        step = level % HEIGHT
        first = place << step
        tile = read(level // HEIGHT, first >> HEIGHT)
        start = first & WIDTH - 1
        found = tile[start * HASH_BYTES : (start + (1 << step)) * HASH_BYTES]
        if len(found) != HASH_BYTES << step:
            raise LookupError(f"the tile {level // HEIGHT}/{first >> HEIGHT} has no {start + (1 << step)} hashes")
        return _top(_hashes(found))

    return node


def edge_at(size: int, read: ReadTile) -> Edge:
    """The edge of the tree of the first `size` leaves, from the tiles; LookupError where they have not so many."""
    partial = []
    level = 0
    while size >> HEIGHT * level:
        width = size >> HEIGHT * level & WIDTH - 1
        tile = read(level, size >> HEIGHT * (level + 1))[: width * HASH_BYTES] if width else b""
        if len(tile) != width * HASH_BYTES:
            raise LookupError(f"the tile {level}/{size >> HEIGHT * (level + 1)} has no {width} hashes")
        partial.append(tile)
        level += 1
    return Edge(size, partial)


def tile_width(level: int, number: int, size: int) -> int:
    """How many hashes a tile has in a tree of `size` leaves: 0 where there is none, WIDTH where it is full."""
    return max(0, min(WIDTH, (size >> HEIGHT * level) - number * WIDTH))


def place_text(number: int, width: int = WIDTH) -> str:
    """The number of a tile as a path: 1234067 is x001/x234/067; with `.p/` and its width if it is not full."""
    last, rest = f"{number % 1000:03}", number // 1000
    while rest:
        last, rest = f"x{rest % 1000:03}/{last}", rest // 1000
    return last if width == WIDTH else f"{last}.p/{width}"


def parse_place(path: str) -> tuple[int, int]:
    """The number and width of a tile in its path; ValueError if it is none."""
    if found := _PLACE.fullmatch(path):
        number, width = int(found[1].replace("x", "").replace("/", "")), int(found[2] or WIDTH)
        if width <= WIDTH and place_text(number, width) == path:
            return number, width
    raise ValueError(f"{path!r} is no place of a tile")


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries in one file, each after its length in two bytes; ValueError where one is too long."""
    found = []
    for entry in entries:
        if len(entry) > LARGEST_ENTRY:
            raise ValueError(f"an entry of {len(entry)} bytes is too long")
        found.append(len(entry).to_bytes(2, "big") + entry)
    return b"".join(found)


def entries_in(bundled: bytes) -> Iterator[bytes]:
    """The entries of a bundle; ValueError where it is cut off."""
    at = 0
    while at < len(bundled):
        end = at + 2 + int.from_bytes(bundled[at : at + 2], "big")
        if end > len(bundled):
            raise ValueError("the bundle is cut off")
        yield bundled[at + 2 : end]
        at = end


def _hashes(found: bytes) -> list[bytes]:
    return [found[at : at + HASH_BYTES] for at in range(0, len(found), HASH_BYTES)]


def _top(row: list[bytes]) -> bytes:
    """The hash over a perfect subtree, from its lowest row."""
    while len(row) > 1:
        row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]
