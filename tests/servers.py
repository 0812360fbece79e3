"""The database server of a test run, and the databases that tests get on it."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from psycopg import sql

from infrastructure.postgres.embedded import APP, EmbeddedServer
from infrastructure.postgres.pool import connect
from infrastructure.postgres.registry import migrate_all

PREFIX = "anjuan-test-"
TEMPLATE = "anjuan_template"
CHEAP = ("fsync=off", "full_page_writes=off", "autovacuum=off")
"""How a server works that is thrown away after some minutes."""


class ServerOfARun(EmbeddedServer):
    """One that does not wait for the disk: nobody pulls its plug, and killed processes lose nothing by that.

    A test that kills a server has one of its own, which waits.
    """

    def _options(self) -> str:
        return f"{super()._options()} {' '.join(f'-c {each}' for each in CHEAP)}"


@dataclass(frozen=True, slots=True)
class Database:
    """One database: `app` and `owner` are the URLs of the two roles, `app_role` the name of the first."""

    name: str
    app: str
    owner: str
    app_role: str = APP


def new_home() -> Path:
    """A short path that the account which runs PostgreSQL for root can enter."""
    home = Path(tempfile.mkdtemp(prefix=PREFIX))
    home.chmod(0o711)
    return home


def programs() -> Path | None:
    """The PostgreSQL to test on, where it is not the packaged one."""
    given = os.environ.get("ANJUAN_POSTGRES_BIN")
    return Path(given) if given else None


def hold(home: Path) -> int:
    """Mark the home as in use until this process dies."""
    descriptor = os.open(home / "run.lock", os.O_RDONLY | os.O_CREAT, 0o644)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return descriptor


def remove(home: Path) -> None:
    """End the server of the home, whoever uses it, and delete everything."""
    for data in home.glob("pg*/data"):
        end_server(data)
    shutil.rmtree(home, ignore_errors=True)


def end_server(data: Path) -> None:
    """Make the server of the data directory leave at once, without writing anything more."""
    try:
        process = psutil.Process(int((data / "postmaster.pid").read_text().split("\n")[0]))
        if process.name() == "postgres" and process.cwd() == str(data):
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=20)
    except (FileNotFoundError, psutil.NoSuchProcess):
        return


def remove_abandoned() -> None:
    """Delete the homes of runs that were killed; their servers would run on."""
    for home in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if home.stat().st_uid == os.geteuid() and (home / "run.lock").exists():
                os.close(hold(home))
                remove(home)
        except (BlockingIOError, FileNotFoundError):
            continue


def make_template(server: EmbeddedServer, home: Path) -> None:
    """Make the migrated database that tests' databases are copied from; once in a run, whatever worker comes first."""
    with _one_at_a_time(home), connect(server.url(role="owner")) as owner:
        found = owner.execute("select from pg_database where datname = %s", [TEMPLATE]).fetchone()
        if found is None:
            unfinished = f"{TEMPLATE}_{secrets.token_hex(4)}"
            owner.execute(sql.SQL("create database {}").format(sql.Identifier(unfinished)))
            with connect(server.url(role="owner", database=unfinished)) as inside:
                migrate_all(inside, app=APP)
            renaming = sql.SQL("alter database {} rename to {}")
            owner.execute(renaming.format(sql.Identifier(unfinished), sql.Identifier(TEMPLATE)))


def make_pristine(home: Path) -> Path:
    """A home folder in which a server ran once, and was stopped; once in a run, whatever worker comes first."""
    made = home / "pristine"
    with _one_at_a_time(home):
        if not made.exists():
            unfinished = Path(tempfile.mkdtemp(prefix="pristine-", dir=home))
            unfinished.chmod(0o711)
            first = EmbeddedServer(unfinished, programs=programs())
            first.start()
            first.stop()
            unfinished.rename(made)
    return made


@contextmanager
def new_database(server: EmbeddedServer) -> Iterator[Database]:
    """A copy of the template, dropped at the end."""
    name = f"test_{secrets.token_hex(6)}"
    with connect(server.url(role="owner")) as owner:
        owner.execute(
            sql.SQL("create database {} template {} strategy file_copy").format(
                sql.Identifier(name), sql.Identifier(TEMPLATE)
            )
        )
        yield Database(name, server.url(database=name), server.url(role="owner", database=name))
        owner.execute(sql.SQL("drop database {}").format(sql.Identifier(name)))


@contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    with (home / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
