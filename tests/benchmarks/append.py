"""Goals 1 and 2: one event appended, and a whole command, beside the bare INSERT of the same row and beside the stock library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import uuid4

from psycopg import sql

from application.handle import handle
from application.ports import Batch
from domain.cases import EVENTS
from domain.cases.complaint.events import ViolationDiscovered
from domain.kernel import Actor, Entry
from infrastructure.identifiers import new_id
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.mapper import EntryMapper
from infrastructure.postgres.pool import Pool, connect
from tests.benchmarks import stock
from tests.benchmarks.crews import THREADS, Operation
from tests.benchmarks.lives import BEGUN, DEPARTMENTS, LENGTH, OFFICER, TEXT, Place, command
from tests.benchmarks.report import Goal, Report
from tests.benchmarks.rounds import Contest, Contestant, Referee
from tests.benchmarks.world import World, ledger

RAW, STORE, SAVE, RECORDER, WHOLE = (
    "bare INSERT, psycopg",
    "store: log.append",
    "stock: Application.save",
    "stock: insert_events",
    "whole command: handle",
)
COLUMNS = (
    "event_id", "case_id", "version", "case_type", "topic", "payload_version", "payload", "file_id", "file_version",
    "occurred_at", "department", "officer", "on_behalf_of", "reason", "correlation", "causation", "imported", "incarnation",
)  # fmt: skip
ACTOR = Actor(DEPARTMENTS[0], OFFICER)
FACT = ViolationDiscovered(matter="TS-1-W1", description=TEXT, discovered_on=BEGUN.date())


def bare(url: str, table: str, payload: bytes) -> Callable[[], Operation]:
    """The limit: one prepared INSERT that commits, its bytes ready."""
    names, values = ", ".join(COLUMNS), ", ".join(["%s"] * len(COLUMNS))
    statement = f"insert into {table} ({names}, recorded_at) values ({values}, clock_timestamp())".encode()

    def client() -> Operation:
        connection, place = connect(url, name="bench"), Place()

        def once() -> int:
            case, version = place.next()
            row = (new_id(), case, version, "complaint", FACT.TOPIC, FACT.VERSION, payload, case, version, BEGUN,
                   ACTOR.department, ACTOR.officer, None, None, None, None, False, 1)  # fmt: skip
            return connection.execute(statement, row, prepare=True).rowcount

        return once

    return client


def store(url: str, schema: str) -> Callable[[], Operation]:
    """The event store as the application calls it."""
    log = PostgresEventLog(Pool(url, size=THREADS, least=THREADS), schema, EVENTS)
    return lambda: appending(log)


def appending(log: PostgresEventLog) -> Operation:
    """A client of a log, with streams of its own."""
    place = Place()

    def once() -> int:
        case, version = place.next()
        entry = Entry(FACT, new_id(), case, "complaint", version, case, version, BEGUN, ACTOR)
        log.append(Batch(case, version - 1, case, (entry,)))
        return 1

    return once


def whole(url: str, schema: str) -> Callable[[], Operation]:
    """Authorise, load, decide, append: the twenty steps of case after case."""
    place_of_work = ledger(Pool(url, size=THREADS, least=THREADS), schema)

    def client() -> Operation:
        case: list[Any] = ["", 0]

        def once() -> int:
            if case[1] % LENGTH == 0:
                case[0] = f"TS-{uuid4().hex[:12]}"
            asked = command(case[0], case[1] % LENGTH, DEPARTMENTS[0])
            case[1] += 1
            return len(handle(asked, place_of_work, now=datetime.now(UTC), new_id=new_id).entries)

        return once

    return client


def measure(world: World, referee: Referee, clients: tuple[int, ...]) -> Report:
    """Goals 1 and 2."""
    ours, commands = world.new_ledger().schema, world.new_ledger().schema
    payload = EntryMapper(EVENTS).payload(FACT)
    world.connection.execute("create schema bare; create schema stock; grant usage on schema bare to anjuan_app")
    copied = sql.SQL(
        "create table bare.events (like {} including all); grant insert, select on bare.events to anjuan_app"
    )
    world.connection.execute(copied.format(sql.Identifier(ours, "events")))
    save, record = stock.contestants(world.owner)
    counted = partial(world.count, stock.SCHEMA, stock.TABLE)
    contest = referee.contest(
        "append one event",
        "operations; each is one durable event",
        [
            Contestant(RAW, partial(bare, world.app, "bare.events", payload), partial(world.count, "bare")),
            Contestant(STORE, partial(store, world.app, ours), partial(world.count, ours)),
            Contestant(WHOLE, partial(whole, world.app, commands), partial(world.count, commands)),
            Contestant(RECORDER, record, counted),
            Contestant(SAVE, save, counted),
        ],
        clients=clients,
    )
    return Report([contest], goals=[goal for many in clients for goal in _goals(contest, many)])


def _goals(contest: Contest, clients: int) -> list[Goal]:
    said = f"{clients} client{'s' if clients > 1 else ''}"
    faster = max(RECORDER, SAVE, key=lambda name: contest.ratio(name, clients))
    of_stock = contest.ratio(STORE, clients, to=faster)
    return [
        Goal(f"1 append through the store / bare INSERT, {said}", contest.ratio(STORE, clients), at_least=0.60),
        Goal(f"1 append through the store / stock library, {said}", of_stock, at_least=3, note=f"against {faster}"),
        Goal(f"2 whole command / bare INSERT, {said}", contest.ratio(WHOLE, clients), at_least=0.35),
    ]
