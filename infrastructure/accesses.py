"""The recorded reads (查阅记录) of one jurisdiction in PostgreSQL: one row for each, added before the answer leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from application.accesses import Access, NotRecorded, one_line
from application.ports import Cursor
from domain.law.clock import CHINA
from infrastructure import pages
from infrastructure.pages import LATEST, instant
from infrastructure.postgres.binary import int8, text, uuid
from infrastructure.postgres.direct import ConnectionLost, Unconfirmed
from infrastructure.postgres.session import Connections, Row, Session

LAST = 2**63 - 1


class PostgresAccesses:
    """As `application.accesses.Accesses` describes them. Safe to share between threads."""

    def __init__(self, pool: Connections, schema: str) -> None:
        self._session = Session(pool, schema)

    def record(self, access: Access) -> None:
        """Keep a look at the ledger; raises NotRecorded. One that was lost on the way may be kept twice, never not at all."""
        try:
            self._keep(_values(access))
        except (psycopg.Error, ConnectionLost, Unconfirmed) as error:
            raise NotRecorded(type(error).__name__) from error

    def _keep(self, values: Sequence[bytes | None]) -> None:
        try:
            self._session.write("note_access", values)
        except ConnectionLost:
            self._session.write("note_access", values)

    def page(
        self, filters: Mapping[str, Any], cursor: Cursor | None, limit: int
    ) -> tuple[Sequence[Mapping[str, Any]], Cursor | None]:
        """Recorded reads, latest first; raises BadCursor."""
        at, n = pages.place(cursor, (instant, int), (LATEST, LAST))
        names = ("case", "officer", "outcome", "begin", "end")
        asked = {
            **pages.filters(filters, *names),
            "organ": filters.get("department"),
            "barred": list(filters.get("barred", ())),
            "at": at,
            "n": n,
        }
        rows = self._session.read_anew("accesses", {**asked, "limit": limit + 1})
        end = rows[limit - 1] if len(rows) > limit else None
        return [_item(row) for row in rows[:limit]], end and (end[0].isoformat(), end[1])


def _values(access: Access) -> list[bytes | None]:
    words = (access.organ, access.officer, access.credential, access.credential_id, access.request_id)
    said = [text(one_line(each)) for each in (*words, access.method, access.route)]
    named = None if access.named is None else text(one_line(access.named))
    listed = None if access.listed is None else int8(access.listed)
    return [*said, named, uuid(access.case), uuid(access.file), text(access.asked), text(access.outcome), listed]


def _item(row: Row) -> dict[str, Any]:
    at, _, organ, officer, kind, identifier, request_id, method, route, named, case, file, number, *rest = row
    asked, outcome, listed = rest
    return {
        "at": at.astimezone(CHINA),
        "organ": organ,
        "officer": officer,
        "credential": {"kind": kind, "id": identifier},
        "request_id": request_id,
        "method": method,
        "route": route,
        "named": named,
        "case": case,
        "file": file,
        "file_no": number,
        "asked": asked,
        "outcome": outcome,
        "listed": listed,
    }
