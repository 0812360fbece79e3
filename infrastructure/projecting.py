"""Brings the lists up to date with files (更新投影): reads them whole, folds them, and writes what they come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from psycopg import Connection

from application.ledger import JURISDICTION, Ledger
from application.projections.knowledge import Change, Knowledge
from application.projections.projection import Projection
from domain.cases import EVENTS
from domain.kernel import Entry
from infrastructure.law_marks import holds, marks
from infrastructure.postgres.mapper import EntryMapper
from infrastructure.postgres.projection_tables import ProjectionTables
from infrastructure.postgres.statements import statements

Elsewhere = Callable[[], AbstractContextManager[Connection[Any]]]
"""Opens a transaction on a connection, committed at the end of the block."""

PROJECTIONS = 4
"""Raised whenever rows come out otherwise than before from the same facts under the same law."""

AT_ONCE = 200
"""Files written in one go: few enough that no transaction is long."""


class Projecting:
    """Reads the events of one schema, writes the tables of the same or (`built_in`) of a rebuild. Not for several threads.

    `known_version`: the version of the jurisdiction's own case whose calendars and register were last used.
    """

    def __init__(self, schema: str, ledger: Ledger, *, built_in: str | None = None) -> None:
        self.tables = ProjectionTables(schema, built_in)
        self._ledger = ledger
        self._mapper = EntryMapper(EVENTS)
        self._read, self._own = statements(schema), statements(self.tables.schema)
        self._projection: Projection | None = None
        self.known_version = 0

    def projection(self) -> Projection:
        """The projection under what is known now."""
        office = self._ledger.office()
        if self._projection is None or office.case.version != self.known_version:
            knowledge = Knowledge(office, self._ledger.shipped, self._ledger.rulebook.learned)
            self._projection = Projection(self._ledger.types, self._ledger.rulebook, knowledge)
            self.known_version = office.case.version
        return self._projection

    def refresh(self, connection: Connection[Any], files: Sequence[UUID]) -> None:
        """Fold these files anew and let the lists have that of them; inside a transaction of the caller's, all or nothing."""
        projection = self.projection()
        for few in in_turn(files):
            self.tables.replace(connection, few, projection.rows(self.load(connection, few)))

    def project(self, connection: Connection[Any], entries: Sequence[Entry], elsewhere: Elsewhere) -> None:
        """Write what a batch of the log comes to, on a connection in a transaction.

        Where a fact of the jurisdiction moves clocks of other files, those are folded first, a few in each transaction that
        `elsewhere` opens: harmless to repeat, so that no transaction is long.
        """
        recorded = {entry.known_at() for entry in entries if entry.case_id == JURISDICTION}
        for change in self._changes(recorded) if recorded else ():
            for few in in_turn(self._concerned(connection, change)):
                with elsewhere() as other:
                    self.refresh(other, few)
        files = dict.fromkeys(entry.file_id for entry in entries if entry.case_id != JURISDICTION)
        self.refresh(connection, sorted(files))

    def load(self, connection: Connection[Any], files: Sequence[UUID]) -> Iterator[list[Entry]]:
        """The entries of each of these files, in recording order."""
        yield from self._files(connection, "load_files", (list(files),))

    def load_between(
        self, connection: Connection[Any], first: UUID, last: UUID, *, to_the_end: bool
    ) -> Iterator[list[Entry]]:
        """The entries of each file whose id is not before the one and before the other, or any after the one."""
        yield from self._files(connection, "load_files_between", (first, last, to_the_end))

    def _files(self, connection: Connection[Any], name: str, arguments: tuple[Any, ...]) -> Iterator[list[Entry]]:
        rows = connection.execute(self._read[name], arguments, prepare=True, binary=True).fetchall()
        for _, entries in groupby(self._mapper.entries(rows), key=lambda entry: entry.file_id):
            yield list(entries)

    def _changes(self, recorded: set[datetime]) -> list[Change]:
        """What the jurisdiction's facts recorded at these instants changed for clocks."""
        return [change for change in self.projection().knowledge.changes if change.at in recorded]

    def _concerned(self, connection: Connection[Any], change: Change) -> list[UUID]:
        """The files that a change may concern, as the lists know them."""
        if change.everybody:
            return self._ids(connection, "all_files")
        found = {*self._ids(connection, "files_retold"), *self._ids(connection, "files_owing", sorted(change.parties))}
        for edition in change.editions:
            resting = sorted(self.projection().knowledge.resting_on(edition.calendar))
            found.update(self._ids(connection, "files_counting_by", resting, edition.year))
        return sorted(found)

    def _ids(self, connection: Connection[Any], name: str, *arguments: Any) -> list[UUID]:
        return [row[0] for row in connection.execute(self._own[name], arguments, prepare=True, binary=True)]


def in_turn(files: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """A few files at a time."""
    return (files[place : place + AT_ONCE] for place in range(0, len(files), AT_ONCE))


def law_of(ledger: Ledger) -> str:
    """What the lists rest on beside the facts."""
    return marks(ledger, PROJECTIONS)


def built_alike(stored: str | None, ledger: Ledger) -> bool:
    """Whether lists built under the stored law are those that this program would build; None: none were built."""
    return holds(stored, ledger, PROJECTIONS)
