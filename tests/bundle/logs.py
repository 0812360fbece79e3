"""A log in memory: files, their jurisdiction, its law and a manifest as entries of a signed tree, so that bundles can be made of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from application.ledger import JURISDICTION, Ledger
from application.proofs import CHECKPOINT, Located, LogKey, Signing
from domain.cases import CASES
from domain.cases.attestation.events import AttestationOpened, LawAttested, ManifestRecorded
from domain.kernel import LEDGER, Actor, Entry, case_id, file_id
from domain.names import Fixed
from domain.proof import volumes
from domain.proof.checkpoint import Checkpoint
from domain.proof.entry import StoredEvent, entry_of
from domain.proof.manifest import manifest_lines, manifest_root
from domain.proof.merkle import leaf_hash
from domain.proof.note import ED25519, Note, VerifierKey, sign
from domain.proof.tiles import Edge
from infrastructure.bundle.making import BundlesOf
from infrastructure.calendar_files import shipped_calendars
from infrastructure.law_files import shipped_rulebook, shipped_texts
from infrastructure.law_parts import PROGRAM, law_parts
from tests.bundle.stored import stored

ORIGIN = "anjuan/t/00112233445566778899aabbccddeeff"
SIGNED = datetime(2026, 11, 20, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Pen:
    """A private key with the name under which it signs."""

    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    name: str = ORIGIN
    kind: int = ED25519

    @property
    def key(self) -> VerifierKey:
        """The public key."""
        return VerifierKey(self.name, self.kind, self.private.public_key().public_bytes_raw())

    def signed(self, note: Note, *, time: int | None = None) -> Note:
        """A note with its signature."""
        return note.with_signature(sign(note.text, self.key, self.private.sign, time=time))


LOG_PEN = Pen()
ATTESTATION = case_id("attestation")


@dataclass
class Log:
    """Entries in the order of their positions, and all that is asked of such a log."""

    entries: list[Entry]
    pen: Pen = LOG_PEN
    origin: str = ORIGIN
    signed: datetime = SIGNED
    rows: list[StoredEvent] = field(default_factory=list)
    tiles: dict[tuple[int, int], bytes] = field(default_factory=dict)
    heads: dict[int, Note] = field(default_factory=dict)

    def __post_init__(self) -> None:
        edge = Edge()
        for index, entry in enumerate(self.entries):
            self.rows.append(stored(entry, index + 1))
            for tile in edge.append([leaf_hash(entry_of(self.ledger, index, self.rows[-1]))]):
                self.tiles[tile.level, tile.number] = tile.hashes
            text = Checkpoint(self.origin, edge.size, edge.root()).text()
            self.heads[edge.size] = self.pen.signed(Note(text))
        self.places = {entry.event_id: place for place, entry in enumerate(self.entries, 1)}

    @property
    def ledger(self) -> str:
        """What its entries bear, whichever volume it is."""
        return volumes.ledger_of(self.origin)

    def volumes(self) -> volumes.Volumes:
        """Those of a log that never began anew."""
        return volumes.Volumes(self.ledger)

    # What a ledger asks of its event log
    def load_stream(self, case: UUID, after: int = 0) -> list[Entry]:
        return [each for each in self.entries if each.case_id == case and each.version > after]

    def load_file_of_beside(self, stream: UUID, case: UUID) -> tuple[list[Entry], int | None]:
        files = {each.file_id for each in self.entries if each.case_id == case}
        found = [each for each in self.entries if each.file_id in files]
        return found, max(each.version for each in self.load_stream(stream))

    def load_file_of(self, case: UUID) -> list[Entry]:
        return self.load_file_of_beside(JURISDICTION, case)[0]

    def positions(self, file: UUID) -> Mapping[UUID, int]:
        return self.places

    # What is asked of its proofs
    def head(self, size: int | None = None) -> Note | None:
        return self.heads.get(len(self.entries) if size is None else size)

    def sizes(self, after: int = 0, limit: int = 1000) -> list[int]:
        return sorted(self.heads)

    def tile(self, level: int, number: int) -> bytes:
        return self.tiles[level, number]

    def stored(self, events: Collection[UUID]) -> Mapping[UUID, Located]:
        return {each: Located(self.places[each], self.rows[self.places[each] - 1]) for each in events}

    def entries_at(self, first: int, count: int) -> list[bytes]:
        return [entry_of(self.ledger, index, self.rows[index]) for index in range(first, first + count)]

    def keys(self) -> Sequence[LogKey]:
        return [LogKey(self.pen.key, CHECKPOINT, self.signed, None)]

    def signing(self) -> Signing:
        return Signing(len(self.entries), 0.0, len(self.entries), None, None)

    # What a bundle wants to know besides
    def signed_at(self, size: int) -> datetime:
        return self.signed

    def last_versions(self, position: int) -> Sequence[tuple[UUID, int]]:
        return list({each.case_id: each.version for each in self.entries[:position]}.items())

    def tokens(self, size: int) -> Sequence[tuple[str, bytes]]:
        return []


def log_of(*files: Sequence[Entry], office: Sequence[Entry], pen: Pen = LOG_PEN) -> Log:
    """A log of these files and of a jurisdiction, by the time of recording, with a manifest after them."""
    entries = [*office, *sorted((each for file in files for each in file), key=lambda each: each.known_at())]
    return Log([*entries, *_attested(entries)], pen)


def _attested(entries: Sequence[Entry]) -> list[Entry]:
    at = max(each.known_at() for each in entries) + timedelta(hours=1)
    lasts = {each.case_id: each.version for each in entries}
    opened = AttestationOpened(
        matter="attestation", number="attestation", file_no="attestation", profiles=("national",)
    )
    law = LawAttested(matter="attestation", parts=law_parts(), program=PROGRAM)
    told = ManifestRecorded(
        matter="attestation",
        position=len(entries),
        cases=len(lasts),
        root=Fixed(manifest_root(manifest_lines(lasts.items())).hex()),
        access_to=0,
        access_rows=0,
        access_digest=Fixed("00" * 32),
    )
    return [
        Entry(
            event=event,
            event_id=uuid5(LEDGER, f"attestation:{version}"),
            case_id=ATTESTATION,
            case_type="attestation",
            version=version,
            file_id=file_id("attestation"),
            file_version=version,
            occurred_at=at,
            actor=Actor("system"),
            recorded_at=at,
        )
        for version, event in enumerate((opened, law, told), 1)
    ]


def ledger_of(log: Any) -> Ledger:
    """The ledger over a log."""
    return Ledger(log, CASES, shipped_rulebook(), shipped_calendars(), rehearsal=True)


def bundles_of(log: Any) -> BundlesOf:
    """The bundles of a log."""
    return BundlesOf(ledger_of(log), log, log, shipped_texts())


def bundle(log: Log, number: str, *, by: str = "system", size: int | None = None) -> bytes:
    """The bundle of a case as an organ may see it."""
    return bundles_of(log).of(case_id(number), Actor(by), now=SIGNED, size=size).content


Changed = Callable[[Entry], Entry]


def rewritten(log: Log, number: int, change: Changed, pen: Pen | None = None) -> Log:
    """The same history with one entry otherwise, hashed and signed anew: by the same key, or by another."""
    entries = [change(each) if place == number else each for place, each in enumerate(log.entries)]
    return replace(log, entries=entries, pen=pen or log.pen, rows=[], tiles={}, heads={})


def vkey(key: VerifierKey = LOG_PEN.key) -> str:
    """A key as somebody has it from elsewhere."""
    return str(key)
