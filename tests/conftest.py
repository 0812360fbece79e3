"""What tests share: one database server for the run, a database for each module, a ledger for each test; no network."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest

from infrastructure.postgres.embedded import EmbeddedServer
from infrastructure.postgres.pool import Pool, connect
from infrastructure.postgres.registry import REHEARSAL, Jurisdiction, create_jurisdiction
from tests.servers import (
    Database,
    ServerOfARun,
    hold,
    make_pristine,
    make_template,
    new_database,
    new_home,
    programs,
    remove,
    remove_abandoned,
)

HOME = pytest.StashKey[Path]()
HELD = pytest.StashKey[int]()
LOCAL = ("127.0.0.1", "::1", "localhost", "0.0.0.0", "::")

hypothesis.settings.register_profile("anjuan", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
hypothesis.settings.load_profile("anjuan")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write golden files instead of comparing with them")


def pytest_configure(config: pytest.Config) -> None:
    sys.addaudithook(_refuse_network)
    home = getattr(config, "workerinput", {}).get("home")
    if home is None:
        remove_abandoned()
        config.stash[HOME] = new_home()
        config.stash[HELD] = hold(config.stash[HOME])
    else:
        config.stash[HOME] = Path(home)
    _forget_surroundings(config.stash[HOME])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["home"] = str(node.config.stash[HOME])


def pytest_unconfigure(config: pytest.Config) -> None:
    if HELD in config.stash:
        remove(config.stash[HOME])


def pytest_report_header() -> list[str]:
    return [
        f"postgresql: {programs() or 'the packaged one'}",
        "not in this run unless asked for: tests marked `outside`; `make check` runs them",
    ]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "golden" in getattr(item, "fixturenames", ()):
            item.add_marker("golden")


def _forget_surroundings(home: Path) -> None:
    """No test sees the database or the settings of the person who runs it."""
    for variable in tuple(os.environ):
        if variable == "DATABASE_URL" or (variable.startswith(("ANJUAN_", "PG")) and variable != "ANJUAN_POSTGRES_BIN"):
            del os.environ[variable]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or each process that a test starts compiles the program anew
    os.environ["ANJUAN_HOME"] = str(home)


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in LOCAL:
        raise RuntimeError(f"a test reached for the network: {arguments[1]}")


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[EmbeddedServer]:
    """The embedded server of the run; the workers share it."""
    home = request.config.stash[HOME]
    found = ServerOfARun(home, programs=programs())
    found.start()
    make_template(found, home)
    yield found
    found.stop()


@pytest.fixture(scope="module")
def database(server: EmbeddedServer) -> Iterator[Database]:
    """A database of the module's own, with an empty registry: `.app` and `.owner` are URLs."""
    with new_database(server) as made:
        yield made


@pytest.fixture(scope="module")
def owner(database: Database) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the role that owns the tables."""
    with connect(database.owner, name="test owner") as connection:
        yield connection


@pytest.fixture(scope="module")
def pool(database: Database) -> Iterator[Pool]:
    """Connections of the role that the application runs under."""
    made = Pool(database.app, name="test")
    yield made
    made.close()


@pytest.fixture
def new_ledger(owner: psycopg.Connection[Any], database: Database) -> Callable[..., Jurisdiction]:
    """Makes ledgers: `new_ledger()` or `new_ledger(kind="real")`."""

    def make(kind: str = REHEARSAL) -> Jurisdiction:
        return create_jurisdiction(owner, f"t-{secrets.token_hex(6)}", kind=kind, app=database.app_role)

    return make


@pytest.fixture
def ledger_schema(new_ledger: Callable[..., Jurisdiction]) -> str:
    """The schema of a new, empty rehearsal ledger."""
    return new_ledger().schema


@pytest.fixture
def home() -> Iterator[Path]:
    """A home folder of the test's own, for tests that start and kill servers."""
    made = new_home()
    held = hold(made)
    yield made
    remove(made)
    os.close(held)


@pytest.fixture
def used(home: Path, request: pytest.FixtureRequest) -> None:
    """Lets a server have run in `home` before, for tests of what does not happen at the first start."""
    for folder in make_pristine(request.config.stash[HOME]).iterdir():
        subprocess.run(["cp", "-a", folder, home], check=True)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """`golden(path, text)`: the file says exactly this. `make golden` writes it."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--write-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text, f"{path} differs; if that is meant: make golden"

    return compare
