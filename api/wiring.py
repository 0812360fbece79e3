"""Builds the whole (装配) for one process: the only module of this layer that meets infrastructure."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from api.checks import checks_of
from api.log.page import checkpoint_page
from api.place import Place as Place
from application.founding import Founding, found
from application.ledger import Ledger
from application.ports import Unavailable, Views
from application.sweep import Behind, Swept, sweep
from domain.cases import CASES
from domain.proof.trust import Trusted
from infrastructure.accesses import PostgresAccesses
from infrastructure.administration import Administration as Administration
from infrastructure.administration import administration
from infrastructure.agenda import PostgresAgenda
from infrastructure.anchors.book import AnchorBook
from infrastructure.anchors.chosen import Chosen, read_anchors
from infrastructure.background import Background
from infrastructure.bringing import bring_lists, bring_positions
from infrastructure.bundle.making import BundlesOf
from infrastructure.bundle.moments import PostgresMoments
from infrastructure.event_logs import event_log
from infrastructure.identifiers import new_id
from infrastructure.inspections import PostgresInspections
from infrastructure.keys.files import keys_of
from infrastructure.keys.folder import KeysExposed as KeysExposed
from infrastructure.keys.sealing import Unreadable as Unreadable
from infrastructure.keys.store import KeyStore
from infrastructure.keys.vault import Digest
from infrastructure.own_law import Law as Law
from infrastructure.own_law import law
from infrastructure.postgres import server
from infrastructure.postgres.limits import spend as spend
from infrastructure.postgres.migrate import BadMigration as BadMigration
from infrastructure.postgres.outage import LOST as LOST
from infrastructure.postgres.outage import OUTAGES as OUTAGES
from infrastructure.postgres.pool import Pool, connect
from infrastructure.postgres.programs import ServerFailed as ServerFailed
from infrastructure.postgres.readiness import missing_guards, pending_migrations
from infrastructure.postgres.registry import REHEARSAL, Jurisdiction, jurisdictions
from infrastructure.postgres.registry import NameTaken as NameTaken
from infrastructure.postgres.registry import NoSuchRehearsal as NoSuchRehearsal
from infrastructure.postgres.server import check_roles, database_url
from infrastructure.postgres.tokens import TokenRecord as TokenRecord
from infrastructure.proof.ed25519 import verify as verify
from infrastructure.proof.keys import LogKeys, log_keys_of, name_of
from infrastructure.proof.reading import PostgresProofs
from infrastructure.proof.receipts import ReceiptBook, ReceiptKeys, receipt_keys_of
from infrastructure.settings import SETTINGS as SETTINGS
from infrastructure.settings import BadSetting as BadSetting
from infrastructure.settings import Settings as Settings
from infrastructure.settings import settings as settings
from infrastructure.sign_in.door import Door, provider_of
from infrastructure.sign_in.keeper import demonstrations
from infrastructure.sign_in.keeper import no_demonstration as no_demonstration
from infrastructure.sign_in.provider import Provider
from infrastructure.sign_in.sessions import Entered as Entered
from infrastructure.sign_in.sessions import csrf_of as csrf_of
from infrastructure.views import PostgresViews
from infrastructure.webhooks.outbound import Outbound
from infrastructure.webhooks.sending import Sender
from infrastructure.works import Does, Works, roles_of, workers_of

LOCAL_HOSTS = ("127.0.0.1", "localhost")


class NoSuchJurisdiction(LookupError):
    """The database holds no jurisdiction of this name."""


class Wiring:
    """Everything that one process is built of; to be made after a fork, safe to share between threads.

    `url`: the database, as the restricted role. `now`: the clock of the process. `lists`: makes the lists of a place (None: from its projections).
    `revive`: has the database run, asked for in the background. `sweeps`: whether the background sweeps real ledgers.
    `sender`: what posts to webhooks. `delivers`: whose webhooks the background delivers: `real` ledgers', `all`, or none (`off`).
    `law`: rules and calendars (None: those that ship). `keys`: of protected values (None: where the environment has them).
    `provider`: whose signed statements let officers in. `hosts`: names under which the service is called. `proxies`: our own before it.
    `work_url`: the database as the role that writes the lists (None: as the same). `sequence_url`: as the one that gives positions and
    signs the log (None: as that); `sequences`: whether the background does so; `log_keys`: the folder of the keys to sign with.
    `anchors`: who else is to say what the log is (None: nobody).
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 8,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        lists: Callable[[Pool, Jurisdiction, Ledger], Views] | None = None,
        revive: Callable[[], object] = lambda: None,
        sweeps: bool = False,
        sender: Sender | None = None,
        delivers: str = "off",
        law: Law | None = None,
        keys: KeyStore | None = None,
        provider: Provider | None = None,
        hosts: tuple[str, ...] = LOCAL_HOSTS,
        proxies: int = 0,
        work_url: str | None = None,
        sequence_url: str | None = None,
        sequences: bool = True,
        log_keys: Path | None = None,
        receipt_keys: Path | None = None,
        anchors: Chosen | None = None,
    ) -> None:
        self.now, self.hosts, self.proxies = now, hosts, proxies
        self.keys = keys or keys_of(settings())
        self.digest = Digest(self.keys)
        self.law = law or shipped_law()
        self.new_id: Callable[[], UUID] = new_id
        roles = roles_of(url, work_url, sequence_url, size=pool_size)
        self.pool = roles.pool
        self.door = Door(self.pool, now=now, provider=provider)
        self._lists, self._revive = lists or lists_of, revive
        self._sender, self._anchors = sender or Sender(), anchors or Chosen()
        folders = log_keys or log_keys_of(settings()), receipt_keys or receipt_keys_of(settings())
        self.works = Works(roles, *folders, now, Does(sweeps, delivers, sequences), checkpoint_page)
        self._places: dict[str, Place] = {}
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
        log = event_log(self.pool, known, self.keys)
        ledger = Ledger(log, CASES, self.law.rulebook, self.law.calendars, rehearsal=known.kind == REHEARSAL)
        inspections = PostgresInspections(self.pool, known.schema, ledger, now=self.now)
        outbound = Outbound(self.pool, name, ledger, log, self._sender, now=self.now, new_id=self.new_id)
        lists, accesses = self._lists(self.pool, known, ledger), PostgresAccesses(self.pool, known.schema)
        proofs = PostgresProofs(self.pool, known.schema, name_of(name, log.ledger_id))
        receipts = ReceiptBook(
            self.pool, known.schema, proofs.ledger, ReceiptKeys(self.works.receipt_keys, log.ledger_id, proofs.ledger)
        )
        anchors = AnchorBook(self.pool, known.schema, proofs, self._anchors, self.now)
        bundles = BundlesOf(ledger, proofs, PostgresMoments(self.pool, known.schema), self.law.texts, receipts.sealed)
        said = (proofs, receipts, anchors, bundles)
        return Place(name, known.schema, ledger, log, lists, inspections, outbound, accesses, *said)

    def log_keys(self, place: Place) -> LogKeys:
        """The keys that sign the log of a jurisdiction."""
        return LogKeys(self.works.log_keys, place.log.ledger_id, place.proofs.ledger)

    def receipt_keys(self, place: Place) -> ReceiptKeys:
        """The keys that sign the receipts of a jurisdiction."""
        return ReceiptKeys(self.works.receipt_keys, place.log.ledger_id, place.proofs.ledger)

    def trusted(self, place: Place) -> tuple[Trusted, ...]:
        """The public keys of the log of a jurisdiction, and of its receipts, that are trusted on this machine."""
        return (*self.log_keys(place).trusted(), *self.receipt_keys(place).kept.trusted())

    def names(self) -> list[str]:
        """The name of every jurisdiction of the database."""
        with self.pool.connection() as connection:
            return [each.name for each in jurisdictions(connection)]

    def places(self) -> Iterator[Place]:
        """Every jurisdiction of the database but for those whose schema is lost or shut: readiness says which."""
        for name in self.names():
            with suppress(*LOST):
                yield self.place(name)

    def checks(self) -> Iterator[Mapping[str, Any]]:
        """What the service rests on, each with `name` and `ok`."""
        try:
            with self.pool.connection() as connection:
                pending = pending_migrations(connection)
                open_ = () if pending else missing_guards(connection)
            yield {"name": "database", "ok": True}
            yield {"name": "migrations", "ok": not pending, "pending": list(pending)}
            yield {"name": "guards", "ok": not open_, "missing": list(open_)}
            yield {"name": "keys", "ok": (wrong := self.keys.wrong()) is None, "error": wrong}
            for name in self.names():
                try:
                    yield from checks_of(self.place(name), self.now())
                except LOST as error:
                    yield {"name": "schema", "jurisdiction": name, "ok": False, "error": type(error).__name__}
        except OUTAGES as error:
            yield {"name": "database", "ok": False, "error": type(error).__name__}

    def background(self) -> Background[Place]:
        """What gives positions to events and keeps the lists, for every jurisdiction; to be started and stopped."""
        return Background(self.places, partial(workers_of, works=self.works), self._revive)

    def sequence(self, place: Place) -> None:
        """Give positions to all that is recorded now, where perhaps no server does; raises Unavailable."""
        bring_positions(self.works.roles.sequencepool, place.log)

    def catch_up(self, place: Place) -> None:
        """Bring the lists up to what is recorded now, where perhaps no server does; raises Unavailable."""
        bring_lists(self.works.roles.workpool, self.works.roles.sequencepool, place.log, place.ledger, place.views)

    def sweep(self, place: Place, at: datetime) -> Swept:
        """Record what is due at an instant, once; raises Unavailable."""
        bring = partial(self.catch_up, place)
        agenda = PostgresAgenda(self.pool, place.log, rehearsal=place.ledger.rehearsal, bring=bring)
        try:
            return sweep(place.ledger, agenda, at=at)
        except Behind as error:
            raise Unavailable("the lists do not come to the end of the log") from error

    def close(self) -> None:
        """Close the connections of this process."""
        for each in (self.pool, self.works.roles.workpool, self.works.roles.sequencepool):
            each.close()


