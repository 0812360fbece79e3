"""Every command of the vocabulary about letters and inspections works with made-up papers, with none, and is refused its way."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scenarios.conftest import Play

DATA = Path(__file__).parent / "data"
VOCABULARY = yaml.safe_load((DATA / "vocabulary.yaml").read_text(encoding="utf-8"))
OURS = {
    name: told
    for name, told in VOCABULARY["commands"].items()
    if told["case_type"] in ("assistance", "inspection")
}  # fmt: skip

Line = tuple[str, str, dict[str, Any] | None, bool]
"""By whom, which command, with which payload (None: the example of the vocabulary), and whether it is accepted."""

COMPLAINT: tuple[Line, ...] = (("zjj", "RegisterComplaint", {"case": "TS-2031-900"}, True),)
SECOND: Line = ("zjj", "IssueAssistanceLetter", {"to": "scj"}, True)
PLANNED: tuple[Line, ...] = (
    ("zjj", "ProposeJointInspection", {}, True),
    ("zjj", "ConfirmInspectionPlan", {"agreed_by": ["jtj", "nyj"]}, True),
)
BEGUN: tuple[Line, ...] = (*PLANNED, ("zjj", "DrawRandomly", {}, True), ("zjj", "StartJointInspection", {}, True))
ISSUED = (*COMPLAINT, ("zjj", "IssueAssistanceLetter", None, True))
PLAN: dict[str, Any] = OURS["ProposeJointInspection"]["payload"]["plan"]["example"]


def papers(name: str) -> dict[str, Any]:
    """The example payload of a command."""
    told = {key: each["example"] for key, each in OURS[name]["payload"].items()}
    return {"F8": "示例问题 S1"} if name == "RecordFindings" else told


STORIES: dict[str, tuple[Line, ...]] = {
    "a letter with the examples, taken in and returned": (
        *ISSUED, ("jtj", "ReceiveAssistanceLetter", None, True), ("jtj", "ReturnAssistanceLetter", None, True),
    ),
    "letters without papers, the last to each department meant": (
        *COMPLAINT, ("zjj", "IssueAssistanceLetter", {"to": "jtj"}, True), SECOND, SECOND,
        ("scj", "ReceiveAssistanceLetter", {}, True), ("scj", "ReturnAssistanceLetter", {}, True),
        ("jtj", "ReceiveAssistanceLetter", {}, True), ("jtj", "ReturnAssistanceLetter", {}, True),
        ("scj", "ReceiveAssistanceLetter", {}, True), ("scj", "ReturnAssistanceLetter", {}, True),
    ),
    "letters refused": (
        *COMPLAINT,
        *(("zjj", "IssueAssistanceLetter", {**papers("IssueAssistanceLetter"), key: None}, False)
          for key in ("case_summary", "matters_and_reasons", "evidence")),
        ("zjj", "IssueAssistanceLetter", None, True),
        ("scj", "ReceiveAssistanceLetter", {}, False),
        ("jtj", "ReturnAssistanceLetter", {}, False),
        ("jtj", "ReceiveAssistanceLetter", {}, True),
        ("jtj", "ReturnAssistanceLetter", {"reason": None}, False),
    ),
    "an inspection with the examples": (
        *((("zjj", name, None, True)) for name in OURS if OURS[name]["case_type"] == "inspection"),
    ),
    "an inspection without papers, with findings of every kind": (
        *BEGUN,
        ("zjj", "RecordFindings", {"F1 转包": "示例问题", "F2": {"text": "示例问题 S3", "found_by": "jtj"}, "F3": "示例 S2"}, True),
    ),
    "plans refused": (
        *(("zjj", "ProposeJointInspection", {"plan": {**PLAN, part: nothing}}, False)
          for part in PLAN for nothing in (None, "", False)),
        ("zjj", "ProposeJointInspection", {"plan": None}, False),
        ("zjj", "ProposeJointInspection", {"plan": dict.fromkeys(PLAN, 1), "participants": ["jtj", "nyj"]}, True),
        ("zjj", "ConfirmInspectionPlan", {"agreed_by": ["jtj"]}, False),
        ("zjj", "DrawRandomly", None, False),
        ("zjj", "StartJointInspection", {}, False),
    ),
    "draws and findings refused": (
        *PLANNED,
        ("zjj", "StartJointInspection", {}, False),
        ("zjj", "DrawRandomly", {"targets": None, "inspectors": ["检查员9"]}, False),
        ("zjj", "DrawRandomly", None, True),
        ("zjj", "DrawRandomly", None, False),
        ("zjj", "RecordFindings", {"F1": "示例"}, False),
        ("zjj", "StartJointInspection", {}, True),
        ("zjj", "RecordFindings", {}, False),
        ("zjj", "RecordFindings", {"F1": None}, False),
        ("zjj", "RecordFindings", {"F1": {"text": "示例", "found_by": "zrj"}}, False),
        ("zrj", "RecordFindings", {"F1": "示例"}, False),
    ),
}  # fmt: skip


def story(folder: Path, lines: Iterable[Line], *, contrary: bool = False) -> Path:
    """A scenario file that asks only whether each command is accepted; `contrary`: with every expectation turned round."""
    steps = []
    for n, (by, command, said, accepted) in enumerate(lines, 1):
        told = OURS.get(command, {"events": ["ComplaintReceived"]})
        event = {"event": told["events"][0]} if accepted != contrary else {}
        result = "accepted" if accepted != contrary else "rejected"
        payload = papers(command) if said is None else said
        at = f"2025-03-{2 + n:02}T09:00+08:00"
        steps.append(
            {"n": n, "at": at, "by": by, "command": command, "payload": payload, **event, "expect": {"result": result}}
        )
    shutil.copy(DATA / "common.yaml", folder)
    path = folder / "story.yaml"
    told = {"id": "story", "title": "", "profiles": ["xuanen-2020", "national"], "calendar": "enshi", "steps": steps}
    path.write_text(yaml.safe_dump({"scenario": told}, allow_unicode=True), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", STORIES)
def test_made_up_papers_are_taken_as_the_vocabulary_says(name: str, tmp_path: Path, play: Play) -> None:
    assert play(story(tmp_path, STORIES[name])) == []


@pytest.mark.parametrize("name", ["letters refused", "draws and findings refused"])
def test_the_contrary_is_a_mismatch_in_every_step(name: str, tmp_path: Path, play: Play) -> None:
    found = {each.step for each in play(story(tmp_path, STORIES[name], contrary=True))}
    assert found == set(range(1, len(STORIES[name]) + 1))


def test_every_command_and_every_refusal_of_the_vocabulary_is_walked() -> None:
    assert {line[1] for lines in STORIES.values() for line in lines} >= set(OURS)
    assert len(OURS) == 8
    refused = {line[1] for lines in STORIES.values() for line in lines if not line[3]}
    assert refused >= {name for name, told in OURS.items() if told["rejections"]}
