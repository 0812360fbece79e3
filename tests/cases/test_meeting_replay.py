"""Whatever is done in a meeting or a coordination in whatever order, the facts replayed give the same cases (重放)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from domain.cases.coordination.case import Coordination
from domain.cases.coordination.events import Above, Assignment, Subject
from domain.cases.meeting.case import Meeting
from domain.cases.meeting.events import Kind, Opinion, Resolution
from domain.kernel import Case
from tests.given import Given, given

FIRST = date(2025, 3, 3)
BY = ["zwj", "zwj", "zhb", "zhb", "slj"]
OPINIONS = (Opinion("slj", "x"), Opinion("zjj", "y"))
DEFERRING: dict[str, Any] = {"item": "I1", "parties": ("slj", "zjj"), "opinions": OPINIONS}
MEETING: dict[str, list[dict[str, Any]]] = {
    "approve_proposal": [{}],
    "decline_proposal": [{"reason": "x"}, {"reason": None}],
    "submit_agenda_item": [{"signed_by_main_leader": True}, {"signed_by_main_leader": False}],
    "compile_agenda": [{"items": ("I1",)}, {"items": ("I1", "I2")}],
    "approve_agenda": [{"included": ("I1",), "consulted": ("slj",)}, {"included": ("I1",), "excluded": ("I2",)}],
    "hold": [
        {"full": True, "items": ("I1",)},
        {"full": False},
        {"full": False, "attended": ("slj", "gaj"), "heads": ("x",)},
    ],
    "record_disagreement": [DEFERRING, {**DEFERRING, "urgent": True}],
    "escalate": [{"item": "I1", "opinions": ("slj", "zjj")}, {"item": "I1", "opinions": None}],
    "issue_minutes": [
        {"resolutions": (Resolution("R1", "zjj", date(2025, 9, 30)),), "agreed_by": ("slj", "gaj"), "copied_to": "x"},
        {"resolutions": ()},
    ],
    "make_work_proposals": [{"proposals": ("x",)}],
    "circulate_status": [{}, {"overdue": ("R1",)}],
}
LIKELY = ["submit_agenda_item", "compile_agenda", "approve_agenda", "hold", "record_disagreement", "issue_minutes"]
COORDINATION: dict[str, list[dict[str, Any]]] = {
    "form_group": [{"service": "jyzx", "departments": ("zjj",)}, {"service": None, "departments": ("zjj",)}],
    "hold": [{"convenor": "x", "attended": ("zjj",)}],
    "settle": [{"outcome": "x"}],
    "assign_tasks": [{"tasks": (Assignment("X1", "zjj"),)}],
    "escalate": [{"to": Above.COMMITTEE, "item": "x"}],
}


def paths(steps: dict[str, list[dict[str, Any]]]) -> st.SearchStrategy[list[tuple[str, str, dict[str, Any]]]]:
    return st.lists(
        st.sampled_from(sorted(steps)).flatmap(
            lambda name: st.tuples(st.just(name), st.sampled_from(BY), st.sampled_from(steps[name]))
        ),
        min_size=6,
        max_size=18,
    )


def known(case: Case) -> dict[str, Any]:
    return {name: value for name, value in vars(case).items() if name != "recorded"}


def follow(file: Given, case_type: type[Case], path: list[tuple[str, str, dict[str, Any]]]) -> None:
    """Take the steps one a day; after each the facts alone give every case of the file."""
    for day, (name, by, arguments) in enumerate(path, 1):
        facts = len(file.file.entries)
        file.when(case_type, name, by=by, at=(FIRST + timedelta(days=day)).isoformat(), **arguments)
        if file.refusal or file.denied:
            assert len(file.file.entries) == facts
            for identifier in [key for key, case in file.file.cases.items() if not case.version]:
                del file.file.cases[identifier]  # what a refused command opened is gone with its file
        for case in file.file.cases.values():
            fresh = type(case)()
            for entry in file.file.entries:
                if entry.case_id == case.id:
                    fresh.replay(entry)
            assert known(fresh) == known(case)
        assert all((matter.holder is not None) == matter.open for matter in file.file.matters.values())


@pytest.mark.parametrize("profiles", [("xuanen-2020",), ("ningbo-2017",), ("dali-2016",)])
@settings(max_examples=30, deadline=None)
@drawn(kind=st.sampled_from(Kind), member=st.booleans(), likely=st.integers(0, len(LIKELY)), path=paths(MEETING))
def test_every_path_of_a_meeting_replays(
    profiles: tuple[str, ...], kind: Kind, member: bool, likely: int, path: list[tuple[str, str, dict[str, Any]]]
) -> None:
    name, by = ("propose", "slj") if member else ("prepare", "zwj")
    file = given(profiles=profiles).when(
        Meeting, name, by=by, at=FIRST.isoformat(), number="LX-1", kind=kind, purpose="x"
    )
    begun = [
        (each, "zhb" if each in ("approve_agenda", "hold") else "zwj", MEETING[each][0]) for each in LIKELY[:likely]
    ]
    follow(file, Meeting, [*begun, *path])


@settings(max_examples=40, deadline=None)
@drawn(subject=st.sampled_from(Subject), path=paths(COORDINATION))
def test_every_path_of_a_coordination_replays(subject: Subject, path: list[tuple[str, str, dict[str, Any]]]) -> None:
    file = given(profiles=("ningbo-2017",)).when(
        Coordination, "propose", by="zjj", at=FIRST.isoformat(), number="XT-1", subject=subject, question="x"
    )
    follow(file, Coordination, path)
