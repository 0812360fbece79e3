"""Whoever runs the service can ask whether it lives, whether it is ready, and how far the lists are behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.ports import Progress
from tests.http.client import Client
from tests.http.conftest import County


@pytest.fixture
def stranger(county: County) -> Iterator[Client]:
    """Somebody without a token."""
    made = Client(county.port, None)
    yield made
    made.close()


@pytest.mark.parametrize("path", ["/healthz", "/version", "/api/openapi.json", "/api/docs/"])
def test_these_are_open_to_everybody(stranger: Client, path: str) -> None:
    assert stranger.get(path).status == 200


def test_readiness_names_what_it_has_checked(stranger: Client, county: County) -> None:
    answer = stranger.get("/readyz")
    assert answer.status == 200, answer.raw
    own = {each["name"] for each in answer.json["checks"] if each.get("jurisdiction") in (None, county.name)}
    checked = {
        "database",
        "migrations",
        "guards",
        "keys",
        "sequencer",
        "log",
        "receipts",
        "projections",
        "calendar",
        "webhooks",
    }
    assert own == checked


def test_a_projection_that_stopped_makes_the_service_unready_and_says_why(stranger: Client, county: County) -> None:
    county.lists.state = Progress(3, 9, "unexpected event x")
    answer = stranger.get("/readyz")
    county.lists.state = Progress(3, 3)
    assert (answer.status, answer.problem) == (503, "not-ready")
    bad = next(each for each in answer.json["checks"] if not each["ok"])
    assert (bad["name"], bad["position"], bad["lag"], bad["error"]) == ("projections", 3, 6, "unexpected event x")


def test_a_log_that_is_signed_no_more_makes_the_service_unready_and_says_why(stranger: Client, county: County) -> None:
    schema = county.wiring.place(county.name).schema
    with county.wiring.pool.connection() as connection:
        connection.execute(f"insert into {schema}.stoppage values ('signer', 3, 'forked: as it were')".encode())
        answer = stranger.get("/readyz")
        connection.execute(f"delete from {schema}.stoppage where follower = 'signer'".encode())
    assert (answer.status, answer.problem) == (503, "not-ready")
    bad = next(each for each in answer.json["checks"] if not each["ok"])
    assert (bad["name"], bad["error"]) == ("log", "forked: as it were")
    assert stranger.get("/readyz").status == 200


def test_metrics_are_for_those_with_a_token(stranger: Client, county: County) -> None:
    assert stranger.get("/metrics").status == 401
    text = county.client("zjj").get("/metrics").raw.decode()
    assert 'anjuan_requests_total{method="GET",route="/metrics",status="401"}' in text
    assert f'anjuan_projection_lag{{jurisdiction="{county.name}"}} 0.0' in text
    assert f'anjuan_unsigned_events{{jurisdiction="{county.name}"}}' in text
    assert f'anjuan_log_size{{jurisdiction="{county.name}"}}' in text
