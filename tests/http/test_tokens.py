"""A token is good for what it was made for, until its end, and for nothing from the moment it is revoked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from tests.http.client import Client
from tests.http.conftest import County

READ = "/api/v1/rules"


@pytest.fixture
def bearer(county: County) -> Iterator[Any]:
    """Clients of tokens with particulars."""
    made: list[Client] = []

    def client(**particulars: Any) -> tuple[Client, str]:
        token = county.owner.create_token(jurisdiction=county.name, organ="zjj", **particulars)
        made.append(Client(county.port, token))
        return made[-1], token

    yield client
    for each in made:
        each.close()


def test_a_token_that_was_revoked_is_nobodys_at_the_next_request(county: County, bearer: Any) -> None:
    client, token = bearer()
    assert client.get(READ).status == 200
    county.owner.revoke_token(token.partition(".")[0])
    assert client.get(READ).status == 401


def test_a_token_ends_when_it_was_said_to(bearer: Any) -> None:
    over, _ = bearer(expires_at=datetime.now(UTC))
    lasting, _ = bearer(expires_at=datetime.now(UTC) + timedelta(hours=1))
    assert (over.get(READ).status, lasting.get(READ).status) == (401, 200)


def test_only_the_hash_of_256_random_bits_is_kept(county: County, bearer: Any, owner: psycopg.Connection[Any]) -> None:
    _, token = bearer()
    prefix, secret = token.split(".")
    assert len(secret) == 43
    (kept,) = owner.execute("select secret_hash from anjuan.token where prefix = %s", [prefix]).fetchone() or ()
    assert kept == hashlib.sha256(secret.encode()).digest()
    (row,) = owner.execute("select t::text from anjuan.token t where prefix = %s", [prefix]).fetchone() or ()
    assert secret not in row


def test_the_last_use_is_noted_at_most_once_a_minute(bearer: Any, owner: psycopg.Connection[Any]) -> None:
    client, token = bearer()
    prefix = token.partition(".")[0]

    def used() -> Any:
        return owner.execute("select last_used_at, xmin::text from anjuan.token where prefix = %s", [prefix]).fetchone()

    assert used()[0] is None
    client.get(READ)
    first = used()
    assert first[0] is not None
    client.get(READ)
    assert used() == first
    owner.execute("update anjuan.token set last_used_at = now() - interval '2 minutes' where prefix = %s", [prefix])
    client.get(READ)
    assert used()[0] > first[0]


def test_a_token_in_the_address_is_no_token(county: County, bearer: Any) -> None:
    client, token = bearer()
    stranger = Client(county.port, None)
    for name in ("token", "access_token", "authorization", "bearer"):
        assert stranger.get(READ, **{name: token}).status == 401
    assert stranger.get(READ, {"Cookie": f"token={token}; __Host-anjuan={token}"}).status == 401
    assert client.get(READ).status == 200
    stranger.close()


@pytest.mark.parametrize("scheme", ["Basic", "Token", "bearer,", ""])
def test_a_token_under_another_scheme_is_no_token(county: County, bearer: Any, scheme: str) -> None:
    _, token = bearer()
    stranger = Client(county.port, None)
    assert stranger.get(READ, {"Authorization": f"{scheme} {token}"}).status == 401
    assert stranger.get(READ, {"Authorization": f"bearer {token}"}).status == 200
    stranger.close()
