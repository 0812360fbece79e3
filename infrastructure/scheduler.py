"""Runs the sweep by the clock (定时巡查): one leader per jurisdiction among any number of processes, each slot once."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg

from application.attesting import attest_law
from application.ledger import Ledger
from application.sweep import WARN_BEFORE, Agenda, Behind, sweep
from domain.law.clock import day_of
from infrastructure.bell import Bell
from infrastructure.identifiers import new_id
from infrastructure.law_parts import PROGRAM
from infrastructure.leading import Lead
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.statements import statements
from infrastructure.settings import TIMEZONE
from infrastructure.slots import MORNING, NIGHT, last_slot
from infrastructure.worker import Health, Worker

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

    from infrastructure.anchors.printed import Printing
    from infrastructure.verifying.nightly import Nightly

SWEEP, VERIFY, PRINT = "sweep", "verify", "print"
EVERY_MINUTES = 10
LOOK_SECONDS = 1.0

log = logging.getLogger("anjuan.scheduler")


class Scheduler(Worker):
    """The scheduler of one jurisdiction. Who has the lock leads: it sweeps at once, and then in every slot, as APScheduler tells.

    `connect` makes a connection of its own with autocommit, which holds the lock; `every`: minutes from slot to slot, a part
    of an hour; `nightly`: verifies the ledger every night; `printing`: writes the page of each day; `law`: the parts of the law by
    which this process judges, attested before the first sweep where they are not those that were attested last. Rehearsal ledgers
    have no scheduler: their time is their callers'.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        schema: str,
        ledger: Ledger,
        agenda: Agenda,
        *,
        every: int = EVERY_MINUTES,
        warn_before: int = WARN_BEFORE,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        nightly: Nightly | None = None,
        printing: Printing | None = None,
        law: Sequence[str] = (),
        poll: float = LOOK_SECONDS,
    ) -> None:
        super().__init__(f"scheduler {schema}", bell=Bell(), poll=poll)
        if ledger.rehearsal:
            raise ValueError("a rehearsal ledger is swept when its callers say so")
        self._connect, self._named = connect, statements(schema)
        self._lead = Lead(connect, self._named["lead_jobs"])
        self._ledger, self._agenda, self._warn_before = ledger, agenda, warn_before
        self._every, self._now, self._nightly, self._unattested = every, now, nightly, tuple(law)
        self._printing = printing
        self._jobs: BackgroundScheduler | None = None
        self._begun = False

    def turn(self) -> bool:
        """Lead if nobody does; see that the lock is still ours. True never: the jobs do the work."""
        connection = self._lead.take()
        if connection is None:
            self.health = Health("standing by")
        elif self._jobs is not None:
            connection.execute(self._named["still_here"])
        else:
            self._jobs = self._start()
            self.health = Health("working")
        return False

    def release(self) -> None:
        """Stop the jobs, and then give up the lock with its session."""
        jobs, self._jobs = self._jobs, None
        if jobs is not None:
            jobs.shutdown(wait=True)
        self._lead.give_up()

    def _start(self) -> BackgroundScheduler:
        """The jobs, running; what runs them is imported by leaders only."""
        from apscheduler.executors.pool import ThreadPoolExecutor
        from apscheduler.schedulers.background import BackgroundScheduler
        from apscheduler.triggers.cron import CronTrigger

        executors = {"default": ThreadPoolExecutor(1), VERIFY: ThreadPoolExecutor(1)}
        jobs = BackgroundScheduler(timezone=TIMEZONE, executors=executors)
        # Each begins at once. A job for that alone would be taken off the list when it has run, of which a stop makes an error.
        begun = {"next_run_time": datetime.now(UTC)}
        options: dict[str, Any] = {**begun, "coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        clock = partial(CronTrigger, timezone=TIMEZONE)
        self._begun = False
        slots = clock(minute=f"*/{self._every}")
        jobs.add_job(self._by_the_clock, slots, id=SWEEP, **options)
        if self._nightly is not None:
            every_night = clock(hour=NIGHT.hour, minute=NIGHT.minute)
            jobs.add_job(self._in_the_night, every_night, id=VERIFY, executor=VERIFY, **options)
        if self._printing is not None:
            jobs.add_job(self._in_the_morning, slots, id=PRINT, **options)
        jobs.start()
        return jobs

    def _by_the_clock(self) -> None:
        """At first for this very moment, since another may have led before; then slot by slot."""
        if self._begun:
            self._in_slot()
        else:
            self._begun = True
            self.sweep_for(self._now())

    def _in_slot(self) -> None:
        present = self._now()
        slot = present.replace(minute=present.minute // self._every * self._every, second=0, microsecond=0)
        self.sweep_for(slot)

    def _in_the_night(self) -> None:
        """For the last night that has begun; one that was missed is made good, but for nights before the ledger was opened."""
        slot = last_slot(self._now(), NIGHT)
        office = self._ledger.office()
        if office.entries and office.entries[0].known_at() < slot:
            self.verify_for(slot)

    def _in_the_morning(self) -> None:
        """For the last morning that has begun, and no earlier one; where it did not go, it is tried again in every slot."""
        self.print_for(last_slot(self._now(), MORNING))

    def sweep_for(self, scheduled_for: datetime) -> None:
        """Sweep for one slot, unless that has been done; what fails is left to the next slot, and said."""
        self._run(SWEEP, scheduled_for, self._swept)

    def _swept(self) -> Mapping[str, Any]:
        if self._unattested and self._ledger.office().entries:
            attest_law(self._ledger, self._unattested, PROGRAM, at=self._now(), new_id=new_id)
            self._unattested = ()
        return asdict(sweep(self._ledger, self._agenda, at=self._now(), warn_before=self._warn_before))

    def verify_for(self, night: datetime) -> None:
        """Verify the ledger for one night, unless that has been done."""
        nightly = self._nightly
        if nightly is not None:
            self._run(VERIFY, night, lambda: nightly.run(night, self._stopping.is_set))

    def print_for(self, morning: datetime) -> None:
        """Write the page of the day that begins with a morning, unless that has been done."""
        printing = self._printing
        if printing is not None:
            self._run(PRINT, morning, lambda: printing.run(day_of(morning)))

    def _run(self, job: str, scheduled_for: datetime, work: Callable[[], Mapping[str, Any] | None]) -> None:
        try:
            with self._connect() as connection:
                if connection.execute(self._named["begin_job"], (job, scheduled_for)).fetchone() is None:
                    return
                done = work()
                if done is None:
                    return
                outcome = json.dumps(done)
                connection.execute(self._named["finish_job"], (outcome, job, scheduled_for))
        except (Behind, psycopg.OperationalError, OSError) as error:
            log.warning("job=%s scheduled_for=%s put off: %s", job, scheduled_for, error)
            return
        log.info("job=%s scheduled_for=%s %s", job, scheduled_for, outcome)
