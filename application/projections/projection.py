"""All projections (投影) at once: the rows that one file's entries come to, and nothing else decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.ledger import JURISDICTION
from application.projections.clocks import clock_row, judgement_rows, overdue_rows
from application.projections.knowledge import Knowledge
from application.projections.memos import TOPICS as MEMO_TOPICS
from application.projections.memos import memo_rows
from application.projections.register import Docket, case_rows, dockets, holding_rows
from application.projections.rows import KNOWN, RECOMPUTED, CustodyRow, Rows, TransitRow
from application.projections.telling import Telling, Told
from application.projections.verdicts import verdict_rows
from domain.custody import CustodyFold
from domain.kernel import Case, Entry
from domain.law.rulebook import Rulebook


@dataclass(slots=True)
class Projection:
    """Folds files under the law and under what is known of calendars and organs."""

    types: Mapping[str, type[Case]]
    rulebook: Rulebook
    knowledge: Knowledge

    def rows(self, files: Iterable[Sequence[Entry]]) -> Rows:
        """The rows of these files, each given by all its entries in recording order."""
        telling, rows = Telling(self.rulebook, self.knowledge), Rows()
        for entries in files:
            self._add(rows, telling, entries)
        return rows

    def _add(self, rows: Rows, telling: Telling, entries: Sequence[Entry]) -> None:
        file_id = entries[0].file_id
        told = telling.tell(file_id, entries)
        cases = dockets(told.facts, self.types, but=JURISDICTION)
        if not cases:
            return
        file_no = next((each.case.file_no for each in cases.values() if each.case.file_no), "")
        known, happened = told.known_custody, told.recomputed_custody
        rows.cases.extend(case_rows(file_id, file_no, cases, known, happened))
        rows.holdings.extend(holding_rows(file_id, file_no, cases, known))
        for basis, custody in ((KNOWN, known), (RECOMPUTED, happened)):
            rows.custody.extend(_held(basis, file_id, custody))
            rows.transits.extend(_on_the_way(basis, file_id, custody))
        self._clocks(rows, file_id, file_no, cases, told)
        if any(entry.topic in MEMO_TOPICS for entry in told.facts):
            rows.memos.extend(memo_rows(file_id, told.facts))

    def _clocks(self, rows: Rows, file_id: UUID, file_no: str, cases: Mapping[UUID, Docket], told: Told) -> None:
        known = told.known.stories
        recomputed = known if told.recomputed is None else told.recomputed.stories
        for identifier, story in known.items():
            case = cases[story.clock.case_id].case
            rows.clocks.append(clock_row(file_id, file_no, case, story))
            rows.judgements.extend(judgement_rows(file_id, story))
            rows.verdicts.extend(verdict_rows(file_id, story))
            rows.overdue.extend(overdue_rows(file_id, file_no, case, story, recomputed.get(identifier)))
        for identifier, story in recomputed.items():
            if identifier not in known:
                case = cases[story.clock.case_id].case
                rows.overdue.extend(overdue_rows(file_id, file_no, case, None, story))


def _held(basis: str, file_id: UUID, custody: CustodyFold) -> Iterator[CustodyRow]:
    for each in custody.held:
        if each.until is None or each.since < each.until:
            yield CustodyRow(basis, file_id, each.matter, each.holder, each.since, each.until)


def _on_the_way(basis: str, file_id: UUID, custody: CustodyFold) -> Iterator[TransitRow]:
    for each in custody.transits:
        if each.until is None or each.since < each.until:
            yield TransitRow(basis, file_id, each.matter, each.sender, each.addressee, each.since, each.until)
