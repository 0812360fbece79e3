"""The rows of whom files are open to (可见范围行), and of who is barred in them."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID


class ReaderRow(NamedTuple):
    """Whom a file is open to, or only one case of it. `name`: an organ, a role or any organ of a kind."""

    file_id: UUID
    name: str
    case_id: UUID | None


class BarredRow(NamedTuple):
    """Who has no right in the file `about`, as the file `file_id` says."""

    file_id: UUID
    about: UUID
    who: str
