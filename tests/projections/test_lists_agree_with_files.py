"""What the lists say of any moment is what folding and judging each file as of that moment says, on either basis."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from application.ledger import Ledger
from application.projections.knowledge import Change, Knowledge
from application.projections.rows import BOTH, Rows
from domain.file import KNOWN, RECOMPUTED
from domain.kernel import Entry
from domain.law.clock import State, day_of
from tests.projections.histories import BEGUN, RECEIVED, Written, files, jurisdictions, ledger, mixed_files, project

MICROSECOND = timedelta(microseconds=1)
steps = st.sampled_from((timedelta(), MICROSECOND, -MICROSECOND, timedelta(hours=31), timedelta(days=40)))
moments = st.lists(st.tuples(st.integers(0, 2**20), steps), min_size=6, max_size=6)

STATES = {
    State.RUNNING: {"running", "pending", "undecided"},
    State.PAUSED: {"paused"},
    State.MET: {"met", "running"},
    State.BREACHED_OPEN: {"running"},
    State.BREACHED_LATE: {"late"},
    State.LAPSED: {"running"},
    State.VOID: {"void"},
}


def instants(entries: Sequence[Entry], rows: Rows, known: Ledger) -> list[datetime]:
    """Every moment at which anything could change."""
    changes = Knowledge(known.office(), known.shipped).changes
    spans = [(each.from_at, each.until_at) for each in rows.overdue]
    times = [each.occurred_at for each in entries] + [each.known_at() for each in entries]
    edges = [edge for span in spans for edge in span if edge is not None]
    return sorted({*times, *edges, *(each.at for each in changes if each.at >= BEGUN)})


def at_moments(
    entries: Sequence[Entry], rows: Rows, known: Ledger, drawn: list[tuple[int, timedelta]]
) -> list[datetime]:
    times = instants(entries, rows, known)
    return [times[place % len(times)] + step for place, step in drawn]


def overdue_in_file(known: Ledger, entries: Sequence[Entry], at: datetime, basis: str) -> dict[Any, Any]:
    file = known.file(entries[0].file_id, entries, as_of=at, basis=basis)
    judged = [(clock, file.judge(clock, at)) for clock in file.clocks if not clock.limit.right]
    return {
        clock.id: (clock.limit.id, clock.party, clock.co_parties, day_of(clock.anchor), judgement.due.breach_at)
        for clock, judgement in judged
        if judgement.state is State.BREACHED_OPEN
    }


def overdue_in_rows(rows: Rows, at: datetime, basis: str) -> dict[Any, Any]:
    found = [
        (row.clock_id, (row.rule, row.party, row.co_parties, row.start_on, row.breach_at))
        for row in rows.overdue
        if row.basis in (basis, BOTH) and row.from_at <= at and (row.until_at is None or row.until_at > at)
        and (row.month is None or (row.month.year, row.month.month) == china_month(at))
    ]  # fmt: skip
    assert len(dict(found)) == len(found), "a clock is listed once"
    return dict(found)


def china_month(at: datetime) -> tuple[int, int]:
    local = at + timedelta(hours=8)
    return local.year, local.month


@settings(max_examples=200)
@for_all(st.one_of(files(), mixed_files()), jurisdictions(), moments)
def test_what_was_overdue_at_any_moment(entries: list[Entry], office: list[Entry], drawn: Any) -> None:
    known = ledger(office)
    rows = project(known, entries)
    for at in at_moments(entries, rows, known, drawn):
        for basis in (KNOWN, RECOMPUTED):
            assert overdue_in_rows(rows, at, basis) == overdue_in_file(known, entries, at, basis), (at, basis)


@settings(max_examples=60)
@for_all(st.one_of(files(), mixed_files()), jurisdictions(), moments)
def test_who_held_what_at_any_moment(entries: list[Entry], office: list[Entry], drawn: Any) -> None:
    known = ledger(office)
    rows = project(known, entries)
    for at in at_moments(entries, rows, known, drawn):
        for basis in (KNOWN, RECOMPUTED):
            file = known.file(entries[0].file_id, entries, as_of=at, basis=basis)
            held = {each.id: each.holder for each in file.matters.values() if each.open}
            transit = {each.id: each.in_transit_to for each in file.matters.values() if each.in_transit_to}
            assert held == spans_at(rows.custody, basis, at, "holder"), (at, basis)
            assert transit == spans_at(rows.transits, basis, at, "addressee"), (at, basis)


def spans_at(rows: Any, basis: str, at: datetime, name: str) -> dict[str, str]:
    found = [
        (row.matter, getattr(row, name))
        for row in rows
        if row.basis == basis and row.since <= at and (row.until is None or row.until > at)
    ]
    assert len(dict(found)) == len(found), "one holder, one way"
    return dict(found)


@settings(max_examples=60)
@for_all(st.one_of(files(), mixed_files()), jurisdictions())
def test_the_clocks_are_those_of_the_file_today(entries: list[Entry], office: list[Entry]) -> None:
    known = ledger(office)
    rows = {row.clock_id: row for row in project(known, entries).clocks if row.state != "gone"}
    file = known.file(entries[0].file_id, entries)
    assert rows.keys() == {clock.id for clock in file.clocks}
    for clock in file.clocks:
        row, judgement = rows[clock.id], file.judge(clock, BEGUN + timedelta(days=900))
        assert row.state in STATES[judgement.state]
        assert (row.party, row.co_parties, row.born_overdue, row.start_on, row.matter, row.leg) == (
            clock.party,
            clock.co_parties,
            clock.born_overdue,
            day_of(clock.anchor),
            clock.matter,
            clock.leg,
        )
        if judgement.state is not State.VOID:
            assert row.provisional == judgement.due.provisional
            assert row.due_at == judgement.due.instant
            assert row.due_at is not None or row.due_on == judgement.due.day


@settings(max_examples=60)
@for_all(st.one_of(files(), mixed_files()), jurisdictions())
def test_cases_are_those_of_the_file_today(entries: list[Entry], office: list[Entry]) -> None:
    known = ledger(office)
    rows = {row.case_id: row for row in project(known, entries).cases}
    file = known.file(entries[0].file_id, entries)
    assert rows.keys() == file.cases.keys()
    for identifier, case in file.cases.items():
        matter = file.matters.get(case.matter)
        row = rows[identifier]
        assert (row.number, row.state, row.version, row.file_no) == (case.number, case.state, case.version, file.number)
        assert row.open == (matter is not None and matter.open)
        assert row.holder == (matter.holder if matter else None)


@settings(max_examples=60)
@for_all(st.one_of(files(), mixed_files()), jurisdictions())
def test_each_file_is_folded_by_itself(entries: list[Entry], office: list[Entry]) -> None:
    """Folding files together, in any order, is folding each alone: else a rebuild could differ from the living lists."""
    known = ledger(office)
    other = [each for each in entries if each.case_id == entries[0].case_id]
    assert project(known, entries, other).clocks == project(known, entries).clocks + project(known, other).clocks


def test_control_a_list_on_the_wrong_basis_would_be_noticed() -> None:
    """The comparison above can fail: an act recorded late is overdue as known, and in time as it happened."""
    written = Written()
    written.act(RECEIVED, BEGUN, timedelta())
    written.act(RECEIVED + 1, BEGUN + timedelta(hours=2), timedelta(days=12))
    known = ledger([])
    rows = project(known, written.entries)
    at = BEGUN + timedelta(days=8)
    assert overdue_in_rows(rows, at, KNOWN) != overdue_in_rows(rows, at, RECOMPUTED)
    assert overdue_in_rows(rows, at, KNOWN) == overdue_in_file(known, written.entries, at, KNOWN)


@settings(max_examples=80)
@for_all(st.one_of(files(), mixed_files()), jurisdictions())
def test_what_the_jurisdiction_moves_is_found_by_the_clocks_it_had(entries: list[Entry], office: list[Entry]) -> None:
    """Only files found so are folded again: one that is not found must come out the same before and after."""
    after = Knowledge(ledger(office).office(), ledger(office).shipped)
    for change in after.changes:
        if change.at < BEGUN:
            continue
        so_far = [entry for entry in office if entry.known_at() < change.at]
        through = [entry for entry in office if entry.known_at() <= change.at]
        before, then = project(ledger(so_far), entries), project(ledger(through), entries)
        if before != then:
            found = any(moves(change, row, after) for row in before.clocks) or any(row.retold for row in before.cases)
            assert found or change.everybody


def moves(change: Change, row: Any, knowledge: Knowledge) -> bool:
    return row.party in change.parties or any(
        row.calendar in knowledge.resting_on(edition.calendar)
        and row.first_year is not None
        and row.first_year <= edition.year <= row.last_year
        for edition in change.editions
    )
