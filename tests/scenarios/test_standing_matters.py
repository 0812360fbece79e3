"""Half-years, meetings and reports stand beside what a file is about: a scenario need not name their holders, and may be wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from api.scenario.commands import COMMANDS
from api.scenario.compare import Comparison
from api.scenario.files import Scenario, Step
from api.scenario.world import STANDING, NoWay, World, about
from tests.scenarios.conftest import Play
from tests.scenarios.test_scenarios import told, written

SCENARIO = Scenario("S", "", (), "national", (), {})
NOON = datetime.fromisoformat("2025-07-02T12:00+08:00")


def step(command: str = "Query", by: str = "zwj", **payload: Any) -> Step:
    return Step(1, NOON, NOON, by, command, payload, None, {})


def file(*cases: tuple[str, str, str | None]) -> dict[str, Any]:
    """A file with a matter for each case: its type, its number, and who holds the matter."""
    return {
        "file_no": "F",
        "cases": [
            {"id": number, "number": number, "type": kind, "state": "", "matter": number} for kind, number, _ in cases
        ],
        "matters": [
            {"id": number, "case": number, "holder": holder, "in_transit_to": None, "open": holder is not None}
            for _, number, holder in cases
        ],
        "events": [],
        "clocks": [],
    }


def differs(expected: Any, *cases: tuple[str, str, str | None]) -> bool:
    return bool(list(Comparison(replace(SCENARIO, final={"holder": expected})).final(file(*cases))))


HALF, REPORT, COMPLAINT = ("cadence", "ZQ-1", "zwj"), ("reporting_duty", "BS-1", "jyzx"), ("complaint", "TS-1", "zjj")
CLOSED = ("complaint", "TS-1", None)


def test_periods_and_reports_stand() -> None:
    assert {"cadence", "reporting_duty"} <= STANDING
    assert not STANDING & {"complaint", "referral", "evidence_handover", "jurisdiction", "supervision"}


@pytest.mark.parametrize(
    ("expected", "cases", "wrong"),
    [
        (None, (HALF, REPORT), False),
        ("zwj", (HALF, REPORT), False),
        ("zjj", (HALF,), True),
        ("zjj", (HALF, COMPLAINT), False),
        ("zwj", (HALF, COMPLAINT), True),
        (None, (HALF, COMPLAINT), True),
        (None, (HALF, CLOSED), False),
        ({"TS-1": "zjj"}, (HALF, COMPLAINT), False),
        ({"TS-1": None}, (HALF, CLOSED), False),
        ({"TS-1": "zjj"}, (HALF, CLOSED), True),
        ("zjj", (COMPLAINT,), False),
        (None, (COMPLAINT,), True),
    ],
)
def test_who_holds_a_standing_matter_need_not_be_named(expected: Any, cases: tuple[Any, ...], wrong: bool) -> None:
    assert differs(expected, *cases) is wrong


def test_a_command_does_not_act_on_a_half_year_though_it_was_opened_last() -> None:
    known = file(("complaint", "TS-1", "zwj"), HALF)
    assert World(step("AcceptComplaint"), known).matter() == "TS-1"
    assert [each["id"] for each in about(known)] == ["TS-1"]
    with pytest.raises(NoWay):
        World(step("AcceptComplaint"), file(HALF)).matter()


def event(kind: str, number: str, at: str, **data: Any) -> dict[str, Any]:
    return {"type": f"reporting-duty.{kind}", "number": number, "occurred_at": at, "data": data}


def asked(*events: dict[str, Any], command: str = "SubmitOpeningLog") -> str:
    """The case that a report is taken to be for."""
    numbers = sorted({each["number"] for each in events})
    known = {**file(*(("reporting_duty", number, "jyzx") for number in numbers)), "events": list(events)}
    (call,) = COMMANDS[command](World(step(command, by="jyzx"), known))
    return str(call.case)


ONE, TWO = event("bid-opening-closed", "B-1", "2025-03-03"), event("bid-opening-closed", "B-2", "2025-03-04")


def test_a_report_is_for_the_bid_opening_that_has_waited_longest() -> None:
    sent = event("opening-log-submitted", "B-1", "2025-03-05")
    assert asked(ONE, TWO) == asked(TWO, ONE) == "B-1"
    assert asked(ONE, TWO, sent) == "B-2"
    assert asked(ONE, TWO, sent, command="SubmitExpertAssessment") == "B-1"
    assert asked(ONE, TWO, sent, event("rejected", "B-1", "2025-03-06", report="opening_log")) == "B-1"
    assert asked(ONE, TWO, event("waived", "B-1", "2025-03-05", report=None)) == "B-2"
    other = event("waived", "B-1", "2025-03-05", report="expert_assessment")
    assert asked(ONE, TWO, other) == "B-1"
    assert asked(ONE, sent) == "B-1", "which the product refuses"


def test_nothing_is_submitted_where_nothing_was_opened() -> None:
    with pytest.raises(NoWay):
        COMMANDS["SubmitQuarterList"](World(step("SubmitQuarterList"), file(COMPLAINT)))


def miss_no_meeting(steps: list[dict[str, Any]]) -> None:
    steps[-1]["expect"]["annual_plenary_2025"] = "held"


def miss_it_at_once(steps: list[dict[str, Any]]) -> None:
    steps[-1]["expect"]["as_of_2025_12_31"] = {"annual_plenary_2025": "missed (soft)"}


def be_born_overdue(steps: list[dict[str, Any]]) -> None:
    steps[-1]["expect"]["as_of_2026_01_01"]["born_overdue"] = True


def ask_what_nobody_knows(steps: list[dict[str, Any]]) -> None:
    steps[-1]["expect"]["as_of_now"]["weather"] = "fine"


def open_it_twice(steps: list[dict[str, Any]]) -> None:
    steps[2].update(event="HalfYearOpened")
    steps[2]["expect"]["result"] = "accepted"


def let_it_be_hard(steps: list[dict[str, Any]]) -> None:
    del steps[-1]["expect"]["clocks"][0]["severity"]


@pytest.mark.parametrize(
    "change", [miss_no_meeting, miss_it_at_once, be_born_overdue, ask_what_nobody_knows, open_it_twice, let_it_be_hard]
)
def test_a_wrong_expectation_of_a_period_is_a_mismatch(
    change: Callable[[list[dict[str, Any]]], None], tmp_path: Path, play: Play
) -> None:
    changed = copy.deepcopy(told("periods"))
    change(changed["scenario"]["steps"])
    assert len(play(written(tmp_path, changed))) in (1, 2)
