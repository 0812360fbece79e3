"""Why today's answer about an instant is not that of the day: each cause by itself, several together, and none where nothing differs."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from application.causes import Comparison, Difference
from application.whatif import Verdict
from application.worlds import EVERYTHING, NOTHING, Kind, Worlds
from domain.cases import CASES
from domain.cases.complaint.events import ComplaintTerminated
from domain.file import RECOMPUTED, File
from domain.kernel import Entry
from tests.comparing.histories_of_one_complaint import (
    ARRANGED,
    BEGUN,
    DAY,
    DECIDED,
    EXPERTS,
    LATER,
    LEARNED,
    LONG_AGO,
    MOVED,
    acceptance,
    compared,
    complaint,
    corrected,
    states,
)
from tests.projections.histories import ACCEPTED, files, jurisdictions, ledger, mixed_files

LATE, CORRECTION, CALENDAR, RULE, ORGANS = Kind
TOLD_LATE = (2 * DAY, 6 * DAY)


def kinds(found: Difference | None) -> dict[Kind, tuple[bool, bool]]:
    """Each cause with whether it makes a difference alone, and whether it is needed for what is said today."""
    return {} if found is None else {each.kind: (each.alone, each.needed) for each in found.causes}


def test_what_was_recorded_late_is_the_cause_and_is_named() -> None:
    written = complaint(TOLD_LATE)
    found = acceptance(compared(written.entries))
    assert found is not None
    assert states(found) == ("breached_open", "met")
    assert kinds(found) == {LATE: (True, True)}
    assert [each.event_id for each in found.causes[0].entries] == [written.entries[1].event_id]


def test_a_correction_is_the_cause_and_is_named() -> None:
    written = corrected(complaint(), 0, BEGUN + 3 * DAY)
    found = acceptance(compared(written.entries))
    assert found is not None
    assert states(found) == ("breached_open", "running")
    assert kinds(found) == {CORRECTION: (True, True)}
    assert [each.event_id for each in found.causes[0].entries] == [written.entries[1].event_id]


def test_an_arrangement_of_holidays_published_later_is_the_cause_and_is_named() -> None:
    found = acceptance(compared(complaint().entries, ARRANGED))
    assert found is not None
    assert states(found) == ("breached_open", "running")
    assert kinds(found) == {CALENDAR: (True, True)}
    assert [each.known_from.isoformat() for each in found.causes[0].editions] == ["2025-12-20"]


def test_a_version_of_the_rule_learned_later_is_the_cause_and_is_named() -> None:
    found = acceptance(compared(complaint().entries, rules=LEARNED))
    assert found is not None
    assert states(found) == ("breached_open", "running")
    assert kinds(found) == {RULE: (True, True)}
    assert [(each.id, str(each.learned)) for each in found.causes[0].versions] == [("NA-ACC3", "2026-01-05")]


def test_an_organ_that_counts_by_another_calendar_is_the_cause_and_what_moved_it_is_named() -> None:
    found = acceptance(compared(complaint().entries, LONG_AGO, MOVED))
    assert found is not None
    assert states(found) == ("running", "breached_open")
    assert kinds(found) == {ORGANS: (True, True)}
    assert [each.topic for each in found.causes[0].entries] == ["jurisdiction.organ-amended"]


def test_recorded_in_another_order_than_it_happened_is_late_recording() -> None:
    written = complaint()
    written.act(2, BEGUN + 2 * DAY, timedelta())  # not competent, which ends the duty to accept
    written.act(ACCEPTED, BEGUN + DAY, 3 * DAY)
    found = list(compared(written.entries, at=BEGUN + 10 * DAY).differences(lambda about: True))
    assert found
    assert all(kinds(each) == {LATE: (True, True)} for each in found)
    assert {each.event_id for each in found[0].causes[0].entries} == {written.entries[2].event_id}


def test_a_correction_that_puts_an_act_after_another_is_a_cause_with_the_order_of_the_acts() -> None:
    written = complaint((DAY, timedelta()))
    written.act(DECIDED, BEGUN + 2 * DAY, timedelta())
    found = acceptance(compared(corrected(written, 1, BEGUN + 3 * DAY).entries, at=BEGUN + 5 * DAY), "NA-DEC30")
    assert found is not None
    assert states(found) == ("met", "running")
    assert kinds(found) == {LATE: (False, True), CORRECTION: (False, True)}
    swapped, correction = (cause.entries for cause in found.causes)
    assert [each.topic for each in swapped] == ["complaint.decided"]
    assert [each.event_id for each in correction] == [written.entries[3].event_id]


def test_two_causes_of_which_neither_suffices_are_both_named() -> None:
    written = corrected(complaint((4 * DAY, 4 * DAY)), 1, BEGUN + 2 * DAY)
    found = acceptance(compared(written.entries))
    assert found is not None
    assert states(found) == ("breached_open", "met")
    assert kinds(found) == {LATE: (True, True), CORRECTION: (False, True)}


def test_a_second_cause_that_would_do_something_else_alone_is_named_as_not_needed() -> None:
    written, ended = complaint(), BEGUN + 3 * DAY
    written.write(ComplaintTerminated(matter="M1"), "F-1", "zjj", ended, ended + 6 * DAY)
    found = acceptance(compared(written.entries, ARRANGED))
    assert found is not None
    assert states(found) == ("breached_open", "void")
    assert kinds(found) == {LATE: (True, True), CALENDAR: (True, False)}


def test_each_of_all_five_at_once_is_named() -> None:
    written = corrected(complaint((3 * DAY, 6 * DAY)), 0, BEGUN - 3 * DAY)
    found = acceptance(compared(written.entries, LONG_AGO, ARRANGED, MOVED, rules=LEARNED))
    assert found is not None
    assert states(found) == ("running", "met")
    assert {kind for kind, (alone, _) in kinds(found).items() if alone} == set(Kind)


def test_of_several_facts_recorded_late_only_those_that_matter_are_named() -> None:
    written = complaint(TOLD_LATE)
    written.act(EXPERTS, BEGUN + 2 * DAY, 7 * DAY)
    found = acceptance(compared(written.entries))
    assert found is not None
    assert [each.topic for each in found.causes[0].entries] == ["complaint.accepted"]


def test_control_where_nothing_differs_nothing_is_named() -> None:
    in_time = complaint((2 * DAY, timedelta()))
    assert list(compared(in_time.entries).differences(lambda about: True)) == []
    elsewhere = compared(in_time.entries, (MOVED[0], LATER))
    assert ORGANS in elsewhere.kinds
    assert list(elsewhere.differences(lambda about: True)) == []


@pytest.mark.parametrize("at", [BEGUN, LATER + 40 * DAY])
def test_control_before_it_happened_and_once_all_was_known_nothing_differs(at: datetime) -> None:
    assert acceptance(compared(complaint(TOLD_LATE).entries, at=at)) is None


instants = st.integers(0, 24 * 60).map(lambda hours: BEGUN + timedelta(hours=hours, minutes=11))


def said(file: File, at: datetime) -> Any:
    clocks = {each.id: (each.limit.since, Verdict(each, file.judge(each, at)).seen) for each in file.clocks}
    return clocks, {each.id: (each.holder, each.in_transit_to) for each in file.matters.values()}


@settings(max_examples=40)
@for_all(st.one_of(files(), mixed_files()), jurisdictions(), instants)
def test_no_later_knowledge_is_the_known_and_all_of_it_is_the_recomputed(
    entries: list[Entry], office: list[Entry], at: datetime
) -> None:
    known = ledger(office)
    worlds = Worlds(known, entries, known.office(), at)
    if entries[0].known_at() <= at:
        then = known.file(entries[0].file_id, entries, as_of=at)
        assert said(worlds.file(NOTHING), at) == said(then, at)
    today = known.file(entries[0].file_id, entries, as_of=at, basis=RECOMPUTED)
    assert said(worlds.file(EVERYTHING), at) == said(today, at)
    assert said(worlds.file(frozenset(worlds.kinds())), at) == said(today, at)


@settings(max_examples=20)
@for_all(st.one_of(files(), mixed_files()), jurisdictions(), instants)
def test_every_difference_has_causes_that_lead_to_it_and_every_world_can_be_told(
    entries: list[Entry], office: list[Entry], at: datetime
) -> None:
    known = ledger(office)
    found = Comparison(Worlds(known, entries, known.office(), at), CASES)
    for few in chain.from_iterable(combinations(found.kinds, n) for n in range(len(found.kinds) + 1)):
        found.file(frozenset(few))
    for each in found.differences(lambda about: True):
        named = frozenset(cause.kind for cause in each.causes)
        assert named
        assert all(cause.alone or cause.needed or len(named) > 1 for cause in each.causes)
        told = Comparison(found.worlds).file(named) if each.about[0] == "clock" else None
        if told is not None and len(named) == 1:
            verdict = next(
                (Verdict(one, told.judge(one, at)) for one in told.clocks if str(one.id) == each.about[1]), None
            )
            assert (verdict and verdict.seen) == (each.recomputed and each.recomputed.seen)
