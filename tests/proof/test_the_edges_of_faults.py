"""How far what happened to events is looked for, to the place, and in which words it is told."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.proof import faults
from domain.proof.entry import CASE_ID, TOPIC, VERSION, Order, StoredEvent, entry_of, field_bytes
from domain.proof.faults import Wrong, explained
from domain.proof.findings import Cause, Finding
from domain.proof.merkle import leaf_hash
from tests.proof.test_forms import VALUES

ORIGIN = "anjuan/county/1"
ONE, OTHER = (
    StoredEvent(Order(1, 7, number), b"s" * 16, field_bytes({**VALUES, "version": number})) for number in (1, 2)
)
FIRST, SECOND = (f"{UUID(int=2)} #{number} complaint.accepted" for number in (1, 2))


def leaf(event: StoredEvent, index: int) -> bytes:
    """What the tree has of an event at an index."""
    return leaf_hash(entry_of(ORIGIN, index, event))


def exchanged(apart: int) -> list[Cause]:
    """What is found where two events, so far apart, stand each in the place of the other."""
    signed = {0: leaf(ONE, 0), apart: leaf(OTHER, apart)}
    return [each.cause for each in explained(ORIGIN, Wrong(signed, {0: OTHER, apart: ONE}))]


REORDERED, CHANGED = [Cause.REORDERED] * 2, [Cause.CHANGED] * 2


def test_few_events_are_looked_for_everywhere_and_many_within_forty_places(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (faults.MOST_PAIRS, faults.NEAR) == (250_000, 40)
    assert exchanged(40) == exchanged(41) == exchanged(9_999) == REORDERED
    monkeypatch.setattr(faults, "MOST_PAIRS", 4)
    assert exchanged(41) == REORDERED
    monkeypatch.setattr(faults, "MOST_PAIRS", 3)
    assert exchanged(41) == exchanged(9_999) == CHANGED
    assert exchanged(40) == exchanged(1) == REORDERED


def test_places_of_strays_are_looked_for_while_both_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Wrong({4: leaf(ONE, 4)}, strays=[ONE], end=ONE.order)
    monkeypatch.setattr(faults, "MOST_PAIRS", 1)
    assert [each.cause for each in explained(ORIGIN, wrong)] == [Cause.REMOVED]
    monkeypatch.setattr(faults, "MOST_PAIRS", 0)
    assert [each.cause for each in explained(ORIGIN, wrong)] == [Cause.REMOVED, Cause.INSERTED]


def told(wrong: Wrong) -> list[Finding]:
    """What is found."""
    return explained(ORIGIN, wrong)


def test_what_stands_elsewhere_is_told_in_these_words() -> None:
    assert told(Wrong({1: leaf(ONE, 1)}, {8: ONE})) == [
        Finding(Cause.REORDERED, "position 9", "这里的事件应当在 2。", "What stands here belongs at 2.")
    ]
    assert told(Wrong({1: leaf(ONE, 1), 2: leaf(OTHER, 2)}, {8: ONE, 9: OTHER})) == [
        Finding(Cause.REORDERED, "position 9-10", "这里的事件应当在 2-3。", "What stands here belongs at 2-3.")
    ]


def test_what_is_changed_put_in_or_gone_is_told_in_these_words() -> None:
    gone = Finding(Cause.REMOVED, "position 2", "已签入的事件不见了。", "The event that was signed here is gone.")
    assert told(Wrong({1: leaf(ONE, 1)})) == [gone]
    assert told(Wrong({1: leaf(ONE, 1)}, {1: OTHER})) == [
        Finding(Cause.CHANGED, "position 2", f"{SECOND} 与签名时不同。", f"{SECOND} is not what was signed.")
    ]
    assert told(Wrong({1: leaf(ONE, 1)}, {1: OTHER, 2: ONE}))[1:] == [
        Finding(Cause.INSERTED, "position 2", f"{SECOND} 从未签入。", f"{SECOND} was never signed.")
    ]


def test_what_the_log_does_not_name_is_told_in_these_words() -> None:
    overdue = Finding(Cause.UNSIGNED, "row 2", f"{SECOND} 逾时未编入日志。", f"{SECOND} is overdue in the log.")
    passed = Finding(
        Cause.INSERTED,
        "row 2",
        f"{SECOND} 在库中，但日志越过了它。",
        f"{SECOND} is stored, but the log has passed it over.",
    )
    assert told(Wrong(strays=[OTHER], end=ONE.order)) == [overdue]
    assert told(Wrong(strays=[OTHER], end=OTHER.order)) == [passed]
    assert told(Wrong({1: leaf(ONE, 1)}, strays=[ONE])) == [
        Finding(
            Cause.REMOVED,
            "position 2",
            f"{FIRST} 还在，但日志不再指向它。",
            f"{FIRST} is still there, but the log does not name it any more.",
        )
    ]
    assert told(Wrong({1: leaf(ONE, 1)}, strays=[ONE._replace(order=Order(1, 7, 99))], named={1: 1})) == [
        Finding(Cause.CHANGED, "position 2", f"{FIRST} 的行号被更改。", f"The row number of {FIRST} was changed.")
    ]


@pytest.mark.parametrize(
    ("case", "version", "topic", "name"),
    [
        (None, None, None, "? #0 "),
        (b"x" * 15, b"\0\x07", b"a", "? #7 a"),
        (UUID(int=2).bytes, b"\xff" * 8, b"a\xff", f"{UUID(int=2)} #-1 a\ufffd"),
    ],
)
def test_what_is_no_event_any_more_is_called_by_what_is_left_of_it(
    case: bytes | None, version: bytes | None, topic: bytes | None, name: str
) -> None:
    fields = list(ONE.fields)
    fields[CASE_ID], fields[VERSION], fields[TOPIC] = case, version, topic
    ((_, _, _, said),) = told(Wrong({1: leaf(ONE, 1)}, {1: ONE._replace(fields=fields)}))
    assert said == f"{name} is not what was signed."
