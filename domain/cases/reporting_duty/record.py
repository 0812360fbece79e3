"""One reporting duty (报送), folded from its facts: what is owed, what has come, what was said of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.cases.reporting_duty import law
from domain.cases.reporting_duty.events import (
    BidOpeningClosed,
    Channel,
    DutyOpened,
    DutySubmitted,
    DutyWaived,
    ExpertAssessmentSubmitted,
    InformationProvided,
    InformationRequested,
    OpeningLogSubmitted,
    PartSubmitted,
    QuarterListPartSubmitted,
    QuarterListSubmitted,
    QuarterOpened,
    Report,
    ReportAcknowledged,
    ReportRejected,
)
from domain.kernel import Case, Event, Refused, unknown

if TYPE_CHECKING:
    pass

OPEN, PART_SUBMITTED, SUBMITTED = "open", "part_submitted", "submitted"
ACKNOWLEDGED, WAIVED = "acknowledged", "waived"
OFFICE, TRADING_CENTRE = "office", "trading_centre"
CHATS = frozenset({Channel.WECHAT, Channel.QQ})
FROM = {
    Report.OPENING_LOG: "log_from",
    Report.EXPERT_ASSESSMENT: "assessment_from",
    Report.QUARTER_LIST: "list_from",
    Report.INFORMATION: "information_from",
    Report.DUTY: "duty_from",
}
HASH = re.compile(r"[0-9a-fA-F]{64}")


class DutyRecord(Case):
    """`unit` owes the reports that are `outstanding`; `submitted` are those that were sent and not rejected.

    `log_from`, `assessment_from`, `list_from`, `information_from`, `duty_from`: the unit, if the matter is about such a report.
    """

    def __init__(self) -> None:
        super().__init__()
        self.unit = ""
        self.requester: str | None = None
        self.rule: str | None = None
        self.about: str | None = None
        self.answer_by: date | None = None
        self.log_from = self.assessment_from = self.list_from = self.information_from = self.duty_from = ""
        self.outstanding: tuple[Report, ...] = ()
        self.submitted: tuple[Report, ...] = ()
        self.forms: frozenset[str] = frozenset()
        self.missing: tuple[str, ...] = ()

    def on(self, event: Event) -> None:
        """Change the state by one fact."""
        match event:
            case BidOpeningClosed():
                self._owe(event.unit, Report.OPENING_LOG, Report.EXPERT_ASSESSMENT, about=event.project)
            case QuarterOpened():
                self._owe(event.unit, Report.QUARTER_LIST, about=event.number)
            case InformationRequested():
                self._owe(event.unit, Report.INFORMATION, about="；".join(event.items))
                self.requester, self.answer_by = event.requester, event.answer_by
            case DutyOpened():
                self._owe(event.unit, Report.DUTY, about=event.about)
                self.rule = event.rule
            case _:
                self._sent(event)

    def _sent(self, event: Event) -> None:
        match event:
            case OpeningLogSubmitted():
                self._submit(Report.OPENING_LOG)
            case ExpertAssessmentSubmitted():
                self._submit(Report.EXPERT_ASSESSMENT)
            case QuarterListSubmitted():
                self._submit(Report.QUARTER_LIST)
            case QuarterListPartSubmitted():
                self.state, self.forms = PART_SUBMITTED, self.forms | forms(event.electronic, event.sealed_paper)
            case InformationProvided():
                self._submit(Report.INFORMATION)
            case DutySubmitted():
                self._submit(Report.DUTY)
            case PartSubmitted():
                self.state, self.missing = PART_SUBMITTED, event.missing
            case _:
                self._answered(event)

    def _answered(self, event: Event) -> None:
        match event:
            case ReportAcknowledged():
                self.state = ACKNOWLEDGED
            case ReportRejected():
                self.submitted = tuple(each for each in self.submitted if each != event.report)
                self.outstanding = (*self.outstanding, event.report)
                self.forms, self.state = frozenset(), PART_SUBMITTED if self.submitted else OPEN
            case DutyWaived():
                waived = self.outstanding if event.report is None else (event.report,)
                self.outstanding = tuple(each for each in self.outstanding if each not in waived)
                self.state = self.state if self.outstanding else SUBMITTED if self.submitted else WAIVED
            case _:
                raise unknown(event)

    def _owe(self, unit: str, *reports: Report, about: str) -> None:
        self.state, self.unit, self.outstanding, self.about = OPEN, unit, reports, about
        for report in reports:
            setattr(self, FROM[report], unit)

    def _submit(self, report: Report) -> None:
        self.outstanding = tuple(each for each in self.outstanding if each != report)
        self.submitted, self.missing = (*self.submitted, report), ()
        self.state = PART_SUBMITTED if self.outstanding else SUBMITTED

    def summary(self) -> Mapping[str, Any]:
        """Who owes what, what has come of it, and until when it was asked for: an agreed day, never one of the law."""
        return {
            "unit": self.unit,
            "about": self.about,
            "rule": self.rule,
            "requester": self.requester,
            "agreed_answer_by": self.answer_by,
            "outstanding": self.outstanding,
            "submitted": self.submitted,
            "missing": self.missing or _other_forms(self.forms),
        }

    def check_owed(self, report: Report) -> None:
        """Refuse what is not owed any more, or never was."""
        if report in self.submitted:
            raise Refused(law.ALREADY_SUBMITTED, report=report)
        if report not in self.outstanding:
            raise Refused(law.NOT_OWED, report=report, owed=self.outstanding)

    def last(self, report: Report) -> bool:
        """Whether nothing else is owed once this report has come."""
        return self.outstanding == (report,)


FORMS = ("electronic", "sealed_paper")


def forms(electronic: bool, sealed_paper: bool) -> frozenset[str]:
    """The forms in which a list was given."""
    return frozenset(name for name, given in zip(FORMS, (electronic, sealed_paper), strict=True) if given)


def _other_forms(given: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in FORMS if given and name not in given)


def check_copy(channel: Channel | None, copy_hash: str | None) -> None:
    """Refuse a message of which no copy is kept."""
    if channel in CHATS and copy_hash is None:
        raise Refused(law.COPY_MISSING, channel=channel)
    if copy_hash is not None and not HASH.fullmatch(copy_hash):
        raise Refused(law.NO_HASH, copy_hash=copy_hash)
