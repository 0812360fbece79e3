"""The facts (事实): stored events as a bundle shows them, what commits to every byte of them, and the entry of the log that does."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from infrastructure.bundle.verifier.faults import CHANGED, Wrong
from infrastructure.bundle.verifier.source import parsed

CHINA = timezone(timedelta(hours=8))
START = datetime(2000, 1, 1, tzinfo=UTC)
STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"
CORRECTED = "case.corrected"


def _number(length: int) -> Callable[[Any], bytes]:
    def encode(value: Any) -> bytes:
        if type(value) is not int:
            raise ValueError("no whole number")
        return value.to_bytes(length, "big", signed=True)

    return encode


def _time(value: Any) -> bytes:
    return ((stamp(value) - START) // timedelta(microseconds=1)).to_bytes(8, "big", signed=True)


def _name(value: Any) -> bytes:
    if str(UUID(value)) != value:
        raise ValueError("not written as an id is")
    return UUID(value).bytes


def _flag(value: Any) -> bytes:
    if type(value) is not bool:
        raise ValueError("neither true nor false")
    return bytes([value])


def _words(value: Any) -> bytes:
    return bytes(value.encode())


STORED: Mapping[str, Callable[[Any], bytes]] = {
    "event_id": _name,
    "case_id": _name,
    "version": _number(8),
    "case_type": _words,
    "topic": _words,
    "payload_version": _number(2),
    "payload": _words,
    "file_id": _name,
    "file_version": _number(8),
    "occurred_at": _time,
    "recorded_at": _time,
    "department": _words,
    "officer": _words,
    "on_behalf_of": _words,
    "reason": _words,
    "correlation": _name,
    "causation": _name,
    "imported": _flag,
    "sealed": bytes.fromhex,
}
"""What is stored of an event, in the order in which it is committed to, and how each value becomes bytes."""

OPTIONAL = {"on_behalf_of", "reason", "correlation", "causation", "sealed"}


def stamp(text: Any) -> datetime:
    """An instant as it is written here: UTC with microseconds. Raises ValueError."""
    found = datetime.strptime(text, STAMP).replace(tzinfo=UTC)
    if found.strftime(STAMP) != text:
        raise ValueError(f"{text!r} is not written as an instant is")
    return found


def instant_of(value: str) -> datetime:
    """An instant that a payload tells, or the beginning of a day in China that it tells."""
    if len(value) == 10:
        day = date.fromisoformat(value)
        return datetime(day.year, day.month, day.day, tzinfo=CHINA)
    return datetime.fromisoformat(value)


def day_in_china(instant: datetime) -> date:
    """The day in China on which an instant falls."""
    return instant.astimezone(CHINA).date()


@dataclass(eq=False)
class Fact:
    """One event: where it stands in the log, what is stored of it, and what it says (`said`, which a correction may change)."""

    file: str
    index: int
    order: tuple[int, int, int]
    salt: bytes
    stored: dict[str, Any]
    said: dict[str, Any]
    occurred: datetime
    recorded: datetime

    @property
    def id(self) -> str:
        """What names the event."""
        return str(self.stored["event_id"])

    @property
    def case(self) -> str:
        """The case of the event."""
        return str(self.stored["case_id"])

    @property
    def version(self) -> int:
        """Which event of its case it is."""
        return int(self.stored["version"])

    @property
    def place(self) -> int:
        """Which event of its file it is."""
        return int(self.stored["file_version"])

    @property
    def topic(self) -> str:
        """What kind of fact it is."""
        return str(self.stored["topic"])

    @property
    def actor(self) -> str:
        """The organ whose act it is."""
        return str(self.stored["on_behalf_of"] or self.stored["department"])

    @property
    def matter(self) -> str | None:
        """The matter that it is about."""
        return self.said.get("matter")

    def entry(self, origin: str) -> bytes:
        """The entry of the log that stands for it."""
        parts = [_committed(name, encode, self.stored[name]) for name, encode in STORED.items()]
        bound = hmac.digest(self.salt, b"".join(parts), "sha256")
        shown = (("index", self.index), ("event", self.id), ("case", self.case), ("version", self.version))
        lines = "".join(f"{name} {value}\n" for name, value in shown)
        return (
            f"anjuan case-event/v1\n{origin}\n{lines}topic {self.topic}\nrecorded {self.stored['recorded_at']}\n"
            f"order {' '.join(map(str, self.order))}\ncommitment {bound.hex()}\n"
        ).encode()


def _committed(name: str, encode: Callable[[Any], bytes], value: Any) -> bytes:
    if value is None and name in OPTIONAL:
        return b"\xff\xff\xff\xff"
    found = encode(value)
    return len(found).to_bytes(4, "big") + found


def fact_in(shown: Any, file: str) -> Fact:
    """The fact that a file shows. Raises Wrong."""
    try:
        index, order, stored = shown["index"], tuple(shown["order"]), shown["fields"]
        if set(stored) != set(STORED) or set(shown) != {"index", "order", "salt", "fields"}:
            raise ValueError("it has other fields than an event")
        if len(order) != 3 or not all(type(each) is int for each in (index, *order)):
            raise ValueError("its place is no whole number")
        found = Fact(
            file=file,
            index=index,
            order=order,
            salt=bytes.fromhex(shown["salt"]),
            stored=stored,
            said=parsed(stored["payload"], file),
            occurred=stamp(stored["occurred_at"]),
            recorded=stamp(stored["recorded_at"]),
        )
        found.entry("")
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Wrong(file, CHANGED, f"不是事件：{error}", f"this shows no event: {error}") from error
    if not isinstance(found.said, dict):
        raise Wrong(file, CHANGED, "事件内容不是对象", "what the event says is no object")
    return found


def corrected(facts: list[Fact]) -> list[Fact]:
    """The facts with what the corrections among them say in the place of what was wrong."""
    found = {each.id: each for each in facts}
    for each in facts:
        wrong = found.get(each.said.get("corrects", "")) if each.topic == CORRECTED else None
        if wrong is not None:
            said = {**wrong.said, **each.said["values"]}
            at = each.said["occurred_at"]
            occurred = wrong.occurred if at is None else datetime.fromisoformat(at)
            found[wrong.id] = Fact(
                wrong.file, wrong.index, wrong.order, wrong.salt, wrong.stored, said, occurred, wrong.recorded
            )
    return list(found.values())
