"""A dump (转储) of some schemas by the programs of PostgreSQL, and its way back into an empty database."""

from __future__ import annotations

import os
import subprocess  # nosec B404
from collections.abc import Iterable
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from infrastructure.postgres.programs import ENVIRONMENT, Programs, ServerFailed

EXTENSIONS = ("pg_trgm", "btree_gist")
"""What the tables need and no schema of ours holds."""


def dump(programs: Programs, url: str, schemas: Iterable[str], snapshot: str, into: Path) -> None:
    """Write the schemas, as a snapshot sees them, into a file; it is on the disk when this returns."""
    chosen = [f"--schema={each}" for each in schemas] + [f"--extension={each}" for each in EXTENSIONS]
    _run(programs, "pg_dump", url, "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={into}", *chosen)


def load(programs: Programs, url: str, dumped: Path) -> None:
    """Put a dump into a database, all of it or nothing; whoever connects owns what is in it then."""
    _run(programs, "pg_restore", url, "--no-owner", "--single-transaction", "--exit-on-error", str(dumped))


def _run(programs: Programs, program: str, url: str, *arguments: str) -> None:
    """Run to the end; the password goes by the environment, where no list of processes shows it."""
    where = conninfo_to_dict(url)
    password = where.pop("password", None)
    environment = ENVIRONMENT | ({} if password is None else {"PGPASSWORD": str(password)})
    if home := os.environ.get("HOME"):
        environment["HOME"] = home
    command = [str(programs.folder / program), f"--dbname={make_conninfo('', **where)}", *arguments]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # nosec B603
    except OSError as error:
        raise ServerFailed(f"{program} does not run in {programs.folder}: {error}") from error
    if done.returncode:
        raise ServerFailed(f"{program} failed: {done.stderr.strip()}")
