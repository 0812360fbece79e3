"""A joint meeting in Xuan'en: signed items, the convenor's agenda, the meeting, its disagreements and its minutes (联席会议)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.meeting.case import Meeting
from domain.cases.meeting.events import (
    AgendaApproved,
    AgendaCompiled,
    AgendaItem,
    AgendaItemSubmitted,
    EscalatedToCommittee,
    JointMeetingHeld,
    Kind,
    MeetingPrepared,
    MinutesIssued,
    Opinion,
    Resolution,
    ResolutionDeferred,
    ResolutionStatusCirculated,
)
from domain.cases.task.case import Task
from domain.law.clock import State
from tests.given import Given, given, opening

SIGNED: dict[str, Any] = {"item": "I1", "title": "围标线索", "signed_by_main_leader": True}
OPINIONS = (Opinion("slj", "由住建牵头"), Opinion("zjj", "由水利牵头"))
R1 = Resolution("R1", "zjj", date(2025, 9, 30), "整改", cooperating=("slj",))
R2 = Resolution("R2", "czj", None, co_leads=("fgj",), long_term=True)


def meeting(*steps: tuple[str, str, dict[str, Any]]) -> Given:
    """A meeting that the office prepares on 6 May 2025, and a step a day since."""
    taken = given().when(Meeting, "prepare", by="zwj", at="2025-05-06", number="LX-1", kind=Kind.FULL)
    for day, (name, by, arguments) in enumerate(steps, 7):
        taken.when(Meeting, name, by=by, at=f"2025-05-{day:02}", **arguments)
        assert taken.refusal is None and not taken.denied, (name, taken.refusal)
    return taken


SUBMIT = ("submit_agenda_item", "slj", SIGNED)
SECOND = ("submit_agenda_item", "zjj", {"signed_by_main_leader": True})
COMPILE = ("compile_agenda", "zwj", {"items": ("I1", "I2")})
APPROVE = ("approve_agenda", "zhb", {"included": ("I1",), "excluded": ("I2",)})
HOLD = ("hold", "zhb", {"full": True, "items": ("I1",), "attended": ("slj", "zjj", "czj")})
DEFER = ("record_disagreement", "zhb", {"item": "I1", "parties": ("slj", "zjj"), "opinions": OPINIONS})
URGENT = ("record_disagreement", "zhb", {**DEFER[2], "urgent": True})
MINUTES = ("issue_minutes", "zwj", {"resolutions": (R1, R2)})
TO_AGENDA = (SUBMIT, SECOND, COMPILE, APPROVE)


def test_the_office_holds_the_meeting_that_it_prepares() -> None:
    taken = meeting()
    taken.then(MeetingPrepared(**opening("LX-1"), office="zwj", kind=Kind.FULL))
    assert taken.holder("LX-1") == "zwj"
    given().when(Meeting, "prepare", by="zjj", at="2025-05-06", kind=Kind.FULL).forbidden()
    taken.when(Meeting, "prepare", by="zwj", at="2025-05-07", number="LX-1", kind=Kind.FULL).refused("MATTER_TAKEN")


def test_a_member_proposes_a_meeting_and_nobody_must_consent() -> None:
    taken = given().when(
        Meeting, "propose", by="slj", at="2025-05-06", number="LX-1", kind=Kind.PART, purpose="围标线索"
    )
    taken.then_topics("meeting.prepared", "meeting.proposed")
    assert (taken.holder("LX-1"), taken.case.state) == ("zwj", "prepared")  # type: ignore[union-attr]
    for by in ("zwj", "zhb"):
        taken.when(Meeting, "approve_proposal", by=by, at="2025-05-07").refused("STEP_NOT_ALLOWED_IN_STATE")
        taken.when(Meeting, "decline_proposal", by=by, at="2025-05-07", reason="x").refused("STEP_NOT_ALLOWED_IN_STATE")
    given().when(Meeting, "propose", by="slj", at="2025-05-06", kind=Kind.PART, purpose=None).refused(
        "MEETING_PURPOSE_REQUIRED"
    )
    given().when(Meeting, "propose", by="jwjc", at="2025-05-06", kind=Kind.PART, purpose="x").forbidden()


@pytest.mark.parametrize("signed", [False, None])
def test_an_item_that_the_main_leader_has_not_signed_is_refused(signed: bool | None) -> None:
    unsigned = {**SIGNED, "signed_by_main_leader": signed}
    meeting().when(Meeting, "submit_agenda_item", by="slj", at="2025-05-12", **unsigned).refused("AGENDA_ITEM_UNSIGNED")


def test_a_signed_item_is_submitted_under_its_id_or_the_next_one() -> None:
    taken = meeting(SUBMIT)
    taken.then(AgendaItemSubmitted(matter="LX-1", item="I1", title="围标线索", department="slj", signed=True))
    taken.when(Meeting, "submit_agenda_item", by="zjj", at="2025-05-13", signed_by_main_leader=True).then(
        AgendaItemSubmitted(matter="LX-1", item="I2", title=None, department="zjj", signed=True)
    )
    taken.when(Meeting, "submit_agenda_item", by="zjj", at="2025-05-13", **SIGNED).refused("AGENDA_ITEM_TWICE")
    taken.when(Meeting, "submit_agenda_item", by="respondent", at="2025-05-13", **SIGNED).forbidden()


def test_the_office_compiles_what_was_submitted_and_nothing_else() -> None:
    meeting(SUBMIT, SECOND, COMPILE).then(AgendaCompiled(matter="LX-1", items=("I1", "I2")))
    taken = meeting(SUBMIT)
    taken.when(Meeting, "compile_agenda", by="zwj", at="2025-05-12", items=("I1", "I9")).refused("AGENDA_ITEM_UNKNOWN")
    taken.when(Meeting, "compile_agenda", by="zwj", at="2025-05-12", items=None).refused("AGENDA_EMPTY")
    taken.when(Meeting, "compile_agenda", by="slj", at="2025-05-12", items=("I1",)).forbidden()


def test_the_convenor_approves_the_agenda_item_by_item() -> None:
    meeting(*TO_AGENDA).then(AgendaApproved(matter="LX-1", included=("I1",), excluded=("I2",)))
    taken = meeting(SUBMIT, SECOND, COMPILE)
    wrong = [{"included": ("I1",)}, {"included": ("I1", "I2"), "excluded": ("I2",)}, {"included": ("I1", "I2", "I3")}]
    for said in wrong:
        taken.when(Meeting, "approve_agenda", by="zhb", at="2025-05-12", **said).refused("AGENDA_ITEM_UNDECIDED")
    taken.when(Meeting, "approve_agenda", by="zwj", at="2025-05-12", included=("I1", "I2")).refused(
        "AGENDA_BY_CONVENOR"
    )
    taken.when(Meeting, "approve_agenda", by="slj", at="2025-05-12", included=("I1", "I2")).forbidden()
    meeting(SUBMIT).when(Meeting, "approve_agenda", by="zhb", at="2025-05-12", included=("I1",)).refused(
        "AGENDA_NOT_COMPILED"
    )


def test_the_convenor_holds_the_meeting_of_all_members_or_of_some() -> None:
    meeting(*TO_AGENDA, HOLD).then(
        JointMeetingHeld(
            matter="LX-1", full=True, convenor="zhb", attended=("slj", "zjj", "czj"), items=("I1",), heads=()
        )
    )
    meeting(("hold", "zhb", {"full": False})).then_topics("meeting.held")


def test_the_meeting_deals_with_what_was_approved_only() -> None:
    taken = meeting(*TO_AGENDA)
    for item in ("I2", "I9"):
        taken.when(Meeting, "hold", by="zhb", at="2025-05-20", full=True, items=(item,)).refused("ITEM_NOT_ON_AGENDA")
    unapproved = meeting(SUBMIT, SECOND, COMPILE)
    unapproved.when(Meeting, "hold", by="zhb", at="2025-05-20", full=True, items=("I1",)).refused("ITEM_NOT_ON_AGENDA")


def test_a_meeting_is_called_by_its_convenor_and_once() -> None:
    taken = meeting(*TO_AGENDA)
    taken.when(Meeting, "hold", by="zwj", at="2025-05-20", full=True).refused("MEETING_CALLED_BY_CONVENOR")
    taken.when(Meeting, "hold", by="slj", at="2025-05-20", full=True).forbidden()
    taken.when(Meeting, "hold", by="zhb", at="2025-05-20", full=True)
    taken.when(Meeting, "hold", by="zhb", at="2025-05-21", full=True).refused("MEETING_ALREADY_HELD")
    for name, said in (("submit_agenda_item", SIGNED), ("approve_agenda", {"included": ()})):
        taken.when(Meeting, name, by="zhb", at="2025-05-21", **said).refused("STEP_NOT_ALLOWED_IN_STATE")


def test_what_is_not_agreed_is_recorded_with_every_opinion() -> None:
    meeting(*TO_AGENDA, HOLD, DEFER).then(
        ResolutionDeferred(matter="LX-1", item="I1", urgent=False, parties=("slj", "zjj"), opinions=OPINIONS)
    )
    taken = meeting(*TO_AGENDA, HOLD)
    for changed in ({"opinions": None}, {"opinions": OPINIONS[:1]}, {"parties": ("slj",)}, {"parties": ()}):
        taken.when(Meeting, DEFER[0], by="zhb", at="2025-05-20", **{**DEFER[2], **changed}).refused("OPINIONS_REQUIRED")
    unknown = {**DEFER[2], "item": "I9"}
    taken.when(Meeting, DEFER[0], by="zhb", at="2025-05-20", **unknown).refused("ITEM_NOT_ON_AGENDA")
    taken.when(Meeting, DEFER[0], by="slj", at="2025-05-20", **DEFER[2]).forbidden()
    taken.when(Meeting, DEFER[0], by="zwj", at="2025-05-20", **DEFER[2])
    taken.when(Meeting, DEFER[0], by="zwj", at="2025-05-20", **DEFER[2]).refused("ITEM_ALREADY_DEFERRED")
    meeting(*TO_AGENDA).when(Meeting, DEFER[0], by="zhb", at="2025-05-20", **DEFER[2]).refused("MEETING_NOT_HELD")


def test_what_is_urgent_goes_to_the_committee_with_all_opinions() -> None:
    taken = meeting(*TO_AGENDA, HOLD, URGENT)
    for some in (None, (), ("slj",)):
        taken.when(Meeting, "escalate", by="zwj", at="2025-05-20", item="I1", opinions=some).refused(
            "ALL_OPINIONS_REQUIRED"
        )
    taken.when(Meeting, "escalate", by="zhb", at="2025-05-20", item="I1", opinions=("slj", "zjj")).forbidden()
    taken.when(Meeting, "escalate", by="zwj", at="2025-05-20", item="I1", opinions=("slj", "zjj")).then(
        EscalatedToCommittee(matter="LX-1", item="I1", opinions=("slj", "zjj"))
    )
    taken.when(Meeting, "escalate", by="zwj", at="2025-05-21", item="I1", opinions=("slj", "zjj")).refused(
        "ITEM_NOT_URGENT"
    )


def test_what_is_not_urgent_waits_for_the_next_meeting_which_finds_it_on_its_table() -> None:
    taken = meeting(*TO_AGENDA, HOLD, DEFER)
    taken.when(Meeting, "escalate", by="zwj", at="2025-05-20", item="I1", opinions=("slj", "zjj")).refused(
        "ITEM_NOT_URGENT"
    )
    taken.when(Meeting, *("issue_minutes",), by="zwj", at="2025-05-21", resolutions=())
    taken.when(Meeting, "prepare", by="zwj", at="2025-10-08", number="LX-2", kind=Kind.FULL)
    taken.then(
        MeetingPrepared(
            **opening("LX-2", file_no="LX-1"),
            office="zwj",
            kind=Kind.FULL,
            carried=(AgendaItem("I1", "围标线索", "slj"),),
        )
    )
    taken.when(Meeting, "compile_agenda", by="zwj", at="2025-10-09", items=("I1",)).then_topics(
        "meeting.agenda-compiled"
    )
    taken.when(Meeting, "prepare", by="zwj", at="2025-12-08", number="LX-3", kind=Kind.FULL)
    assert taken.new[0].event.carried == ()  # type: ignore[attr-defined]


def test_what_was_urgent_is_not_carried_over() -> None:
    taken = meeting(*TO_AGENDA, HOLD, URGENT)
    taken.when(Meeting, "prepare", by="zwj", at="2025-10-08", number="LX-2", kind=Kind.FULL)
    assert taken.new[0].event.carried == ()  # type: ignore[attr-defined]


def test_the_minutes_end_the_meeting_and_open_a_task_for_each_resolution_in_the_same_breath() -> None:
    taken = meeting(*TO_AGENDA, HOLD, MINUTES)
    taken.then_topics("meeting.minutes-issued", "task.assigned", "task.assigned")
    issued = taken.new[0].event
    assert issued == MinutesIssued(matter="LX-1", resolutions=(R1, R2), set_by="zhb")
    assert {entry.causation for entry in taken.new[1:]} == {taken.new[0].event_id}
    held = {name: taken.holder(name) for name in ("LX-1", "R1", "R2")}
    assert held == {"LX-1": None, "R1": "zjj", "R2": "czj"}
    (clock,) = taken.clocks("TASK-DUE")
    assert (clock.matter, clock.party, clock.anchor.date()) == ("R1", "zjj", date(2025, 5, 12))
    numbers = {case.number: case for case in taken.file.cases.values() if isinstance(case, Task)}
    assert list(numbers) == ["LX-1-RW1", "LX-1-RW2"]
    first, second = numbers.values()
    assert (first.title, first.authority, first.source, first.cooperating) == ("整改", "zhb", "LX-1", ("slj",))
    assert (second.leads, second.long_term) == (("czj", "fgj"), True)


@pytest.mark.parametrize(
    ("resolutions", "code"),
    [
        ((R1, R1), "RESOLUTION_TAKEN"),
        ((Resolution("LX-1", "zjj"),), "RESOLUTION_TAKEN"),
        ((Resolution(" ", "zjj"),), "RESOLUTION_TAKEN"),
        ((Resolution("R1", "nobody"),), "TASK_LEAD_UNKNOWN"),
        ((Resolution("R1", "zjj", date(2025, 9, 30), long_term=True),), "TASK_DATE_OR_LONG_TERM"),
    ],
)
def test_a_task_that_cannot_be_given_keeps_the_minutes_from_being_issued(resolutions: Any, code: str) -> None:
    taken = meeting(*TO_AGENDA, HOLD)
    taken.when(Meeting, "issue_minutes", by="zwj", at="2025-05-20", resolutions=resolutions).refused(code)


def test_minutes_are_of_a_meeting_that_was_held_and_by_its_office() -> None:
    meeting(*TO_AGENDA).when(Meeting, "issue_minutes", by="zwj", at="2025-05-20", resolutions=()).refused(
        "MEETING_NOT_HELD"
    )
    meeting(*TO_AGENDA, HOLD).when(Meeting, "issue_minutes", by="zhb", at="2025-05-20", resolutions=()).forbidden()
    meeting(*TO_AGENDA, HOLD).when(Meeting, "make_work_proposals", by="zwj", at="2025-05-20", proposals=("x",)).refused(
        "CRIME_MEETING_PROPOSES"
    )


def test_the_office_circulates_what_became_of_the_resolutions() -> None:
    taken = meeting(*TO_AGENDA, HOLD, MINUTES)
    assert taken.clock("XE-TIMELY-RESOLUTIONS").state == State.RUNNING  # type: ignore[union-attr]
    taken.when(Meeting, "circulate_status", by="zwj", at="2025-10-09", overdue=("R1",), to=("zjj", "slj")).then(
        ResolutionStatusCirculated(matter="LX-1", overdue=("R1",), to=("zjj", "slj"))
    )
    assert taken.clock("XE-TIMELY-RESOLUTIONS").state == State.MET  # type: ignore[union-attr]
    taken.when(Meeting, "circulate_status", by="zwj", at="2025-10-10", overdue=("R9",)).refused("RESOLUTION_UNKNOWN")
    taken.when(Meeting, "circulate_status", by="zjj", at="2025-10-10").forbidden()
    meeting(*TO_AGENDA, HOLD).when(Meeting, "circulate_status", by="zwj", at="2025-05-20").refused("MINUTES_NOT_ISSUED")
