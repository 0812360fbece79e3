"""Every error is a problem with a stable code, and none tells what goes on inside."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from api.wiring import Wiring
from tests.http.client import Client, path_of
from tests.http.conftest import County


def test_nobody_is_let_in_without_a_token(county: County) -> None:
    stranger = Client(county.port, None)
    answer = stranger.get("/api/v1/cases/x")
    assert (answer.status, answer.problem) == (401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="anjuan"'
    stranger.close()


@pytest.mark.parametrize("token", ["nonsense", "aj_000000000000.wrong", "令牌", "aj_\x01"])
def test_a_wrong_token_is_told_apart_from_none(county: County, token: str) -> None:
    stranger = Client(county.port, None)
    answer = stranger.get("/api/v1/rules", {"Authorization": f"Bearer {token}".encode().decode("latin-1")})
    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="anjuan", error="invalid_token"')
    stranger.close()


def test_a_revoked_token_stands_for_nobody(county: County, wiring: Wiring) -> None:
    token = county.token("zjj")
    county.owner.revoke_token(token.partition(".")[0])
    stranger = Client(county.port, token)
    assert stranger.get("/api/v1/rules").status == 401
    stranger.close()


def test_what_is_not_there_is_not_found(county: County) -> None:
    client = county.client("zjj")
    for path in ("/api/v1/cases/none", "/api/v1/files/none", "/api/v1/rules/none", "/api/v1/cases/none/events"):
        answer = client.get(path)
        assert (answer.status, answer.problem) == (404, "not-found"), path
    assert client.get("/nothing").problem == "no-such-path"
    assert client.post("/api/v1/complaint/none/accept", {}).problem == "not-found"


def test_a_case_of_another_type_is_not_found(county: County, number: str) -> None:
    county.client("zjj").open_complaint(number)
    answer = county.client("zjj").post(f"/api/v1/referral/{quote(number)}/accept", {})
    assert (answer.status, answer.problem) == (404, "not-found")


def test_another_method_is_told_which_ones_there_are(county: County) -> None:
    answer = county.client("zjj").send("DELETE", "/api/v1/complaint")
    assert (answer.status, answer.problem) == (405, "method-not-allowed")
    assert "POST" in answer.headers["Allow"]


def test_who_does_not_hold_the_matter_may_not_act(county: County, number: str) -> None:
    county.client("zjj").open_complaint(number)
    accept = f"/api/v1/complaint/{quote(number)}/accept"
    unseen = county.client("slj").post(accept, {})
    assert (unseen.status, unseen.problem) == (404, "not-found")
    county.client("zjj").ask_for_help(number, "slj")
    seen = county.client("slj").post(accept, {})
    assert (seen.status, seen.problem) == (403, "forbidden")


def test_fields_that_are_missing_wrong_or_unknown_are_named(county: County, number: str) -> None:
    body = {"number": number, "subject": "gardening", "knew_on": "2025-02-30", "objection_needed": "yes", "nonsens": 1}
    answer = county.client("zjj").post("/api/v1/complaint", body)
    assert (answer.status, answer.problem) == (422, "invalid")
    assert set(answer.json["errors"]) == {"subject", "complainant", "knew_on", "objection_needed", "nonsens"}
    assert not any(each.isascii() for messages in answer.json["errors"].values() for each in messages)


@pytest.mark.parametrize("body", ["[]", "1", "null", '"x"'])
def test_a_body_that_is_no_object_is_invalid(county: County, body: str) -> None:
    answer = county.client("zjj").send("POST", "/api/v1/complaint", body.encode(), {"Content-Type": "application/json"})
    assert answer.status == 422, answer.raw
    assert answer.problem == "invalid"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"as_of": "yesterday"}, "as_of"),
        ({"as_of": "2025-01-22T10:00:00"}, "as_of"),
        ({"as_of": "0001-01-01T00:00:00+00:00"}, "as_of"),
        ({"basis": "guessed"}, "basis"),
        ({"version": "0"}, "version"),
        ({"version": "1", "as_of": "2025-01-22T10:00:00Z"}, "version"),
        ({"nonsense": "1"}, "nonsense"),
    ],
)
def test_a_moment_that_cannot_be_understood_is_refused(county: County, number: str, query: Any, field: str) -> None:
    county.client("zjj").open_complaint(number)
    answer = county.client("zjj").get(path_of(number), **query)
    assert (answer.status, list(answer.json["errors"])) == (422, [field])


def test_a_version_that_the_case_does_not_have_is_not_found(county: County, number: str) -> None:
    county.client("zjj").open_complaint(number)
    assert county.client("zjj").get(path_of(number), version=9).problem == "not-found"


def test_an_act_in_the_future_is_refused(county: County, number: str) -> None:
    answer = county.client("zjj").open_complaint(number, occurred_at="2199-01-01T00:00:00+08:00")
    assert (answer.status, answer.problem) == (422, "in-future")


def test_a_defect_answers_500_without_a_word_about_the_inside(app: Flask, county: County, number: str) -> None:
    county.client("zjj").open_complaint(number)

    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("secret detail")

    log = county.wiring.place(county.name).ledger.log
    log.load_file_of_beside = broken
    try:
        answer = county.client("zjj").get(path_of(number))
    finally:
        del log.load_file_of_beside
    assert (answer.status, answer.problem) == (500, "defect")
    assert "secret" not in answer.raw.decode()
    assert "ZeroDivision" not in answer.raw.decode()


def test_every_answer_carries_the_request_id_and_keeps_out_of_caches(county: County) -> None:
    answer = county.client("zjj").get("/api/v1/rules/XE-REF5", {"X-Request-ID": "my-id-7"})
    assert answer.headers["X-Request-ID"] == "my-id-7"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    other = county.client("zjj").get("/nothing", {"X-Request-ID": "not acceptable\t!"})
    assert len(other.headers["X-Request-ID"]) == 36


def test_titles_follow_the_language_of_the_caller(county: County) -> None:
    chinese = county.client("zjj").get("/api/v1/cases/none", {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}).json
    english = county.client("zjj").get("/api/v1/cases/none", {"Accept-Language": "en-GB"}).json
    assert chinese["title"] == "未找到"
    assert english["title"].startswith("There is no")
    assert chinese["type"] == english["type"]
