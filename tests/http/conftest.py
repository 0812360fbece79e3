"""A county over HTTP: a server on a port of its own, a rehearsal and a real ledger, a client for each organ."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask

from api.app import create_app
from api.wiring import Wiring, found_ledger
from domain.cases.jurisdiction.events import Duty, Role
from infrastructure.administration import Administration
from tests.http.client import Client
from tests.http.fake_lists import FakeLists
from tests.servers import Database
from tests.sites import answering

PROFILES = ("xuanen-2020", "national")
ORGANS: dict[str, dict[str, Any]] = {
    "zwj": {"roles": (Role.OFFICE,), "aliases": ("政务局",)},
    "zjj": {},
    "slj": {},
    "jyzx": {"roles": (Role.TRADING_CENTRE,)},
    "sjj": {"roles": (Role.AUDITOR,)},
    "jjw": {"roles": (Role.INSPECTOR,)},
    "glk": {"roles": (Role.ADMINISTRATOR,)},
    "gaj": {"roles": (Role.POLICE,), "external": True},
    "jwjc": {"roles": (Role.INSPECTOR,)},
}
OFFICERS: tuple[dict[str, Any], ...] = tuple(
    {"officer": f"{organ}-{each}", "name": "经办人", "organ": organ, "duties": duties}
    for organ in ORGANS
    for each, duties in (("officer", (Duty.HANDLER,)), ("colleague", (Duty.HANDLER, Duty.INTAKE)))
)


@dataclass
class County:
    """One ledger behind a server; `client(organ)` calls as that organ."""

    name: str
    wiring: Wiring
    owner: Administration
    port: int
    clients: dict[str, Client] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def token(self, organ: str, officer: str = "") -> str:
        """A new token."""
        return self.owner.create_token(jurisdiction=self.name, organ=organ, officer=officer)

    def bearer(self, organ: str) -> str:
        """The token of an organ."""
        if organ not in self.tokens:
            self.tokens[organ] = self.token(organ, f"{organ}-officer" if organ in ORGANS else "")
        return self.tokens[organ]

    def client(self, organ: str) -> Client:
        """The client of an organ."""
        if organ not in self.clients:
            self.clients[organ] = Client(self.port, self.bearer(organ))
        return self.clients[organ]

    @property
    def lists(self) -> FakeLists:
        """The lists that the server answers."""
        found = self.wiring.place(self.name).views
        assert isinstance(found, FakeLists)
        return found


@pytest.fixture(scope="module")
def wiring(database: Database) -> Iterator[Wiring]:
    """Everything a server process is built of, with lists made by hand."""
    made = Wiring(database.app, lists=lambda *_: FakeLists())
    yield made
    made.close()


@pytest.fixture(scope="module")
def app(wiring: Wiring) -> Flask:
    """The application."""
    return create_app(wiring)


@pytest.fixture(scope="module")
def port(app: Flask) -> Iterator[int]:
    """Where a real server answers."""
    with answering(app) as found:
        yield found


@pytest.fixture(scope="module")
def administration(database: Database) -> Iterator[Administration]:
    """What the owner of the database can do."""
    with Administration(database.owner, app=database.app_role) as made:
        yield made


@pytest.fixture(scope="module")
def make_county(wiring: Wiring, administration: Administration, port: int) -> Iterator[Callable[[str], County]]:
    """Makes ledgers of a kind with their organs."""
    made: list[County] = []

    def make(kind: str) -> County:
        name = f"t-{secrets.token_hex(5)}"
        organs = tuple({"organ": organ, "name_zh": f"{organ}局", **facts} for organ, facts in ORGANS.items())
        found_ledger(
            wiring,
            administration,
            name,
            kind=kind,
            calendar="enshi",
            profiles=PROFILES,
            organs=organs,
            officers=OFFICERS,
        )
        made.append(County(name, wiring, administration, port))
        return made[-1]

    yield make
    for county in made:
        for client in county.clients.values():
            client.close()


@pytest.fixture(scope="module")
def county(make_county: Callable[[str], County]) -> County:
    """A rehearsal ledger with its organs."""
    return make_county("rehearsal")


@pytest.fixture
def number() -> str:
    """A case number that no other test uses."""
    return f"宣公管诉〔2025〕{secrets.token_hex(4)}号"
