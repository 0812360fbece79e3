"""Every accepted action is answered with a receipt for exactly what it recorded, whichever route it took; a new route too."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from api.app import create_app
from api.v1.steps import PREFIX, hyphens, routes
from api.wiring import Wiring
from application.callers import SCOPES
from domain.cases import CASES
from tests.http.client import Answer, Client, path_of
from tests.http.conftest import County
from tests.http.covering import Covering, receipts_in
from tests.http.sign_in import Browser
from tests.http.test_bulk import accepts, opens, send
from tests.http.test_identity import file, grant, view
from tests.permissions.tables import STRICTER

JSON = {"Content-Type": "application/json", "If-Match": "*"}
HOOKS = f"{PREFIX}/webhooks"
CHANGING = ("post", "put", "patch", "delete")
HANDLE, HAND_OVER = f"{PREFIX}/handling", f"{PREFIX}/handlings/hand-over"

RECORDS_NOTHING = {
    f"POST {PREFIX}/what-if": "a question",
    f"POST {PREFIX}/identity/same-complainant": "a question; that it was asked is in the access log",
    f"POST {HOOKS}/{{webhook}}/test": "a notice that tells nothing",
    f"POST {HOOKS}/{{webhook}}/dead-letters/retry": "how far sending has come is no fact",
    f"DELETE {HOOKS}/{{webhook}}/dead-letters/{{position}}": "how far sending has come is no fact",
    **{
        f"{method} {PREFIX}/{path}": "who may come in is kept beside the ledger"
        for method, path in (
            ("POST", "accounts"), ("PATCH", "accounts/{login}"), ("POST", "accounts/{login}/password"),
            ("POST", "tokens"), ("DELETE", "tokens/{prefix}"), ("POST", "subjects"), ("DELETE", "subjects"),
            ("POST", "session"), ("DELETE", "session"), ("POST", "session/password"), ("DELETE", "sessions/{session}"),
        )
    },
}  # fmt: skip
"""What changes no fact, and so has no receipt; docs/proof.md says so too."""


@pytest.fixture(scope="module")
def covering() -> Covering:
    """What is found by watching every request of this module."""
    return Covering()


@pytest.fixture(scope="module")
def app(wiring: Wiring, covering: Covering) -> Flask:
    """The application, watched."""
    return covering.watch(create_app(wiring))


@pytest.fixture
def watched(covering: Covering, county: County) -> Iterator[County]:
    """A county of which every answer is compared with what was stored."""
    yield county
    assert covering.wrong == []


def with_receipt(document: Mapping[str, Any], operation: Mapping[str, Any]) -> bool:
    """Whether what an operation answers, when it is accepted, has a receipt in it."""
    accepted = [each for status, each in operation["responses"].items() if status.startswith("2")]
    return any(_has_receipt(document, each) for each in accepted)


def _has_receipt(document: Mapping[str, Any], shape: Any) -> bool:
    if isinstance(shape, dict) and "$ref" in shape:
        kind, _, name = shape["$ref"].removeprefix("#/components/").partition("/")
        return _has_receipt(document, document["components"][kind][name])
    if isinstance(shape, dict):
        return "receipt" in shape.get("properties", {}) or any(_has_receipt(document, each) for each in shape.values())
    return isinstance(shape, list) and any(_has_receipt(document, each) for each in shape)


def without_receipt(document: Mapping[str, Any]) -> set[str]:
    """Every operation that is no reading and answers without a receipt."""
    return {
        f"{method.upper()} {path}"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if method in CHANGING and not with_receipt(document, operation)
    }


def test_every_route_answers_with_a_receipt_or_is_known_to_record_nothing(county: County) -> None:
    document = county.client("zjj").get("/api/openapi.json").json
    assert without_receipt(document) == set(RECORDS_NOTHING)


def test_control_a_new_route_without_a_receipt_is_noticed(county: County) -> None:
    document = county.client("zjj").get("/api/openapi.json").json
    document["paths"]["/api/v1/everything"] = {"post": {"responses": {"200": {"description": "done"}}}}
    assert without_receipt(document) - set(RECORDS_NOTHING) == {"POST /api/v1/everything"}


def test_every_step_is_answered_alike_and_every_other_route_is_tried_here(county: County) -> None:
    document = county.client("zjj").get("/api/openapi.json").json
    steps = {
        f"POST {PREFIX}/{hyphens(name)}{route.path.replace('<case>', '{case}')}"
        for name, each in CASES.items()
        for route in routes(name, each)
    }
    every = {
        f"{method.upper()} {path}" for path, each in document["paths"].items() for method in each if method in CHANGING
    }
    assert steps <= every
    assert every - steps - set(RECORDS_NOTHING) == set(RECORDING)


def a_step(county: County, number: str) -> Answer:
    return county.client("zjj").open_complaint(number)


def many(county: County, number: str) -> Answer:
    return send(county, opens(number), opens(number), accepts(number), opens(f"{number}-2"))


def a_plan(county: County, number: str) -> Answer:
    tasks = [{"no": each, "title": "任务", "leads": ["zjj"], "due": "长期"} for each in ("1", "2")]
    said = {"plan": number, "source": "文件", "issued": "2025-01-02", "task": tasks}
    first = county.client("zwj").post(f"{PREFIX}/plans", said)
    again = county.client("zwj").post(f"{PREFIX}/plans", said)
    assert (again.json["opened"], again.json["token"]) == ([], None)
    assert again.json["receipt"] == first.json["receipt"], "the same plan, the same receipt"
    return first


def a_webhook(county: County, number: str) -> Answer:
    return county.client("zwj").post(HOOKS, {"url": "https://a.example/", "description": number})


def changed(method: str, rest: str, body: Any) -> Callable[[County, str], Answer]:
    """What changes a webhook."""

    def change(county: County, number: str) -> Answer:
        path = a_webhook(county, number).headers["Location"]
        return county.client("zwj").send(method, path + rest, None if body is None else json.dumps(body).encode(), JSON)

    return change


def a_hand_over(county: County, number: str) -> Answer:
    for each in (number, f"{number}-2"):
        county.client("zjj").open_complaint(each)
        said = {"file_no": each, "of": each, "officer": "zjj-officer"}
        assert county.client("zjj").post(HANDLE, said).status == 201
    said = {"officer": "zjj-officer", "successor": "zjj-colleague"}
    first = county.client("zjj").post(HAND_OVER, said)
    again = county.client("zjj").post(HAND_OVER, said)
    assert (again.json["handed"], {each["replayed"] for each in again.json["files"]}) == ([], {True})
    assert sorted(receipts_in(again.json)) == sorted(receipts_in(first.json)), "said again, the same receipts"
    back = county.client("zjj").post(HAND_OVER, {"officer": "zjj-colleague", "successor": "zjj-officer"})
    assert len(back.json["files"]) == len(first.json["files"]) >= 2
    return first


def a_look(county: County, number: str) -> Answer:
    file(county, number)
    return view(county.client("zjj"), grant(county, number))


RECORDING: dict[str, Callable[[County, str], Answer]] = {
    f"POST {PREFIX}/bulk": many,
    f"POST {PREFIX}/plans": a_plan,
    f"POST {HOOKS}": a_webhook,
    f"PATCH {HOOKS}/{{webhook}}": changed("PATCH", "", {"topics": ["complaint.*"], "state": "paused"}),
    f"DELETE {HOOKS}/{{webhook}}": changed("DELETE", "", None),
    f"POST {HOOKS}/{{webhook}}/secret": changed("POST", "/secret", {"overlap_hours": 1}),
    f"POST {HOOKS}/{{webhook}}/replay": changed("POST", "/replay", {"from": 1}),
    f"POST {HAND_OVER}": a_hand_over,
    f"POST {PREFIX}/identity/{{case}}/view": a_look,
}
"""Every route that records something and is no step, and a request that it accepts."""


@pytest.mark.parametrize("route", RECORDING)
def test_an_answer_names_exactly_the_events_that_the_request_recorded(
    watched: County, covering: Covering, number: str, route: str
) -> None:
    answer = RECORDING[route](watched, number)
    assert answer.status in (200, 201), answer.raw
    assert list(receipts_in(answer.json))
    assert sum(covering.right.values()) > 0


def test_a_step_a_correction_and_what_follows_from_them_are_covered_too(
    watched: County, covering: Covering, number: str
) -> None:
    client, key = watched.client("zjj"), {"Idempotency-Key": secrets.token_hex(8)}
    body = {"number": number, "subject": "bidding", "complainant": "某公司", "objection_needed": False}
    first, again = (client.post(f"{PREFIX}/complaint", body, key) for _ in range(2))
    assert list(receipts_in(again.json)) == list(receipts_in(first.json))
    (event,) = [each["event_id"] for each in first.json["events"]]
    said = {"event_id": event, "reason": "笔误", "values": {"subject": "other"}}
    corrected = client.post(f"{path_of(number).replace('/cases/', '/complaint/')}/correct", said)
    assert corrected.status in (200, 409, 422)
    assert client.post(f"{path_of(number).replace('/cases/', '/complaint/')}/accept", {}).status == 200
    assert covering.right[f"POST {PREFIX}/complaint"] >= 1


def test_control_an_answer_that_lost_its_receipt_or_has_that_of_another_request_is_noticed(
    watched: County, covering: Covering, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = a_step(watched, number)
    book = watched.wiring.place(watched.name).receipts
    for instead in (None, first.json["receipt"]):
        with monkeypatch.context() as patch:
            patch.setattr(book, "after", lambda event, instead=instead: instead)
            a_step(watched, f"{number}-{'other' if instead else 'none'}")
        assert [each.partition(":")[0] for each in covering.wrong] == [f"POST {PREFIX}/complaint"]
        covering.wrong.clear()


def test_what_is_said_to_record_nothing_records_nothing(watched: County, port: int) -> None:
    done = dict(nothing(watched, port))
    assert {*done} == set(RECORDS_NOTHING)
    assert {name: each.raw for name, each in done.items() if each.status >= 300} == {}
    assert [name for name, each in done.items() if each.raw and list(receipts_in(each.json))] == []


def nothing(county: County, port: int) -> Iterator[tuple[str, Answer]]:
    """Each of these requests, accepted."""
    office = county.client("zwj")
    keeps = county.owner.create_token(jurisdiction=county.name, organ="glk", officer="glk-officer", scope=SCOPES)
    supposing = {"profile": {"name": "national", "toml": STRICTER}, "limit": 10}
    yield f"POST {PREFIX}/what-if", office.post(f"{PREFIX}/what-if", supposing)
    intake = county.token("zjj", "zjj-colleague")
    asks = {"Authorization": f"Bearer {intake}"}
    same = f"{PREFIX}/identity/same-complainant"
    yield f"POST {same}", county.client("zjj").post(same, {"phone": "13800000000"}, asks)
    yield from _of_webhooks(county)
    yield from _of_accounts(county, Client(port, keeps), port)


def _of_webhooks(county: County) -> Iterator[tuple[str, Answer]]:
    office = county.client("zwj")
    path, name = a_webhook(county, "x").headers["Location"], f"{HOOKS}/{{webhook}}"
    webhook = path.rpartition("/")[2]
    schema = county.wiring.place(county.name).schema
    yield f"POST {name}/test", office.post(f"{path}/test", {})
    yield f"POST {name}/dead-letters/retry", office.post(f"{path}/dead-letters/retry", {})
    parked = f"INSERT INTO {schema}.webhook_dead_letter (webhook, position, event_id, topic, attempts, reason) VALUES (%s, 1, %s, 'x', 1, 'x')"
    with county.wiring.pool.connection() as connection:
        connection.execute(parked.encode(), (webhook, webhook))
    dropped = office.send("DELETE", f"{path}/dead-letters/1", None, JSON)
    yield f"DELETE {name}/dead-letters/{{position}}", dropped


def _of_accounts(county: County, root: Client, port: int) -> Iterator[tuple[str, Answer]]:
    login = f"a-{secrets.token_hex(4)}"
    made = root.post(f"{PREFIX}/accounts", {"login": login, "officer": "zjj-officer"})
    yield f"POST {PREFIX}/accounts", made
    browser = Browser(port, county.name)
    yield f"POST {PREFIX}/session", browser.sign_in(login, made.json["password"])
    yield f"POST {PREFIX}/session/password", browser.change_password(made.json["password"], secrets.token_hex(16))
    other = browser.get(f"{PREFIX}/sessions").json["items"][0]["handle"]
    yield f"DELETE {PREFIX}/sessions/{{session}}", browser.send("DELETE", f"{PREFIX}/sessions/{other}")
    reset = root.post(f"{PREFIX}/accounts/{login}/password", {})
    yield f"POST {PREFIX}/accounts/{{login}}/password", reset
    browser.sign_in(login, reset.json["password"])
    yield f"DELETE {PREFIX}/session", browser.send("DELETE", f"{PREFIX}/session")
    closed = root.send("PATCH", f"{PREFIX}/accounts/{login}", b'{"disabled": true}', JSON)
    yield f"PATCH {PREFIX}/accounts/{{login}}", closed
    soon = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    token = root.post(f"{PREFIX}/tokens", {"organ": "slj", "expires_at": soon})
    yield f"POST {PREFIX}/tokens", token
    yield f"DELETE {PREFIX}/tokens/{{prefix}}", root.send("DELETE", f"{PREFIX}/tokens/{token.json['prefix']}")
    subject = {"issuer": "https://idp.example", "subject": login, "officer": "zjj-officer"}
    yield f"POST {PREFIX}/subjects", root.post(f"{PREFIX}/subjects", subject)
    query = f"issuer=https://idp.example&subject={login}"
    yield f"DELETE {PREFIX}/subjects", root.send("DELETE", f"{PREFIX}/subjects?{query}")
