"""A server's wiring and the owner's hand on a database of their own, for scenarios over real HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from api.app import create_app
from api.scenario.command import run
from api.scenario.compare import Mismatch
from api.wiring import Administration, Wiring
from tests.servers import Database

Play = Callable[[Path], list[Mismatch]]


@pytest.fixture(scope="module")
def wiring(database: Database) -> Iterator[Wiring]:
    """Everything a server process is built of."""
    made = Wiring(database.app)
    yield made
    made.close()


@pytest.fixture(scope="module")
def owner(database: Database) -> Iterator[Administration]:
    """What the owner of the database can do."""
    with Administration(database.owner, app=database.app_role) as made:
        yield made


@pytest.fixture(scope="module")
def play(wiring: Wiring, owner: Administration) -> Play:
    """Runs a scenario on a ledger and a server of its own; the application is the module's."""
    return partial(run, wiring=wiring, owner=owner, app=create_app(wiring))
