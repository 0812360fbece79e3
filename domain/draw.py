"""A random draw (随机抽取) that anyone can repeat: every name of the pool gets its place by a hash of seed and name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from unicodedata import normalize

METHOD = "sha256-order/1"
"""The method of `drawn`; another method, or a change of this one, has another name."""


def drawn(seed: str, pool: Iterable[str], count: int) -> tuple[str, ...]:
    """The first `count` names of the pool in the order of SHA-256 over `seed|name` in UTF-8, whatever their order in the pool.

    Seed and names are taken in Unicode form NFC without blanks at their ends, so that it does not matter who typed them.
    """
    words = plain(seed)
    return tuple(sorted(map(plain, pool), key=lambda name: _digest(f"{words}|{name}"))[:count])


def commitment(seed: str) -> str:
    """What is published before the draw to show that the seed was not chosen afterwards: SHA-256 of the seed, in hexadecimal."""
    return _digest(plain(seed))


def plain(text: str) -> str:
    """A seed or a name as it is hashed."""
    return normalize("NFC", text).strip()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
