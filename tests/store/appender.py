"""A process that appends until it is killed, and writes down each event of which it was told that it is recorded."""

from __future__ import annotations

import os
import sys
from uuid import UUID

from application.ports import FileMoved
from infrastructure.postgres.pool import Pool
from tests.store.facts import Paper, log_of, paper


def main(url: str, schema: str, written_down: str, shared: str) -> None:
    """Append to the shared file and to one of its own in turn."""
    log = log_of(Pool(url), schema)
    common, own = Paper(UUID(shared), UUID(shared)), paper()
    notes = os.open(written_down, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    version = 0
    while True:
        version += 1
        batch = own.note(version)
        log.append(batch)  # nobody else writes here: to be told that the file moved would be a lie
        os.write(notes, f"{batch.entries[0].event_id}\n".encode())
        batch = common.note(len(log.load_file(common.file)) + 1)
        try:
            log.append(batch)
        except FileMoved:
            continue
        os.write(notes, f"{batch.entries[0].event_id}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
