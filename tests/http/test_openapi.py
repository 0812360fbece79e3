"""The OpenAPI document is valid, complete and derived; its page needs no network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import validate

from api.v1.steps import hyphens
from domain.cases import CASES
from domain.kernel import FLOW

GOLDEN = Path(__file__).parents[1] / "golden" / "openapi.json"


@pytest.fixture(scope="module")
def document(app: Flask) -> Any:
    """The document as served."""
    return json.loads(app.test_client().get("/api/openapi.json").data)


def test_the_document_is_valid_openapi_3_1(document: Any) -> None:
    assert document["openapi"] == "3.1.0"
    validate(document)


def test_the_document_is_as_it_was_agreed(document: Any, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN, json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def test_every_route_is_documented_and_nothing_else(app: Flask, document: Any) -> None:
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(("/api/v1", "/log"))
    }
    documented = {
        (path, method) for path, item in document["paths"].items() for method in item if method != "parameters"
    }
    assert documented == routes


def test_every_step_of_every_case_type_has_its_routes(document: Any) -> None:
    for name, case_type in CASES.items():
        prefix = f"/api/v1/{hyphens(name)}"
        taken = [step for step in case_type.STEPS.values() if step.routed and step.by != (FLOW,)]
        opening = [step for step in taken if step.opens]
        expected = {f"{prefix}/{{case}}/{hyphens(step.name)}" for step in taken if step.acts}
        expected |= {prefix if place == 0 else f"{prefix}/{hyphens(step.name)}" for place, step in enumerate(opening)}
        expected.add(f"{prefix}/{{case}}/correct")
        assert {path for path in document["paths"] if path == prefix or path.startswith(f"{prefix}/")} == expected


def test_every_operation_has_a_name_of_its_own_and_documents_who_is_not_let_in(document: Any) -> None:
    operations = [each for item in document["paths"].values() for key, each in item.items() if key != "parameters"]
    names = [each["operationId"] for each in operations if "operationId" in each]
    assert len(set(names)) == len(names)
    assert all("401" in each["responses"] and "default" in each["responses"] for each in operations)


def test_problems_are_documented_as_problems(document: Any) -> None:
    for name, response in document["components"]["responses"].items():
        assert list(response["content"]) == ["application/problem+json"], name


def test_the_page_of_the_document_needs_no_network(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/api/docs").headers["Location"].endswith("/api/docs/")
    page = client.get("/api/docs/").text
    wanted = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert wanted
    assert all(each.startswith("/api/docs/") for each in wanted)
    for each in wanted:
        with client.get(each) as asset:
            assert asset.status_code == 200, each
    assert '"validatorUrl": null' in page
