"""The objection (异议) or challenge (质疑) that came before a complaint, where the file has it as a case of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.cases.complaint.events import Subject
from domain.law.clock import OVERDUE

if TYPE_CHECKING:
    from domain.desk import Desk

RECEIVED, ANSWERED, WITHDRAWN = "objection.received", "objection.answered", "objection.withdrawn"
KINDS = {Subject.BIDDING: "objection", Subject.PROCUREMENT: "challenge"}


def standing_objection(desk: Desk, subject: Subject, number: str | None) -> str | None:
    """The matter of the latest objection of the right kind that was not withdrawn; of the one with this number, if given."""
    raised = [entry.event for entry in desk.file.all(RECEIVED)]
    found = [
        str(getattr(event, "matter"))
        for event in raised
        if getattr(event, "kind") == KINDS[subject] and number in (None, getattr(event, "number"))
    ]
    return next((matter for matter in reversed(found) if not withdrawn(desk, matter)), None)


def withdrawn(desk: Desk, matter: str) -> bool:
    """Whether an objection was withdrawn: it counts as never raised."""
    return desk.file.latest(WITHDRAWN, matter) is not None


def awaits_answer(desk: Desk, matter: str) -> bool:
    """Whether a challenge is not answered and the time for the answer has not ended."""
    return desk.file.latest(ANSWERED, matter) is None and desk.verdict("NA-GP-ANS7", matter) not in OVERDUE
