"""A webhook (推送订阅) as the jurisdiction keeps it: an address outside the ledger, and which facts are sent there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from domain.cases.jurisdiction import law
from domain.cases.jurisdiction.webhook_events import WebhookAdded, WebhookChanged, WhyDisabled
from domain.kernel import Refused

MOST, MOST_WORDS, LONGEST = 50, 200, 1_000
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Sending(StrEnum):
    """Whether facts are being sent."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Webhook:
    """Filters that are empty let everything pass. `after`: the position after which it began or was last replayed (None: that of
    its own beginning), since the version `begun` of the jurisdiction; `changed`: the version that changed it last. `organ`: who said
    last what is sent where; it is told of nothing that this organ may not look at.
    """

    id: UUID
    url: str
    description: str | None
    topics: tuple[str, ...]
    case_types: tuple[str, ...]
    departments: tuple[str, ...]
    after: int | None
    state: Sending = Sending.ACTIVE
    why: WhyDisabled | None = None
    begun: int = 0
    changed: int = 0
    organ: str = ""

    @property
    def active(self) -> bool:
        """Whether facts are being sent."""
        return self.state is Sending.ACTIVE


def webhook_of(event: WebhookAdded) -> Webhook:
    """The webhook that a subscription makes."""
    return Webhook(
        event.webhook,
        event.url,
        event.description,
        event.topics,
        event.case_types,
        event.departments,
        event.after,
    )


def changed_webhook(webhook: Webhook, event: WebhookChanged) -> Webhook:
    """The webhook with what the event changes."""
    names = ("url", "description", "topics", "case_types", "departments")
    given = {name: getattr(event, name) for name in names}
    return replace(webhook, **{name: value for name, value in given.items() if value is not None})


def check_webhook(webhook: Webhook) -> None:
    """Refuse an address that nothing may be sent to, and filters without measure.

    A secret in an address would be kept and shown like every other fact: the signature proves who sends, so none is needed.
    """
    try:
        parts = urlsplit(webhook.url)
        sound = _sound(webhook.url, parts)
    except ValueError:
        sound = False
    if not sound:
        raise Refused(law.BAD_ADDRESS, url=webhook.url)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise Refused(law.PLAIN_HTTP, url=webhook.url)
    if max(map(len, (webhook.topics, webhook.case_types, webhook.departments))) > MOST_WORDS:
        raise Refused(law.TOO_MANY_WORDS, most=MOST_WORDS)


def _sound(url: str, parts: SplitResult) -> bool:
    written = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST
    secret = parts.username is not None or parts.password is not None or "?" in url or "#" in url
    return bool(written and not secret and parts.scheme in ("https", "http") and parts.hostname and parts.port != 0)
