"""Other processes that use an embedded server, and what can befall them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg

from infrastructure.postgres.embedded import EmbeddedServer
from tests.servers import programs

REPOSITORY = Path(__file__).parents[2]
USER = """
import os, sys
from pathlib import Path
import psycopg
from infrastructure.postgres.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), programs=Path(sys.argv[2]) if sys.argv[2] else None)
server.start()
with psycopg.connect(server.url(role="owner")) as connection:
    connection.execute("select pg_advisory_lock(1)")
    connection.execute("create table if not exists done (by int)")
    connection.commit()
    connection.execute("insert into done values (%s)", [os.getpid()])
print("started", flush=True)
sys.stdin.read()
"""


def user_of(home: Path, *, path: Path | None = None) -> subprocess.Popen[str]:
    """A process that starts the server, writes a row, says `started` and then lives until its input ends."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(str(each) for each in (path, REPOSITORY) if each)}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(home), str(programs() or "")],
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        text=True,
        env=environment,
        cwd="/",
        start_new_session=True,
    )


def started(process: subprocess.Popen[str]) -> subprocess.Popen[str]:
    """Wait until it has started the server."""
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n", process.communicate()[1]
    return process


def end(process: subprocess.Popen[str]) -> str:
    """Let it end in order; what it complained of."""
    complaints = process.communicate(input="")[1]
    assert process.returncode == 0, complaints
    return complaints


def embedded(home: Path) -> EmbeddedServer:
    """The server of the home, of the version under test."""
    return EmbeddedServer(home, programs=programs())


def folder(home: Path) -> Path:
    """Where the server of the home keeps its files."""
    (found,) = home.glob("pg*")
    return found


def postmaster(home: Path) -> int:
    """The process id that the server wrote down."""
    return int((folder(home) / "data" / "postmaster.pid").read_text().split("\n")[0])


def alive(home: Path) -> list[int]:
    """The living servers of the home."""
    data = str(folder(home) / "data")
    found = []
    for process in psutil.process_iter():
        try:
            if process.name() == "postgres" and data in process.cmdline():
                found.append(process.pid)
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
    return found


def kill(pid: int) -> None:
    """As the kernel does when memory runs out."""
    os.kill(pid, signal.SIGKILL)


def rows(server: EmbeddedServer) -> list[int]:
    """Who has written a row."""
    with psycopg.connect(server.url(role="owner")) as connection:
        return [row[0] for row in connection.execute("select by from done")]
