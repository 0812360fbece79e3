"""Who looked at what is kept before the answer leaves, refusals too; and what cannot be kept is not shown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psycopg
import pytest
from flask import Flask

from api.log.open import open_blueprints
from api.v1.accesses import ACCESSES
from api.v1.law import LAW
from api.v1.sign_in import SESSION
from api.v1.steps import hyphens
from application.accesses import LONGEST_QUESTION, LONGEST_VALUE, one_line, question
from domain.cases import CASES
from tests.http.client import Client, path_of
from tests.http.conftest import County

Owner = psycopg.Connection[Any]
PUBLIC = {LAW.name, SESSION.name, *(each.name for each in open_blueprints())}
"""What shows nothing of any case."""

ASKED = {"on": "2025-02-03", "from": "2025-01-01", "to": "2025-03-31", "name": "某公司"}


@pytest.fixture(scope="module")
def schema(county: County) -> str:
    return county.wiring.place(county.name).schema


@pytest.fixture
def kept(owner: Owner, schema: str) -> Callable[[], list[dict[str, Any]]]:
    """What has been recorded since the test began."""
    columns = (
        "n, organ, officer, credential, credential_id, method, route, named, case_id, file_id, asked, outcome, listed"
    )
    (begun,) = owner.execute(f"select coalesce(max(n), 0) from {schema}.access".encode()).fetchone() or (0,)

    def read() -> list[dict[str, Any]]:
        found = owner.execute(f"select {columns} from {schema}.access where n > {begun} order by n".encode())
        return [dict(zip(columns.split(", "), row, strict=True)) for row in found]

    return read


@pytest.fixture
def case(county: County, number: str) -> str:
    county.client("zjj").open_complaint(number)
    return number


def test_a_case_that_is_shown_is_kept_with_who_when_and_by_which_credential(
    county: County, case: str, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    answer = county.client("zwj").get(path_of(case), basis="known")
    (row,) = kept()
    assert (row["organ"], row["officer"], row["outcome"]) == ("zwj", "zwj-officer", "shown")
    assert (row["credential"], row["credential_id"]) == ("token", county.bearer("zwj").partition(".")[0])
    assert (row["method"], row["route"], row["named"]) == ("GET", "/api/v1/cases/<case>", case)
    assert (str(row["case_id"]), row["asked"]) == (answer.json["id"], "basis=known")
    assert row["file_id"] is not None


def test_what_is_searched_for_is_kept_so_that_the_same_is_seen_to_be_the_same_and_no_name_is_read(
    county: County, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    for searched in ("甲公司", "甲公司", "乙公司"):
        county.client("zwj").get("/api/v1/cases", q=searched)
    one, same, other = (row["asked"] for row in kept())
    assert one == same != other
    assert re.fullmatch(r"q=#[0-9a-f]{16}", one)


def test_the_secret_of_a_token_is_never_kept(
    county: County, case: str, owner: Owner, schema: str, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    county.client("zwj").get(path_of(case), token="planted-secret", Password="planted-secret")
    rows = json.dumps(kept(), default=str, ensure_ascii=False)
    assert county.bearer("zwj").partition(".")[2] not in rows
    assert "planted-secret" not in rows


def test_what_is_refused_and_what_is_not_found_is_kept_steps_too(
    county: County, case: str, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    slj = county.client("slj")
    assert slj.post(f"/api/v1/complaint/{quote(case)}/accept", {}).status in (403, 404)
    assert slj.get("/api/v1/accesses").status == 403
    assert slj.get(path_of("没有这个案")).status == 404
    step, looked, lost = kept()
    assert (step["method"], step["named"], step["asked"]) == ("POST", case, "")
    assert step["outcome"] in ("refused", "not-found") and step["file_id"] is not None
    assert (looked["route"], looked["outcome"]) == ("/api/v1/accesses", "refused")
    assert (lost["named"], lost["outcome"], lost["file_id"]) == ("没有这个案", "not-found", None)


def test_each_command_of_many_that_is_refused_is_kept(
    county: County, case: str, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    commands = [
        {"type": "complaint", "step": "accept", "case": case, "if_match": "*", "body": {}},
        {"type": "complaint", "step": "accept", "case": "没有这个案", "if_match": "*", "body": {}},
        {"type": "complaint", "step": "accept", "case": case, "body": {}},
    ]
    body = json.dumps({"commands": commands}).encode()
    answer = county.client("slj").send("POST", "/api/v1/bulk", body, {"Content-Type": "application/json"})
    assert answer.json["refused"] == 3
    assert [(row["named"], row["asked"]) for row in kept()] == [
        (case, "step=complaint accept"),
        ("没有这个案", "step=complaint accept"),
    ]


def test_a_step_that_is_taken_is_kept_by_its_event_alone(
    county: County, number: str, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    assert county.client("zjj").open_complaint(number).status == 201
    assert kept() == []


def test_a_list_is_kept_with_how_many_rows_it_showed(
    county: County, case: str, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    shown = county.client("zjj").get("/api/v1/cases", department="zjj").json["items"]
    events = county.client("zjj").get(f"{path_of(case)}/events").json["items"]
    listed, looked = kept()
    assert (listed["outcome"], listed["listed"], listed["asked"]) == ("listed", len(shown), "department=zjj")
    assert (looked["outcome"], looked["listed"]) == ("shown", len(events))


def test_a_file_is_kept_as_the_file_that_was_asked(
    county: County, case: str, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    answer = county.client("zjj").get(f"/api/v1/files/{quote(case)}")
    (row,) = kept()
    assert (row["named"], row["case_id"], str(row["file_id"])) == (case, None, answer.json["id"])


def reads(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Every route that is no step: its method, its rule, the blueprint that it belongs to."""
    for rule in app.url_map.iter_rules():
        blueprint = rule.endpoint.partition(".")[0]
        for method in sorted(rule.methods or set()):
            steps = method == "POST" and blueprint in {*map(hyphens, CASES), "bulk"}
            if rule.rule.startswith(("/api/v1", "/log")) and method not in ("HEAD", "OPTIONS") and not steps:
                yield method, rule.rule, blueprint


