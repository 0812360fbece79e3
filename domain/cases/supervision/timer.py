"""What the timer writes (自动记录): it opens the record, shows yellow and red cards, and withdraws red ones that no longer stand."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.cases.supervision import law
from domain.cases.supervision.events import BreachRecorded, SupervisionOpened, VerdictRejudged, WarningRecorded
from domain.cases.supervision.record import SupervisionRecord, supervision_number
from domain.kernel import Refused, role, step

if TYPE_CHECKING:
    from domain.desk import Desk

TIMER, INSPECTOR, OFFICE = role("system"), role("inspector"), role("office")


class Timer(SupervisionRecord):
    """Cards are shown whether the record is open or closed; a new one opens it again. Its opening by hand stands here too."""

    @step(TIMER, opens=True)
    def open_record(self, desk: Desk, *, number: str, file_no: str, profiles: tuple[str, ...], supervises: str) -> None:
        """Open the record of a file. `supervises`: the number of the file."""
        self._open(desk, number, file_no, profiles, supervises)

    @step(INSPECTOR, OFFICE, opens=True)
    def open_by_hand(
        self, desk: Desk, *, number: str, file_no: str, profiles: tuple[str, ...], supervises: str
    ) -> None:
        """Open the record of a file before a card does. `supervises`: the number of the file; `number`: that and `-DB`."""
        if desk.elsewhere(supervises) is None:
            raise Refused(law.NOTHING_TO_SUPERVISE, supervises=supervises)
        self._open(desk, number, file_no, profiles, supervises)

    def _open(self, desk: Desk, number: str, file_no: str, profiles: tuple[str, ...], supervises: str) -> None:
        if number != supervision_number(supervises) or file_no != number or desk.file.entries:
            raise Refused(law.ONE_RECORD, number=number, supervises=supervises)
        self.record(
            SupervisionOpened(number=number, file_no=file_no, matter=number, profiles=profiles, supervises=supervises)
        )

    @step(TIMER)
    def record_warning(
        self,
        desk: Desk,
        *,
        clock: str,
        profile: str,
        rule: str,
        party: str,
        case_number: str,
        due: date,
        detected_at: datetime,
        due_at: datetime | None = None,
    ) -> None:
        """Record that the act of a clock is due before long. `case_number`: of the case that the clock is of."""
        if (clock, due) in self.warned:
            raise Refused(law.ALREADY_RECORDED, clock=clock, due=due)
        self.record(WarningRecorded(
            matter=self.matter, clock=clock, profile=profile, rule=rule, party=party, case_number=case_number, due=due, due_at=due_at,
            detected_at=detected_at,
        ))  # fmt: skip

    @step(TIMER)
    def record_breach(
        self,
        desk: Desk,
        *,
        clock: str,
        verdict: int,
        profile: str,
        rule: str,
        party: str,
        severity: str,
        case_number: str,
        due: date,
        state: str,
        detected_at: datetime,
        due_at: datetime | None = None,
    ) -> None:
        """Record that a clock was breached, as the verdict with this number, dated when the breach began."""
        self._check_number(clock, verdict)
        self.record(BreachRecorded(
            matter=self.matter, clock=clock, verdict=verdict, profile=profile, rule=rule, party=party, severity=severity,
            case_number=case_number, due=due, due_at=due_at, state=state, detected_at=detected_at,
        ))  # fmt: skip

    @step(TIMER)
    def record_rejudgement(
        self,
        desk: Desk,
        *,
        clock: str,
        verdict: int,
        profile: str,
        rule: str,
        party: str,
        severity: str,
        case_number: str,
        state: str,
        detected_at: datetime,
        due: date | None = None,
        due_at: datetime | None = None,
        cause: str | None = None,
        edition: str | None = None,
    ) -> None:
        """Record that an earlier breach is judged otherwise now: by the event `cause`, the calendar `edition`, or the register."""
        self._check_number(clock, verdict)
        if clock not in self.breached:
            raise Refused(law.NOTHING_TO_REJUDGE, clock=clock)
        self.record(VerdictRejudged(
            matter=self.matter, clock=clock, verdict=verdict, profile=profile, rule=rule, party=party, severity=severity,
            case_number=case_number, due=due, due_at=due_at, state=state, cause=cause, edition=edition, detected_at=detected_at,
        ))  # fmt: skip

    def _check_number(self, clock: str, verdict: int) -> None:
        if verdict <= self.verdicts.get(clock, 0):
            raise Refused(law.ALREADY_RECORDED, clock=clock, verdict=verdict)
