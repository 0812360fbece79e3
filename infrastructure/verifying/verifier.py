"""Verifies one ledger (账本核验): every leaf, root, signature, version, manifest and anchor, and the lists, in one snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Unpack

import psycopg

from domain.proof.entry import EPOCH, Order
from domain.proof.findings import Cause, Finding
from domain.proof.manifest import NO_ROWS
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.pool import connect
from infrastructure.postgres.statements import statements
from infrastructure.proof.beginnings import beginnings_in
from infrastructure.verifying.facts import holes, seals
from infrastructure.verifying.found import ALL, Check, Found
from infrastructure.verifying.law import check_law
from infrastructure.verifying.lists import Lists
from infrastructure.verifying.manifests import Accesses, check_manifests
from infrastructure.verifying.published import published_keys, signing_times
from infrastructure.verifying.rows import copied
from infrastructure.verifying.signed_heads import SignedHeads
from infrastructure.verifying.subject import DELAY, Anchored, Options, Subject, Told, Verified
from infrastructure.verifying.walk import Walk, Way

MOST_STRAYS = 500


def verify(subject: Subject, **options: Unpack[Options]) -> Verified:
    """Verify a ledger."""
    with connect(subject.url, name="anjuan verify", idle_ms=0) as connection, snapshot(connection):
        return verify_on(connection, subject, **options)


def verify_on(
    connection: Connection,
    subject: Subject,
    *,
    checks: frozenset[Check] = ALL,
    anchored: Anchored = tuple,
    told: Told = lambda what, done, of: None,
    way: Way | None = None,
    keep: Callable[[Way], None] = lambda way: None,
) -> Verified:
    """The same of what a transaction sees."""
    work = _Verifying(connection, subject, checks, told)
    work.log(way, keep)
    work.facts()
    if Check.ANCHORS in checks:
        work.found.add(anchored())
    if Check.LISTS in checks:
        work.lists()
    return work.verified()


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """A transaction that sees one moment and changes nothing."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    with connection.transaction():
        connection.execute(statements()["sort_in_memory"])
        yield


class _Verifying:
    def __init__(self, connection: Connection, subject: Subject, checks: frozenset[Check], told: Told) -> None:
        self._connection, self._subject, self._checks, self._told = connection, subject, checks, told
        self._named = statements(subject.schema)
        at, position, leaves = connection.execute(self._named["snapshot"]).fetchone() or (EPOCH, 0, 0)
        self.found, self._ends = Found(), (position, leaves)
        volumes = beginnings_in(connection, subject.schema, subject.ledger)
        self._verified = Verified(at, position, beginnings=volumes.beginnings)
        self._signed = SignedHeads(connection, subject, volumes, checks, self._ends, self.found)
        self._way, self._keep = Way(), lambda way: None

    def log(self, way: Way | None, keep: Callable[[Way], None]) -> None:
        """Go through the log, and settle what did not fit."""
        subject = self._subject
        walk = Walk(
            self._connection, subject.schema, subject.ledger, ends=self._ends, heads=self._signed.between,
            dated=not subject.rehearsal, checks=self._checks, way=way,
        )  # fmt: skip
        for done in walk.steps():
            self._told("log", done, max(self._ends))
            if walk.clean and not self.found.count:
                keep(walk.resumable)
        self._way, self._keep = walk.resumable, keep
        walk.close(self._strays(), Order(*walk.way.order))
        self.found.take(walk.found)
        self._close(walk)

    def _strays(self) -> list[bytes]:
        if Check.STRAYS not in self._checks:
            return []
        since = EPOCH if self._subject.rehearsal else self._verified.at - DELAY
        return list(copied(self._connection, self._named["copy_strays"], (since, MOST_STRAYS)))

    def _close(self, walk: Walk) -> None:
        agreement, found = walk.way.agreement, self._verified
        found.size, found.root, found.checkpoints = agreement.by_events, agreement.root.hex(), agreement.heads
        self._signed.close(agreement)
        if walk.first_unsigned is not None and Check.DELAY in self._checks:
            waited = self._verified.at - (EPOCH + timedelta(microseconds=walk.first_unsigned))
            never = not agreement.newest and not self._signed.kept
            if waited > DELAY and (never or not self._subject.rehearsal):
                span = f"position {self._ends[1] + 1}-{self._ends[0]}"
                said = "逾时未签入哈希树。", "It is overdue in the signed tree."
                self.found.add([Finding(Cause.UNSIGNED, span, *said)])

    def facts(self) -> None:
        """Versions, protected values, what is published, manifests, and the law."""
        connection, subject, schema = self._connection, self._subject, self._subject.schema
        wanted: Sequence[tuple[Check, Callable[[], Iterable[Finding]]]] = (
            (Check.VERSIONS, lambda: holes(connection, schema)),
            (Check.SEALS, lambda: seals(connection, schema)),
            (Check.TIMES, lambda: signing_times(connection, schema, dated=not subject.rehearsal)),
            (Check.KEYS, self._published),
            (Check.MANIFESTS, self._manifests),
            (Check.LAW, lambda: check_law(connection, schema, subject.own)),
        )
        for check, findings in wanted:
            if check in self._checks:
                self._told(check, 0, 1)
                self.found.add(findings())
                self._told(check, 1, 1)

    def _published(self) -> Iterable[Finding]:
        """The keys, which are published with the first checkpoint."""
        subject, signed = self._subject, self._verified.checkpoints
        return published_keys(self._connection, subject.schema, subject.trusted, subject.receipts) if signed else ()

    def _manifests(self) -> Iterator[Finding]:
        none, way = Accesses(0, 0, NO_ROWS), self._way
        return check_manifests(self._connection, self._subject.schema, none, after=way.manifests, done=self._attested)

    def _attested(self, position: int) -> None:
        """So many manifests are as they were recorded; an interrupted verification goes on after them."""
        self._way.manifests = position
        if not self.found.count:
            self._keep(self._way)

    def lists(self) -> None:
        """The lists against a replay."""
        subject, events = self._subject, self._verified.position
        lists = Lists(self._connection, subject.schema, own=subject.own, rehearsal=subject.rehearsal)
        for findings in lists.findings(events):
            self.found.add(findings)
            self._told(Check.LISTS, min(lists.compared.files, events), events)
        self._verified.lists = lists.compared

    def verified(self) -> Verified:
        """What it came to."""
        found = self._verified
        found.count, found.causes, found.findings = self.found.count, self.found.causes, self.found.told
        return found
