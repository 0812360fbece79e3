"""The hearing (听证) of the party before a penalty is decided: its right is notified, used or waived."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.penalty import law
from domain.cases.penalty.events import (
    HearingHeld,
    HearingRequested,
    HearingRightNotified,
    HearingWaived,
    PenaltyCaseFiled,
)
from domain.cases.penalty.record import FILED, NOTIFIED, REQUESTED, Record
from domain.demands import stated
from domain.kernel import HOLDER, Refused, step
from domain.law.clock import OVERDUE, day_of

if TYPE_CHECKING:
    from domain.desk import Desk

REQUEST = "NA-HRG5"


class Hearing(Record):
    """Steps of the department; what the party does, it records."""

    @step(HOLDER, states=(FILED,))
    def notify_hearing_right(
        self, desk: Desk, *, proposed: str | None, grounds: str | None, received_on: date | None = None
    ) -> None:
        """Tell the party the penalty in view (`proposed`), its grounds, and that it may ask for a hearing."""
        facts = {"proposed": proposed, "grounds": grounds}
        proposed, grounds = (stated(each, law.NOTICE_INCOMPLETE, **facts) for each in (proposed, grounds))
        if self.hearing == REQUESTED and desk.verdict(REQUEST, self.matter) not in OVERDUE:
            raise Refused(law.HEARING_OUTSTANDING)
        reached, today = received_on or day_of(desk.at), day_of(desk.at)
        (filed,) = (each for each in desk.file.all(PenaltyCaseFiled.TOPIC) if each.case_id == self.id)
        if not min(day_of(filed.occurred_at), today) <= reached <= today:
            raise Refused(law.NOTICE_NOT_RECEIVED, received_on=reached)
        self.record(HearingRightNotified(matter=self.matter, proposed=proposed, grounds=grounds, received_on=reached))

    @step(HOLDER, states=(FILED,))
    def record_hearing_request(self, desk: Desk) -> None:
        """Record that the party asks for a hearing; one that comes late binds nobody, but is recorded."""
        if self.hearing is None:
            raise Refused(law.NOT_NOTIFIED)
        if self.hearing != NOTIFIED:
            raise Refused(law.ALREADY_DONE, hearing=self.hearing)
        self.record(HearingRequested(matter=self.matter))

    @step(HOLDER, states=(FILED,))
    def record_hearing_waiver(self, desk: Desk, *, paper: str | None) -> None:
        """Record that the party wants no hearing, by its written statement (`paper`)."""
        if self.hearing is None:
            raise Refused(law.NOT_NOTIFIED)
        if self.hearing not in (NOTIFIED, REQUESTED):
            raise Refused(law.ALREADY_DONE, hearing=self.hearing)
        paper = stated(paper, law.WAIVER_UNWRITTEN)
        self.record(HearingWaived(matter=self.matter, paper=paper))

    @step(HOLDER, states=(FILED,))
    def hold_hearing(self, desk: Desk, *, presided_by: str | None, record: str | None) -> None:
        """Record that the hearing was held, by whom it was presided over, and the `record` made of it."""
        if self.hearing != REQUESTED:
            raise Refused(law.NOT_REQUESTED, hearing=self.hearing)
        presided_by, record = (stated(each, law.HEARING_RECORD_MISSING) for each in (presided_by, record))
        self.record(HearingHeld(matter=self.matter, presided_by=presided_by, record=record))
