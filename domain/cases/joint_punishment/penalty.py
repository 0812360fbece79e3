"""The department's side of joint punishment (联合惩戒): decide the penalty, serve it, report it, publish it, revoke it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.joint_punishment import law
from domain.cases.joint_punishment.events import (
    CaseClosed,
    CaseReportFiled,
    CreditPointsRecorded,
    HandlingCompleted,
    JointPunishmentProposed,
    PenaltyDecided,
    PenaltyRevoked,
    ViolationPublished,
    fine_facts,
)
from domain.cases.joint_punishment.one_act import check_crime, check_fine, fined_elsewhere, penalty_matter, standing
from domain.cases.joint_punishment.record import PunishmentRecord
from domain.kernel import DEPARTMENT, HOLDER, Organ, Refused, Uscc, party, step
from domain.names import Fixed

if TYPE_CHECKING:
    from domain.desk import Desk

ANSWERS = party("answers")


class Penalty(PunishmentRecord):
    """Steps of the department that decided the penalty."""

    @step(DEPARTMENT, opens=True)
    def decide_penalty(
        self,
        desk: Desk,
        *,
        fact: str,
        text: str,
        subject: str,
        kind: str,
        amount: int | None = None,
        uscc: Uscc | None = None,
        party_present: bool | None = None,
        apart_from_crime: bool = False,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
    ) -> None:
        """Record a penalty decision on one act (`fact`, its id, and `text`) of one subject; `amount` in yuan.

        `apart_from_crime`: the act is another than the one of which a crime is suspected.
        """
        check_crime(desk, fact, apart_from_crime=apart_from_crime)
        earlier = [Fixed(each.number) for each in standing(desk, fact, subject, uscc)]
        decision = PenaltyDecided(
            number=number,
            file_no=file_no,
            profiles=profiles,
            matter=penalty_matter(desk, fact, number, subject, uscc),
            fact=Fixed(fact),
            text=Fixed(text),
            subject=Fixed(subject),
            uscc=uscc,
            kind=Fixed(kind),
            amount=amount,
            decided_by=Organ(desk.organ),
            party_present=party_present,
            earlier=(*earlier, *fined_elsewhere(desk, fact, text, subject, uscc)),
            apart_from_crime=apart_from_crime,
        )
        check_fine(desk, decision)
        self.record(decision)

    @step(HOLDER)
    def serve_decision(self, desk: Desk) -> None:
        """Record that the decision was served on the last party: the penalty is handled (处理完毕)."""
        self.penalty_in_force()
        if self.served:
            raise Refused(law.ALREADY_SERVED)
        self.record(HandlingCompleted(matter=self.matter))

    @step(HOLDER)
    def file_report(self, desk: Desk, *, uploaded_to: str | None = None) -> None:
        """Report the handling to the office without proposing joint punishment."""
        self.decided_here()
        if not self.served:
            raise Refused(law.NOT_SERVED)
        if self.reported:
            raise Refused(law.ALREADY_REPORTED)
        self.record(CaseReportFiled(matter=self.matter, uploaded_to=uploaded_to))

    @step(HOLDER)
    def report_result(self, desk: Desk, *, uploaded_to: str | None = None) -> None:
        """Report the result to the office for joint punishment, which becomes a second matter in the office's hands.

        A penalty counts as in force from its decision until it is revoked. One that is served after it was reported is
        reported once more, and joint punishment is not proposed twice.
        """
        self.penalty_in_force()
        known = self.proposed or self.memo is not None
        if known and self.reported:
            raise Refused(law.ALREADY_REPORTED)
        office = desk.register.role("office")
        if office is None:
            raise Refused(law.NO_OFFICE)
        if not self.reported:
            self.record(CaseReportFiled(matter=self.matter, uploaded_to=uploaded_to))
        if not known:
            self.record(JointPunishmentProposed(matter=self.memo_matter, to=Organ(office)))

    @step(ANSWERS)
    def record_credit_score(self, desk: Desk, *, points: int, basis: str | None = None) -> None:
        """Record credit points against the subject."""
        self.check_not_revoked()
        if points <= 0:
            raise Refused(law.POINTS_NOT_POSITIVE, points=points)
        if (points, basis) in self.scored:
            raise Refused(law.RECORDED_ALREADY, points=points, basis=basis)
        self.record(CreditPointsRecorded(matter=self.matter, points=points, basis=basis))

    @step(ANSWERS)
    def record_publication(self, desk: Desk, *, platform: str) -> None:
        """Record that the violation was published on a platform."""
        self.check_not_revoked()
        if platform in self.published:
            raise Refused(law.RECORDED_ALREADY, platform=platform)
        self.record(ViolationPublished(matter=self.matter, platform=platform))

    @step(ANSWERS)
    def record_penalty_revoked(self, desk: Desk, *, revoked_by: str, paper: str | None = None) -> None:
        """Record that an organ revoked the penalty: a memo on it must now be lifted, and the act may be fined anew."""
        if self.revoked:
            raise Refused(law.ALREADY_REVOKED)
        known = self.decision
        freed = fine_facts(known.fact, known.text, known.subject, known.uscc) if known and known.is_fine else ()
        self.record(PenaltyRevoked(matter=self.matter, revoked_by=revoked_by, paper=paper, releases=freed))

    @step(HOLDER)
    def close(self, desk: Desk) -> None:
        """Close the penalty's matter; the memo's matter ends when the memo is lifted or expires."""
        self.decided_here()
        if self.closed:
            raise Refused(law.ALREADY_CLOSED)
        if not (self.served or self.revoked):
            raise Refused(law.NOT_SERVED)
        if running := desk.file.open_clocks(self.matter, desk.at):
            raise Refused(law.CLOCKS_RUNNING, rules=[clock.limit.id for clock in running])
        others = (case for case in desk.file.cases.values() if isinstance(case, PunishmentRecord) and case is not self)
        shared = any(case.matter == self.matter and not case.closed for case in others)
        self.record(CaseClosed(matter=self.matter, ends_matter=not shared))
