"""Told again under the same law history stays as it is; under another one exactly what that law says otherwise is otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from application.whatif import (
    CALENDAR,
    GONE,
    NEW,
    RULE,
    Difference,
    Law,
    NoSuchProfile,
    Supposing,
    other_calendar,
    other_rules,
)
from application.whatif_shown import shown_difference, shown_totals
from domain.cases.task.events import TaskAssigned
from domain.kernel import Entry
from domain.law.edition import Edition
from domain.law.limit import Span, TimeLimit
from infrastructure.calendar_files import shipped_calendars
from infrastructure.law_files import shipped_limits, shipped_rulebook
from tests.given import opening
from tests.projections.histories import (
    ACCEPTED,
    BEGUN,
    RECEIVED,
    Written,
    files,
    jurisdiction,
    jurisdictions,
    ledger,
    mixed_files,
    some_files,
)

LATER = datetime(2026, 4, 1, tzinfo=UTC)
PROFILES = shipped_rulebook().profiles


def rules_of(profile: str) -> tuple[TimeLimit, ...]:
    """The rules of a shipped profile, as its file says them."""
    return tuple(each for each in shipped_limits() if each.profile == profile)


def supposing(office: Sequence[Entry], supposed: Callable[[Law], Law], at: datetime = LATER, **days: Any) -> Supposing:
    """A telling under a supposed law, over a ledger whose jurisdiction recorded this."""
    return Supposing(ledger(office), supposed, at, **days)


def told(
    supposed: Callable[[Law], Law], *histories: Sequence[Entry], **days: Any
) -> tuple[list[Difference], Supposing]:
    """What differs in these files, and the totals."""
    found = supposing(jurisdiction(), supposed, **days)
    return [each for entries in histories for each in found.differences(entries)], found


def with_amount(rule: str, amount: int, profile: str = "national") -> Callable[[Law], Law]:
    """The profile with another number of days for a rule."""
    limits = [
        replace(each, within=Span(each.within.unit, amount)) if each.id == rule else each for each in rules_of(profile)
    ]
    return partial(other_rules, limits=limits, profile=profile)


def complaint(*accepted_after: timedelta, name: str = "F-1") -> list[Entry]:
    """A complaint received, and accepted after a time if one is given."""
    written = Written(name=name)
    written.act(RECEIVED, BEGUN, timedelta())
    for each in accepted_after:
        written.act(ACCEPTED, BEGUN + each, timedelta())
    return written.entries


@settings(max_examples=60)
@for_all(st.one_of(files(), mixed_files()), jurisdictions())
def test_the_same_rules_change_nothing(entries: list[Entry], office: list[Entry]) -> None:
    for profile in PROFILES:
        for adds in (False, True):
            found = supposing(office, partial(other_rules, limits=rules_of(profile), profile=profile, adds=adds))
            assert found.differences(entries) == []
            assert found.totals.before == found.totals.after


@settings(max_examples=60)
@for_all(st.one_of(files(), mixed_files()), jurisdictions())
def test_the_same_calendar_changes_nothing(entries: list[Entry], office: list[Entry]) -> None:
    for edition in ledger(office).calendars().in_force.values():
        assert supposing(office, partial(other_calendar, edition=edition)).differences(entries) == []


@settings(max_examples=60)
@for_all(st.one_of(files(), mixed_files()), jurisdictions())
def test_what_is_told_of_the_present_is_what_the_file_says(entries: list[Entry], office: list[Entry]) -> None:
    known = ledger(office)
    found = Supposing(known, partial(other_rules, limits=(), profile="national"), LATER)
    differing = {each.clock.id: each for each in found.differences(entries)}
    file = known.file(entries[0].file_id, entries)
    of_profile = [each for each in file.clocks if each.limit.profile == "national"]
    assert {each.id for each in of_profile} == differing.keys()
    for clock in of_profile:
        before, after = differing[clock.id].before, differing[clock.id].after
        assert after is None
        assert before is not None
        assert before.judgement == file.judge(clock, LATER)


def test_a_shorter_limit_makes_late_what_was_in_time() -> None:
    found, whole = told(with_amount("NA-ACC3", 2), complaint(timedelta(days=3)))
    (one,) = found
    assert one.before is not None
    assert one.after is not None
    assert (one.before.judgement.state, one.after.judgement.state) == ("met", "breached_late")
    assert (one.why, one.keys) == (RULE, ("within",))
    shown = shown_difference(one)
    assert (shown["before"]["due"], shown["after"]["due"]) == (date(2025, 12, 11), date(2025, 12, 10))
    assert shown["after"]["late_by"] == {"calendar_days": 1, "working_days": 1}
    assert shown["why"]["text"]["en"].endswith("3 working day(s) → 2 working day(s)")
    (department,) = [each for each in shown_totals(whole.totals)["departments"] if each["changed"]]
    assert (department["before"]["late"], department["after"]["late"], department["changed"]) == (0, 1, 1)


def test_a_rule_that_is_taken_away_or_added_is_told_as_such() -> None:
    one, two = complaint(), complaint(name="F-2")
    without = [each for each in rules_of("national") if each.id != "NA-ACC3"]
    found, _ = told(partial(other_rules, limits=without, profile="national"), one, two)
    assert [(each.why, each.after) for each in found] == [(GONE, None)] * 2
    another = [replace(each, id="NA-NEW3") for each in rules_of("national") if each.id == "NA-ACC3"]
    found, _ = told(partial(other_rules, limits=another, profile="national", adds=True), one)
    assert [(each.why, each.before) for each in found] == [(NEW, None)]


def test_a_version_that_is_added_holds_from_its_day_on() -> None:
    (rule,) = (each for each in rules_of("national") if each.id == "NA-ACC3")
    for since, changed in ((date(2025, 12, 1), 1), (date(2025, 12, 20), 0)):
        version = replace(rule, since=since, within=Span("working day", 2))
        found, _ = told(partial(other_rules, limits=[version], profile="national", adds=True), complaint())
        assert len(found) == changed


def test_rules_may_stand_for_a_profile_of_another_name_and_only_for_one_there_is() -> None:
    local = [replace(each, profile="suqian-2023") for each in rules_of("national")]
    found, _ = told(partial(other_rules, limits=local, profile="national"), *some_files(20))
    assert found == []
    with pytest.raises(NoSuchProfile):
        told(partial(other_rules, limits=local, profile="suqian-2023"))


def test_another_calendar_moves_what_rests_on_its_days() -> None:
    national = shipped_calendars().in_force["national", 2025]
    free = replace(national, days_off=(*national.days_off, date(2025, 12, 9)))
    found, _ = told(partial(other_calendar, edition=free), complaint(timedelta(days=4)))
    (one,) = (each for each in found if each.clock.limit.id == "NA-ACC3")
    assert one.before is not None
    assert one.after is not None
    assert one.why == CALENDAR
    assert (one.before.judgement.due.day, one.after.judgement.due.day) == (date(2025, 12, 11), date(2025, 12, 12))
    assert (one.before.judgement.state, one.after.judgement.state) == ("breached_late", "met")


def test_an_arrangement_for_a_year_that_has_none_settles_what_was_provisional() -> None:
    edition = Edition("national", 2027, "n", date(2026, 11, 1), (date(2027, 1, 1),), ())
    late = [entry for entries in some_files(60) for entry in [entries]]
    found, whole = told(partial(other_calendar, edition=edition), *late)
    assert all(each.why == CALENDAR for each in found)
    assert whole.totals.changed == len(found)


def test_only_files_that_were_open_in_the_period_are_told() -> None:
    histories = some_files(30)
    shorter = with_amount("NA-ACC3", 1)
    everything, whole = told(shorter, *histories)
    assert (whole.totals.files, len(everything)) == (30, whole.totals.changed)
    begun = min(entries[0].occurred_at for entries in histories).date()
    assert told(shorter, *histories, last=begun - timedelta(days=2))[1].totals.files == 0
    assert told(shorter, *histories, last=begun + timedelta(days=400))[1].totals.files == 30
    since, _ = told(shorter, *histories, first=begun + timedelta(days=400))
    assert len(since) <= len(everything)


def task(due: date, *leads: str) -> list[Entry]:
    """A task of a document of 5 December 2025 with this date, led by these."""
    written = Written(name="F-3")
    given = TaskAssigned(
        **opening("F-3"), title="整改", leads=leads, issued=date(2025, 12, 5), authority="zhb", due=due
    )
    written.write(given, "F-3", "zwj", BEGUN, BEGUN)
    return written.entries


def test_what_was_born_overdue_is_told_and_counted_for_nobody() -> None:
    """As statistics have it: nobody could have been in time."""
    found, whole = told(partial(other_rules, limits=(), profile="any"), task(date(2025, 11, 30), "zjj"))
    assert [(each.why, each.clock.born_overdue) for each in found] == [(GONE, True)]
    assert (whole.totals.before, whole.totals.changed) == ({}, 1)
    _, control = told(partial(other_rules, limits=(), profile="any"), task(date(2025, 12, 30), "zjj"))
    assert control.totals.before == {"zjj": {"open": 1, "open_late": 1}}


def test_a_rule_by_which_nobody_owes_the_act_beside_the_first_lead_is_a_difference() -> None:
    alone = [replace(each, shared_by=None) if each.id == "TASK-DUE" else each for each in rules_of("any")]
    supposed = partial(other_rules, limits=alone, profile="any")
    found, _ = told(supposed, task(date(2025, 12, 30), "zjj", "slj"))
    assert [(each.why, each.keys) for each in found] == [(RULE, ("shared_by",))]
    shown = shown_difference(found[0])
    assert (shown["before"]["co_parties"], shown["after"].get("co_parties")) == (["slj"], None)
    assert told(supposed, task(date(2025, 12, 30), "zjj"))[0] == []


def test_practices_stay_as_they_are() -> None:
    present = Law(shipped_rulebook(), shipped_calendars())
    assert present.rulebook.practices.all
    assert other_rules(present, (), profile="national").rulebook.practices.all == present.rulebook.practices.all


def test_what_is_shown_can_be_written_as_json() -> None:
    found, whole = told(with_amount("NA-ACC3", 1), *some_files(20))
    assert json.dumps([shown_difference(each) for each in found], default=str)
    assert sum(each["changed"] for each in shown_totals(whole.totals)["departments"]) == len(found) > 3
