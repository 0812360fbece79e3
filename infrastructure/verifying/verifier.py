"""Verifies one ledger (账本核验): every leaf, root, signature, version, manifest and anchor, and the lists, in one snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import psycopg

from domain.proof.checkpoint import Checkpoint
from domain.proof.entry import EPOCH, Order
from domain.proof.findings import Cause, Finding
from domain.proof.manifest import NO_ROWS
from domain.proof.note import Note
from domain.proof.trust import Trusted
from domain.proof.volumes import FIRST, Beginning, ledger_of, volume_of
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.pool import connect
from infrastructure.postgres.statements import statements
from infrastructure.proof.beginnings import beginnings_in
from infrastructure.proof.ed25519 import verify as fits
from infrastructure.verifying.facts import holes, seals
from infrastructure.verifying.found import ALL, Check, Found
from infrastructure.verifying.heads import KEPT, Head, read_head
from infrastructure.verifying.law import check_law
from infrastructure.verifying.lists import Compared, Lists
from infrastructure.verifying.manifests import Accesses, check_manifests
from infrastructure.verifying.published import published_keys, signing_times
from infrastructure.verifying.rows import copied
from infrastructure.verifying.walk import Walk, Way

DELAY = timedelta(seconds=10)
"""Within which whatever is recorded is in the signed tree."""

MOST_STRAYS = 500


@dataclass(frozen=True, slots=True)
class Subject:
    """What is verified: a schema of the database at `url`, with the name of its `ledger`; `trusted`, the keys that count; `kept`, the
    checkpoint that was kept outside the database; `own`, the folder with the law of the deployment; `receipts`, the keys that sign
    receipts, None where they are not known."""

    url: str
    schema: str
    ledger: str
    rehearsal: bool
    trusted: tuple[Trusted, ...]
    kept: str | None = None
    own: Path | None = None
    receipts: tuple[Trusted, ...] | None = None


@dataclass(slots=True)
class Verified:
    """What a verification came to. `size`: how many entries are as they were signed; `position`: where the log ends; `beginnings`: by
    which the ledger says that its log began anew, which is no fault and stays to be seen."""

    at: datetime
    position: int
    size: int = 0
    root: str = ""
    checkpoints: int = 0
    count: int = 0
    causes: tuple[Cause, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    lists: Compared = field(default_factory=Compared)
    beginnings: Sequence[Beginning] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing was found wrong."""
        return self.count == 0


Told = Callable[[str, int, int], None]
"""Told what is being checked, and how many of how many are done."""

Anchored = Callable[[], Iterable[Finding]]
"""What is wrong by what anchors attested."""


