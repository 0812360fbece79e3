"""A server's wiring and the owner's hand on a database of their own, for scenarios over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.wiring import Administration, Wiring
from tests.servers import Database


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
