"""Two jurisdictions with other rules and calendars live in one server without seeing each other."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from api.wiring import Wiring
from application.handle import Command, handle
from application.ledger import JURISDICTION
from domain.kernel import Actor, Refused
from tests.http.client import path_of
from tests.jurisdictions.conftest import LOCAL, PROMISED, Served

AT = {"Anjuan-Business-Time": "2025-03-03T09:00:00+08:00"}
LATER = {"Anjuan-Business-Time": "2025-03-06T09:00:00+08:00"}


@pytest.fixture
def number() -> str:
    """A case number that both jurisdictions may use."""
    return f"投诉〔2025〕{secrets.token_hex(4)}号"


def open_case(served: Served, number: str, **more: Any) -> None:
    """A complaint about bidding, received on a Monday."""
    body = {"number": number, "subject": "bidding", "complainant": "某公司", "objection_needed": False, **more}
    assert served.client.post("/api/v1/complaint", body, AT).status == 201


def clocks(served: Served, number: str) -> dict[str, Any]:
    """The clocks of a case by rule."""
    return {each["rule"]: each for each in served.client.get(path_of(number)).json["clocks"]}


def accept(served: Served, number: str) -> Any:
    """Accept the complaint, on the Thursday after."""
    return served.client.post(f"{path_of(number)}/accept".replace("/cases/", "/complaint/"), {}, LATER)


def test_each_goes_by_its_own_rules_and_days(ordinary: Served, suqian: Served, number: str) -> None:
    for each in (ordinary, suqian):
        open_case(each, number)
        assert accept(each, number).status == 200
    here, there = clocks(ordinary, number), clocks(suqian, number)
    assert (here["NA-ACC3"]["profile"], there["NA-ACC3"]["profile"]) == ("national", LOCAL)
    assert (here["NA-ACC3"]["due"], here["NA-ACC3"]["state"]) == ("2025-03-06", "met")
    assert (there["NA-ACC3"]["due"], there["NA-ACC3"]["state"]) == ("2025-03-06", "met")
    assert here["NA-DEC30"]["due"] > there["NA-DEC30"]["due"]
    assert (here["NA-ACC3"]["calendar"], there["NA-ACC3"]["calendar"]) == ("national", "suqian")


def test_the_promise_is_kept_or_broken_where_it_was_made_only(make: Any, ordinary: Served, number: str) -> None:
    strict = make(LOCAL)
    for each in (ordinary, strict):
        open_case(each, number)
        accept(each, number)
    assert clocks(ordinary, number)["NA-ACC3"]["state"] == "met"
    late = clocks(strict, number)["NA-ACC3"]
    assert (late["due"], late["state"], late["late_by"]) == (
        "2025-03-05",
        "breached_late",
        {"calendar_days": 1, "working_days": 1},
    )


def test_the_profile_differs_from_the_national_one_in_the_promise_only(wiring: Wiring) -> None:
    book = wiring.law.rulebook
    found = {
        profile: {each.id: each.within.amount for each in book.limits if each.profile == profile}
        for profile in ("national", LOCAL)
    }
    differing = {rule for rule, amount in found["national"].items() if found[LOCAL][rule] != amount}
    assert differing == PROMISED.keys()
    assert {rule: found[LOCAL][rule] for rule in differing} == {rule: after for rule, (_, after) in PROMISED.items()}


def test_a_case_of_the_other_is_not_there(ordinary: Served, suqian: Served, number: str) -> None:
    open_case(ordinary, number)
    case = ordinary.client.get(path_of(number)).json
    for path in (
        path_of(number),
        f"/api/v1/cases/{case['id']}",
        f"{path_of(number)}/events",
        f"{path_of(number)}/clocks",
    ):
        assert ordinary.client.get(path).status == 200
        assert suqian.client.get(path).status == 404
    file = path_of(number).replace("/cases/", "/files/")
    assert (ordinary.client.get(file).status, suqian.client.get(file).status) == (200, 404)
    clock = case["clocks"][0]["id"]
    assert suqian.client.get(f"/api/v1/cases/{case['id']}/clocks/{clock}/explanation").status == 404


def test_nothing_is_written_into_the_other(ordinary: Served, suqian: Served, number: str) -> None:
    open_case(ordinary, number)
    assert accept(suqian, number).status == 404
    command = {"type": "complaint", "step": "accept", "case": number, "if_match": "*", "body": {}}
    sent = json.dumps({"commands": [command]}).encode()
    many = suqian.client.send("POST", "/api/v1/bulk", sent, {"Content-Type": "application/json"})
    assert many.json["items"][0]["status"] == 404
    joining = {"file_no": number, "subject": "bidding", "complainant": "某公司", "objection_needed": False}
    assert suqian.client.post("/api/v1/complaint", joining, AT).status == 404
    assert ordinary.client.get(path_of(number)).json["version"] == 1


def test_equal_numbers_are_two_cases(ordinary: Served, suqian: Served, number: str) -> None:
    open_case(ordinary, number, project="这里")
    open_case(suqian, number, project="那里")
    accept(ordinary, number)
    seen = [each.client.get(path_of(number)).json for each in (ordinary, suqian)]
    assert [each["version"] for each in seen] == [2, 1]
    assert seen[0]["id"] == seen[1]["id"]
    assert [each["summary"]["project"] for each in seen] == ["这里", "那里"]


def test_lists_and_statistics_do_not_mix(wiring: Wiring, make: Any, number: str) -> None:
    one, two = make("national"), make(LOCAL)
    for served, count in ((one, 3), (two, 5)):
        for n in range(count):
            open_case(served, f"{number}-{n}")
        wiring.catch_up(served.place)
    asked = {"from_": "2025-01-01", "to": "2025-12-31", "by": "rule"}
    for served, count in ((one, 3), (two, 5)):
        found = {each["key"]: each for each in served.client.get("/api/v1/statistics", **asked).json["items"]}
        assert found["NA-ACC3"]["open"] == count
        assert len(served.client.get("/api/v1/cases").json["items"]) == count
    searched = two.client.get("/api/v1/cases", q=f"{number}-4").json["items"]
    assert [each["number"] for each in searched] == [f"{number}-4"]
    assert one.client.get("/api/v1/cases", q=f"{number}-4").json["items"] == []


def test_profiles_chosen_later_hold_for_later_cases(make: Any, number: str) -> None:
    served = make("national")
    open_case(served, number)
    place = served.place

    def choose(*profiles: str) -> None:
        command = Command(
            case_type="jurisdiction",
            step="choose_profiles",
            case=JURISDICTION,
            actor=Actor("system"),
            occurred_at=place.ledger.office().entries[-1].known_at(),
            arguments={"profiles": profiles},
        )
        handle(command, place.ledger, now=datetime.now(UTC), new_id=uuid4)

    with pytest.raises(Refused) as refused:
        choose("nonsense")
    assert refused.value.ground.code == "PROFILE_UNKNOWN"
    choose(LOCAL)
    open_case(served, f"{number}-2")
    assert clocks(served, number)["NA-ACC3"]["due"] == "2025-03-06"
    assert clocks(served, f"{number}-2")["NA-ACC3"]["due"] == "2025-03-05"


def test_readyz_tells_of_each(wiring: Wiring, ordinary: Served, suqian: Served) -> None:
    told = {(each["name"], each.get("jurisdiction")) for each in wiring.checks()}
    for served in (ordinary, suqian):
        assert {(name, served.place.name) for name in ("sequencer", "projections", "calendar")} <= told
