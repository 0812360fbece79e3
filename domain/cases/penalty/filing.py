"""Filing (立案) of a penalty case or not (不予立案), the time of the violation, and more time for the decision."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.penalty import law
from domain.cases.penalty.events import (
    DecisionPeriodExtended,
    PenaltyCaseFiled,
    PenaltyCaseNotFiled,
    ViolationDated,
)
from domain.cases.penalty.record import FILED, Record
from domain.demands import check_new, stated
from domain.kernel import DEPARTMENT, HOLDER, Organ, Refused, Uscc, step
from domain.law.clock import OVERDUE, day_of
from domain.names import Fixed, same_subject, same_words

if TYPE_CHECKING:
    from domain.desk import Desk

PERIOD = "NA-PEN90"


class Filing(Record):
    """Steps of the department that meets the violation."""

    @step(DEPARTMENT, opens=True)
    def file_case(
        self,
        desk: Desk,
        *,
        fact: str,
        text: str,
        subject: str,
        uscc: Uscc | None = None,
        source: str | None = None,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
    ) -> None:
        """File a penalty case on one act (`fact`, its id, and `text`) of one subject. `source`: how it came to light."""
        _check_named(fact, text, subject)
        for other in _open_cases(desk, fact):
            if same_subject(other.subject, other.uscc, subject, uscc):
                own = other.filed_by == desk.organ
                raise Refused(law.ALREADY_FILED if own else law.FILED_BY_ANOTHER, earlier=other.number)
        self.record(PenaltyCaseFiled(
            matter=_matter(desk, fact, number), number=number, file_no=file_no, profiles=profiles,
            fact=Fixed(fact), text=Fixed(text), subject=Fixed(subject), uscc=uscc, source=source, filed_by=Organ(desk.organ),
        ))  # fmt: skip

    @step(DEPARTMENT, opens=True)
    def decline_filing(
        self,
        desk: Desk,
        *,
        fact: str,
        text: str,
        subject: str,
        ground: str | None,
        uscc: Uscc | None = None,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
    ) -> None:
        """Record that no penalty case is filed on an act, and why (`ground`)."""
        check_new(desk, number)
        _check_named(fact, text, subject)
        ground = stated(ground, law.NOT_FILING_GROUND)
        self.record(PenaltyCaseNotFiled(
            matter=number, number=number, file_no=file_no, profiles=profiles,
            fact=Fixed(fact), text=Fixed(text), subject=Fixed(subject), uscc=uscc, ground=ground, filed_by=Organ(desk.organ),
        ))  # fmt: skip

    @step(HOLDER, states=(FILED,))
    def date_violation(self, desk: Desk, *, ended_on: date, discovered_on: date, endangers: bool = False) -> None:
        """Say when the violation ended and when it was discovered: after two years it is punished no more, with harm after five."""
        if not ended_on <= discovered_on <= day_of(desk.at):
            raise Refused(law.DATES_IN_ORDER, ended_on=ended_on, discovered_on=discovered_on)
        self.record(
            ViolationDated(matter=self.matter, ended_on=ended_on, discovered_on=discovered_on, endangers=endangers)
        )

    @step(HOLDER, states=(FILED,))
    def extend_period(self, desk: Desk, *, until: date, basis: str | None, approved_by: str | None) -> None:
        """Lengthen the period for the decision to a day, by another law, regulation or rule, while it has not run out."""
        facts = {"basis": basis, "approved_by": approved_by}
        basis, approved_by = (stated(each, law.EXTENSION_BASIS, **facts) for each in (basis, approved_by))
        clock = desk.clock(PERIOD, self.matter)
        if clock is not None:
            judged = desk.file.judge(clock, desk.at)
            if judged.state in OVERDUE or (judged.due.day is not None and until <= judged.due.day):
                raise Refused(law.NO_EXTENSION, due=judged.due.day, until=until)
        self.record(DecisionPeriodExtended(matter=self.matter, until=until, basis=basis, approved_by=approved_by))


def _check_named(*names: str) -> None:
    if not all(map(str.strip, names)):
        raise Refused(law.PENALTY_CASE_UNNAMED)


def _open_cases(desk: Desk, fact: str) -> list[Record]:
    """The penalty cases on an act that are neither concluded nor ended and whose matter is still with who filed them."""
    cases = [case for case in desk.file.cases.values() if isinstance(case, Record) and case.state == FILED]
    about = [case for case in cases if same_words(case.fact) == same_words(fact)]
    return [case for case in about if desk.file.matters[case.matter].holder == case.filed_by]


def _matter(desk: Desk, fact: str, number: str) -> str:
    """The fact's own matter, unless somebody else holds it, it is on the way, or another case bears it: then the number."""
    matter = desk.file.matters.get(fact)
    free = matter is None or (matter.in_transit_to is None and matter.holder in (None, desk.organ))
    borne = any(case.matter == fact for case in _open_cases(desk, fact))
    if free and not borne:
        return fact
    check_new(desk, number)
    return number
