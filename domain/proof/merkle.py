"""The Merkle tree (默克尔树) of RFC 6962, exactly: hashes, roots, and proofs that an entry is in a log and that a log only grew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

HASH_BYTES = 32
EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""

Node = Callable[[int, int], bytes]
"""The hash of the perfect subtree of `2**level` leaves that has this place among those of its level: `node(level, place)`."""


class BadProof(ValueError):
    """A proof does not show what it claims; the message says what is wrong."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry of the log (RFC 6962, 2.1)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two neighbouring subtrees (RFC 6962, 2.1)."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The hashes of the perfect subtrees that a growing tree is made of, largest first: all that appending needs."""

    __slots__ = ("hashes", "size")

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        """Raises ValueError where a tree of `size` leaves is not made of so many subtrees."""
        self.size, self.hashes = size, list(hashes)
        if len(self.hashes) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves is made of {size.bit_count()} subtrees, not {len(self.hashes)}")

    def append(self, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Add the hash of one leaf; answers every perfect subtree that it completes as (level, place, hash), leaf first."""
        level, place, found = 0, self.size, leaf
        completed = [(level, place, found)]
        while place & 1:
            level, place, found = level + 1, place >> 1, node_hash(self.hashes.pop(), found)
            completed.append((level, place, found))
        self.hashes.append(found)
        self.size += 1
        return iter(completed)

    def root(self) -> bytes:
        """The root of the tree as it is (RFC 6962, 2.1)."""
        return _joined(self.hashes)


def _joined(parts: Sequence[bytes]) -> bytes:
    """The hash over subtrees of falling size: joined from the right."""
    if not parts:
        return EMPTY
    found = parts[-1]
    for part in reversed(parts[:-1]):
        found = node_hash(part, found)
    return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over the hashes of leaves."""
    tree = Frontier()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def _range(low: int, high: int, node: Node) -> bytes:
    """The hash over the leaves from `low` to before `high`; `low` is where a subtree of that size may begin."""
    parts = []
    while low < high:
        level = (high - low).bit_length() - 1
        parts.append(node(level, low >> level))
        low += 1 << level
    return _joined(parts)


def _half(size: int) -> int:
    """The largest power of two smaller than the size."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """The audit path of a leaf in the tree of the first `size` leaves (RFC 6962, 2.1.1), from the leaf upwards."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _half(high - low)
        if index < middle:
            path.append(_range(middle, high, node))
            high = middle
        else:
            path.append(_range(low, middle, node))
            low = middle
    return path[::-1]


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """What shows that the tree of `new` leaves begins with the tree of `old` (RFC 6962, 2.1.2)."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves does not begin with {old}")
    if old in (0, new):
        return []
    path: list[bytes] = []
    low, high, whole = 0, new, True
    while old != high:
        middle = low + _half(high - low)
        if old <= middle:
            path.append(_range(middle, high, node))
            high = middle
        else:
            path.append(_range(low, middle, node))
            low, whole = middle, False
    if not whole:
        path.append(_range(low, high, node))
    return path[::-1]


def _check_lengths(**hashes: bytes | Sequence[bytes]) -> None:
    for name, found in hashes.items():
        if any(len(each) != HASH_BYTES for each in ([found] if isinstance(found, bytes) else found)):
            raise BadProof(f"{name} is not {HASH_BYTES} bytes long")


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Check that the leaf with this hash is at `index` in the tree with this root. Raises BadProof."""
    if not 0 <= index < size:
        raise BadProof(f"there is no leaf {index} in a tree of {size}")
    _check_lengths(leaf=leaf, proof=proof, root=root)
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise BadProof("the proof is too long")
        if place & 1 or place == last:
            found = node_hash(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    if last != 0:
        raise BadProof("the proof is too short")
    if found != root:
        raise BadProof("the proof leads to another root")


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that the tree with `new_root` begins with the tree with `old_root`. Raises BadProof."""
    _check_lengths(old_root=old_root, new_root=new_root, proof=proof)
    if not 0 <= old <= new:
        raise BadProof(f"a tree of {new} leaves does not begin with {old}")
    if old in (0, new):
        _check_trivial(old, old_root, new_root, new, proof)
        return
    if not proof:
        raise BadProof("the proof is too short")
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise BadProof("the proof is too long")
        if place & 1 or place == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, step)
        place, last = place >> 1, last >> 1
    if last != 0:
        raise BadProof("the proof is too short")
    if before != old_root:
        raise BadProof("the proof leads to another old root")
    if after != new_root:
        raise BadProof("the proof leads to another new root")


def _check_trivial(old: int, old_root: bytes, new_root: bytes, new: int, proof: Sequence[bytes]) -> None:
    if proof:
        raise BadProof("the proof is too long")
    if old == 0 and old_root != EMPTY:
        raise BadProof("the old root is not that of an empty tree")
    if old == new and old_root != new_root:
        raise BadProof("two roots of one size differ")
