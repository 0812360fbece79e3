"""One scheduler leads; if it is killed in the middle of a sweep another goes on, and each verdict is recorded once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from application.periods import DAY, begun, profiles_of
from application.sweep import Behind, Swept
from domain.law.clock import midnight
from infrastructure.agenda import PostgresAgenda
from infrastructure.postgres.pool import connect
from infrastructure.projector import Projector
from infrastructure.scheduler import SWEEP, Scheduler
from infrastructure.sequencer import Sequencer
from infrastructure.worker import Worker
from tests.projections.conftest import Place
from tests.projections.histories import jurisdiction, some_files
from tests.servers import Database
from tests.sweep.real_ledgers import NothingToDo, recorded_now
from tests.waiting import until

REPOSITORY = Path(__file__).parents[2]
FILES = 40


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


def test_it_sweeps_on_becoming_leader_and_only_the_leader_does(scheduler: Callable[..., Scheduler]) -> None:
    agendas = [NothingToDo(), NothingToDo()]
    one, two = (scheduler(agenda, every=30) for agenda in agendas)
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
