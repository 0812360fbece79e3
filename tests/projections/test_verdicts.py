"""Which verdicts follow from what the ledger came to know of a clock, and when: each once, none taken back in silence."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given as for_all
from hypothesis import settings

from application.projections.rows import VerdictRow
from domain.kernel import Entry, EventCorrected
from domain.law.clock import CHINA
from tests.projections.histories import (
    ACCEPTED,
    RECEIVED,
    Written,
    days,
    files,
    jurisdiction,
    jurisdictions,
    ledger,
    project,
    published,
)

RULE = "NA-ACC3"


def china(text: str) -> datetime:
    return datetime.fromisoformat(text if "T" in text else f"{text}T09:00").replace(tzinfo=CHINA)


def complaint(received: str, accepted: str | None = None, *, recorded: str | None = None) -> Written:
    """A complaint received (three working days to accept it) and perhaps accepted, recorded at once or later."""
    written = Written(known=china(received))
    written.act(RECEIVED, china(received), timedelta())
    if accepted:
        written.act(ACCEPTED, china(accepted), china(recorded or accepted) - china(accepted))
    return written


def verdicts(written: Written, office: list[Entry] | None = None) -> list[tuple[Any, ...]]:
    rows = project(ledger(office or jurisdiction()), written.entries)
    clocks = {row.clock_id for row in rows.clocks if row.rule == RULE}
    found: list[VerdictRow] = [row for row in rows.verdicts if row.clock_id in clocks]
    return [(row.n, row.kind, row.at.astimezone(CHINA).isoformat()[:16], row.state) for row in found]


def test_an_act_never_done_is_a_breach_from_midnight_after_the_due_day() -> None:
    assert verdicts(complaint("2025-03-03")) == [(1, "breach", "2025-03-07T00:00", "breached_open")]


def test_an_act_in_time_leaves_nothing_to_say() -> None:
    assert verdicts(complaint("2025-03-03", "2025-03-06T17:00")) == []


def test_a_late_act_does_not_change_the_verdict() -> None:
    assert verdicts(complaint("2025-03-03", "2025-03-10")) == [(1, "breach", "2025-03-07T00:00", "breached_open")]


def test_an_act_in_time_that_was_recorded_late_is_judged_again() -> None:
    assert verdicts(complaint("2025-03-03", "2025-03-06", recorded="2025-03-12")) == [
        (1, "breach", "2025-03-07T00:00", "breached_open"),
        (2, "rejudged", "2025-03-12T09:00", "met"),
    ]


def test_what_is_recorded_when_all_is_over_is_a_breach_from_then_on() -> None:
    written = Written(known=china("2025-06-01"))
    for place, day in ((RECEIVED, "2025-03-03"), (ACCEPTED, "2025-03-10")):
        written.act(place, china(day), china("2025-06-01") - china(day))
    assert verdicts(written) == [(1, "breach", "2025-06-01T09:00", "late")]


def imported(accepted: str | None) -> Written:
    """A complaint of 2019 taken over in June 2025, all at once."""
    written = Written(known=china("2025-06-01"))
    for place, day in ((RECEIVED, "2019-03-04"), (ACCEPTED, accepted)):
        if day is not None:
            written.act(place, china(day), china("2025-06-01") - china(day))
    written.entries[:] = [entry._replace(imported=True) for entry in written.entries]
    return written


def test_what_was_done_before_the_import_is_no_verdict_of_today_however_late_it_was() -> None:
    """A card makes somebody act, or says that the ledger saw it late. Neither is so here; statistics know it all the same."""
    assert verdicts(imported("2019-05-06")) == []
    (row,) = (row for row in project(ledger(jurisdiction()), imported("2019-05-06").entries).clocks if row.rule == RULE)
    assert (row.state, row.tally) == ("late", "late")


def test_what_is_still_undone_at_the_import_is_overdue_from_then_on() -> None:
    assert verdicts(imported(None)) == [(1, "breach", "2025-06-01T09:00", "breached_open")]


def test_a_late_act_that_is_recorded_after_the_import_leaves_the_verdict() -> None:
    written = imported(None)
    written.act(ACCEPTED, china("2025-06-03"), timedelta())
    assert verdicts(written) == [(1, "breach", "2025-06-01T09:00", "breached_open")]


def test_a_correction_that_makes_the_act_timely_is_a_verdict_of_its_own() -> None:
    written = complaint("2025-03-03", "2025-03-10")
    wrong = written.entries[-1]
    right = EventCorrected(corrects=wrong.event_id, occurred_at=china("2025-03-05"))
    written.write(right, "F-1", "zjj", china("2025-03-20"), china("2025-03-20"))
    assert verdicts(written) == [
        (1, "breach", "2025-03-07T00:00", "breached_open"),
        (2, "rejudged", "2025-03-20T09:00", "met"),
    ]


def test_a_calendar_that_moves_the_due_day_clears_the_breach_until_it_is_one_again() -> None:
    office = jurisdiction(published(2025, days(date(2025, 3, 4), 7), china("2025-03-08")))
    assert verdicts(complaint("2025-03-03"), office) == [
        (1, "breach", "2025-03-07T00:00", "breached_open"),
        (2, "rejudged", "2025-03-08T09:00", "running"),
        (3, "breach", "2025-03-14T00:00", "breached_open"),
    ]


def test_nothing_is_said_of_a_provisional_date_before_its_calendar_is_published() -> None:
    assert verdicts(complaint("2026-12-30")) == []
    office = jurisdiction(published(2027, days(date(2027, 1, 1), 3), china("2027-01-20")))
    assert verdicts(complaint("2026-12-30"), office) == [(1, "breach", "2027-01-20T09:00", "breached_open")]


@settings(max_examples=80)
@for_all(files(), jurisdictions())
def test_verdicts_once_due_stay_as_they_are_whatever_is_recorded_later(
    entries: list[Entry], office: list[Entry]
) -> None:
    """What the supervision record was told is never told otherwise under the same number."""
    later = project(ledger(office), entries).verdicts
    for count in range(1, len(entries)):
        known_until = entries[count].known_at()
        if entries[count - 1].known_at() == known_until:
            continue
        so_far = [entry for entry in office if entry.known_at() < known_until]
        then = project(ledger(so_far), entries[:count]).verdicts
        assert told(then, known_until) == told(later, known_until)


def told(rows: list[VerdictRow], until: datetime) -> set[tuple[Any, ...]]:
    return {(row.event_id, row.kind, row.at, row.state, row.breach_at) for row in rows if row.at < until}


@settings(max_examples=80)
@for_all(files(), jurisdictions())
def test_verdicts_are_numbered_in_order_and_alternate_sensibly(entries: list[Entry], office: list[Entry]) -> None:
    rows = project(ledger(office), entries).verdicts
    for clock in {row.clock_id for row in rows}:
        said = [row for row in rows if row.clock_id == clock]
        assert [row.n for row in said] == list(range(1, len(said) + 1))
        assert said[0].kind == "breach"
        assert all(one.at <= two.at for one, two in itertools.pairwise(said))
