"""What is known of a penalty procedure (行政处罚程序), folded from its facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.cases.penalty.events import (
    DecisionPeriodExtended,
    HearingHeld,
    HearingRequested,
    HearingRightNotified,
    HearingWaived,
    PenaltyCaseEnded,
    PenaltyCaseFiled,
    PenaltyCaseNotFiled,
    PenaltyCaseReopened,
    PenaltyConcluded,
    ViolationDated,
)
from domain.kernel import Case, Event, Organ, unknown

FILED, NOT_FILED, CONCLUDED, ENDED = "filed", "not_filed", "concluded", "ended"
NOTIFIED, REQUESTED, WAIVED, HELD = "notified", "requested", "waived", "held"


class Record(Case):
    """`hearing`: how far the party has been heard; `decision`: the number of the case in which the penalty was decided."""

    def __init__(self) -> None:
        super().__init__()
        self.fact = self.text = self.subject = ""
        self.uscc: str | None = None
        self.filed_by: Organ | str = ""
        self.hearing: str | None = None
        self.proposed: str | None = None
        self.extended_to: date | None = None
        self.decision: str | None = None
        self.ending: str | None = None

    def on(self, event: Event) -> None:
        match event:
            case PenaltyCaseFiled() | PenaltyCaseNotFiled():
                self.state = FILED if isinstance(event, PenaltyCaseFiled) else NOT_FILED
                self.fact, self.text, self.filed_by = event.fact, event.text, event.filed_by
                self.subject, self.uscc = event.subject, event.uscc
            case ViolationDated():
                pass
            case HearingRightNotified():
                self.hearing, self.proposed = NOTIFIED, event.proposed
            case HearingRequested():
                self.hearing = REQUESTED
            case HearingWaived():
                self.hearing = WAIVED
            case HearingHeld():
                self.hearing = HELD
            case DecisionPeriodExtended():
                self.extended_to = event.until
            case PenaltyConcluded():
                self.state, self.decision = CONCLUDED, event.decision
            case PenaltyCaseReopened():
                self.state, self.hearing, self.proposed, self.decision = FILED, None, None, None
            case PenaltyCaseEnded():
                self.state, self.ending = ENDED, event.ending
            case _:
                raise unknown(event)

    def summary(self) -> Mapping[str, Any]:
        return {
            "fact": self.fact,
            "text": self.text,
            "subject": self.subject,
            "uscc": self.uscc,
            "filed_by": self.filed_by,
            "hearing": self.hearing,
            "proposed": self.proposed,
            "extended_to": self.extended_to,
            "decision": self.decision,
            "ending": self.ending,
        }
