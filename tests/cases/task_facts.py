"""Facts that tests of supervised tasks start from: one task of a plan, led by the housing and the finance bureau."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.cases.task.events import TaskAssigned, TaskCompletionRejected, TaskCompletionReported
from domain.kernel import Event
from tests.given import Given, given, opening

Fact = tuple[Event, str, str]

ASSIGNING: dict[str, Any] = {
    "title": "交易平台整合", "leads": ("zjj", "czj"), "issued": date(2025, 6, 27), "due": date(2025, 9, 30),
    "source": "联席会议纪要〔2025〕1号", "clause": "二", "quote": "2025年9月底前完成",
}  # fmt: skip


def assigned(**changed: Any) -> TaskAssigned:
    """The assignment, with what differs."""
    return TaskAssigned(
        **opening("RW-1"), **{**ASSIGNING, "authority": "zhb", "cooperating": ("slj", "县编办"), **changed}
    )


GIVEN: Fact = (assigned(), "2025-06-27", "zwj")
REPORTED: Fact = (TaskCompletionReported(matter="RW-1", evidence=("验收单",)), "2025-09-29", "zjj")
LATE: Fact = (TaskCompletionReported(matter="RW-1", evidence=("验收单",)), "2025-10-17", "zjj")
REJECTED: Fact = (TaskCompletionRejected(matter="RW-1", reason="未附佐证"), "2025-10-10", "zwj")


def task(*more: Fact, **changed: Any) -> Given:
    """A file with the task, and what happened to it since."""
    return given((assigned(**changed), "2025-06-27", "zwj"), *more)
