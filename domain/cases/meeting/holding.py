"""The meeting itself (会议召开): who came, what was dealt with, and what could not be agreed (意见分歧)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.meeting import law
from domain.cases.meeting.agenda import BEFORE, Agenda
from domain.cases.meeting.events import EscalatedToCommittee, JointMeetingHeld, Kind, Opinion, ResolutionDeferred
from domain.cases.meeting.record import APPROVED, CONVENOR, HELD, OFFICE
from domain.demands import blank
from domain.kernel import Organ, Refused, role, step

if TYPE_CHECKING:
    from domain.desk import Desk


class Holding(Agenda):
    """Steps in the meeting. What is not agreed waits for the next one or, if it is urgent, goes to the committee."""

    @step(role(CONVENOR), role(OFFICE), states=(*BEFORE, HELD))
    def hold(
        self,
        desk: Desk,
        *,
        full: bool,
        attended: tuple[Organ, ...] = (),
        items: tuple[str, ...] = (),
        heads: tuple[str, ...] = (),
    ) -> None:
        """Record that the meeting was held, of all members or of some. `heads`: heads of business at a crime meeting."""
        self.check_consent_given()
        if self.state == HELD:
            raise Refused(law.ALREADY_HELD)
        if not desk.has_role(CONVENOR) and desk.practice("meeting-call", self.profiles) != OFFICE:
            raise Refused(law.CALLED_BY_CONVENOR)
        if self.kind is Kind.CRIME and (full or not attended or not heads):
            raise Refused(law.CRIME_MEETING_IS_PARTIAL)
        agenda = self.agenda if self.state == APPROVED else ()
        if strange := [each for each in items if each not in agenda]:
            raise Refused(law.ITEM_NOT_ON_AGENDA, items=strange)
        self.record(JointMeetingHeld(
            matter=self.matter, full=full, convenor=desk.organ, attended=tuple(attended), items=items, heads=heads
        ))  # fmt: skip

    @step(role(CONVENOR), role(OFFICE), states=(*BEFORE, HELD))
    def record_disagreement(
        self,
        desk: Desk,
        *,
        item: str,
        parties: tuple[Organ, ...],
        opinions: tuple[Opinion, ...] | None,
        urgent: bool = False,
    ) -> None:
        """Record that an item was not agreed, with the opinion of each party: the next meeting takes it up, or the committee."""
        self._check_held()
        if item not in self.items:
            raise Refused(law.ITEM_NOT_ON_AGENDA, items=(item,))
        if item in self.deferred:
            raise Refused(law.ALREADY_DEFERRED, item=item)
        heard = {each.party for each in opinions or () if not blank(each.opinion)}
        if len(set(parties)) < 2 or not heard.issuperset(parties):
            raise Refused(law.OPINIONS_REQUIRED, missing=[each for each in parties if each not in heard])
        self.record(ResolutionDeferred(
            matter=self.matter, item=item, urgent=urgent, parties=tuple(parties), opinions=tuple(opinions or ())
        ))  # fmt: skip

    @step(role(OFFICE), states=(*BEFORE, HELD))
    def escalate(self, desk: Desk, *, item: str, opinions: tuple[Organ, ...] | None) -> None:
        """Put what is urgent and was not agreed to the committee. `opinions`: the departments whose opinion is attached."""
        self._check_held()
        deferred = self.deferred.get(item)
        if deferred is None or not deferred.urgent or item in self.escalated:
            raise Refused(law.NOT_URGENT, item=item)
        if missing := [each for each in deferred.parties if each not in (opinions or ())]:
            raise Refused(law.ALL_OPINIONS_REQUIRED, missing=missing)
        self.record(EscalatedToCommittee(matter=self.matter, item=item, opinions=tuple(opinions or ())))

    def _check_held(self) -> None:
        if self.state != HELD:
            raise Refused(law.NOT_HELD)
