"""The stock event sourcing library, as its documentation shows it: an aggregate saved by an application, and its recorder alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import StoredEvent
from psycopg.conninfo import conninfo_to_dict

from tests.benchmarks.crews import Operation
from tests.benchmarks.lives import DEPARTMENTS, LENGTH, TEXT, Place

SCHEMA, TABLE = "stock", "application_events"


class Noted(Aggregate):
    """A case in the library's own style."""

    @event("Opened")
    def __init__(self, matter: str, department: str, officer: str) -> None:
        self.matter, self.department, self.officer = matter, department, officer

    @event("Discovered")
    def discover(self, matter: str, description: str, department: str, officer: str) -> None:
        """Note one fact more."""
        self.matter, self.department, self.officer = matter, department, officer


def application(url: str, *, make_table: bool = False) -> Application[UUID]:
    """The library's application with its default recorder. Its table is made once: two that make it at a time fail."""
    parts = conninfo_to_dict(url)
    environment = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": parts["dbname"],
        "POSTGRES_HOST": parts["host"],
        "POSTGRES_PORT": parts["port"],
        "POSTGRES_USER": parts["user"],
        "POSTGRES_PASSWORD": "",
        "POSTGRES_SCHEMA": SCHEMA,
        "POSTGRES_POOL_SIZE": "8",
        "CREATE_TABLE": "yes" if make_table else "no",
    }
    return Application[UUID]({name: str(value) for name, value in environment.items()})


def save(url: str) -> Callable[[], Operation]:
    """`Application.save` of an aggregate with one new event."""
    app = application(url)

    def client() -> Operation:
        case: list[Any] = [None, 0]

        def once() -> int:
            if case[1] % LENGTH == 0:
                case[0] = Noted("TS-1", DEPARTMENTS[0], "张三")
            else:
                case[0].discover("TS-1-W1", TEXT, DEPARTMENTS[0], "张三")
            case[1] += 1
            app.save(case[0])
            return 1

        return once

    return client


def record(url: str) -> Callable[[], Operation]:
    """`insert_events` of the library's recorder with one event whose bytes are there already."""
    app = application(url)
    state = _state()

    def client() -> Operation:
        place = Place()

        def once() -> int:
            case, version = place.next()
            app.recorder.insert_events([StoredEvent(case, version, "complaint.violation-discovered", state)])
            return 1

        return once

    return client


def _state() -> bytes:
    """Bytes as long as what the store under test writes of the same fact."""
    return ('{"matter":"TS-1-W1","description":"' + TEXT + '"}').encode()


def contestants(url: str) -> tuple[partial[Callable[[], Operation]], partial[Callable[[], Operation]]]:
    """The two contestants, their table made once before any worker starts."""
    application(url, make_table=True).close()
    return partial(save, url), partial(record, url)
