"""Who calls, consents and approves is what the chosen profile says: Ningbo consults, Dali's convenor consents (会议规则)."""

from __future__ import annotations

from typing import Any

import pytest

from domain.cases.meeting.case import Meeting
from domain.cases.meeting.events import Kind, MeetingProposalApproved, MeetingProposalDeclined, WorkProposalsMade
from domain.law.clock import State
from tests.given import Given, given

NINGBO, DALI, NOWHERE = ("ningbo-2017",), ("dali-2016",), ("national",)
ITEM: dict[str, Any] = {"item": "I1", "signed_by_main_leader": True}


def prepared(profiles: tuple[str, ...], kind: Kind = Kind.FULL) -> Given:
    return given(profiles=profiles).when(Meeting, "prepare", by="zwj", at="2025-05-06", number="LX-1", kind=kind)


def proposed(profiles: tuple[str, ...], kind: Kind = Kind.PART) -> Given:
    return given(profiles=profiles).when(
        Meeting, "propose", by="slj", at="2025-05-06", number="LX-1", kind=kind, purpose="串标线索"
    )


def compiled(profiles: tuple[str, ...]) -> Given:
    taken = prepared(profiles).when(Meeting, "submit_agenda_item", by="slj", at="2025-05-07", **ITEM)
    return taken.when(Meeting, "compile_agenda", by="zwj", at="2025-05-08", items=("I1",))


def test_in_ningbo_the_office_settles_the_agenda_with_the_members() -> None:
    taken = compiled(NINGBO)
    approving: dict[str, Any] = {"at": "2025-05-09", "included": ("I1",)}
    taken.when(Meeting, "approve_agenda", by="zwj", **approving).refused("AGENDA_BY_CONSULTATION")
    taken.when(Meeting, "approve_agenda", by="zhb", consulted=("slj",), **approving).refused("AGENDA_BY_CONSULTATION")
    taken.when(Meeting, "approve_agenda", by="zwj", consulted=("slj", "zjj"), **approving).then_topics(
        "meeting.agenda-approved"
    )


@pytest.mark.parametrize("profiles", [DALI, NOWHERE])
def test_where_the_text_is_silent_the_convenor_approves(profiles: tuple[str, ...]) -> None:
    approving: dict[str, Any] = {"at": "2025-05-09", "included": ("I1",), "consulted": ("slj",)}
    compiled(profiles).when(Meeting, "approve_agenda", by="zwj", **approving).refused("AGENDA_BY_CONVENOR")
    compiled(profiles).when(Meeting, "approve_agenda", by="zhb", **approving).then_topics("meeting.agenda-approved")


def test_in_ningbo_the_office_calls_the_meeting_elsewhere_the_convenor() -> None:
    prepared(NINGBO).when(Meeting, "hold", by="zwj", at="2025-05-09", full=True).then_topics("meeting.held")
    prepared(DALI).when(Meeting, "hold", by="zwj", at="2025-05-09", full=True).refused("MEETING_CALLED_BY_CONVENOR")


def test_in_dali_the_convenor_consents_to_a_meeting_that_a_member_proposes() -> None:
    taken = proposed(DALI)
    assert taken.case is not None and taken.case.state == "proposed"
    for name, by, said in (
        ("submit_agenda_item", "slj", ITEM),
        ("compile_agenda", "zwj", {"items": ("I1",)}),
        ("approve_agenda", "zhb", {"included": ()}),
        ("hold", "zhb", {"full": False}),
    ):
        taken.when(Meeting, name, by=by, at="2025-05-07", **said).refused("MEETING_CONSENT_PENDING")
    taken.when(Meeting, "approve_proposal", by="zwj", at="2025-05-07").refused("CONSENT_BY_CONVENOR")
    taken.when(Meeting, "approve_proposal", by="zhb", at="2025-05-07").then(MeetingProposalApproved(matter="LX-1"))
    taken.when(Meeting, "hold", by="zhb", at="2025-05-08", full=False).then_topics("meeting.held")


def test_a_proposal_is_declined_with_its_reason_and_is_over() -> None:
    taken = proposed(DALI)
    taken.when(Meeting, "decline_proposal", by="zhb", at="2025-05-07", reason=None).refused("MEETING_REASON_REQUIRED")
    taken.when(Meeting, "decline_proposal", by="zwj", at="2025-05-07", reason="x").refused("CONSENT_BY_CONVENOR")
    taken.when(Meeting, "decline_proposal", by="zhb", at="2025-05-07", reason="已定于下月").then(
        MeetingProposalDeclined(matter="LX-1", reason="已定于下月")
    )
    assert taken.holder() is None
    taken.when(Meeting, "hold", by="zhb", at="2025-05-08", full=False).refused("STEP_NOT_ALLOWED_IN_STATE")


