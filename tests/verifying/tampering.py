"""Every small thing that can be done to a stored ledger: each byte of each column, each row taken, doubled, moved or put between."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.proof.findings import Cause
from infrastructure.verifying.found import Check
from tests.verifying.attacked import LOG, Attack, Attacked
from tests.verifying.test_verifying import insert, insert_at_the_end, remove, roll_back, shift

CHECKS = LOG - {Check.VERSIONS, Check.SEALS, Check.MANIFESTS, Check.ANCHORS}
SEALED = frozenset({Check.SEALS})
COLUMNS = (
    "event_no", "event_id", "case_id", "version", "case_type", "topic", "payload_version", "payload", "file_id", "file_version",
    "occurred_at", "recorded_at", "department", "officer", "on_behalf_of", "reason", "correlation", "causation", "imported", "salt",
    "tx", "incarnation", "sealed",
)  # fmt: skip
"""Every column of an event."""

CHANGED, GONE = frozenset({Cause.CHANGED}), frozenset({Cause.REMOVED})
"""An event under another number is a row that the log names no more; the last one might still be waiting for its place."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing that is done, by which checks it is to be found, the causes of which at least one must be named, and where."""

    what: str
    attack: Attack
    causes: frozenset[Cause]
    where: str = ""
    checks: frozenset[Check] = CHECKS


def attempts(on: Attacked) -> Iterator[Attempt]:
    """All of them, always in the same order."""
    size = on.run("SELECT max(position) FROM {schema}.log")[0][0]
    for position in range(1, size + 1):
        yield from _events(on, position)
    yield from _tiles(on)
    yield from _checkpoints(on)
    yield from _vault(on)
    yield from _places(size)
    yield from _rows(size)


def _events(on: Attacked, position: int) -> Iterator[Attempt]:
    ((row),) = on.run(
        f"SELECT {', '.join(COLUMNS)} FROM {{schema}}.events JOIN {{schema}}.log USING (event_no) WHERE position = %s",
        position,
    )
    for column, value in zip(COLUMNS, row, strict=True):
        for n, other in enumerate(others(column, value)):
            named = GONE | CHANGED if column == "event_no" else CHANGED
            yield Attempt(f"{column} of {position}, {n}", _update(column, row[0], other), named, f"position {position}")


def _update(column: str, number: int, value: Any) -> Attack:
    return lambda on: on.run(f"UPDATE {{schema}}.events SET {column} = %s WHERE event_no = %s", value, number)


def others(column: str, value: Any) -> Iterator[Any]:
    """What else may stand in a column: with each byte changed, and without a value or with one."""
    if column in ("on_behalf_of", "reason"):
        yield "x" if value is None else None
    elif column in ("correlation", "causation"):
        yield UUID(int=7) if value is None else None
    elif column == "sealed" and value is None:
        yield b"x"
    match value:
        case bool():
            yield not value
        case int():
            yield from (
                other for bit in range(15 if column == "payload_version" else 31) if 0 < (other := value ^ (1 << bit))
            )
        case UUID():
            yield from (UUID(bytes=each) for each in flipped(value.bytes))
        case datetime():
            yield from (value + sign * timedelta(microseconds=256**n) for n in range(6) for sign in (1, -1))
        case bytes():
            yield from flipped(value)
            yield value + b"\0"
        case str() if column == "tx":
            yield str(int(value) + 1)
        case str():
            yield from (value[:n] + chr(ord(each) ^ 1) + value[n + 1 :] for n, each in enumerate(value))
            yield value + " "
        case _:
            assert value is None


def flipped(value: bytes) -> Iterator[bytes]:
    """The same with one byte changed, each in turn."""
    return (value[:n] + bytes([each ^ 1 << n % 8]) + value[n + 1 :] for n, each in enumerate(value))


def _tiles(on: Attacked) -> Iterator[Attempt]:
    for level, number, hashes in on.run("SELECT level, number, hashes FROM {schema}.tile"):
        for n, other in enumerate(flipped(hashes)):
            yield Attempt(f"tile {level}/{number}, {n}", _tile(level, number, other), CHANGED, f"tile {level}/{number}")


def _tile(level: int, number: int, hashes: bytes) -> Attack:
    return lambda on: on.run(
        "UPDATE {schema}.tile SET hashes = %s WHERE (level, number) = (%s, %s)", hashes, level, number
    )


