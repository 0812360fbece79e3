"""Lists across cases: what is asked reaches the projections, pages follow one another, a written case is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from application.permissions import OPERATOR
from application.ports import BadCursor
from tests.http.conftest import County
from tests.http.fake_lists import FakeLists

IDS = [uuid4() for _ in range(7)]
WHERE = {"number": "甲1", "file_no": "甲1", "type": "complaint"}
CASES = [
    {"id": each, **WHERE, "state": "received", "version": 1, "matter": "甲1", "holder": "zjj", "in_transit_to": None,
     "open": True, "opened_on": date(2025, 1, 2), "changed_at": datetime(2025, 1, 2, tzinfo=UTC)}
    for each in IDS
]  # fmt: skip
CLOCK = {
    "id": uuid4(), "rule": "XE-REF5", "profile": "xuanen-2020", "matter": "甲1", "case": uuid4(), **WHERE, "leg": 1,
    "party": "zjj", "start": date(2025, 1, 2), "due": date(2025, 1, 9), "state": "breached_open", "severity": "hard",
    "status": "seed", "conditional": False, "advisory": False, "provisional": False, "calendar": "enshi",
    "created_by": uuid4(), "late_by": {"calendar_days": 1, "working_days": 1},
}  # fmt: skip


@pytest.fixture
def lists(county: County) -> Iterator[FakeLists]:
    """The lists behind the server, empty again afterwards."""
    found = county.lists
    yield found
    found.rows, found.visible = [], {}


def get(county: County, path: str, **query: Any) -> Any:
    answer = county.client("zjj").get(f"/api/v1{path}", **query)
    assert answer.status == 200, answer.raw
    return answer.json


def test_pages_follow_one_another_without_gap_or_repetition(county: County, lists: FakeLists) -> None:
    lists.rows = CASES
    seen, cursor = [], {}
    while True:
        page = get(county, "/cases", limit=3, q="甲", **cursor)
        seen += [each["id"] for each in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert seen == [str(each) for each in IDS]
    assert (page["rehearsal"], page["position"]) == (True, 3)


def test_what_is_asked_of_the_register_reaches_it(county: County, lists: FakeLists) -> None:
    get(
        county,
        "/cases",
        q="甲",
        department="zjj",
        state="received",
        type="complaint",
        open="true",
        opened_from="2025-01-01",
    )
    assert lists.asked == (
        "cases",
        {"text": "甲", "department": "zjj", "state": "received", "type": "complaint", "open": True,
         "opened_from": date(2025, 1, 1)},
    )  # fmt: skip


@pytest.mark.parametrize("cursor", ["x", "AAAA", "!!!", "W10", "é", "eyJhIjoxfQ", "x" * 1999])
def test_a_cursor_that_no_page_gave_out_is_refused(county: County, lists: FakeLists, cursor: str) -> None:
    answer = county.client("zjj").get("/api/v1/cases", cursor=cursor)
    assert (answer.status, answer.problem) == (422, "bad-cursor")


def test_a_cursor_is_good_for_its_own_question_only(county: County, lists: FakeLists) -> None:
    lists.rows = CASES
    cursor = get(county, "/cases", limit=3, q="甲")["next"]
    for path, query in (("/cases", {"q": "乙"}), ("/holdings", {})):
        answer = county.client("zjj").get(f"/api/v1{path}", limit=3, cursor=cursor, **query)
        assert (answer.status, answer.problem) == (422, "bad-cursor")
    assert get(county, "/cases", limit=2, q="甲", cursor=cursor)["items"]


def test_overdue_is_asked_as_of_an_instant_and_cites_the_law(county: County, lists: FakeLists) -> None:
    lists.rows = [CLOCK]
    page = get(county, "/overdue", as_of="2025-01-10T12:00:00+08:00", basis="recomputed", severity="hard")
    assert lists.asked[0:2] == ("overdue", {"severity": "hard"})
    assert lists.asked[2:] == (datetime(2025, 1, 10, 4, tzinfo=UTC), "recomputed")
    assert (page["as_of"], page["basis"]) == ("2025-01-10T12:00:00+08:00", "recomputed")
    row = page["items"][0]
    assert (row["rule"], row["due"], row["title"]["zh"]) == ("XE-REF5", "2025-01-09", "完成移送")
    assert row["citation"]["clause"]


def test_overdue_without_an_instant_is_asked_as_of_now(county: County, lists: FakeLists) -> None:
    get(county, "/overdue")
    assert abs((lists.asked[2] - datetime.now(UTC)).total_seconds()) < 60
    assert lists.asked[3] == "known"


def test_due_counts_working_days_from_today(county: County, lists: FakeLists) -> None:
    page = get(county, "/due", within=3)
    first, last = date.fromisoformat(page["first"]), date.fromisoformat(page["last"])
    assert county.wiring.place(county.name).ledger.calendars()["enshi"].workdays(first, last) == 3
    assert lists.asked == ("due", {}, first, last)
    assert get(county, "/due", within=0)["last"] == page["first"]


def test_statistics_are_asked_by_department_rule_or_month(county: County, lists: FakeLists) -> None:
    lists.rows = [
        {
            "key": "zjj",
            "met": 3,
            "late": 1,
            "open": 2,
            "open_late": 0,
            "on_time_of_closed": 0.75,
            "on_time_of_due": None,
        }
    ]
    page = get(county, "/statistics", **{"from": "2025-01-01", "to": "2025-12-31", "by": "rule"})
    assert lists.asked == ("statistics", date(2025, 1, 1), date(2025, 12, 31), "rule")
    assert (page["from"], page["by"], page["items"][0]["met"]) == ("2025-01-01", "rule", 3)


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("/cases", {"limit": 0}, "limit"),
        ("/cases", {"limit": 201}, "limit"),
        ("/cases", {"after": "x"}, "after"),
        ("/cases", {"sort": "x"}, "sort"),
        ("/overdue", {"severity": "fatal"}, "severity"),
        ("/due", {"within": -1}, "within"),
        ("/due", {"within": 9999}, "within"),
        ("/statistics", {"to": "2025-01-01"}, "from"),
        ("/statistics", {"from": "2025-02-01", "to": "2025-01-01"}, "to"),
        ("/statistics", {"from": "2025-01-01", "to": "2025-01-02", "by": "mood"}, "by"),
        ("/calendar", {"from": "2025-01-01", "to": "2035-01-01"}, "to"),
        ("/calendar", {"from": "2025-01-01", "to": "2025-01-02", "jurisdiction": "atlantis"}, "jurisdiction"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(county: County, path: str, query: Any, field: str) -> None:
    answer = county.client("zjj").get(f"/api/v1{path}", **query)
    assert (answer.status, list(answer.json["errors"])) == (422, [field]), answer.raw


def test_a_list_waits_for_the_write_of_its_caller(county: County, lists: FakeLists) -> None:
    seen, unseen = uuid4(), uuid4()
    lists.visible = {seen: True, unseen: False}
    assert get(county, "/holdings", after=seen)["items"] == []
    late = county.client("zjj").get("/api/v1/holdings", after=unseen)
    assert (late.status, late.problem, late.headers["Retry-After"]) == (503, "not-yet-visible", "1")
    unknown = county.client("zjj").get("/api/v1/holdings", after=uuid4())
    assert (unknown.status, unknown.problem) == (422, "unknown-token")


def test_the_rules_are_shown_with_their_sentence(county: County) -> None:
    rules = get(county, "/rules")["items"]
    assert {"xuanen-2020", "national"} <= {each["profile"] for each in rules}
    rule = get(county, "/rules/XE-REF5")["items"][0]
    assert rule["within"] == {
        "amount": 5, "unit": "working day", "text": {"zh": "5个工作日", "en": "5 working day(s)"}
    }  # fmt: skip
    assert rule["citation"]["quote"]
    assert rule["in_force_here"] is True
    assert all(not each["enforced"] and each["why_not"] for each in get(county, "/rules", enforced="false")["items"])


def test_the_calendar_says_which_days_count_and_why(county: County) -> None:
    shown = get(county, "/calendar", **{"from": "2025-01-25", "to": "2025-01-28"})
    assert [(each["weekday"], each["kind"]) for each in shown["items"]] == [
        ("Sat", "weekend"), ("Sun", "make-up"), ("Mon", "workday"), ("Tue", "holiday")
    ]  # fmt: skip
    assert (shown["calendar"], shown["editions"][0]["calendar"]) == ("enshi", "national")
    assert shown["unread"] == []
    assert get(county, "/calendar", **{"from": "2024-01-25", "to": "2024-01-25"})["unread"] == [
        {"calendar": "enshi", "year": 2024}
    ]
    assert get(county, "/calendar", **{"from": "2040-01-25", "to": "2040-01-25"})["items"][0]["provisional"] is True


def test_a_fake_refuses_a_cursor_beyond_its_end() -> None:
    with pytest.raises(BadCursor):
        FakeLists().holdings(OPERATOR, {}, (9,), 5)


def test_who_is_under_punishment_is_asked_for_a_day(county: County, lists: FakeLists) -> None:
    lists.rows = [
        {"subject": "某公司", "uscc": None, "case": uuid4(), "number": "CF-1", "memo": None, "measures": [{"measure": "a"}],
         "effective": date(2025, 1, 2), "until": None, "must_be_lifted": False}
    ]  # fmt: skip
    shown = get(county, "/under-punishment", on="2025-02-01")
    assert lists.asked == ("under_punishment", date(2025, 2, 1))
    assert (shown["on"], shown["items"][0]["subject"]) == ("2025-02-01", "某公司")


def test_what_was_known_of_a_clock_is_shown_beside_what_is_known(county: County, lists: FakeLists, number: str) -> None:
    county.client("zjj").open_complaint(number)
    clock = get(county, f"/cases/{quote(number)}/clocks")["items"][0]
    lists.rows = [
        {"n": 1, "known_from": datetime(2025, 1, 2, tzinfo=UTC), "due_on": date(2025, 1, 9), "due_at": None,
         "provisional": True, "state": "running", "stopped_at": None, "cause": None, "edition": "national-2025"},
        {"n": 2, "known_from": datetime(2025, 1, 3, tzinfo=UTC), "due_on": None, "due_at": datetime(2025, 1, 9, tzinfo=UTC),
         "provisional": False, "state": "met", "stopped_at": datetime(2025, 1, 4, tzinfo=UTC), "cause": uuid4(),
         "edition": None},
    ]  # fmt: skip
    shown = get(county, f"/cases/{quote(number)}/clocks/{clock['id']}/judgements")
    assert [each["due"] for each in shown["items"]] == ["2025-01-09", "2025-01-09T08:00:00+08:00"]
    assert shown["clock"]["id"] == clock["id"]
    none = county.client("zjj").get(f"/api/v1/cases/{quote(number)}/clocks/{uuid4()}/judgements")
    assert none.problem == "not-found"
