"""Builds the whole (装配) for one process: the only module of this layer that meets infrastructure."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, LiteralString
from uuid import UUID

from application.handle import Command, Receipt, handle
from application.ledger import JURISDICTION, Ledger
from application.ports import Unavailable, Views
from domain.cases import CASES, EVENTS
from domain.cases.jurisdiction.case import NUMBER
from domain.cases.jurisdiction.events import LedgerKind
from domain.kernel import Actor
from domain.law.clock import day_of
from infrastructure.administration import Administration, administration
from infrastructure.background import Background
from infrastructure.calendar_files import shipped_calendars as shipped_calendars
from infrastructure.identifiers import new_id
from infrastructure.law_files import check_profile as check_profile
from infrastructure.law_files import shipped_rulebook as shipped_rulebook
from infrastructure.postgres import server
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.migrate import BadMigration as BadMigration
from infrastructure.postgres.outage import OUTAGES as OUTAGES
from infrastructure.postgres.pool import Pool, connect
from infrastructure.postgres.programs import ServerFailed as ServerFailed
from infrastructure.postgres.readiness import pending_migrations
from infrastructure.postgres.registry import REHEARSAL, Jurisdiction, jurisdictions
from infrastructure.postgres.registry import NameTaken as NameTaken
from infrastructure.postgres.registry import NoSuchRehearsal as NoSuchRehearsal
from infrastructure.postgres.server import database_url
from infrastructure.postgres.tokens import Bearer, find_bearer
from infrastructure.postgres.tokens import NoSuchToken as NoSuchToken
from infrastructure.projector import Projector
from infrastructure.sequencer import Sequencer, sequence_once
from infrastructure.settings import SETTINGS as SETTINGS
from infrastructure.settings import BadSetting as BadSetting
from infrastructure.settings import Settings as Settings
from infrastructure.settings import settings as settings
from infrastructure.worker import Worker

Caller = Bearer
"""Whom a token stands for."""

TOKEN_SECONDS = 5.0
MOST_TOKENS = 10_000
FAR_BEHIND = 10_000
PATIENCE = 30.0


class NoSuchJurisdiction(LookupError):
    """The database holds no jurisdiction of this name."""


@dataclass(frozen=True, slots=True)
class Place:
    """One jurisdiction in this process: its ledger, and the lists over it."""

    name: str
    schema: str
    ledger: Ledger
    log: PostgresEventLog
    views: Views


class Wiring:
    """Everything that one process is built of; to be made after a fork, safe to share between threads.

    `url`: the database, as the restricted role. `now`: the clock of the process. `lists`: makes the lists of a place.
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 8,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        lists: Callable[[Pool, Jurisdiction, Ledger], Views],
    ) -> None:
        self.now = now
        self.new_id: Callable[[], UUID] = new_id
        self.pool = Pool(url, size=pool_size)
        self._url = url
        self._lists = lists
        self._places: dict[str, Place] = {}
        self._tokens: dict[str, tuple[float, Caller]] = {}
        self._building = threading.Lock()

    def place(self, name: str) -> Place:
        """A jurisdiction by name, built at first use; raises NoSuchJurisdiction."""
        found = self._places.get(name)
        if found is None:
            with self._building:
                found = self._places.get(name) or self._places.setdefault(name, self._build(name))
        return found

    def _build(self, name: str) -> Place:
        with self.pool.connection() as connection:
            known = next((each for each in jurisdictions(connection) if each.name == name), None)
        if known is None:
            raise NoSuchJurisdiction(name)
        log = PostgresEventLog(self.pool, known.schema, EVENTS)
        ledger = Ledger(log, CASES, shipped_rulebook(), shipped_calendars(), rehearsal=known.kind == REHEARSAL)
        return Place(name, known.schema, ledger, log, self._lists(self.pool, known, ledger))

    def places(self) -> Iterator[Place]:
        """Every jurisdiction of the database."""
        with self.pool.connection() as connection:
            names = [each.name for each in jurisdictions(connection)]
        return (self.place(name) for name in names)

    def caller(self, token: str) -> Caller | None:
        """Whom a token stands for; a token that was revoked is forgotten after a few seconds."""
        present = time.monotonic()
        known = self._tokens.get(token)
        if known is not None and known[0] > present:
            return known[1]
        with self.pool.connection() as connection:
            found = find_bearer(connection, token)
        if found is None:
            self._tokens.pop(token, None)
            return None
        if len(self._tokens) >= MOST_TOKENS:
            self._tokens.clear()
        self._tokens[token] = (present + TOKEN_SECONDS, found)
        return found

    def checks(self) -> Iterator[Mapping[str, Any]]:
        """What the service rests on, each with `name` and `ok`."""
        try:
            with self.pool.connection() as connection:
                pending = pending_migrations(connection)
            yield {"name": "database", "ok": True}
            yield {"name": "migrations", "ok": not pending, "pending": list(pending)}
            for place in self.places():
                yield from self._checks_of(place)
        except OUTAGES as error:
            yield {"name": "database", "ok": False, "error": type(error).__name__}

    def _checks_of(self, place: Place) -> Iterator[Mapping[str, Any]]:
        waiting, progress = place.log.unsequenced(), place.views.progress()
        lag = progress.head - progress.position
        yield {"name": "sequencer", "jurisdiction": place.name, "ok": waiting < FAR_BEHIND, "waiting": waiting}
        yield {
            "name": "projections",
            "jurisdiction": place.name,
            "ok": progress.error is None and lag < FAR_BEHIND,
            "position": progress.position,
            "head": progress.head,
            "lag": lag,
            "error": progress.error,
        }
        covered = place.ledger.calendars()[place.ledger.register().calendar].covered_through
        today = day_of(self.now())
        yield {"name": "calendar", "jurisdiction": place.name, "ok": covered >= today, "covered_through": covered}

    def background(self) -> Background:
        """What gives positions to events and keeps the lists, for every jurisdiction; to be started and stopped."""
        return Background(self.places, self._workers)

    def _workers(self, place: Place) -> Iterator[Worker]:
        log = place.log
        yield Sequencer(self._connect, place.schema, appended=log.appended, sequenced=log.sequenced)
        yield Projector(self.pool, log, place.ledger)

    def _connect(self) -> Connection:
        return connect(self._url, name="anjuan sequencer")

    def sequence(self, place: Place) -> None:
        """Give positions to all that is recorded now, where perhaps no server does; raises Unavailable."""
        try:
            sequence_once(self.pool, place.schema)
        except TimeoutError as error:
            raise Unavailable(str(error)) from error

    def catch_up(self, place: Place) -> None:
        """Bring the lists up to what is recorded now, where perhaps no server does; raises Unavailable."""
        self.sequence(place)
        last, deadline = place.log.last_position(), time.monotonic() + PATIENCE
        projector = Projector(self.pool, place.log, place.ledger)
        while projector.catch_up() < last and place.views.progress().position < last:
            if time.monotonic() > deadline:
                raise Unavailable("the lists do not come to the end of the log")
            time.sleep(0.05)

    def close(self) -> None:
        """Close the connections of this process."""
        self.pool.close()


