"""Everything of one jurisdiction works for a role that may touch nothing of the other, and that finds nothing by search path."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql

from api.wiring import Law, Place, Wiring
from application.ledger import Ledger
from domain.cases import EVENTS
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.migrate import migrations
from infrastructure.postgres.pool import connect
from infrastructure.postgres.statements import named_statements
from infrastructure.sequencer import sequence_once
from infrastructure.views import PostgresViews
from tests.http.client import Client, path_of
from tests.jurisdictions.conftest import LOCAL, Serve, Served
from tests.servers import Database

BODY = {"subject": "bidding", "complainant": "某公司", "objection_needed": False}


@pytest.fixture(scope="module")
def confined(database: Database, make: Callable[..., Served]) -> Iterator[tuple[str, Served, Served]]:
    """The URL of a role with the rights of the application in one jurisdiction, and none in the other."""
    one, two = make("national"), make(LOCAL)
    name = f"confined_{secrets.token_hex(4)}"
    superuser = database.owner.replace("anjuan_owner@", "postgres@")
    with connect(superuser) as power:
        power.execute(sql.SQL("create role {} login in role anjuan_app").format(sql.Identifier(name)))
        power.execute(sql.SQL("alter role {} set search_path = ''").format(sql.Identifier(name)))
        schema = sql.Identifier(two.place.schema)
        power.execute(sql.SQL("revoke all on all tables in schema {} from anjuan_app").format(schema))
        power.execute(sql.SQL("revoke usage on schema {} from anjuan_app").format(schema))
        yield database.app.replace("anjuan_app@", f"{name}@"), one, two
        power.execute(sql.SQL("grant usage on schema {} to anjuan_app").format(schema))
        power.execute(sql.SQL("drop role {}").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def beside(confined: tuple[str, Served, Served], own_law: Law) -> Iterator[Wiring]:
    """A process that runs under the confined role."""
    made = Wiring(confined[0], law=own_law)
    yield made
    made.close()


def place_of(beside: Wiring, served: Served) -> Place:
    """The jurisdiction as the confined process has it."""
    return beside.place(served.place.name)


def test_one_works_wholly_without_any_right_in_the_other(
    confined: tuple[str, Served, Served], beside: Wiring, serve: Serve, administration: Any
) -> None:
    _, one, _ = confined
    client = Client(serve(beside), administration.create_token(jurisdiction=one.place.name, organ="zjj"))
    place = place_of(beside, one)
    for n in range(3):
        opened = client.post("/api/v1/complaint", {**BODY, "number": f"N-{n}"}, {"Idempotency-Key": f"k{n}"})
        assert opened.status == 201, opened.raw
    fine = {"fact": "V1", "text": "出借资质", "subject": "甲公司", "kind": "罚款", "amount": 5, "number": "P-1"}
    fined = client.post("/api/v1/joint-punishment", fine)
    assert fined.status == 201, fined.raw
    beside.catch_up(place)
    reads = (
        path_of("N-1"),
        f"{path_of('N-1')}/events",
        f"{path_of('N-1')}/clocks",
        "/api/v1/files/N-1",
        "/api/v1/cases?q=N-1",
        "/api/v1/overdue",
        "/api/v1/due",
        "/api/v1/holdings",
        "/api/v1/statistics?from=2025-01-01&to=2027-12-31",
        "/api/v1/rules",
    )
    answers = {path: client.send("GET", path).status for path in reads}
    assert set(answers.values()) == {200}, answers
    assert beside.sweep(place, beside.now()).breaches == 0
    assert len(list(place.log.whole_files())) >= 4


def test_the_other_refuses_everything(confined: tuple[str, Served, Served], beside: Wiring) -> None:
    other, pool = confined[2].place, beside.pool
    log = PostgresEventLog(pool, other.schema, EVENTS)
    ledger = Ledger(log, other.ledger.types, other.ledger.rulebook, other.ledger.shipped)
    views = PostgresViews(pool, other.schema, ledger)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: place_of(beside, confined[2]),
        ledger.office,
        log.last_position,
        log.unsequenced,
        views.progress,
        lambda: sequence_once(pool, other.schema),
    )
    for attempt in attempts:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            attempt()


def test_every_statement_names_the_schema_of_what_it_uses(
    confined: tuple[str, Served, Served], owner: psycopg.Connection[Any]
) -> None:
    """No table or function of a jurisdiction stands in a statement or in a function's body without its schema."""
    query = (
        "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind IN ('r', 'v', 'm') "
        "UNION SELECT proname FROM pg_proc WHERE pronamespace = %s::regnamespace"
    )
    schema = confined[1].place.schema
    names = [row[0] for row in owner.execute(query.encode(), (schema, schema))]
    assert len(names) > 25
    assert _unqualified(names, _texts()) == []
    assert _unqualified(names, {"wrong": "SELECT count(*) FROM events"}) == ["wrong: FROM events"]


def _unqualified(names: list[str], texts: dict[str, str]) -> list[str]:
    return [
        f"{where}: {used}"
        for where, text in texts.items()
        for name in names
        for used in (f"FROM {name}", f"JOIN {name}", f"INTO {name}", f"UPDATE {name}", f" {name}(")
        if used in text and f"FUNCTION {name}" not in text
    ]


def _texts() -> dict[str, str]:
    """Every named statement, and every migration, without comments."""
    found = dict(named_statements())
    for each in migrations("migrations"):
        found[each.name] = each.text
    return {name: "\n".join(line.partition("--")[0] for line in text.splitlines()) for name, text in found.items()}
