"""Checkpoints (检查点): how many entries a log has and what they hash to, as the text that is signed (C2SP tlog-checkpoint)."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass

from domain.proof.merkle import HASH_BYTES


class BadCheckpoint(ValueError):
    """A text is no checkpoint; the message says why."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: the `origin` that names it for ever, `size` in entries, and the `root` over them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """The checkpoint in a signed text, exactly three lines. Raises BadCheckpoint."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0]:
            raise BadCheckpoint("a checkpoint of this log has three lines: origin, size, root")
        origin, size, root = lines[:3]
        return cls(origin, whole_number(size), hash_in(root))


def whole_number(text: str) -> int:
    """A number in ASCII digits without leading zeroes. Raises BadCheckpoint."""
    if not (text.isascii() and text.isdigit()) or (text[0] == "0" and text != "0") or len(text) > 19:
        raise BadCheckpoint(f"{text!r} is no whole number")
    return int(text)


def hash_in(text: str) -> bytes:
    """A hash in base64. Raises BadCheckpoint."""
    try:
        found = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadCheckpoint(f"{text!r} is no base64") from error
    if len(found) != HASH_BYTES or b64encode(found).decode() != text:
        raise BadCheckpoint(f"{text!r} is no hash of {HASH_BYTES} bytes")
    return found
