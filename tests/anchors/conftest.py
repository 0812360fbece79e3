"""A signed ledger, a witness of another office as a process of its own, and the worker that has them meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest

from domain.proof.note import VerifierKey
from domain.proof.witness import Submission
from infrastructure.anchors.anchor import Anchor
from infrastructure.anchors.book import AnchorBook
from infrastructure.anchors.chosen import Authority, Chosen, WitnessAt
from infrastructure.postgres.pool import connect
from infrastructure.proof.ed25519 import SigningKey
from tests.command_line.processes import Anjuan
from tests.proof.conftest import signed as signed
from tests.proof.growing import GrowingLog
from tests.proof.ledgers import Signed
from tests.servers import Database
from tests.witness.posting import Answered, Link


@dataclass
class Office:
    """The office that witnesses."""

    machine: Anjuan
    url: str
    key: VerifierKey

    @property
    def at(self) -> WitnessAt:
        """As the ledger's deployment is told of it."""
        return WitnessAt(self.url, self.key)

    def trust(self, key: VerifierKey, origin: str = "") -> None:
        """Trust a key for a log."""
        more = ("--origin", origin) if origin else ()
        assert self.machine.run("witness", "trust", str(self.machine.home / "w"), str(key), *more).code == 0

    def shown(self, submission: Submission) -> Answered:
        """What it answers to who has the key of a log and is not the ledger."""
        with Link(self.url) as link:
            return link.add(submission)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The office, its witness running."""
    machine = Anjuan(tmp_path_factory.mktemp("office"))
    machine.run("witness", "init", str(machine.home / "w"), "audit.example/w1")
    with machine.serving("witness", "serve", str(machine.home / "w"), "--port", "0") as running:
        yield Office(machine, running.url, VerifierKey.parse(running.said["vkey"]))


@dataclass
class Anchored:
    """A signed ledger that is anchored by hand, turn by turn."""

    ledger: Signed
    chosen: Chosen
    worker: Anchor

    @property
    def book(self) -> AnchorBook:
        """What the anchors attested."""
        return AnchorBook(self.ledger.pool, self.ledger.log.schema, self.ledger.proofs, self.chosen)

    def grow(self, count: int = 1) -> int:
        """Record, sign, and have it anchored; the size."""
        self.ledger.record(count)
        self.ledger.sign()
        self.worker.turn()
        return self.ledger.head().size

    @property
    def key(self) -> SigningKey:
        """The key of the log: what a thief has."""
        return self.ledger.keys.signing()[0]

    def forged(self, size: int) -> GrowingLog:
        """Another log of the same name, which the thief signs."""
        forged = GrowingLog(size, origin=self.ledger.origin)
        forged.key = self.key
        return forged


@pytest.fixture
def anchored(signed: Signed, database: Database) -> Iterator[Callable[..., Anchored]]:
    """Makes a ledger anchored by some: `anchored(office.at)`."""
    workers = []

    def make(*witnesses: WitnessAt, authorities: tuple[Authority, ...] = (), every: int = 0) -> Anchored:
        chosen = Chosen(witnesses, authorities, every=every, stamp_every=0)
        book = AnchorBook(signed.pool, signed.log.schema, signed.proofs, chosen)
        workers.append(Anchor(partial(connect, database.app, name="test"), signed.log.schema, signed.proofs, book))
        return Anchored(signed, chosen, workers[-1])

    yield make
    for each in workers:
        each.release()
