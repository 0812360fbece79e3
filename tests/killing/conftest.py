"""A service that may be killed piece by piece: a database server of the test's own, `anjuan serve` over it, and a real ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil
import pytest

from api.wiring import Wiring, found_ledger
from infrastructure.administration import Administration
from infrastructure.postgres.embedded import APP, PROJECTOR, SEQUENCER, EmbeddedServer
from infrastructure.postgres.plain_values import ledger_id
from infrastructure.postgres.pool import connect
from infrastructure.postgres.statements import statements
from infrastructure.proof.keys import LogKeys, name_of
from infrastructure.proof.signer import NAME
from tests.command_line.processes import Anjuan, Running
from tests.http.conftest import OFFICERS, ORGANS, PROFILES
from tests.killing.crew import Crew, Heard
from tests.postgres.processes import postmaster
from tests.servers import programs
from tests.waiting import until

LEDGER = "mortal"
SCHEMA = "j_mortal"
Made = Callable[..., "Mortal"]


class Mended(EmbeddedServer):
    """One that is quick to recover: it still waits for the disk, but makes sure of the whole file system instead of each file."""

    def _options(self) -> str:
        return f"{super()._options()} -c recovery_init_sync_method=syncfs"


@dataclass
class Mortal:
    """The service, and what is needed to kill it, to work with it and to look at what it kept."""

    home: Path
    server: EmbeddedServer
    anjuan: Anjuan
    running: Running
    token: str

    def crew(self, clients: int = 6, *, keys: bool = True) -> Crew:
        """Clients that work with it."""
        return Crew(self.running.port, self.token, clients=clients, keys=keys)

    def kill_database(self) -> None:
        """All of PostgreSQL at once, as when memory runs out; then it is started again."""
        found = psutil.Process(postmaster(self.home))
        for each in (*found.children(recursive=True), found):
            with suppress(psutil.NoSuchProcess):
                each.kill()
        self.server.start()

    def workers(self) -> list[psutil.Process]:
        """The processes that answer requests."""
        return psutil.Process(self.running.process.pid).children()

    def kill_worker(self, which: int) -> None:
        """One of the processes that answer requests; its master makes another."""
        found = self.workers()
        with suppress(psutil.NoSuchProcess):
            found[which % len(found)].kill()

    def end(self) -> None:
        """End all of it at once: there is nothing left to be looked at."""
        with suppress(psutil.NoSuchProcess):
            master = psutil.Process(self.running.process.pid)
            for each in (master, *master.children()):
                each.kill()
        self.running.process.wait(60)
        assert self.running.process.stdout is not None
        self.running.process.stdout.close()
        self.running.complaints.close()
        self.server.stop()

    def stored(self) -> Counter[str]:
        """How often each report is there, by its marker, and how often each event."""
        asked = f"select event_id::text, topic, payload from {SCHEMA}.events".encode()
        with connect(self.server.url(role="owner")) as owner:
            found = owner.execute(asked).fetchall()
        reports = (msgspec.json.decode(payload) for _, topic, payload in found if topic == "report.received")
        return Counter([each["matter_title"] for each in reports] + [event_id for event_id, _, _ in found])

    def judge(self, heard: Heard) -> Verdict:
        """What became of what was acknowledged, once every event has its position and the ledger is verified."""
        until(lambda: self.positions() == list(range(1, self.events() + 1)))
        verified = self.anjuan.run("verify", "--json")
        assert (verified.code, verified.json["findings"]) == (0, []), verified
        assert verified.json["size"] == self.events()
        return self.count(heard)

    def count(self, heard: Heard) -> Verdict:
        """The same, whatever the log says."""
        stored = self.stored()
        told = [*heard.accepted, *(each for events in heard.accepted.values() for each in events)]
        doubled = [each for each, times in stored.items() if times > 1]
        return Verdict([each for each in told if not stored[each]], doubled, heard.lies)

    def keys(self) -> LogKeys:
        """What the signer of the ledger keeps outside the database."""
        with connect(self.server.url(role="owner")) as owner:
            ledger = ledger_id(owner, SCHEMA)
        return LogKeys(self.anjuan.home / "log", ledger, name_of(LEDGER, ledger))

    def stopped_because(self) -> str:
        """Why the log is not signed any more; empty if it is."""
        with connect(self.server.url()) as connection:
            *_, error, _ = connection.execute(statements(SCHEMA)["signing_progress"], (NAME,)).fetchone() or (
                None,
                None,
            )
        return str(error or "")

    def events(self) -> int:
        """How many events are recorded."""
        with connect(self.server.url(role="owner")) as owner:
            return int((owner.execute(f"select count(*) from {SCHEMA}.events".encode()).fetchone() or (0,))[0])

    def positions(self) -> list[int]:
        """The positions of the log."""
        with connect(self.server.url(role="owner")) as owner:
            return [each for (each,) in owner.execute(f"select position from {SCHEMA}.log order by 1".encode())]


@dataclass(frozen=True)
class Verdict:
    """What was acknowledged and is gone, what is there twice, and what a client was told that was not so."""

    lost: list[str]
    doubled: list[str]
    lies: list[str]


NOTHING = Verdict([], [], [])


@pytest.fixture
def mortal(home: Path, tmp_path: Path) -> Iterator[Made]:
    """Makes the service; `server`: the kind of database server; `embedded`: the service itself has it run."""
    made: list[Mortal] = []

    def make(server: type[EmbeddedServer] = Mended, *, embedded: bool = False) -> Mortal:
        database = server(home, programs=programs())
        database.start()
        token = _found(database)
        urls = {"DATABASE_URL": "app", "ANJUAN_OWNER_URL": "owner", "ANJUAN_PROJECTOR_URL": "projector"}
        urls["ANJUAN_SEQUENCER_URL"] = "sequencer"
        given = {} if embedded else {name: database.url(role=role) for name, role in urls.items()}
        anjuan = Anjuan(home if embedded else home / "anjuan", given)
        running = anjuan.start("serve", "--port", "0", "--workers", "2")
        made.append(Mortal(home, database, anjuan, running, token))
        return made[-1]

    yield make
    for each in made:
        each.end()


def _found(server: EmbeddedServer) -> str:
    """Found the ledger; a token of one of its officers."""
    organs = tuple({"organ": organ, "name_zh": f"{organ}局", **facts} for organ, facts in ORGANS.items())
    wiring = Wiring(server.url(), work_url=server.url(role="projector"))
    with Administration(server.url(role="owner"), app=APP, projector=PROJECTOR, sequencer=SEQUENCER) as owner:
        owner.migrate()
        more = {"organs": organs, "officers": OFFICERS}
        found_ledger(wiring, owner, LEDGER, kind="real", calendar="enshi", profiles=PROFILES, **more)
        wiring.close()
        return owner.create_token(jurisdiction=LEDGER, organ="zjj", officer="zjj-officer")