def shipped_law() -> Law:
    """Rules and calendars that come with the program."""
    return law(None)


def law_here() -> Law:
    """Rules and calendars of the deployment that the environment describes; raises BadProfile or BadEdition."""
    return law(settings().law_dir)


def wire() -> Wiring:
    """The wiring that the environment describes; starts the embedded database if there is no other."""
    chosen = settings()
    revive = partial(database_url, chosen)
    url = revive()
    work_url, sequence_url = (server.database_address(chosen, role=role) for role in ("projector", "sequencer"))
    if chosen.production:
        check_roles(url, work_url, sequence_url)
        with connect(url, name="anjuan start") as connection:
            no_demonstration(demonstrations(connection))
    return Wiring(
        url, pool_size=chosen.pool_size, revive=revive, sweeps=chosen.scheduler == "embedded",
        sender=Sender(chosen.webhook_networks), delivers=chosen.webhooks, law=law(chosen.law_dir), keys=keys_of(chosen),
        provider=provider_of(chosen), proxies=chosen.proxies,
        hosts=chosen.trusted_hosts or (*LOCAL_HOSTS, chosen.host), work_url=work_url,
        sequence_url=sequence_url, sequences=chosen.sequencer == "embedded", log_keys=log_keys_of(chosen),
        receipt_keys=receipt_keys_of(chosen), anchors=read_anchors(chosen.anchors),
    )  # fmt: skip


def lists_of(pool: Pool, jurisdiction: Jurisdiction, ledger: Ledger) -> Views:
    """The lists of a jurisdiction, read from its projections."""
    return PostgresViews(pool, jurisdiction.schema, ledger)


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
    organs: tuple[Mapping[str, Any], ...] = (),
    officers: tuple[Mapping[str, Any], ...] = (),
    at: datetime | None = None,
) -> Place:
    """A new jurisdiction with its ledger open and its first organs and officers registered; in a rehearsal opened `at` an instant."""
    owner.create_jurisdiction(name, kind=kind)
    place, now = wiring.place(name), wiring.now()
    said = Founding(kind, calendar, profiles, organs, officers)
    found(place.ledger, said, at=at or now, now=now, new_id=wiring.new_id, recorded_at=at)
    return place
