"""All projections (投影) at once: the rows that one file's entries come to, and nothing else decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.ledger import JURISDICTION
from application.projections.adjustments import adjustment_rows
from application.projections.ageing import ageing_rows
from application.projections.clocks import clock_row, judgement_rows, overdue_rows
from application.projections.dispatches import dispatch_rows
from application.projections.holders import custody_rows, transit_rows
from application.projections.knowledge import Knowledge
from application.projections.memos import JOINT_PUNISHMENT, memo_rows
from application.projections.readers import barred_rows, reader_rows
from application.projections.register import Docket, case_rows, dockets, holding_rows
from application.projections.rows import Rows
from application.projections.standings import TYPES as STANDING
from application.projections.standings import standing_rows
from application.projections.supervision import SUPERVISION, card_rows, letter_rows
from application.projections.telling import Telling, Told
from application.projections.verdicts import verdict_rows
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
        known = told.known_custody
        self._readers(rows, file_id, file_no, cases, told)
        rows.cases.extend(case_rows(file_id, file_no, cases, told))
        rows.holdings.extend(holding_rows(file_id, file_no, cases, known))
        rows.custody.extend(custody_rows(file_id, told))
        rows.transits.extend(transit_rows(file_id, told))
        self._clocks(rows, file_id, file_no, cases, told)
        if any(each.case.TYPE == JOINT_PUNISHMENT for each in cases.values()):
            rows.memos.extend(memo_rows(file_id, told.facts))
        if known.transits:
            rows.dispatches.extend(dispatch_rows(file_id, file_no, cases, entries))
        rows.adjustments.extend(adjustment_rows(telling, file_id, file_no, cases, entries))
        for docket in cases.values():
            if docket.case.TYPE == SUPERVISION:
                of_record = (file_id, docket.case.number, docket.case.summary()["supervises"], entries)
                rows.cards.extend(card_rows(*of_record))
                rows.letters.extend(letter_rows(*of_record))
        for identifier, docket in cases.items():
            if docket.case.TYPE in STANDING:
                rows.standings.extend(standing_rows(file_id, [each for each in entries if each.case_id == identifier]))

    def _readers(self, rows: Rows, file_id: UUID, file_no: str, cases: Mapping[UUID, Docket], told: Told) -> None:
        only = {identifier: docket.case for identifier, docket in cases.items()}
        clocks = (story.clock for story in told.known.values() if not story.standings[-1].gone)
        rows.readers.extend(reader_rows(file_id, told.facts, only, told.known_custody, clocks))
        rows.barred.extend(barred_rows(file_id, file_no, only.values()))

    def _clocks(self, rows: Rows, file_id: UUID, file_no: str, cases: Mapping[UUID, Docket], told: Told) -> None:
        recomputed = told.known if told.recomputed is None else told.recomputed
        for identifier, story in told.known.items():
            case = cases[story.clock.case_id].case
            other = recomputed.get(identifier)
            rows.clocks.append(clock_row(file_id, file_no, case, story, other))
            rows.ageing.extend(ageing_rows(file_id, file_no, case, story))
            if told.recomputed is None and story.uneventful:
                continue
            if story.judged_again:
                rows.judgements.extend(judgement_rows(file_id, story))
            if story.clock.counts:
                rows.verdicts.extend(verdict_rows(file_id, story))
            rows.overdue.extend(overdue_rows(file_id, file_no, case, story, other))
        for identifier, story in recomputed.items():
            if identifier not in told.known:
                case = cases[story.clock.case_id].case
                rows.overdue.extend(overdue_rows(file_id, file_no, case, None, story))
