"""A reporting duty (报送): opened by what happened, a date or a request, submitted by who owes, answered by who receives."""

from __future__ import annotations

from domain.cases.reporting_duty.answering import Answering
from domain.cases.reporting_duty.opening import Opening
from domain.cases.reporting_duty.submitting import Submitting


class ReportingDuty(Answering, Submitting, Opening):
    """Nothing more is owed once all has come: the matter closes, and a rejection opens it again."""

    TYPE = "reporting_duty"
    CODE = "BS"
    STANDING = True
