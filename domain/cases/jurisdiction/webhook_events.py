"""The facts of webhooks (推送订阅): who is told of which facts, at which address. Published for ever; no secret is among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from domain.kernel import Event

Chosen = NewType("Chosen", str)
"""A word of a subscription: changed by a step, which checks it, never by a correction."""

Since = NewType("Since", datetime)
"""An instant that is reckoned from, not described: never corrected."""


class WhyDisabled(StrEnum):
    """Why nothing is sent to a receiver any more until somebody resumes it."""

    GONE = "gone"
    FAILING = "failing"


@dataclass(frozen=True, kw_only=True)
class WebhookAdded(Event):
    """推送已订阅 A receiver is told of facts from now on, or of those after the position `after` of the log; no filter: of all."""

    TOPIC = "jurisdiction.webhook-added"
    webhook: UUID
    url: Chosen
    description: Chosen | None = None
    topics: tuple[Chosen, ...] = ()
    case_types: tuple[Chosen, ...] = ()
    departments: tuple[Chosen, ...] = ()
    after: int | None = None


@dataclass(frozen=True, kw_only=True)
class WebhookChanged(Event):
    """推送已变更 What is now otherwise; None where nothing changed."""

    TOPIC = "jurisdiction.webhook-changed"
    webhook: UUID
    url: Chosen | None = None
    description: Chosen | None = None
    topics: tuple[Chosen, ...] | None = None
    case_types: tuple[Chosen, ...] | None = None
    departments: tuple[Chosen, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class WebhookPaused(Event):
    """推送已暂停 Nothing is sent until it is resumed; what happens meanwhile is sent then."""

    TOPIC = "jurisdiction.webhook-paused"
    webhook: UUID


@dataclass(frozen=True, kw_only=True)
class WebhookResumed(Event):
    """推送已恢复 It goes on where it stopped."""

    TOPIC = "jurisdiction.webhook-resumed"
    webhook: UUID


@dataclass(frozen=True, kw_only=True)
class WebhookDisabled(Event):
    """推送已停用 The ledger gave up: the receiver said that it is gone, or failed for days."""

    TOPIC = "jurisdiction.webhook-disabled"
    webhook: UUID
    why: WhyDisabled


@dataclass(frozen=True, kw_only=True)
class WebhookSecretRenewed(Event):
    """推送密钥已更换 A new secret signs; the one before signs beside it until `old_until`."""

    TOPIC = "jurisdiction.webhook-secret-renewed"
    webhook: UUID
    old_until: Since


@dataclass(frozen=True, kw_only=True)
class WebhookReplayed(Event):
    """推送已重放 What stands in the log after the position `after` is sent once more."""

    TOPIC = "jurisdiction.webhook-replayed"
    webhook: UUID
    after: int


@dataclass(frozen=True, kw_only=True)
class WebhookRemoved(Event):
    """推送已取消 The receiver is told nothing any more."""

    TOPIC = "jurisdiction.webhook-removed"
    webhook: UUID
