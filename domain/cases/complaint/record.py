"""What is known of a complaint (投诉) or report (举报) from its facts, and the questions its steps ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from domain.cases.complaint import law
from domain.cases.complaint.events import ComplaintDecided, Finding, NotCompetentDetermined, Subject
from domain.demands import require
from domain.kernel import Case, Event, unknown

if TYPE_CHECKING:
    from domain.desk import Desk
    from domain.kernel import Entry

RECEIVED, CORRECTING, ACCEPTED, PAUSED = "received", "correcting", "accepted", "paused"
DECIDED, HANDLED, REPORTED, CLOSED = "decided", "handled", "reported", "closed"
REJECTED, REDIRECTED, JOINED, TRANSFERRED, TERMINATED = "rejected", "redirected", "joined", "transferred", "terminated"

UNDER_REVIEW = (RECEIVED, CORRECTING)
UNDER_INQUIRY = (ACCEPTED, PAUSED)
UNDECIDED = (*UNDER_REVIEW, *UNDER_INQUIRY)
IN_HAND = (*UNDECIDED, DECIDED, HANDLED)


class Record(Case):
    """The state of a complaint or report. `subject` is None for a report. Each group of steps adds its facts to `on`."""

    TYPE = "complaint"
    CODE = "TS"

    def __init__(self) -> None:
        super().__init__()
        self.subject: Subject | None = None
        self.project: str | None = None
        self.matter_title: str | None = None
        self.named = True
        self.objection_made = False
        self.objection_needed = True
        self.objection: str | None = None
        self.same_matter_as: str | None = None
        self.joined_to: str | None = None
        self.competent: str | None = None
        self.transfer_required = False
        self.told = False
        self.returned = False
        self.transfers: tuple[tuple[str | None, str], ...] = ()
        self.correction_requested = False
        self.pauses: tuple[tuple[str, str | None], ...] = ()
        self.trading_suspended = False
        self.procurement_suspended = False
        self.suspension_lapsed = False
        self.withdrawal_open = False
        self.respondents_notified = False
        self.outcome: str | None = None
        self.decision_published = False
        self.reported = False
        self.review: str | None = None
        self.review_result: Finding | None = None
        self.violations: dict[str, str] = {}
        self.determined_by: str | None = None
        self.decided_by: str | None = None

    def replay(self, entry: Entry) -> None:
        """Apply a stored fact; who found itself not competent and who decided stands in its envelope."""
        super().replay(entry)
        match entry.event:
            case NotCompetentDetermined():
                self.determined_by = entry.actor.acting_for
            case ComplaintDecided():
                self.decided_by = entry.actor.acting_for

    def on(self, event: Event) -> None:
        raise unknown(event)

    @property
    def is_report(self) -> bool:
        """Whether it is a report (举报): nobody has a claim to a decision."""
        return self.subject is None

    def summary(self) -> Mapping[str, Any]:
        return {
            "kind": "report" if self.is_report else "complaint",
            "subject": self.subject,
            "named": self.named,
            "project": self.project,
            "matter_title": self.matter_title,
            "same_matter_as": self.same_matter_as,
            "objection": self.objection,
            "joined_to": self.joined_to,
            "competent": self.competent,
            "outcome": self.outcome,
            "review": self.review,
            "review_result": self.review_result,
            "trading_suspended": self.trading_suspended,
            "procurement_suspended": self.procurement_suspended,
            "violations": dict(self.violations),
        }

    def require_complaint(self) -> None:
        """Refuse a step that only a complaint knows."""
        require(not self.is_report, law.COMPLAINTS_ONLY)

    def require_accepted(self) -> None:
        """Refuse a step of the inquiry before acceptance."""
        require(self.state not in UNDER_REVIEW, law.NOT_ACCEPTED)

    def require_unreferred(self, desk: Desk, matter: str) -> None:
        """Refuse what the receiver of a referral of the matter does under the referral."""
        signed, *undone = (
            max((entry.file_version for entry in desk.file.all(topic, matter)), default=0)
            for topic in ("referral.receipt-signed", "referral.return-received", "referral.withdrawn")
        )
        require(signed <= max(undone), law.OPEN_REFERRAL)

    def require_finance(self, desk: Desk) -> None:
        """Refuse any department but finance where government procurement is the subject."""
        if self.subject is Subject.PROCUREMENT:
            require(desk.has_role("finance"), law.FINANCE_ONLY, competent=desk.register.role("finance"))

    def require_procurement(self, desk: Desk) -> None:
        """Refuse a step that belongs to complaints about government procurement elsewhere, and to anybody but finance."""
        require(self.subject is Subject.PROCUREMENT, law.PROCUREMENT_ONLY)
        self.require_finance(desk)
