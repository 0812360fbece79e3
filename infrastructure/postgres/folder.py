"""The folder of the embedded server: its socket path, its locks, its log, and to whom they belong."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from infrastructure.postgres.programs import Programs, ServerFailed

SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 107 if sys.platform == "linux" else 103
LARGE_LOG = 10_000_000


class Folder:
    """Everything of one embedded server lies here, closed to all but the account that runs it."""

    def __init__(self, path: Path) -> None:
        length = len(os.fsencode(path / SOCKET))
        if length > LONGEST_SOCKET:
            raise ServerFailed(
                f"the socket {path / SOCKET} would have {length} bytes, at most {LONGEST_SOCKET} work: shorten ANJUAN_HOME"
            )
        if "," in str(path):
            raise ServerFailed(f"ANJUAN_HOME must not contain a comma: {path.parent}")
        self.path = path
        self.data = path / "data"

    def make(self, programs: Programs) -> None:
        """Make the folder. No folder that was there before is opened to anybody."""
        account = programs.account
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.mkdir(mode=0o700, exist_ok=True)
            if account and self.path.stat().st_uid == 0:
                os.chown(self.path, account.uid, account.gid)
            self.path.chmod(0o700)
        except PermissionError as refused:
            raise ServerFailed(f"{self.path} belongs to another account: give another ANJUAN_HOME") from refused
        if account and not programs.may_enter(self.path):
            raise ServerFailed(
                f"PostgreSQL runs as {account.name}, who cannot reach {self.path}:"
                f" give an ANJUAN_HOME whose parent folders all may enter, or another ANJUAN_PG_USER"
            )

    def lock(self, name: str, how: int) -> int:
        """A lock that the kernel frees when this process dies, however it dies."""
        descriptor = os.open(self.path / name, os.O_RDONLY | os.O_CREAT, 0o644)
        fcntl.flock(descriptor, how)
        return descriptor

    @contextmanager
    def starting(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        held = self.lock("start.lock", fcntl.LOCK_EX)
        try:
            yield
        finally:
            os.close(held)

    @contextmanager
    def log(self) -> Iterator[IO[Any]]:
        """The log, to which programs and server write."""
        path = self.path / "log"
        if path.exists() and path.stat().st_size > LARGE_LOG:
            path.replace(self.path / "log.1")
        with path.open("ab") as log:
            owner = self.path.stat()
            if os.geteuid() == 0:
                os.chown(path, owner.st_uid, owner.st_gid)
            yield log

    def last_words(self) -> str:
        """The end of the log, for a message."""
        lines = (self.path / "log").read_text(errors="replace").splitlines()
        return "\n".join([*lines[-12:], f"(from {self.path / 'log'})"])

    def sync(self) -> None:
        """Make a rename in the folder survive a power cut."""
        descriptor = os.open(self.path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
