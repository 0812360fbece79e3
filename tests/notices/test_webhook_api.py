"""Webhooks over HTTP: kept by the office, secrets shown once, letters retried and dropped, and nothing for anybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from api.app import create_app
from api.wiring import Wiring
from infrastructure.administration import Administration
from tests.http.client import Answer, Client
from tests.notices.conftest import Office
from tests.notices.receiver import Receiver
from tests.sites import answering

Receive = Callable[..., Receiver]
PATH = "/api/v1/webhooks"


@pytest.fixture(scope="module")
def served(notices_wiring: Wiring) -> Iterator[int]:
    """Where a real server answers."""
    with answering(create_app(notices_wiring)) as port:
        yield port


@pytest.fixture
def client_of(office: Office, served: int) -> Iterator[Callable[[str], Client]]:
    """The client of an organ."""
    made: list[Client] = []

    def make(organ: str) -> Client:
        with Administration(office.database.owner, app=office.database.app_role) as owner:
            made.append(Client(served, owner.create_token(jurisdiction=office.place.name, organ=organ)))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def keeper(client_of: Callable[[str], Client]) -> Client:
    """The coordinating office."""
    return client_of("zwj")


def subscribed(keeper: Client, receiver: Receiver, **said: Any) -> Answer:
    answer = keeper.post(PATH, {"url": receiver.url, "topics": ["complaint.*"], **said})
    assert answer.status == 201, answer.raw
    return answer


def send(client: Client, method: str, path: str, body: bytes | None = None, match: str = "*") -> Answer:
    headers = {"If-Match": match} | ({"Content-Type": "application/json"} if body else {})
    return client.send(method, path, body, headers)


def test_a_webhook_is_made_with_a_secret_that_is_shown_once(office: Office, keeper: Client, receive: Receive) -> None:
    receiver = receive()
    made = subscribed(keeper, receiver, departments=["政务局", "zjj"], description="省平台")
    secret, webhook = made.json["secret"], made.json["webhook"]
    assert (webhook["state"], webhook["departments"], webhook["lag"]) == ("active", ["zwj", "zjj"], None)
    read = keeper.get(made.headers["Location"])
    assert read.headers["ETag"] == made.headers["ETag"]
    assert [each["n"] for each in read.json["secrets"]] == [1]
    listed = keeper.get(PATH)
    assert [each["id"] for each in listed.json["items"]] == [webhook["id"]]
    told = read.raw + listed.raw + keeper.get("/api/v1/cases/jurisdiction/events").raw
    assert secret.encode() not in told
    assert b"whsec_" not in told
    office.complain()
    office.deliverer()
    receiver.until(lambda: receiver.taken)
    receiver.taken[0].verified_by(secret)


@pytest.mark.parametrize("organ", ["zjj", "jyzx", "gaj"])
def test_nobody_else_sees_or_keeps_webhooks(
    keeper: Client, client_of: Callable[[str], Client], receive: Receive, organ: str
) -> None:
    path = subscribed(keeper, receive()).headers["Location"]
    other = client_of(organ)
    answers = [
        other.get(PATH),
        other.get(path),
        other.get(f"{path}/dead-letters"),
        other.post(PATH, {"url": "https://a.example/"}),
        other.post(f"{path}/test", {}),
        other.post(f"{path}/secret", {}),
        other.post(f"{path}/replay", {"from": 1}),
        other.post(f"{path}/dead-letters/retry", {}),
        send(other, "PATCH", path, b'{"state": "paused"}'),
        send(other, "DELETE", path),
        send(other, "DELETE", f"{path}/dead-letters/1"),
    ]
    assert {each.problem for each in answers} == {"forbidden"}
    assert keeper.get(path).json["state"] == "active"


@pytest.mark.parametrize(
    "body, field",
    [
        ({}, "url"),
        ({"url": "https://a.example/", "topics": ["complaint.unheard-of"]}, "topics"),
        ({"url": "https://a.example/", "topics": ["nothing.*"]}, "topics"),
        ({"url": "https://a.example/", "case_types": ["tax"]}, "case_types"),
        ({"url": "https://a.example/", "departments": ["nobody"]}, "departments"),
        ({"url": "https://10.1.2.3/"}, "url"),
        ({"url": "https://169.254.169.254/"}, "url"),
        ({"url": "https://a.example/", "from": 0}, "from"),
        ({"url": "https://a.example/", "secret": "whsec_x"}, "secret"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(keeper: Client, body: dict[str, Any], field: str) -> None:
    answer = keeper.post(PATH, body)
    assert (answer.status, list(answer.json["errors"])) == (422, [field]), answer.raw


def test_the_law_of_addresses_is_a_refusal(keeper: Client) -> None:
    answer = keeper.post(PATH, {"url": "https://user:pass@a.example/"})
    assert (answer.problem, answer.json["code"]) == ("refused", "WEBHOOK_ADDRESS_INVALID")


def test_who_changes_a_webhook_has_seen_it_as_it_is(keeper: Client, receive: Receive) -> None:
    made = subscribed(keeper, receive())
    path, tag = made.headers["Location"], made.headers["ETag"]
    assert keeper.send("DELETE", path).problem == "precondition-required"
    paused = send(keeper, "PATCH", path, b'{"state": "paused", "topics": []}', tag)
    assert (paused.status, paused.json["state"], paused.json["topics"]) == (200, "paused", [])
    stale = send(keeper, "PATCH", path, b'{"state": "active"}', tag)
    assert (stale.problem, stale.headers["ETag"]) == ("stale", paused.headers["ETag"])
    assert send(keeper, "PATCH", path, b'{"state": "active"}', stale.headers["ETag"]).json["state"] == "active"
    assert send(keeper, "PATCH", path, b"{}").problem == "refused"
    assert send(keeper, "DELETE", path).json["removed"] == made.json["webhook"]["id"]
    assert keeper.get(path).problem == "not-found"
    assert keeper.get(f"{PATH}/{uuid4()}").problem == "not-found"
    assert keeper.get(f"{PATH}/x").problem == "no-such-path"


def test_what_was_put_aside_is_listed_retried_and_dropped(office: Office, keeper: Client, receive: Receive) -> None:
    receiver = receive(lambda n, notice: 500)
    path = subscribed(keeper, receiver).headers["Location"]
    positions = office.complain(3)
    office.deliverer()
    receiver.until(lambda: len(keeper.get(f"{path}/dead-letters").json["items"]) == 3)
    page = keeper.get(f"{path}/dead-letters", limit=2).json
    assert ([each["position"] for each in page["items"]], page["next"]) == (positions[:2], positions[1])
    rest = keeper.get(f"{path}/dead-letters", after=page["next"]).json
    assert ([each["position"] for each in rest["items"]], rest["next"]) == (positions[2:], None)
    assert send(keeper, "DELETE", f"{path}/dead-letters/{positions[0]}").status == 204
    assert send(keeper, "DELETE", f"{path}/dead-letters/{positions[0]}").problem == "not-found"
    assert keeper.post(f"{path}/dead-letters/retry", {"position": positions[0]}).problem == "not-found"
    receiver.answering = lambda n, notice: 200
    assert keeper.post(f"{path}/dead-letters/retry", {}).json == {"positions": positions[1:]}
    receiver.until(lambda: receiver.positions() == positions[1:])
    receiver.until(lambda: keeper.get(path).json["dead_letters"] == 0)


def test_a_webhook_is_tested_renewed_and_replayed(office: Office, keeper: Client, receive: Receive) -> None:
    receiver = receive()
    made = subscribed(keeper, receiver)
    path, old = made.headers["Location"], made.json["secret"]
    assert keeper.post(f"{path}/test", {}).json == {"delivered": True, "status": 204, "failure": None}
    assert receiver.taken[0].verified_by(old)["type"] == "webhook.test"
    new = keeper.post(f"{path}/secret", {"overlap_hours": 1}).json["secret"]
    assert new != old
    keeper.post(f"{path}/test", {})
    assert receiver.taken[1].verified_by(old) == receiver.taken[1].verified_by(new)
    assert [each["n"] for each in keeper.get(path).json["secrets"]] == [2, 1]
    (position,) = office.complain()
    office.deliverer()
    receiver.until(lambda: len(receiver.taken) == 3)
    assert keeper.post(f"{path}/replay", {"from": position}).status == 200
    receiver.until(lambda: len(receiver.taken) == 4)
    receiver.answering = lambda n, notice: 307
    assert keeper.post(f"{path}/test", {}).json == {"delivered": False, "status": 307, "failure": "HTTP 307"}


def test_what_fails_is_seen_and_keeps_the_service_ready(office: Office, keeper: Client, receive: Receive) -> None:
    receiver = receive(lambda n, notice: 500)
    identifier = subscribed(keeper, receiver).json["webhook"]["id"]
    office.complain()
    office.deliverer()
    receiver.until(lambda: (keeper.get(f"{PATH}/{identifier}").json)["dead_letters"])
    ready = keeper.get("/readyz")
    (check,) = (
        each
        for each in ready.json["checks"]
        if each["name"] == "webhooks" and each["jurisdiction"] == office.place.name
    )
    assert ready.status == 200
    assert (check["ok"], check["failing"], check["dead_letters"], check["webhooks"]) == (True, 1, 1, 1)
    text = keeper.get("/metrics").raw.decode()
    assert f'anjuan_webhook_lag{{jurisdiction="{office.place.name}",webhook="{identifier}"}} ' in text
    assert f'anjuan_webhooks{{jurisdiction="{office.place.name}",what="dead_letters"}} 1.0' in text


def test_steps_about_webhooks_have_no_path_of_their_own(keeper: Client) -> None:
    shown = keeper.get("/api/v1/cases/jurisdiction").json
    assert not [each for each in shown["allowed_steps"] if "webhook" in each["step"]]
    assert keeper.post("/api/v1/jurisdiction/jurisdiction/add-webhook", {}).problem == "no-such-path"
