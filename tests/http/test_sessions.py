"""A session is a row behind a random cookie: it ends when it is said to, and only a page of the service can use it."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from api.auth import COOKIE, CSRF
from api.wiring import Wiring
from application.passwords import what_is_wrong
from infrastructure.administration import Administration
from infrastructure.sign_in.passwords import Passwords
from tests.http.client import Client
from tests.http.sign_in import Browser, cookie_of, found_county

READ = "/api/v1/rules"
GOOD = "四月 correct horse battery"


@pytest.fixture(scope="module")
def name(wiring: Wiring, administration: Administration) -> str:
    """A county whose officers sign in."""
    made = f"t-{secrets.token_hex(5)}"
    found_county(wiring, administration, made)
    return made


@pytest.fixture(autouse=True)
def fresh(owner: psycopg.Connection[Any]) -> None:
    """What other tests tried counts for none."""
    owner.execute("delete from anjuan.spending")


@pytest.fixture
def account(wiring: Wiring, name: str) -> tuple[str, str]:
    """A new account of officer li, with the password that was handed out."""
    login = f"li-{secrets.token_hex(4)}"
    with wiring.door.keeping(name) as keeper:
        return login, keeper.accounts.add(login, "li", made_by="test")


@pytest.fixture
def browser(port: int, name: str, account: tuple[str, str]) -> Browser:
    """Somebody who signed in and changed the first password."""
    made = Browser(port, name)
    assert made.sign_in(*account).status == 201
    assert made.change_password(account[1], GOOD).status == 200
    return made


def complaint() -> dict[str, Any]:
    return {"number": f"S-{secrets.token_hex(4)}", "subject": "bidding", "complainant": "某公司"}


def test_whoever_signs_in_acts_as_the_officer_of_the_account(browser: Browser, account: tuple[str, str]) -> None:
    told = browser.get("/api/v1/session").json
    assert (told["organ"], told["officer"], told["credential"], told["login"]) == ("zjj", "li", "session", account[0])
    body = complaint()
    assert browser.send("POST", "/api/v1/complaint", body).status == 201
    event = browser.get(f"/api/v1/cases/{body['number']}/events").json["items"][0]
    assert (event["department"], event["officer"]) == ("zjj", "li")


def test_the_cookie_is_for_this_host_over_tls_and_out_of_reach_of_scripts(browser: Browser) -> None:
    found = browser.change_password(GOOD, GOOD + "!")
    said = {each.strip().lower() for each in found.headers["Set-Cookie"].split(";")[1:]}
    assert said == {"path=/", "secure", "httponly", "samesite=lax"}
    assert len(cookie_of(found)) == 43


def test_only_the_hash_of_the_cookie_is_kept(browser: Browser, owner: psycopg.Connection[Any]) -> None:
    kept = " ".join(str(row) for row in owner.execute("select s::text from anjuan.session s"))
    assert browser.cookie is not None
    assert kept
    assert browser.cookie not in kept


def test_a_first_password_opens_nothing_but_its_own_change(port: int, name: str, account: tuple[str, str]) -> None:
    browser = Browser(port, name)
    assert browser.sign_in(*account).json["must_change"] is True
    assert browser.get(READ).problem == "out-of-scope"
    assert browser.send("POST", "/api/v1/complaint", complaint()).problem == "out-of-scope"
    assert browser.change_password(account[1], GOOD).json["must_change"] is False
    assert browser.get(READ).status == 200


@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "aaaaaaaaaaaaaaaa",
        "Password2026!!",
        "1234567890123456",
        "Anjuan-Admin-2026",
        "p@55w0rd12345",
        "li-{}-long enough",
    ],
)
def test_a_weak_password_is_refused(browser: Browser, account: tuple[str, str], weak: str) -> None:
    refused = browser.change_password(GOOD, weak.replace("li-{}", account[0]))
    assert (refused.status, refused.problem) == (422, "invalid")
    assert what_is_wrong(GOOD, (account[0],)) is None


def test_a_cookie_opens_nothing_after_signing_out(browser: Browser) -> None:
    assert browser.get(READ).status == 200
    assert browser.send("DELETE", "/api/v1/session").status == 204
    assert browser.get(READ).status == 401
    assert browser.get("/api/v1/session").status == 401


def test_a_new_password_ends_every_session_and_begins_one(
    port: int, browser: Browser, account: tuple[str, str]
) -> None:
    other = Browser(port, browser.jurisdiction)
    assert other.sign_in(account[0], GOOD).status == 201
    stolen = browser.cookie
    assert browser.change_password(GOOD, GOOD + "2").status == 200
    assert browser.cookie != stolen
    assert browser.get(READ).status == 200
    assert other.get(READ).status == 401
    assert other.sign_in(account[0], GOOD).status == 401


def test_a_closed_account_ends_its_sessions_at_once(wiring: Wiring, browser: Browser, account: tuple[str, str]) -> None:
    assert browser.get(READ).status == 200
    with wiring.door.keeping(browser.jurisdiction) as keeper:
        keeper.accounts.disable(account[0], now=datetime.now(UTC))
        assert browser.get(READ).status == 401
        assert browser.sign_in(account[0], GOOD).problem == "wrong-password"
        keeper.accounts.enable(account[0])
    assert browser.get(READ).status == 401
    assert browser.sign_in(account[0], GOOD).status == 201


def test_a_session_ends_when_nobody_uses_it(browser: Browser, owner: psycopg.Connection[Any]) -> None:
    owner.execute("update anjuan.session set seen_at = now() - interval '29 minutes'")
    assert browser.get(READ).status == 200
    owner.execute("update anjuan.session set seen_at = now() - interval '30 minutes'")
    assert browser.get(READ).status == 401


def test_a_session_ends_after_eight_hours_however_it_is_used(browser: Browser, owner: psycopg.Connection[Any]) -> None:
    (left,) = owner.execute("select max(ends_at) - max(begun_at) from anjuan.session").fetchone() or ()
    assert left.total_seconds() == 8 * 3600
    owner.execute("update anjuan.session set ends_at = now() + interval '1 minute'")
    assert browser.get(READ).status == 200
    owner.execute("update anjuan.session set ends_at = now()")
    assert browser.get(READ).status == 401


def test_a_cookie_that_somebody_else_chose_is_not_taken_over(port: int, name: str, account: tuple[str, str]) -> None:
    planted = secrets.token_urlsafe(32)
    victim = Browser(port, name, cookie=planted)
    assert victim.sign_in(*account).status == 201
    assert victim.cookie != planted
    assert Browser(port, name, cookie=planted).get(READ).status == 401


def test_every_signing_in_gives_another_cookie(port: int, browser: Browser, account: tuple[str, str]) -> None:
    before = browser.cookie
    assert browser.sign_in(account[0], GOOD).status == 201
    assert browser.cookie != before


@pytest.mark.parametrize("sent", [None, "", "wrong", "é"])
def test_what_changes_something_needs_the_proof_of_a_page(browser: Browser, sent: str | None) -> None:
    refused = browser.send("POST", "/api/v1/complaint", complaint(), **{CSRF: sent})
    assert (refused.status, refused.problem) == (403, "cross-site")
    assert browser.send("DELETE", "/api/v1/session", **{CSRF: sent}).problem == "cross-site"
    assert browser.send("POST", "/api/v1/complaint", complaint()).status == 201


def test_the_proof_of_one_session_is_none_of_another(port: int, browser: Browser, account: tuple[str, str]) -> None:
    other = Browser(port, browser.jurisdiction)
    assert other.sign_in(account[0], GOOD).status == 201
    assert other.csrf is not None
    assert browser.send("POST", "/api/v1/complaint", complaint(), **{CSRF: other.csrf}).problem == "cross-site"


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_page_of_another_site_changes_nothing_and_signs_nobody_in(
    browser: Browser, account: tuple[str, str], headers: dict[str, str]
) -> None:
    browser.headers = headers
    assert browser.send("POST", "/api/v1/complaint", complaint()).problem == "cross-site"
    assert browser.sign_in(account[0], GOOD).problem == "cross-site"
    browser.headers = {"Origin": f"https://127.0.0.1:{browser.port}", "Sec-Fetch-Site": "same-origin"}
    assert browser.send("POST", "/api/v1/complaint", complaint()).status == 201


def test_a_request_with_a_bearer_is_judged_by_that_alone(browser: Browser) -> None:
    assert browser.get(READ, Authorization="Bearer nonsense").status == 401
    assert browser.get(READ, Authorization="Basic eDp5").status == 401
    assert browser.get(READ).status == 200


def test_a_token_needs_no_proof_of_a_page(port: int, name: str, administration: Administration) -> None:
    client = Client(port, administration.create_token(jurisdiction=name, organ="zjj", officer="li"))
    assert client.post("/api/v1/complaint", complaint(), {"Origin": "https://evil.example"}).status == 201
    assert client.send("DELETE", "/api/v1/session").status == 401
    assert client.get("/api/v1/session").json["credential"] == "token"
    client.close()


def test_own_sessions_are_listed_and_ended_and_those_of_others_are_not(
    wiring: Wiring, port: int, browser: Browser, account: tuple[str, str]
) -> None:
    other = Browser(port, browser.jurisdiction, headers={"User-Agent": "another"})
    assert other.sign_in(account[0], GOOD).status == 201
    items = browser.get("/api/v1/sessions").json["items"]
    assert {each["agent"]: each["here"] for each in items} == {None: True, "another": False}
    handles = {each["agent"]: each["handle"] for each in items}
    with wiring.door.keeping(browser.jurisdiction) as keeper:
        login = f"stranger-{secrets.token_hex(3)}"
        stranger = Browser(port, browser.jurisdiction)
        stranger.sign_in(login, keeper.accounts.add(login, "zhao", made_by="test"))
    assert stranger.send("DELETE", f"/api/v1/sessions/{handles['another']}").status == 404
    assert other.get(READ).status == 200
    assert browser.send("DELETE", f"/api/v1/sessions/{handles['another']}").status == 204
    assert (other.get(READ).status, browser.get(READ).status) == (401, 200)
    assert browser.cookie not in str(items)


class Counting(Passwords):
    """Counts how often the slow hash is computed."""

    def __init__(self) -> None:
        super().__init__()
        self.computed = 0

    def verified(self, kept: str, password: str) -> bool:
        self.computed += 1
        return super().verified(kept, password)


def test_who_does_not_exist_costs_and_is_told_the_same(
    wiring: Wiring, port: int, name: str, account: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = Counting()
    monkeypatch.setattr(wiring.door.sessions, "_passwords", counting)
    told = []
    for place, login in ((name, account[0]), (name, "nobody"), ("no-such-county", account[0]), (name, "NOT A LOGIN\n")):
        before = counting.computed
        found = Browser(port, place).sign_in(login, "a wrong password")
        told.append((counting.computed - before, found.status, found.raw))
    assert told == [told[0]] * 4
    assert told[0][:2] == (1, 401)
    assert "Set-Cookie" not in str(found.headers)


def test_an_account_is_tried_ten_times_and_then_not_even_the_right_password_helps(
    wiring: Wiring, port: int, name: str, account: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = Counting()
    monkeypatch.setattr(wiring.door.sessions, "_passwords", counting)
    browser = Browser(port, name)
    assert [browser.sign_in(account[0], "a wrong password").status for _ in range(11)] == [401] * 10 + [429]
    refused = browser.sign_in(*account)
    assert (refused.status, refused.problem, counting.computed) == (429, "too-many", 10)
    assert 0 < int(refused.headers["Retry-After"]) <= 900


def test_the_right_password_begins_the_count_anew(port: int, name: str, account: tuple[str, str]) -> None:
    browser = Browser(port, name)
    for _ in range(2):
        assert [browser.sign_in(account[0], "a wrong password").status for _ in range(6)] == [401] * 6
        assert browser.sign_in(*account).status == 201


def test_an_address_that_tries_many_accounts_is_stopped(
    port: int, name: str, account: tuple[str, str], owner: psycopg.Connection[Any]
) -> None:
    browser = Browser(port, name)
    assert browser.sign_in("nobody-0", "a wrong password").status == 401
    owner.execute("update anjuan.spending set spent = 100")
    assert browser.sign_in("nobody-1", "a wrong password").status == 429
    assert browser.sign_in(*account).status == 429


def test_at_most_a_few_passwords_are_checked_at_once(
    wiring: Wiring, port: int, name: str, account: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = Passwords(at_once=1, patience=0)
    monkeypatch.setattr(wiring.door.sessions, "_passwords", busy)
    with busy:
        assert Browser(port, name).sign_in(*account).problem == "too-many"
    assert Browser(port, name).sign_in(*account).status == 201


def test_a_session_without_its_cookie_name_or_form_is_none(browser: Browser) -> None:
    for cookie in (f"anjuan={browser.cookie}", f"{COOKIE}=", f"{COOKIE}=x", f"{COOKIE}={browser.cookie}x"):
        assert browser.get(READ, Cookie=cookie).status == 401
    assert browser.get(READ).status == 200
