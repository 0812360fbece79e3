"""What is done about webhooks (推送订阅): subscribe, change, pause, resume, renew the secret, replay, cancel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from domain.cases.jurisdiction import law
from domain.cases.jurisdiction.webhook import MOST, Sending, Webhook, changed_webhook, check_webhook, webhook_of
from domain.cases.jurisdiction.webhook_events import (
    Chosen,
    Since,
    WebhookAdded,
    WebhookChanged,
    WebhookDisabled,
    WebhookPaused,
    WebhookRemoved,
    WebhookReplayed,
    WebhookResumed,
    WebhookSecretRenewed,
    WhyDisabled,
)
from domain.kernel import Case, Event, Refused, role, step

if TYPE_CHECKING:
    from domain.desk import Desk

KEEPERS = (role("administrator"), role("office"), role("system"))
IN = ("open",)


class Webhooks(Case):
    """`webhooks` is replaced, never changed: what was handed out stays as it was. `acting`: whose fact is being told."""

    def __init__(self) -> None:
        super().__init__()
        self.webhooks: Mapping[UUID, Webhook] = {}
        self.acting = ""

    @step(*KEEPERS, states=IN, routed=False)
    def add_webhook(
        self,
        desk: Desk,
        *,
        webhook: UUID,
        url: str,
        description: str | None = None,
        topics: tuple[str, ...] = (),
        case_types: tuple[str, ...] = (),
        departments: tuple[str, ...] = (),
        after: int | None = None,
    ) -> None:
        """Tell an address outside the ledger of facts from now on, or of all after a position. `POST /api/v1/webhooks`."""
        added = WebhookAdded(
            webhook=webhook,
            url=Chosen(url),
            description=None if description is None else Chosen(description),
            topics=_words(topics),
            case_types=_words(case_types),
            departments=_words(departments),
            after=after,
        )
        check_webhook(webhook_of(added))
        if len(self.webhooks) >= MOST:
            raise Refused(law.TOO_MANY_WEBHOOKS, most=MOST)
        self.acting = desk.organ
        self.record(added)

    @step(*KEEPERS, states=IN, routed=False)
    def change_webhook(
        self,
        desk: Desk,
        *,
        webhook: UUID,
        url: str | None = None,
        description: str | None = None,
        topics: tuple[str, ...] | None = None,
        case_types: tuple[str, ...] | None = None,
        departments: tuple[str, ...] | None = None,
    ) -> None:
        """Change what is sent where, from the next fact to be sent on. `PATCH /api/v1/webhooks/{webhook}`."""
        known = self._known(webhook)
        changed = WebhookChanged(
            webhook=webhook,
            url=None if url is None else Chosen(url),
            description=None if description is None else Chosen(description),
            topics=None if topics is None else _words(topics),
            case_types=None if case_types is None else _words(case_types),
            departments=None if departments is None else _words(departments),
        )
        after = changed_webhook(known, changed)
        if after == known:
            raise Refused(law.NOTHING_CHANGED)
        check_webhook(after)
        self.acting = desk.organ
        self.record(changed)

    @step(*KEEPERS, states=IN, routed=False)
    def pause_webhook(self, desk: Desk, *, webhook: UUID) -> None:
        """Send nothing until it is resumed. `PATCH /api/v1/webhooks/{webhook}`."""
        if not self._known(webhook).active:
            raise Refused(law.NOT_SENDING)
        self.record(WebhookPaused(webhook=webhook))

    @step(*KEEPERS, states=IN, routed=False)
    def resume_webhook(self, desk: Desk, *, webhook: UUID) -> None:
        """Go on where it stopped, be it paused or disabled. `PATCH /api/v1/webhooks/{webhook}`."""
        if self._known(webhook).active:
            raise Refused(law.SENDING)
        self.record(WebhookResumed(webhook=webhook))

    @step(role("system"), states=IN, routed=False)
    def disable_webhook(self, desk: Desk, *, webhook: UUID, why: WhyDisabled) -> None:
        """Give up a receiver that says it is gone, or that failed for days. Taken by the ledger itself."""
        if not self._known(webhook).active:
            raise Refused(law.NOT_SENDING)
        self.record(WebhookDisabled(webhook=webhook, why=why))

    @step(*KEEPERS, states=IN, routed=False)
    def renew_webhook_secret(self, desk: Desk, *, webhook: UUID, old_until: datetime) -> None:
        """Sign with a new secret, and with the one before until an instant. `POST /api/v1/webhooks/{webhook}/secret`."""
        self._known(webhook)
        self.record(WebhookSecretRenewed(webhook=webhook, old_until=Since(old_until)))

    @step(*KEEPERS, states=IN, routed=False)
    def replay_webhook(self, desk: Desk, *, webhook: UUID, after: int) -> None:
        """Send once more what stands in the log after a position. `POST /api/v1/webhooks/{webhook}/replay`."""
        self._known(webhook)
        self.record(WebhookReplayed(webhook=webhook, after=after))

    @step(*KEEPERS, states=IN, routed=False)
    def remove_webhook(self, desk: Desk, *, webhook: UUID) -> None:
        """Tell the address nothing any more. `DELETE /api/v1/webhooks/{webhook}`."""
        self._known(webhook)
        self.record(WebhookRemoved(webhook=webhook))

    def on_webhook(self, event: Event) -> bool:
        """Change the webhooks by one fact; False if it is about something else."""
        match event:
            case WebhookAdded():
                self._put(replace(webhook_of(event), begun=self.version, organ=self.acting))
            case WebhookChanged():
                self._put(replace(changed_webhook(self.webhooks[event.webhook], event), organ=self.acting))
            case WebhookPaused():
                self._put(replace(self.webhooks[event.webhook], state=Sending.PAUSED))
            case WebhookResumed():
                self._put(replace(self.webhooks[event.webhook], state=Sending.ACTIVE, why=None))
            case WebhookDisabled():
                self._put(replace(self.webhooks[event.webhook], state=Sending.DISABLED, why=event.why))
            case WebhookReplayed():
                self._put(replace(self.webhooks[event.webhook], after=event.after, begun=self.version))
            case WebhookSecretRenewed():
                self._put(self.webhooks[event.webhook])
            case WebhookRemoved():
                self.webhooks = {key: value for key, value in self.webhooks.items() if key != event.webhook}
            case _:
                return False
        return True

    def _put(self, webhook: Webhook) -> None:
        self.webhooks = {**self.webhooks, webhook.id: replace(webhook, changed=self.version)}

    def _known(self, webhook: UUID) -> Webhook:
        found = self.webhooks.get(webhook)
        if found is None:
            raise Refused(law.UNKNOWN_WEBHOOK, webhook=webhook)
        return found


def _words(words: tuple[str, ...]) -> tuple[Chosen, ...]:
    return tuple(map(Chosen, dict.fromkeys(words)))
