"""The embedded PostgreSQL: initialised, started and stopped by whoever uses it, for the newcomer who has no database server."""

from __future__ import annotations

import atexit
import fcntl
import os
import secrets
import shlex
import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import psutil
import psycopg

from infrastructure.postgres.folder import SOCKET, Folder
from infrastructure.postgres.programs import Programs, ServerFailed, account_for, find, reachable
from infrastructure.postgres.statements import statements

OWNER, APP, PROJECTOR, SEQUENCER = "anjuan_owner", "anjuan_app", "anjuan_projector", "anjuan_sequencer"
DATABASE = "anjuan"
ROLES = {"app": APP, "owner": OWNER, "projector": PROJECTOR, "sequencer": SEQUENCER}
NO_PROCESS = 4194999
SMALL_SHARED_MEMORY = 256_000_000

DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
PRIVATE = {"listen_addresses": "", "port": "5432", "unix_socket_permissions": "0700"}
PLAIN = {"timezone": "UTC", "log_timezone": "UTC"}


class EmbeddedServer:
    """The server of one home folder. Every process that uses it holds a lock that dies with the process; the last stops it."""

    recovery_seconds: float = 600
    refusal_seconds: float = 30

    def __init__(self, home: Path, *, account: str = "nobody", programs: Path | None = None) -> None:
        found = find(programs)
        self._folder = Folder(home.resolve() / f"pg{found.major}")
        self._data = self._folder.data
        self._found = replace(found, account=account_for(self._data, wanted=account))
        self._users: int | None = None
        self._for_children: list[int] = []
        self._registered = False

    def url(self, *, role: str = "app", database: str = DATABASE) -> str:
        """Where `role` ("app", "projector", "sequencer" or "owner") finds a database of the server."""
        return self._url(ROLES[role], database)

    def _url(self, user: str, database: str) -> str:
        host = quote(str(self._folder.path), safe="/")
        return f"postgresql://{user}@/{database}?host={host}&port=5432&connect_timeout=10"

    def start(self) -> None:
        """Have the server run for as long as this process lives; starts it again if it died. The first start makes the data."""
        if self._users is not None and self._answers():
            return
        self._folder.make(self._found)
        with self._folder.starting():
            users = self._folder.lock("users.lock", fcntl.LOCK_SH) if self._users is None else self._users
            try:
                self._bring_up()
            except BaseException:
                os.close(users)
                self._users = None
                raise
            self._users = users
        if not self._registered:
            os.register_at_fork(
                before=self._lock_for_child, after_in_parent=self._leave_to_child, after_in_child=self._be_child
            )
            atexit.register(self.stop)
            self._registered = True

    def stop(self) -> None:
        """Leave the server; it stops unless another process uses it."""
        if not self._data.exists():
            return
        with self._folder.starting():
            users, self._users = self._users, None
            if users is None:
                users = self._folder.lock("users.lock", fcntl.LOCK_SH)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._shut_down()
            except BlockingIOError:
                pass
            finally:
                os.close(users)

    def _shut_down(self) -> None:
        programs = reachable(self._found, copies=self._folder.path)
        with self._folder.log() as log:
            programs.run("pg_ctl", "stop", "-D", str(self._data), "-m", "fast", "-w", "-t", "60", log=log)

    # A forked child gets a lock of its own, taken before the fork: an inherited one cannot tell parent and child apart.

    def _lock_for_child(self) -> None:
        if self._users is not None and self._folder.path.exists():
            self._for_children.append(self._folder.lock("users.lock", fcntl.LOCK_SH))

    def _leave_to_child(self) -> None:
        if self._for_children:
            os.close(self._for_children.pop())

    def _be_child(self) -> None:
        if self._users is not None and self._for_children:
            inherited, self._users = self._users, self._for_children.pop()
            os.close(inherited)

    def _bring_up(self) -> None:
        programs = reachable(self._found, copies=self._folder.path)
        with self._folder.log() as log:
            if not self._data.exists():
                self._initialise(programs, log)
            if not self._answers():
                self._launch(programs, log)
        self._ensure_roles()

    def _initialise(self, programs: Programs, log: IO[Any]) -> None:
        """Make the data directory under a name of this attempt: one killed half-way never passes for a database."""
        for abandoned in self._folder.path.glob("data.*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        attempt = self._folder.path / f"data.{secrets.token_hex(4)}"
        # pg_trgm asks the C library, not the built-in provider, what a letter is: both must know Chinese.
        provider = ["--locale-provider=builtin"] if programs.major >= 17 else []
        memory = [f"-c{name}={value}" for name, value in _memory().items()] if programs.major >= 16 else []
        arguments = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"]
        if not programs.run("initdb", "-D", str(attempt), *arguments, *provider, *memory, log=log):
            raise ServerFailed(f"initdb failed:\n{self._folder.last_words()}")
        attempt.rename(self._data)
        self._folder.sync()

    def _launch(self, programs: Programs, log: IO[Any]) -> None:
        """Start until it answers. A server in recovery is waited for; one that refuses to start is asked again for a while,
        since the processes of a killed server need a moment to go."""
        began = time.monotonic()
        while not self._answers():
            if self._server_process() is None:
                self._disown_stale_files()
                programs.run("pg_ctl", "start", "-D", str(self._data), "-w", "-t", "60", "-o", self._options(), log=log)
            limit = self.refusal_seconds if self._server_process() is None else self.recovery_seconds
            if time.monotonic() - began > limit:
                raise ServerFailed(f"PostgreSQL does not start in {self._folder.path}:\n{self._folder.last_words()}")
            time.sleep(0.05)

    def _options(self) -> str:
        folder = str(self._folder.path).replace('"', '""')
        chosen = DURABLE | PRIVATE | PLAIN | _memory() | {"unix_socket_directories": f'"{folder}"'}
        return " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in chosen.items())

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._url("postgres", "postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def _ensure_roles(self) -> None:
        sql = statements()
        with psycopg.connect(self._url("postgres", "postgres"), autocommit=True) as connection:
            connection.execute(sql["ensure_roles"])
            if connection.execute(sql["database_exists"], {"name": DATABASE}).fetchone() is None:
                connection.execute(sql["create_ledger_database"])

    def _server_process(self) -> psutil.Process | None:
        """The living server of this data directory: its number may have passed to another process, or a zombie keep it."""
        try:
            number = int((self._data / "postmaster.pid").read_text().split("\n")[0])
            process = psutil.Process(number)
            alive = process.status() != psutil.STATUS_ZOMBIE and process.name() == "postgres"
            return process if alive and Path(process.cwd()) == self._data else None
        except (FileNotFoundError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
            return None

    def _disown_stale_files(self) -> None:
        """Name no process in the pid file: PostgreSQL would take whoever has the number now for a living server.

        The line about shared memory stays: PostgreSQL checks by it that no process of the old server is left.
        """
        (self._folder.path / f"{SOCKET}.lock").unlink(missing_ok=True)
        pid_file = self._data / "postmaster.pid"
        if pid_file.exists():
            _, *rest = pid_file.read_text().split("\n")
            pid_file.write_text("\n".join([str(NO_PROCESS), *rest]))


def _memory() -> dict[str, str]:
    """Containers give little shared memory or none, and parallel queries need some: then files do."""
    if sys.platform != "linux":
        return {}
    try:
        found = os.statvfs("/dev/shm")  # nosec B108
        enough = found.f_frsize * found.f_blocks >= SMALL_SHARED_MEMORY
    except OSError:
        enough = False
    return {} if enough else {"dynamic_shared_memory_type": "mmap"}
