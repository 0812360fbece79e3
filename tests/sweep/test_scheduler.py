"""One scheduler leads; if it is killed in the middle of a sweep another goes on, and each verdict is recorded once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from application.ledger import Ledger
from application.periods import DAY, begun, profiles_of
from application.ports import Batch
from application.sweep import Behind, Finding, Swept
from domain.cases import CASES, EVENTS
from domain.cases.attestation.case import NUMBER
from domain.cases.attestation.events import LawAttested
from domain.kernel import Entry, case_id
from domain.law.clock import midnight
from infrastructure.agenda import PostgresAgenda
from infrastructure.calendar_files import shipped_calendars
from infrastructure.law_files import shipped_rulebook
from infrastructure.law_parts import law_parts
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool, connect
from infrastructure.projector import Projector
from infrastructure.scheduler import SWEEP, Scheduler
from infrastructure.sequencer import Sequencer
from infrastructure.worker import Worker
from tests.projections.conftest import Place
from tests.projections.histories import QUIET, jurisdiction, some_files
from tests.servers import Database

REPOSITORY = Path(__file__).parents[2]
FILES = 40


@pytest.fixture
def new_real(new_ledger: Callable[..., Any], pool: Pool) -> Callable[..., Place]:
    """Makes real ledgers with a jurisdiction."""

    def make(office: list[Entry]) -> Place:
        schema = new_ledger(kind="real").schema
        log = PostgresEventLog(pool, schema, EVENTS)
        place = Place(schema, pool, log, Ledger(log, CASES, shipped_rulebook(), shipped_calendars()))
        recorded_now(place, office)
        return place

    return make


@pytest.fixture
def real(new_real: Callable[..., Place]) -> Place:
    """A real ledger in which no period begins."""
    return new_real(jurisdiction(profiles=QUIET))


def recorded_now(place: Place, *histories: list[Entry]) -> None:
    """Facts of long ago that the ledger learns today."""
    for entries in histories:
        for entry in entries:
            place.log.append(Batch(entry.file_id, entry.file_version - 1, entry.case_id, (entry,)))


def leading(database: Database, schema: str) -> subprocess.Popen[str]:
    """Another process that may lead; ready when this returns."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.sweep.leading", database.app, schema],
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    return process


@contextmanager
def background(database: Database, place: Place) -> Iterator[None]:
    """Sequencer and projector at work."""
    own = partial(connect, database.app, name="test sequencer")
    log = place.log
    workers: list[Worker] = [
        Sequencer(own, place.schema, appended=log.appended, sequenced=log.sequenced),
        Projector(place.pool, log, place.ledger),
    ]
    for worker in workers:
        worker.start()
    yield
    for worker in workers:
        worker.stop()


def until(reached: Callable[[], Any], seconds: float = 30.0) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := reached()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
    return found


TOPICS = "('supervision.breach-recorded', 'supervision.verdict-rejudged')"


def said(place: Place) -> list[Any]:
    return place.run(f"SELECT event_id FROM {{schema}}.events WHERE topic IN {TOPICS}")


def runs(place: Place) -> list[Any]:
    return place.run(
        f"SELECT finished_at IS NOT NULL, outcome FROM {{schema}}.job_run WHERE job = '{SWEEP}' ORDER BY started_at"
    )


