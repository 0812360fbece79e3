"""The memo (联合惩戒备忘录) of joint punishment: the office issues, distributes and lifts it, departments carry it out.

Reading: the plan issues and distributes in one breath ("县政务局发布联合惩戒备忘录并印发至各监督部门"), so issuing sends the memo to
every supervisory department unless the office names others; it may be distributed further at any time. That the result was
reported first is the department's duty and no condition of the memo.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.joint_punishment import law
from domain.cases.joint_punishment.events import (
    JointPunishmentExpired,
    JointPunishmentLifted,
    JointPunishmentMemoIssued,
    Measure,
    MemoAcknowledged,
    MemoDistributed,
    OutsidePenaltyNamed,
    PunishmentMeasureExecuted,
)
from domain.cases.joint_punishment.memo_checks import (
    binding,
    check_first,
    check_measures,
    check_outside,
    check_same,
    check_term,
)
from domain.cases.joint_punishment.record import PunishmentRecord, memo_matter
from domain.cases.joint_punishment.roster import recipients_of
from domain.kernel import Organ, Refused, Uscc, party, role, step
from domain.law.clock import day_of
from domain.names import Fixed

if TYPE_CHECKING:
    from domain.desk import Desk

OFFICE, SYSTEM = role("office"), role("system")
RECIPIENT = party("recipients")


class Memo(PunishmentRecord):
    """Steps of the coordinating office, of the departments that the memo was sent to, and of the timer."""

    @step(OFFICE, opens=True, acts=True)
    def issue_memo(
        self,
        desk: Desk,
        *,
        measures: tuple[Measure, ...],
        until: date | None,
        effective: date | None = None,
        memo: str | None = None,
        subject: str | None = None,
        recipients: tuple[Organ, ...] | None = None,
        penalty: str | None = None,
        decided_by: str | None = None,
        uscc: Uscc | None = None,
        number: str = "",
        file_no: str = "",
        profiles: tuple[str, ...] = (),
    ) -> None:
        """Issue the memo on the case's penalty (in force from today and sent to all, unless given), or on one decided outside."""
        first_day = effective or day_of(desk.at)
        check_measures(measures)
        check_term(first_day, until)
        if self.version == 0:
            known, whom = check_outside(desk, penalty, subject)
            self._name_outside(desk, number, file_no, profiles, known, whom, uscc, decided_by)
        else:
            known, whom, uscc = self._own_penalty(desk, penalty, subject)
        issued = JointPunishmentMemoIssued(
            matter=self.memo_matter,
            penalty=known,
            memo=memo,
            subject=whom,
            uscc=uscc,
            measures=measures,
            effective=first_day,
            until=until,
            recipients=recipients_of(desk.register, day_of(desk.at), recipients),
        )
        self.record(issued)

    @step(OFFICE)
    def distribute_memo(self, desk: Desk, *, to: tuple[Organ, ...]) -> None:
        """Send the memo to departments; those to whom it was sent already are left out."""
        binding(self, desk, from_first_day=False)
        fresh = tuple(dict.fromkeys(each for each in to if each not in self.sent))
        if not fresh:
            raise Refused(law.ALREADY_DISTRIBUTED, to=to)
        self.record(MemoDistributed(matter=self.memo_matter, to=fresh))

    @step(RECIPIENT)
    def acknowledge_memo(self, desk: Desk) -> None:
        """Sign for the memo."""
        binding(self, desk, from_first_day=False)
        if desk.organ in self.acknowledged:
            raise Refused(law.ALREADY_ACKNOWLEDGED)
        self.record(MemoAcknowledged(matter=self.memo_matter, department=Organ(desk.organ)))

    @step(RECIPIENT)
    def record_measure_executed(self, desk: Desk, *, measure: str) -> None:
        """Record that a measure of the memo was carried out."""
        memo = binding(self, desk, from_first_day=True)
        if desk.organ not in self.acknowledged:
            raise Refused(law.NOT_ACKNOWLEDGED)
        if measure not in [each.measure for each in memo.measures]:
            raise Refused(law.MEASURE_NOT_IN_MEMO, measure=measure)
        if (desk.organ, measure) in self.executed:
            raise Refused(law.ALREADY_EXECUTED, measure=measure)
        self.record(
            PunishmentMeasureExecuted(matter=self.memo_matter, department=Organ(desk.organ), measure=Fixed(measure))
        )

    @step(OFFICE)
    def lift_memo(self, desk: Desk, *, repair: str | None = None) -> None:
        """Lift the memo, or drop the proposal, because its basis is gone or by the paper on credit repair (`repair`)."""
        if self.memo is None and not self.proposed:
            raise Refused(law.MEMO_NOT_ISSUED)
        if self.ended:
            raise Refused(law.MEMO_ENDED)
        if not self.revoked and not repair:
            raise Refused(law.NO_GROUND_FOR_LIFTING)
        self.record(JointPunishmentLifted(matter=self.memo_matter, repair=repair))

    @step(SYSTEM)
    def expire(self, desk: Desk) -> None:
        """Record that the last day of the memo has passed."""
        if self.memo is None:
            raise Refused(law.MEMO_NOT_ISSUED)
        if self.ended:
            raise Refused(law.MEMO_ENDED)
        if self.memo.until is None or day_of(desk.at) <= self.memo.until:
            raise Refused(law.MEMO_STILL_IN_FORCE, until=self.memo.until)
        self.record(JointPunishmentExpired(matter=self.memo_matter))

    def _name_outside(
        self,
        desk: Desk,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
        penalty: Fixed,
        subject: Fixed,
        uscc: Uscc | None,
        decided_by: str | None,
    ) -> None:
        named = OutsidePenaltyNamed(
            number=number,
            file_no=file_no,
            profiles=profiles,
            matter=memo_matter(number),
            penalty=penalty,
            subject=subject,
            uscc=uscc,
            decided_by=decided_by,
            answers=Organ(desk.organ),
        )
        self.record(named)

    def _own_penalty(self, desk: Desk, penalty: str | None, subject: str | None) -> tuple[Fixed, Fixed, Uscc | None]:
        decision = self.penalty_in_force()
        check_same(decision, penalty, subject)
        check_first(desk, decision.number)
        return Fixed(decision.number), decision.subject, decision.uscc
