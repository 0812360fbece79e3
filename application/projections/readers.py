"""Rows of whom files are open to (可见范围投影), and of who is barred in them: by the same function that reads of items ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from application.openness import Facts, grants
from application.projections.reader_rows import BarredRow, ReaderRow
from domain.cases.supervision.case import supervision_number
from domain.custody import CustodyFold
from domain.kernel import Case, Entry, file_id
from domain.law.clock import Clock


def reader_rows(
    file: UUID, facts: Sequence[Entry], cases: Mapping[UUID, Case], custody: CustodyFold, clocks: Iterable[Clock]
) -> Iterator[ReaderRow]:
    """Whom one file is open to: a row for the whole of it, or one for each case; papers say themselves whom they are for."""
    named = {grant for grant in grants(Facts(facts, cases, custody, lambda: clocks)) if not grant.papers}
    whole = {grant.name for grant in named if grant.case is None}
    for grant in sorted(named, key=lambda each: (each.name, str(each.case))):
        if grant.case is None or grant.name not in whole:
            yield ReaderRow(file, grant.name, grant.case)


def barred_rows(file: UUID, number: str, cases: Iterable[Case]) -> Iterator[BarredRow]:
    """Who has no right in a file, nor in its supervision record."""
    for who in sorted(frozenset[str]().union(*(case.barred for case in cases))):
        yield BarredRow(file, file, who)
        yield BarredRow(file, file_id(supervision_number(number)), who)
