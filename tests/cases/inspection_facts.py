"""Facts that tests of joint inspections start from: the housing bureau inspects with two others, and finds three things."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from domain.cases.inspection.events import (
    Fixed,
    InspectionPlanAgreed,
    JointInspectionProposed,
    JointInspectionStarted,
    Occasion,
    Plan,
    RandomDrawRecorded,
    Scope,
    ViolationDiscovered,
)
from domain.kernel import Event, Organ
from tests.given import opening

Fact = tuple[Event, str, str, str]

LJ = {"matter": "LJ-1"}
PLAN = Plan(
    duties="住建查发包，交通查分包", purpose="治理转包", targets="在建项目", scope="全县", content="合同与人员",
    time="2025年9月", method_and_steps="双随机抽取后现场检查",
)  # fmt: skip
WITH = (Organ("jtj"), Organ("nyj"))
PROPOSAL: dict[str, Any] = {"occasion": Occasion.CAMPAIGN, "plan": PLAN, "participants": WITH}
PROPOSED_EVENT = JointInspectionProposed(**opening("LJ-1"), initiator=Organ("zjj"), **PROPOSAL)
TOLD = RandomDrawRecorded(
    **LJ, method=Fixed("outside"), targets=(Fixed("甲标段"),), inspectors=(Fixed("检查员一"), Fixed("检查员二"))
)


def fact(event: Event, day: str, by: str = "zjj") -> Fact:
    """A fact of the inspection, in September 2025."""
    return event, f"2025-09-{day}", by, "LJ-1"


def found(matter: str, by: str, scope: str | None = None) -> ViolationDiscovered:
    """A finding of 8 September."""
    return ViolationDiscovered(
        matter=matter, inspection=Fixed("LJ-1"), found_by=Organ(by), description="转包", discovered_on=date(2025, 9, 8),
        refer=scope is not None, scope=Scope(scope) if scope else None,
    )  # fmt: skip


PROPOSED = (fact(PROPOSED_EVENT, "01"),)
AGREED = (*PROPOSED, fact(InspectionPlanAgreed(**LJ, agreed_by=WITH), "02"))
DRAWN = (*AGREED, fact(TOLD, "03"))
STARTED = (*DRAWN, fact(JointInspectionStarted(**LJ), "05"))
FOUND = (
    *STARTED,
    *(fact(each, "08") for each in (found("F1", "jtj"), found("F2", "nyj", "S1"), found("F3", "zjj", "S4"))),
)


def without(part: str) -> Plan:
    """The plan with one part missing."""
    return replace(PLAN, **{part: None})
