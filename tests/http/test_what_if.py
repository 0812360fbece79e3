"""What would have been, over HTTP: nothing is written, a wrong law is told with its line, and pages add up to the whole."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import pytest

from tests.http.client import Answer
from tests.http.conftest import County

WHAT_IF = "/api/v1/what-if"
NATIONAL = (files("domain.law") / "profiles" / "national.toml").read_text(encoding="utf-8")
STRICTER = NATIONAL.replace('amount = 3, unit = "working day"', 'amount = 2, unit = "working day"', 1)
CALENDAR = (files("domain.law") / "calendars" / "national-2025.toml").read_text(encoding="utf-8")
AT = {"Anjuan-Business-Time": "2025-03-03T09:00:00+08:00"}
ACCEPTED = {"Anjuan-Business-Time": "2025-03-06T09:00:00+08:00"}


@pytest.fixture(scope="module")
def full(make_county: Callable[[str], County]) -> County:
    """A ledger with a dozen complaints accepted on the third working day."""
    county = make_county("rehearsal")
    for _ in range(12):
        number = f"投诉〔2025〕{secrets.token_hex(3)}号"
        body = {"number": number, "subject": "bidding", "complainant": "某公司", "objection_needed": False}
        assert county.client("zjj").post("/api/v1/complaint", body, AT).status == 201
        assert county.client("zjj").post(f"/api/v1/complaint/{number_of(number)}/accept", {}, ACCEPTED).status == 200
    return county


def number_of(number: str) -> str:
    """A number as a path has it."""

    return quote(number, safe="")


def ask(county: County, **body: Any) -> Answer:
    """The answer to a supposition."""
    return county.client("zjj").post(WHAT_IF, body)


def rules(toml: str = STRICTER, name: str = "national", **more: Any) -> dict[str, Any]:
    """Rules as the body has them."""
    return {"profile": {"name": name, "toml": toml, **more}}


def everything(county: County) -> Any:
    """All that is recorded."""
    place = county.wiring.place(county.name)
    return [list(entries) for entries in place.log.whole_files()]


def test_a_stricter_rule_makes_late_what_was_in_time_and_nothing_is_written(full: County) -> None:
    before = everything(full)
    answer = ask(full, **rules(), limit=1000)
    assert answer.status == 200, answer.raw
    items = answer.json["items"]
    assert len(items) == answer.json["totals"]["changed"] == 12
    assert {(each["rule"], each["before"]["state"], each["after"]["state"]) for each in items} == {
        ("NA-ACC3", "met", "breached_late")
    }
    assert items[0]["before"]["due"] == "2025-03-06"
    assert items[0]["after"]["due"] == "2025-03-05"
    (department,) = answer.json["totals"]["departments"]
    assert (department["department"], department["after"]["late"] - department["before"]["late"]) == ("zjj", 12)
    assert everything(full) == before
    assert full.client("zjj").get(f"/api/v1/cases/{number_of(items[0]['number'])}").json["clocks"][0]["state"] == "met"


def test_the_same_rules_or_calendar_change_nothing(full: County) -> None:
    for said in (rules(NATIONAL), rules(NATIONAL, adds=True), {"calendar": {"toml": CALENDAR}}):
        answer = ask(full, **said)
        assert (answer.status, answer.json["items"], answer.json["totals"]["files"]) == (200, [], 12), answer.raw


def test_another_calendar_moves_dates(full: County) -> None:
    free = CALENDAR.replace("days_off = [", "days_off = [2025-03-04, ")
    items = ask(full, calendar={"toml": free}).json["items"]
    assert {each["why"]["code"] for each in items} == {"calendar"}
    assert "NA-ACC3" in {each["rule"] for each in items}


def test_pages_add_up_to_the_whole(full: County) -> None:
    whole = ask(full, **rules(), limit=1000).json
    items: list[Any] = []
    sums: Counter[str] = Counter()
    cursor: dict[str, str] = {}
    pages = 0
    while True:
        page = ask(full, **rules(), limit=5, **cursor).json
        items += page["items"]
        sums.update({name: page["totals"][name] for name in ("files", "clocks", "changed")})
        pages += 1
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert pages == 3
    assert items == whole["items"]
    assert sums == {name: whole["totals"][name] for name in ("files", "clocks", "changed")}
    other = ask(full, **rules(NATIONAL), **cursor)
    assert (other.status, other.problem) == (422, "bad-cursor")


def test_the_period_says_which_files_are_meant(full: County) -> None:
    assert ask(full, **rules(), to="2025-03-02").json["totals"]["files"] == 0
    assert ask(full, **rules(), **{"from": "2026-01-01"}, to="2025-03-03").json["totals"]["files"] == 12


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (rules("[[limit]]\nid = "), "national.toml:2"),
        (rules(STRICTER.replace('unit = "working day"', 'unit = "fortnight"', 1)), "'fortnight' is none of"),
        (rules(NATIONAL.replace('"complaint.accepted"', '"complaint.swallowed"', 1)), "no event 'complaint.swallowed'"),
        ({"calendar": {"toml": CALENDAR.replace("2025-10-01", "2024-10-01", 1)}}, "2024-10-01 is not in 2025"),
    ],
)
def test_a_wrong_law_is_refused_with_its_line_and_the_reason(full: County, body: Any, told: str) -> None:
    answer = ask(full, **body)
    assert (answer.status, answer.problem) == (422, "invalid")
    ((_, wrong),) = answer.json["errors"].items()
    assert told in wrong["toml"][0]
    assert ".toml:" in wrong["toml"][0]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {**rules(), "calendar": {"toml": CALENDAR}},
        rules(name="../x"),
        rules(name="unknown"),
        {**rules(), "limit": 0},
    ],
)
def test_a_supposition_that_cannot_be_meant_is_invalid(full: County, body: Any) -> None:
    assert ask(full, **body).problem == "invalid"


def test_only_files_of_the_callers_jurisdiction_are_told(county: County, full: County) -> None:
    assert ask(county, **rules()).json["totals"]["files"] == 0 or county.name != full.name
    assert ask(full, **rules(), limit=1000).json["totals"]["files"] == 12
