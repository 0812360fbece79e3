"""A signed statement lets in whom administrators say it means, and only if it is the provider's, for us, and good now."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from api.app import create_app
from api.wiring import Wiring
from application.ports import Unavailable
from infrastructure.administration import Administration
from infrastructure.sign_in.key_source import KeySource
from infrastructure.sign_in.provider import Provider
from tests.http.client import Client
from tests.http.fake_lists import FakeLists
from tests.http.sign_in import found_county
from tests.servers import Database
from tests.sites import answering, running

ISSUER, AUDIENCE = "https://id.example.gov.cn/realm", "anjuan"
READ = "/api/v1/rules"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
CURVE = ECKey.generate_key("P-256", {"kid": "two", "use": "sig"})
FOREIGN = RSAKey.generate_key(2048, {"kid": "one"})


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The provider's public keys."""
    path = tmp_path_factory.mktemp("provider") / "jwks.json"
    path.write_text(json.dumps(KeySet([KEY, CURVE]).as_dict()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def wiring(database: Database, keys: Path) -> Iterator[Wiring]:
    """A process that knows the provider."""
    provider = Provider(ISSUER, AUDIENCE, KeySource(str(keys)), ("RS256", "ES256"))
    made = Wiring(database.app, lists=lambda *_: FakeLists(), provider=provider)
    yield made
    made.close()


@pytest.fixture(scope="module")
def name(wiring: Wiring, administration: Administration) -> str:
    """A county where a subject means an officer."""
    made = f"t-{secrets.token_hex(5)}"
    found_county(wiring, administration, made)
    with wiring.door.keeping(made) as keeper:
        keeper.add_subject(ISSUER, "u-1", "li", made_by="test")
    return made


def stated(claims: dict[str, Any] | None = None, *, key: Any = KEY, header: dict[str, Any] | None = None) -> str:
    """A statement of the provider; a claim that is None is left out, instants are seconds from now."""
    said = {"iss": ISSUER, "aud": AUDIENCE, "sub": "u-1", "exp": 300, **(claims or {})}
    kept = {name: value for name, value in said.items() if value is not None}
    kept |= {name: int(time.time()) + kept[name] for name in ("exp", "nbf") if isinstance(kept.get(name), int)}
    return jwt.encode({"alg": "RS256", "kid": "one", **(header or {})}, kept, key, algorithms=["RS256", "ES256"])


def by_hand(header: dict[str, Any], sign: Callable[[bytes], bytes]) -> str:
    """A statement with any header and any signature."""
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": "u-1", "exp": int(time.time()) + 300}
    signed = b".".join(_encoded(json.dumps(each).encode()) for each in (header, claims))
    return (signed + b"." + _encoded(sign(signed))).decode()


def _encoded(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


@pytest.fixture
def told(port: int, name: str) -> Iterator[Callable[[str], int]]:
    """The status of a read with a statement."""
    assert name
    made: list[Client] = []

    def status(token: str) -> int:
        made.append(Client(port, token))
        return made[-1].get(READ).status

    yield status
    for each in made:
        each.close()


def test_a_statement_lets_in_the_officer_whom_its_subject_means(port: int, told: Callable[[str], int]) -> None:
    assert told(stated()) == 200
    client = Client(port, stated({"role": "administrator", "groups": ["admin"]}))
    said = client.get("/api/v1/session").json
    client.close()
    assert (said["organ"], said["officer"], said["credential"]) == ("zjj", "li", "jwt")


def test_a_statement_may_name_several_audiences_and_be_signed_on_a_curve(told: Callable[[str], int]) -> None:
    assert told(stated({"aud": ["another", AUDIENCE]})) == 200
    assert told(stated(key=CURVE, header={"alg": "ES256", "kid": "two"})) == 200
    assert told(stated(header={"typ": "at+jwt"})) == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": -60},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iss": None},
        {"iss": "https://other.example"},
        {"iss": ISSUER + "/"},
        {"aud": None},
        {"aud": "another"},
        {"aud": []},
        {"sub": None},
        {"sub": ""},
        {"sub": "u-2"},
        {"sub": "u-1\u0000"},
        {"sub": 1},
        {"nbf": 300},
    ],
    ids=str,
)
def test_a_statement_that_is_not_for_us_or_not_good_now_lets_nobody_in(
    told: Callable[[str], int], claims: dict[str, Any]
) -> None:
    assert told(stated(claims)) == 401
    assert told(stated()) == 200


def test_a_statement_that_nobody_signed_lets_nobody_in(told: Callable[[str], int]) -> None:
    for algorithm in ("none", "None", "NONE", ""):
        assert told(by_hand({"alg": algorithm, "kid": "one"}, lambda _: b"")) == 401
    whole = stated()
    assert told(whole.rpartition(".")[0] + ".") == 401
    assert told(whole) == 200


