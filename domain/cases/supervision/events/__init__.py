"""The facts of a supervision record (督办卷事实): what the timer records, and what inspectors, the office and addressees write."""

from domain.cases.supervision.events.letters import (
    Escalated,
    ExplanationAccepted,
    ExplanationRefused,
    LatenessCirculated,
    LetterAcknowledged,
    LetterAnswered,
    LetterClock,
    LetterIssued,
    LetterKind,
    LetterWithdrawn,
    SupervisionClosed,
)
from domain.cases.supervision.events.verdicts import (
    BreachRecorded,
    SupervisionOpened,
    VerdictRejudged,
    WarningRecorded,
)

__all__ = [
    "BreachRecorded",
    "Escalated",
    "ExplanationAccepted",
    "ExplanationRefused",
    "LatenessCirculated",
    "LetterAcknowledged",
    "LetterAnswered",
    "LetterClock",
    "LetterIssued",
    "LetterKind",
    "LetterWithdrawn",
    "SupervisionClosed",
    "SupervisionOpened",
    "VerdictRejudged",
    "WarningRecorded",
]
