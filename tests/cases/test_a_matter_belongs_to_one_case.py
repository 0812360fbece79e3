"""A case that is opened under the id of a matter of its file would take that matter from its holder: it is refused (一事项一编号)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from application.decide import next_number
from domain.cases import CASES
from domain.cases.credit.events import Sign
from domain.cases.expert_blacklist.case import ExpertBlacklist
from domain.cases.inspection.events import Occasion, Plan
from domain.cases.meeting.events import JointMeetingHeld, Kind, MeetingPrepared, MinutesIssued
from domain.cases.reward.events import Benefit, Incentive
from domain.cases.task.events import TaskAssigned
from domain.names import Party
from tests.given import Given, given, opening

OPENED = {**opening("LX-1"), "office": "zwj", "kind": Kind.FULL}
HELD = JointMeetingHeld(matter="LX-1", full=True, convenor="zhb")
ASSIGNED = TaskAssigned(
    **opening("RW-1", "R1", "LX-1"), title="清理", leads=("zjj",), issued=date(2025, 6, 27), authority="zhb"
)
PLAN = dict.fromkeys(("duties", "purpose", "targets", "scope", "content", "time", "method_and_steps"), "示例")
PUNISHED = {"fact": "F9", "text": "串通投标", "subject": "甲公司"}
STEPS: dict[str, tuple[str, dict[str, Any]]] = {
    "expert_blacklist": ("propose", {"expert": "张某", "ground": "迟到", "basis": "办法"}),
    "reward": ("grant", {"subject": "甲公司", "party": Party.BIDDER, "merits": "守信", "until": date(2026, 1, 1),
                         "benefits": (Benefit(Incentive.PRIORITY, "条例"),)}),
    "credit": ("record_points", {"subject": "甲公司", "party": Party.BIDDER, "sign": Sign.DEDUCTED, "points": 1, "ground": "失信",
                                 "basis": "办法"}),
    "penalty": ("decline_filing", {**PUNISHED, "ground": "轻微"}),
}  # fmt: skip

TOPICS = {"expert_blacklist": "expert-blacklist.proposed", "reward": "reward.granted", "credit": "credit.points-recorded",
          "penalty": "penalty.not-filed"}  # fmt: skip


def file() -> Given:
    """A file in which the task R1 is with the housing bureau."""
    minutes = MinutesIssued(matter="LX-1", resolutions=(), set_by="zhb")
    return given(
        (MeetingPrepared(**OPENED), "2025-06-01", "zwj"),
        (HELD, "2025-06-26", "zhb"),
        (minutes, "2025-06-27", "zwj"),
        (ASSIGNED, "2025-06-27", "zwj"),
    )


@pytest.mark.parametrize("case_type", STEPS)
def test_no_case_is_opened_under_the_id_of_a_matter_of_somebody_else(case_type: str) -> None:
    step, arguments = STEPS[case_type]
    found = file().when(CASES[case_type], step, by="slj", at="2025-07-01", number="R1", **arguments)
    found.refused("MATTER_TAKEN")
    assert found.holder("R1") == "zjj"
    file().when(CASES[case_type], step, by="slj", at="2025-07-01", number="R2", **arguments).then_topics(
        TOPICS[case_type]
    )


def test_a_penalty_case_on_a_matter_of_somebody_else_does_not_take_a_third_one_by_its_number() -> None:
    found = file().when(
        CASES["penalty"], "file_case", by="slj", at="2025-07-01", number="R1", **{**PUNISHED, "fact": "R1"}
    )
    found.refused("MATTER_TAKEN")
    found.when(CASES["penalty"], "file_case", by="slj", at="2025-07-01", number="LA-1", **{**PUNISHED, "fact": "R1"})
    found.then_topics("penalty.case-filed")
    assert (found.holder("R1"), found.holder("LA-1")) == ("zjj", "slj")


def test_an_assistance_letter_and_an_inspection_have_ids_of_their_own() -> None:
    asked = {"case_summary": "案情", "matters_and_reasons": "协助", "evidence": ("材料",), "to": "slj", "matter": "R1"}
    file().when(CASES["assistance"], "issue", by="zjj", at="2025-07-01", number="R1", **asked).refused("MATTER_TAKEN")
    proposed = {"occasion": next(iter(Occasion)), "plan": Plan(**PLAN)}
    inspection = file().when(CASES["inspection"], "propose", by="slj", at="2025-07-01", number="R1", **proposed)
    inspection.refused("MATTER_TAKEN")


def test_the_number_that_a_file_gives_is_not_the_id_of_one_of_its_matters() -> None:
    found = file().file
    assert next_number(found, ExpertBlacklist) == "LX-1-HM1"
    found.matters["LX-1-HM1"] = found.matters["R1"]
    assert next_number(found, ExpertBlacklist) == "LX-1-HM2"
