"""The supervision record (督办卷) of one file: an aggregate of its own, so that inspectors and departments never contend."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain.cases.supervision import law
from domain.cases.supervision.events import (
    BreachRecorded,
    SupervisionOpened,
    VerdictRejudged,
    WarningRecorded,
)
from domain.kernel import Case, Event, Refused, role, step, unknown

if TYPE_CHECKING:
    from domain.desk import Desk

OPEN = "open"
ENDING = "-DB"
TIMER = role("system")


def supervision_number(file_no: str) -> str:
    """The number of the supervision record of a file; the record is a file of its own under the same number."""
    return f"{file_no}{ENDING}"


class Supervision(Case):
    """What was recorded of the clocks of a file. Verdicts on a clock are numbered, warnings are one for each due day."""

    TYPE = "supervision"
    CODE = "DB"

    def __init__(self) -> None:
        super().__init__()
        self.supervises = ""
        self.warned: frozenset[tuple[str, date]] = frozenset()
        self.verdicts: dict[str, int] = {}
        self.breached: frozenset[str] = frozenset()

    @step(TIMER, opens=True)
    def open_record(self, desk: Desk, *, number: str, file_no: str, profiles: tuple[str, ...], supervises: str) -> None:
        """Open the record of a file. `supervises`: the number of the file."""
        if number != supervision_number(supervises) or file_no != number or desk.file.entries:
            raise Refused(law.ONE_RECORD, number=number, supervises=supervises)
        self.record(
            SupervisionOpened(number=number, file_no=file_no, matter=number, profiles=profiles, supervises=supervises)
        )

    @step(TIMER, states=(OPEN,))
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

    @step(TIMER, states=(OPEN,))
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

    @step(TIMER, states=(OPEN,))
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

    def on(self, event: Event) -> None:
        match event:
            case SupervisionOpened():
                self.state, self.supervises = OPEN, event.supervises
            case WarningRecorded():
                self.warned |= {(event.clock, event.due)}
            case BreachRecorded():
                self.verdicts[event.clock] = event.verdict
                self.breached |= {event.clock}
            case VerdictRejudged():
                self.verdicts[event.clock] = event.verdict
            case _:
                raise unknown(event)

    def summary(self) -> Mapping[str, Any]:
        return {
            "supervises": self.supervises,
            "warnings": len(self.warned),
            "verdicts": sum(self.verdicts.values()),
            "breached_clocks": sorted(self.breached),
        }

    def _check_number(self, clock: str, verdict: int) -> None:
        if verdict <= self.verdicts.get(clock, 0):
            raise Refused(law.ALREADY_RECORDED, clock=clock, verdict=verdict)
