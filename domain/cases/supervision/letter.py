"""One letter of supervision (函件) as it stands: who is to answer what by when, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.cases.supervision.events import (
    Escalated,
    ExplanationAccepted,
    ExplanationRefused,
    LetterAcknowledged,
    LetterAnswered,
    LetterClock,
    LetterIssued,
    LetterKind,
    LetterWithdrawn,
)
from domain.kernel import Event, unknown
from domain.law.clock import OVERDUE

ISSUED, ACKNOWLEDGED, ANSWERED = "issued", "acknowledged", "answered"
ACCEPTED, REFUSED, WITHDRAWN = "accepted", "refused", "withdrawn"
AWAITING = frozenset({ISSUED, ACKNOWLEDGED})
DECIDED = frozenset({ACCEPTED, REFUSED, WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter and where it stands. `cause`: the department that its answer names; `escalated_to`: the superior."""

    number: str
    kind: LetterKind
    to: str
    answer_by: date
    clocks: tuple[LetterClock, ...]
    about_case: str | None = None
    follows: str | None = None
    state: str = ISSUED
    cause: str | None = None
    escalated_to: str | None = None

    @property
    def awaiting(self) -> bool:
        """Whether an answer is owed."""
        return self.state in AWAITING

    @property
    def on_lateness(self) -> bool:
        """Whether it says that an act is late."""
        return any(each.state in OVERDUE for each in self.clocks)

    @property
    def blames_another(self) -> bool:
        """Whether its answer names another department than the addressee."""
        return self.cause is not None and self.cause != self.to

    def unanswered_on(self, day: date) -> bool:
        """Whether the day for the answer has passed without one."""
        return self.awaiting and self.answer_by < day


def after(letter: Letter | None, event: Event) -> Letter | None:
    """The letter after an event about its matter; None where there is none."""
    if isinstance(event, LetterIssued):
        return Letter(
            event.matter, event.kind, event.to, event.answer_by, event.clocks, event.about_case, event.follows
        )
    if letter is None:
        return None
    match event:
        case LetterAcknowledged():
            return replace(letter, state=ACKNOWLEDGED)
        case LetterAnswered():
            return replace(letter, state=ANSWERED, cause=event.caused_by)
        case ExplanationAccepted():
            return replace(letter, state=ACCEPTED)
        case ExplanationRefused(answer_by=None):
            return replace(letter, state=REFUSED)
        case ExplanationRefused(answer_by=day) if day is not None:
            return replace(letter, state=ISSUED, answer_by=day, cause=None)
        case LetterWithdrawn():
            return replace(letter, state=WITHDRAWN)
        case Escalated():
            return replace(letter, escalated_to=event.to)
    raise unknown(event)
