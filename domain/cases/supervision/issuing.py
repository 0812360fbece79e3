"""Issuing letters (发函): an inspector or the coordinating office writes to the department that owes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.supervision import law
from domain.cases.supervision.events import LetterClock, LetterIssued, LetterKind, LetterWithdrawn
from domain.cases.supervision.letter import ANSWERED, DECIDED
from domain.cases.supervision.record import SupervisionRecord
from domain.cases.supervision.subjects import clocks_stated, subjects
from domain.cases.supervision.timer import INSPECTOR, OFFICE
from domain.demands import stated
from domain.file import File
from domain.kernel import Organ, Refused, step
from domain.law.clock import day_of

if TYPE_CHECKING:
    from domain.desk import Desk


class Issuing(SupervisionRecord):
    """What a letter says of time limits is what the supervised file says of them at that moment."""

    @step(INSPECTOR, OFFICE)
    def issue_letter(
        self,
        desk: Desk,
        *,
        kind: LetterKind,
        to: Organ,
        answer_by: date,
        clocks: tuple[str, ...] = (),
        about_case: str | None = None,
        demand: str | None = None,
    ) -> None:
        """Send a 催办 or 督办 letter to who owes. `clocks`: ids of time limits; `about_case`: a case number; `demand`: what is asked."""
        self._check_day(desk, answer_by)
        if not clocks and about_case is None:
            raise Refused(law.LETTER_ABOUT_NOTHING)
        about = subjects(self._file(desk), desk.at, kind=kind, to=to, clocks=clocks, about_case=about_case)
        self._check_not_out(kind, to, about, about_case)
        self._issue(kind, to, answer_by, about, about_case, demand)

    @step(INSPECTOR, OFFICE)
    def ask_cause(self, desk: Desk, *, letter: str, answer_by: date, demand: str | None = None) -> None:
        """Ask the department that the answer to a letter names as the cause, by a letter of the same kind."""
        first = self.letter(letter)
        self._check_day(desk, answer_by)
        if first.state != ANSWERED:
            raise Refused(law.NOT_ANSWERED, letter=letter, state=first.state)
        if not first.blames_another:
            raise Refused(law.CAUSE_IS_ADDRESSEE, letter=letter)
        if (asked := self.asked(first)) is not None:
            raise Refused(law.CAUSE_ASKED_ALREADY, letter=letter, asked=asked.number)
        about = clocks_stated(self._file(desk), desk.at, [each.clock for each in first.clocks])
        self._issue(first.kind, Organ(first.cause or ""), answer_by, about, first.about_case, demand, letter)

    @step(INSPECTOR, OFFICE)
    def withdraw_letter(self, desk: Desk, *, letter: str, reasons: str | None) -> None:
        """Withdraw a letter that is not decided on yet: no answer is owed any more."""
        known = self.letter(letter)
        if known.state in DECIDED:
            raise Refused(law.LETTER_DECIDED, letter=letter, state=known.state)
        self.record(LetterWithdrawn(matter=letter, reasons=stated(reasons, law.REASONS_REQUIRED)))

    def _issue(
        self,
        kind: LetterKind,
        to: Organ,
        answer_by: date,
        clocks: tuple[LetterClock, ...],
        about_case: str | None,
        demand: str | None,
        follows: str | None = None,
    ) -> None:
        self.record(LetterIssued(
            matter=f"{self.number}-{len(self.letters) + 1}", kind=kind, to=to, answer_by=answer_by, clocks=clocks,
            about_case=about_case, demand=demand, follows=follows,
        ))  # fmt: skip

    def _file(self, desk: Desk) -> File:
        found = desk.elsewhere(self.supervises)
        if found is None:
            raise Refused(law.NOTHING_TO_SUPERVISE, supervises=self.supervises)
        return found

    def _check_day(self, desk: Desk, answer_by: date) -> None:
        if answer_by < day_of(desk.at):
            raise Refused(law.ANSWER_BY_PASSED, answer_by=answer_by)

    def _check_not_out(
        self, kind: LetterKind, to: str, clocks: tuple[LetterClock, ...], about_case: str | None
    ) -> None:
        asked = {each.clock for each in clocks}
        for letter in self.letters.values():
            if letter.awaiting and (letter.kind, letter.to) == (kind, to):
                same_case = about_case is not None and letter.about_case == about_case
                if same_case or asked & {each.clock for each in letter.clocks}:
                    raise Refused(law.LETTER_OUT_ALREADY, letter=letter.number)
