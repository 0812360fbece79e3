"""Everything about the webhooks (推送) of one jurisdiction that a process is built of: where they stand, and what sends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

import msgspec

from application.ledger import Ledger
from application.notices import Notices
from application.ports import NewId
from domain.cases.jurisdiction.webhook import Sending, Webhook
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.session import Connections
from infrastructure.webhooks.addresses import open_to
from infrastructure.webhooks.courier import post
from infrastructure.webhooks.deliverer import Deliverer
from infrastructure.webhooks.patience import Patience
from infrastructure.webhooks.register import WebhookRegister
from infrastructure.webhooks.sending import Outcome, Sender
from infrastructure.webhooks.signing import new_secret
from infrastructure.webhooks.standings import Standings


class Outbound:
    """To be built after a fork; safe to share between threads."""

    def __init__(
        self,
        pool: Connections,
        jurisdiction: str,
        ledger: Ledger,
        events: PostgresEventLog,
        sender: Sender,
        *,
        now: Callable[[], datetime],
        new_id: NewId,
    ) -> None:
        self.standings = Standings(pool, events.schema)
        self.notices = Notices(jurisdiction, ledger, events.opening_of)
        self._events, self._sender, self._now, self._new_id = events, sender, now, new_id
        self._register = WebhookRegister(ledger, events, now=now, new_id=new_id)

    def new_secret(self, webhook: UUID, *, old_until: datetime) -> str:
        """A new secret that signs from now on, shown this once; those before sign beside it until an instant."""
        secret = new_secret()
        self.standings.renew_secret(webhook, secret, old_until=old_until)
        return secret

    def leads_nowhere(self, url: str) -> bool:
        """Whether the address is one, not a name, that nothing may be sent to."""
        try:
            return not open_to(ip_address(urlsplit(url).hostname or ""), self._sender.allowed)
        except ValueError:
            return False

    def test(self, webhook: Webhook) -> Outcome:
        """Send a notice that tells nothing, now and once."""
        secrets = self.standings.signers(webhook.id)
        identifier, at = self._new_id(), self._now()
        body = msgspec.json.encode(self.notices.test(webhook.id, identifier, at.isoformat()))
        return post(self._sender, webhook.url, str(identifier), body, secrets, at)

    def notice(self) -> Mapping[str, int]:
        """How many webhooks there are, how many fail, are disabled or ended at a defect, and how many notices were put aside.

        Never a reason for the service not to be ready: who is outside cannot stop who is inside.
        """
        webhooks, standings = list(self._register.webhooks()), self.standings.all().values()
        return {
            "webhooks": len(webhooks),
            "disabled": sum(each.state is Sending.DISABLED for each in webhooks),
            "failing": sum(each["failing_since"] is not None for each in standings),
            "stopped": sum(each["stopped"] is not None for each in standings),
            "dead_letters": sum(each["dead_letters"] for each in standings),
        }

    def deliverer(self, connect: Callable[[], Connection], *, patience: Patience | None = None) -> Deliverer:
        """What delivers, to be started and stopped."""
        return Deliverer(
            connect,
            self._register,
            self.notices,
            self._events,
            self.standings,
            self._sender,
            patience=patience,
            now=self._now,
        )