def test_in_ningbo_a_proposal_is_aged_until_the_meeting_or_its_refusal() -> None:
    taken = proposed(NINGBO, Kind.CRIME)
    assert taken.clock("NB-TMP", "2030-01-01").state == State.RUNNING  # type: ignore[union-attr]
    taken.when(Meeting, "decline_proposal", by="zwj", at="2025-05-07", reason="线索不足")
    assert taken.clock("NB-TMP").state == State.MET  # type: ignore[union-attr]
    assert proposed(DALI).clocks("NB-TMP") == []


def test_a_crime_meeting_needs_the_consent_of_the_office_and_ends_in_work_proposals() -> None:
    taken = proposed(NINGBO, Kind.CRIME)
    taken.when(Meeting, "hold", by="zwj", at="2025-05-07", full=False).refused("MEETING_CONSENT_PENDING")
    taken.when(Meeting, "approve_proposal", by="zhb", at="2025-05-07").refused("CONSENT_BY_OFFICE")
    taken.when(Meeting, "approve_proposal", by="zwj", at="2025-05-07")
    attending: dict[str, Any] = {"attended": ("slj", "gaj"), "heads": ("水利局招投标科科长",)}
    for wrong in (
        {"full": True, **attending},
        {"full": False, "attended": ("slj",)},
        {"full": False, "heads": ("x",)},
    ):
        taken.when(Meeting, "hold", by="zwj", at="2025-05-08", **wrong).refused("CRIME_MEETING_IS_PARTIAL")
    taken.when(Meeting, "make_work_proposals", by="zwj", at="2025-05-08", proposals=("x",)).refused("MEETING_NOT_HELD")
    taken.when(Meeting, "hold", by="zwj", at="2025-05-08", full=False, **attending).then_topics("meeting.held")
    taken.when(Meeting, "issue_minutes", by="zwj", at="2025-05-09", resolutions=()).refused("CRIME_MEETING_PROPOSES")
    for nothing in (None, (), ("",)):
        taken.when(Meeting, "make_work_proposals", by="zwj", at="2025-05-09", proposals=nothing).refused(
            "WORK_PROPOSALS_REQUIRED"
        )
    taken.when(Meeting, "make_work_proposals", by="zwj", at="2025-05-09", proposals=("先行控制资金",)).then(
        WorkProposalsMade(matter="LX-1", proposals=("先行控制资金",))
    )
    assert taken.holder() is None
    taken.when(Meeting, "circulate_status", by="zwj", at="2025-05-10").refused("MINUTES_NOT_ISSUED")


def test_in_dali_the_minutes_are_agreed_by_who_attended_and_copied_to_the_government() -> None:
    taken = prepared(DALI).when(Meeting, "hold", by="zhb", at="2025-05-08", full=True, attended=("slj", "zjj"))
    issuing: dict[str, Any] = {"by": "zwj", "at": "2025-05-09", "resolutions": ()}
    for agreed in ((), ("slj",)):
        taken.when(Meeting, "issue_minutes", agreed_by=agreed, copied_to="州人民政府", **issuing).refused(
            "MINUTES_NOT_AGREED"
        )
    taken.when(Meeting, "issue_minutes", agreed_by=("slj", "zjj"), **issuing).refused("MINUTES_COPY_REQUIRED")
    taken.when(Meeting, "issue_minutes", agreed_by=("slj", "zjj"), copied_to="州人民政府", **issuing).then_topics(
        "meeting.minutes-issued"
    )


def test_in_ningbo_the_fulfilment_of_resolutions_is_aged_until_it_is_circulated() -> None:
    taken = prepared(NINGBO).when(Meeting, "hold", by="zwj", at="2025-05-08", full=True)
    taken.when(Meeting, "issue_minutes", by="zwj", at="2025-05-09", resolutions=())
    assert taken.clock("NB-FOL", "2030-01-01").state == State.RUNNING  # type: ignore[union-attr]
    taken.when(Meeting, "circulate_status", by="zwj", at="2025-06-09")
    assert taken.clock("NB-FOL").state == State.MET  # type: ignore[union-attr]
