"""The entry (列入) of an expert, its term, and its end: declined, lifted early, expired."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.expert_blacklist import law
from domain.cases.expert_blacklist.events import (
    BlacklistDeclined,
    BlacklistEntered,
    BlacklistExpired,
    BlacklistLifted,
    BlacklistTermChanged,
    entry_fact,
)
from domain.cases.expert_blacklist.record import ENTERED, HEARD, NOTIFIED, PROPOSED, Record
from domain.demands import blank, stated
from domain.kernel import HOLDER, Refused, role, step
from domain.law.clock import day_of
from domain.names import Fixed

if TYPE_CHECKING:
    from domain.desk import Desk


class Entry(Record):
    """Steps of the department that decides, and of the timer."""

    @step(HOLDER, states=(PROPOSED, NOTIFIED, HEARD))
    def enter(
        self,
        desk: Desk,
        *,
        until: date | None,
        effective: date | None = None,
        ground: str | None = None,
        basis: str | None = None,
    ) -> None:
        """Enter the expert until a day, on the proposal's ground and basis unless others are given; from today unless given."""
        assert self.proposal is not None
        if self.state == PROPOSED:
            raise Refused(law.NOT_NOTIFIED)
        if self.state == NOTIFIED and self.answer_by is not None and day_of(desk.at) <= self.answer_by:
            raise Refused(law.NOT_HEARD, answer_by=self.answer_by)
        first = effective or day_of(desk.at)
        if until is None or until < first:
            raise Refused(law.TERM_MISSING, effective=first, until=until)
        number = self.proposal.expert_no
        if number is not None and desk.reserved(entry_fact(number)) is not None:
            raise Refused(law.ALREADY_ENTERED, expert_no=number)
        self.record(BlacklistEntered(
            matter=self.matter, subject=self.proposal.subject, expert_no=number, ground=ground or self.proposal.ground,
            basis=basis or self.proposal.basis, effective=first, until=until,
        ))  # fmt: skip

    @step(HOLDER, states=(PROPOSED, NOTIFIED, HEARD))
    def decline(self, desk: Desk, *, reason: str | None) -> None:
        """Decide that the expert is not entered, and why."""
        reason = stated(reason, law.DECLINING_UNREASONED)
        self.record(BlacklistDeclined(matter=self.matter, reason=reason))

    @step(HOLDER, states=(ENTERED,))
    def change_term(self, desk: Desk, *, until: date, basis: str | None) -> None:
        """Give the entry another last day, with the basis of that."""
        assert self.entry is not None
        basis = stated(basis, law.TERM_UNFOUNDED)
        if self.until is not None and day_of(desk.at) > self.until:
            raise Refused(law.TERM_OVER, until=self.until)
        if until < self.entry.effective:
            raise Refused(law.TERM_MISSING, effective=self.entry.effective, until=until)
        self.record(BlacklistTermChanged(matter=self.matter, until=until, basis=basis))

    @step(HOLDER, states=(ENTERED,))
    def lift(self, desk: Desk, *, repair: str | None = None, wrong: bool = False) -> None:
        """Take the expert off the list early: by the paper on the repair (`repair`), or because the entry was wrong."""
        if not wrong and blank(repair):
            raise Refused(law.NO_GROUND_FOR_LIFTING)
        self.record(BlacklistLifted(matter=self.matter, repair=repair, wrong=wrong, releases=self._taken()))

    @step(role("system"), HOLDER, states=(ENTERED,))
    def expire(self, desk: Desk) -> None:
        """Record that the last day of the entry has passed."""
        if self.until is None or day_of(desk.at) <= self.until:
            raise Refused(law.STILL_IN_FORCE, until=self.until)
        self.record(BlacklistExpired(matter=self.matter, releases=self._taken()))

    def _taken(self) -> tuple[Fixed, ...]:
        assert self.entry is not None
        return tuple(map(Fixed, self.entry.reserves))
