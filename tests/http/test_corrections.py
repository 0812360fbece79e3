"""A wrong date or description is corrected by a new event: both stay visible, and the verdicts follow."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from tests.http.client import Answer, path_of
from tests.http.conftest import County


@pytest.fixture
def received(county: County, number: str) -> Any:
    """A complaint that the department says it received on 6 January 2025; with its first event."""
    headers = {"Anjuan-Business-Time": "2025-01-06T09:00:00+08:00"}
    body = {"number": number, "subject": "bidding", "complainant": "某公司", "project": "堤坝", "knew_on": "2025-01-02",
            "objection_needed": False}  # fmt: skip
    assert county.client("zjj").post("/api/v1/complaint", body, headers).status == 201
    return county.client("zjj").get(f"{path_of(number)}/events").json["items"][0]


def correct(county: County, number: str, by: str, **body: Any) -> Answer:
    return county.client(by).post(f"/api/v1/complaint/{quote(number)}/correct", {"reason": "笔误", **body})


def test_a_corrected_day_moves_the_clocks_and_both_events_stay(county: County, number: str, received: Any) -> None:
    before = county.client("zjj").get(f"{path_of(number)}/clocks").json["items"]
    answer = correct(county, number, "zjj", event_id=received["event_id"], occurred_at="2025-01-03T09:00:00+08:00")
    assert answer.status == 200, answer.raw
    assert answer.json["events"][0]["type"] == "case.corrected"
    after = county.client("zjj").get(f"{path_of(number)}/clocks").json["items"]
    starts = {each["rule"]: each["start"] for each in before}, {each["rule"]: each["start"] for each in after}
    assert starts[0] != starts[1]
    events = county.client("zjj").get(f"{path_of(number)}/events").json["items"]
    assert events[0]["occurred_at"] == "2025-01-06T09:00:00+08:00"
    assert events[0]["corrected_by"] == [events[1]["event_id"]]
    assert (events[1]["name"], events[1]["reason"]) == ("EventCorrected", "笔误")


def test_a_description_and_a_date_field_are_corrected(county: County, number: str, received: Any) -> None:
    values = {"project": "堤坝工程", "knew_on": "2025-01-05"}
    assert correct(county, number, "zjj", event_id=received["event_id"], values=values).status == 200
    events = county.client("zjj").get(f"{path_of(number)}/events").json["items"]
    assert events[0]["data"]["project"] == "堤坝"
    assert events[1]["data"]["values"] == values
    assert county.client("zjj").get(path_of(number)).json["version"] == 2


def test_the_office_may_correct_and_another_department_may_not(county: County, number: str, received: Any) -> None:
    asked = {"event_id": received["event_id"], "values": {"project": "x"}}
    assert correct(county, number, "slj", **asked).problem == "not-found"
    county.client("zjj").ask_for_help(number, "slj")
    assert correct(county, number, "slj", **asked).problem == "forbidden"
    assert correct(county, number, "slj", on_behalf_of="zwj", **asked).problem == "forbidden"
    assert correct(county, number, "zwj", **asked).status == 200
    assert "correct" in [x["step"] for x in county.client("zwj").get(path_of(number)).json["allowed_steps"]]
    assert county.client("slj").get(path_of(number)).json["allowed_steps"] == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"matter": "x"}, "values.matter"),
        ({"number": "x"}, "values.number"),
        ({"complainant": "x"}, "values.complainant"),
        ({"subject": "procurement"}, "values.subject"),
        ({"objection_needed": "x"}, "values.objection_needed"),
        ({"nonsense": "x"}, "values.nonsense"),
        ({"knew_on": "soon"}, "values.knew_on"),
        ({"knew_on": "0001-01-01"}, "values.knew_on"),
        ({"project": 7}, "values.project"),
        ({"project": {"a": [1]}}, "values.project"),
        ({}, "values"),
    ],
)
def test_what_decides_something_cannot_be_corrected(
    county: County, number: str, received: Any, values: Any, field: str
) -> None:
    answer = correct(county, number, "zjj", event_id=received["event_id"], values=values)
    assert (answer.status, answer.problem, list(answer.json["errors"])) == (422, "not-correctable", [field])


def test_only_an_event_of_the_case_is_corrected_and_never_a_correction(
    county: County, number: str, received: Any
) -> None:
    assert list(correct(county, number, "zjj", event_id=str(uuid4()), values={}).json["errors"]) == ["event_id"]
    correct(county, number, "zjj", event_id=received["event_id"], values={"project": "x"})
    correction = county.client("zjj").get(f"{path_of(number)}/events").json["items"][1]["event_id"]
    answer = correct(county, number, "zjj", event_id=correction, values={"project": "y"})
    assert list(answer.json["errors"]) == ["event_id"]


def test_a_correction_needs_its_reason_and_no_future(county: County, number: str, received: Any) -> None:
    path = f"/api/v1/complaint/{quote(number)}/correct"
    without = county.client("zjj").post(path, {"event_id": received["event_id"], "values": {"project": "x"}})
    assert list(without.json["errors"]) == ["reason"]
    future = correct(county, number, "zjj", event_id=received["event_id"], occurred_at="2190-01-01T00:00:00Z")
    assert list(future.json["errors"]) == ["occurred_at"]


def test_the_state_as_known_before_the_correction_is_unchanged(county: County, number: str, received: Any) -> None:
    answer = correct(county, number, "zjj", event_id=received["event_id"], occurred_at="2025-01-03T09:00:00+08:00")
    early = county.client("zjj").get(f"{path_of(number)}/clocks", as_of="2025-01-07T09:00:00+08:00").json["items"]
    late = (
        county.client("zjj")
        .get(f"{path_of(number)}/clocks", as_of="2025-01-07T09:00:00+08:00", basis="recomputed")
        .json["items"]
    )
    assert answer.status == 200
    assert {each["start"] for each in early if each["rule"] == "NA-DEC30"} <= {"2025-01-06"}
    assert [each["start"] for each in early] != [each["start"] for each in late]
