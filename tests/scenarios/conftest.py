"""A server's wiring and the owner's hand on a database of their own, for scenarios over real HTTP, and what they left on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.scenario.command import run
from api.scenario.compare import Mismatch
from api.wiring import Administration, Wiring
from domain.kernel import Entry
from tests.http.covering import Covering
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


class Keeping:
    """The owner's hand, and the files of the ledger that a scenario ended with: they are gone when it is done."""

    def __init__(self, owner: Administration, wiring: Wiring) -> None:
        self._owner, self._wiring = owner, wiring
        self.files: list[list[Entry]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._owner, name)

    def drop_rehearsal(self, name: str) -> None:
        """Read the files, and let go of the ledger."""
        self.files = list(self._wiring.place(name).log.whole_files())
        self._owner.drop_rehearsal(name)


@pytest.fixture(scope="module")
def keeping(wiring: Wiring, owner: Administration) -> Keeping:
    """Keeps what the scenario that was played last left on record."""
    return Keeping(owner, wiring)


@pytest.fixture(scope="module")
def play(wiring: Wiring, keeping: Keeping) -> Play:
    """Runs a scenario on a ledger and a server of its own; the application is the module's. Each answer's receipts are looked at."""
    covering = Covering()
    app = covering.watch(create_app(wiring))
    owner: Any = keeping

    def played(path: Path) -> list[Mismatch]:
        found = run(path, wiring, owner, app=app)
        assert covering.wrong == []
        assert covering.right
        return found

    return played
