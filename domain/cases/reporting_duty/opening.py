"""What gives rise to a reporting duty (报送): a bid opening, a quarter, a request, or a duty without a number."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.cases.reporting_duty import law
from domain.cases.reporting_duty.events import (
    BidOpeningClosed,
    DutyOpened,
    InformationRequested,
    QuarterOpened,
    Subject,
)
from domain.cases.reporting_duty.quarter import quarter_of
from domain.cases.reporting_duty.record import OFFICE, TRADING_CENTRE, DutyRecord
from domain.demands import blank, check_new, stated
from domain.kernel import DEPARTMENT, Organ, Refused, role, step
from domain.law.clock import day_of
from domain.names import Fixed, FixedDay

if TYPE_CHECKING:
    from domain.desk import Desk
    from domain.law.limit import TimeLimit


class Opening(DutyRecord):
    """The steps that open a duty. The number of the case is the id of its matter."""

    @step(role(TRADING_CENTRE), opens=True)
    def close_bid_opening(
        self, desk: Desk, *, number: str, file_no: str, profiles: tuple[str, ...], project: str | None
    ) -> None:
        """Record that a bid opening has closed: its log and the assessment of its experts are owed."""
        check_new(desk, number)
        project = stated(project, law.PROJECT_UNNAMED)
        self.record(BidOpeningClosed(
            matter=number, number=number, file_no=file_no, profiles=profiles, unit=Organ(desk.organ), project=project
        ))  # fmt: skip

    @step(role("system"), opens=True)
    def open_quarter(self, desk: Desk, *, number: str, file_no: str, profiles: tuple[str, ...]) -> None:
        """Open the quarter in which the day of the act lies; its number is that of the quarter."""
        quarter = quarter_of(day_of(desk.at))
        if number != quarter.number:
            raise Refused(law.WRONG_PERIOD, number=number, expected=quarter.number)
        check_new(desk, number)
        self.record(QuarterOpened(
            matter=number, number=number, file_no=file_no, profiles=profiles, unit=_with_role(desk, TRADING_CENTRE),
            begins=FixedDay(quarter.begins), ends=FixedDay(quarter.ends),
        ))  # fmt: skip

    @step(DEPARTMENT, role("inspector"), role("auditor"), opens=True)
    def request_information(
        self,
        desk: Desk,
        *,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
        items: tuple[str, ...] | None,
        subject: Subject = Subject.TRADING,
        unit: Organ | None = None,
        letter: str | None = None,
        answer_by: date | None = None,
    ) -> None:
        """Ask for information: the trading centre for data on trading, or by a letter the office for data on experts.

        `unit`: whom, if not the first with that role. `answer_by`: an agreed day, shown and never called late.
        """
        check_new(desk, number)
        if not items or any(map(blank, items)):
            raise Refused(law.NOT_ASKED)
        if subject is Subject.EXPERTS and blank(letter):
            raise Refused(law.LETTER_REQUIRED)
        if answer_by is not None and answer_by < day_of(desk.at):
            raise Refused(law.BEFORE_REQUEST, answer_by=answer_by)
        asked = _with_role(desk, OFFICE if subject is Subject.EXPERTS else TRADING_CENTRE, unit)
        if asked == desk.organ:
            raise Refused(law.ASKED_ITSELF)
        self.record(InformationRequested(
            matter=number, number=number, file_no=file_no, profiles=profiles, unit=asked, requester=Organ(desk.organ),
            subject=subject, items=items, letter=letter, answer_by=answer_by,
        ))  # fmt: skip

    @step(DEPARTMENT, opens=True)
    def open_duty(
        self,
        desk: Desk,
        *,
        number: str,
        file_no: str,
        profiles: tuple[str, ...],
        rule: str,
        about: str | None,
        unit: Organ | None = None,
    ) -> None:
        """Open a duty that a rule states without a number (及时, 定期). `unit`: who owes it, if not who acts or its role."""
        check_new(desk, number)
        limit = _without_a_number(desk, profiles, rule)
        if limit is None:
            raise Refused(law.NO_SUCH_DUTY, rule=rule)
        about = stated(about, law.ABOUT_UNNAMED)
        kind, _, name = limit.owed_by.partition(":")
        owing = _with_role(desk, name, unit) if kind == "role" else unit or Organ(desk.organ)
        if desk.organ not in (owing, desk.register.role(OFFICE)):
            raise Refused(law.NOT_YOURS, unit=owing)
        self.record(DutyOpened(
            matter=number, number=number, file_no=file_no, profiles=profiles, rule=Fixed(rule), unit=owing, about=about
        ))  # fmt: skip


def _with_role(desk: Desk, name: str, named: Organ | None = None) -> Organ:
    """The organ that has a role: the one named, else the first."""
    known = tuple(desk.register.having(name))
    found = named or next(iter(known), None)
    if found is None or found not in known:
        raise Refused(law.NO_UNIT, role=name, unit=named)
    return Organ(found)


def _without_a_number(desk: Desk, profiles: tuple[str, ...], rule: str) -> TimeLimit | None:
    """The rule in force that such a duty starts."""
    for trigger in desk.file.rulebook.on_topic(profiles).get(DutyOpened.TOPIC, ()):
        limit = trigger.limit
        if trigger.action == "start" and limit.id == rule and limit.in_force(day_of(desk.at)):
            return limit
    return None