def test_every_route_that_shows_anything_leaves_one_record(
    app: Flask, county: County, case: str, kept: Callable[[], list[dict[str, Any]]]
) -> None:
    known = {"case": case, "file_no": case, "clock": "NA-ACC3", "department": "zjj", "webhook": str(UUID(int=1))}
    client, before, public = county.client("jjw"), 0, 0
    for method, rule, blueprint in reads(app):
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: quote(known.get(found[1], "1"), safe=""), rule)
        takes = {name: value for name, value in ASKED.items() if method == "GET"}
        answer = client.get(path) if method == "GET" else client.send(method, path)
        if answer.status == 422 and method == "GET":
            for some in ({"on": takes["on"]}, {"from": takes["from"], "to": takes["to"]}, {"name": takes["name"]}):
                if (answer := client.get(path, **some)).status != 422:
                    break
        rows = kept()
        if blueprint in PUBLIC:
            public += 1
            assert len(rows) == before, rule
        elif answer.status in (200, 204, 304, 403, 404):
            assert len(rows) == before + 1, f"{method} {rule} {answer.status}"
            assert (rows[-1]["method"], rows[-1]["route"]) == (method, rule)
        before = len(rows)
    assert before > 25 and public > 2


def test_what_everybody_may_see_is_not_kept(county: County, kept: Callable[[], list[dict[str, Any]]]) -> None:
    for path in ("/healthz", "/readyz", "/version", "/metrics", "/api/openapi.json", "/api/docs/"):
        assert county.client("zjj").get(path).status in (200, 401, 503), path
    assert kept() == []


@pytest.mark.parametrize("path", ["/api/v1/cases/{case}", "/api/v1/cases", "/api/v1/overdue", "/api/v1/due.ics"])
def test_nothing_is_shown_that_cannot_be_recorded(
    county: County, case: str, owner: Owner, schema: str, path: str
) -> None:
    client, asked = county.client("zjj"), path.format(case=quote(case))
    shown = client.get(asked)
    assert shown.status == 200
    owner.execute(f"revoke insert on {schema}.access from anjuan_app".encode())
    try:
        answer = client.get(asked)
        missing = client.get(path_of("没有这个案"))
    finally:
        owner.execute(f"grant insert on {schema}.access to anjuan_app".encode())
    assert (answer.status, answer.problem, missing.status) == (503, "not-recorded", 503)
    assert set(answer.json) == {"type", "title", "status", "instance"}
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("change", ["update {}.access set organ = 'x'", "delete from {}.access", "truncate {}.access"])
def test_what_is_recorded_stays(
    county: County, case: str, owner: Owner, database: Any, schema: str, change: str
) -> None:
    county.client("zjj").get(path_of(case))
    with psycopg.connect(database.app) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(change.format(schema).encode())
    with pytest.raises(psycopg.DatabaseError) as refused:
        owner.execute(change.format(schema).encode())
    assert refused.value.sqlstate == "AJ003"


