"""The program over a database of the module's own, and real ledgers in it to take over histories."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import pytest

from api.wiring import Place, Wiring, found_ledger
from domain.cases.jurisdiction.events import Role
from infrastructure.administration import Administration
from tests.command_line.processes import Anjuan
from tests.servers import Database

PROFILES = ("xuanen-2020", "national")
ORGANS = (
    {"organ": "zwj", "name_zh": "政务局", "roles": (Role.OFFICE,), "aliases": ("政务局",)},
    {"organ": "zjj", "name_zh": "住建局", "aliases": ("县住建局",)},
    {"organ": "slj", "name_zh": "水利局"},
    {"organ": "gaj", "name_zh": "公安局", "roles": (Role.POLICE,), "external": True},
)


@pytest.fixture(scope="module")
def anjuan(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Anjuan:
    """The program over the module's own database."""
    urls = {"DATABASE_URL": database.app, "ANJUAN_OWNER_URL": database.owner}
    return Anjuan(tmp_path_factory.mktemp("home"), urls)


@pytest.fixture(scope="module")
def wiring(database: Database) -> Iterator[Wiring]:
    """Everything a process is built of."""
    made = Wiring(database.app)
    yield made
    made.close()


@pytest.fixture(scope="module")
def administration(database: Database) -> Iterator[Administration]:
    """What the owner of the database can do."""
    with Administration(database.owner, app=database.app_role) as made:
        yield made


@pytest.fixture
def new_place(wiring: Wiring, administration: Administration) -> Callable[..., Place]:
    """Makes ledgers: `new_place()` or `new_place(kind="rehearsal")`."""

    def make(kind: str = "real") -> Place:
        name = f"t-{secrets.token_hex(5)}"
        said = {"kind": kind, "calendar": "enshi", "profiles": PROFILES, "organs": ORGANS}
        return found_ledger(wiring, administration, name, **said)  # type: ignore[arg-type]

    return make


@pytest.fixture
def place(new_place: Callable[..., Place]) -> Place:
    """A real ledger with its organs and nothing else."""
    return new_place()
