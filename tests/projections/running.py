"""A process that projects a ledger, a few entries at a time, until it is killed."""

from __future__ import annotations

import sys
from contextlib import closing

from application.ledger import Ledger
from domain.cases import CASES, EVENTS
from infrastructure.calendar_files import shipped_calendars
from infrastructure.law_files import shipped_rulebook
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool
from infrastructure.projector import Projector


def main(url: str, schema: str) -> None:
    """Project for ever."""
    with closing(Pool(url)) as pool:
        log = PostgresEventLog(pool, schema, EVENTS)
        ledger = Ledger(log, CASES, shipped_rulebook(), shipped_calendars(), rehearsal=True)
        projector = Projector(pool, log, ledger, batch=3, poll=0.01)
        print("started", flush=True)
        projector.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
