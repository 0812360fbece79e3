"""Webhooks (推送订阅) are facts of the jurisdiction: who may keep them, where they may lead, and what becomes of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.cases.jurisdiction.events import (
    WebhookAdded,
    WebhookChanged,
    WebhookDisabled,
    WebhookPaused,
    WebhookRemoved,
    WebhookReplayed,
    WebhookResumed,
    WebhookSecretRenewed,
)
from domain.cases.jurisdiction.webhook import MOST, Sending
from domain.cases.jurisdiction.webhook_events import WhyDisabled
from tests.cases.jurisdiction_facts import OPENED, act, ledger
from tests.given import Given, given

W = UUID(int=7)
URL = "https://receiver.example/hook"
ADDED = (WebhookAdded(webhook=W, url=URL, topics=("referral.*",)), "2024-01-05", "admin")


def subscribed(*more: Any) -> Given:
    return given(OPENED, ADDED, *more)


@pytest.mark.parametrize("by", ["admin", "zwj", "system"])
def test_a_keeper_subscribes_a_receiver(by: str) -> None:
    file = act(given(OPENED), "add_webhook", by=by, webhook=W, url=URL, topics=("a", "a", "b")).then(
        WebhookAdded(webhook=W, url=URL, topics=("a", "b"))
    )
    assert ledger(file).webhooks[W].active


@pytest.mark.parametrize("by", ["zjj", "jwjc"])
def test_a_department_does_not(by: str) -> None:
    act(given(OPENED), "add_webhook", by=by, webhook=W, url=URL).forbidden()
    act(subscribed(), "remove_webhook", by=by, webhook=W).forbidden()


@pytest.mark.parametrize(
    "url",
    [
        "ftp://receiver.example/", "receiver.example", "https://", "https://user:secret@receiver.example/",
        "https://receiver.example/?token=1", "https://receiver.example/#a", "https://接收.example/", "https://a b/",
        "https://receiver.example:99999/", "https://[::1/", "https://receiver.example/" + "a" * 1000, "",
        "https://receiver.example/\n", "javascript:alert(1)", "https://receiver.example/?",
    ],
)  # fmt: skip
def test_an_address_is_one_without_secrets(url: str) -> None:
    act(given(OPENED), "add_webhook", webhook=W, url=url).refused("WEBHOOK_ADDRESS_INVALID")
    act(subscribed(), "change_webhook", webhook=W, url=url).refused("WEBHOOK_ADDRESS_INVALID")


@pytest.mark.parametrize("host", ["receiver.example", "10.0.0.1", "localhost.example"])
def test_plain_http_is_for_this_machine(host: str) -> None:
    act(given(OPENED), "add_webhook", webhook=W, url=f"http://{host}/").refused("WEBHOOK_ADDRESS_PLAIN")
    for here in ("localhost", "127.0.0.1:8080", "[::1]:80"):
        act(given(OPENED), "add_webhook", webhook=W, url=f"http://{here}/").then(
            WebhookAdded(webhook=W, url=f"http://{here}/")
        )


def test_it_is_changed_paused_resumed_replayed_renewed_and_cancelled() -> None:
    file = subscribed()
    until = datetime(2026, 9, 1, tzinfo=UTC)
    act(file, "change_webhook", webhook=W, topics=()).then(WebhookChanged(webhook=W, topics=()))
    act(file, "change_webhook", webhook=W, topics=()).refused("NOTHING_CHANGED")
    act(file, "pause_webhook", webhook=W).then(WebhookPaused(webhook=W))
    act(file, "pause_webhook", webhook=W).refused("WEBHOOK_NOT_ACTIVE")
    assert ledger(file).webhooks[W].state is Sending.PAUSED
    act(file, "resume_webhook", webhook=W).then(WebhookResumed(webhook=W))
    act(file, "resume_webhook", webhook=W).refused("WEBHOOK_ACTIVE")
    act(file, "replay_webhook", webhook=W, after=4).then(WebhookReplayed(webhook=W, after=4))
    assert ledger(file).webhooks[W].after == 4
    act(file, "renew_webhook_secret", webhook=W, old_until=until).then(WebhookSecretRenewed(webhook=W, old_until=until))
    act(file, "remove_webhook", webhook=W).then(WebhookRemoved(webhook=W))
    assert ledger(file).webhooks == {}
    act(file, "remove_webhook", webhook=W).refused("WEBHOOK_UNKNOWN")


def test_only_the_ledger_itself_gives_a_receiver_up() -> None:
    act(subscribed(), "disable_webhook", webhook=W, why=WhyDisabled.GONE).forbidden()
    file = act(subscribed(), "disable_webhook", by="system", webhook=W, why=WhyDisabled.GONE).then(
        WebhookDisabled(webhook=W, why=WhyDisabled.GONE)
    )
    act(file, "disable_webhook", by="system", webhook=W, why=WhyDisabled.GONE).refused("WEBHOOK_NOT_ACTIVE")
    assert ledger(act(file, "resume_webhook", webhook=W)).webhooks[W].why is None


def test_there_is_a_measure_to_them() -> None:
    many = [(WebhookAdded(webhook=UUID(int=n), url=URL), "2024-01-05", "admin") for n in range(MOST)]
    act(given(OPENED, *many), "add_webhook", webhook=W, url=URL).refused("WEBHOOKS_TOO_MANY")
    topics = tuple(str(n) for n in range(201))
    act(given(OPENED), "add_webhook", webhook=W, url=URL, topics=topics).refused("WEBHOOK_FILTER_TOO_LONG")
