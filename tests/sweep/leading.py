"""A process that may lead the sweep of a ledger, until it is killed."""

from __future__ import annotations

import sys
from contextlib import closing
from functools import partial

from application.ledger import Ledger
from domain.cases import CASES, EVENTS
from infrastructure.agenda import PostgresAgenda
from infrastructure.calendar_files import shipped_calendars
from infrastructure.law_files import shipped_rulebook
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool, connect
from infrastructure.scheduler import Scheduler


def main(url: str, schema: str) -> None:
    """Lead or stand by for ever."""
    with closing(Pool(url)) as pool:
        log = PostgresEventLog(pool, schema, EVENTS)
        ledger = Ledger(log, CASES, shipped_rulebook(), shipped_calendars())
        agenda = PostgresAgenda(pool, log)
        scheduler = Scheduler(partial(connect, url, name="test scheduler"), schema, ledger, agenda, poll=0.05)
        print("started", flush=True)
        scheduler.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
