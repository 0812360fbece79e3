"""A step says which version of the case its caller has seen, and a repeated request is carried out once."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest

from api.strict import write
from tests.http.client import Answer, Client, path_of
from tests.http.conftest import County


def accept(client: Client, number: str, **headers: str) -> Answer:
    sent = {"Content-Type": "application/json", **{key.replace("_", "-"): value for key, value in headers.items()}}
    return client.send("POST", f"/api/v1/complaint/{quote(number)}/accept", b"{}", sent)


def test_a_step_without_a_version_is_refused(county: County, number: str) -> None:
    county.client("zjj").open_complaint(number)
    answer = accept(county.client("zjj"), number)
    assert (answer.status, answer.problem) == (428, "precondition-required")


@pytest.mark.parametrize("tag", ['"7"', '"x"', 'W/"1"', '"7", "8"', '"99999999999999999999"'])
def test_a_stale_version_is_refused_and_the_present_one_told(county: County, number: str, tag: str) -> None:
    county.client("zjj").open_complaint(number)
    answer = accept(county.client("zjj"), number, If_Match=tag)
    assert (answer.status, answer.problem, answer.headers["ETag"]) == (412, "stale", '"1"')
    assert county.client("zjj").get(path_of(number)).json["version"] == 1


@pytest.mark.parametrize("tag", ['"1"', "*", '"7", "1"'])
def test_the_present_version_or_any_is_accepted(county: County, number: str, tag: str) -> None:
    county.client("zjj").open_complaint(number)
    answer = accept(county.client("zjj"), number, If_Match=tag)
    assert (answer.status, answer.headers["ETag"]) == (200, '"2"')


def test_the_version_of_the_case_is_not_that_of_its_file(county: County, number: str) -> None:
    client = county.client("zjj")
    client.open_complaint(number)
    body = {
        "file_no": number,
        "matter": number,
        "scope": "S3",
        "basis": "权限外",
        "ground": "discovery",
        "discovered_on": "2025-01-02",
    }
    assert client.post("/api/v1/referral/require", body).status == 201
    assert accept(client, number, If_Match='"1"').status == 200


def test_the_same_key_and_body_is_answered_alike_and_recorded_once(county: County, number: str) -> None:
    client, key = county.client("zjj"), str(uuid4())
    body = {"number": number, "subject": "bidding", "complainant": "某公司"}
    first = client.post("/api/v1/complaint", body, {"Idempotency-Key": key})
    again = client.post("/api/v1/complaint", body, {"Idempotency-Key": key})
    assert (first.status, again.status) == (201, 201)
    assert (first.headers["Idempotency-Replayed"], again.headers["Idempotency-Replayed"]) == (None, "true")
    assert again.json == {**first.json, "replayed": True}
    assert again.headers["Location"] == first.headers["Location"]
    assert client.get(path_of(number)).json["version"] == 1


def test_a_replayed_step_is_answered_even_after_the_case_moved_on(county: County, number: str) -> None:
    client, key = county.client("zjj"), str(uuid4())
    client.open_complaint(number)
    first = accept(client, number, If_Match='"1"', Idempotency_Key=key)
    client.post(f"/api/v1/complaint/{quote(number)}/suspend-trading", {})
    again = accept(client, number, If_Match='"1"', Idempotency_Key=key)
    assert (again.status, again.json) == (200, {**first.json, "replayed": True})
    assert again.headers["ETag"] == first.headers["ETag"]


def test_the_same_key_with_another_body_is_refused(county: County, number: str) -> None:
    client, key = county.client("zjj"), {"Idempotency-Key": str(uuid4())}
    body = {"number": number, "subject": "bidding", "complainant": "某公司"}
    client.post("/api/v1/complaint", body, key)
    answer = client.post("/api/v1/complaint", {**body, "complainant": "另一公司"}, key)
    assert (answer.status, answer.problem) == (422, "key-reused")


def test_another_organ_may_use_the_same_key(county: County, number: str) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    body = {"number": number, "subject": "bidding", "complainant": "某公司"}
    assert county.client("zjj").post("/api/v1/complaint", body, key).status == 201
    assert county.client("slj").post("/api/v1/complaint", {**body, "number": number + "b"}, key).status == 201


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "\x01"])
def test_a_malformed_key_is_a_bad_header(county: County, number: str, key: str) -> None:
    answer = county.client("zjj").post(
        "/api/v1/complaint", {"number": number, "subject": "bidding", "complainant": "某"}, {"Idempotency-Key": key}
    )
    assert (answer.status, answer.problem) == (400, "bad-header")


def test_one_of_many_simultaneous_equal_requests_is_carried_out(county: County, number: str) -> None:
    token, key = county.token("zjj"), {"Idempotency-Key": str(uuid4())}
    body = {"number": number, "subject": "bidding", "complainant": "某公司"}

    def send(_: int) -> Answer:
        client = Client(county.port, token)
        try:
            return client.post("/api/v1/complaint", body, key)
        finally:
            client.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert [each.status for each in answers] == [201] * 8
    assert sorted(each.json["replayed"] for each in answers) == [False] + [True] * 7
    assert len({each.json["token"] for each in answers}) == 1


def test_of_many_simultaneous_steps_on_one_version_one_is_taken(county: County, number: str) -> None:
    token = county.token("zjj")
    county.client("zjj").open_complaint(number)

    def send(_: int) -> int:
        client = Client(county.port, token)
        try:
            return accept(client, number, If_Match='"1"').status
        finally:
            client.close()

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(send, range(8)))
    assert statuses == [200] + [412] * 7


def test_no_hash_of_a_request_lets_a_guess_at_who_complains_be_confirmed(
    county: County, number: str, owner: psycopg.Connection[Any]
) -> None:
    key, body = str(uuid4()), {"number": number, "subject": "bidding", "complainant": "某公司"}
    assert county.client("zjj").post("/api/v1/complaint", body, {"Idempotency-Key": key}).status == 201
    schema = county.wiring.place(county.name).schema
    kept = owner.execute(f"select request_hash from {schema}.idempotency where key = %s".encode(), [key]).fetchone()
    asked = write(["/api/v1/complaint", body, None, None])
    assert kept == (county.wiring.digest(asked),)
    assert kept != (hashlib.sha256(asked).digest(),)
