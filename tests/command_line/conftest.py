"""The program over a database of its own on the server of the run, and the demonstration county, served once for all."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.cli import main
from infrastructure.postgres.embedded import EmbeddedServer
from tests.command_line.processes import Anjuan, Done, Running
from tests.servers import Database, hold, new_database, new_home, remove
from tests.waiting import until


def over(database: Database, folders: pytest.TempPathFactory, **more: str) -> Anjuan:
    """The program over a database."""
    urls = {"DATABASE_URL": database.app, "ANJUAN_OWNER_URL": database.owner}
    return Anjuan(folders.mktemp("home"), {**urls, **more})


@pytest.fixture(scope="module")
def anjuan(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Anjuan:
    """The program over the module's own database."""
    return over(database, tmp_path_factory)


@pytest.fixture(scope="session")
def visitor(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Anjuan]:
    """The program over the database of the demonstration, asking about the county where it does not say which jurisdiction."""
    with new_database(server) as made:
        yield over(made, tmp_path_factory, ANJUAN_JURISDICTION="xuanen")


@pytest.fixture(scope="session")
def county(visitor: Anjuan) -> Iterator[Running]:
    """The demonstration, running on a free port; all of it is in the signed log."""
    with visitor.serving("demo", "--port", "0") as running:
        until(lambda: signed(running))
        yield running


def signed(running: Running) -> bool:
    """Whether every event has its position, and every position is signed."""
    return not any(each.get("waiting") or each.get("unsigned") for each in running.checks())


@pytest.fixture
def ended(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Done]]:
    """Runs a command that needs no process of its own."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    before = signal.getsignal(signal.SIGTERM)

    def run(*words: str) -> Done:
        with pytest.raises(SystemExit) as left:
            main(words)
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Done(left.value.code, said.out, said.err)

    yield run
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(scope="module")
def roost() -> Iterator[Path]:
    """A home folder of the module's own, for a server with an embedded database."""
    made = new_home()
    held = hold(made)
    yield made
    remove(made)
    os.close(held)
