"""Where webhooks stand (推送进度): how far each has come, what signs for it, what was put aside. No second outbox: the log is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.kernel import Entry
from infrastructure.postgres.session import Connections, Session
from infrastructure.postgres.statements import statements


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything before and at `position` is done with. `begun`: since which version of the jurisdiction it counts from there."""

    begun: int
    position: int
    attempts: int
    retry_at: datetime | None
    failing_since: datetime | None
    now: datetime
    secrets: tuple[str, ...]
    asked: int | None

    @property
    def rest(self) -> float:
        """Seconds until the next notice may be tried again."""
        return 0.0 if self.retry_at is None else (self.retry_at - self.now).total_seconds()


class Moved(Exception):
    """A webhook does not stand where it was thought to stand: it was replayed, cancelled, or somebody else delivers too."""


class Standings:
    """The tables of one schema about webhooks. Safe to share between threads."""

    def __init__(self, pool: Connections, schema: str) -> None:
        self._pool, self._statements = pool, statements(schema)
        self._session = Session(pool, schema)

    def begin(self, webhook: UUID, begun: int, position: int) -> None:
        """Let it stand after a position, unless that has been done."""
        self._write("begin_webhook", {"webhook": webhook, "begun": begun, "position": position})

    def of(self, webhook: UUID) -> Standing | None:
        """Where it stands; None before its beginning."""
        rows = self._session.read("webhook_standing", (webhook,))
        if not rows:
            return None
        begun, position, attempts, retry_at, failing_since, now, secrets, asked = rows[0]
        return Standing(begun, position, attempts, retry_at, failing_since, now, tuple(secrets or ()), asked)

    def all(self) -> Mapping[UUID, Mapping[str, Any]]:
        """Of every webhook: position, attempts, retry_at, failing_since, failure, delivered_at, dead_letters, and `stopped`:
        the defect at which its courier ended."""
        names = (
            "position",
            "attempts",
            "retry_at",
            "failing_since",
            "failure",
            "delivered_at",
            "dead_letters",
            "stopped",
        )
        rows = self._session.read("webhooks_standing")
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}

    def passed(self, webhook: UUID, standing: Standing, before: int, position: int) -> None:
        """Nothing up to a position concerned it. Raises Moved."""
        self._move("webhook_passed", webhook, standing, before, position=position)

    def delivered(self, webhook: UUID, standing: Standing, before: int, position: int) -> None:
        """The notice at a position was taken. Raises Moved."""
        self._move("webhook_delivered", webhook, standing, before, position=position)

    def failed(self, webhook: UUID, standing: Standing, before: int, *, seconds: float, failure: str) -> None:
        """The next notice failed; to be tried again after so many seconds. Raises Moved."""
        self._move("webhook_failed", webhook, standing, before, seconds=seconds, failure=failure)

    def parked(
        self, webhook: UUID, standing: Standing, before: int, entry: Entry, *, attempts: int, failure: str
    ) -> None:
        """The notice was put aside, and it goes on after it. Raises Moved."""
        about = {"position": entry.position, "event_id": entry.event_id, "topic": entry.topic}
        self._move("webhook_parked", webhook, standing, before, **about, attempts=attempts, failure=failure)

    def started(self, webhook: UUID) -> None:
        """Its courier is at work."""
        self._write("forget_stoppage", (_follower(webhook),))

    def stopped(self, webhook: UUID, error: str) -> None:
        """Its courier ended at a defect."""
        self._write("note_stoppage", (_follower(webhook), 0, error))

    def resumed(self, webhook: UUID) -> None:
        """Try again at once."""
        self._write("webhook_resumed", (webhook,))

    def secrets(self, webhook: UUID) -> Sequence[Mapping[str, Any]]:
        """Which secrets sign for it, latest first: n, made_at, valid_until."""
        rows = self._session.read("webhook_secrets", (webhook,))
        return [dict(zip(("n", "made_at", "valid_until"), row, strict=True)) for row in rows]

    def signers(self, webhook: UUID) -> tuple[str, ...]:
        """What signs for it now, latest first."""
        return tuple(row[0] for row in self._session.read("webhook_signers", (webhook,)))

    def renew_secret(self, webhook: UUID, secret: str, *, old_until: datetime) -> None:
        """Sign with another secret from now on, and with those before until an instant."""
        with self._pool.connection() as connection, connection.transaction():
            connection.execute(self._statements["end_secrets"], {"webhook": webhook, "until": old_until})
            connection.execute(self._statements["forget_ended_secrets"], (webhook,))
            connection.execute(self._statements["add_secret"], {"webhook": webhook, "secret": secret})

    def dead_letters(self, webhook: UUID, after: int, limit: int) -> Sequence[Mapping[str, Any]]:
        """What was put aside after a position, in the order of the log."""
        names = ("position", "event_id", "type", "attempts", "reason", "parked_at", "retry_asked_at")
        rows = self._session.read("dead_letters", {"webhook": webhook, "after": after, "limit": limit})
        return [dict(zip(names, row, strict=True)) for row in rows]

    def retry(self, webhook: UUID, position: int | None) -> Sequence[int]:
        """Ask for notices put aside to be tried once more, all of them or one; the positions."""
        asked = {"webhook": webhook, "position": position}
        with self._pool.connection() as connection:
            return sorted(row[0] for row in connection.execute(self._statements["retry_dead_letters"], asked))

    def keep(self, webhook: UUID, position: int, failure: str) -> None:
        """A notice put aside failed once more."""
        self._write("keep_dead_letter", {"webhook": webhook, "position": position, "failure": failure})

    def drop(self, webhook: UUID, position: int) -> bool:
        """Forget a notice that was put aside; False if there is none."""
        return self._write("drop_dead_letter", {"webhook": webhook, "position": position}) == 1

    def forget(self, webhook: UUID) -> None:
        """Forget a webhook that was cancelled."""
        self._write("forget_webhook", {"webhook": webhook})
        self._write("forget_stoppage", (_follower(webhook),))

    def _move(self, name: str, webhook: UUID, standing: Standing, before: int, **values: Any) -> None:
        where = {"webhook": webhook, "begun": standing.begun, "before": before}
        if self._write(name, {**where, **values}) != 1:
            raise Moved(f"webhook {webhook} is no longer at position {before}")

    def _write(self, name: str, values: Any) -> int:
        with self._pool.connection() as connection:
            return connection.execute(self._statements[name], values, prepare=True).rowcount


def _follower(webhook: UUID) -> str:
    return f"webhook {webhook}"
