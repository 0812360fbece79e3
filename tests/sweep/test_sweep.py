"""The sweep records each warning, breach and re-judgement once, whatever is repeated, late or at work beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from application.sweep import Behind, Swept, sweep
from domain.cases.supervision.events import BreachRecorded, VerdictRejudged, WarningRecorded
from domain.kernel import Entry, case_id, file_id
from domain.law.clock import CHINA
from infrastructure.agenda import PostgresAgenda
from tests.projections.conftest import Place
from tests.projections.histories import (
    ACCEPTED,
    BEGUN,
    QUIET,
    RECEIVED,
    Written,
    days,
    jurisdiction,
    published,
    some_files,
)

DAY = timedelta(days=1)


def agenda(place: Place, patience: float = 5.0) -> PostgresAgenda:
    return PostgresAgenda(place.pool, place.log, rehearsal=True, patience=patience)


def swept(place: Place, at: datetime, **options: Any) -> Swept:
    """Sweep at an instant, the lists being up to date before and after."""
    place.catch_up()
    found = sweep(place.ledger, agenda(place), at=at, **options)
    place.catch_up()
    return found


def recorded(place: Place, number: str | None = None) -> list[Entry]:
    """What supervision records say, of all files or of one."""
    with place.pool.connection() as connection:
        query = f"SELECT DISTINCT file_id FROM \"{place.schema}\".events WHERE case_type = 'supervision'"
        files = [row[0] for row in connection.execute(query.encode())]
    entries = [entry for file in files for entry in place.log.load_file(file)]
    own = [each for each in entries if number is None or each.case_id == case_id(f"{number}-DB")]
    return [each for each in own if isinstance(each.event, BreachRecorded | VerdictRejudged | WarningRecorded)]


def verdicts(place: Place) -> dict[Any, Any]:
    return {each.event_id: each.event for each in recorded(place) if not isinstance(each.event, WarningRecorded)}


def china(text: str) -> datetime:
    return datetime.fromisoformat(text if "T" in text else f"{text}T09:00").replace(tzinfo=CHINA)


def received(day: str, name: str = "F-1") -> Written:
    written = Written(known=china(day), name=name)
    written.act(RECEIVED, china(day), timedelta())
    return written


def test_a_breach_is_dated_midnight_after_the_due_day_and_says_when_it_was_seen(place: Place) -> None:
    place.record(received("2025-03-03").entries)
    assert swept(place, china("2025-03-07T00:05"), warn_before=None) == Swept(breaches=1)
    (entry,) = recorded(place, "F-1")
    breach = entry.event
    assert isinstance(breach, BreachRecorded)
    assert entry.occurred_at == china("2025-03-07T00:00")
    assert (breach.rule, breach.party, breach.due) == ("NA-ACC3", "zjj", date(2025, 3, 6))
    assert (breach.verdict, breach.state, breach.detected_at) == (1, "breached_open", china("2025-03-07T00:05"))
    assert entry.file_id == file_id("F-1-DB"), "a file of its own: nobody contends with the timer"


def test_nothing_is_a_breach_before_midnight(place: Place) -> None:
    place.record(received("2025-03-03").entries)
    assert swept(place, china("2025-03-06T23:59"), warn_before=None) == Swept()


def test_swept_again_nothing_changes(place: Place) -> None:
    for entries in some_files(15):
        place.record(entries)
    at = BEGUN + 60 * DAY
    first = swept(place, at)
    assert first.breaches > 10
    assert first.warnings > 0
    before = recorded(place)
    assert swept(place, at) == Swept()
    assert swept(place, at + timedelta(minutes=1)).breaches == 0
    assert recorded(place) == before


def test_after_an_outage_nothing_is_missed(new_place: Callable[..., Place]) -> None:
    """Swept every day, or once at the end: the verdicts are the same, event for event."""
    daily, once = new_place(), new_place()
    histories = some_files(8, seed=5)
    entries = sorted((each for history in histories for each in history), key=lambda each: each.known_at())
    for day in range(0, 121, 10):
        at = BEGUN + day * DAY
        while entries and entries[0].known_at() <= at:
            daily.record([entries.pop(0)])
        swept(daily, at, warn_before=None)
    for history in histories:
        once.record([each for each in history if each.known_at() <= BEGUN + 120 * DAY])
    swept(once, BEGUN + 120 * DAY, warn_before=None)
    assert but_detection(verdicts(daily)) == but_detection(verdicts(once))
    assert {type(event) for event in verdicts(once).values()} == {BreachRecorded, VerdictRejudged}


def but_detection(found: dict[Any, Any]) -> dict[Any, Any]:
    return {key: (type(event), {**vars(event), "detected_at": None}) for key, event in found.items()}


def test_an_act_recorded_late_but_done_in_time_is_judged_again(place: Place) -> None:
    written = received("2025-03-03")
    place.record(written.entries)
    swept(place, china("2025-03-08"), warn_before=None)
    written.act(ACCEPTED, china("2025-03-06"), china("2025-03-12") - china("2025-03-06"))
    place.record(written.entries[1:])
    assert swept(place, china("2025-03-12T10:00"), warn_before=None) == Swept(rejudged=1)
    rejudged = recorded(place, "F-1")[-1].event
    assert isinstance(rejudged, VerdictRejudged)
    assert (rejudged.verdict, rejudged.state, rejudged.cause) == (2, "met", str(written.entries[1].event_id))


def test_a_calendar_published_later_judges_again(new_place: Callable[..., Place]) -> None:
    late = published(2025, days(date(2025, 3, 4), 7), china("2025-03-08"))
    *known, notice = jurisdiction(late, profiles=QUIET)
    place = new_place(known)
    place.record(received("2025-03-03").entries)
    assert swept(place, china("2025-03-07T01:00"), warn_before=None) == Swept(breaches=1)
    place.record([notice])
    assert swept(place, china("2025-03-08T09:10"), warn_before=None) == Swept(rejudged=1)
    assert swept(place, china("2025-03-20"), warn_before=None) == Swept(breaches=1)
    events = [entry.event for entry in recorded(place, "F-1")]
    assert [(type(event).__name__, event.verdict) for event in events] == [  # type: ignore[union-attr]
        ("BreachRecorded", 1),
        ("VerdictRejudged", 2),
        ("BreachRecorded", 3),
    ]


def test_a_warning_is_given_one_working_day_before_and_once(place: Place) -> None:
    """Due on Thursday 6 March: nothing on Tuesday, a warning on Wednesday."""
    place.record(received("2025-03-03").entries)
    assert swept(place, china("2025-03-04T18:00")) == Swept()
    assert swept(place, china("2025-03-05T08:00")) == Swept(warnings=1)
    assert swept(place, china("2025-03-05T18:00")) == Swept()
    assert swept(place, china("2025-03-06T18:00")) == Swept()
    (entry,) = recorded(place, "F-1")
    assert isinstance(entry.event, WarningRecorded)
    assert (entry.event.due, entry.occurred_at) == (date(2025, 3, 6), china("2025-03-05T08:00"))


def test_no_warning_of_what_is_done_and_none_after_the_due_day(place: Place) -> None:
    done = received("2025-03-03")
    done.act(ACCEPTED, china("2025-03-04"), timedelta())
    place.record(done.entries)
    place.record(received("2025-03-03", "F-2").entries)
    assert swept(place, china("2025-03-07T08:00")).warnings == 0
    assert [type(entry.event) for entry in recorded(place, "F-1")] == []


def test_lists_that_lag_behind_are_not_believed(place: Place) -> None:
    """An act in time that is not projected yet must not be taken for a breach."""
    written = received("2025-03-03")
    place.record(written.entries)
    place.catch_up()
    written.act(ACCEPTED, china("2025-03-06"), timedelta())
    place.record(written.entries[1:])
    with pytest.raises(Behind):
        sweep(place.ledger, agenda(place, patience=0.1), at=china("2025-03-08"))
    place.sequence()
    with pytest.raises(Behind):
        sweep(place.ledger, agenda(place, patience=0.1), at=china("2025-03-08"))
    assert recorded(place) == []
    assert swept(place, china("2025-03-08"), warn_before=None) == Swept()


def test_two_sweeps_at_once_record_each_verdict_once(place: Place) -> None:
    for entries in some_files(15):
        place.record(entries)
    place.catch_up()
    at, gate = BEGUN + 60 * DAY, threading.Barrier(3)

    def recorded_by_one() -> int:
        gate.wait()
        try:
            done = sweep(place.ledger, agenda(place, patience=0.5), at=at, warn_before=None)
        except Behind:  # it began after another had recorded something, and the lists do not show that
            return 0
        return done.breaches + done.rejudged

    with ThreadPoolExecutor(3) as threads:
        counts = [each.result() for each in [threads.submit(recorded_by_one) for _ in range(3)]]
    assert sum(counts) == len(verdicts(place)) > 10
    assert swept(place, at, warn_before=None) == Swept()


def test_no_right_advisory_or_derived_clock_is_ever_held_against_anybody(place: Place) -> None:
    for entries in some_files(25, seed=9):
        place.record(entries)
    swept(place, BEGUN + 400 * DAY)
    blamed = {entry.event.rule for entry in recorded(place)}  # type: ignore[union-attr]
    limits = {limit.id: limit for limit in place.ledger.rulebook.limits}
    assert blamed
    assert all(limits[rule].counts for rule in blamed)
    shown = {
        row[0]
        for row in place.run("SELECT DISTINCT rule FROM {schema}.clock WHERE tally IS NULL AND due_on IS NOT NULL")
    }
    assert shown - blamed, "there were such clocks"
