"""Many commands in one request: each stands for itself, in order, as if it had been sent alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from api.v1.body import MOST_BYTES
from api.v1.bulk import MOST
from tests.http.client import Answer, path_of
from tests.http.conftest import County

BULK = "/api/v1/bulk"


def opens(number: str, **more: Any) -> dict[str, Any]:
    """The command that registers a complaint."""
    body = {"number": number, "subject": "bidding", "complainant": "某公司", "objection_needed": False}
    return {"type": "complaint", "step": "register", "body": body, **more}


def accepts(number: str, if_match: str = "*", **more: Any) -> dict[str, Any]:
    """The command that accepts it."""
    return {"type": "complaint", "step": "accept", "case": number, "if_match": if_match, "body": {}, **more}


def send(county: County, *commands: Any, organ: str = "zjj", headers: dict[str, str] | None = None) -> Answer:
    """The commands in one request."""
    sent = {"Content-Type": "application/json", **(headers or {})}
    return county.client(organ).send("POST", BULK, json.dumps({"commands": commands}).encode(), sent)


def statuses(answer: Answer) -> list[int]:
    """The status of each item."""
    assert answer.status == 200, answer.raw
    return [each["status"] for each in answer.json["items"]]


def test_commands_are_carried_out_in_order_and_later_ones_see_what_earlier_ones_did(
    county: County, number: str
) -> None:
    answer = send(county, opens(number), accepts(number, '"1"'))
    assert statuses(answer) == [201, 200]
    assert [each["index"] for each in answer.json["items"]] == [0, 1]
    first, second = (each["answer"] for each in answer.json["items"])
    assert (first["number"], first["version"], second["version"]) == (number, 1, 2)
    assert (answer.json["recorded"], answer.json["refused"]) == (2, 0)
    assert county.client("zjj").get(path_of(number)).json["version"] == 2
    wrong_way = send(county, accepts(f"{number}-2"), opens(f"{number}-2"))
    assert statuses(wrong_way) == [404, 201]


def test_what_is_refused_stops_no_other(county: County, number: str) -> None:
    answer = send(
        county,
        opens(number),
        opens(number),
        accepts(number, '"7"'),
        {"type": "complaint", "step": "accept", "case": number, "body": {}},
        {"type": "complaint", "step": "accept", "case": number, "if_match": "*", "body": {"colour": "red"}},
        {"type": "nonsense", "step": "accept", "body": {}},
        {"type": "complaint", "step": "explode", "body": {}},
        {"step": "accept"},
        "not even an object",
        accepts(number),
    )
    assert statuses(answer) == [201, 409, 412, 428, 422, 422, 422, 422, 422, 200]
    problems = [each["problem"] for each in answer.json["items"] if "problem" in each]
    assert [each["status"] for each in problems] == [409, 412, 428, 422, 422, 422, 422, 422]
    assert problems[0]["code"] == "NUMBER_TAKEN"
    assert problems[0]["instance"] == f"{BULK}#/commands/1"
    assert problems[3]["errors"] == {"colour": ["没有该字段"]}
    assert problems[4]["errors"] == {"type": ["没有案件类型 nonsense"]}
    assert (answer.json["recorded"], answer.json["refused"]) == (2, 8)


def test_each_command_is_for_whoever_may_take_it_alone(county: County, number: str) -> None:
    county.client("zjj").open_complaint(number)
    assert statuses(send(county, accepts(number), organ="slj")) == [404]
    county.client("zjj").ask_for_help(number, "slj")
    assert statuses(send(county, accepts(number), organ="slj")) == [403]
    assert county.client("zjj").get(path_of(number)).json["version"] == 1
    assert statuses(send(county, accepts(number), organ="zjj")) == [200]


def test_who_has_no_token_sends_nothing(county: County, number: str) -> None:
    answer = county.client("zjj").send("POST", BULK, b"{}", {"Authorization": "Bearer none"})
    assert answer.status == 401


def test_a_key_is_good_for_one_carrying_out_alone_or_among_many(county: County, number: str) -> None:
    keyed = opens(number, idempotency_key=f"k-{number[-6:-1]}")
    first = send(county, keyed)
    again = send(county, opens(f"{number}-2"), keyed)
    assert statuses(again) == [201, 201]
    assert again.json["items"][1]["answer"]["replayed"] is True
    assert again.json["items"][1]["answer"]["token"] == first.json["items"][0]["answer"]["token"]
    alone = county.client("zjj").post("/api/v1/complaint", keyed["body"], {"Idempotency-Key": keyed["idempotency_key"]})
    assert (alone.status, alone.json["replayed"]) == (201, True)
    other = send(county, opens(f"{number}-3", idempotency_key=keyed["idempotency_key"]))
    assert (statuses(other), other.json["items"][0]["problem"]["type"]) == ([422], "urn:anjuan:problem:key-reused")
    accept = accepts(number, idempotency_key=f"a-{number[-6:-1]}")
    assert statuses(send(county, accept, accept)) == [200, 200]
    assert county.client("zjj").get(path_of(number)).json["version"] == 2


@pytest.mark.parametrize("header", ["Idempotency-Key", "If-Match"])
def test_no_header_speaks_for_all_commands(county: County, number: str, header: str) -> None:
    answer = send(county, opens(number), headers={header: '"1"'})
    assert (answer.status, answer.problem) == (400, "bad-header")
    assert county.client("zjj").get(path_of(number)).status == 404


@pytest.mark.parametrize(
    "body", [{}, {"commands": []}, {"commands": {}}, {"commands": [{}] * (MOST + 1)}, {"more": []}]
)
def test_what_is_no_list_of_commands_is_refused_as_a_whole(county: County, body: Any) -> None:
    answer = county.client("zjj").send("POST", BULK, json.dumps(body).encode(), {"Content-Type": "application/json"})
    assert (answer.status, answer.problem) == (422, "invalid")


def test_the_body_is_as_large_as_any_other_may_be(county: County, number: str) -> None:
    filled = opens(number, idempotency_key="x" * 300)
    assert statuses(send(county, filled)) == [422]
    answer = send(county, opens("1" * MOST_BYTES))
    assert (answer.status, answer.problem) == (413, "too-large")


def test_as_many_as_are_allowed_are_carried_out(county: County, number: str) -> None:
    answer = send(county, *(opens(f"{number}-{n}") for n in range(MOST)))
    assert statuses(answer) == [201] * MOST
    assert answer.json["items"][-1]["answer"]["number"] == f"{number}-{MOST - 1}"


def test_the_clocks_of_a_rehearsal_hold_for_all_commands(county: County, number: str) -> None:
    at = {"Anjuan-Business-Time": "2025-01-02T09:00:00+08:00"}
    answer = send(county, opens(number), headers=at)
    assert answer.json["items"][0]["answer"]["recorded_at"] == at["Anjuan-Business-Time"]
