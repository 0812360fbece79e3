"""What follows where letters do not help (通报、提请上级、办结): circulation, the superior, and the closing of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.supervision import law
from domain.cases.supervision.events import Escalated, LatenessCirculated, SupervisionClosed
from domain.cases.supervision.letter import DECIDED, REFUSED
from domain.cases.supervision.record import OPEN, SupervisionRecord
from domain.cases.supervision.timer import INSPECTOR, OFFICE
from domain.demands import stated
from domain.kernel import Organ, Refused, step
from domain.law.clock import day_of

if TYPE_CHECKING:
    from domain.desk import Desk


class Measures(SupervisionRecord):
    """Steps of the inspectors and of the coordinating office."""

    @step(INSPECTOR, OFFICE)
    def circulate(
        self, desk: Desk, *, to: tuple[Organ, ...], content: str | None, letters: tuple[str, ...] = ()
    ) -> None:
        """Make lateness known to these organs. `letters`: those it is about; without any, the red cards that stand."""
        if not to:
            raise Refused(law.NO_RECIPIENTS)
        for each in letters:
            self.letter(each)
        if not letters and not self.red:
            raise Refused(law.NOTHING_TO_CIRCULATE)
        self.record(LatenessCirculated(
            matter=self.matter, to=tuple(dict.fromkeys(to)), content=stated(content, law.REASONS_REQUIRED), letters=tuple(dict.fromkeys(letters)),
        ))  # fmt: skip

    @step(INSPECTOR, OFFICE)
    def escalate(self, desk: Desk, *, letter: str, why: str | None) -> None:
        """Put a letter before the superior of its addressee (the committee where the register names none that stands)."""
        known = self.letter(letter)
        if not known.unanswered_on(day_of(desk.at)) and known.state != REFUSED:
            raise Refused(law.NOTHING_TO_ESCALATE, letter=letter, state=known.state)
        if known.escalated_to is not None:
            raise Refused(law.ESCALATED_ALREADY, letter=letter, to=known.escalated_to)
        organ = desk.known(known.to)
        named = desk.known(organ.superior) if organ and organ.superior else None
        standing = named.id if named and named.dissolved_on is None else None
        superior = standing or desk.register.role("committee")
        if superior is None:
            raise Refused(law.NO_SUPERIOR, addressee=known.to)
        self.record(Escalated(matter=letter, to=Organ(superior), why=stated(why, law.REASONS_REQUIRED)))

    @step(INSPECTOR, OFFICE, states=(OPEN,))
    def close_record(self, desk: Desk, *, conclusion: str | None) -> None:
        """Close the record: every letter is decided on or withdrawn. A new card or letter opens it again."""
        undecided = [each.number for each in self.letters.values() if each.state not in DECIDED]
        if undecided:
            raise Refused(law.LETTERS_OPEN, letters=undecided)
        self.record(SupervisionClosed(matter=self.matter, conclusion=stated(conclusion, law.REASONS_REQUIRED)))
