"""Half-years, years and quarters begin by themselves: those that the rules ask for, each once, dated its first day (周期)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from application.sweep import Swept, sweep
from domain.cases.cadence.events import HalfYearOpened, PeriodEnded, YearOpened
from domain.cases.jurisdiction.events import OrganAmended, ProfilesChosen
from domain.cases.reporting_duty.events import QuarterOpened
from domain.cases.supervision.events import BreachRecorded
from domain.kernel import Entry, Event, case_id
from domain.law.clock import midnight
from infrastructure.agenda import PostgresAgenda
from infrastructure.postgres.pool import Pool
from tests.projections.conftest import Place
from tests.projections.histories import QUIET, jurisdiction
from tests.sweep.meetings import china, hold, place_of, start

Make = Callable[..., Place]
XUANEN, DALI, NINGBO = ("xuanen-2020", "national"), ("dali-2016",), ("ningbo-2017",)
OPENINGS = (HalfYearOpened, YearOpened, QuarterOpened)


@pytest.fixture
def new(new_ledger: Callable[..., Any], pool: Pool) -> Make:
    """Makes rehearsal ledgers that were opened on 2 January 2024 under these profiles."""

    def make(*later: tuple[Event, datetime], profiles: tuple[str, ...] = XUANEN) -> Place:
        place = place_of(pool, new_ledger().schema)
        place.record(jurisdiction(*later, profiles=profiles))
        return place

    return make


def swept(place: Place, at: str) -> Swept:
    agenda = PostgresAgenda(place.pool, place.log, rehearsal=True, patience=5.0, bring=place.catch_up)
    return sweep(place.ledger, agenda, at=china(at), warn_before=None)


def recorded(place: Place, *kinds: type[Event]) -> list[Entry]:
    """Every event of these kinds, in recording order."""
    place.sequence()
    return [each for each in place.log.follow(0, 100_000) if isinstance(each.event, kinds)]


def opened(place: Place) -> dict[str, date]:
    """The periods that were opened, and the first day of each."""
    found = recorded(place, *OPENINGS)
    assert all(entry.occurred_at == midnight(entry.event.begins) for entry in found)  # type: ignore[attr-defined]
    return {entry.event.number: entry.event.begins for entry in found}  # type: ignore[attr-defined]


def test_what_began_since_the_ledger_was_opened_is_opened_once_and_what_is_over_is_ended(new: Make) -> None:
    place = new()
    first = swept(place, "2025-03-01")
    expected = {
        "ZQ-2024-H2": date(2024, 7, 1),
        "ZQ-2025-H1": date(2025, 1, 1),
        "BS-2024-Q2": date(2024, 4, 1),
        "BS-2024-Q3": date(2024, 7, 1),
        "BS-2024-Q4": date(2024, 10, 1),
        "BS-2025-Q1": date(2025, 1, 1),
    }
    assert opened(place) == expected
    assert first.periods == 7
    (ended,) = recorded(place, PeriodEnded)
    assert (ended.case_id, ended.occurred_at) == (case_id("ZQ-2024-H2"), midnight(date(2025, 1, 1)))
    assert swept(place, "2025-03-01") == Swept()
    assert swept(place, "2025-03-31T23:50").periods == 0
    assert swept(place, "2025-04-01T00:00").periods == 1
    assert opened(place) == {**expected, "BS-2025-Q2": date(2025, 4, 1)}


def test_nothing_is_opened_before_its_first_day(new: Make) -> None:
    place = new()
    swept(place, "2024-06-30T23:59")
    assert list(opened(place)) == ["BS-2024-Q2"]


@pytest.mark.parametrize(
    ("profiles", "expected"),
    [
        (DALI, ["ZQ-2025"]),
        (NINGBO, ["ZQ-2024-H2", "ZQ-2025-H1"]),
        (QUIET, []),
        ((*DALI, *NINGBO), ["ZQ-2024-H2", "ZQ-2025-H1", "ZQ-2025"]),
    ],
)
def test_which_periods_are_opened_the_chosen_rules_say(
    new: Make, profiles: tuple[str, ...], expected: list[str]
) -> None:
    place = new(profiles=profiles)
    swept(place, "2025-03-01")
    assert list(opened(place)) == expected


def test_a_period_is_judged_by_the_profiles_chosen_when_it_began(new: Make) -> None:
    """Opened long after another choice was made, it is what it would have been in time."""
    chosen = ProfilesChosen(profiles=NINGBO)
    place = new((chosen, china("2024-08-01")))
    swept(place, "2025-03-01")
    profiles = {entry.event.number: entry.event.profiles for entry in recorded(place, *OPENINGS)}  # type: ignore[attr-defined]
    assert profiles == {
        "ZQ-2024-H2": XUANEN,
        "BS-2024-Q2": XUANEN,
        "BS-2024-Q3": XUANEN,
        "ZQ-2025-H1": NINGBO,
    }


def test_after_an_outage_of_a_year_it_is_as_if_there_had_been_none(new: Make) -> None:
    steady, out = new(), new()
    for month in range(1, 13):
        swept(steady, f"2024-{month:02}-15")
    for place in (steady, out):
        swept(place, "2025-03-01")
    said = [
        sorted(
            (entry.event_id, entry.occurred_at, repr(entry.event)) for entry in recorded(place, *OPENINGS, PeriodEnded)
        )
        for place in (steady, out)
    ]
    assert said[0] == said[1]
    breaches = [{entry.event_id for entry in recorded(place, BreachRecorded)} for place in (steady, out)]
    assert breaches[0] == breaches[1] != set()


def test_a_missed_half_year_is_recorded_as_a_soft_breach_of_the_office(new: Make) -> None:
    place = new()
    swept(place, "2025-01-01T00:10")
    found = [entry.event for entry in recorded(place, BreachRecorded)]
    missed = {(event.rule, event.severity, event.party, event.due) for event in found}  # type: ignore[attr-defined]
    assert {each for each in missed if each[0] in ("XE-JM6", "XE-JI6")} == {
        (rule, "soft", "zwj", date(2024, 12, 31)) for rule in ("XE-JM6", "XE-JI6")
    }
    assert ("XE-QTR30", "hard", "jyzx", date(2024, 9, 30)) in missed


def test_without_an_office_nothing_is_opened_until_there_is_one(new: Make) -> None:
    none = OrganAmended(organ="zwj", roles=())
    place = new((none, china("2024-02-01")))
    swept(place, "2025-03-01")
    assert not [number for number in opened(place) if number.startswith("ZQ")]
    last = len(place.log.load_stream(case_id("jurisdiction")))
    again = jurisdiction(
        (none, china("2024-02-01")), (OrganAmended(organ="zwj", roles=("office",)), china("2025-03-02"))
    )
    place.record(again[last:])
    swept(place, "2025-03-03")
    assert [number for number in opened(place) if number.startswith("ZQ")] == ["ZQ-2024-H2", "ZQ-2025-H1"]


def test_meetings_and_inspections_of_an_outage_are_counted_with_the_opening_and_never_look_missed(new: Make) -> None:
    place = new()
    hold(place, "2024-09-03")
    start(place, "2024-12-31")
    hold(place, "2025-01-02", "LX-2")
    assert not opened(place)
    swept(place, "2025-03-01")
    stream = place.log.load_stream(case_id("ZQ-2024-H2"))
    assert [entry.topic for entry in stream][:3] == [
        "cadence.half-year-opened",
        "cadence.meeting-counted",
        "cadence.inspection-counted",
    ]
    assert [entry.occurred_at for entry in stream[1:3]] == [china("2024-09-03"), china("2024-12-31")]
    assert len({entry.recorded_at for entry in stream[:3]}) == 1, "in one breath"
    rules = {entry.event.rule for entry in recorded(place, BreachRecorded)}  # type: ignore[attr-defined]
    assert rules == {"XE-QTR30"}, "nobody missed a meeting"
    assert place.ledger.office().case.register.role("office") == "zwj"
    assert [entry.topic for entry in place.log.load_stream(case_id("ZQ-2025-H1"))][1:] == ["cadence.meeting-counted"]


def test_a_ledger_opened_on_the_first_day_of_a_period_opens_it(new_ledger: Callable[..., Any], pool: Pool) -> None:
    place = place_of(pool, new_ledger().schema)
    day = china("2025-07-01T15:00")
    entries = jurisdiction()
    place.record([each._replace(occurred_at=day, recorded_at=day) for each in entries])
    swept(place, "2025-07-02")
    assert sorted(opened(place)) == ["BS-2025-Q3", "ZQ-2025-H2"]
