"""Assistance letter (协助办理函): issued with its three contents, received, and returned, or acted upon and answered in writing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from domain.cases.assistance import law
from domain.cases.assistance.events import (
    AssistanceCancelled,
    AssistanceFeedbackGiven,
    AssistanceLetterReceived,
    AssistanceLetterReturned,
    AssistanceRequested,
    AssistanceStarted,
    Commission,
    MainMatterEnded,
)
from domain.demands import blank, check_new, stated
from domain.kernel import FLOW, HOLDER, Case, Event, Organ, Refused, party, step, unknown
from domain.names import Fixed

if TYPE_CHECKING:
    from domain.desk import Desk

ISSUED, RECEIVED, ASSISTING = "issued", "received", "assisting"
ANSWERED, RETURNED, CANCELLED = "answered", "returned", "cancelled"
UNANSWERED = (ISSUED, RECEIVED, ASSISTING)

ADDRESSEE, ISSUER = party("to"), party("issued_by")


class Assistance(Case):
    """A letter is a matter of its own that nobody holds: the main matter neither changes hands nor waits for it."""

    TYPE = "assistance"
    CODE = "XZ"

    def __init__(self) -> None:
        super().__init__()
        self.about = self.issued_by = self.to = ""
        self.question = ""
        self.evidence: tuple[str, ...] = ()
        self.commissions: Commission | None = None
        self.return_reason: str | None = None
        self.result: str | None = None

    @step(HOLDER, opens=True)
    def issue(
        self,
        desk: Desk,
        *,
        matter: str,
        to: Organ,
        case_summary: str | None,
        matters_and_reasons: str | None,
        evidence: tuple[str, ...] | None,
        commissions: Commission | None = None,
        again_because: str | None = None,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
    ) -> None:
        """Ask another organ for help in a `matter` that one holds. `commissions`: what the letter has examined or reviewed."""
        check_new(desk, number)
        case_summary = stated(case_summary, law.SUMMARY_REQUIRED)
        matters_and_reasons = stated(matters_and_reasons, law.REASONS_REQUIRED)
        if not evidence or any(map(blank, evidence)):
            raise Refused(law.EVIDENCE_REQUIRED)
        if (way := desk.file.matters[matter].in_transit_to) is not None:
            raise Refused(law.IN_TRANSIT, matter=matter, addressee=way)
        _check_addressee(desk, to)
        asked = _asked_before(desk, matter, to, matters_and_reasons)
        if asked and blank(again_because):
            raise Refused(law.ASKED_ALREADY, letters=asked)
        self.record(
            AssistanceRequested(
                matter=number, number=number, file_no=file_no, profiles=profiles, about=Fixed(matter),
                issued_by=Organ(desk.organ), to=to, case_summary=case_summary, matters_and_reasons=matters_and_reasons,
                evidence=evidence, commissions=commissions, again_because=again_because,
            )
        )  # fmt: skip

    @step(ADDRESSEE, states=(ISSUED,))
    def receive(self, desk: Desk) -> None:
        """Take the letter in: from this day on the time to return it is counted."""
        self.record(AssistanceLetterReceived(matter=self.matter))

    @step(ADDRESSEE, states=(RECEIVED, ASSISTING, ANSWERED))
    def return_to_sender(self, desk: Desk, *, reason: str | None, beyond_function: bool) -> None:
        """Send the letter back with the reason, what it asks for being beyond one's function."""
        if self.state != RECEIVED:
            raise Refused(law.RETURN_AFTER_START, state=self.state)
        reason = stated(reason, law.RETURN_REASON_REQUIRED)
        if not beyond_function:
            raise Refused(law.WITHIN_FUNCTION)
        self.record(AssistanceLetterReturned(matter=self.matter, reason=reason))

    @step(ADDRESSEE, states=(RECEIVED,))
    def start(self, desk: Desk) -> None:
        """Begin to help, the matter being within one's function."""
        self.record(AssistanceStarted(matter=self.matter))

    @step(ADDRESSEE, states=(RECEIVED, ASSISTING))
    def give_feedback(self, desk: Desk, *, written: bool, result: str | None) -> None:
        """Report in writing what was found."""
        if not written:
            raise Refused(law.FEEDBACK_UNWRITTEN)
        result = stated(result, law.FEEDBACK_UNWRITTEN)
        self.record(AssistanceFeedbackGiven(matter=self.matter, result=result))

    @step(ISSUER, states=UNANSWERED)
    def cancel(self, desk: Desk, *, reason: str | None) -> None:
        """Take the letter back before it is answered, with the reason."""
        reason = stated(reason, law.CANCEL_REASON_REQUIRED)
        self.record(AssistanceCancelled(matter=self.matter, reason=reason))

    @step(FLOW)
    def outlive(self, desk: Desk) -> None:
        """The main matter has ended: an unanswered letter stays, and whoever ended the matter is told.

        It is no refusal, because the plan lets nothing wait for a letter: the helper, who has no time limit, could keep
        the main case open beyond its own.
        """
        if self.state in UNANSWERED:
            self.record(MainMatterEnded(matter=self.matter))

    def on(self, event: Event) -> None:
        match event:
            case AssistanceRequested():
                self.state, self.about, self.issued_by, self.to = ISSUED, event.about, event.issued_by, event.to
                self.question, self.evidence = event.matters_and_reasons, event.evidence
                self.commissions = event.commissions
            case AssistanceLetterReceived():
                self.state = RECEIVED
            case AssistanceLetterReturned():
                self.state, self.return_reason = RETURNED, event.reason
            case AssistanceStarted():
                self.state = ASSISTING
            case AssistanceFeedbackGiven():
                self.state, self.result = ANSWERED, event.result
            case AssistanceCancelled():
                self.state = CANCELLED
            case MainMatterEnded():
                pass
            case _:
                raise unknown(event)

    def summary(self) -> Mapping[str, Any]:
        """Who asked whom for what in which matter, and what came of it."""
        return {
            "about": self.about,
            "issued_by": self.issued_by,
            "to": self.to,
            "matters_and_reasons": self.question,
            "evidence": self.evidence,
            "commissions": self.commissions,
            "return_reason": self.return_reason,
            "result": self.result,
        }


def _check_addressee(desk: Desk, to: str) -> None:
    organ = desk.taking_part(to)
    if organ is None:
        raise Refused(law.ADDRESSEE_UNKNOWN, to=to)
    if organ.id == desk.organ:
        raise Refused(law.TO_ITSELF)


def _asked_before(desk: Desk, about: str, to: str, question: str) -> list[str]:
    """The unanswered letters in which this organ was asked just this in the matter."""
    letters = [case for case in desk.file.cases.values() if isinstance(case, Assistance) and case.state in UNANSWERED]
    return [
        each.number
        for each in letters
        if (each.about, each.to) == (about, to) and "".join(each.question.split()) == "".join(question.split())
    ]
