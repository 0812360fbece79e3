"""What happens in one case opens others in the same file and transaction, or nothing of it happens (开立)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from application.decide import Decision, next_number
from application.flows import OPENINGS, Opening, opened_by
from domain.cases import CASES, EVENTS
from domain.cases.meeting.case import Meeting
from domain.cases.meeting.events import Kind, Resolution
from domain.cases.task.case import Task
from domain.file import File
from domain.kernel import Actor, Entry, case_id
from tests.given import Given, given, instant

RESOLUTIONS = tuple(Resolution(f"R{n}", "zjj", date(2025, 9, 30)) for n in (1, 2, 3))


def held() -> Given:
    """A meeting that was held."""
    taken = given().when(Meeting, "prepare", by="zwj", at="2025-05-06", number="LX-1", kind=Kind.FULL)
    return taken.when(Meeting, "hold", by="zhb", at="2025-05-08", full=True)


def test_every_opening_names_an_event_and_a_step_that_opens() -> None:
    for opening in OPENINGS:
        assert opening.when in EVENTS
        assert CASES[opening.case_type].STEPS[opening.step].opens


def test_an_entry_opens_what_its_row_says_and_another_nothing() -> None:
    file = held().file
    entry = file.entries[-1]

    def twice(told: Entry, about: File) -> Iterator[Mapping[str, Any]]:
        yield {"matter": told.event.TOPIC}
        yield {"matter": about.number}

    rows = (Opening("meeting.held", "task", "assign", twice), Opening("meeting.prepared", "task", "assign", twice))
    assert list(opened_by(entry, file, rows)) == [
        ("task", "assign", {"matter": "meeting.held"}),
        ("task", "assign", {"matter": "LX-1"}),
    ]
    assert list(opened_by(entry, file)) == []


def test_the_cases_have_the_next_numbers_of_the_file_that_are_free_everywhere() -> None:
    file = held().file
    assert next_number(file, Task) == "LX-1-RW1"
    taken = {case_id("LX-1-RW1"), case_id("LX-1-RW2")}
    assert next_number(file, Task, taken.__contains__) == "LX-1-RW3"


def decision(file: File, **more: Any) -> Decision:
    """A decision of the office on a file."""
    ids = (UUID(int=n) for n in itertools.count(1))
    return Decision(
        file=file, actor=Actor("zwj"), at=instant("2025-05-09"), new_id=lambda: next(ids), reserved=lambda fact: (None, 0), **more
    )  # fmt: skip


def test_a_number_that_another_file_took_is_passed_over() -> None:
    file = held().file
    decided = decision(file, taken=lambda identifier: identifier == case_id("LX-1-RW2"))
    decided.act(file.cases[case_id("LX-1")], "issue_minutes", {"resolutions": RESOLUTIONS})
    opened = [entry.event.number for entry in decided.entries if entry.topic == "task.assigned"]  # type: ignore[attr-defined]
    assert opened == ["LX-1-RW1", "LX-1-RW3", "LX-1-RW4"]
    assert [entry.file_version for entry in decided.entries] == list(range(3, 7))


def test_one_task_that_is_refused_refuses_the_minutes() -> None:
    taken = held().when(
        Meeting, "issue_minutes", by="zwj", at="2025-05-09", resolutions=(*RESOLUTIONS, Resolution("R4", "nobody"))
    )
    taken.refused("TASK_LEAD_UNKNOWN")
    assert taken.new == ()


def test_what_opens_without_end_is_stopped() -> None:
    def another(told: Entry, about: File) -> Iterator[Mapping[str, Any]]:
        given_already = sum(entry.topic == "task.assigned" for entry in about.entries)
        yield {
            "matter": f"X{given_already}",
            "title": "x",
            "leads": ("zjj",),
            "issued": date(2025, 5, 9),
            "source": "x",
        }

    endless = tuple(Opening(topic, "task", "assign", another) for topic in ("meeting.minutes-issued", "task.assigned"))
    file = held().file
    with pytest.raises(RecursionError, match=r"openings from task\.assigned do not end"):
        decision(file, openings=endless).act(file.cases[case_id("LX-1")], "issue_minutes", {"resolutions": ()})


def test_no_department_is_asked_whether_it_may_open_what_follows() -> None:
    taken = held().when(Meeting, "issue_minutes", by="zwj", at="2025-05-09", resolutions=RESOLUTIONS)
    taken.then_topics("meeting.minutes-issued", *["task.assigned"] * 3)
    held().when(
        Task, "assign", by="slj", at="2025-05-09", title="x", leads=("zjj",), issued=date(2025, 5, 9), source="x"
    ).forbidden()
