"""Replay over HTTP: what was true on a day, what the ledger knew on a day, and how a case stood at a version."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import quote

import pytest

from tests.http.client import Answer, Client, path_of
from tests.http.conftest import County


def at(business: str, recording: str | None = None) -> dict[str, str]:
    """Headers that set the clocks of a rehearsal."""
    times = {"Anjuan-Business-Time": f"{business}+08:00"}
    return {**times, "Anjuan-Recording-Time": f"{recording}+08:00"} if recording else times


def opened(client: Client, number: str, headers: dict[str, str]) -> Answer:
    body = {"number": number, "subject": "bidding", "complainant": "某公司", "objection_needed": False}
    answer = client.post("/api/v1/complaint", body, headers)
    assert answer.status == 201, answer.raw
    return answer


@pytest.fixture
def told_late(county: County, number: str) -> str:
    """A complaint received on the 2nd; not competent on the 6th, which was recorded on the 13th only."""
    client = county.client("zjj")
    opened(client, number, at("2025-01-02T09:00:00"))
    path = f"/api/v1/complaint/{quote(number)}/determine-not-competent"
    body = {"competent": "slj", "transfer_required": True}
    late = client.post(path, body, at("2025-01-06T10:00:00", "2025-01-13T15:00:00"))
    assert late.status == 200, late.raw
    return number


def clock(state: Any, rule: str) -> Any:
    return next((each for each in state["clocks"] if each["rule"] == rule), None)


def read(county: County, number: str, **query: Any) -> Any:
    answer = county.client("zwj").get(path_of(number), **query)
    assert answer.status == 200, answer.raw
    return answer.json


def test_what_the_ledger_knew_is_not_what_had_happened(county: County, told_late: str) -> None:
    day = "2025-01-10T12:00:00+08:00"
    known = read(county, told_late, as_of=day)
    recomputed = read(county, told_late, as_of=day, basis="recomputed")
    assert (known["version"], clock(known, "XE-REF5")) == (1, None)
    assert (recomputed["version"], clock(recomputed, "XE-REF5")["state"]) == (2, "breached_open")
    assert (known["basis"], recomputed["basis"]) == ("known", "recomputed")
    assert known["as_of"] == "2025-01-10T12:00:00+08:00"


def test_a_clock_is_judged_at_the_instant_asked_about(county: County, told_late: str) -> None:
    before = clock(read(county, told_late, as_of="2025-01-09T23:59:00+08:00", basis="recomputed"), "XE-REF5")
    after = clock(read(county, told_late, as_of="2025-01-10T00:00:00+08:00", basis="recomputed"), "XE-REF5")
    assert (before["start"], before["due"], before["state"]) == ("2025-01-02", "2025-01-09", "running")
    assert (after["state"], after["late_by"]) == ("breached_open", {"calendar_days": 1, "working_days": 1})
    assert after["citation"]["instrument"]


def test_before_it_was_recorded_there_was_no_case(county: County, told_late: str) -> None:
    answer = county.client("zwj").get(path_of(told_late), as_of="2025-01-01T00:00:00+08:00")
    assert (answer.status, answer.problem) == (404, "not-found")
    assert county.client("zwj").get(f"/api/v1/files/{quote(told_late)}", as_of="2025-01-01T00:00:00Z").status == 404


def test_a_plus_sign_that_was_not_escaped_is_understood(county: County, told_late: str) -> None:
    answer = county.client("zwj").send("GET", f"{path_of(told_late)}?as_of=2025-01-10T12:00:00+08:00")
    assert answer.json["as_of"] == "2025-01-10T12:00:00+08:00"


def test_an_earlier_version_is_shown_as_it_stood(county: County, told_late: str) -> None:
    first = read(county, told_late, version=1)
    assert (first["version"], first["state"], first["final"]) == (1, "received", True)
    events = county.client("zwj").get(f"{path_of(told_late)}/events", version=1).json
    assert [each["version"] for each in events["items"]] == [1]


def test_a_late_recording_is_flagged_with_its_lag(county: County, told_late: str) -> None:
    events = county.client("zwj").get(f"{path_of(told_late)}/events").json["items"]
    assert [(each["late_recorded"], each["recording_lag_calendar_days"]) for each in events] == [(False, 0), (True, 7)]
    assert events[1]["occurred_at"] == "2025-01-06T10:00:00+08:00"
    assert events[1]["recorded_at"] == "2025-01-13T15:00:00+08:00"


def test_a_recording_one_working_day_later_over_a_holiday_is_not_late(county: County, number: str) -> None:
    opened(county.client("zjj"), number, at("2025-01-27T16:00:00", "2025-02-05T09:00:00"))
    event = county.client("zjj").get(f"{path_of(number)}/events").json["items"][0]
    assert (event["late_recorded"], event["recording_lag_calendar_days"]) == (False, 9)


def test_an_answer_about_the_present_is_never_final(county: County, told_late: str) -> None:
    assert read(county, told_late)["final"] is False
    assert read(county, told_late)["as_of"] is None
    assert read(county, told_late, as_of="2025-01-10T12:00:00Z", basis="recomputed")["final"] is False
    assert read(county, told_late, as_of="2100-01-10T12:00:00Z")["final"] is False


def test_an_answer_is_final_once_the_log_has_passed_the_instant(county: County, told_late: str) -> None:
    place = county.wiring.place(county.name)
    early = "2025-01-10T12:00:00Z"
    assert read(county, told_late, as_of=early)["final"] is False
    deadline = time.monotonic() + 30
    while place.log.unsequenced() and time.monotonic() < deadline:
        county.wiring.sequence(place)
    assert read(county, told_late, as_of=early)["final"] is True
    events = county.client("zwj").get(f"{path_of(told_late)}/events").json["items"]
    assert all(isinstance(each["position"], int) for each in events)


def test_custody_shows_who_held_the_matter_since_when(county: County, told_late: str) -> None:
    custody = county.client("zwj").get(f"{path_of(told_late)}/custody").json["items"]
    assert [(each["holder"], each["since"], each["until"], each["in_transit"]) for each in custody] == [
        ("zjj", "2025-01-02T09:00:00+08:00", None, False)
    ]


def test_a_due_date_is_explained_day_by_day(county: County, told_late: str) -> None:
    clocks = county.client("zwj").get(f"{path_of(told_late)}/clocks").json["items"]
    identifier = next(each["id"] for each in clocks if each["rule"] == "XE-REF5")
    path = f"{path_of(told_late)}/clocks"
    explained = county.client("zwj").get(f"{path}/{identifier}/explanation")
    assert explained.status == 200, explained.raw
    assert [each["kind"] for each in explained.json["days"]] == [
        "start", "counted", "weekend", "weekend", "counted", "counted", "counted", "due"
    ]  # fmt: skip
    assert explained.json["days"][-1] == {"date": "2025-01-09", "weekday": "Thu", "kind": "due", "number": 5}
    assert "截止：2025-01-09" in explained.json["text"]["zh"]
    assert explained.json["citation"]["quote"]
    assert explained.json["editions"][0]["notice"]
    assert county.client("zwj").get(f"{path}/XE-REF5/explanation").json == explained.json
    assert county.client("zwj").get(f"{path}/NO-SUCH/explanation").problem == "not-found"


def test_the_file_shows_everything_together_at_any_instant(county: County, told_late: str) -> None:
    path = f"/api/v1/files/{quote(told_late)}"
    now, then = county.client("zwj").get(path).json, county.client("zwj").get(path, as_of="2025-01-10T12:00:00Z").json
    assert (now["version"], len(now["events"])) == (2, 2)
    assert (then["version"], len(then["events"])) == (1, 1)
    assert now["matters"][0]["holder"] == "zjj"
    assert {each["rule"] for each in then["clocks"]} < {each["rule"] for each in now["clocks"]}
