"""What the jurisdiction says of its webhooks (推送名录), as couriers ask for it; and what the ledger itself records of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from application.handle import TIMER, Command, handle
from application.ledger import JURISDICTION, Ledger
from application.ports import FileMoved, NewId, OutcomeUnknown
from domain.cases.jurisdiction import Jurisdiction
from domain.cases.jurisdiction.webhook import Webhook
from domain.cases.jurisdiction.webhook_events import WebhookAdded, WhyDisabled
from domain.kernel import Refused
from infrastructure.postgres.event_store import PostgresEventLog


class WebhookRegister:
    """The webhooks of one ledger, read from its facts. Safe to share between threads."""

    def __init__(self, ledger: Ledger, events: PostgresEventLog, *, now: Callable[[], datetime], new_id: NewId) -> None:
        self._ledger, self._events, self._now, self._new_id = ledger, events, now, new_id

    def webhooks(self) -> Iterable[Webhook]:
        """All of them as they are now."""
        return self._ledger.office().case.webhooks.values()

    def webhook(self, identifier: UUID) -> Webhook | None:
        """One of them as it is now."""
        return self._ledger.office().case.webhooks.get(identifier)

    def beginning(self, webhook: Webhook) -> int | None:
        """The position after which it begins: what a fact says, or where the log told of the webhook itself."""
        if webhook.after is not None:
            return webhook.after
        for entry in self._ledger.at_hand().entries:
            if isinstance(entry.event, WebhookAdded) and entry.event.webhook == webhook.id:
                return self._events.position_of(entry.event_id)
        return None

    def disable(self, webhook: Webhook, why: WhyDisabled) -> None:
        """Record that it is given up. Nothing is recorded if somebody paused or cancelled it meanwhile; what the ledger cannot
        record just now, the next failure will."""
        now = self._now()
        command = Command(
            case_type=Jurisdiction.TYPE,
            step="disable_webhook",
            actor=TIMER,
            occurred_at=now,
            case=JURISDICTION,
            arguments={"webhook": webhook.id, "why": why},
        )
        try:
            handle(command, self._ledger, now=now, new_id=self._new_id)
        except (Refused, FileMoved, OutcomeUnknown):
            return
