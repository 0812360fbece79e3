"""Faults (篡改辨识): what happened to stored events whose hashes are not those that the signed tree has in their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from uuid import UUID

from domain.proof.entry import CASE_ID, TOPIC, VERSION, Order, StoredEvent, commitment, entry_shown, entry_text
from domain.proof.findings import Cause, Finding
from domain.proof.merkle import leaf_hash

MOST_PAIRS = 250_000
"""Up to so many comparisons every event is tried in every place; beyond that only near its own, and as far off as others were."""

NEAR = 40
BEGINNING = Order(0, 0, 0)


@dataclass(slots=True)
class Wrong:
    """What does not agree. `expected`: the leaves of the signed tree in places where another event stands, or none.

    `standing`: by index, the events in those places, and some that follow the end of the tree. `strays`: events that the log does
    not name. `named`: by index, the number of a row that the log gives in a place without event. `end`: the order of the log's last
    event, after which events may still be waiting for their place.
    """

    expected: dict[int, bytes] = field(default_factory=dict)
    standing: dict[int, StoredEvent] = field(default_factory=dict)
    strays: list[StoredEvent] = field(default_factory=list)
    named: dict[int, int] = field(default_factory=dict)
    end: Order = BEGINNING


@dataclass(slots=True)
class _Known:
    """Whose place is known: `moved`, from index to index; `lost`, strays by index; `renumbered`, strays by index."""

    moved: dict[int, int] = field(default_factory=dict)
    lost: dict[int, StoredEvent] = field(default_factory=dict)
    renumbered: dict[int, StoredEvent] = field(default_factory=dict)


def explained(ledger: str, wrong: Wrong) -> list[Finding]:
    """What happened in each of these places: an event that belongs elsewhere was reordered, one that belongs nowhere was changed or
    inserted, one that is nowhere was removed. What moved together is one finding."""
    known = _known(ledger, wrong)
    owned = set(known.moved.values()) | known.lost.keys() | known.renumbered.keys()
    findings = [_lost(index, each) for index, each in known.lost.items()]
    findings += [_renumbered(index, each) for index, each in known.renumbered.items()]
    findings += _moves(sorted(known.moved.items()))
    for index in sorted(wrong.expected.keys() - owned):
        here = None if index in known.moved else wrong.standing.get(index)
        findings.append(_removed(index) if here is None else _changed(index, here))
    strangers = sorted((wrong.standing.keys() & owned) - known.moved.keys())
    findings += [_inserted(index, wrong.standing[index]) for index in strangers]
    explained_strays = [*known.lost.values(), *known.renumbered.values()]
    return findings + [_stray(each, wrong.end) for each in wrong.strays if each not in explained_strays]


def _known(ledger: str, wrong: Wrong) -> _Known:
    """Try events in places: an event that hashes to what the tree has there belongs there."""
    known, free = _Known(), dict(wrong.expected)
    every = len(wrong.standing) * len(wrong.expected) <= MOST_PAIRS
    shifts: list[int] = []
    for index, stored in wrong.standing.items():
        fits = _fitting(ledger, stored)
        near = chain((index + each for each in reversed(shifts[-NEAR:])), range(index - NEAR, index + NEAR + 1))
        for place in chain(near, tuple(free)) if every else near:
            if place in free and fits(place) == free[place]:
                known.moved[index] = place
                shifts.append(place - index)
                del free[place]
                break
    for stray in wrong.strays if len(wrong.strays) * len(free) <= MOST_PAIRS else ():
        _place_stray(ledger, wrong, stray, known, free)
    return known


def _place_stray(ledger: str, wrong: Wrong, stray: StoredEvent, known: _Known, free: dict[int, bytes]) -> None:
    fits = _fitting(ledger, stray)
    for place, leaf in free.items():
        number = wrong.named.get(place)
        if fits(place) == leaf:
            known.lost[place] = stray
        elif number is not None and _fitting(ledger, _numbered(stray, number))(place) == leaf:
            known.renumbered[place] = stray
        else:
            continue
        del free[place]
        return


def _numbered(stray: StoredEvent, number: int) -> StoredEvent:
    return stray._replace(order=stray.order._replace(event_no=number))


def _fitting(ledger: str, stored: StoredEvent) -> Callable[[int], bytes | None]:
    """The leaf that an event would be at an index; None everywhere if it is not even an event any more."""
    try:
        bound, shown = commitment(stored.salt, stored.fields), entry_shown(stored.fields)
    except (ValueError, OverflowError):
        return lambda index: None
    return lambda index: leaf_hash(entry_text(ledger, index, stored.order, *shown, bound))


def _moves(moved: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Neighbours that stand equally far off are one run."""
    begin = 0
    for at in range(1, len(moved) + 1):
        last = moved[at - 1]
        if at < len(moved) and moved[at] == (last[0] + 1, last[1] + 1):
            continue
        yield _moved(moved[begin], last)
        begin = at


def _moved(first: tuple[int, int], last: tuple[int, int]) -> Finding:
    here, there = _span(first[0], last[0]), _span(first[1], last[1])
    return Finding(
        Cause.REORDERED, f"position {here}", f"这里的事件应当在 {there}。", f"What stands here belongs at {there}."
    )


def _span(first: int, last: int) -> str:
    """Positions of indices."""
    return str(first + 1) if first == last else f"{first + 1}-{last + 1}"


def _changed(index: int, stored: StoredEvent) -> Finding:
    return Finding(
        Cause.CHANGED,
        f"position {index + 1}",
        f"{_name(stored)} 与签名时不同。",
        f"{_name(stored)} is not what was signed.",
    )


def _inserted(index: int, stored: StoredEvent) -> Finding:
    said = f"{_name(stored)} 从未签入。", f"{_name(stored)} was never signed."
    return Finding(Cause.INSERTED, f"position {index + 1}", *said)


def _removed(index: int) -> Finding:
    return Finding(
        Cause.REMOVED, f"position {index + 1}", "已签入的事件不见了。", "The event that was signed here is gone."
    )


def _stray(stored: StoredEvent, end: Order) -> Finding:
    where = f"row {stored.order.event_no}"
    if stored.order > end:
        said = f"{_name(stored)} 逾时未编入日志。", f"{_name(stored)} is overdue in the log."
        return Finding(Cause.UNSIGNED, where, *said)
    said = f"{_name(stored)} 在库中，但日志越过了它。", f"{_name(stored)} is stored, but the log has passed it over."
    return Finding(Cause.INSERTED, where, *said)


def _lost(index: int, stored: StoredEvent) -> Finding:
    said = (
        f"{_name(stored)} 还在，但日志不再指向它。",
        f"{_name(stored)} is still there, but the log does not name it any more.",
    )
    return Finding(Cause.REMOVED, f"position {index + 1}", *said)


def _renumbered(index: int, stored: StoredEvent) -> Finding:
    said = f"{_name(stored)} 的行号被更改。", f"The row number of {_name(stored)} was changed."
    return Finding(Cause.CHANGED, f"position {index + 1}", *said)


def _name(stored: StoredEvent) -> str:
    """An event as people find it: its case and version, and its topic."""
    case, version, topic = (stored.fields[place] or b"" for place in (CASE_ID, VERSION, TOPIC))
    number = int.from_bytes(version, "big", signed=True)
    return f"{UUID(bytes=case) if len(case) == 16 else '?'} #{number} {topic.decode(errors='replace')}"