def test_inspectors_and_auditors_see_who_looked_by_case_officer_department_day_and_outcome(
    county: County, case: str
) -> None:
    county.client("zwj").get(path_of(case))
    county.client("zjj").get(f"/api/v1/files/{quote(case)}")
    county.client("slj").get(path_of(case + "x"))
    for watcher in ("jjw", "sjj"):
        client = county.client(watcher)
        both = client.get("/api/v1/accesses", case=case).json["items"]
        assert [(row["organ"], row["named"], row["file_no"]) for row in both] == [
            ("zjj", case, None),
            ("zwj", case, None),
        ]
        assert [row["organ"] for row in client.get("/api/v1/accesses", case=case, department="zwj").json["items"]] == [
            "zwj"
        ]
        assert len(client.get("/api/v1/accesses", case=case, officer="zjj-officer").json["items"]) == 1
        assert client.get("/api/v1/accesses", case=case, outcome="refused").json["items"] == []
        assert len(client.get("/api/v1/accesses", case=case + "x", outcome="not-found").json["items"]) == 1
        day = both[0]["at"][:10]
        assert len(client.get("/api/v1/accesses", case=case, from_=day, to=day).json["items"]) == 2
        assert client.get("/api/v1/accesses", case=case, to="2020-01-01").json["items"] == []


@pytest.mark.parametrize("organ", ["zwj", "zjj", "slj", "jyzx", "gaj", "system"])
def test_nobody_else_sees_who_looked(county: County, organ: str) -> None:
    assert county.client(organ).get("/api/v1/accesses").problem == "forbidden"


def test_whoever_is_barred_from_a_file_is_not_told_who_looked_at_it(
    county: County, case: str, owner: Owner, schema: str
) -> None:
    county.client("zjj").get(path_of(case))
    assert len(county.client("sjj").get("/api/v1/accesses", case=case).json["items"]) == 1
    file = "select file_id, file_id from {0}.access where named = %s limit 1"
    barring = f"insert into {schema}.barred (file_id, about, who) select *, %s from ({file.format(schema)}) f"
    for who in ("sjj", "jjw-officer"):
        owner.execute(barring.encode(), [who, case])
    for watcher in ("sjj", "jjw"):
        assert county.client(watcher).get("/api/v1/accesses", case=case).json["items"] == []
    assert len(county.client("jwjc").get("/api/v1/accesses", case=case).json["items"]) >= 1


def test_pages_follow_each_other_without_a_gap_and_the_watchers_are_watched(county: County, case: str) -> None:
    for _ in range(5):
        county.client("zjj").get(path_of(case))
    client: Client = county.client("jjw")
    first = client.get("/api/v1/accesses", case=case, limit=2).json
    second = client.get("/api/v1/accesses", case=case, limit=2, cursor=first["next"]).json
    third = client.get("/api/v1/accesses", case=case, limit=2, cursor=second["next"]).json
    found = [row["request_id"] for page in (first, second, third) for row in page["items"]]
    assert len(set(found)) == 5 and third["next"] is None
    watched = client.get("/api/v1/accesses", department="jjw", limit=3).json["items"]
    assert [(row["route"], row["outcome"]) for row in watched] == [(f"{ACCESSES.url_prefix}/accesses", "listed")] * 3
    assert client.get("/api/v1/accesses", cursor=first["next"]).problem == "bad-cursor"


@pytest.mark.parametrize(
    ("said", "kept_as"),
    [
        ([("q", "a\nlevel=ERROR")], "q=a\\nlevel=ERROR"),
        ([("q", "\x1b[2J\x7f\u202e\x85")], "q=\\x1b[2J\\x7f\\u202e\\x85"),
        ([("access_token", "t"), ("Secret", "s"), ("password", "p")], "access_token=***&Secret=***&password=***"),
    ],
)
def test_a_question_is_one_line_without_secrets(said: list[tuple[str, str]], kept_as: str) -> None:
    assert question(said) == kept_as


def test_a_question_is_bounded() -> None:
    assert len(one_line("\n" * 500, 200)) == 200
    assert len(question([("q", "长" * 500)])) <= LONGEST_VALUE + 2
    assert len(question([(f"q{n}", "\x00" * 500) for n in range(50)])) == LONGEST_QUESTION
