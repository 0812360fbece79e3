"""The courier of one webhook (投递员): sends it the log from where it stands, one notice after the other, and waits where it must."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec
import psycopg

from application.notices import Notices
from domain.cases.jurisdiction.webhook import Webhook
from domain.cases.jurisdiction.webhook_events import WhyDisabled
from domain.kernel import Entry
from infrastructure.bell import Bell
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.webhooks.patience import Patience
from infrastructure.webhooks.sending import Outcome, Sender
from infrastructure.webhooks.signing import signed
from infrastructure.webhooks.standings import Moved, Standing, Standings
from infrastructure.worker import Health, Worker

BATCH = 50
MEDIA_TYPE = "application/cloudevents+json; charset=utf-8"

log = logging.getLogger("anjuan.webhook")


class Register(Protocol):
    """What the jurisdiction says of its webhooks."""

    def webhook(self, identifier: UUID) -> Webhook | None:
        """A webhook as it is now."""

    def beginning(self, webhook: Webhook) -> int | None:
        """The position after which it begins; None as long as that is not known."""

    def disable(self, webhook: Webhook, why: WhyDisabled) -> None:
        """Give it up."""


class Courier(Worker):
    """Delivers to one webhook, at least once and in the order of the log. What cannot be delivered is put aside in the end."""

    def __init__(
        self,
        webhook: UUID,
        register: Register,
        notices: Notices,
        events: PostgresEventLog,
        standings: Standings,
        sender: Sender,
        patience: Patience,
        *,
        news: Bell,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(f"courier {events.schema} {webhook}", bell=news, poll=patience.look)
        self._id, self._register, self._notices = webhook, register, notices
        self._events, self._standings, self._sender, self._patience = events, standings, sender, patience
        self._now = now
        self._begun = False

    @property
    def at_work(self) -> bool:
        """Whether its thread runs."""
        return self._thread is not None and self._thread.is_alive()

    def leave(self) -> None:
        """End after the notice that is on its way, without waiting for that."""
        self.stop(timeout=0.0)

    def turn(self) -> bool:
        """Deliver what there is, up to a batch; True if there may be more at once. A defect is noted for all to see, and raised."""
        try:
            if not self._begun:
                self._standings.started(self._id)
                self._begun = True
            return self._turn()
        except psycopg.OperationalError:
            raise
        except Exception as error:
            self._standings.stopped(self._id, f"{type(error).__name__}: {error}")
            raise

    def _turn(self) -> bool:
        webhook = self._register.webhook(self._id)
        standing = None if webhook is None or not webhook.active else self._standing(webhook)
        if webhook is None or standing is None or not standing.secrets:
            self.health, self._poll = Health("standing by"), self._patience.look
            return False
        self.health = Health("working")
        try:
            return self._work(webhook, standing)
        except Moved as moved:
            log.info("webhook=%s looked_anew=%s", self._id, moved)
            return True

    def _standing(self, webhook: Webhook) -> Standing | None:
        """Where it stands, put there first if a fact says that it begins, or begins again."""
        found = self._standings.of(webhook.id)
        if found is not None and found.begun >= webhook.begun:
            return found
        position = self._register.beginning(webhook)
        if position is None:
            return None
        self._standings.begin(webhook.id, webhook.begun, position)
        return self._standings.of(webhook.id)

    def _work(self, webhook: Webhook, standing: Standing) -> bool:
        if standing.asked is not None:
            self._try_again(webhook, standing, standing.asked)
            return True
        if standing.rest > 0:
            self._poll = min(standing.rest, self._patience.look)
            return False
        self._poll = self._patience.look
        entries = self._events.follow(standing.position, BATCH)
        before, attempts, reached = standing.position, standing.attempts, standing.position
        for entry in entries:
            if self._stopping.is_set():
                break
            assert entry.position is not None
            if self._notices.concern(webhook, entry):
                if not self._deliver(webhook, standing, before, attempts, entry):
                    return True
                before, attempts = entry.position, 0
            reached = entry.position
        if reached > before:
            self._standings.passed(self._id, standing, before, reached)
        return len(entries) == BATCH

    def _deliver(self, webhook: Webhook, standing: Standing, before: int, attempts: int, entry: Entry) -> bool:
        """Send one notice; False if it did not arrive, which has been noted then."""
        outcome = self._send(webhook, standing, entry)
        assert entry.position is not None
        if outcome.delivered:
            self._standings.delivered(self._id, standing, before, entry.position)
            return True
        failed = attempts + 1
        log.warning("webhook=%s position=%s attempt=%s failure=%s", self._id, entry.position, failed, outcome.failure)
        if outcome.gone:
            self._register.disable(webhook, WhyDisabled.GONE)
        elif failed >= self._patience.attempts:
            self._standings.parked(self._id, standing, before, entry, attempts=failed, failure=outcome.failure)
        else:
            seconds = self._patience.pause(failed, outcome.retry_after)
            self._standings.failed(self._id, standing, before, seconds=seconds, failure=outcome.failure)
        if not outcome.gone and self._failing_too_long(standing.failing_since, standing.now):
            self._register.disable(webhook, WhyDisabled.FAILING)
        return False

    def _failing_too_long(self, since: datetime | None, now: datetime) -> bool:
        return since is not None and now - since >= self._patience.gives_up_after

    def _try_again(self, webhook: Webhook, standing: Standing, position: int) -> None:
        """Send once more what was put aside and is asked for."""
        found = self._events.follow(position - 1, 1)
        outcome = self._send(webhook, standing, found[0]) if found else Outcome(None, "no such position")
        if outcome.delivered:
            self._standings.drop(self._id, position)
        else:
            self._standings.keep(self._id, position, outcome.failure)

    def _send(self, webhook: Webhook, standing: Standing, entry: Entry) -> Outcome:
        body = msgspec.json.encode(self._notices.envelope(entry))
        return post(self._sender, webhook.url, str(entry.event_id), body, standing.secrets, self._now())


def post(sender: Sender, url: str, identifier: str, body: bytes, secrets: tuple[str, ...], at: datetime) -> Outcome:
    """Send a signed body."""
    return sender.post(url, body, {"Content-Type": MEDIA_TYPE, **signed(identifier, at, body, secrets)})
