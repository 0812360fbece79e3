"""A body that two readers could read differently, or that would hurt a reader, is refused."""

from __future__ import annotations

import json

import pytest

from tests.http.conftest import County

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b'{"number": NaN}',
        b'{"number": Infinity}',
        b'{"number": 1e999}',
        b'{"number": "a", "number": "b"}',
        b'{"number": "a"',
        b'{"number": "a"} x',
        b"\xff\xfe{}",
        b'{"number": "\xff"}',
        b'{"number": "a\\u0000"}',
        b'{"number": "\\ud800"}',
        b'{"number": "a\x01"}',
        b'{"number": ' + b"9" * 5_000 + b"}",
        b"",
    ],
)
def test_what_is_not_strict_json_is_a_bad_request(county: County, body: bytes) -> None:
    answer = county.client("zjj").send("POST", "/api/v1/complaint", body, JSON)
    assert (answer.status, answer.problem) == (400, "bad-json"), answer.raw


def test_escaped_chinese_and_surrogate_pairs_are_ordinary_text(county: County, number: str) -> None:
    body = {"number": number, "subject": "bidding", "complainant": "\U00020bb7公司", "project": "围墙😀"}
    answer = county.client("zjj").send("POST", "/api/v1/complaint", json.dumps(body).encode(), JSON)
    assert answer.status == 201, answer.raw
    events = county.client("zjj").get(f"/api/v1/cases/{answer.json['case']}/events")
    assert "围墙😀" in events.raw.decode()


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
def test_a_body_of_another_type_is_not_taken(county: County, kind: str) -> None:
    answer = county.client("zjj").send("POST", "/api/v1/complaint", b"{}", {"Content-Type": kind} if kind else {})
    assert (answer.status, answer.problem) == (415, "unsupported-media-type")


def test_a_body_beyond_a_megabyte_is_too_large(county: County) -> None:
    body = json.dumps({"number": "x" * 1_000_001}).encode()
    answer = county.client("zjj").send("POST", "/api/v1/complaint", body, JSON)
    assert (answer.status, answer.problem) == (413, "too-large")


def test_a_step_without_arguments_needs_no_body(county: County, number: str) -> None:
    case = county.client("zjj").open_complaint(number).json["case"]
    answer = county.client("zjj").send("POST", f"/api/v1/complaint/{case}/accept", None, {"If-Match": '"1"'})
    assert answer.status == 200, answer.raw
