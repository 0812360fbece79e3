"""Rows by what was known of them (所知沿革): each version of a row from when until when, so that a list as of a day is the list of that day."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Generic, TypeVar

from domain.kernel import Entry, EventCorrected, amended

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Version = tuple[K, V, datetime, datetime | None]
"""What a row was called, what it said, since when that was known, and until when."""


class Versions(Generic[K, V]):
    """Rows as they become known, in order of time. What was known for no time at all leaves no version."""

    def __init__(self) -> None:
        self._present: dict[K, tuple[V, datetime]] = {}
        self._past: list[Version[K, V]] = []

    def learn(self, at: datetime, key: K, value: V) -> None:
        """From an instant on a row says this."""
        known = self._present.get(key)
        if known is None or known[0] != value:
            self._end(at, key)
            self._present[key] = (value, at)

    def learn_all(self, at: datetime, found: Mapping[K, V]) -> None:
        """From an instant on these are the rows, and there are no others."""
        for key in [key for key in self._present if key not in found]:
            self._end(at, key)
            del self._present[key]
        for key, value in found.items():
            self.learn(at, key, value)

    def _end(self, at: datetime, key: K) -> None:
        known = self._present.get(key)
        if known is not None and known[1] < at:
            self._past.append((key, known[0], known[1], at))

    def __iter__(self) -> Iterator[Version[K, V]]:
        yield from self._past
        for key, (value, since) in self._present.items():
            yield key, value, since, None


Told = Callable[[Sequence[Entry]], Iterator[Mapping[K, V] | None]]
"""Tells facts one after the other: after each the rows as they are then, or None where it changed none."""


def _always(entry: Entry) -> bool:
    return True


def versions(
    entries: Sequence[Entry], tell: Told[K, V], *, concerns: Callable[[Entry], bool] = _always
) -> Versions[K, V]:
    """The rows that `tell` makes of the facts, as they became known; once corrected, facts are told again from the start.

    `concerns`: whether a fact can change a row at all.
    """
    found: Versions[K, V] = Versions()
    corrected = next((n for n, entry in enumerate(entries) if isinstance(entry.event, EventCorrected)), len(entries))
    for entry, rows in zip(entries[:corrected], tell(entries[:corrected]), strict=True):
        if rows is not None:
            found.learn_all(entry.known_at(), rows)
    for place in range(corrected, len(entries)):
        if not (isinstance(entries[place].event, EventCorrected) or concerns(entries[place])):
            continue
        *_, last = (rows for rows in ({}, *tell(amended(entries[: place + 1]))) if rows is not None)
        found.learn_all(entries[place].known_at(), last)
    return found
