"""Complaint (投诉) or report (举报): one case from receipt to the end of the file."""

from __future__ import annotations

from domain.cases.complaint.inquiry import Inquiry
from domain.cases.complaint.intake import Intake
from domain.cases.complaint.outcome import Outcome
from domain.cases.complaint.procurement import Procurement
from domain.cases.complaint.review import Contested
from domain.cases.complaint.transfer import Transfer


class Complaint(Inquiry, Intake, Outcome, Procurement, Transfer, Contested):
    """A complaint about bidding or government procurement, or a report; whoever holds its matter acts on it."""
