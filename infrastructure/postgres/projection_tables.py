"""The tables of the projections (投影表): rows put in the place of others, or poured into empty tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection, sql

from application.projections.rows import TABLES, Rows
from infrastructure.postgres.copying import CopyFormat
from infrastructure.postgres.statements import quoted, statements

EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


class ProjectionTables:
    """The projection tables of a ledger, or (`built_in`) those that a rebuild makes in a schema beside it."""

    def __init__(self, schema: str, built_in: str | None = None) -> None:
        self.schema, self._in_use = built_in or schema, built_in is None
        self._replace = statements(schema)["replace_rows"]
        self._own = statements(self.schema)

    def replace(self, connection: Connection[Any], files: Sequence[UUID], rows: Rows) -> None:
        """Let these rows be all that the tables have of these files."""
        wanted = list(files)
        with connection.pipeline():
            for name, (table, _) in TABLES.items():
                fresh = as_json(getattr(rows, name))
                if name == "clocks":
                    connection.execute(self._own["shift_statistics"], {"rows": fresh, "files": wanted}, prepare=True)
                    connection.execute(self._own["drop_empty_statistics"], prepare=True)
                target = f"{quoted(self.schema)}.{table}"
                connection.execute(self._replace, (target, wanted, fresh), prepare=True)
            if self._in_use and (ends := [row.until_at for row in rows.overdue if row.until_at is not None]):
                connection.execute(self._own["note_end"], (microseconds(max(ends)),), prepare=True)

    def pour(self, connection: Connection[Any], rows: Rows) -> None:
        """Add rows to tables that have nothing of their files yet; statistics are counted at the end."""
        for name, (table, _) in TABLES.items():
            found = getattr(rows, name)
            if found:
                with connection.cursor() as cursor, cursor.copy(self._copy(table, name)) as copy:
                    copy.write(copy_format(name).text(found))

    def count(self, connection: Connection[Any]) -> None:
        """Count all clocks for the statistics."""
        connection.execute(self._own["count_statistics"])

    def _copy(self, table: str, name: str) -> sql.Composed:
        columns = sql.SQL(", ").join(map(sql.Identifier, copy_format(name).columns))
        return sql.SQL("COPY {}.{} ({}) FROM STDIN").format(sql.Identifier(self.schema), sql.Identifier(table), columns)


def microseconds(instant: datetime) -> int:
    """An instant as the lists note it: microseconds since 1970."""
    return (instant - EPOCH) // MICROSECOND


def as_json(rows: Sequence[Any]) -> str:
    """Rows as the jsonb that the tables' row types are filled from."""
    return msgspec.json.encode([row._asdict() for row in rows]).decode()


@cache
def copy_format(name: str) -> CopyFormat:
    """How the rows of one list of `Rows` are poured."""
    return CopyFormat(TABLES[name][1])