def _checkpoints(on: Attacked) -> Iterator[Attempt]:
    told = frozenset({Cause.CHANGED, Cause.UNSIGNED})
    for size, note in on.run("SELECT size, note FROM {schema}.checkpoint"):
        for n, each in enumerate(note):
            other = note[:n] + ("x" if each != "x" else "y") + note[n + 1 :]
            yield Attempt(f"checkpoint {size}, {n}", _checkpoint(size, other), told, f"checkpoint {size}")


def _checkpoint(size: int, note: str) -> Attack:
    return lambda on: on.run("UPDATE {schema}.checkpoint SET note = %s WHERE size = %s", note, size)


def _vault(on: Attacked) -> Iterator[Attempt]:
    for reference, value, event in on.run("SELECT reference, value, event_id FROM {schema}.vault"):
        for n, each in enumerate(value):
            other = value[:n] + ("x" if each != "x" else "y") + value[n + 1 :]
            yield Attempt(f"vault {reference}, {n}", _secret(reference, other), CHANGED, f"event {event}", SEALED)


def _secret(reference: UUID, value: str) -> Attack:
    return lambda on: on.run("UPDATE {schema}.vault SET value = %s WHERE reference = %s", value, reference)


def _places(size: int) -> Iterator[Attempt]:
    """Every two places of the log swapped, and every place given to another event."""
    for one, other in itertools.combinations(range(1, size + 1), 2):
        yield Attempt(f"swap {one} and {other}", _swap(one, other), frozenset({Cause.REORDERED}), f"position {one}")
    for place in range(1, size + 1):
        yield Attempt(f"renumber {place}", _renumber(place), GONE, f"position {place}")


def _swap(one: int, other: int) -> Attack:
    def attack(on: Attacked) -> None:
        on.run(
            "UPDATE {schema}.log SET position = CASE position WHEN %s THEN 5001 ELSE 5002 END WHERE position IN (%s, %s)",
            one,
            one,
            other,
        )
        on.run(
            "UPDATE {schema}.log SET position = CASE position WHEN 5001 THEN %s ELSE %s END WHERE position > 5000",
            other,
            one,
        )

    return attack


def _renumber(place: int) -> Attack:
    return lambda on: on.run("UPDATE {schema}.log SET event_no = 7000 WHERE position = %s", place)


def _rows(size: int) -> Iterator[Attempt]:
    """Every event removed, with the gap left or closed; one put at every place; the log cut off, and put back, at every size."""
    for place in range(1, size + 1):
        yield Attempt(f"remove {place}", lambda on, place=place: remove(on, place), GONE, f"position {place}")
        yield Attempt(f"remove {place} and close", _closed(place), GONE, f"position {place}")
        yield Attempt(f"insert at {place}", _between(place), frozenset({Cause.INSERTED}), f"position {place}")
        yield Attempt(f"cut off from {place}", _cut(place), GONE, f"position {place}")
        if place < size:
            beside = frozenset({Cause.INSERTED})
            yield Attempt(f"insert beside {place}", lambda on, place=place: insert(on, like=place), beside)
            yield Attempt(
                f"roll back to {place}", lambda on, place=place: roll_back(on, place), frozenset({Cause.ROLLED_BACK})
            )
    yield Attempt("unsigned", _unsigned, frozenset({Cause.UNSIGNED}))


def _unsigned(on: Attacked) -> None:
    """Longer ago than anything may wait, by the clock of the transaction, which stands."""
    ((late,),) = on.run("SELECT now() - interval '40 seconds'")
    insert_at_the_end(on, recorded_at=late.isoformat())


def _closed(place: int) -> Attack:
    def attack(on: Attacked) -> None:
        remove(on, place)
        shift(on, after=place, by=-1)

    return attack


def _between(place: int) -> Attack:
    def attack(on: Attacked) -> None:
        insert(on, like=place)
        shift(on, after=place - 1, by=1)
        on.run("INSERT INTO {schema}.log VALUES (%s, 900)", place)

    return attack


def _cut(place: int) -> Attack:
    def attack(on: Attacked) -> None:
        on.run(
            "DELETE FROM {schema}.events WHERE event_no IN (SELECT event_no FROM {schema}.log WHERE position >= %s)",
            place,
        )
        on.run("DELETE FROM {schema}.log WHERE position >= %s", place)

    return attack
