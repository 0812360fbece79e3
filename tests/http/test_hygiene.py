"""Strangers and browsers are kept in bounds: names, sizes, headers, methods; no secret in a path, a query or the log."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import logging
import re
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from api.app import create_app
from api.cli.logs import LINE, OneLine
from api.guarding import HEADERS
from api.v1.body import MOST_BYTES
from api.wiring import LOCAL_HOSTS, Wiring
from tests.http.client import Client, path_of
from tests.http.conftest import County

JSON = {"Content-Type": "application/json"}
SECRET = re.compile(r"token|secret|password|passwd|credential", re.IGNORECASE)


@pytest.fixture
def stranger(county: County) -> Iterator[Client]:
    made = Client(county.port, None)
    yield made
    made.close()


@pytest.fixture(scope="module")
def document(app: Flask) -> Any:
    return json.loads(app.test_client().get("/api/openapi.json").data)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "evil.example:8000"]
)
@pytest.mark.parametrize("path", ["/healthz", "/api/v1/cases", "/api/docs/", "/nothing"])
def test_a_name_that_is_not_ours_is_refused(stranger: Client, host: str, path: str) -> None:
    answer = stranger.get(path, {"Host": host})
    assert (answer.status, answer.problem) == (400, "untrusted-host")
    assert host not in answer.raw.decode()


@pytest.mark.parametrize("host", [*LOCAL_HOSTS, "localhost:8000"])
def test_our_own_names_are_answered(stranger: Client, host: str) -> None:
    assert stranger.get("/healthz", {"Host": host}).status == 200


def test_a_deployment_answers_to_its_own_names_alone(database: Any) -> None:
    wiring = Wiring(database.app, hosts=("anjuan.example.gov.cn",))
    client = create_app(wiring).test_client()
    assert client.get("/healthz", headers={"Host": "anjuan.example.gov.cn"}).status_code == 200
    assert client.get("/healthz", headers={"Host": "localhost"}).status_code == 400
    wiring.close()


def paths(county: County, number: str) -> list[str]:
    county.client("zjj").open_complaint(number)
    known = ["/healthz", "/nothing", "/api/openapi.json", "/api/v1/cases", "/api/v1/rules", "/api/docs/"]
    return [*known, path_of(number), path_of(f"{number}x"), "/api/v1/overdue?limit=0"]


def test_every_answer_has_the_headers_and_only_the_page_of_the_interface_may_be_kept(
    county: County, number: str
) -> None:
    for path in paths(county, number):
        answer = county.client("zjj").get(path)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS, path
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        if not path.startswith("/api/docs"):
            assert answer.headers["Cache-Control"] == "no-store", path
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; ")
            assert "'self'" not in answer.headers["Content-Security-Policy"]
        assert "Strict-Transport-Security" not in answer.headers


def test_the_page_of_the_interface_may_run_its_own_script_and_no_other(stranger: Client) -> None:
    answer = stranger.get("/api/docs/")
    policy = dict(each.strip().split(" ", 1) for each in answer.headers["Content-Security-Policy"].split(";"))
    (inline,) = re.findall(rb"<script>(.*?)</script>", answer.raw, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(inline).digest()).decode()
    assert policy["script-src"] == f"'self' 'sha256-{digest}'"
    assert (policy["default-src"], policy["connect-src"]) == ("'none'", "'self'")
    assert not re.search(r"https?:|\*|unsafe-eval", answer.headers["Content-Security-Policy"])
    assert not re.search(rb"\son\w+=|style=|<style|javascript:", answer.raw)


@pytest.mark.parametrize("path", ["/api/v1/complaint", "/api/v1/bulk", "/api/v1/what-if"])
def test_a_body_that_is_too_large_is_not_read(county: County, path: str) -> None:
    client = Client(county.port, county.bearer("zjj"))
    answer = client.send("POST", path, b'{"a": "' + b"x" * MOST_BYTES + b'"}', {**JSON, "If-Match": "*"})
    client.close()
    assert (answer.status, answer.problem) == (413, "too-large")


@pytest.mark.parametrize("method", ["TRACE", "FOO", "DELETE", "PUT", "PATCH"])
@pytest.mark.parametrize("path", ["/api/v1/cases", "/api/v1/complaint", "/healthz"])
def test_a_method_that_a_path_does_not_take_is_405_for_everybody(stranger: Client, method: str, path: str) -> None:
    answer = stranger.send(method, path)
    assert (answer.status, answer.problem) == (405, "method-not-allowed")


def parts(shape: Any, document: Any, path: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    """Where a shape that callers send is not bounded, and in what."""
    if name := shape.get("$ref", "").rpartition("/")[2]:
        if name not in seen:
            seen.add(name)
            yield from parts(document["components"]["schemas"][name], document, name, seen)
        return
    if several := shape.get("anyOf") or shape.get("allOf") or shape.get("oneOf"):
        for each in several:
            yield from parts(each, document, path, seen)
        return
    kinds = {shape.get("type")} if isinstance(shape.get("type"), str) else set(shape.get("type") or ())
    if "enum" in shape:
        return
    if "string" in kinds and not ({"maxLength", "pattern"} & set(shape) or shape.get("format") in FORMATS):
        yield path, "string"
    if {"integer", "number"} & kinds and not {"minimum", "maximum"} <= set(shape):
        yield path, "number"
    if "array" in kinds:
        if "maxItems" not in shape:
            yield path, "array"
        yield from parts(shape["items"], document, f"{path}[]", seen)
    for key, each in shape.get("properties", {}).items():
        yield from parts(each, document, f"{path}.{key}", seen)
    if "object" in kinds and shape.get("additionalProperties") is not False and "maxProperties" not in shape:
        yield path, "object"
    if not kinds and "properties" not in shape:
        yield path, "anything"


FORMATS = {"uuid", "date", "date-time"}
READ_AS_THE_SINGLE_REQUEST = {("BulkCommand.body", "object")}


def unbounded(document: Any) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    seen: set[str] = set()
    for path, item in document["paths"].items():
        for operation in (each for key, each in item.items() if key != "parameters"):
            for each in operation.get("parameters", ()):
                if each.get("in") == "query":
                    found |= set(parts(each["schema"], document, f"{path} {each['name']}", seen))
            for content in operation.get("requestBody", {}).get("content", {}).values():
                found |= set(parts(content["schema"], document, path, seen))
    return found


def test_everything_that_callers_send_is_bounded(document: Any) -> None:
    assert unbounded(document) == READ_AS_THE_SINGLE_REQUEST


@pytest.mark.parametrize(
    "shape",
    [{"type": "string"}, {"type": "integer"}, {"type": "array", "items": {"enum": [1]}}, {"type": "object"}, {}],
)
def test_a_field_without_bounds_would_be_found(shape: Any) -> None:
    body = {"content": {"application/json": {"schema": {"properties": {"x": shape}}}}}
    assert unbounded({"paths": {"/p": {"post": {"requestBody": body}}}})


@pytest.mark.parametrize("value", ["长" * 20_001, 2**60, [1] * 1_001, {"a": {"b": "x" * 20_001}}, ["x" * 20_001]])
def test_a_correction_is_bounded_too(county: County, number: str, value: Any) -> None:
    event = county.client("zjj").open_complaint(number).json["events"][0]["event_id"]
    body = {"event_id": event, "values": {"complainant": value}, "reason": "r"}
    answer = county.client("zjj").post(f"/api/v1/complaint/{quote(number)}/correct", body)
    assert (answer.status, answer.problem) == (422, "invalid")


def test_no_path_and_no_query_takes_a_secret(app: Flask, document: Any) -> None:
    arguments = {name for rule in app.url_map.iter_rules() for name in rule.arguments}
    queries = {
        each["name"]
        for item in document["paths"].values()
        for operation in (item.values())
        for each in (operation if isinstance(operation, list) else operation.get("parameters", ()))
        if each.get("in") in ("query", "path")
    }
    assert len(queries) > 20
    assert [name for name in {*arguments, *queries} if SECRET.search(name)] == []
    assert SECRET.search("access_token")


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What would stand in the log."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(OneLine(LINE))
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield said
    root.removeHandler(handler)
    root.setLevel(before)


def test_what_callers_say_is_not_in_the_log(app: Flask, county: County, number: str, logged: io.StringIO) -> None:
    token = county.bearer("zjj")
    headers = {"Authorization": f"Bearer {token}", **JSON}
    client = app.test_client()
    body = {"number": number, "subject": "bidding", "complainant": "张三举报人", "objection_needed": False}
    assert client.post("/api/v1/complaint", headers=headers, data=json.dumps(body)).status_code == 201
    assert client.post("/api/v1/complaint", headers=headers, data='{"complainant": "张三举报人"').status_code == 400
    assert client.get("/api/v1/cases?q=李四所查", headers=headers).status_code == 200
    assert client.get("/api/v1/cases", headers={"Authorization": "Bearer planted-and-wrong"}).status_code == 401
    said = logged.getvalue()
    assert "route=/api/v1/complaint status=201" in said
    assert [each for each in ("张三", "李四", "planted-and-wrong", token) if each in said] == []


@pytest.mark.parametrize(
    "planted",
    [
        "Authorization: Bearer planted-secret",
        "connect postgresql://anjuan:planted-secret@db/anjuan failed",
        "password=planted-secret",
        "aj_0123456789ab.planted-secret-planted-secret",
    ],
)
def test_a_secret_that_came_as_far_as_the_log_is_masked(logged: io.StringIO, planted: str) -> None:
    logging.getLogger("anjuan").error("failed: %s", planted)
    try:
        raise RuntimeError(planted)
    except RuntimeError:
        logging.getLogger("anjuan").exception("defect")
    assert "planted-secret" not in logged.getvalue()
    assert "RuntimeError" in logged.getvalue() and "***" in logged.getvalue()


@pytest.mark.parametrize("end", ["\n", "\r", "\x0b", "\x85", "\u2028", "\x1b[2K"])
def test_no_text_begins_a_line_of_the_log(logged: io.StringIO, end: str) -> None:
    forged = f"x{end}2025-01-01T00:00:00.000Z level=INFO logger=anjuan.http forged"
    logging.getLogger("anjuan").warning("failed: %s", forged)
    try:
        raise ValueError(forged)
    except ValueError:
        logging.getLogger("anjuan").warning("defect", exc_info=sys.exc_info())
    lines = logged.getvalue().splitlines()
    assert [each for each in lines if each.startswith("2025-01-01T00:00:00.000Z")] == []
    assert any("forged" in each for each in lines)


def test_the_log_of_others_would_be_forged() -> None:
    plain = logging.Formatter(LINE).format(logging.makeLogRecord({"msg": "a\n2025-01-01T00:00:00 forged"}))
    assert len(plain.splitlines()) == 2
