"""How a penalty procedure (行政处罚程序) ends: by the decision of a penalty, or without one; and how it is taken up again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.penalty import events, law
from domain.cases.penalty.events import PenaltyCaseEnded, PenaltyCaseReopened, PenaltyConcluded
from domain.cases.penalty.hearing import REQUEST
from domain.cases.penalty.record import CONCLUDED, FILED, NOTIFIED, REQUESTED, Record
from domain.demands import stated
from domain.kernel import FLOW, HOLDER, OpeningEvent, Refused, Uscc, case_id, party, step
from domain.law.clock import OVERDUE, State, day_of
from domain.names import Fixed, same_subject, same_words

if TYPE_CHECKING:
    from domain.desk import Desk

LIMITATION = "NA-LIM2Y"
REVOKED = "joint-punishment.penalty-revoked"
SUSPECTED = "crime-referral.suspicion-recorded"
SETTLED = ("crime-referral.not-approved", "crime-referral.dispatched", "crime-referral.closed")


class Ending(Record):
    """The last steps of the procedure."""

    @step(FLOW)
    def conclude(self, desk: Desk, *, decision: str, subject: str, uscc: Uscc | None) -> None:
        """A penalty was decided in the matter: it ends this case, if the party was heard and the time has not run out."""
        if self.state != FILED or not same_subject(self.subject, self.uscc, subject, uscc):
            return
        if desk.verdict(LIMITATION, self.matter) in OVERDUE:
            raise Refused(law.LIMITATION_PASSED)
        asked = desk.verdict(REQUEST, self.matter)
        if self.hearing == REQUESTED and asked not in OVERDUE:
            raise Refused(law.HEARING_OUTSTANDING)
        if self.hearing == NOTIFIED and asked is State.RUNNING:
            raise Refused(law.HEARING_STILL_POSSIBLE)
        self.record(PenaltyConcluded(matter=self.matter, decision=Fixed(decision)))

    @step(party("filed_by"), states=(CONCLUDED,))
    def reopen(self, desk: Desk, *, judgment: str | None, judgment_received_on: date | None) -> None:
        """Decide again after a court or an organ of reconsideration revoked the penalty."""
        revoked = [entry for entry in desk.file.all(REVOKED) if entry.case_id == case_id(self.decision or "")]
        if not revoked:
            raise Refused(law.NOT_ANNULLED, decision=self.decision)
        judgment = stated(judgment, law.JUDGMENT_REQUIRED)
        if judgment_received_on is None or judgment_received_on > day_of(desk.at):
            raise Refused(law.JUDGMENT_REQUIRED, judgment_received_on=judgment_received_on)
        self.record(
            PenaltyCaseReopened(matter=self.matter, judgment=judgment, judgment_received_on=judgment_received_on)
        )

    @step(HOLDER, states=(FILED,))
    def end(self, desk: Desk, *, ending: events.Ending, basis: str | None) -> None:
        """End the case without a penalty: none is due, it is dropped, or another organ deals with it."""
        basis = stated(basis, law.ENDING_BASIS, ending=ending)
        if ending is not events.Ending.TRANSFERRED and self._suspected(desk):
            raise Refused(law.CRIME_SUSPECTED, fact=self.fact)
        if desk.file.matters[self.matter].in_transit_to is not None:
            raise Refused(law.IN_TRANSIT)
        alone = self._opened_matter(desk)
        self.record(PenaltyCaseEnded(matter=self.matter, ending=ending, basis=basis, ends_matter=alone))

    def _opened_matter(self, desk: Desk) -> bool:
        """Whether the matter was opened, or opened again, by this filing, and no other case was opened in it since."""
        about = [
            entry
            for entry in desk.file.entries
            if isinstance(entry.event, OpeningEvent) and entry.matter == self.matter
        ]
        (filed,) = (entry for entry in about if entry.case_id == self.id)
        opened = any(held.event_id == filed.event_id for held in desk.file.custody.held)
        return opened and all(entry.file_version <= filed.file_version for entry in about)

    def _suspected(self, desk: Desk) -> bool:
        """Whether a crime is suspected in the act, neither declined by the head nor sent to the police."""
        waiting: set[str] = set()
        for entry in desk.file.entries:
            if entry.topic == SUSPECTED:
                waiting.add(same_words(entry.matter or ""))
            elif entry.topic in SETTLED:
                waiting.discard(same_words(entry.matter or ""))
        return not waiting.isdisjoint({same_words(self.fact), same_words(self.matter)})
