"""Goal 5: all lists built anew from the facts, beside one SQL statement that folds the same facts, at two sizes."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from psycopg import sql

from application.handle import handle
from domain.kernel import case_id, file_id
from infrastructure.identifiers import new_id
from infrastructure.postgres.pool import Pool, connect
from infrastructure.rebuild import rebuild
from infrastructure.sequencer import sequence_once
from tests.benchmarks.crews import Operation
from tests.benchmarks.lives import DEPARTMENTS, LENGTH, command
from tests.benchmarks.report import Goal, Report
from tests.benchmarks.rounds import Contestant, Referee
from tests.benchmarks.world import World, ledger

MODEL = "TS-000000000"
NUMBER = "TS-{:09}"
YEARS = 5
WORKERS = os.cpu_count() or 1
ONE_STATEMENT = "one SQL statement"
ENVELOPE = (
    "event_id", "case_id", "version", "case_type", "topic", "payload_version", "payload", "file_id", "file_version",
    "occurred_at", "recorded_at", "department", "officer", "imported", "incarnation",
)  # fmt: skip
FOLD = """
    insert into {view} (case_id, file_id, version, state, officer, department, begun, changed, matter, said)
    select distinct on (case_id) case_id, file_id, version, topic, officer, department,
        first_value(occurred_at) over (partition by case_id order by version), occurred_at, p ->> 'matter', p::text
    from (select e.*, convert_from(payload, 'UTF8')::jsonb as p from {events} e where case_type = 'complaint') e
    order by case_id, version desc
"""
VIEW = """
    create table {view} (case_id uuid primary key, file_id uuid, version bigint, state text, officer text, department text,
        begun timestamptz, changed timestamptz, matter text, said text)
"""


def filled(world: World, events: int) -> str:
    """A ledger with so many events, sequenced: copies of one life, each begun on another day, many of them cut short."""
    schema = world.new_ledger().schema
    pool = Pool(world.app, size=2)
    place = ledger(pool, schema)
    for step in range(LENGTH):
        handle(command(MODEL, step, DEPARTMENTS[0]), place, now=datetime.now(UTC), new_id=new_id)
    names = sql.SQL(", ").join(map(sql.Identifier, ENVELOPE))
    table = sql.Identifier(schema, "events")
    model = world.connection.execute(
        sql.SQL("select {} from {} where file_id = %s order by file_version").format(names, table), [file_id(MODEL)]
    ).fetchall()
    with (
        world.connection.cursor() as cursor,
        cursor.copy(sql.SQL("copy {} ({}) from stdin").format(table, names)) as copy,
    ):
        for row in _copies(model, events):
            copy.write_row(row)
    sequence_once(pool, schema, patience=600)
    pool.close()
    world.warm((schema, "events"), (schema, "log"))
    return schema


def _copies(model: list[tuple[Any, ...]], events: int) -> Iterator[tuple[Any, ...]]:
    chance, written, number = random.Random(1), 0, 0
    while written < events:
        number += 1
        name = NUMBER.format(number)
        length = LENGTH if chance.random() < 0.6 else chance.randint(1, LENGTH)
        shift = timedelta(days=chance.randint(-365 * (YEARS - 1), 365))
        department, case, file = chance.choice(DEPARTMENTS), case_id(name), file_id(name)
        for row in model[: min(length, events - written)]:
            fields = dict(zip(ENVELOPE, row, strict=True))
            occurred = fields["occurred_at"] + shift
            fields |= {"event_id": new_id(), "case_id": case, "file_id": file, "department": department,
                       "payload": bytes(fields["payload"]).replace(MODEL.encode(), name.encode()),
                       "occurred_at": occurred, "recorded_at": occurred + timedelta(hours=1)}  # fmt: skip
            yield tuple(fields.values())
            written += 1


def one_statement(url: str, schema: str) -> Callable[[], Operation]:
    """The limit: the latest state of every case, worked out by the server in one statement into a fresh table."""
    view, events = sql.Identifier(schema, "bench_view"), sql.Identifier(schema, "events")

    def client() -> Operation:
        connection = connect(url, name="bench", idle_ms=0)

        def once() -> int:
            connection.execute(sql.SQL("drop table if exists {}").format(view))
            connection.execute(sql.SQL(VIEW).format(view=view))
            connection.execute(sql.SQL(FOLD).format(view=view, events=events))
            counted = sql.SQL("select sum(version) from {}").format(view)
            ((versions,),) = connection.execute(counted).fetchall()
            return int(versions)

        return once

    return client


def all_lists(url: str, schema: str, workers: int) -> Callable[[], Operation]:
    """The product's rebuild, beside the tables in use, switched at the end."""
    return lambda: lambda: rebuild(url, schema, workers=workers).events


def measure(world: World, referee: Referee, events: int) -> Report:
    """Goal 5, with so many events and with a quarter of them."""
    report = Report()
    large = f"all lists, {WORKERS} workers"
    small = filled(world, events // 4)
    schema = filled(world, events)
    quarter = f"all lists, {WORKERS} workers, {events // 4:,} events"
    contest = referee.contest(
        f"all lists built anew from {events:,} events",
        "events",
        [
            Contestant(ONE_STATEMENT, partial(one_statement, world.owner, schema), processes=1),
            Contestant("all lists, 1 worker", partial(all_lists, world.owner, schema, 1), processes=1),
            Contestant(large, partial(all_lists, world.owner, schema, WORKERS), processes=1),
            Contestant(quarter, partial(all_lists, world.owner, small, WORKERS), processes=1),
        ],
        by_row=True,
    )
    growth = contest.ratio(quarter, to=large)
    report.contests.append(contest)
    report.goals += [
        Goal("5 all lists rebuilt / one SQL statement", contest.ratio(large), at_least=0.05, note=large),
        Goal("5 time for each event, at four times the size", growth, at_most=1.2),
    ]
    return report
