"""What works for one jurisdiction beside the requests (后台工作): which workers there are, and under which role each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol
from uuid import UUID

from application.ledger import Ledger
from application.proofs import Proofs
from infrastructure.agenda import PostgresAgenda
from infrastructure.anchors.anchor import Anchor
from infrastructure.anchors.book import AnchorBook
from infrastructure.anchors.printed import Page, Printing
from infrastructure.bell import Bell
from infrastructure.law_parts import law_parts
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool, connect
from infrastructure.projector import Projector
from infrastructure.proof.keys import LogKeys, name_of
from infrastructure.proof.receipts import ReceiptKeys
from infrastructure.proof.signer import Signer
from infrastructure.scheduler import Scheduler
from infrastructure.sequencer import Sequencer
from infrastructure.settings import settings
from infrastructure.verifying.nightly import Nightly
from infrastructure.webhooks.outbound import Outbound
from infrastructure.worker import Worker


class Ground(Protocol):
    """One jurisdiction that is worked on."""

    @property
    def name(self) -> str:
        """Its name in the registry."""

    @property
    def schema(self) -> str:
        """Where it lives in the database."""

    @property
    def ledger(self) -> Ledger:
        """What is recorded, and the law of it."""

    @property
    def log(self) -> PostgresEventLog:
        """Where it is recorded."""

    @property
    def outbound(self) -> Outbound:
        """What it sends to the outside."""

    @property
    def proofs(self) -> Proofs:
        """The proofs of its log."""

    @property
    def anchors(self) -> AnchorBook:
        """Who else is to say what its log is, and what they said."""


@dataclass(frozen=True, slots=True)
class Does:
    """What a process does in the background: whether it sweeps real ledgers, whose webhooks it delivers (`real` ledgers', `all`, or
    none: `off`), whether it gives positions and signs."""

    sweeps: bool
    delivers: str
    sequences: bool


@dataclass(frozen=True, slots=True)
class Roles:
    """The database as who answers requests (`url`), as the role that writes lists, and as the one that gives positions and signs:
    where it is, and connections of each."""

    url: str
    work_url: str
    sequence_url: str
    pool: Pool
    workpool: Pool
    sequencepool: Pool


def roles_of(url: str, work_url: str | None, sequence_url: str | None, *, size: int) -> Roles:
    """The same with pools of at most `size`: who has no role of its own works under the one before."""
    work_url = work_url or url
    sequence_url = sequence_url or work_url
    pool = Pool(url, size=size)
    workpool = pool if work_url == url else Pool(work_url, size=size, name="anjuan work")
    sequencepool = workpool if sequence_url == work_url else Pool(sequence_url, size=2, name="anjuan sequencer")
    return Roles(url, work_url, sequence_url, pool, workpool, sequencepool)


@dataclass(frozen=True, slots=True)
class Works:
    """What the workers of a process are made of. `log_keys`, `receipt_keys`: the folders of the keys of all logs, and of those that
    sign receipts; `page`: makes the printed page of a checkpoint."""

    roles: Roles
    log_keys: Path
    receipt_keys: Path
    now: Callable[[], datetime]
    does: Does
    page: Page


def workers_of(place: Ground, works: Works) -> Iterator[Worker]:
    """The workers of one jurisdiction, to be started."""
    log, ledger, does = place.log, place.ledger, works.does
    of_its_own = partial(connect, works.roles.work_url, name="anjuan background")
    if does.sequences:
        yield from sequencers_of(
            place.name,
            place.schema,
            log.ledger_id,
            url=works.roles.sequence_url,
            log_keys=works.log_keys,
            appended=log.appended,
            sequenced=log.sequenced,
        )
    yield Projector(works.roles.workpool, log, ledger)
    if does.sweeps and not ledger.rehearsal:
        agenda = PostgresAgenda(works.roles.pool, log)
        nightly, law = nightly_of(place, works, agenda), law_parts(settings().law_dir)
        printing = printing_of(place, works)
        yield Scheduler(
            of_its_own, place.schema, ledger, agenda, now=works.now, nightly=nightly, printing=printing, law=law
        )
    if does.delivers == "all" or (does.delivers == "real" and not ledger.rehearsal):
        yield place.outbound.deliverer(of_its_own)
    if place.anchors.chosen.names and (place.anchors.chosen.rehearsals or not ledger.rehearsal):
        yield Anchor(of_its_own, place.schema, place.proofs, place.anchors)


def nightly_of(place: Ground, works: Works, agenda: PostgresAgenda) -> Nightly:
    """What verifies a jurisdiction every night."""
    log = place.log
    keys = LogKeys(works.log_keys, log.ledger_id, name_of(place.name, log.ledger_id))
    own, anchored = settings().law_dir, partial(place.anchors.findings, outside=True)
    receipts = ReceiptKeys(works.receipt_keys, log.ledger_id, keys.name).kept
    return Nightly(
        works.roles.url, log, place.ledger, keys, own=own, on_record=agenda.recorded, receipts=receipts, now=works.now,
        anchored=anchored,
    )  # fmt: skip


def printing_of(place: Ground, works: Works) -> Printing | None:
    """What writes the page of each day, where there is a folder for it."""
    folder = place.anchors.chosen.printed
    return None if folder is None else Printing(folder, place.name, place.proofs, works.page, now=works.now)


def sequencers_of(
    name: str, schema: str, ledger: UUID, *, url: str, log_keys: Path, appended: Bell, sequenced: Bell
) -> Iterator[Worker]:
    """What gives positions to the events of a jurisdiction, and what signs its log."""
    connecting = partial(connect, url, name="anjuan sequencer")
    yield Sequencer(connecting, schema, appended=appended, sequenced=sequenced)
    yield Signer(connecting, schema, LogKeys(log_keys, ledger, name_of(name, ledger)), sequenced=sequenced)
