"""The event log (事件账) of one jurisdiction in PostgreSQL, as an application of the eventsourcing library."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    InfrastructureFactory,
    ProcessRecorder,
    TrackingRecorder,
    Transcoder,
)
from eventsourcing.utils import Environment, EnvType

from application.ports import Answered, Appended, Batch, Idempotency, KeyReused
from domain.kernel import Entry, Event
from infrastructure.bell import Bell
from infrastructure.keys.vault import NoVault, Vault
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.mapper import EntryMapper, PlainJson
from infrastructure.postgres.outage import OUTAGES
from infrastructure.postgres.recorder import LedgerRecorder
from infrastructure.postgres.session import Connections
from infrastructure.postgres.settling import Past

PART = 2_000
FIRST_ID, LAST_ID = UUID(int=0), UUID(int=2**128 - 1)


class _Factory(InfrastructureFactory[TrackingRecorder]):
    """The library builds nothing by itself here: no tables, no pool, no settings from the environment."""

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        raise NotImplementedError("snapshots are not kept: a case costs its own length")

    def application_recorder(self) -> ApplicationRecorder:
        raise NotImplementedError("the event log brings its recorder")

    def tracking_recorder(self, tracking_recorder_class: type[TrackingRecorder] | None = None) -> TrackingRecorder:
        raise NotImplementedError("a follower tracks its own position")

    def process_recorder(self) -> ProcessRecorder:
        raise NotImplementedError("flows run in the transaction of the command")


class PostgresEventLog(Application[UUID]):
    """Appends and reads the events of one schema. Build it after a fork; safe to share between threads.

    `registry`: event classes by topic. `appended` is rung after each append, `sequenced` by whoever gives positions.
    `vault`: seals and opens protected values (None: there are none here).
    """

    name = "anjuan"
    outages = OUTAGES

    def __init__(
        self,
        pool: Connections,
        schema: str,
        registry: Mapping[str, type[Event]],
        *,
        appended: Bell | None = None,
        sequenced: Bell | None = None,
        patience: float = 20.0,
        vault: Vault | None = None,
    ) -> None:
        self.schema = schema
        self._vault = vault
        self.appended, self.sequenced = appended or Bell(), sequenced or Bell()
        self._entries = EntryMapper(registry)
        self._ledger = LedgerRecorder(
            pool, schema, self._entries, appended=self.appended, sequenced=self.sequenced, patience=patience
        )
        self._session = self._ledger.session
        self._past = Past(self._session)
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """No setting of the library comes from the process environment."""
        return Environment(name, {})

    def construct_factory(self, env: Environment) -> InfrastructureFactory[TrackingRecorder]:
        return _Factory(env)

    def construct_transcoder(self) -> Transcoder:
        return PlainJson()

    def construct_mapper(self) -> EntryMapper:
        return self._entries

    def construct_recorder(self) -> ApplicationRecorder:
        return self._ledger

    def append(self, batch: Batch) -> Appended | Answered:
        """Record a batch, all or nothing; raises FileMoved (GuardMoved), KeyReused or OutcomeUnknown.

        No protected value goes any further in plain: a statement can end up in a log, a row in a backup.
        """
        if batch.protected:
            self._mark(batch)
            batch = replace(batch, protected=self.vault.sealed(batch.protected))
        return self._ledger.append(batch)

    def _mark(self, batch: Batch) -> None:
        """Store the marks first: one without its value, should the append fail, is never found."""
        if marks := list(self.vault.marks.of(batch.protected)):
            self._session.read("add_marks", list(map(list, zip(*marks, strict=True))))

    def marked_alike(self, kind: str, text: str) -> list[UUID]:
        """The cases that keep a number of a kind which may be this one: that have its mark."""
        mark = self.vault.marks.mark(kind, text)
        return [] if mark is None else [row[0] for row in self._session.read("marked_alike", (kind, mark))]

    @property
    def vault(self) -> Vault:
        """What seals and opens protected values; raises NoVault."""
        if self._vault is None:
            raise NoVault(self.schema)
        return self._vault

    @property
    def ledger_id(self) -> UUID:
        """What names the ledger wherever its keys are kept; raises NoVault."""
        return self.vault.ledger

    def load_file(self, file_id: UUID) -> list[Entry]:
        """Every entry of a file in recording order, its reservations included; empty if there is none."""
        return self._entries.entries(self._session.fetch("load_file", (file_id.bytes,)))

    def whole_files(self, first: UUID = FIRST_ID, part: int = PART) -> Iterator[list[Entry]]:
        """Every entry of each file, in the order of file ids from `first` on; about `part` events are read at a time."""
        begin, width = first.int, 2**128 * part // max(part, self.last_position())
        while begin <= LAST_ID.int:
            end = min(begin + width, LAST_ID.int + 1)
            bounds = (UUID(int=begin), UUID(int=min(end, LAST_ID.int)), end > LAST_ID.int)
            for _, entries in groupby(self._load("load_files_between", *bounds), key=lambda entry: entry.file_id):
                yield list(entries)
            begin = end

    def load_file_of(self, case_id: UUID) -> list[Entry]:
        """Every entry of the file of a case, in one round trip; empty if there is no such case."""
        return self._entries.entries(self._session.fetch("load_file_of", (case_id.bytes,)))

    def load_file_beside(self, stream: UUID, file_id: UUID) -> tuple[list[Entry], int | None]:
        """Every entry of a file, and the version of another stream at that instant; None where the file is empty."""
        return self._load_beside("load_file_beside", stream, file_id)

    def load_file_of_beside(self, stream: UUID, case_id: UUID) -> tuple[list[Entry], int | None]:
        """The same for the file of a case."""
        return self._load_beside("load_file_of_beside", stream, case_id)

    def load_stream(self, case_id: UUID, after: int = 0) -> list[Entry]:
        """The entries of one stream after a version."""
        return self._entries.entries(self._ledger.stream(case_id, after))

    def causes(self, after: UUID | None, limit: int) -> list[Entry]:
        """The events on which cases of other files follow, in the order in which they were recorded, after one of them."""
        return self._load("causes", after, limit)

    def assignments(self) -> list[Entry]:
        """Every event that says who is in charge of a case, in the order in which they were recorded."""
        return self._load("assignments")

    def corrections_of(self, cases: Collection[UUID]) -> list[Entry]:
        """The corrections of some cases, in the order in which they were recorded."""
        return self._load("corrections_of", list(cases))

    def opening_of(self, case_id: UUID) -> Entry | None:
        """The first entry of a case."""
        return next(iter(self._entries.entries(self._ledger.stream(case_id, 0, 1))), None)

    def file_of(self, case_id: UUID) -> UUID | None:
        """The file that a case belongs to."""
        return self._one("file_of", case_id)

    def answered(self, idempotency: Idempotency) -> Answered | None:
        """The earlier answer to the same request; raises KeyReused if the key was used for another one."""
        rows = self._session.read("answered", (idempotency.scope, idempotency.key))
        if not rows:
            return None
        known, case_id, version = rows[0]
        if known != idempotency.request_hash:
            raise KeyReused("the idempotency key was used for another request")
        return Answered(case_id, version)

    def follow(self, after: int, limit: int = 5000, connection: Connection | None = None) -> list[Entry]:
        """The entries at the next positions of the log, at most `limit`; inside a transaction if given its connection."""
        return self._ledger.follow(after, limit, connection)

    def last_position(self) -> int:
        """The last position of the log, 0 if it is empty."""
        return self._one("last_position") or 0

    def position_of(self, event_id: UUID) -> int | None:
        """The position of an event; None until it is sequenced."""
        return self._one("position_of", event_id)

    def unsequenced(self) -> int:
        """How many recorded events have no position yet, counted up to ten thousand."""
        return self._one("unsequenced") or 0

    def positions(self, file_id: UUID) -> dict[UUID, int]:
        """The positions of the events of a file; the newest may not have one yet."""
        return dict(self._session.read("positions", (file_id,)))

    def settled(self, instant: datetime) -> bool:
        """Whether the order of the log has passed the instant: no other event recorded by then can still appear."""
        return self._past.settled(instant)

    def missed(self) -> int:
        """How many events the log has passed over: always none, and a defect otherwise."""
        return self._one("missed") or 0

    def seen(self, follower: str, event_id: UUID) -> bool:
        """Whether a follower has come past an event."""
        return bool(self._one("seen", event_id, follower))

    def reveal(self, references: Iterable[UUID]) -> dict[UUID, str | None]:
        """The protected values behind references: None for one whose key was destroyed, nothing for an unknown reference.

        Raises Unreadable for a value that was changed or moved, or whose key is lost.
        """
        return self.vault.opened(self._session.read("reveal", (list(references),)))

    def erase(self, case_id: UUID, at: datetime) -> int:
        """Destroy the keys of what a case keeps secret, and the marks made of it; how many keys there were. Raises Unavailable."""
        gone = self.vault.erase(case_id, at)
        self._session.read("erase_marks", (case_id,))
        return gone

    def approved_erasures(self) -> list[Entry]:
        """The approvals of erasures, in the order in which they were recorded."""
        return self._load("approved_erasures")

    def kind(self) -> str | None:
        """`real` or `rehearsal`; None before the ledger is opened."""
        return self._one("ledger_kind")

    def _load(self, statement: str, *arguments: Any) -> list[Entry]:
        return self._entries.entries(self._session.read(statement, arguments))

    def _load_beside(self, statement: str, stream: UUID, other: UUID) -> tuple[list[Entry], int | None]:
        rows = self._session.fetch(statement, (stream.bytes, other.bytes))
        return self._entries.entries(rows), rows[0][-1] if rows else None

    def _one(self, statement: str, *arguments: Any) -> Any:
        rows: Sequence[tuple[Any, ...]] = self._session.read(statement, arguments)
        return rows[0][0] if rows else None
