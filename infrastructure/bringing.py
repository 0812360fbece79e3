"""Brings a ledger up to what is recorded now (追平), where perhaps no server does: positions first, then the lists."""

from __future__ import annotations

import time

from application.ledger import Ledger
from application.ports import Unavailable, Views
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.session import Connections
from infrastructure.projector import Projector
from infrastructure.sequencer import sequence_once

PATIENCE = 30.0


def bring_positions(pool: Connections, log: PostgresEventLog) -> None:
    """Give positions to all that is recorded now; raises Unavailable."""
    deadline = time.monotonic() + PATIENCE
    while log.unsequenced():
        try:
            sequence_once(pool, log.schema, patience=0.1)
        except TimeoutError as error:
            if time.monotonic() > deadline:
                raise Unavailable(str(error)) from error


def bring_lists(pool: Connections, positions: Connections, log: PostgresEventLog, ledger: Ledger, views: Views) -> None:
    """Bring the lists up to what is recorded now; raises Unavailable. `positions`: connections of who may give them."""
    bring_positions(positions, log)
    last, deadline = log.last_position(), time.monotonic() + PATIENCE
    projector = Projector(pool, log, ledger)
    while projector.catch_up() < last and views.progress().position < last:
        if time.monotonic() > deadline:
            raise Unavailable("the lists do not come to the end of the log")
        time.sleep(0.05)
