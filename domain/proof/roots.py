"""Roots on the way (沿途根值): a tree taken in tile by tile, and the roots that it had at the sizes at which somebody signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from domain.proof.merkle import Frontier
from domain.proof.tiles import HEIGHT, WIDTH


class Roots:
    """The tree over the leaves taken in so far. What it keeps does not grow with it. `top`: the hash over the last full tile."""

    __slots__ = ("_tiles", "top")

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        """`size`: a whole number of tiles; `hashes`: what the tree of so many leaves is made of, as `hashes` gave it."""
        if size % WIDTH:
            raise ValueError(f"{size} leaves are no whole number of tiles")
        self._tiles = Frontier(size >> HEIGHT, hashes)
        self.top = b""

    @property
    def size(self) -> int:
        """How many leaves were taken in."""
        return self._tiles.size << HEIGHT

    @property
    def hashes(self) -> tuple[bytes, ...]:
        """From what it can go on."""
        return tuple(self._tiles.hashes)

    def take(self, leaves: Sequence[bytes], stops: Iterable[int] = ()) -> dict[int, bytes]:
        """Take in the leaves of the next tile; the root at each of the sizes `stops`, which lie in it or at its end.

        Of a tile that is not full only the roots are answered: nothing can follow it.
        """
        wanted = sorted(set(stops))
        if wanted and not self.size < wanted[0] <= wanted[-1] <= self.size + len(leaves):
            raise ValueError(f"the sizes {wanted} do not lie between {self.size} and {self.size + len(leaves)}")
        rows = _rows(leaves)
        roots = {size: self._root(size, rows) for size in wanted if size < self.size + WIDTH}
        if len(leaves) == WIDTH:
            self.top = rows[-1][0]
            self._tiles.append(self.top)
            if wanted and wanted[-1] == self.size:
                roots[self.size] = self._tiles.root()
        return roots

    def _root(self, size: int, rows: Sequence[Sequence[bytes]]) -> bytes:
        """The root of the tree that ends inside the tile with these rows."""
        left, at, inside = size % WIDTH, 0, list[bytes]()
        for level in reversed(range(len(rows))):
            if left & 1 << level:
                inside.append(rows[level][at >> level])
                at += 1 << level
        return Frontier(size, (*self._tiles.hashes, *inside)).root()


def _rows(leaves: Sequence[bytes]) -> list[Sequence[bytes]]:
    """Leaves, the hashes over two of them, over four, and so on."""
    rows = [leaves]
    while len(row := rows[-1]) > 1:
        rows.append([sha256(b"\x01" + row[at] + row[at + 1]).digest() for at in range(0, len(row) - 1, 2)])
    return rows