def test_a_leader_killed_in_the_middle_of_a_sweep_is_succeeded(real: Place, database: Database) -> None:
    recorded_now(real, *some_files(FILES, seed=2))
    with background(database, real):
        until(lambda: real.views().progress().position == real.log.last_position() > FILES)
        first = leading(database, real.schema)
        until(lambda: len(said(real)) >= 3)
        first.send_signal(signal.SIGSTOP)  # or it would be done before the other one is there
        second = leading(database, real.schema)
        first.send_signal(signal.SIGKILL)
        first.communicate()
        cut_short = len(said(real))
        until(lambda: any(finished for finished, _ in runs(real)))
        second.send_signal(signal.SIGKILL)
        second.communicate()
    expected = {row[0] for row in real.run("SELECT event_id FROM {schema}.verdict WHERE at <= now()")}
    found = [row[0] for row in said(real)]
    assert sorted(found) == sorted(expected), "each verdict once"
    assert 3 <= cut_short < len(expected), "the first was killed in the middle"
    (killed, _), (finished, outcome) = runs(real)
    assert (killed, finished) == (False, True)
    assert outcome["breaches"] + outcome["rejudged"] >= len(expected) - cut_short - 1


PERIODS = """SELECT event_id, topic FROM {schema}.events
    WHERE topic IN ('cadence.half-year-opened', 'cadence.ended', 'reporting-duty.quarter-opened')"""


def test_a_leader_killed_while_it_opens_periods_is_succeeded(
    new_real: Callable[..., Place], database: Database
) -> None:
    """Nothing ran for six years: every period of them is opened once, whoever came to it."""
    opened = datetime(2020, 8, 11, 1, tzinfo=UTC)
    real = new_real([entry._replace(occurred_at=opened) for entry in jurisdiction()])
    with background(database, real):
        first = leading(database, real.schema)
        until(lambda: len(real.run(PERIODS)) >= 3)
        first.send_signal(signal.SIGKILL)
        first.communicate()
        cut_short = len(real.run(PERIODS))
        second = leading(database, real.schema)
        until(lambda: any(finished for finished, _ in runs(real)))
        second.send_signal(signal.SIGKILL)
        second.communicate()
    found = real.run(PERIODS)
    now = datetime.now(UTC)
    expected = {
        identifier
        for period in begun(real.ledger.office(), at=now)
        if profiles_of(period, real.ledger.office(), real.ledger.rulebook) is not None
        for identifier, since in ((period.opening, period.stretch.begins), (period.ending, period.stretch.ends + DAY))
        if midnight(since) <= now and (identifier == period.opening or period.kind.ending)
    }
    assert sorted(identifier for identifier, _ in found) == sorted(expected), "each once"
    assert 3 <= cut_short < len(expected), "the first was killed in the middle"
    (_, outcome) = next(run for run in runs(real) if run[0])
    assert outcome["periods"] == len(expected) - cut_short


class NothingToDo:
    """An agenda that remembers when it was asked, and may be behind."""

    def __init__(self, *, behind: bool = False) -> None:
        self.asked: list[datetime] = []
        self.behind = behind

    def settled(self, at: datetime) -> bool:
        self.asked.append(at)
        return not self.behind

    def verdicts(self, at: datetime, after: Finding | None, limit: int) -> list[Finding]:
        return []

    def upcoming(self, first: Any, last: Any) -> list[Any]:
        return []

    def recorded(self, event_ids: Any) -> frozenset[Any]:
        return frozenset()

    def causes(self, at: datetime) -> Iterator[Entry]:
        return iter(())

    def files_where(self, organ: str) -> list[str]:
        return []

    def approved_erasures(self, at: datetime) -> Iterator[Entry]:
        return iter(())

    def shows(self, event_id: Any) -> bool:
        return True


@pytest.fixture
def scheduler(real: Place, database: Database) -> Iterator[Callable[..., Scheduler]]:
    made: list[Scheduler] = []

    def make(agenda: Any, **options: Any) -> Scheduler:
        own = partial(connect, database.app, name="test scheduler")
        made.append(Scheduler(own, real.schema, real.ledger, agenda, poll=0.02, **options))
        return made[-1]

    yield make
    for each in made:
        each.stop()
        each.release()


