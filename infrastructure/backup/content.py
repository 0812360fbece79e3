"""What a backup says of itself (备份清单): which ledgers it holds, how far each of them was signed, and what its dump hashes to."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import msgspec

from infrastructure.keys import folder

CONTENT, DUMP = "backup.json", "database.dump"
FORM = "anjuan backup/v1"


class NoBackup(Exception):
    """A folder is no backup that can be used, or cannot become one; the message says why."""


class Held(msgspec.Struct, frozen=True):
    """One ledger in a backup: `events` with a position, and the newest `checkpoint` as it was signed (None: there is none)."""

    jurisdiction: str
    schema: str
    kind: str
    ledger: str
    origin: str
    events: int
    checkpoint: str | None


class Backup(msgspec.Struct, frozen=True):
    """The whole: when it was made and from which PostgreSQL, for which roles, and the SHA-256 of the dump."""

    form: str
    made_at: datetime
    postgresql: int
    roles: tuple[str, ...]
    sha256: str
    ledgers: tuple[Held, ...]


def new_folder(path: Path) -> Path:
    """A folder for a new backup, closed to others; NoBackup if there is anything in it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(path.iterdir()):
        raise NoBackup(f"{path} is not empty")
    path.chmod(0o700)
    return path


def write(path: Path, content: Backup) -> None:
    """Say what is in the folder, last of all: a folder without it is no backup."""
    (path / DUMP).chmod(0o600)
    folder.write(path / CONTENT, msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")


def read(path: Path) -> Backup:
    """What a backup says of itself, once its dump is what it was; NoBackup otherwise."""
    try:
        found = msgspec.json.decode((path / CONTENT).read_bytes(), type=Backup)
        actual = sha256(path / DUMP)
    except (OSError, msgspec.DecodeError) as error:
        raise NoBackup(f"{path} holds no backup: {error}") from error
    if found.form != FORM:
        raise NoBackup(f"{path} is a backup of another form: {found.form}")
    if actual != found.sha256:
        raise NoBackup(f"{path / DUMP} is not what was backed up: its SHA-256 is {actual}, not {found.sha256}")
    return found


def sha256(path: Path) -> str:
    """What a file hashes to."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
