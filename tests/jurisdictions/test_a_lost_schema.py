"""One jurisdiction whose schema is lost, or shut, makes the service unready by name; nobody gets an error without a reason."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import pytest
from psycopg import sql

from api.wiring import Law, Wiring
from infrastructure.postgres.pool import connect
from tests.http.client import Client
from tests.jurisdictions.conftest import Serve, Served
from tests.servers import Database


@pytest.fixture(params=["lost", "shut"])
def damaged(request: pytest.FixtureRequest, database: Database, make: Callable[..., Served]) -> Iterator[Served]:
    """A jurisdiction without its schema, or without the right to it."""
    served = make("national")
    schema, away = sql.Identifier(served.place.schema), sql.Identifier(f"away_{secrets.token_hex(4)}")
    with connect(database.owner) as owner:
        if request.param == "lost":
            owner.execute(sql.SQL("alter schema {} rename to {}").format(schema, away))
            yield served
            owner.execute(sql.SQL("alter schema {} rename to {}").format(away, schema))
        else:
            owner.execute(sql.SQL("revoke usage on schema {} from anjuan_app").format(schema))
            yield served
            owner.execute(sql.SQL("grant usage on schema {} to anjuan_app").format(schema))


@pytest.mark.parametrize("fresh", [False, True], ids=["known before", "never built"])
def test_readiness_names_the_jurisdiction_and_goes_on_with_the_others(
    damaged: Served, ordinary: Served, wiring: Wiring, serve: Serve, fresh: bool, database: Database, own_law: Law
) -> None:
    """Also by a process that starts only now."""
    asked = Wiring(database.app, law=own_law) if fresh else wiring
    answer = Client(serve(asked), None).get("/readyz")
    assert (answer.status, answer.problem) == (503, "not-ready"), answer.raw
    of = {(each["name"], each.get("jurisdiction")): each for each in answer.json["checks"]}
    assert not of["migrations", None]["ok"]
    assert any(damaged.place.schema in each for each in of["migrations", None]["pending"])
    assert not of["schema", damaged.place.name]["ok"]
    assert of["projections", ordinary.place.name]["ok"]
    assert ("schema", ordinary.place.name) not in of
    assert ordinary.place.name in {each.name for each in asked.places()}
    if fresh:
        assert damaged.place.name not in {each.name for each in asked.places()}
        asked.close()


def test_metrics_of_the_others_are_told(damaged: Served, ordinary: Served) -> None:
    answer = ordinary.client.get("/metrics")
    assert answer.status == 200
    assert f'anjuan_projection_lag{{jurisdiction="{ordinary.place.name}"}}' in answer.raw.decode()
    assert damaged.place.name not in answer.raw.decode()