def verify(
    subject: Subject,
    *,
    checks: frozenset[Check] = ALL,
    anchored: Anchored = tuple,
    told: Told = lambda what, done, of: None,
    way: Way | None = None,
    keep: Callable[[Way], None] = lambda way: None,
) -> Verified:
    """Verify a ledger. `way`: from where to go on; `keep`: given how far it has come, as long as nothing was found."""
    with connect(subject.url, name="anjuan verify", idle_ms=0) as connection, snapshot(connection):
        return verify_on(connection, subject, checks=checks, anchored=anchored, told=told, way=way, keep=keep)


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
        self._volumes = beginnings_in(connection, subject.schema, subject.ledger)
        self._verified = Verified(at, position, beginnings=self._volumes.beginnings)
        self._kept = self._read_kept()
        self._way, self._keep = Way(), lambda way: None
        if Check.KEPT in checks and not self.found.count and (forgotten := self._forgotten()):
            self.found.add([forgotten])
        if Check.ROOTS in checks and (wrong := self._volumes.disordered()):
            self.found.add([_disordered(wrong)])

    def _read_kept(self) -> Head | None:
        """The checkpoint kept outside; where the log does not even reach it, that is said at once."""
        kept = self._subject.kept
        if kept is None or Check.KEPT not in self._checks:
            return None
        head = self._head(kept, KEPT)
        if head is not None and head.size > max(self._ends):
            zh = f"签过 {head.size} 条，账本只有 {self._ends[0]} 条。"
            en = f"{head.size} entries were signed, the log has {self._ends[0]}."
            self.found.add([Finding(Cause.ROLLED_BACK, KEPT, zh, en)])
            return None
        return head

    def _forgotten(self) -> Finding | None:
        """Keys of a volume count that the log knows nothing of: it began anew once, and has forgotten it."""
        names = (each.key.name for each in self._subject.trusted)
        newest = max((volume_of(each) for each in names if ledger_of(each) == self._subject.ledger), default=FIRST)
        if newest <= self._volumes.newest:
            return None
        zh = f"第 {newest} 册的密钥已启用，账本只知道第 {self._volumes.newest} 册。"
        en = f"Keys of volume {newest} count, the log knows of no volume after {self._volumes.newest}."
        return Finding(Cause.ROLLED_BACK, KEPT, zh, en)

    def _head(self, note: str, where: str, size: int | None = None) -> Head | None:
        """The head in a signed note; what is wrong with it is a finding."""
        said = read_head(note, self._volumes, self._subject.trusted, fits, where, size)
        if isinstance(said, Head):
            return said
        if Check.SIGNATURES in self._checks:
            self.found.add([said])
            return None
        return _unchecked(note, where)

    def heads(self, begin: int, end: int) -> Iterator[Head]:
        """The signed heads of sizes after one and up to another."""
        for size, note in self._connection.execute(self._named["heads_between"], (begin, end)).fetchall():
            head = self._head(note, f"checkpoint {size}", size)
            if head is not None:
                yield head
        if self._kept is not None and begin < self._kept.size <= end:
            yield self._kept

    def log(self, way: Way | None, keep: Callable[[Way], None]) -> None:
        """Go through the log, and settle what did not fit."""
        subject = self._subject
        walk = Walk(
            self._connection, subject.schema, subject.ledger, ends=self._ends, heads=self.heads,
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
        beyond = max(self._ends)
        for size, note in self._connection.execute(self._named["heads_beyond"], (beyond, 1)).fetchall():
            if self._head(note, f"checkpoint {size}", size) is not None:
                said = f"签过 {size} 条，账本只有 {beyond} 条。", f"{size} entries were signed, the log has {beyond}."
                self.found.add([Finding(Cause.REMOVED, f"checkpoint {size}", *said)])
        if self._ends[1] > agreement.newest and Check.SIGNATURES in self._checks:
            self.found.add([_beyond(agreement.newest, self._ends[1], removed=agreement.kept == self._ends[1])])
        if walk.first_unsigned is not None and Check.DELAY in self._checks:
            waited = self._verified.at - (EPOCH + timedelta(microseconds=walk.first_unsigned))
            never = not agreement.newest and not self._kept
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


def _beyond(newest: int, leaves: int, *, removed: bool) -> Finding:
    """The tree has leaves that no stored checkpoint covers; where the one kept outside does, there was one."""
    if removed:
        said = "库外留存的检查点在库中不见了。", "The checkpoint that is kept outside is gone from the database."
        return Finding(Cause.REMOVED, f"checkpoint {leaves}", *said)
    said = "哈希树中有未经签名的部分。", "The tree goes beyond the newest checkpoint that counts."
    return Finding(Cause.UNSIGNED, f"position {newest + 1}-{leaves}", *said)


def _disordered(beginning: Beginning) -> Finding:
    said = (
        "另起账册的记载前后矛盾。",
        f"It says that volume {beginning.volume} begins, which cannot follow what is before it.",
    )
    return Finding(Cause.INSERTED, f"position {beginning.position}", *said)


def _unchecked(note: str, where: str) -> Head:
    """What a note says, whoever signed it."""
    said = Checkpoint.parse(Note.parse(note).text)
    return Head(said.size, said.root, where)
