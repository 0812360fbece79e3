"""Whatever happens in a file, in whatever mixture of case types: one holder, one verdict, and the same answer when replayed."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from random import Random
from typing import Any
from uuid import uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from application.decide import Decision
from domain.cases import CASES
from domain.custody import Held
from domain.file import KNOWN, RECOMPUTED, File
from domain.kernel import LEDGER, Actor
from domain.law.clock import Clock, State
from infrastructure.calendar_files import shipped_calendars
from infrastructure.law_files import shipped_rulebook
from tests.given import PROFILES, register
from tests.mixed import APART, RARE, Mixed

FINAL = {State.MET, State.BREACHED_LATE, State.VOID}
LIVE = {State.RUNNING, State.PAUSED, State.BREACHED_OPEN, State.LAPSED}
seeds = st.integers(0, 2**32)


def grown(seed: int) -> Mixed:
    """A file of some sixty attempts."""
    return Mixed(Random(seed)).grow(60)


def replayed(file: File, basis: str = KNOWN) -> File:
    """The same entries, told from nothing."""
    return File(file.id, file.entries, types=CASES, rulebook=shipped_rulebook(), calendars=shipped_calendars(),
                register=register(), basis=basis)  # fmt: skip


@settings(max_examples=60)
@given(seeds)
def test_every_open_matter_has_one_holder_at_every_instant(seed: int) -> None:
    file = grown(seed).file
    for basis in (KNOWN, RECOMPUTED):
        told = replayed(file, basis)
        for matter in told.matters.values():
            spans = [span for span in told.custody.held if span.matter == matter.id]
            assert matter.open == (matter.holder is not None)
            assert gaps(spans, matter.open) == []


@settings(max_examples=40)
@given(seeds)
def test_whoever_is_implicated_on_the_way_holds_and_is_sent_nothing_any_more(seed: int) -> None:
    told = Mixed(Random(seed)).grow(30)
    holder = next((each.holder for each in told.file.matters.values() if each.holder in HANDLERS), None)
    if holder is None:
        return
    implicate(told, holder)
    barred_since = len(told.file.entries)
    assert holder in told.file.barred and held_by(told.file, holder) == []
    told.grow(30)
    if holder not in told.file.barred:
        return  # the declaration was lifted on the way: the organ may act and hold again
    assert held_by(told.file, holder) == []
    assert not [each for each in told.file.entries[barred_since:] if each.actor.acting_for == holder]
    assert shape(replayed(told.file), told.at) == shape(told.file, told.at)


HANDLERS = ("zjj", "slj", "jtj", "fgj", "zrj", "scj", "nyj")


def implicate(told: Mixed, holder: str) -> None:
    """The inspectors declare an organ implicated, and name another."""
    ids = (uuid5(LEDGER, f"implicated:{place}") for place in itertools.count())
    decision = Decision(told.file, Actor("jwjc"), told.at, lambda: next(ids), lambda fact: (None, 0))
    said = {"organs": (holder,), "reason": "涉案", "replaced_by": next(each for each in HANDLERS if each != holder)}
    decision.open("recusal", "declare_implicated", "AJ-1-HB9", {**said, "profiles": PROFILES})


def held_by(file: File, organ: str) -> list[str]:
    """What an organ holds or is sent, and what it owes of what it owed when its place was taken."""
    matters = [each.id for each in file.matters.values() if organ in (each.holder, each.in_transit_to)]
    taken = next(each.file_version for each in file.entries if each.topic == "recusal.organ-replaced")
    versions = {each.event_id: each.file_version for each in file.entries}
    owed = [each for each in file.clocks if each.open and versions[each.created.event_id] < taken]
    return [*matters, *(each.limit.id for each in owed if organ in each.parties)]


def gaps(spans: list[Held], still_open: bool) -> list[str]:
    """Where the stretches of one matter overlap, run backwards, or end although the matter is open."""
    found = [f"{a.until} to {b.since}" for a, b in pairwise(spans) if a.until is None or a.until > b.since]
    if still_open != (bool(spans) and spans[-1].until is None):
        found.append("the last stretch")
    return found


@settings(max_examples=60)
@given(seeds)
def test_every_clock_ends_in_one_verdict_or_is_open(seed: int) -> None:
    told = grown(seed)
    for clock in told.file.clocks:
        states = [told.file.judge(clock, told.at + timedelta(days=days)).state for days in (0, 10, 100, 400)]
        assert set(states) <= FINAL | LIVE
        assert settled(states) == []
        assert (states[-1] in FINAL) == ended(clock, states[-1])


def ended(clock: Clock, state: State) -> bool:
    """Whether a clock has its verdict: by its facts, or by a late report, which is late whether it is verified or not."""
    waiting = clock.stop is not None and clock.stop.pending and clock.void is None
    return state is State.BREACHED_LATE if waiting else clock.stop is not None or clock.void is not None


def settled(states: list[State]) -> list[str]:
    """Verdicts that did not last."""
    return [f"{a} became {b}" for a, b in pairwise(states) if a in FINAL and a is not b]


@settings(max_examples=60)
@given(seeds)
def test_a_replay_from_nothing_tells_the_same_cases_holders_and_clocks(seed: int) -> None:
    told = grown(seed)
    assert shape(replayed(told.file), told.at) == shape(told.file, told.at)


def shape(file: File, at: datetime) -> dict[str, Any]:
    """Everything that anybody asks of a file."""
    return {
        "cases": {case.number: (case.state, case.version, dict(case.summary())) for case in file.cases.values()},
        "matters": {key: (matter.holder, matter.in_transit_to) for key, matter in file.matters.items()},
        "clocks": [(clock, file.judge(clock, at)) for clock in file.clocks],
    }


def test_a_change_of_the_past_is_seen() -> None:
    told = grown(11)
    file = told.file
    shorter = File(file.id, file.entries[:-1], types=CASES, rulebook=shipped_rulebook(), calendars=shipped_calendars(),
                   register=register())  # fmt: skip
    assert shape(shorter, told.at) != shape(file, told.at)


def test_overlaps_and_verdicts_that_change_are_seen() -> None:
    spans = next(found for seed in range(50) if len(found := grown(seed).file.custody.held) > 2)
    last = [span for span in spans if span.matter == spans[0].matter]
    assert gaps(last[:1] * 2, last[0].until is None) != []
    assert settled([State.MET, State.RUNNING]) == ["met became running"]


@pytest.mark.parametrize("case_type", sorted(CASES.keys() - APART - RARE))
def test_random_files_reach_every_case_type(case_type: str) -> None:
    assert any(step.startswith(f"{case_type}.") for seed in range(200) for step in taken(seed))


@cache
def taken(seed: int) -> dict[str, int]:
    """The steps that were taken in one random file."""
    return grown(seed).taken
