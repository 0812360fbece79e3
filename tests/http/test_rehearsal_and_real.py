"""A rehearsal lets its callers set the clocks and says so on every answer; a real ledger never does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.http.client import path_of
from tests.http.conftest import County

BODY = {"subject": "bidding", "complainant": "某公司"}


@pytest.fixture(scope="module")
def real(make_county: Callable[[str], County]) -> County:
    """A real ledger with its organs."""
    return make_county("real")


@pytest.mark.parametrize("header", ["Anjuan-Business-Time", "Anjuan-Recording-Time"])
def test_a_real_ledger_takes_no_clock_from_a_header(real: County, number: str, header: str) -> None:
    answer = real.client("zjj").post("/api/v1/complaint", {**BODY, "number": number}, {header: "2025-01-02T09:00:00Z"})
    assert (answer.status, answer.problem) == (400, "bad-header")


def test_a_real_ledger_records_now_what_happened_earlier(real: County, number: str) -> None:
    body = {**BODY, "number": number, "occurred_at": "2025-01-02T09:00:00+08:00"}
    answer = real.client("zjj").post("/api/v1/complaint", body)
    assert answer.status == 201, answer.raw
    assert answer.headers["Anjuan-Rehearsal"] is None
    event = real.client("zjj").get(f"{path_of(number)}/events")
    assert event.json["rehearsal"] is False
    assert event.json["items"][0]["occurred_at"] == "2025-01-02T09:00:00+08:00"
    assert event.json["items"][0]["recorded_at"] > "2026"
    assert event.json["items"][0]["late_recorded"] is True


@pytest.mark.parametrize("organ", ["system", "respondent"])
def test_a_real_ledger_has_no_tokens_of_the_timer_or_the_respondent(real: County, organ: str) -> None:
    with pytest.raises(ValueError, match="no token"):
        real.token(organ)


def test_a_token_speaks_in_its_own_ledger_only(real: County, county: County, number: str) -> None:
    county.client("zjj").open_complaint(number)
    assert real.client("zjj").get(path_of(number)).status == 404


def test_a_rehearsal_says_so_on_every_answer(county: County, number: str) -> None:
    assert county.client("zjj").open_complaint(number).headers["Anjuan-Rehearsal"] == "true"
    assert county.client("zjj").get("/api/v1/cases/none").headers["Anjuan-Rehearsal"] == "true"


@pytest.mark.parametrize(
    ("headers", "occurred", "recorded"),
    [
        (("2025-01-02T09:00:00+08:00", None), "2025-01-02T09:00:00+08:00", "2025-01-02T09:00:00+08:00"),
        (
            ("2025-01-02T01:00:00Z", "2025-01-05T09:00:00+08:00"),
            "2025-01-02T09:00:00+08:00",
            "2025-01-05T09:00:00+08:00",
        ),
        ((None, "2025-01-05T09:00:00+08:00"), "2025-01-05T09:00:00+08:00", "2025-01-05T09:00:00+08:00"),
    ],
)
def test_the_clocks_of_a_rehearsal_are_set_by_headers(
    county: County, number: str, headers: Any, occurred: str, recorded: str
) -> None:
    names = ("Anjuan-Business-Time", "Anjuan-Recording-Time")
    sent = {name: value for name, value in zip(names, headers, strict=True) if value}
    answer = county.client("zjj").post("/api/v1/complaint", {**BODY, "number": number}, sent)
    assert answer.json["recorded_at"] == recorded
    event = county.client("zjj").get(f"{path_of(number)}/events").json["items"][0]
    assert (event["occurred_at"], event["recorded_at"]) == (occurred, recorded)


@pytest.mark.parametrize("value", ["yesterday", "2025-01-02T09:00:00", "2025-13-02T09:00:00Z", ""])
def test_a_clock_that_cannot_be_read_is_a_bad_header(county: County, number: str, value: str) -> None:
    answer = county.client("zjj").post("/api/v1/complaint", {**BODY, "number": number}, {"Anjuan-Business-Time": value})
    assert (answer.status, answer.problem) == (400, "bad-header")


def test_even_a_rehearsal_records_nothing_before_it_happens(county: County, number: str) -> None:
    headers = {"Anjuan-Business-Time": "2025-01-05T09:00:00Z", "Anjuan-Recording-Time": "2025-01-04T09:00:00Z"}
    answer = county.client("zjj").post("/api/v1/complaint", {**BODY, "number": number}, headers)
    assert (answer.status, answer.problem) == (422, "in-future")
