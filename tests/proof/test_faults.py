"""What was done to stored events is named: changed, removed, inserted or reordered, and where."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.proof import faults
from domain.proof.entry import NAMES, Order, StoredEvent, entry_of, field_bytes
from domain.proof.faults import Wrong, explained
from domain.proof.findings import Cause, Finding
from domain.proof.merkle import leaf_hash, root_of
from domain.proof.roots import Roots
from domain.proof.tiles import WIDTH
from tests.proof.test_forms import VALUES

ORIGIN = "anjuan/county/1"
SIZE = 12


def stored(number: int) -> StoredEvent:
    """An event of a log."""
    values = {**VALUES, "event_id": UUID(int=number + 1), "version": number + 1}
    return StoredEvent(Order(1, 100 + number, number + 1), bytes([number]) * 16, field_bytes(values))


EVENTS = [stored(number) for number in range(SIZE)]
LEAVES = [leaf_hash(entry_of(ORIGIN, index, each)) for index, each in enumerate(EVENTS)]


def compared(log: list[StoredEvent | None], strays: tuple[StoredEvent, ...] = ()) -> list[tuple[Cause, str]]:
    """What is found of a log that has come to look like this: None where its row names no event."""
    wrong = Wrong(strays=list(strays))
    for index in range(max(len(log), SIZE)):
        here = log[index] if index < len(log) else None
        fits = here is not None and index < SIZE and leaf_hash(entry_of(ORIGIN, index, here)) == LEAVES[index]
        if index < SIZE and not fits:
            wrong.expected[index] = LEAVES[index]
        if here is not None and not fits:
            wrong.standing[index] = here
        if here is None and index < SIZE:
            wrong.named[index] = EVENTS[index].order.event_no
    return [each[:2] for each in explained(ORIGIN, wrong)]


def changed(event: StoredEvent, column: str) -> StoredEvent:
    """The event with another value in a column."""
    fields, place = list(event.fields), NAMES.index(column)
    before = fields[place] or b"\0"
    fields[place] = bytes([before[0] ^ 1]) + before[1:]
    return event._replace(fields=tuple(fields))


def without(index: int) -> list[StoredEvent | None]:
    return [None if each is EVENTS[index] else each for each in EVENTS]


def test_an_untouched_log_has_no_fault() -> None:
    assert compared(list(EVENTS)) == []


@pytest.mark.parametrize(
    "column", ["payload", "department", "occurred_at", "reason", "event_id", "recorded_at", "version"]
)
def test_a_changed_column_is_a_change_in_its_place(column: str) -> None:
    assert compared([*EVENTS[:3], changed(EVENTS[3], column), *EVENTS[4:]]) == [(Cause.CHANGED, "position 4")]


def test_another_salt_or_transaction_is_a_change() -> None:
    for other in (
        EVENTS[3]._replace(salt=b"x" * 16),
        EVENTS[3]._replace(order=Order(1, 99, 4)),
    ):
        assert compared([*EVENTS[:3], other, *EVENTS[4:]]) == [(Cause.CHANGED, "position 4")]


def test_an_event_that_is_no_event_any_more_is_a_change() -> None:
    fields = list(EVENTS[3].fields)
    fields[0] = None
    for other in (EVENTS[3]._replace(fields=fields), EVENTS[3]._replace(salt=EVENTS[3].salt + b"\0")):
        assert explained(ORIGIN, Wrong({3: LEAVES[3]}, {3: other}))[0].cause == Cause.CHANGED


def test_a_missing_event_is_removed() -> None:
    assert compared(without(4)) == [(Cause.REMOVED, "position 5")]
    assert compared(list(EVENTS[:-2])) == [(Cause.REMOVED, "position 11"), (Cause.REMOVED, "position 12")]


def test_an_event_that_the_log_does_not_name_any_more_is_removed_from_it() -> None:
    (found,) = explained(ORIGIN, Wrong({4: LEAVES[4]}, strays=[EVENTS[4]]))
    assert (found.cause, found.where) == (Cause.REMOVED, "position 5")
    assert "still there" in found.en


def test_another_number_of_its_row_is_a_change() -> None:
    stray = EVENTS[4]._replace(order=EVENTS[4].order._replace(event_no=77))
    assert compared(without(4), (stray,)) == [(Cause.CHANGED, "position 5")]


def test_a_stray_that_belongs_nowhere_explains_nothing_and_was_inserted_or_is_overdue() -> None:
    stray, removed = changed(EVENTS[4], "payload"), (Cause.REMOVED, "position 5")
    (first, second) = explained(ORIGIN, Wrong({4: LEAVES[4]}, strays=[stray], end=EVENTS[-1].order))
    assert (first[:2], second[:2]) == (removed, (Cause.INSERTED, "row 5"))
    assert compared(without(4), (stray,)) == [removed, (Cause.UNSIGNED, "row 5")]


def test_two_events_that_changed_places_are_reordered() -> None:
    log = list(EVENTS)
    log[2], log[9] = log[9], log[2]
    assert compared(log) == [(Cause.REORDERED, "position 3"), (Cause.REORDERED, "position 10")]


def test_a_removed_event_whose_place_was_closed_is_removed_and_the_rest_moved_up() -> None:
    log = [*EVENTS[:4], *EVENTS[5:]]
    assert compared(log) == [(Cause.REORDERED, "position 5-11"), (Cause.REMOVED, "position 5")]


def test_an_event_put_between_is_inserted_and_the_rest_moved_down() -> None:
    log = [*EVENTS[:4], stored(50), *EVENTS[4:]]
    assert compared(log) == [(Cause.REORDERED, "position 6-13"), (Cause.INSERTED, "position 5")]


def test_an_event_put_in_the_place_of_another_is_a_change() -> None:
    assert compared([*EVENTS[:4], stored(50), *EVENTS[5:]]) == [(Cause.CHANGED, "position 5")]


def test_a_finding_names_the_case_and_what_the_event_is_about() -> None:
    found = explained(ORIGIN, Wrong({3: LEAVES[3]}, {3: changed(EVENTS[3], "payload")}))[0]
    assert isinstance(found, Finding)
    assert f"{UUID(int=2)} #4 complaint.accepted" in found.zh
    assert f"{UUID(int=2)} #4 complaint.accepted" in found.en


def test_long_logs_are_compared_near_by_and_as_far_off_as_others_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "MOST_PAIRS", 0)
    assert compared([*EVENTS[:4], *EVENTS[5:]]) == [(Cause.REORDERED, "position 5-11"), (Cause.REMOVED, "position 5")]
    monkeypatch.setattr(faults, "NEAR", 0)
    assert compared([*EVENTS[:4], *EVENTS[5:]])[-1] == (Cause.REMOVED, "position 12")


def edited(draw: Callable[..., int], log: list[StoredEvent]) -> list[StoredEvent]:
    kind, at = draw(st.integers(0, 3)), draw(st.integers(0, len(log) - 1))
    other = draw(st.integers(0, len(log) - 1))
    if kind == 0:
        return [*log[:at], changed(log[at], draw(st.sampled_from(["payload", "officer", "topic"]))), *log[at + 1 :]]
    if kind == 1:
        return [*log[:at], *log[at + 1 :]]
    if kind == 2:
        return [*log[:at], stored(50 + other), *log[at:]]
    rest = [*log[:at], *log[at + 1 :]]
    return [*rest[:other], log[at], *rest[other:]]


@given(st.data())
def test_whatever_is_done_in_any_number_is_found(data: st.DataObject) -> None:
    log = list(EVENTS)
    for _ in range(data.draw(st.integers(1, 4))):
        log = edited(data.draw, log)
    assert bool(compared(log)) == (log[:SIZE] != EVENTS)


@given(st.integers(1, 3 * WIDTH), st.data())
def test_roots_on_the_way_are_those_of_the_tree(size: int, data: st.DataObject) -> None:
    leaves = [number.to_bytes(32, "big") for number in range(size)]
    stops = sorted(data.draw(st.sets(st.integers(1, size), max_size=5)))
    roots = Roots()
    found: dict[int, bytes] = {}
    for begin in range(0, size, WIDTH):
        roots = Roots(roots.size, roots.hashes)
        found |= roots.take(leaves[begin : begin + WIDTH], [each for each in stops if begin < each <= begin + WIDTH])
    assert found == {each: root_of(leaves[:each]) for each in stops}


def test_roots_are_asked_only_where_leaves_are() -> None:
    with pytest.raises(ValueError, match="no whole number"):
        Roots(5)
    for wrong in (0, 4):
        with pytest.raises(ValueError, match="do not lie"):
            Roots().take([b"\0" * 32] * 3, [wrong])
