"""What is made for demonstrations opens nothing in production; and the address of a caller is not what the caller says."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest

from api.app import create_app
from api.wiring import BadSetting, Wiring, no_demonstration
from infrastructure.administration import Administration
from tests.http.fake_lists import FakeLists
from tests.http.sign_in import Browser, found_county
from tests.servers import Database
from tests.sites import answering


@pytest.fixture
def name(wiring: Wiring, administration: Administration) -> str:
    """A rehearsal with a demonstration; those of other tests are over."""
    administration.end_demonstrations()
    made = f"t-{secrets.token_hex(5)}"
    found_county(wiring, administration, made)
    administration.create_token(jurisdiction=made, organ="zjj", officer="li", demonstration=True)
    return made


def test_production_does_not_start_where_a_demonstration_lets_somebody_in(
    wiring: Wiring, administration: Administration, port: int, name: str
) -> None:
    password = administration.keeper(name).accounts.add("li", "li", made_by="test", demonstration=True)
    browser = Browser(port, name)
    assert browser.sign_in("li", password).json["must_change"] is False
    assert administration.demonstrations() == wiring.door.demonstrations() == 2
    with pytest.raises(BadSetting, match="demonstration"):
        no_demonstration(2)
    assert administration.end_demonstrations() == 2
    assert browser.get("/api/v1/session").status == 401
    no_demonstration(administration.demonstrations())


def test_a_real_ledger_has_no_demonstration(wiring: Wiring, administration: Administration) -> None:
    real = f"t-{secrets.token_hex(5)}"
    found_county(wiring, administration, real, kind="real")
    with pytest.raises(ValueError, match="no token"):
        administration.create_token(jurisdiction=real, organ="zjj", demonstration=True)
    with pytest.raises(ValueError, match="no demonstration"):
        administration.keeper(real).accounts.add("li", "li", made_by="test", demonstration=True)
    administration.keeper(real).accounts.add("li", "li", made_by="test")


@contextmanager
def behind(database: Database, proxies: int) -> Iterator[int]:
    """A server behind so many proxies."""
    wired = Wiring(database.app, lists=lambda *_: FakeLists(), proxies=proxies)
    with closing(wired), answering(create_app(wired)) as port:
        yield port


@pytest.mark.parametrize(("proxies", "kept"), [(0, "127.0.0.1"), (1, "192.0.2.7")])
def test_an_address_is_what_our_own_proxies_say(
    database: Database,
    owner: psycopg.Connection[object],
    administration: Administration,
    name: str,
    proxies: int,
    kept: str,
) -> None:
    owner.execute("delete from anjuan.spending")
    password = administration.keeper(name).accounts.add("wang", "wang", made_by="test")
    with behind(database, proxies) as port:
        forged = {"X-Forwarded-For": "203.0.113.5, 192.0.2.7"}
        browser = Browser(port, name, headers=forged)
        assert browser.sign_in("wang", password).status == 201
        assert [each["address"] for each in browser.get("/api/v1/sessions").json["items"]] == [kept]
