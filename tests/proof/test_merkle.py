"""The tree is that of RFC 6962: published vectors agree, every proof verifies, and nothing that was changed does."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.proof.merkle import (
    EMPTY,
    BadProof,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
STRICTER = "consistency/additional/sizes-are-equal-one-and-proof-is-empty"
"""The one vector that we refuse: its roots are no hashes."""

LARGEST = 130


def accepted(check: Callable[[], None]) -> bool:
    """Whether a proof is accepted."""
    try:
        check()
    except BadProof:
        return False
    return True


@pytest.mark.parametrize("vector", VECTORS["inclusion"], ids=lambda vector: vector[0])
def test_published_proofs_of_inclusion(vector: list[object]) -> None:
    _, index, size, leaf, proof, root, valid = vector
    steps = [b64decode(step) for step in proof]
    assert accepted(lambda: verify_inclusion(index, size, b64decode(leaf), steps, b64decode(root))) is valid


@pytest.mark.parametrize("vector", VECTORS["consistency"], ids=lambda vector: vector[0])
def test_published_proofs_of_consistency(vector: list[object]) -> None:
    about, old, new, old_root, new_root, proof, valid = vector
    steps = [b64decode(step) for step in proof]
    outcome = accepted(lambda: verify_consistency(old, new, b64decode(old_root), b64decode(new_root), steps))
    assert outcome is (valid and about != STRICTER)


@cache
def tree() -> tuple[dict[tuple[int, int], bytes], list[bytes]]:
    """The subtrees of a tree of LARGEST leaves, and its root at every size."""
    nodes: dict[tuple[int, int], bytes] = {}
    growing = Frontier()
    roots = [growing.root()]
    for number in range(LARGEST):
        for level, place, found in growing.append(leaf_hash(f"entry {number}".encode())):
            nodes[level, place] = found
        roots.append(growing.root())
    return nodes, roots


def node(level: int, place: int) -> bytes:
    """A subtree of the tree."""
    return tree()[0][level, place]


def test_roots_are_what_the_definition_says() -> None:
    def defined(leaves: list[bytes]) -> bytes:
        if not leaves:
            return EMPTY
        if len(leaves) == 1:
            return leaves[0]
        half = 1 << ((len(leaves) - 1).bit_length() - 1)
        return node_hash(defined(leaves[:half]), defined(leaves[half:]))

    nodes, roots = tree()
    leaves = [nodes[0, number] for number in range(LARGEST)]
    assert roots == [defined(leaves[:size]) for size in range(LARGEST + 1)]
    assert root_of(leaves) == roots[-1]


def test_every_leaf_of_every_tree_has_its_proof() -> None:
    nodes, roots = tree()
    for size in range(1, LARGEST + 1):
        for index in range(size):
            verify_inclusion(index, size, nodes[0, index], inclusion_proof(index, size, node), roots[size])


def test_every_tree_begins_with_every_smaller_one() -> None:
    _, roots = tree()
    for new in range(LARGEST + 1):
        for old in range(new + 1):
            verify_consistency(old, new, roots[old], roots[new], consistency_proof(old, new, node))


def flipped(found: bytes, bit: int) -> bytes:
    """A hash with one bit changed."""
    changed = bytearray(found)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


bits = st.integers(0, 255)


@given(st.data(), bits)
def test_a_changed_bit_anywhere_in_a_proof_of_inclusion_is_refused(data: st.DataObject, bit: int) -> None:
    size = data.draw(st.integers(1, LARGEST))
    index = data.draw(st.integers(0, size - 1))
    leaf, root, proof = node(0, index), tree()[1][size], inclusion_proof(index, size, node)
    what = data.draw(st.integers(-2, len(proof) - 1))
    changed = [flipped(step, bit) if place == what else step for place, step in enumerate(proof)]
    with pytest.raises(BadProof):
        verify_inclusion(
            index, size, flipped(leaf, bit) if what == -2 else leaf, changed, flipped(root, bit) if what == -1 else root
        )


@given(st.data(), bits)
def test_a_changed_bit_anywhere_in_a_proof_of_consistency_is_refused(data: st.DataObject, bit: int) -> None:
    new = data.draw(st.integers(1, LARGEST))
    old = data.draw(st.integers(1, new))
    before, after, proof = tree()[1][old], tree()[1][new], consistency_proof(old, new, node)
    what = data.draw(st.integers(-2, len(proof) - 1))
    changed = [flipped(step, bit) if place == what else step for place, step in enumerate(proof)]
    with pytest.raises(BadProof):
        verify_consistency(
            old,
            new,
            flipped(before, bit) if what == -2 else before,
            flipped(after, bit) if what == -1 else after,
            changed,
        )


@given(st.data())
def test_a_proof_for_another_place_or_of_another_length_is_refused(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, LARGEST))
    index, other = data.draw(st.permutations(range(size)).map(lambda order: order[:2]))
    root, proof = tree()[1][size], inclusion_proof(index, size, node)
    with pytest.raises(BadProof):
        verify_inclusion(other, size, node(0, index), proof, root)
    with pytest.raises(BadProof):
        verify_inclusion(index, size, node(0, index), proof[:-1], root)
    with pytest.raises(BadProof):
        verify_inclusion(index, size, node(0, index), [*proof, EMPTY], root)


def test_a_frontier_is_resumed_where_it_was_left() -> None:
    growing = Frontier()
    for number in range(37):
        growing.append(leaf_hash(bytes([number])))
    again = Frontier(growing.size, growing.hashes)
    growing.append(EMPTY)
    again.append(EMPTY)
    assert growing.root() == again.root()
    with pytest.raises(ValueError, match="3 subtrees, not 2"):
        Frontier(37, growing.hashes[:2])


@pytest.mark.parametrize(("index", "size"), [(3, 3), (-1, 3), (0, 0)])
def test_there_is_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(index, size, node)
    with pytest.raises(BadProof):
        verify_inclusion(index, size, EMPTY, [], EMPTY)