def wire() -> Wiring:
    """The wiring that the environment describes; starts the embedded database if there is no other."""
    chosen = settings()
    return Wiring(database_url(chosen), pool_size=chosen.pool_size, lists=_lists)


def _lists(pool: Pool, jurisdiction: Jurisdiction, ledger: Ledger) -> Views:
    raise NotImplementedError


def database_address(role: LiteralString) -> str:
    """Where the role `app` or `owner` finds the database that the environment names; nothing is started."""
    return server.database_address(settings(), role=role)


def administer() -> Administration:
    """The administration of the database that the environment names."""
    return administration(settings())


def found_ledger(
    wiring: Wiring,
    owner: Administration,
    name: str,
    *,
    kind: str,
    calendar: str,
    profiles: tuple[str, ...],
    at: datetime | None = None,
) -> Place:
    """A new jurisdiction with its first fact, the opening of its ledger; in a rehearsal opened `at` an instant."""
    owner.create_jurisdiction(name, kind=kind)
    place = wiring.place(name)
    run_jurisdiction(wiring, place, "open_ledger", at=at, kind=LedgerKind(kind), calendar=calendar, profiles=profiles)
    return place


def run_jurisdiction(
    wiring: Wiring, place: Place, step: str, *, at: datetime | None = None, **arguments: Any
) -> Receipt:
    """Take a step in the jurisdiction's own case as the system: to open the ledger and register its first administrator."""
    opening = step == "open_ledger"
    command = Command(
        case_type="jurisdiction",
        step=step,
        actor=Actor("system"),
        occurred_at=at or wiring.now(),
        case=None if opening else JURISDICTION,
        number=NUMBER if opening else None,
        arguments=arguments,
        recorded_at=at,
    )
    return handle(command, place.ledger, now=wiring.now(), new_id=wiring.new_id)
