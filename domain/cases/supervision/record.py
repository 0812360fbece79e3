"""What is known of one supervision record (督办卷), folded from its facts: its cards, its letters, and whether it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.cases.supervision import law
from domain.cases.supervision.events import (
    BreachRecorded,
    LatenessCirculated,
    LetterIssued,
    SupervisionClosed,
    SupervisionOpened,
    VerdictRejudged,
    WarningRecorded,
)
from domain.cases.supervision.letter import DECIDED, Letter, after
from domain.kernel import Case, Event, MatterEvent, Refused, unknown
from domain.law.clock import OVERDUE

OPEN, CLOSED = "open", "closed"
ENDING = "-DB"
BREACHED = OVERDUE | {"late"}
"""The states in which a clock that was judged again is still breached."""


def supervision_number(file_no: str) -> str:
    """The number of the supervision record of a file; the record is a file of its own under the same number."""
    return f"{file_no}{ENDING}"


class SupervisionRecord(Case):
    """Verdicts on a clock are numbered, yellow cards are one for each due day, letters are numbered in the record."""

    def __init__(self) -> None:
        super().__init__()
        self.supervises = ""
        self.warned: frozenset[tuple[str, date]] = frozenset()
        self.verdicts: dict[str, int] = {}
        self.breached: frozenset[str] = frozenset()
        self.red: frozenset[str] = frozenset()
        self.letters: dict[str, Letter] = {}
        self.circulations = 0

    @property
    def addressees(self) -> frozenset[str]:
        """Who was written to: they may answer, whatever else they may not do."""
        return frozenset(each.to for each in self.letters.values())

    @property
    def concerns(self) -> str | None:
        """The file that is supervised."""
        return self.supervises or None

    def letter(self, number: str) -> Letter:
        """A letter of the record; refused where there is none."""
        found = self.letters.get(number)
        if found is None:
            raise Refused(law.NO_SUCH_LETTER, letter=number)
        return found

    def asked(self, letter: Letter) -> Letter | None:
        """The letter by which the department was asked that this one's answer names: one that followed, or that came before."""
        near = (
            each for each in self.letters.values() if each.follows == letter.number or each.number == letter.follows
        )
        return next((each for each in near if each.to == letter.cause), None)

    def on(self, event: Event) -> None:
        match event:
            case SupervisionOpened():
                self.state, self.supervises = OPEN, event.supervises
            case WarningRecorded():
                self.state, self.warned = OPEN, self.warned | {(event.clock, event.due)}
            case BreachRecorded():
                self.state, self.verdicts[event.clock] = OPEN, event.verdict
                self.breached, self.red = self.breached | {event.clock}, self.red | {event.clock}
            case VerdictRejudged():
                self.verdicts[event.clock] = event.verdict
                self.red = self.red | {event.clock} if event.state in BREACHED else self.red - {event.clock}
            case SupervisionClosed():
                self.state = CLOSED
            case LatenessCirculated():
                self.circulations += 1
            case MatterEvent():
                self._tell_letter(event)
            case _:
                raise unknown(event)

    def _tell_letter(self, event: MatterEvent) -> None:
        letter = after(self.letters.get(event.matter), event)
        if letter is None:
            raise unknown(event)
        self.letters[event.matter] = letter
        if isinstance(event, LetterIssued):
            self.state = OPEN

    def summary(self) -> Mapping[str, Any]:
        return {
            "supervises": self.supervises,
            "warnings": len(self.warned),
            "verdicts": sum(self.verdicts.values()),
            "breached_clocks": sorted(self.breached),
            "red_cards": sorted(self.red),
            "letters": [_line(each) for each in self.letters.values()],
            "letters_open": sum(each.state not in DECIDED for each in self.letters.values()),
            "circulations": self.circulations,
        }


def _line(letter: Letter) -> dict[str, Any]:
    return {
        "letter": letter.number,
        "kind": letter.kind,
        "to": letter.to,
        "answer_by": letter.answer_by,
        "state": letter.state,
        "caused_by": letter.cause,
        "follows": letter.follows,
        "escalated_to": letter.escalated_to,
    }
