"""One server for two jurisdictions: one by the rules that ship, one by a copy of the national profile at 2, 3 and 20 working days."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest

from api.app import create_app
from api.wiring import Law, Place, Wiring, found_ledger
from domain.cases.jurisdiction.events import Role
from infrastructure.administration import Administration
from infrastructure.own_law import law
from tests.http.client import Client
from tests.servers import Database
from tests.sites import answering

SHIPPED = files("domain.law")
LOCAL = "suqian-2023"
PROMISED = {"NA-ACC3": (3, 2), "NA-GP-REV5": (5, 3), "NA-DEC30": (30, 20), "NA-GP-DEC30": (30, 20)}
"""Acceptance, examination, decision: what the national rules allow, and what the local promise makes of it."""

CALENDAR = """calendar = "suqian"
year = 2025
notice = "宿迁市人民政府办公室关于2025年放假的通知"
published = 2025-01-10
days_off = [2025-03-05]
"""
ORGANS = (
    {"organ": "zwj", "name_zh": "政务局", "roles": (Role.OFFICE,)},
    {"organ": "zjj", "name_zh": "住建局"},
    {"organ": "slj", "name_zh": "水利局"},
)


def promised() -> str:
    """The national profile with the days of the local promise."""
    rules = (SHIPPED / "profiles" / "national.toml").read_text(encoding="utf-8").split("[[limit]]")
    for rule, (before, after) in PROMISED.items():
        (place,) = (n for n, text in enumerate(rules) if f'id = "{rule}"' in text)
        said = f'within = {{ amount = {before}, unit = "working day" }}'
        assert said in rules[place]
        rules[place] = rules[place].replace(said, said.replace(str(before), str(after)))
    return "[[limit]]".join(rules)


@pytest.fixture(scope="session")
def law_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the law of the deployment."""
    folder = tmp_path_factory.mktemp("law")
    for kind in ("profiles", "calendars"):
        (folder / kind).mkdir()
    (folder / "profiles" / f"{LOCAL}.toml").write_text(promised(), encoding="utf-8")
    (folder / "calendars" / "suqian-2025.toml").write_text(CALENDAR, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def own_law(law_folder: Path) -> Law:
    """What ships, and what the folder adds."""
    return law(law_folder)


@pytest.fixture(scope="module")
def administration(database: Database) -> Iterator[Administration]:
    """What the owner of the database can do."""
    with Administration(database.owner, app=database.app_role) as made:
        yield made


@pytest.fixture(scope="module")
def wiring(database: Database, own_law: Law) -> Iterator[Wiring]:
    """Everything a server process is built of."""
    made = Wiring(database.app, law=own_law)
    yield made
    made.close()


@dataclass(frozen=True, slots=True)
class Served:
    """One jurisdiction behind a server."""

    place: Place
    client: Client


Serve = Callable[[Wiring], int]


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Serves what a wiring holds; answers the port."""
    with ExitStack() as servers:
        yield lambda wired: servers.enter_context(answering(create_app(wired)))


@pytest.fixture(scope="module")
def make(wiring: Wiring, administration: Administration, serve: Serve) -> Callable[..., Served]:
    """Founds jurisdictions: `make("suqian-2023", calendar="suqian")`."""
    port = serve(wiring)

    def found(*profiles: str, calendar: str = "national") -> Served:
        name = f"t-{secrets.token_hex(5)}"
        place = found_ledger(
            wiring, administration, name, kind="rehearsal", calendar=calendar, profiles=profiles, organs=ORGANS
        )
        return Served(place, Client(port, administration.create_token(jurisdiction=name, organ="zjj")))

    return found


@pytest.fixture(scope="module")
def ordinary(make: Callable[..., Served]) -> Served:
    """A jurisdiction by the national rules."""
    return make("national")


@pytest.fixture(scope="module")
def suqian(make: Callable[..., Served]) -> Served:
    """A jurisdiction that promised more."""
    return make(LOCAL, calendar="suqian")
