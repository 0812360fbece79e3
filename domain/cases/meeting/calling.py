"""Calling (筹备召集) a meeting: prepared by its office or proposed by a member, with the consent that the documents ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from domain.cases.meeting import law
from domain.cases.meeting.events import (
    AgendaItem,
    Kind,
    MeetingPrepared,
    MeetingProposalApproved,
    MeetingProposalDeclined,
    MeetingProposed,
)
from domain.cases.meeting.record import CONVENOR, OFFICE, PROPOSED, MeetingRecord
from domain.demands import check_new, stated
from domain.kernel import DEPARTMENT, Refused, role, step

if TYPE_CHECKING:
    from domain.desk import Desk


class Calling(MeetingRecord):
    """Steps before anything is on the agenda. What the last meeting of the file deferred is taken up by the next."""

    @step(role(OFFICE), opens=True)
    def prepare(
        self,
        desk: Desk,
        *,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
        kind: Kind,
        purpose: str = "",
        planned_for: date | None = None,
    ) -> None:
        """Open the preparation of a meeting: of all members, of some, or a temporary one on crime."""
        self._open(desk, number, file_no, profiles, kind, purpose, planned_for)

    @step(DEPARTMENT, opens=True)
    def propose(
        self,
        desk: Desk,
        *,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
        kind: Kind,
        purpose: str | None,
        planned_for: date | None = None,
    ) -> None:
        """Propose a meeting, as a member. Whether anybody must consent, and who, is what the chosen profile says."""
        purpose = stated(purpose, law.PURPOSE_REQUIRED)
        about = "crime-meeting-proposal" if kind is Kind.CRIME else "meeting-proposal"
        needed = desk.practice(about, profiles)
        self._open(desk, number, file_no, profiles, kind, purpose, planned_for)
        consent = None if needed == "free" else needed
        self.record(MeetingProposed(matter=number, proposer=desk.organ, purpose=purpose, consent=consent))

    def _open(
        self,
        desk: Desk,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
        kind: Kind,
        purpose: str,
        on: date | None,
    ) -> None:
        check_new(desk, number)
        office = desk.register.role(OFFICE)
        if office is None:
            raise Refused(law.NO_OFFICE)
        self.record(MeetingPrepared(
            matter=number, number=number, file_no=file_no, profiles=profiles, office=office, kind=kind, purpose=purpose,
            planned_for=on, carried=tuple(_carried(desk)),
        ))  # fmt: skip

    @step(role(OFFICE), role(CONVENOR), states=(PROPOSED,))
    def approve_proposal(self, desk: Desk) -> None:
        """Consent to the meeting that was proposed: the office prepares it."""
        self._check_consent(desk)
        self.record(MeetingProposalApproved(matter=self.matter))

    @step(role(OFFICE), role(CONVENOR), states=(PROPOSED,))
    def decline_proposal(self, desk: Desk, *, reason: str | None) -> None:
        """Refuse the meeting that was proposed, with the reason."""
        self._check_consent(desk)
        reason = stated(reason, law.REASON_REQUIRED)
        self.record(MeetingProposalDeclined(matter=self.matter, reason=reason))

    def _check_consent(self, desk: Desk) -> None:
        if self.consent is not None and not desk.has_role(self.consent):
            raise Refused(law.CONSENT_BY_OFFICE if self.consent == OFFICE else law.CONSENT_BY_CONVENOR)


def _carried(desk: Desk) -> Iterator[AgendaItem]:
    """What earlier meetings of the file deferred, did not escalate, and no later one has taken up."""
    waiting: dict[str, AgendaItem] = {}
    for case in desk.file.cases.values():
        if isinstance(case, MeetingRecord) and case.version:
            for item in case.items:
                waiting.pop(item, None)
            for item, deferred in case.deferred.items():
                if not deferred.urgent:
                    waiting[item] = case.items.get(item, AgendaItem(item, None, deferred.parties[0]))
    yield from waiting.values()
