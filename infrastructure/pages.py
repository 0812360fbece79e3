"""Pages of lists (分页): from a cursor to the place where a page begins, and from rows to a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from application.ports import BadCursor, Cursor, Page
from infrastructure.list_items import Row

FIRST, LATEST = "-infinity", "infinity"
NO_ID, LAST_ID = UUID(int=0), UUID(int=2**128 - 1)


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


def filters(asked: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The filters of these names; None for those that were not given."""
    return {name: asked.get(name) for name in names}


def page(
    rows: Sequence[Row], items: list[dict[str, Any]], limit: int, position: int, end: Callable[[Row], Cursor]
) -> Page:
    """One row more than the page was read, to know whether there is another page."""
    return Page(items[:limit], position, end(rows[limit - 1]) if len(rows) > limit else None)
