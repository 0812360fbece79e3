"""Whose signatures count (信任): the public keys that whoever checks a log has from elsewhere, and through which size each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.proof.checkpoint import BadCheckpoint, whole_number
from domain.proof.note import BadNote, VerifierKey

THROUGH = " through "


@dataclass(frozen=True, slots=True)
class Trusted:
    """A key that counts; one that was retired counts for trees of at most `through` leaves."""

    key: VerifierKey
    through: int | None = None

    def __str__(self) -> str:
        return str(self.key) if self.through is None else f"{self.key}{THROUGH}{self.through}"

    def counts(self, size: int) -> bool:
        """Whether it may sign a tree of so many leaves."""
        return self.through is None or size <= self.through


def read_trusted(text: str) -> tuple[Trusted, ...]:
    """The keys in a text, one a line; empty lines and those that begin with # say nothing. Raises BadNote."""
    lines = (each.strip() for each in text.splitlines())
    return tuple(_read(each) for each in lines if each and not each.startswith("#"))


def counting(trusted: Iterable[Trusted], size: int) -> list[VerifierKey]:
    """The keys whose signature under a tree of so many leaves counts."""
    return [each.key for each in trusted if each.counts(size)]


def _read(line: str) -> Trusted:
    vkey, retired, through = line.partition(THROUGH)
    try:
        return Trusted(VerifierKey.parse(vkey), whole_number(through) if retired else None)
    except BadCheckpoint as error:
        raise BadNote(f"{line!r} is no trusted key") from error
