"""What is recorded in one file is followed in another: at once if possible, by the sweep if not, and never twice (联动计入)."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from application.catching_up import make_good
from application.handle import Command, handle
from application.ledger import JURISDICTION
from application.ports import Answered, Appended, Batch, FileMoved, Idempotency
from application.reactions import REACTIONS, reactions_to
from application.sweep import Swept, sweep
from domain.cases import CASES, EVENTS
from domain.cases.jurisdiction.events import Role
from domain.cases.supervision.events import BreachRecorded, VerdictRejudged
from domain.kernel import Actor, Entry, case_id
from domain.law.clock import State
from infrastructure.agenda import PostgresAgenda
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool
from infrastructure.postgres.statements import statements
from tests.projections.conftest import Place
from tests.projections.histories import jurisdiction
from tests.sweep.meetings import Held, china, hold, place_of, start

HALF, YEAR = case_id("ZQ-2025-H1"), case_id("ZQ-2025")
BOTH = ("xuanen-2020", "national", "dali-2016")


class Cut(PostgresEventLog):
    """A log that is cut off from the files of periods while `error` is set."""

    error: Exception | None = None

    def append(self, batch: Batch) -> Appended | Answered:
        if self.error is not None and batch.case_id in (HALF, YEAR):
            raise self.error
        return super().append(batch)


@pytest.fixture
def place(new_ledger: Callable[..., Any], pool: Pool) -> Place:
    """A ledger in which the first half of 2025, and the year, are open."""
    made = place_of(pool, new_ledger().schema, Cut)
    made.record(jurisdiction(profiles=BOTH))
    swept(made, "2025-01-01T00:10")
    return made


def agenda(place: Place) -> PostgresAgenda:
    return PostgresAgenda(place.pool, place.log, rehearsal=True, patience=5.0, bring=place.catch_up)


def swept(place: Place, at: str) -> Swept:
    return sweep(place.ledger, agenda(place), at=china(at), warn_before=None)


def counted(place: Place, case: Any = HALF) -> list[Entry]:
    return [each for each in place.log.load_stream(case) if each.topic.endswith("-counted")]


def state(place: Place, rule: str, at: str) -> State:
    entries, office = place.ledger.load(HALF if rule != "DL-JM1" else YEAR)
    file = place.ledger.file(entries[0].file_id, entries, office=office)
    (clock,) = [each for each in file.clocks if each.limit.id == rule]
    return file.judge(clock, china(at)).state


def test_a_meeting_counts_at_once_for_its_half_year_and_its_year(place: Place) -> None:
    receipt = hold(place, "2025-03-05")
    for case in (HALF, YEAR):
        (found,) = counted(place, case)
        assert found.causation == receipt.entries[0].event_id
        assert (found.occurred_at, found.recorded_at) == (china("2025-03-05"), china("2025-03-05"))
        assert (found.actor, found.event.held_on.isoformat()) == (Actor("system"), "2025-03-05")  # type: ignore[attr-defined]
    assert {rule: state(place, rule, "2026-01-01") for rule in ("XE-JM6", "XE-JI6", "DL-JM1")} == {
        "XE-JM6": State.MET,
        "XE-JI6": State.BREACHED_OPEN,
        "DL-JM1": State.MET,
    }
    start(place, "2025-05-06")
    assert state(place, "XE-JI6", "2026-01-01") is State.MET


def test_a_meeting_recorded_late_counts_for_the_period_of_its_own_date(place: Place) -> None:
    swept(place, "2025-07-02")
    assert state(place, "XE-JM6", "2025-07-02") is State.BREACHED_OPEN
    hold(place, "2025-06-30", recorded="2025-07-03")
    assert state(place, "XE-JM6", "2025-07-03") is State.MET
    hold(place, "2025-07-04", "LX-2")
    assert [each.event.meeting for each in counted(place)] == ["LX-1"]  # type: ignore[attr-defined]
    done = swept(place, "2025-07-05")
    assert (done.rejudged, done.counted) == (1, 0)
    place.sequence()
    of_it = {"rule": "XE-JM6", "case_number": "ZQ-2025-H1"}.items()
    kinds = [type(each.event) for each in place.log.follow(0, 10_000) if of_it <= vars(each.event).items()]
    assert kinds == [BreachRecorded, VerdictRejudged]


@pytest.mark.parametrize("error", [FileMoved("busy"), psycopg.OperationalError("away")])
def test_what_cannot_follow_at_once_is_made_good_by_the_sweep_and_never_fails_the_command(
    place: Place, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    cut: Any = place.log
    cut.error = error
    with caplog.at_level(logging.WARNING, "anjuan.reactions"):
        receipt = hold(place, "2025-03-05")
    assert len(receipt.entries) == 1 and counted(place) == []
    assert "reaction=count_meeting case=ZQ-2025-H1" in caplog.text
    cut.error = None
    assert swept(place, "2025-03-06").counted == 2
    assert len(counted(place)) == len(counted(place, YEAR)) == 1
    assert swept(place, "2025-03-07") == Swept()


def test_a_defect_is_no_outage_and_is_let_rise(place: Place) -> None:
    cut: Any = place.log
    cut.error = RuntimeError("defect")
    with pytest.raises(RuntimeError):
        hold(place, "2025-03-05")


def test_done_again_it_is_refused_and_has_the_same_id(place: Place) -> None:
    receipt = hold(place, "2025-03-05")
    (found,) = counted(place)
    dues = {due.number: due for due in reactions_to(receipt.entries)}
    assert found.event_id == dues["ZQ-2025-H1"].event_id == dues["ZQ-2025-H1"].new_id()()
    assert make_good(place.ledger, agenda(place), at=china("2025-03-06")) == []
    assert counted(place) == [found]


def test_ids_of_one_reaction_are_the_same_every_time_and_differ_from_each_other(place: Place) -> None:
    due = next(reactions_to(hold(place, "2025-03-05").entries))
    one, two = due.new_id(), due.new_id()
    ids = [one() for _ in range(3)]
    assert ids == [two() for _ in range(3)]
    assert len(set(ids)) == 3


def test_a_sweep_as_of_an_earlier_day_does_not_count_what_was_not_known_then(place: Place) -> None:
    cut: Any = place.log
    cut.error = FileMoved("busy")
    hold(place, "2025-03-05")
    cut.error = None
    assert swept(place, "2025-03-04").counted == 0
    assert swept(place, "2025-03-06").counted == 2


def test_the_answer_to_a_repeated_request_does_not_tell_what_followed(place: Place) -> None:
    """In one file with the period, which a convenor who also inspects may read: the receipt given again is that of the request alone."""
    reads = Command(
        case_type="jurisdiction", step="amend_organ", actor=Actor("admin"), occurred_at=china("2025-03-04"), case=JURISDICTION,
        arguments={"organ": "zhb", "roles": (Role.CONVENOR, Role.INSPECTOR)}, recorded_at=china("2025-03-04"),
    )  # fmt: skip
    handle(reads, place.ledger, now=china("2025-03-04"), new_id=uuid4)
    command = Command(
        case_type="meeting", step="hold", actor=Actor("zhb"), occurred_at=china("2025-03-05"), number="LX-9",
        file_no="ZQ-2025-H1", arguments={"full": True}, idempotency=Idempotency("s", "k", b"h"),
        recorded_at=china("2025-03-05"),
    )  # fmt: skip
    first, again = (handle(command, place.ledger, now=china("2025-03-05"), new_id=uuid4) for _ in range(2))
    assert len(counted(place)) == 1
    assert again.replayed and not first.replayed
    assert [each.event_id for each in again.entries] == [each.event_id for each in first.entries]


def test_nothing_follows_where_no_period_is_open_and_what_is_opened_later_counts_it(place: Place) -> None:
    hold(place, "2025-07-03", "LX-2")
    assert place.log.file_of(case_id("ZQ-2025-H2")) is None
    swept(place, "2025-07-04")
    assert [each.event.meeting for each in counted(place, case_id("ZQ-2025-H2"))] == ["LX-2"]  # type: ignore[attr-defined]


def test_the_events_that_are_followed_are_those_of_the_index_and_exist() -> None:
    topics = {each.when for each in REACTIONS}
    asked = statements("j")["causes"].decode()
    assert set(re.search(r"topic IN \(([^)]*)\)", asked)[1].replace("'", "").split(", ")) == topics  # type: ignore[index]
    assert {topic for topic in topics if topic.partition(".")[0] in CASES} <= set(EVENTS)
    assert all(each.step in CASES[each.case_type].STEPS for each in REACTIONS)


def test_the_index_names_the_same_events(place: Place) -> None:
    ((said,),) = place.run("SELECT pg_get_indexdef('{schema}.events_causes'::regclass)")
    assert set(re.findall(r"'([a-z.-]+)'", said.partition(" WHERE ")[2])) == {each.when for each in REACTIONS}
    assert Held.TOPIC in said
