"""Comparisons over HTTP: a case at two moments, and what was known of an instant beside what is said of it today, with causes."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from domain.kernel import file_id
from tests.http.client import path_of
from tests.http.conftest import County
from tests.http.fake_lists import FakeLists
from tests.http.test_as_of import at, opened
from tests.http.test_lists import lists as lists

THEN = "2025-01-10T12:00:00+08:00"


@pytest.fixture
def told_late(county: County, number: str) -> str:
    """A complaint received on the 2nd; not competent on the 6th, which was recorded on the 13th only."""
    client = county.client("zjj")
    opened(client, number, at("2025-01-02T09:00:00"))
    path = f"/api/v1/complaint/{quote(number)}/determine-not-competent"
    body = {"competent": "slj", "transfer_required": True}
    assert client.post(path, body, at("2025-01-06T10:00:00", "2025-01-13T15:00:00")).status == 200
    return number


def ask(county: County, number: str, what: str, **query: Any) -> Any:
    answer = county.client("zwj").get(f"{path_of(number)}/{what}", **query)
    assert answer.status == 200, answer.raw
    return answer.json


def test_two_versions_of_a_case_are_compared(county: County, told_late: str) -> None:
    found = ask(county, told_late, "changes", **{"from": "1", "to": "2"})
    assert (found["from"]["version"], found["to"]["version"]) == (1, 2)
    assert [each["type"] for each in found["events"]] == ["complaint.not-competent"]
    changed = {each["path"]: (each["from"], each["to"]) for each in found["changes"]}
    assert changed["version"] == (1, 2)
    assert any(path.startswith("clocks[XE-RDN3") for path in changed)


def test_two_instants_and_now_are_compared_on_either_basis(county: County, told_late: str) -> None:
    known = ask(county, told_late, "changes", **{"from": THEN, "to": "now"})
    assert [each["version"] for each in known["events"]] == [2]
    recomputed = ask(county, told_late, "changes", **{"from": THEN, "basis": "recomputed"})
    assert recomputed["events"] == []
    same = ask(county, told_late, "changes", **{"from": "now"})
    assert (same["events"], same["events_gone"], same["changes"]) == ([], [], [])


@pytest.mark.parametrize("moment", ["0", "yesterday", "-1", "2025-01-10T12:00:00", "1" * 12])
def test_what_is_no_moment_is_refused(county: County, told_late: str, moment: str) -> None:
    answer = county.client("zwj").get(f"{path_of(told_late)}/changes", **{"from": moment})
    assert (answer.status, answer.problem, list(answer.json["errors"])) == (422, "invalid", ["from"])


def test_why_today_says_otherwise_is_told_with_the_event(county: County, told_late: str) -> None:
    found = ask(county, told_late, "differences", as_of=THEN)
    assert (found["known"]["version"], found["recomputed"]["version"]) == (1, 2)
    clocks = {each["clock"]["rule"]: each for each in found["items"] if each["about"] == "clock"}
    (cause,) = clocks["XE-REF5"]["causes"]
    assert (cause["kind"], cause["alone"], cause["needed"]) == ("late-recording", True, True)
    assert [(each["type"], each["recorded_at"]) for each in cause["events"]] == [
        ("complaint.not-competent", "2025-01-13T15:00:00+08:00")
    ]
    assert clocks["XE-REF5"]["known"] is None
    assert clocks["XE-REF5"]["recomputed"]["state"] == "breached_open"


def test_control_where_nothing_was_learned_later_nothing_differs(county: County, told_late: str) -> None:
    assert ask(county, told_late, "differences")["items"] == []
    assert ask(county, told_late, "differences", as_of="2025-01-14T12:00:00+08:00")["items"] == []


def test_before_there_was_a_case_there_is_nothing_to_compare(county: County, told_late: str) -> None:
    for what in ("differences?as_of=2025-01-01T00:00:00Z", "changes?from=2025-01-01T00:00:00Z"):
        assert county.client("zwj").send("GET", f"{path_of(told_late)}/{what}").status == 404


def test_who_did_what_is_asked_of_the_lists_with_days_as_instants(county: County, lists: FakeLists) -> None:
    answer = county.client("zwj").get(
        "/api/v1/history",
        **{"from": "2025-01-02", "to": "2025-01-03", "time": "occurred", "officer": "li", "file_no": "F-1"},
    )
    assert (answer.status, answer.json["from"], answer.json["time"]) == (200, "2025-01-02", "occurred")
    name, filters, by = lists.asked
    assert (name, by, filters["officer"], filters["file"]) == ("history", "occurred", "li", file_id("F-1"))
    assert (str(filters["begin"]), str(filters["end"])) == ("2025-01-02 00:00:00+08:00", "2025-01-04 00:00:00+08:00")


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({"from": "2025-01-02"}, "to"),
        ({"from": "2025-01-02", "to": "2025-01-01"}, "to"),
        ({"from": "2015-01-02", "to": "2025-01-01"}, "to"),
        ({"from": "2025-01-02", "to": "2025-01-03", "time": "known"}, "time"),
    ],
)
def test_a_search_needs_days_in_order_and_not_too_many(county: County, query: dict[str, str], wrong: str) -> None:
    answer = county.client("zwj").get("/api/v1/history", **query)
    assert (answer.status, list(answer.json["errors"])) == (422, [wrong])


def test_a_further_page_of_the_compared_list_says_the_same_instant(county: County, lists: FakeLists) -> None:
    lists.rows = [{"id": str(n), "file_id": file_id(f"none-{n}")} for n in range(3)]
    client, path = county.client("zwj"), "/api/v1/overdue/differences"
    page = client.get(path, limit="2", as_of=THEN)
    assert (page.status, page.json["items"], page.json["as_of"]) == (200, [], THEN)
    assert lists.asked[0] == "overdue_apart"
    following = client.get(path, limit="2", as_of=THEN, cursor=page.json["next"])
    assert (following.status, following.json["next"]) == (200, None)
    assert client.get(path, limit="2", cursor=page.json["next"]).status == 422
    assert client.get(path, limit="2", as_of="2025-01-11T12:00:00Z", cursor=page.json["next"]).problem == "bad-cursor"


def test_a_case_that_was_recorded_late_was_not_there_then_and_is_today(county: County, number: str) -> None:
    opened(county.client("zjj"), number, at("2025-01-02T09:00:00", "2025-01-13T15:00:00"))
    found = ask(county, number, "differences", as_of=THEN)
    assert (found["known"], found["recomputed"]) == (None, {"state": "received", "version": 1})
    state = next(each for each in found["items"] if each["about"] == "state")
    assert (state["known"], state["recomputed"]) == (None, {"state": "received"})
    assert {each["about"] for each in found["items"]} == {"state", "custody", "clock"}
    assert {cause["kind"] for each in found["items"] for cause in each["causes"]} == {"late-recording"}


def test_the_jurisdictions_own_case_is_compared_like_any_other(county: County) -> None:
    assert ask(county, "jurisdiction", "differences")["items"] == []
    assert ask(county, "jurisdiction", "changes", **{"from": "1"})["changes"]
