"""A folder of keys (密钥目录): closed to every other account, written file by file, all or nothing, by one process at a time."""

from __future__ import annotations

import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

HALF_WRITTEN = "."
CLOSED = 0o077


class KeysExposed(Exception):
    """Others than this account may read what should be secret; the message names the path."""


def make(folder: Path) -> Path:
    """The folder, made if need be, open to this account alone; raises KeysExposed for one that is not."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=0o700)
        sync(folder.parent)
    except FileExistsError:
        closed(folder)
    return folder


def closed(path: Path) -> None:
    """Raises KeysExposed if the path belongs to another account, or others may use it."""
    found = path.stat()
    if found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & CLOSED:
        raise KeysExposed(
            f"{path} must belong to the account that runs Anjuan and be closed to others (chmod go= {path})"
        )


@contextmanager
def locked(folder: Path, *, shared: bool = False) -> Iterator[None]:
    """One thread of one process at a time, or many that share it; the kernel frees the lock however the process dies."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def write(path: Path, content: bytes) -> None:
    """Put a file in place so that it is there whole, also after a power cut, or as it was before."""
    half = path.with_name(f"{HALF_WRITTEN}{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise
    sync(path.parent)


def read(path: Path) -> bytes:
    """The content of a file of keys; raises FileNotFoundError, and KeysExposed if others may read it too."""
    closed(path)
    return path.read_bytes()


def replace(path: Path, content: bytes) -> None:
    """Put other content in the place of a file and write over the old one, which holds what is to be destroyed."""
    with path.open("r+b") as old:
        write(path, content)
        _overwrite(old)


def wipe(path: Path) -> None:
    """Write over a file and remove it."""
    with path.open("r+b") as file:
        path.unlink()
        sync(path.parent)
        _overwrite(file)


def _overwrite(file: IO[bytes]) -> None:
    """Zeros where the content lies; the medium may keep older copies of its blocks all the same."""
    file.write(bytes(os.fstat(file.fileno()).st_size))
    file.flush()
    os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Make what happened to the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
