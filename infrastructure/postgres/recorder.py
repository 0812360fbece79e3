"""The recorder of one ledger: appends in one round trip, reads streams, files and the log, and settles lost acknowledgements."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

import psycopg
from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent, Subscription

from application.ports import Answered, Appended, Batch, FileMoved, GuardMoved, KeyReused, OutcomeUnknown
from domain.kernel import Entry
from infrastructure.bell import Bell
from infrastructure.postgres.appending import call
from infrastructure.postgres.binary import int8, read_instant, read_int8, read_uuid
from infrastructure.postgres.direct import Connection, ConnectionLost, Unconfirmed
from infrastructure.postgres.mapper import EntryMapper, StoredEntry, StoredNotification
from infrastructure.postgres.session import Connections, Row, Session
from infrastructure.postgres.subscription import PollingSubscription

KEY_REUSED = "AJ001"
VERSION_TAKEN = ("events_case_id_version_key", "events_file_id_file_version_key")
ENDLESS = 2**62


class LedgerRecorder(ApplicationRecorder):
    """Records entries of one schema. `patience`: seconds to find out what became of an append whose answer was lost."""

    def __init__(
        self,
        pool: Connections,
        schema: str,
        mapper: EntryMapper,
        *,
        appended: Bell,
        sequenced: Bell,
        patience: float = 20.0,
    ) -> None:
        self.session = Session(pool, schema)
        self._mapper = mapper
        self._appended, self._sequenced = appended, sequenced
        self._patience = patience

    def append(self, batch: Batch) -> Appended | Answered:
        """Record a batch in one round trip; raises FileMoved, KeyReused or OutcomeUnknown."""
        try:
            answer = self._append_once(batch)
        except ConnectionLost as lost:
            answer = self._settle(batch, lost)
        self._appended.ring()
        return answer

    def _append_once(self, batch: Batch) -> Appended | Answered:
        name, values = call(batch, self._mapper)
        try:
            answer = self.session.write(name, values)
        except Unconfirmed as unconfirmed:
            raise OutcomeUnknown(str(unconfirmed)) from unconfirmed
        except psycopg.errors.UniqueViolation as taken:
            if taken.diag.constraint_name in VERSION_TAKEN:
                raise FileMoved("another writer took this version") from taken
            raise
        except psycopg.DatabaseError as error:
            if error.sqlstate == KEY_REUSED:
                raise KeyReused("the idempotency key was used for another request") from error
            raise
        return _understood(*answer)

    def _settle(self, batch: Batch, lost: ConnectionLost) -> Appended | Answered:
        """Find out what became of a batch whose answer was lost.

        If it is not there it is appended again: the version of the file lets only one of the two attempts through.
        """
        deadline, pause = time.monotonic() + self._patience, 0.02
        while time.monotonic() < deadline:
            try:
                return self._recorded(batch) or self._append_again(batch)
            except (ConnectionLost, psycopg.OperationalError):
                time.sleep(pause)
                pause = min(2 * pause, 0.5)
        raise OutcomeUnknown(f"event {batch.entries[0].event_id}: {lost}") from lost

    def _append_again(self, batch: Batch) -> Appended | Answered:
        try:
            answer = self._append_once(batch)
        except FileMoved:
            if found := self._recorded(batch):
                return found
            raise
        return (self._recorded(batch) or answer) if isinstance(answer, Answered) else answer

    def _recorded(self, batch: Batch) -> Appended | None:
        """The answer to a batch that is in the ledger, once everything committed so far is as safe as it ever gets."""
        rows = self.session.read("recorded_event", (batch.entries[0].event_id,))
        if not rows:
            return None
        try:
            self.session.write("confirm_commits")
        except Unconfirmed as unconfirmed:
            raise OutcomeUnknown(str(unconfirmed)) from unconfirmed
        return Appended(rows[0][0])

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Append what the library's event store hands on; positions are given later, so none are answered."""
        if kwargs.pop("tracking", None) is not None:
            raise NotImplementedError("a follower tracks its own position")
        if stored_events:
            entries = tuple(cast(StoredEntry, each).entry for each in stored_events)
            first = entries[0]
            self.append(Batch(first.file_id, first.file_version - 1, first.case_id, entries, **kwargs))
        return None

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The entries of one stream."""
        rows = self.stream(UUID(str(originator_id)), gt or 0, lte or ENDLESS, limit or ENDLESS, backwards=desc)
        entries = self._mapper.entries(rows)
        return [
            StoredEntry(each.case_id, each.version, each.topic, row[0], each)
            for each, row in zip(entries, rows, strict=True)
        ]

    def stream(
        self, case_id: UUID, after: int, through: int = ENDLESS, limit: int = ENDLESS, *, backwards: bool = False
    ) -> list[Row]:
        """The rows of one stream after a version and up to another, at most `limit`."""
        name = "load_stream_backwards" if backwards else "load_stream"
        return self.session.fetch(name, (case_id.bytes, int8(after), int8(through), int8(limit)))

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The entries of the log from a position on; their ids are the positions."""
        after = max(0, (start or 0) - (1 if inclusive_of_start else 0))
        if topics:
            rows = self.session.read("follow_topics", (after, stop or ENDLESS, list(topics), limit))
        else:
            rows = self.session.read("follow", (after, min(after + limit, stop or ENDLESS)))
        entry = self._mapper.entry
        return [StoredNotification(row[7], row[9], row[1], row[0], row[18], entry(row)) for row in rows]

    def max_notification_id(self) -> int | None:
        """The last position of the log."""
        rows = self.session.read("last_position")
        return rows[0][0] if rows else None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """The entries of the log after a position, those to come included."""
        return PollingSubscription(self, gt, topics, bell=self._sequenced)

    def follow(self, after: int, limit: int, connection: Connection | None = None) -> list[Entry]:
        """The entries at the next positions of the log, at most `limit`."""
        return self._mapper.entries(self.session.read("follow", (after, after + limit), connection))


def _understood(
    outcome: bytes | None, recorded: bytes | None, found_case: bytes | None, found_version: bytes | None
) -> Appended | Answered:
    case, version = read_uuid(found_case), read_int8(found_version) or 0
    if outcome == b"ok" and recorded:
        return Appended(read_instant(recorded))
    if outcome == b"replayed" and case:
        return Answered(case, version)
    if outcome == b"stale" and case:
        raise GuardMoved(case, version)
    if outcome in (b"moved", None):
        raise FileMoved("the file is at another version")
    raise AssertionError(f"the ledger answered {outcome!r}")
