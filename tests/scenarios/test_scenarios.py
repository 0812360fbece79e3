"""Whole cases told as commands with dates: the product answers as expected after every step, and a wrong expectation is seen."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.scenario.files import BadScenario
from application.ledger import JURISDICTION
from domain.kernel import Entry
from tests.bundle.counting import differing
from tests.scenarios.conftest import Keeping, Play

DATA = Path(__file__).parent / "data"
SCENARIOS = sorted(path for path in DATA.glob("*.yaml") if path.stem not in ("common", "vocabulary"))


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_product_answers_as_the_scenario_expects_and_who_counts_again_finds_the_same(
    path: Path, play: Play, keeping: Keeping
) -> None:
    assert play(path) == []
    assert list(counted_otherwise(keeping.files)) == []


def counted_otherwise(files: list[list[Entry]]) -> Iterator[Any]:
    """What the program in a bundle finds otherwise: in the middle, after the last fact, and when every time limit is over."""
    (office,) = [each for each in files if each[0].case_id == JURISDICTION]
    others = [each for each in files if each is not office]
    assert others
    for entries in others:
        instants = sorted({each.known_at() for each in entries})
        for at in (instants[len(instants) // 2], instants[-1], instants[-1] + timedelta(days=400)):
            yield from differing([each for each in entries if each.known_at() <= at], office, at)


def told(name: str) -> dict[str, Any]:
    """A scenario file as data."""
    return dict(yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8")))


def written(folder: Path, changed: dict[str, Any]) -> Path:
    """A changed scenario beside the common file."""
    shutil.copy(DATA / "common.yaml", folder)
    path = folder / "changed.yaml"
    path.write_text(yaml.safe_dump(changed, allow_unicode=True), encoding="utf-8")
    return path


def change_holder(steps: list[dict[str, Any]]) -> None:
    steps[4]["expect"]["holder"] = "slj"


def change_due(steps: list[dict[str, Any]]) -> None:
    steps[1]["expect"]["clocks"][1]["due"] = "2024-05-07"


def change_state(steps: list[dict[str, Any]]) -> None:
    steps[3]["expect"]["clocks"][0]["state"] = "met"


def leave_out_a_clock(steps: list[dict[str, Any]]) -> None:
    del steps[11]["expect"]["clocks"][1]


def name_an_unknown_command(steps: list[dict[str, Any]]) -> None:
    steps[2]["command"] = "WhisperToComplainant"


def expect_a_refusal(steps: list[dict[str, Any]]) -> None:
    steps[2]["expect"]["result"] = "rejected"


def expect_another_event(steps: list[dict[str, Any]]) -> None:
    steps[8]["event"] = "ReferralReturned"


@pytest.mark.parametrize(
    "change",
    [
        change_holder,
        change_due,
        change_state,
        leave_out_a_clock,
        name_an_unknown_command,
        expect_a_refusal,
        expect_another_event,
    ],
)
def test_a_wrong_expectation_is_a_mismatch(change: Any, tmp_path: Path, play: Play) -> None:
    changed = copy.deepcopy(told("A2"))
    change(changed["scenario"]["steps"])
    assert play(written(tmp_path, changed)) != []


def test_a_wrong_end_is_a_mismatch(tmp_path: Path, play: Play) -> None:
    changed = copy.deepcopy(told("A2"))
    changed["scenario"]["final"]["counted_days"]["rdn"] = "04-26 04-28 04-30"
    changed["scenario"]["final"]["case_state"] = "handled"
    assert [each.what for each in play(written(tmp_path, changed))] == [
        "case_state",
        "counted days of rdn",
    ]


def test_what_is_no_scenario_is_refused(tmp_path: Path, play: Play) -> None:
    with pytest.raises(BadScenario):
        play(written(tmp_path, {"scenario": {"id": "X"}}))
