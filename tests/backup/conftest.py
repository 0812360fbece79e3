"""A small real ledger whose log is signed, the program over its database, and empty databases to restore into."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from api.wiring import Place, Wiring, found_ledger
from application.handle import Command, handle
from domain.cases.complaint.intake import ReportKind
from domain.kernel import Actor
from infrastructure.administration import Administration
from infrastructure.keys.files import keys_of
from infrastructure.postgres.embedded import APP, PROJECTOR, SEQUENCER, EmbeddedServer
from infrastructure.postgres.pool import connect
from infrastructure.proof.growing import Growing
from infrastructure.proof.keys import LogKeys
from infrastructure.settings import settings
from tests.command_line.processes import Anjuan
from tests.http.conftest import OFFICERS, ORGANS, PROFILES
from tests.servers import Database, new_database
from tests.waiting import until

OFFICER = Actor("zjj", "zjj-officer")
URLS = {"DATABASE_URL": "app", "ANJUAN_OWNER_URL": "owner", "ANJUAN_PROJECTOR_URL": "projector"}


@dataclass
class Office:
    """One ledger, and the program over its database; `keys` of everything lie in the home of the program."""

    database: Database
    place: Place
    wiring: Wiring
    anjuan: Anjuan

    def report(self, *numbers: str) -> None:
        """Receive named reports."""
        for number in numbers:
            now, who = self.wiring.now(), self.wiring.new_id()
            said = Command(
                case_type="complaint",
                step="register_report",
                number=number,
                actor=OFFICER,
                occurred_at=now,
                arguments={"kind": ReportKind.NAMED, "complainant": who},
                protected={who: ("complainant", "张三丰")},
            )
            handle(said, self.place.ledger, now=now, new_id=self.wiring.new_id)

    def sign(self) -> int:
        """Give positions to what is recorded and sign it; how many events are signed now."""
        self.wiring.catch_up(self.place)
        with connect(self.database.owner) as owner:
            return Growing(self.place.schema, self.log_keys).advance(owner).size

    @property
    def log_keys(self) -> LogKeys:
        """What the signer keeps outside the database."""
        return LogKeys(self.anjuan.home / "log", self.place.log.ledger_id, self.place.proofs.origin)

    def elsewhere(self, database: Database, home: Path | None = None) -> Anjuan:
        """The program over another database, with the same keys unless it has another home."""
        return Anjuan(home or self.anjuan.home, urls_of(database))

    def over(self, database: Database, home: Path | None = None) -> Office:
        """The same ledger in another database, with the same keys unless it has another home."""
        wiring = wiring_of(database, home or self.anjuan.home)
        return Office(database, wiring.place("kept"), wiring, self.elsewhere(database, home))

    def backup(self, into: Path) -> Path:
        """Back it up."""
        done = self.anjuan.run("backup", str(into), "--json")
        assert done.code == 0, done.err
        return into


def urls_of(database: Database) -> dict[str, str]:
    """The database as each role of the service."""
    roles = {"app": APP, "projector": PROJECTOR, "sequencer": SEQUENCER}
    urls = {role: database.app.replace(f"{APP}@", f"{user}@") for role, user in roles.items()} | {
        "owner": database.owner
    }
    return {**{name: urls[role] for name, role in URLS.items()}, "ANJUAN_SEQUENCER_URL": urls["sequencer"]}


def wiring_of(database: Database, home: Path) -> Wiring:
    """The whole over a database, with the keys of a home."""
    urls, keys = urls_of(database), keys_of(replace(settings(), home=home))
    works, sequences = urls["ANJUAN_PROJECTOR_URL"], urls["ANJUAN_SEQUENCER_URL"]
    folders = {"log_keys": home / "log", "receipt_keys": home / "receipts"}
    return Wiring(database.app, work_url=works, sequence_url=sequences, keys=keys, **folders)


@pytest.fixture(scope="module")
def office(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A real ledger with reports whose complainants are protected."""
    with new_database(server) as database:
        home = tmp_path_factory.mktemp("office")
        wiring = wiring_of(database, home)
        organs = tuple({"organ": organ, "name_zh": f"{organ}局", **facts} for organ, facts in ORGANS.items())
        with Administration(database.owner, app=APP, projector=PROJECTOR, sequencer=SEQUENCER) as owner:
            more = {"organs": organs, "officers": OFFICERS}
            owner.migrate()
            place = found_ledger(wiring, owner, "kept", kind="real", calendar="enshi", profiles=PROFILES, **more)
        made = Office(database, place, wiring, Anjuan(home, urls_of(database)))
        made.report("JB-1", "JB-2", "JB-3")
        made.sign()
        yield made
        wiring.close()
        left(database)


def left(database: Database) -> None:
    """Wait until the processes that used a database have gone: one that ended a moment ago may still be connected."""
    others = "select count(*) from pg_stat_activity where datname = %s and pid <> pg_backend_pid()"
    with connect(database.owner) as owner:
        until(lambda: owner.execute(others, [database.name]).fetchone() == (0,))


@pytest.fixture(scope="module")
def source(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it; nothing here changes it."""
    return office.backup(tmp_path_factory.mktemp("backup") / "first")


@pytest.fixture
def empty(server: EmbeddedServer) -> Iterator[Database]:
    """A database with nothing in it."""
    name = f"test_{secrets.token_hex(6)}"
    with connect(server.url(role="owner")) as owner:
        owner.execute(f"create database {name} template template0".encode())
        made = Database(name, server.url(database=name), server.url(role="owner", database=name))
        yield made
        left(made)
        owner.execute(f"drop database {name}".encode())
