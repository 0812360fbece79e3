"""Whoever asks, whatever the document allows: nothing breaks, and what is protected is in no answer."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from flask import Flask
from schemathesis import GenerationMode

from api.v1.steps import hyphens
from domain.cases import CASES
from tests.http.conftest import County
from tests.http.signing import sign
from tests.http.test_any_request import CHECKS, few, reach

ROLES = {
    "office": "zwj",
    "holder": "zjj",
    "stranger": "slj",
    "trading centre": "jyzx",
    "auditor": "sjj",
    "inspector": "jjw",
    "administrator": "glk",
    "external": "gaj",
    "system": "system",
    "respondent": "respondent",
}
UNCLEARED = ("stranger", "administrator", "external")
"""Asked for everything; the others for a third, in turn. Each step is asked for by one role."""

CANARY, CONTROL = f"金丝雀{secrets.token_hex(8)}", f"麻雀{secrets.token_hex(8)}"
WRITING = {*(hyphens(name) for name in CASES), "bulk"}

one = hypothesis.settings(few, max_examples=1)


@pytest.fixture(scope="module")
def operations(app: Flask) -> tuple[list[Any], list[Any]]:
    """The operations that only show something, and the steps."""
    found = [each.ok() for each in schemathesis.openapi.from_wsgi("/api/openapi.json", app).get_all_operations()]
    steps = [each for each in found if each.tags[0] in WRITING]
    return [each for each in found if each.tags[0] not in WRITING], steps


@pytest.fixture(scope="module")
def planted(county: County) -> str:
    """A case in which one name is protected and another stands in plain."""
    number = secrets.token_hex(6)
    more = {"complainant": CANARY, "contact": CANARY, "text": CANARY * 20, "project": CONTROL}
    answer = county.client("zjj").open_complaint(number, **more)
    assert answer.status == 201, answer.raw
    sign(county)
    return number


def answers(county: County, operations: list[Any], number: str, organ: str) -> Iterator[bytes]:
    """What an organ is answered to one request of each kind, headers included."""
    headers = {"Authorization": f"Bearer {county.bearer(organ)}"}
    said: list[bytes] = []
    for operation in operations:

        @one
        @hypothesis.given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
        def try_it(case: Any) -> None:
            reach(case, number)
            answer = case.call_and_validate(headers=headers, checks=CHECKS)
            said.append(answer.content + str(answer.headers).encode())

        try_it()
    yield from said


@pytest.mark.parametrize("role", ROLES)
def test_whoever_asks_nothing_breaks_and_nothing_protected_is_told(
    county: County, operations: tuple[list[Any], list[Any]], planted: str, role: str
) -> None:
    reading, steps = operations
    turn = list(ROLES).index(role)
    share = [*(reading if role in UNCLEARED else reading[turn % 3 :: 3]), *steps[turn :: len(ROLES)]]
    told = list(answers(county, share, planted, ROLES[role]))
    assert len(told) >= len(share)
    assert [each for each in told if CANARY.encode() in each or CANARY.encode("unicode_escape") in each] == []


def test_a_name_that_stands_in_plain_would_be_found(
    county: County, operations: tuple[list[Any], list[Any]], planted: str
) -> None:
    told = list(answers(county, operations[0], planted, "zwj"))
    assert any(CONTROL.encode() in each for each in told)
