"""Officers in charge over HTTP: an organ assigns, a leaver's cases go to a successor, and who records for whom is shown."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from application.handlings import hand_over
from domain.kernel import Actor
from tests.http.client import path_of
from tests.http.conftest import County


@pytest.fixture(scope="module")
def staffed(make_county: Any) -> County:
    """A county with two officers in the housing bureau who handle cases."""
    county: County = make_county("rehearsal")
    system = county.client("system")
    for officer in ("li", "wang"):
        said = {"officer": officer, "name": officer, "organ": "zjj", "duties": ["handler"]}
        answer = system.post("/api/v1/jurisdiction/jurisdiction/register-officer", said)
        assert answer.status == 200, answer.raw
    return county


def assigned(county: County, officer: str = "li") -> str:
    """A complaint with an officer in charge."""
    number = f"TS-{uuid4().hex[:8]}"
    county.client("zjj").open_complaint(number)
    answer = county.client("zjj").post("/api/v1/handling", {"file_no": number, "of": number, "officer": officer})
    assert answer.status == 201, answer.raw
    return number


def numbers(county: County, organ: str = "zjj", **query: Any) -> list[str]:
    answer = county.client(organ).get("/api/v1/handlings", **query)
    assert answer.status == 200, answer.raw
    return [each["case"] for each in answer.json["items"]]


def test_the_cases_of_an_officer_are_listed_to_the_organ_and_the_office_and_nobody_else(staffed: County) -> None:
    number = assigned(staffed)
    assert number in numbers(staffed, officer="li")
    assert number in numbers(staffed, "zwj", department="zjj")
    assert number not in numbers(staffed, officer="wang")
    assert numbers(staffed, "slj") == []


def test_a_page_of_them_leads_to_the_next(staffed: County) -> None:
    made = {assigned(staffed) for _ in range(3)}
    pages, cursor = [], {}
    while cursor is not None:
        page = staffed.client("zjj").get("/api/v1/handlings", limit=2, **cursor).json
        pages.append([each["case"] for each in page["items"]])
        cursor = {"cursor": page["next"]} if page["next"] else None
    found = [case for page in pages for case in page]
    assert max(map(len, pages)) == 2 and len(set(found)) == len(found) and made <= set(found)


def test_a_file_that_bars_the_caller_is_not_listed(staffed: County) -> None:
    number = assigned(staffed)
    said = {"file_no": number, "organs": ["zjj"], "reason": "涉案", "replaced_by": "slj"}
    assert staffed.client("zwj").post("/api/v1/recusal", said).status == 201
    assert number not in numbers(staffed, officer="li")
    assert number in numbers(staffed, "zwj", officer="li"), "the control: it is there"
    again = staffed.client("zjj").post("/api/v1/handlings/hand-over", {"officer": "li", "successor": "wang"})
    assert number not in str(again.json), "nor told by the hand-over"


def test_all_cases_go_to_a_successor_and_a_second_time_nothing_happens(staffed: County) -> None:
    mine = [assigned(staffed) for _ in range(2)]
    said = {"officer": "li", "successor": "wang"}
    first = staffed.client("zjj").post("/api/v1/handlings/hand-over", said)
    assert first.status == 200, first.raw
    assert {*mine} <= {each["case"] for each in first.json["handed"]}
    assert {*mine} <= {*numbers(staffed, officer="wang")} and not {*mine} & {*numbers(staffed, officer="li")}
    assert staffed.client("zjj").post("/api/v1/handlings/hand-over", said).json["handed"] == []
    stranger = staffed.client("slj").post("/api/v1/handlings/hand-over", {"officer": "wang", "successor": "li"})
    assert stranger.json["handed"] == [], "another organ hands nothing over"


def test_a_hand_over_that_was_killed_in_the_middle_loses_nothing(staffed: County) -> None:
    mine = {assigned(staffed, "wang") for _ in range(2)}
    place, now = staffed.wiring.place(staffed.name), staffed.wiring.now()
    told: dict[str, Any] = {"actor": Actor("zjj"), "officer": "wang", "successor": "li", "now": now}

    class Half:
        """A log that shows the first of the assignments only, as to who is killed after it."""

        def assignments(self) -> list[Any]:
            entries = place.log.assignments()
            last = max(mine, key=lambda each: next(n for n, entry in enumerate(entries) if each in str(entry.event)))
            return [each for each in entries if last not in str(each.event)]

    assert len(mine & {each.number for each in hand_over(place.ledger, Half(), **told).handed}) == 1
    assert len(mine & {*numbers(staffed, officer="li")}) == 1
    assert len(mine & {each.number for each in hand_over(place.ledger, place.log, **told).handed}) == 1
    assert mine <= {*numbers(staffed, officer="li")}


def test_events_and_history_say_who_recorded_for_whom(staffed: County) -> None:
    number = f"TS-{uuid4().hex[:8]}"
    body = {"number": number, "subject": "bidding", "complainant": "某公司", "on_behalf_of": "gaj"}
    assert staffed.client("zjj").post("/api/v1/complaint", body).status == 201
    (event,) = staffed.client("zjj").get(f"{path_of(number)}/events").json["items"]
    assert (event["department"], event["officer"], event["on_behalf_of"]) == ("zjj", "zjj-officer", "gaj")
    assert staffed.client("zjj").get(path_of(number)).json["holder"] == "gaj"
