"""The page to be printed each day (每日纸质检查点): put into a folder under the name of its day, whole, once, and never another in its place."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from application.anchors import PRINTED, Outcome, Standing
from application.proofs import Proofs
from domain.law.clock import day_of
from domain.proof.note import Note
from domain.proof.witness import head_of
from infrastructure.keys.folder import sync

TITLE = re.compile(r"<title>[^<]* ([0-9]+)</title>")
BEGINNING = 4096


class Page(Protocol):
    """Makes the page of a checkpoint."""

    def __call__(self, jurisdiction: str, note: Note, *, at: datetime, rehearsal: bool) -> str:
        """The page, printed at an instant."""


class Printing:
    """Writes the page of each day of one jurisdiction into a folder, which somebody else prints, has signed and binds."""

    def __init__(
        self, folder: Path, jurisdiction: str, proofs: Proofs, page: Page, *, now: Callable[[], datetime]
    ) -> None:
        self._folder, self._jurisdiction, self._proofs, self._page, self._now = folder, jurisdiction, proofs, page, now

    def run(self, day: date) -> Mapping[str, Any] | None:
        """Write the page of a day, about the newest checkpoint; None as long as there is none. A page that is there stays as it is.

        Raises OSError where the folder is away.
        """
        note = self._proofs.head()
        if note is None:
            return None
        path = self._folder / f"{self._jurisdiction}-{day}.html"
        text = self._page(self._jurisdiction, note, at=self._now(), rehearsal=False)
        return {"page": path.name, "size": head_of(note).size, "written": put(path, text.encode())}


def put(path: Path, content: bytes) -> bool:
    """Put a file in its place, whole or not at all; False if one is there already, which is not touched. Raises OSError."""
    half = path.with_name(f".{path.name}.half")
    try:
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(half, path)
    except FileExistsError:
        return False
    finally:
        half.unlink(missing_ok=True)
    sync(path.parent)
    return True


def standing_of(folder: Path, jurisdiction: str, due: datetime, now: datetime) -> Standing:
    """How the folder stands: `away` where the page of the day of `due` is missing. `age`: of the newest page."""
    try:
        pages = sorted(_pages(folder, jurisdiction))
    except OSError as error:
        return Standing(PRINTED, Outcome.AWAY, f"{type(error).__name__}: {folder}", None, 0, None)
    if not pages:
        return Standing(PRINTED, None, str(folder), None, 0, None)
    day, path = pages[-1]
    age = now.timestamp() - path.stat().st_mtime
    if day < day_of(due):
        return Standing(PRINTED, Outcome.AWAY, f"no page of {day_of(due)} in {folder}", None, _size(path), age)
    return Standing(PRINTED, Outcome.ANCHORED, path.name, None, _size(path), age)


def _pages(folder: Path, jurisdiction: str) -> list[tuple[date, Path]]:
    named = re.compile(rf"{re.escape(jurisdiction)}-(\d{{4}}-\d\d-\d\d)\.html")
    found = ((named.fullmatch(each.name), each) for each in folder.iterdir())
    return [(date.fromisoformat(match[1]), path) for match, path in found if match]


def _size(path: Path) -> int:
    """Of which checkpoint a page is; its title says it."""
    with path.open(encoding="utf-8") as file:
        found = TITLE.search(file.read(BEGINNING))
    return int(found[1]) if found else 0
