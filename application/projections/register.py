"""Rows of cases and open matters (案件登记): what each case is, who holds it, and by which words it is found."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from application.projections.rows import CaseRow, HoldingRow
from application.projections.telling import Told
from domain.custody import CustodyFold, Held
from domain.kernel import Case, Entry
from domain.law.clock import day_of

NAMES = ("project", "subject", "uscc", "respondent", "matter_title", "penalty", "memo")
"""Event fields that name a project, a party or a paper; none of them is protected."""


@dataclass(slots=True)
class Docket:
    """One case of a file with its first and its latest entry, and the names that its events gave."""

    case: Case
    first: Entry
    last: Entry
    names: dict[str, None] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """One entry of the case more."""
        self.last = entry
        self.case.replay(entry)
        event: Any = entry.event
        kind: Any = type(event)
        for name in _naming(kind):
            value = getattr(event, name)
            if value and isinstance(value, str) and not isinstance(value, Enum):
                self.names[value] = None


def dockets(facts: Sequence[Entry], types: Mapping[str, type[Case]], but: UUID) -> dict[UUID, Docket]:
    """The cases of a file by id, `but` the one that is none."""
    found: dict[UUID, Docket] = {}
    for entry in facts:
        docket = found.get(entry.case_id)
        if docket is None:
            if entry.case_type not in types or entry.case_id == but:
                continue
            docket = found[entry.case_id] = Docket(types[entry.case_type](), entry, entry)
        docket.add(entry)
    return found


def case_rows(file_id: UUID, file_no: str, cases: Mapping[UUID, Docket], told: Told) -> Iterator[CaseRow]:
    """One row for each case of a file."""
    known = told.known_custody
    retold = told.retold or any(entry.event.SUCCEEDS for entry in told.facts)
    for identifier, docket in cases.items():
        case, parties = docket.case, tuple(docket.names)
        matter = known.matters.get(case.matter)
        words = searchable(" ".join(dict.fromkeys((case.number, file_no, *parties))))
        yield CaseRow(
            identifier,
            file_id,
            case.number,
            file_no,
            case.TYPE,
            case.state,
            case.version,
            case.matter,
            matter.holder if matter else None,
            matter.in_transit_to if matter else None,
            matter is not None and matter.open,
            docket.first.actor.acting_for,
            parties,
            day_of(docket.first.occurred_at),
            None if matter is None or matter.open else _closed_on(told, case.matter),
            docket.last.known_at(),
            words,
            grams(words),
            retold,
        )


def holding_rows(file_id: UUID, file_no: str, cases: Mapping[UUID, Docket], known: CustodyFold) -> Iterator[HoldingRow]:
    """One row for each open matter of a file."""
    held: dict[str, Held] = {each.matter: each for each in known.held}
    for n, matter in enumerate(known.matters.values(), 1):
        docket = cases.get(matter.case_id)
        if not matter.open or matter.holder is None or docket is None:
            continue
        yield HoldingRow(
            file_id,
            n,
            matter.id,
            matter.case_id,
            docket.case.number,
            file_no,
            docket.case.TYPE,
            matter.holder,
            held[matter.id].occurred_at,
            matter.in_transit_to,
            matter.sent_at,
        )


def searchable(text: str) -> str:
    """A text without differences of width and case, its words parted by single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def grams(words: str) -> tuple[str, ...]:
    """Every two neighbouring letters of the words, each once, in order: two are enough to tell Chinese words apart."""
    found = {one + two for one, two in itertools.pairwise(words) if one != " " and two != " "}
    return tuple(sorted(found))


@cache
def _naming(event: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(event) if each.name in NAMES)


def _closed_on(told: Told, matter: str) -> date | None:
    """The day on which nobody held the matter any more, as it happened."""
    _, (_, custody, moment) = told.bases()
    ends = [each.until for each in custody.held if each.matter == matter and each.until is not None]
    return day_of(moment(max(ends))) if ends else None
