"""Facts from which the tests of complaints and reports start."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.cases.complaint.events import (
    CaseClosed,
    CaseReportFiled,
    ComplaintAccepted,
    ComplaintDecided,
    ComplaintReceived,
    HandlingCompleted,
    NotCompetentDetermined,
    ReportAccepted,
    ReportReceived,
    Subject,
)
from tests.given import opening

OBJECTED = {"prior_objection_answered": date(2025, 1, 17)}
Fact = tuple[Any, ...]


def bidding(at: str = "2025-01-22", by: str = "zjj", number: str = "TS-1", **fields: Any) -> Fact:
    """A bidding complaint is received, the objection having been answered."""
    facts = {"subject": Subject.BIDDING, "complainant": "ref-1", **OBJECTED, **fields}
    return ComplaintReceived(**{**opening(number, file_no="TS-1"), **facts}), at, by, number


def procurement(at: str = "2025-06-03", by: str = "czj", **fields: Any) -> Fact:
    """A complaint about government procurement is received, the challenge having been answered."""
    return bidding(at, by, subject=Subject.PROCUREMENT, **fields)


def report(at: str = "2025-01-22", by: str = "zjj", *, named: bool = True) -> Fact:
    """A report is received."""
    return ReportReceived(**opening("TS-1", "M1"), named=named), at, by


def accepted(at: str = "2025-01-24", by: str = "zjj") -> Fact:
    """A complaint is accepted."""
    return ComplaintAccepted(matter="TS-1"), at, by


def report_accepted(at: str = "2025-01-24", by: str = "zjj") -> Fact:
    """A report is accepted."""
    return ReportAccepted(matter="M1"), at, by


def not_competent(at: str = "2025-01-23", by: str = "zjj", matter: str = "TS-1", *, transfer: bool = False,
                  known: bool = True) -> Fact:  # fmt: skip
    """The receiver finds that the agriculture bureau is competent."""
    determined = NotCompetentDetermined(
        matter=matter, competent="nyj", transfer_required=transfer, complainant_known=known
    )
    return determined, at, by


def decided(at: str = "2025-02-20", by: str = "zjj") -> Fact:
    """The complaint is decided."""
    return ComplaintDecided(matter="TS-1", outcome="投诉不成立"), at, by


def handled(at: str = "2025-02-21", by: str = "zjj", matter: str = "TS-1") -> Fact:
    """The decision has been served, or the report dealt with."""
    return HandlingCompleted(matter=matter), at, by


def reported(at: str = "2025-02-24", by: str = "zjj", matter: str = "TS-1") -> Fact:
    """The handling has been reported."""
    return CaseReportFiled(matter=matter), at, by


def closed(at: str = "2025-02-25", by: str = "zjj") -> Fact:
    """The case is closed."""
    return CaseClosed(matter="TS-1"), at, by
