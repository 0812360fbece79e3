"""Pages of lists (分页): from a cursor to the place where a page begins, and from rows to a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from application.ports import BadCursor, Cursor, Page, Reader
from infrastructure.list_items import Row
from infrastructure.postgres.session import Session
from infrastructure.postgres.statements import for_some

FIRST, LATEST = "-infinity", "infinity"
NO_ID, LAST_ID = UUID(int=0), UUID(int=2**128 - 1)


class Whereabouts(NamedTuple):
    """Where the lists stood when a page was read: how far they had come, which version of the jurisdiction they knew, and
    after which instant (in microseconds) no stretch of being overdue had ended."""

    position: int
    jurisdiction: int
    latest_end: int

    @classmethod
    def read(cls, text: str) -> Whereabouts:
        """As the pages have it in their first column."""
        return cls(*map(int, text.split()))


def position(session: Session) -> int:
    """How far the lists have come."""
    return Whereabouts.read(session.read("where_lists_are")[0][0]).position


def place(cursor: Cursor | None, kinds: tuple[Callable[[str], Any], ...], first: tuple[Any, ...]) -> tuple[Any, ...]:
    """Where a page begins: at the cursor, or first of all; raises BadCursor."""
    if cursor is None:
        return first
    if len(cursor) != len(kinds):
        raise BadCursor(str(cursor))
    try:
        return tuple(kind(str(each)) for kind, each in zip(kinds, cursor, strict=True))
    except ValueError as error:
        raise BadCursor(str(cursor)) from error


def instant(text: str) -> datetime:
    """An instant of a cursor."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


def looking(reader: Reader) -> dict[str, Any]:
    """What a list must know of its reader."""
    return {"names": list(reader.names), "persons": list(reader.persons), "officer": reader.officer}


def read_for(session: Session, reader: Reader, name: str, asked: Mapping[str, Any], *, anew: bool = False) -> list[Row]:
    """The rows of a list that its reader may see. Who does not read everything has it planned for the names he goes by."""
    wanted = {**asked, **looking(reader)}
    if not reader.reads_all:
        return session.read_anew(for_some(name), wanted)
    return session.read_anew(name, wanted) if anew else session.read(name, wanted)


def filters(asked: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The filters of these names; None for those that were not given."""
    return {name: asked.get(name) for name in names}


def page(
    session: Session, rows: Sequence[Row], items: list[dict[str, Any]], limit: int, end: Callable[[Row], Cursor]
) -> Page:
    """One row more than the page was read, to know whether there is another page."""
    reached = Whereabouts.read(rows[0][0]).position if rows else position(session)
    return Page(items[:limit], reached, end(rows[limit - 1]) if len(rows) > limit else None)
