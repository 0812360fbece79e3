"""Administrators keep accounts, tokens and subjects; who only keeps those of an organ keeps no others, and who keeps none sees none."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from api.wiring import Wiring
from application.callers import SCOPES
from infrastructure.administration import Administration
from tests.http.client import Client
from tests.http.sign_in import OFFICERS, Browser, found_county

READ = "/api/v1/rules"


@pytest.fixture(scope="module")
def name(wiring: Wiring, administration: Administration) -> str:
    """A county with an administrator, and somebody who keeps the accounts of one organ."""
    made = f"t-{secrets.token_hex(5)}"
    found_county(wiring, administration, made)
    return made


@pytest.fixture
def client(port: int, name: str, administration: Administration) -> Iterator[Callable[..., Client]]:
    """Clients of officers, with every scope or some."""
    made: list[Client] = []

    def of(officer: str, scope: frozenset[str] = SCOPES) -> Client:
        token = administration.create_token(jurisdiction=name, organ=OFFICERS[officer][0], officer=officer, scope=scope)
        made.append(Client(port, token))
        return made[-1]

    yield of
    for each in made:
        each.close()


def login() -> str:
    return f"a-{secrets.token_hex(4)}"


def soon() -> str:
    return (datetime.now(UTC) + timedelta(days=1)).isoformat()


def test_an_account_is_made_used_reset_closed_and_opened_again(
    client: Callable[..., Client], port: int, name: str
) -> None:
    root, new = client("root"), login()
    made = root.post("/api/v1/accounts", {"login": new, "officer": "zhao"})
    assert made.status == 201, made.raw
    browser = Browser(port, name)
    assert browser.sign_in(new, made.json["password"]).status == 201
    reset = root.post(f"/api/v1/accounts/{new}/password", {})
    assert browser.get("/api/v1/session").status == 401
    assert browser.sign_in(new, made.json["password"]).status == 401
    assert browser.sign_in(new, reset.json["password"]).json["must_change"] is True
    assert root.send("PATCH", f"/api/v1/accounts/{new}", b'{"disabled": true}', JSON).status == 204
    assert browser.get("/api/v1/session").status == 401
    (shown,) = [each for each in root.get("/api/v1/accounts").json["items"] if each["login"] == new]
    assert (shown["officer"], shown["organ"], shown["made_by"]) == ("zhao", "slj", "root")
    assert shown["disabled_at"] is not None
    assert root.send("PATCH", f"/api/v1/accounts/{new}", b'{"disabled": false}', JSON).status == 204
    assert browser.sign_in(new, reset.json["password"]).status == 201


JSON = {"Content-Type": "application/json"}


def test_a_name_is_given_once_and_an_account_is_an_officers_who_serves(client: Callable[..., Client]) -> None:
    root, new = client("root"), login()
    assert root.post("/api/v1/accounts", {"login": new, "officer": "li"}).status == 201
    assert root.post("/api/v1/accounts", {"login": new, "officer": "wang"}).problem == "taken"
    assert root.post("/api/v1/accounts", {"login": login(), "officer": "nobody"}).problem == "invalid"
    assert root.post("/api/v1/accounts", {"login": "Not A Login", "officer": "li"}).problem == "invalid"
    assert root.post("/api/v1/accounts/nobody/password", {}).problem == "no-such-credential"


def test_who_keeps_the_accounts_of_an_organ_keeps_no_others(client: Callable[..., Client]) -> None:
    root, keeper = client("root"), client("keeper")
    theirs, own = login(), login()
    assert root.post("/api/v1/accounts", {"login": theirs, "officer": "zhao"}).status == 201
    assert keeper.post("/api/v1/accounts", {"login": own, "officer": "li"}).status == 201
    assert keeper.post("/api/v1/accounts", {"login": login(), "officer": "zhao"}).problem == "forbidden"
    assert keeper.post(f"/api/v1/accounts/{theirs}/password", {}).status == 404
    assert keeper.send("PATCH", f"/api/v1/accounts/{theirs}", b'{"disabled": true}', JSON).status == 404
    seen = {each["login"] for each in keeper.get("/api/v1/accounts").json["items"]}
    assert own in seen
    assert theirs not in seen
    assert keeper.post("/api/v1/tokens", {"organ": "slj", "expires_at": soon()}).problem == "forbidden"


@pytest.mark.parametrize("path", ["accounts", "tokens", "subjects"])
def test_who_keeps_no_accounts_sees_none_and_a_token_without_the_scope_neither(
    client: Callable[..., Client], administration: Administration, name: str, port: int, path: str
) -> None:
    system = Client(port, administration.create_token(jurisdiction=name, organ="slj", scope=SCOPES))
    assert system.get(f"/api/v1/{path}").problem == "forbidden"
    system.close()
    assert client("root", frozenset({"read", "act"})).get(f"/api/v1/{path}").problem == "out-of-scope"
    assert client("root").get(f"/api/v1/{path}").status == 200


def test_a_token_is_made_with_an_end_and_revoked_at_once(client: Callable[..., Client], port: int) -> None:
    root = client("root")
    body = {"organ": "slj", "officer": "zhao", "scope": ["read"], "label": "数据交换", "expires_at": soon()}
    made = root.post("/api/v1/tokens", body)
    assert made.status == 201, made.raw
    system = Client(port, made.json["token"])
    assert system.get(READ).status == 200
    (shown,) = [each for each in root.get("/api/v1/tokens").json["items"] if each["prefix"] == made.json["prefix"]]
    assert (shown["organ"], shown["officer"], shown["scope"], shown["label"]) == ("slj", "zhao", ["read"], "数据交换")
    assert shown["last_used_at"] is not None
    assert made.json["token"].partition(".")[2] not in str(root.get("/api/v1/tokens").json)
    assert root.send("DELETE", f"/api/v1/tokens/{made.json['prefix']}").status == 204
    assert system.get(READ).status == 401
    assert root.send("DELETE", f"/api/v1/tokens/{made.json['prefix']}").status == 404
    system.close()


def test_an_officer_sees_and_ends_the_tokens_that_speak_for_the_own_person_and_no_others(
    client: Callable[..., Client], name: str, administration: Administration, port: int
) -> None:
    wang, li = client("wang"), client("li")
    token = administration.create_token(jurisdiction=name, organ="zjj", officer="wang", label="unasked")
    prefix = token.partition(".")[0]
    assert {each["officer"] for each in wang.get("/api/v1/tokens").json["items"]} == {"wang"}
    assert prefix in str(wang.get("/api/v1/tokens").json)
    assert prefix not in str(li.get("/api/v1/tokens").json)
    assert li.send("DELETE", f"/api/v1/tokens/{prefix}").status == 404
    assert wang.send("DELETE", f"/api/v1/tokens/{prefix}").status == 204
    stranger = Client(port, token)
    assert stranger.get(READ).status == 401
    stranger.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"expires_at": "2020-01-01T00:00:00+08:00"},
        {"expires_at": "2099-01-01T00:00:00+08:00"},
        {"officer": "li"},
        {"officer": "nobody"},
        {"organ": "nobody"},
        {"scope": ["everything"]},
    ],
    ids=str,
)
def test_a_token_that_cannot_be_is_refused(client: Callable[..., Client], wrong: dict[str, Any]) -> None:
    body = {"organ": "slj", "expires_at": soon()}
    assert client("root").post("/api/v1/tokens", {**body, **wrong}).problem == "invalid"
    assert client("root").post("/api/v1/tokens", body).status == 201


def test_a_token_does_what_its_scope_says_and_nothing_else(client: Callable[..., Client]) -> None:
    body = {"number": f"K-{secrets.token_hex(4)}", "subject": "bidding", "complainant": "某公司"}
    reader, actor = client("li", frozenset({"read"})), client("li", frozenset({"act"}))
    assert reader.get(READ).status == 200
    assert reader.post("/api/v1/complaint", body).problem == "out-of-scope"
    assert reader.post("/api/v1/bulk", {"items": []}).problem == "out-of-scope"
    assert actor.get(READ).problem == "out-of-scope"
    assert actor.post("/api/v1/complaint", body).status == 201
    keeper = client("root", frozenset({"accounts"}))
    assert keeper.get(READ).problem == "out-of-scope"
    assert keeper.get("/api/v1/tokens").status == 200


def test_a_subject_is_entered_once_and_taken_away(client: Callable[..., Client]) -> None:
    root, subject = client("root"), secrets.token_hex(4)
    body = {"issuer": "https://id.example", "subject": subject, "officer": "zhao"}
    assert root.post("/api/v1/subjects", body).status == 201
    assert root.post("/api/v1/subjects", {**body, "officer": "li"}).problem == "taken"
    assert subject in str(root.get("/api/v1/subjects").json)
    assert subject not in str(client("keeper").get("/api/v1/subjects").json)
    query = f"/api/v1/subjects?issuer=https://id.example&subject={subject}"
    assert client("keeper").send("DELETE", query).status == 404
    assert root.send("DELETE", query).status == 204
    assert root.send("DELETE", query).status == 404


STEPS = "/api/v1/jurisdiction/jurisdiction"


ENDS: dict[str, dict[str, Any]] = {
    "suspend-officer": {},
    "see-off-officer": {"why": "retired"},
    "transfer-officer": {"organ": "slj", "duties": ["handler"]},
}


@pytest.mark.parametrize("step", ENDS)
def test_an_officer_who_serves_no_more_is_out_with_every_credential_at_once(
    client: Callable[..., Client], wiring: Wiring, administration: Administration, port: int, name: str, step: str
) -> None:
    root, officer = client("root"), f"o{secrets.token_hex(4)}"
    entered = {"officer": officer, "name": "某人", "organ": "zjj", "duties": ["handler"]}
    assert root.post(f"{STEPS}/register-officer", entered).status == 200
    password = root.post("/api/v1/accounts", {"login": officer, "officer": officer}).json["password"]
    token = Client(port, administration.create_token(jurisdiction=name, organ="zjj", officer=officer))
    browser = Browser(port, name)
    assert browser.sign_in(officer, password).status == 201
    assert (browser.get("/api/v1/session").status, token.get(READ).status) == (200, 200)
    assert root.post(f"{STEPS}/{step}", {"officer": officer, **ENDS[step]}).status == 200
    assert token.get(READ).status == 401
    token.close()
    moved = step == "transfer-officer"
    assert browser.get("/api/v1/session").status == (200 if moved else 401)
    assert browser.sign_in(officer, password).status == (201 if moved else 401)
    if moved:
        assert browser.get("/api/v1/session").json["organ"] == "slj"


def test_the_application_keeps_what_a_credential_is_good_for(
    administration: Administration, name: str, owner: psycopg.Connection[Any]
) -> None:
    token = administration.create_token(jurisdiction=name, organ="zjj")
    with pytest.raises(psycopg.errors.CheckViolation):
        owner.execute(
            """insert into anjuan.token (prefix, secret_hash, jurisdiction, organ, officer, scope)
            select 'x', secret_hash, jurisdiction, organ, officer, '{}' from anjuan.token where prefix = %s""",
            [token.partition(".")[0]],
        )
    with pytest.raises(ValueError, match="no scope"):
        administration.create_token(jurisdiction=name, organ="zjj", scope=frozenset({"everything"}))
