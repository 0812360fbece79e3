"""Submitting a report (报送): what the unit that owes it does, whole or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.reporting_duty import law
from domain.cases.reporting_duty.events import (
    Channel,
    DutySubmitted,
    ExpertAssessmentSubmitted,
    InformationProvided,
    OpeningLogSubmitted,
    PartSubmitted,
    QuarterListPartSubmitted,
    QuarterListSubmitted,
    Report,
)
from domain.cases.reporting_duty.record import FORMS, FROM, OPEN, PART_SUBMITTED, DutyRecord, check_copy, forms
from domain.demands import blank, stated
from domain.kernel import Refused, party, step
from domain.names import fixed

if TYPE_CHECKING:
    from domain.desk import Desk

OWED = (OPEN, PART_SUBMITTED)


class Submitting(DutyRecord):
    """The steps of the unit that owes. A late report is taken like any other and judged late."""

    @step(party(FROM[Report.OPENING_LOG]), states=OWED)
    def submit_opening_log(self, desk: Desk, *, channel: Channel | None = None, copy_hash: str | None = None) -> None:
        """Submit the log of the bid opening. By WeChat or QQ it counts with the SHA-256 of the copy that is kept."""
        self.check_owed(Report.OPENING_LOG)
        check_copy(channel, copy_hash)
        self.record(OpeningLogSubmitted(
            matter=self.matter, channel=channel, copy_hash=fixed(copy_hash and copy_hash.lower()), complete=self.last(Report.OPENING_LOG)
        ))  # fmt: skip

    @step(party(FROM[Report.EXPERT_ASSESSMENT]), states=OWED)
    def submit_expert_assessment(
        self, desk: Desk, *, channel: Channel | None = None, copy_hash: str | None = None
    ) -> None:
        """Submit the assessment of the experts of the day. By WeChat or QQ it counts with the SHA-256 of the copy kept."""
        self.check_owed(Report.EXPERT_ASSESSMENT)
        check_copy(channel, copy_hash)
        self.record(ExpertAssessmentSubmitted(
            matter=self.matter, channel=channel, copy_hash=fixed(copy_hash and copy_hash.lower()),
            complete=self.last(Report.EXPERT_ASSESSMENT),
        ))  # fmt: skip

    @step(party(FROM[Report.QUARTER_LIST]), states=OWED)
    def submit_quarter_list(self, desk: Desk, *, electronic: bool, sealed_paper: bool) -> None:
        """Submit the list of the quarter: both forms are owed, together or one after the other."""
        self.check_owed(Report.QUARTER_LIST)
        given = forms(electronic, sealed_paper)
        if not given:
            raise Refused(law.NO_FORM)
        event = QuarterListSubmitted if given | self.forms == frozenset(FORMS) else QuarterListPartSubmitted
        self.record(event(matter=self.matter, electronic=electronic, sealed_paper=sealed_paper))

    @step(party(FROM[Report.INFORMATION]), states=OWED)
    def provide_information(self, desk: Desk, *, items: tuple[str, ...] | None, missing: tuple[str, ...] = ()) -> None:
        """Provide the information that was asked for. `missing`: what of it is still to come."""
        self.check_owed(Report.INFORMATION)
        if not items or any(map(blank, items)):
            raise Refused(law.NOT_PROVIDED)
        if missing:
            self._in_part(Report.INFORMATION, "；".join(items), missing)
        else:
            self.record(InformationProvided(matter=self.matter, items=items))

    @step(party(FROM[Report.DUTY]), states=OWED)
    def submit(self, desk: Desk, *, document: str | None, missing: tuple[str, ...] = ()) -> None:
        """Do what a duty without a number asks for. `document`: the letter, bulletin or batch; `missing`: what is to come."""
        self.check_owed(Report.DUTY)
        document = stated(document, law.DOCUMENT_UNNAMED)
        if missing:
            self._in_part(Report.DUTY, document, missing)
        else:
            self.record(DutySubmitted(matter=self.matter, document=document))

    def _in_part(self, report: Report, document: str, missing: tuple[str, ...]) -> None:
        self.record(PartSubmitted(matter=self.matter, report=report, document=document, missing=missing))
