"""Scenarios of meetings and tasks: a wrong expectation is seen, and what a file does not tell is prepared, not invented."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scenarios.conftest import Play

DATA = Path(__file__).parent / "data"


def steps_of(name: str) -> dict[str, Any]:
    """A scenario file as data."""
    return dict(yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8")))


def written(folder: Path, told: dict[str, Any]) -> Path:
    """A scenario beside the common file."""
    shutil.copy(DATA / "common.yaml", folder)
    path = folder / "told.yaml"
    path.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def another_lead_answers(steps: list[dict[str, Any]]) -> None:
    steps[1]["expect"]["clocks"][1]["party"] = "dl_zjj"


def born_in_time(steps: list[dict[str, Any]]) -> None:
    steps[0]["expect"]["born_overdue"] = False


def late_only_once_verified(steps: list[dict[str, Any]]) -> None:
    steps[7]["expect"]["clocks"][1]["state"] = "running"


def the_rejection_stops(steps: list[dict[str, Any]]) -> None:
    steps[6]["expect"]["clocks"][1]["state"] = "met"


def the_office_keeps_the_task(steps: list[dict[str, Any]]) -> None:
    steps[11]["expect"]["holder"]["R2"] = "zwj"


def fewer_opinions_are_enough(steps: list[dict[str, Any]]) -> None:
    steps[9]["expect"]["result"] = "accepted"


def an_unsigned_item_is_taken(steps: list[dict[str, Any]]) -> None:
    steps[1]["expect"]["result"] = "accepted"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("plan-tasks", another_lead_answers),
        ("plan-tasks", born_in_time),
        ("plan-tasks", late_only_once_verified),
        ("plan-tasks", the_rejection_stops),
        ("joint-meeting", the_office_keeps_the_task),
        ("joint-meeting", fewer_opinions_are_enough),
        ("joint-meeting", an_unsigned_item_is_taken),
    ],
)
def test_a_wrong_expectation_is_a_mismatch(name: str, change: Any, tmp_path: Path, play: Play) -> None:
    changed = copy.deepcopy(steps_of(name))
    change(changed["scenario"]["steps"])
    assert play(written(tmp_path, changed)) != []


BARE: list[tuple[str, str, dict[str, Any]]] = [
    ("zhb", "HoldJointMeeting", {"full": True, "item": "I9"}),
    ("zhb", "RecordDisagreement", {"item": "I8", "urgent": False}),
    ("zwj", "IssueMinutes", {"R1": {"lead": "zjj", "cooperating": [], "due": "2025年底前"}}),
    ("zwj", "CirculateResolutionStatus", {"overdue": ["R1"]}),
    ("zwj", "CompileAgenda", {"items": ["I5", "I6"]}),
    ("zhb", "HoldJointMeeting", {"full": False, "item": "I7"}),
    ("zwj", "IssueMinutes", {"R2": {"lead": ["czj", "fgj"], "due": None}}),
    ("zwj", "IssueMinutes", {"R3": {"lead": "czj"}}),
    ("zwj", "IssueMinutes", {"R3": {"lead": "czj"}}),
]
"""Commands one after the other, each of which needs what was never told; the last one gives a task a second time."""


@pytest.mark.parametrize("profile", ["xuanen-2020", "ningbo-2017", "dali-2016"])
def test_what_a_file_does_not_tell_is_prepared_and_what_the_law_refuses_is_still_refused(
    profile: str, tmp_path: Path, play: Play
) -> None:
    results = ["accepted"] * (len(BARE) - 1) + ["rejected"]
    steps = [
        {"n": n, "at": f"2025-03-{n + 2:02}T10:00+08:00", "by": by, "command": command, "payload": payload,
         "expect": {"result": result}}
        for n, ((by, command, payload), result) in enumerate(zip(BARE, results, strict=True), 1)
    ]  # fmt: skip
    told = {"scenario": {"id": "bare", "profiles": [profile], "calendar": "enshi", "steps": steps}}
    assert play(written(tmp_path, told)) == []