def test_it_sweeps_on_becoming_leader_and_only_the_leader_does(scheduler: Callable[..., Scheduler]) -> None:
    agendas = [NothingToDo(), NothingToDo()]
    one, two = (scheduler(agenda) for agenda in agendas)
    one.start()
    until(lambda: agendas[0].asked)
    two.start()
    until(lambda: two.health.doing == "standing by")
    assert (len(agendas[0].asked), agendas[1].asked) == (1, [])
    one.stop()
    until(lambda: agendas[1].asked)
    assert two.health.doing == "working"


def test_each_slot_is_run_once(scheduler: Callable[..., Scheduler], real: Place) -> None:
    agenda = NothingToDo()
    slot = datetime(2026, 5, 6, 1, 20, tzinfo=UTC)
    one = scheduler(agenda)
    for _ in range(3):
        one.sweep_for(slot)
    one.sweep_for(slot + timedelta(minutes=10))
    assert len(agenda.asked) == 2
    assert runs(real) == [(True, asdict(Swept()))] * 2


def test_a_slot_that_could_not_be_swept_may_be_run_again(scheduler: Callable[..., Scheduler], real: Place) -> None:
    agenda = NothingToDo(behind=True)
    slot = datetime(2026, 5, 6, 1, 20, tzinfo=UTC)
    one = scheduler(agenda)
    one.sweep_for(slot)
    assert runs(real) == [(False, None)]
    agenda.behind = False
    one.sweep_for(slot)
    assert [finished for finished, _ in runs(real)] == [True]
    assert issubclass(Behind, Exception)


def attested(real: Place) -> list[tuple[str, ...]]:
    """The law that the ledger attested, time after time."""
    told = (each.event for each in real.log.load_stream(case_id(NUMBER)))
    return [each.parts for each in told if isinstance(each, LawAttested)]


def test_the_law_is_attested_before_the_first_sweep_wherever_it_is_another(
    scheduler: Callable[..., Scheduler], real: Place
) -> None:
    slots = (datetime(2026, 5, 6, 1, 20, tzinfo=UTC) + timedelta(minutes=10 * n) for n in range(9))
    first, second = law_parts(), (f"rules/any {'0' * 64}",)
    for law in (first, first, second, first):
        one = scheduler(NothingToDo(), law=law)
        one.sweep_for(next(slots))
        one.sweep_for(next(slots))
    assert attested(real) == [first, second, first]


def test_no_law_is_attested_before_the_ledger_is_opened(new_real: Callable[..., Place], database: Database) -> None:
    unopened = new_real([])
    own = partial(connect, database.app, name="test scheduler")
    one = Scheduler(own, unopened.schema, unopened.ledger, NothingToDo(), law=law_parts())
    one.sweep_for(datetime(2026, 5, 6, 1, 20, tzinfo=UTC))
    assert attested(unopened) == []
    recorded_now(unopened, jurisdiction(profiles=QUIET))
    one.sweep_for(datetime(2026, 5, 6, 1, 30, tzinfo=UTC))
    assert attested(unopened) == [law_parts()]


def test_slots_are_counted_by_the_clock_of_the_offices(scheduler: Callable[..., Scheduler], real: Place) -> None:
    agenda = NothingToDo()
    one = scheduler(agenda, every=10, now=lambda: datetime(2026, 5, 6, 1, 27, 31, tzinfo=UTC))
    one._in_slot()
    assert real.run("SELECT scheduled_for FROM {schema}.job_run") == [(datetime(2026, 5, 6, 1, 20, tzinfo=UTC),)]
    one.turn()
    assert one._jobs is not None
    assert str(one._jobs.timezone) == "Asia/Shanghai"
    (job,) = [each for each in one._jobs.get_jobs() if each.id == SWEEP]
    assert (job.coalesce, job.max_instances) == (True, 1)


def test_a_rehearsal_has_no_scheduler(place: Place, database: Database) -> None:
    agenda = PostgresAgenda(place.pool, place.log, rehearsal=True)
    with pytest.raises(ValueError, match="rehearsal"):
        Scheduler(partial(connect, database.app), place.schema, place.ledger, agenda)