def test_the_public_key_signs_nothing(told: Callable[[str], int]) -> None:
    public = KEY.as_pem(private=False)
    for secret in (public, public.strip(), json.dumps(KEY.as_dict(private=False)).encode()):
        sign = {each: _mac(secret, each) for each in ("sha256", "sha512")}
        assert told(by_hand({"alg": "HS256", "kid": "one"}, sign["sha256"])) == 401
        assert told(by_hand({"alg": "HS512", "kid": "one"}, sign["sha512"])) == 401


def _mac(secret: bytes, name: str) -> Callable[[bytes], bytes]:
    return lambda signed: hmac.digest(secret, signed, getattr(hashlib, name))


def test_the_key_of_somebody_else_signs_nothing_even_if_it_is_sent_along(told: Callable[[str], int]) -> None:
    public = FOREIGN.as_dict(private=False)
    for header in ({}, {"jwk": {**public, "kid": "one"}}, {"kid": "three"}, {"jku": "https://evil.example/keys"}):
        assert told(stated(key=FOREIGN, header=header)) == 401
    assert told(stated(header={"jwk": KEY.as_dict(private=False)})) == 401
    assert told(stated()) == 200


def test_a_changed_statement_lets_nobody_in(told: Callable[[str], int]) -> None:
    head, _, sign = stated({"sub": "u-2"}).split(".")
    assert told(f"{head}.{stated().split('.')[1]}.{sign}") == 401
    assert told(stated(header={"typ": "logout+jwt"})) == 401


def test_an_algorithm_that_was_not_allowed_is_refused_though_the_key_is_right(told: Callable[[str], int]) -> None:
    said = {"iss": ISSUER, "aud": AUDIENCE, "sub": "u-1", "exp": int(time.time()) + 300}
    assert told(jwt.encode({"alg": "PS256", "kid": "one"}, said, KEY, algorithms=["PS256"])) == 401


def test_a_subject_that_no_longer_means_anybody_is_out_at_the_next_request(
    wiring: Wiring, name: str, told: Callable[[str], int]
) -> None:
    token = stated({"sub": "u-9"})
    with wiring.door.keeping(name) as keeper:
        keeper.add_subject(ISSUER, "u-9", "wang", made_by="test")
        assert told(token) == 200
        keeper.remove_subject(ISSUER, "u-9")
    assert told(token) == 401


def test_without_a_provider_no_statement_is_read(database: Database, name: str) -> None:
    bare = Wiring(database.app, lists=lambda *_: FakeLists())
    with closing(bare), answering(create_app(bare)) as port:
        client = Client(port, stated())
        assert client.get(READ).status == 401
        client.close()


class Keys(BaseHTTPRequestHandler):
    """Answers the provider's keys, or sends elsewhere."""

    asked = 0
    answer: bytes | None = b""

    def do_GET(self) -> None:
        type(self).asked += 1
        if self.answer is None:
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def published() -> Iterator[tuple[type[Keys], str]]:
    """A place where keys are published."""
    handler = type("OwnKeys", (Keys,), {"asked": 0})
    served = HTTPServer(("127.0.0.1", 0), handler)
    with running(served):
        yield handler, f"http://127.0.0.1:{served.server_port}/keys"


def test_published_keys_are_read_anew_when_one_is_not_known_and_at_most_once_a_minute(
    published: tuple[type[Keys], str],
) -> None:
    handler, place = published
    handler.answer = json.dumps(KeySet([KEY]).as_dict()).encode()
    moment = [0.0]
    source = KeySource(place, clock=lambda: moment[0])
    assert [len(source.keys().keys) for _ in range(3)] == [1, 1, 1]
    handler.answer = json.dumps(KeySet([KEY, CURVE]).as_dict()).encode()
    assert len(source.keys(fresh=True).keys) == 1
    assert handler.asked == 1
    moment[0] = 61.0
    assert [len(source.keys(fresh=fresh).keys) for fresh in (False, True, True)] == [1, 2, 2]
    assert handler.asked == 2


def test_keys_are_not_fetched_from_where_the_place_sends_and_known_ones_are_kept(
    published: tuple[type[Keys], str],
) -> None:
    handler, place = published
    handler.answer = None
    moment = [0.0]
    source = KeySource(place, clock=lambda: moment[0])
    with pytest.raises(Unavailable):
        source.keys()
    assert handler.asked == 1
    handler.answer = json.dumps(KeySet([KEY]).as_dict()).encode()
    assert len(source.keys().keys) == 1
    handler.answer, moment[0] = b"no keys", 4000.0
    assert len(source.keys().keys) == 1
