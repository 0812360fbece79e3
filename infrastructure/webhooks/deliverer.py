"""The deliverer of one jurisdiction (投递): whoever has the lock keeps a courier for every webhook; the others stand by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from application.notices import Notices
from infrastructure.bell import Bell
from infrastructure.leading import Lead
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.statements import statements
from infrastructure.webhooks.courier import Courier
from infrastructure.webhooks.patience import Patience
from infrastructure.webhooks.register import WebhookRegister
from infrastructure.webhooks.sending import TOTAL_SECONDS, Sender
from infrastructure.webhooks.standings import Standings
from infrastructure.worker import Health, Worker

LOOK_SECONDS = 0.25


class Deliverer(Worker):
    """Any number may run: one leads, by a lock that its session holds.

    `connect` makes a connection of its own with autocommit, which holds the lock.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        register: WebhookRegister,
        notices: Notices,
        events: PostgresEventLog,
        standings: Standings,
        sender: Sender,
        *,
        patience: Patience | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        poll: float = LOOK_SECONDS,
    ) -> None:
        super().__init__(f"deliverer {events.schema}", bell=events.sequenced, poll=poll)
        self._named = statements(events.schema)
        self._lead = Lead(connect, self._named["lead_delivering"])
        self._register, self._events = register, events
        self._news = Bell()
        self._head = -1
        self._courier = partial(
            Courier,
            register=register,
            notices=notices,
            events=events,
            standings=standings,
            sender=sender,
            patience=patience or Patience(),
            news=self._news,
            now=now,
        )
        self._couriers: dict[UUID, Courier] = {}

    def turn(self) -> bool:
        """Lead if nobody does; have a courier for every active webhook, and tell them all when the log has grown."""
        connection = self._lead.take()
        if connection is None:
            self.health = Health("standing by")
            return False
        connection.execute(self._named["still_here"])
        self.health = Health("working")
        self._employ()
        self._tell()
        return False

    def release(self) -> None:
        """Let the couriers end, and then give up the lock with its session."""
        couriers, self._couriers = self._couriers, {}
        for each in couriers.values():
            each.leave()
        for each in couriers.values():
            each.stop(timeout=2 * TOTAL_SECONDS)
        self._lead.give_up()

    def couriers(self) -> list[Courier]:
        """Those at work."""
        return list(self._couriers.values())

    def _employ(self) -> None:
        """A courier for every active webhook, and none for any other; one that ended at a defect stays ended, for all to see."""
        active = {each.id for each in self._register.webhooks() if each.active}
        for webhook in self._couriers.keys() - active:
            self._couriers[webhook].leave()
            if not self._couriers[webhook].at_work:
                del self._couriers[webhook]
        for webhook in active:
            known = self._couriers.get(webhook)
            if known is None or (known.health.doing == "stopped" and not known.at_work):
                self._couriers[webhook] = self._courier(webhook)
                self._couriers[webhook].start()

    def _tell(self) -> None:
        """Wake up the couriers when there is something new, also where another process appended or sequenced it."""
        head = self._events.last_position()
        if head != self._head:
            self._head = head
            self._news.ring()
