"""The minutes (会议纪要): what was decided becomes tasks; a temporary crime meeting makes work proposals (工作建议) instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.meeting import law
from domain.cases.meeting.agenda import BEFORE
from domain.cases.meeting.events import Kind, MinutesIssued, Resolution, ResolutionStatusCirculated, WorkProposalsMade
from domain.cases.meeting.record import HELD, MINUTED, OFFICE, MeetingRecord
from domain.demands import blank
from domain.kernel import Organ, Refused, role, step

if TYPE_CHECKING:
    from domain.desk import Desk


class Minutes(MeetingRecord):
    """Steps after the meeting."""

    @step(role(OFFICE), states=(*BEFORE, HELD))
    def issue_minutes(
        self,
        desk: Desk,
        *,
        resolutions: tuple[Resolution, ...],
        agreed_by: tuple[Organ, ...] = (),
        copied_to: str | None = None,
    ) -> None:
        """Issue the minutes: the meeting is over, and each resolution becomes a task of its lead department in the same file.

        `agreed_by`, `copied_to`: who attended and agrees, and the government that is told, where the chosen profile asks for it.
        """
        if self.state != HELD:
            raise Refused(law.NOT_HELD)
        if self.kind is Kind.CRIME:
            raise Refused(law.CRIME_MEETING_PROPOSES)
        names = [each.resolution for each in resolutions]
        if taken := [each for each in names if each in desk.file.matters or names.count(each) > 1 or blank(each)]:
            raise Refused(law.RESOLUTION_TAKEN, resolutions=taken)
        self._check_agreement(desk, agreed_by, copied_to)
        self.record(MinutesIssued(
            matter=self.matter, resolutions=resolutions, set_by=self.convenor or desk.organ, agreed_by=tuple(agreed_by),
            copied_to=copied_to,
        ))  # fmt: skip

    def _check_agreement(self, desk: Desk, agreed_by: tuple[str, ...], copied_to: str | None) -> None:
        if desk.practice("meeting-minutes", self.profiles) != "attendees":
            return
        missing = [each for each in self.attended if each not in agreed_by]
        if missing or not agreed_by:
            raise Refused(law.MINUTES_NOT_AGREED, missing=missing)
        if blank(copied_to):
            raise Refused(law.MINUTES_COPY_REQUIRED)

    @step(role(OFFICE), states=(*BEFORE, HELD))
    def make_work_proposals(self, desk: Desk, *, proposals: tuple[str, ...] | None) -> None:
        """Record what a temporary crime meeting proposes: with that it is over."""
        if self.state != HELD:
            raise Refused(law.NOT_HELD)
        if self.kind is not Kind.CRIME:
            raise Refused(law.CRIME_MEETING_PROPOSES)
        if not proposals or any(map(blank, proposals)):
            raise Refused(law.PROPOSALS_REQUIRED)
        self.record(WorkProposalsMade(matter=self.matter, proposals=proposals))

    @step(role(OFFICE), states=(*BEFORE, HELD, MINUTED))
    def circulate_status(self, desk: Desk, *, overdue: tuple[str, ...] = (), to: tuple[Organ, ...] = ()) -> None:
        """Circulate how the resolutions are being carried out. `overdue`: those that are late."""
        if self.state != MINUTED or self.kind is Kind.CRIME:
            raise Refused(law.MINUTES_NOT_ISSUED)
        if unknown := [each for each in overdue if each not in self.resolutions]:
            raise Refused(law.RESOLUTION_UNKNOWN, resolutions=unknown)
        self.record(ResolutionStatusCirculated(matter=self.matter, overdue=overdue, to=tuple(to)))
