"""The lists against a replay from nothing (投影核验): each file is folded anew, and every row that differs is named by case and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from application.ledger import OFFICE_FILE, Ledger
from application.projections.rows import TABLES
from domain.cases import CASES, EVENTS
from domain.proof.findings import Cause, Finding
from infrastructure.own_law import law
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.projection_tables import as_json
from infrastructure.postgres.statements import quoted, statements
from infrastructure.projecting import Projecting, built_alike
from infrastructure.projector import NAME
from infrastructure.rebuild import parts

Row = Mapping[str, Any]

PART = 5000
"""About how many events are folded at a time."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "register": ("case_id",),
    "custody": ("file_id", "basis", "n", "since"),
    "transit": ("file_id", "basis", "matter", "since"),
    "holding": ("file_id", "n"),
    "clock": ("clock_id",),
    "overdue": ("clock_id", "basis", "from_at", "month"),
    "judgement": ("clock_id", "n"),
    "verdict": ("clock_id", "n"),
    "memo": ("case_id", "n"),
    "card": ("card_id", "known_from"),
    "letter": ("letter", "known_from"),
    "adjustment": ("cause", "clock_id", "known_from"),
    "dispatch": ("cause", "known_from"),
    "ageing": ("clock_id", "from_at"),
    "standing": ("case_id", "n", "known_from"),
    "reader": ("file_id", "name", "case_id"),
    "barred": ("file_id", "about", "who"),
    "statistic": ("scale", "by", "bucket", "key", "severity"),
}
"""By what a row of a list is known to be the same that differs, and not another."""

NAMING = ("number", "case_id", "file_no", "clock_id", "file_id", "key")
"""By which column a row says which case it is about, the best first."""


@dataclass(slots=True)
class Compared:
    """What was compared: how many files; how many were left out because their events are on the way to the lists; and why
    nothing was compared at all, if so."""

    files: int = 0
    on_their_way: int = 0
    not_at_all: str | None = None


class _One:
    """The connection of a snapshot in the place of a pool."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """That connection."""
        yield self._connection


class Lists:
    """The lists of a schema, as of the snapshot of `connection`. `own`: the folder with the law of the deployment."""

    def __init__(
        self, connection: Connection, schema: str, *, own: Path | None, rehearsal: bool, part: int = PART
    ) -> None:
        self.compared = Compared()
        self._connection, self._schema, self._named, self._part = connection, schema, statements(schema), part
        log = PostgresEventLog(_One(connection), schema, EVENTS)
        self._ledger = Ledger(log, CASES, law(own).rulebook, law(own).calendars, rehearsal=rehearsal)
        self._projecting = Projecting(schema, self._ledger)

    def findings(self, events: int) -> Iterator[list[Finding]]:
        """Every difference, a part of about `events` in all at a time."""
        waiting = [row[0] for row in self._connection.execute(self._named["files_on_their_way"], (NAME,))]
        self.compared.not_at_all = self._unready(waiting)
        if self.compared.not_at_all:
            return
        self.compared.on_their_way = len(waiting)
        for part in parts("", self._schema, "", max(1, events // self._part)):
            yield list(self._part_differs((part.first, part.last, part.to_the_end), waiting))
        if not waiting:
            rows = self._connection.execute(self._named["drift_of_statistics"])
            yield list(_told("statistic", rows))

    def _unready(self, waiting: list[UUID]) -> str | None:
        known, built = self._connection.execute(self._named["lists_stand"]).fetchone() or (0, None)
        if OFFICE_FILE in waiting or self._ledger.office().case.version > known:
            return "behind"
        return None if built_alike(built, self._ledger) else "other law"

    def _part_differs(self, bounds: tuple[UUID, UUID, bool], waiting: list[UUID]) -> Iterator[Finding]:
        first, last, to_the_end = bounds
        files = self._projecting.load_between(self._connection, first, last, to_the_end=to_the_end)
        rows = self._projecting.projection().rows(self._counted(files))
        for name, (table, _) in TABLES.items():
            target, fresh = f"{quoted(self._schema)}.{table}", as_json(getattr(rows, name))
            asked = (target, first, last, to_the_end, fresh, waiting)
            yield from _told(table, self._connection.execute(self._named["drift"], asked))

    def _counted(self, files: Iterable[Any]) -> Iterator[Any]:
        for entries in files:
            self.compared.files += 1
            yield entries


def _told(table: str, rows: Iterable[tuple[bool, Row]]) -> Iterator[Finding]:
    """Differences, the two sides of one row together."""
    stored: dict[Any, list[Row]] = {}
    folded: dict[Any, list[Row]] = {}
    for of_list, row in rows:
        key = tuple(str(row.get(each)) for each in KEYS[table])
        (stored if of_list else folded).setdefault(key, []).append(row)
    for key in sorted({*stored, *folded}):
        mine, theirs = stored.get(key, []), folded.get(key, [])
        for one, other in zip(mine, theirs, strict=False):
            yield _differs(table, one, other)
        yield from (_extra(table, each) for each in mine[len(theirs) :])
        yield from (_lacking(table, each) for each in theirs[len(mine) :])


def _differs(table: str, stored: Row, folded: Row) -> Finding:
    columns = [name for name in folded if stored.get(name) != folded[name]]
    said = "; ".join(f"{name}: {stored.get(name)!r} != {folded[name]!r}" for name in columns)
    where = f"list {table}, {_case(folded)}, {', '.join(columns)}"
    return Finding(
        Cause.CHANGED, where, f"投影与事件不符：{said}。", f"The list does not say what the events come to: {said}."
    )


def _extra(table: str, row: Row) -> Finding:
    where = f"list {table}, {_case(row)}"
    return Finding(
        Cause.INSERTED, where, "事件中没有投影的这一行。", "The list has a row that the events do not come to."
    )


def _lacking(table: str, row: Row) -> Finding:
    where = f"list {table}, {_case(row)}"
    return Finding(Cause.REMOVED, where, "投影缺少这一行。", "The list lacks a row that the events come to.")


def _case(row: Row) -> str:
    name = next((each for each in NAMING if row.get(each)), None)
    return "?" if name is None else f"{'case' if name == 'number' else name} {row[name]}"
