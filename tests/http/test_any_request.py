"""Whatever is sent that the document allows, nothing breaks: generated requests, no 5xx, no undocumented answer."""

from __future__ import annotations

import secrets
from typing import Any

import hypothesis
import pytest
import schemathesis
from flask import Flask
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.v1.steps import hyphens
from domain.cases import CASES
from tests.http.conftest import County
from tests.http.signing import sign

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
STEPS = {hyphens(name) for name in CASES}
"""Their routes are derived from declarations by the same few lines: of the wrong requests, one operation in three stands for all in `make test`."""

TAGS = [
    *sorted(STEPS),
    *("cases", "lists", "eligibility", "inspections", "figures", "plans", "law", "bulk", "whatif", "webhooks"),
    "accesses",
    "calendar feed",
    "session",
    "accounts",
    "tokens",
    "subjects",
    "identity",
    "handlings",
    "notices",
    *("log", "log of", "log entries", "log entries of", "bundles"),
    "history",
]

RUNNING = "NA-ACC3"
"""The rule of a clock that every new complaint has."""

few = hypothesis.settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
    phases=[hypothesis.Phase.generate],
)


more = hypothesis.settings(few, max_examples=8)
"""For every operation in both ways; `make check` asks so much."""


@pytest.fixture(scope="module")
def operations(app: Flask) -> dict[str, list[Any]]:
    """The operations of the document by tag, as schemathesis reads them, over the application itself."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    found: dict[str, list[Any]] = {tag: [] for tag in TAGS}
    for each in schema.get_all_operations():
        operation = each.ok()
        found.setdefault(operation.tags[0], []).append(operation)
    return found


def test_every_part_of_the_document_is_asked_for(operations: dict[str, list[Any]]) -> None:
    assert set(operations) == set(TAGS)


@pytest.mark.parametrize("examples", [few, pytest.param(more, marks=pytest.mark.outside)], ids=["few", "more"])
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("tag", TAGS)
def test_no_request_breaks_the_service(
    county: County, operations: dict[str, list[Any]], tag: str, mode: GenerationMode, examples: hypothesis.settings
) -> None:
    token = county.bearer({"jurisdiction": "system", "webhooks": "zwj", "accesses": "sjj"}.get(tag, "zjj"))
    number = "jurisdiction" if tag == "jurisdiction" else secrets.token_hex(6)
    county.client("zjj").open_complaint(number)
    if tag == "bundles":
        sign(county)
    assert operations[tag]
    one_way_in_three = examples is few and tag in STEPS and mode is GenerationMode.NEGATIVE
    for operation in operations[tag][:: 3 if one_way_in_three else 1]:

        @examples
        @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
        def try_it(case: Any) -> None:
            if mode is GenerationMode.POSITIVE:
                reach(case, number)
            case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

        try_it()


def reach(case: Any, number: str) -> None:
    """Let a request get as far as the step: to a case that is there, at whatever version it has, its file or its clock."""
    for name, there in (("case", number), ("file_no", number), ("clock", RUNNING), ("rule", RUNNING)):
        if name in case.path_parameters:
            case.path_parameters[name] = there
    if "If-Match" in case.headers:
        case.headers["If-Match"] = "*"
    for name in ("Anjuan-Business-Time", "Anjuan-Recording-Time"):
        case.headers.pop(name, None)
