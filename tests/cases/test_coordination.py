"""A coordination group of 2+X settles a question, gives out tasks, or takes it to the joint meeting or the committee (协调小组)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.coordination.case import Coordination
from domain.cases.coordination.events import (
    Above,
    Assignment,
    CoordinationEscalated,
    CoordinationGroupFormed,
    CoordinationMeetingHeld,
    CoordinationProposed,
    CoordinationSettled,
    Subject,
)
from domain.law.clock import State
from tests.given import Given, given, opening

NINGBO = ("ningbo-2017",)
TASK = Assignment("X1", "zjj", date(2025, 9, 30), "统一招标文件范本", cooperating=("slj",))
FORM: dict[str, Any] = {"service": "jyzx", "departments": ("zjj", "slj")}
MEET: dict[str, Any] = {"convenor": "交管办副主任", "attended": ("zwj", "jyzx", "zjj")}


def proposed(subject: Subject = Subject.CONSTRUCTION, **more: Any) -> Given:
    return given(profiles=NINGBO).when(
        Coordination, "propose", by="zjj", at="2025-05-06", number="XT-1", subject=subject, question="范本不一", **more
    )


def formed() -> Given:
    return proposed().when(Coordination, "form_group", by="zwj", at="2025-05-07", **FORM)


def met() -> Given:
    return formed().when(Coordination, "hold", by="zwj", at="2025-05-08", **MEET)


@pytest.mark.parametrize("subject", Subject)
def test_a_member_proposes_in_one_of_five_kinds_and_the_office_holds(subject: Subject) -> None:
    taken = proposed(subject)
    taken.then(
        CoordinationProposed(
            **{**opening("XT-1"), "profiles": NINGBO},
            office="zwj",
            proposer="zjj",
            subject=subject,
            question="范本不一",
        )
    )
    assert taken.holder() == "zwj"
    assert taken.clock("NB-TMP", "2030-01-01").state == State.RUNNING  # type: ignore[union-attr]


def test_a_proposal_asks_a_question_and_inspectors_make_none() -> None:
    asked: dict[str, Any] = {"at": "2025-05-06", "subject": Subject.LAND}
    given().when(Coordination, "propose", by="zjj", question=None, **asked).refused("COORDINATION_QUESTION_REQUIRED")
    given().when(Coordination, "propose", by="jwjc", question="x", **asked).forbidden()
    proposed().when(Coordination, "propose", by="zjj", number="XT-1", question="x", **asked).refused("MATTER_TAKEN")


def test_the_group_is_the_office_the_trading_service_and_x_by_subject() -> None:
    formed().then(CoordinationGroupFormed(matter="XT-1", service="jyzx", departments=("zjj", "slj")))
    for wrong in (
        {"service": None},
        {"departments": None},
        {"departments": ()},
        {"departments": ("jyzx",)},
        {"departments": ("zwj", "zjj")},
    ):
        proposed().when(Coordination, "form_group", by="zwj", at="2025-05-07", **{**FORM, **wrong}).refused(
            "GROUP_INCOMPLETE"
        )
    proposed().when(Coordination, "form_group", by="zjj", at="2025-05-07", **FORM).forbidden()


def test_under_dual_supervision_the_department_of_the_industry_takes_part() -> None:
    dual = proposed(Subject.IMPORTED_EQUIPMENT, dual=True)
    dual.when(Coordination, "form_group", by="zwj", at="2025-05-07", **FORM).refused("INDUSTRY_DEPARTMENT_REQUIRED")
    dual.when(Coordination, "form_group", by="zwj", at="2025-05-07", industry="jtj", **FORM).then_topics(
        "coordination.group-formed"
    )
    assert dual.case is not None and dual.case.summary()["group"] == ("zwj", "jyzx", "zjj", "slj", "jtj")
    proposed(Subject.LAND, dual=True).refused("DUAL_SUPERVISION_ELSEWHERE")


def test_a_head_of_the_office_convenes_the_group_and_only_the_group() -> None:
    taken = met()
    taken.then(CoordinationMeetingHeld(matter="XT-1", convenor="交管办副主任", attended=("zwj", "jyzx", "zjj")))
    assert taken.clock("NB-TMP").state == State.MET  # type: ignore[union-attr]
    holding: dict[str, Any] = {"by": "zwj", "at": "2025-05-08"}
    proposed().when(Coordination, "hold", **holding, **MEET).refused("GROUP_NOT_FORMED")
    formed().when(Coordination, "hold", **holding, **{**MEET, "convenor": None}).refused(
        "COORDINATION_CONVENOR_REQUIRED"
    )
    formed().when(Coordination, "hold", **holding, **{**MEET, "attended": ("czj",)}).refused("NOT_OF_THE_GROUP")
    formed().when(Coordination, "hold", by="zjj", at="2025-05-08", **MEET).forbidden()


RESULTS: list[tuple[str, dict[str, Any]]] = [
    ("settle", {"outcome": "用省厅范本"}),
    ("assign_tasks", {"tasks": (TASK,)}),
    ("escalate", {"to": Above.MEETING, "item": "统一范本"}),
]


@pytest.mark.parametrize(("step", "said"), RESULTS)
def test_a_result_follows_a_meeting_and_says_what_it_is(step: str, said: dict[str, Any]) -> None:
    formed().when(Coordination, step, by="zwj", at="2025-05-09", **said).refused("COORDINATION_NOT_MET")
    missing = {"settle": "outcome", "assign_tasks": "tasks", "escalate": "item"}[step]
    met().when(Coordination, step, by="zwj", at="2025-05-09", **{**said, missing: None}).refused(
        "COORDINATION_OUTCOME_REQUIRED"
    )
    met().when(Coordination, step, by="zjj", at="2025-05-09", **said).forbidden()


def test_what_is_settled_is_over() -> None:
    taken = met().when(Coordination, "settle", by="zwj", at="2025-05-09", outcome="用省厅范本")
    taken.then(CoordinationSettled(matter="XT-1", outcome="用省厅范本"))
    assert taken.holder() is None
    for step, said in RESULTS:
        taken.when(Coordination, step, by="zwj", at="2025-05-10", **said).refused("STEP_NOT_ALLOWED_IN_STATE")


def test_what_is_given_out_becomes_tasks_of_their_leads() -> None:
    taken = met().when(Coordination, "assign_tasks", by="zwj", at="2025-05-09", tasks=(TASK,))
    taken.then_topics("coordination.task-assigned-out", "task.assigned")
    assert (taken.holder("XT-1"), taken.holder("X1")) == (None, "zjj")
    assert taken.clock("TASK-DUE").due.day == date(2025, 9, 30)  # type: ignore[union-attr]
    met().when(Coordination, "assign_tasks", by="zwj", at="2025-05-09", tasks=(TASK, TASK)).refused("RESOLUTION_TAKEN")


@pytest.mark.parametrize("above", Above)
def test_what_is_taken_above_stays_with_the_office_until_it_is_settled(above: Above) -> None:
    taken = met().when(Coordination, "escalate", by="zwj", at="2025-05-09", to=above, item="统一范本")
    taken.then(CoordinationEscalated(matter="XT-1", above=above, item="统一范本"))
    assert taken.holder() == "zwj"
    taken.when(Coordination, "settle", by="zwj", at="2025-06-09", outcome="交管委已定").then_topics(
        "coordination.settled"
    )
    assert taken.holder() is None
