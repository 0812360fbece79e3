"""The life of a case as the bench plays it: twenty steps of a complaint about bidding, each of which records one event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from application.handle import Command
from domain.cases.complaint.events import Inspection, Subject
from domain.kernel import Actor, case_id
from domain.law.clock import CHINA

BEGUN = datetime(2025, 1, 22, 10, 0, tzinfo=CHINA)
OFFICER = "zhang.san"
"""Of the first of the departments: who takes all the steps."""
DEPARTMENTS = ("zjj", "slj", "jtj", "zrj", "scj", "nyj", "fgj", "wjj")
TEXT = (
    "投诉人称评标委员会未按招标文件规定的评标标准和方法评标，中标候选人的业绩证明材料涉嫌弄虚作假，请求依法查处。" * 3
)

Said = Mapping[str, Any]

STEPS: tuple[tuple[str, Said], ...] = (
    ("register", {"subject": Subject.BIDDING, "complainant": "ref-1", "project": "宣恩县城区供水管网改造工程施工一标段",
                  "matter_title": TEXT[:40], "prior_objection_answered": date(2025, 1, 17)}),
    ("accept", {}),
    ("suspend_trading", {}),
    ("commission_inspection", {"kind": Inspection.APPRAISAL, "pause_id": "p1"}),
    ("record_inspection_report", {"pause_id": "p1"}),
    ("commission_expert_review", {"pause_id": "p2"}),
    ("record_expert_opinion", {"pause_id": "p2"}),
    ("request_withdrawal", {"written": True, "grounds": TEXT}),
    ("refuse_withdrawal", {"violation_established": True}),
    ("discover_violation", {"new_matter": "{number}-W1", "description": TEXT}),
    ("commission_inspection", {"kind": Inspection.TEST, "pause_id": "p3"}),
    ("record_inspection_report", {"pause_id": "p3"}),
    ("commission_inspection", {"kind": Inspection.INSPECTION, "pause_id": "p4"}),
    ("record_inspection_report", {"pause_id": "p4"}),
    ("resume_trading", {}),
    ("decide", {"outcome": TEXT}),
    ("serve_decision", {}),
    ("complete_handling", {"matter": "{number}-W1"}),
    ("file_report", {}),
    ("file_report", {"matter": "{number}-W1"}),
)  # fmt: skip
LENGTH = len(STEPS)


def command(number: str, place: int, department: str, **more: Any) -> Command:
    """The command at a place of the life of a case, taken on its day."""
    step, said = STEPS[place]
    arguments = {name: value.format(number=number) if isinstance(value, str) else value for name, value in said.items()}
    return Command(
        case_type="complaint",
        step=step,
        actor=Actor(department, OFFICER),
        occurred_at=BEGUN + timedelta(days=place),
        number=number if place == 0 else None,
        case=None if place == 0 else case_id(number),
        arguments=arguments,
        **more,
    )


class Place:
    """Where the next event goes: streams of twenty events, each a file of its own."""

    def __init__(self) -> None:
        self.case, self.version = uuid4(), 0

    def next(self) -> tuple[UUID, int]:
        """The stream and the version."""
        if self.version == LENGTH:
            self.case, self.version = uuid4(), 0
        self.version += 1
        return self.case, self.version
