"""Answering letters (答复与认定): the addressee receives and explains; who wrote accepts the explanation or refuses it with reasons.

Reading: an accepted explanation changes no verdict. It stands beside the red card, and statistics can show it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.supervision import law
from domain.cases.supervision.events import (
    ExplanationAccepted,
    ExplanationRefused,
    LetterAcknowledged,
    LetterAnswered,
)
from domain.cases.supervision.letter import ANSWERED, ISSUED, Letter
from domain.cases.supervision.record import SupervisionRecord
from domain.cases.supervision.timer import INSPECTOR, OFFICE
from domain.demands import stated
from domain.kernel import Organ, Refused, party, step
from domain.law.clock import day_of

if TYPE_CHECKING:
    from domain.desk import Desk

ADDRESSEE = party("addressees")


class Answering(SupervisionRecord):
    """Addressees answer by standing of the letter alone: who may do nothing else in the case may still answer."""

    @step(ADDRESSEE)
    def acknowledge_letter(self, desk: Desk, *, letter: str) -> None:
        """Confirm that a letter was received."""
        if self._own(desk, letter).state != ISSUED:
            raise Refused(law.LETTER_NOT_AWAITING, letter=letter)
        self.record(LetterAcknowledged(matter=letter))

    @step(ADDRESSEE)
    def answer_letter(self, desk: Desk, *, letter: str, explanation: str | None, caused_by: Organ | None) -> None:
        """Answer a letter. `caused_by`: the department that caused the lateness (null only where nothing is late)."""
        known = self._own(desk, letter)
        if not known.awaiting:
            raise Refused(law.LETTER_NOT_AWAITING, letter=letter, state=known.state)
        explanation = stated(explanation, law.EXPLANATION_REQUIRED, letter=letter)
        if caused_by is None and known.on_lateness:
            raise Refused(law.CAUSE_REQUIRED, letter=letter)
        self.record(LetterAnswered(matter=letter, explanation=explanation, caused_by=caused_by))

    @step(INSPECTOR, OFFICE)
    def accept_explanation(self, desk: Desk, *, letter: str, reasons: str | None) -> None:
        """Accept the explanation, with reasons. Whom it names as the cause has been asked before. No verdict changes."""
        known = self._answered(letter)
        if known.blames_another and not self._heard(desk, known):
            raise Refused(law.CAUSE_NOT_ASKED, letter=letter, caused_by=known.cause)
        self.record(ExplanationAccepted(matter=letter, reasons=stated(reasons, law.REASONS_REQUIRED)))

    @step(INSPECTOR, OFFICE)
    def refuse_explanation(
        self, desk: Desk, *, letter: str, reasons: str | None, answer_by: date | None = None
    ) -> None:
        """Refuse the explanation, with reasons. `answer_by`: another answer is owed by that day."""
        self._answered(letter)
        if answer_by is not None and answer_by < day_of(desk.at):
            raise Refused(law.ANSWER_BY_PASSED, answer_by=answer_by)
        self.record(
            ExplanationRefused(matter=letter, reasons=stated(reasons, law.REASONS_REQUIRED), answer_by=answer_by)
        )

    def _own(self, desk: Desk, letter: str) -> Letter:
        known = self.letter(letter)
        if known.to != desk.organ:
            raise Refused(law.NOT_ADDRESSEE, letter=letter, addressee=known.to)
        return known

    def _answered(self, letter: str) -> Letter:
        known = self.letter(letter)
        if known.state != ANSWERED:
            raise Refused(law.NOT_ANSWERED, letter=letter, state=known.state)
        return known

    def _heard(self, desk: Desk, letter: Letter) -> bool:
        """Whether the department that is named was asked, and answered or let its day pass."""
        asked = self.asked(letter)
        return asked is not None and (not asked.awaiting or asked.unanswered_on(day_of(desk.at)))
