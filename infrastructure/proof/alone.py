"""What gives positions and signs in a process of its own (定序进程): for every jurisdiction, under a role that sees no protected value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from infrastructure.background import Background
from infrastructure.bell import Bell
from infrastructure.postgres.migrate import BadMigration
from infrastructure.postgres.outage import LOST
from infrastructure.postgres.plain_values import ledger_id
from infrastructure.postgres.pool import connect
from infrastructure.postgres.readiness import pending_migrations
from infrastructure.postgres.registry import jurisdictions
from infrastructure.postgres.server import check_role, database_url
from infrastructure.proof.keys import log_keys_of
from infrastructure.settings import Settings
from infrastructure.worker import Worker
from infrastructure.works import sequencers_of


class Sequenced(NamedTuple):
    """A jurisdiction as the sequencer knows it: its name, its schema, what names its ledger."""

    name: str
    schema: str
    ledger: UUID


def sequence_alone(chosen: Settings) -> Background[Sequenced]:
    """What works for the database that the settings name, which must be up to date: raises BadMigration."""
    revive = partial(database_url, chosen, role="sequencer")
    url = revive()
    with connect(url, name="anjuan start") as connection:
        if chosen.production:
            check_role(connection)
        if pending := pending_migrations(connection):
            raise BadMigration(f"`anjuan migrate` first: {', '.join(pending)}")
    return sequencing(url, log_keys_of(chosen), revive)


def sequencing(url: str, log_keys: Path, revive: Callable[[], object] = lambda: None) -> Background[Sequenced]:
    """What works for every jurisdiction of a database; to be started and stopped. `revive` has the database run, if that is ours."""

    def workers(place: Sequenced) -> Iterator[Worker]:
        yield from sequencers_of(*place, url=url, log_keys=log_keys, appended=Bell(), sequenced=Bell())

    return Background(lambda: sequenced(url), workers, revive)


def sequenced(url: str) -> list[Sequenced]:
    """The jurisdictions of a database but for those whose schema is lost or shut."""
    found = []
    with connect(url, name="anjuan sequencer") as connection:
        for each in jurisdictions(connection):
            with suppress(*LOST):
                found.append(Sequenced(each.name, each.schema, ledger_id(connection, each.schema)))
    return found
