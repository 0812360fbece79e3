"""Notices of doubt (存疑通知): to whoever inspects and audits, while the last verification found something, nothing is signed, or
the law by which the ledger is judged is another than some days ago."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from application.ledger import Ledger
from application.proofs import Signing
from domain.cases.attestation.case import NUMBER
from domain.cases.attestation.events import LawAttested, LedgerVerified, VerificationFailed
from domain.cases.attestation.parts import other_parts
from domain.kernel import Entry, case_id
from domain.register import Register

VERIFICATION, SIGNING, LAW = "verification", "signing", "law"
TOLD = ("inspector", "auditor")
MOST_PARTS = 20
NEW_LAW = timedelta(days=30)
"""For how long it is told that the law is another than before."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One notice that stands: of which kind, since when, to which organs, what it says to people. `causes`, `findings` (the first of
    `count`) and `event` are those of the last verification, or of law that was attested; of a signer that stopped there is no event, for
    it signs none."""

    kind: str
    since: datetime
    to: tuple[str, ...]
    zh: str
    en: str
    causes: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    count: int = 0
    event: UUID | None = None


def doubts(ledger: Ledger, signing: Signing, now: datetime) -> Iterator[Doubt]:
    """The notices that stand now. Each is gone as soon as a later verification finds nothing, the signer goes on, or time has passed."""
    to, attested = who_is_told(ledger.register()), ledger.log.load_stream(case_id(NUMBER))
    yield from _verification(attested, to)
    yield from _law(attested, to, now - NEW_LAW)
    if signing.error is not None and signing.stopped_at is not None:
        zh = "账本已停止签署：账目与此前所签不符，或签署所需不在。请立即查明。"
        en = "The log is not signed any more: it is not what was signed before, or what signs is not there. Look at once."
        yield Doubt(SIGNING, signing.stopped_at, to, zh, en, findings=(signing.error,), count=1)


def doubts_of(organ: str, ledger: Ledger, signing: Signing, now: datetime) -> list[Doubt]:
    """Those of which an organ is told."""
    return [each for each in doubts(ledger, signing, now) if organ in each.to]


def who_is_told(register: Register) -> tuple[str, ...]:
    """Every organ that inspects or audits; where there is none, the coordinating office, so that somebody is."""
    return _having(register, *TOLD) or _having(register, "office")


def _having(register: Register, *roles: str) -> tuple[str, ...]:
    found = (each for each in register.organs.values() if each.dissolved_on is None)
    return tuple(each.id for each in found if not set(roles).isdisjoint(each.roles))


def _verification(entries: Iterable[Entry], to: tuple[str, ...]) -> Iterator[Doubt]:
    """From the first failed verification after the last one that found nothing; what is told is what the newest says."""
    failed: list[Entry] = []
    for entry in entries:
        match entry.event:
            case VerificationFailed():
                failed = [*failed[:1], entry]
            case LedgerVerified():
                failed = []
    for entry in failed[-1:]:
        event = entry.event
        assert isinstance(event, VerificationFailed)
        zh = f"账本核验发现问题 {event.count} 项，账目存疑。请运行 anjuan verify 并保全数据库现状。"
        en = f"The verification of the ledger found {event.count} things wrong. Run `anjuan verify`, and keep the database as it is."
        yield Doubt(
            VERIFICATION, failed[0].known_at(), to, zh, en, event.causes, event.findings, event.count, entry.event_id
        )


def _law(entries: Iterable[Entry], to: tuple[str, ...], since: datetime) -> Iterator[Doubt]:
    """Of each time since then that the ledger attested another law than before: an update, or somebody's hand."""
    for before, entry in pairwise(each for each in entries if isinstance(each.event, LawAttested)):
        old, new = before.event, entry.event
        assert isinstance(old, LawAttested) and isinstance(new, LawAttested)
        if entry.known_at() > since:
            parts = [name for name, _ in other_parts(old.parts, new.parts)]
            zh = f"据以认定的规则、日历或文本有 {len(parts)} 项变更（程序 {new.program}）。如非正常更新，请立即查明。"
            en = f"{len(parts)} parts of the law by which it judges are others (program {new.program}). If that was no update, look at once."
            yield Doubt(LAW, entry.known_at(), to, zh, en, (), tuple(parts[:MOST_PARTS]), len(parts), entry.event_id)
