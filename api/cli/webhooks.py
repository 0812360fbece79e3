"""Webhooks (推送): who outside is told of facts, and how that goes; everything else is done over the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click

from api.cli.command import command, option
from api.cli.on_record import receipt_line, receipt_of
from api.cli.places import jurisdiction_option, opened
from api.cli.telling import tell
from api.cli.words import Words
from api.wiring import Place, Wiring
from application.handle import TIMER, Command, handle
from application.ledger import JURISDICTION
from application.receipts import recorded_by
from domain.cases.jurisdiction import Jurisdiction


@command("列出推送订阅及其进度", "List the webhooks and how they stand", name="list")
@jurisdiction_option
def list_(jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (_, place):
        standings, head = place.outbound.standings.all(), place.log.last_position()
        known = place.ledger.office().case.webhooks.values()
        items = [{"id": each.id, "url": each.url, "state": each.state, **standings.get(each.id, {})} for each in known]
    tell({"items": items, "head": head}, (_line(each, head) for each in items))


def _line(item: dict[str, Any], head: int) -> str:
    told = f"{item['id']}  {item['state']:8}  {item.get('position', '-')}/{head}  {item['url']}"
    return f"{told}  {item['failure']}" if item.get("failure") else told


@command(
    "订阅推送；密钥只显示这一次",
    "Tell a receiver of facts; its secret is shown this once\n\nURL is https, without user, query or fragment.",
)
@click.argument("url")
@option(
    "--topic", "topics", multiple=True, metavar="TOPIC", zh="事件类型，如 referral.*", en="Topic, such as referral.*"
)
@option("--department", "departments", multiple=True, metavar="ORGAN", zh="涉及的机关", en="Organ that is concerned")
@option("--after", type=click.IntRange(0), metavar="POSITION", zh="从该位置之后开始", en="Begin after this position")
@jurisdiction_option
def add(
    url: str, topics: tuple[str, ...], departments: tuple[str, ...], after: int | None, jurisdiction: str | None
) -> None:
    with opened(jurisdiction) as (wiring, place):
        webhook = wiring.new_id()
        said = {"url": url, "topics": topics, "departments": departments, "after": after}
        event, receipt = _take(wiring, place, "add_webhook", webhook, **said)
        secret = place.outbound.new_secret(webhook, old_until=wiring.now())
    tell({"id": webhook, "secret": secret, "receipt": receipt}, [webhook, secret, *receipt_line(event)])


@command("从某一位置起重新推送", "Send once more what stands after a position")
@click.argument("webhook", type=click.UUID)
@click.argument("after", type=click.IntRange(0))
@jurisdiction_option
def replay(webhook: UUID, after: int, jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (wiring, place):
        event, receipt = _take(wiring, place, "replay_webhook", webhook, after=after)
    done = Words("将重新推送", "will be sent once more")
    tell({"id": webhook, "after": after, "receipt": receipt}, [done, *receipt_line(event)])


@command("取消推送订阅", "Tell a receiver nothing any more")
@click.argument("webhook", type=click.UUID)
@jurisdiction_option
def remove(webhook: UUID, jurisdiction: str | None) -> None:
    with opened(jurisdiction) as (wiring, place):
        event, receipt = _take(wiring, place, "remove_webhook", webhook)
        place.outbound.standings.forget(webhook)
    tell({"removed": webhook, "receipt": receipt}, [Words("已取消", "removed"), *receipt_line(event)])


def _take(wiring: Wiring, place: Place, step: str, webhook: UUID, **said: Any) -> tuple[UUID, str | None]:
    """Take a step; the event that it recorded, and the receipt."""
    now = wiring.now()
    arguments = {"webhook": webhook, **said}
    asked = Command(
        case_type=Jurisdiction.TYPE, step=step, actor=TIMER, occurred_at=now, case=JURISDICTION, arguments=arguments
    )
    event = recorded_by(handle(asked, place.ledger, now=now, new_id=wiring.new_id))
    return event, receipt_of(place, event)
