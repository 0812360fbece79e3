"""Webhooks (推送): who outside is told of which facts, and how that goes. For whoever keeps them: administrators, the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Response, request

from api.context import actor, answer, caller, correlation, place, wiring
from api.errors import PreconditionRequired
from api.openapi import IF_MATCH, Blueprint
from api.v1.steps import ETAG, PREFIX, TAG
from api.v1.webhook_bodies import ChangedWebhook, From, NewWebhook, Overlap, checked, first_position
from application.handle import TRIES, Command, NotFound, Stale, handle
from application.ledger import JURISDICTION
from application.permissions import Forbidden, may_keep_webhooks
from application.ports import FileMoved
from application.receipts import recorded_by
from application.shown import plain
from domain.cases.jurisdiction import Jurisdiction
from domain.cases.jurisdiction.webhook import Sending, Webhook

WEBHOOKS = Blueprint("webhooks", __name__, url_prefix=PREFIX, description="Facts sent to receivers outside the ledger")
ONE = "/webhooks/<uuid:webhook>"
Taken = tuple[str, Mapping[str, Any]]
"""A step, and what it is told."""
CHANGE = (403, 404, 409, 412, 422, 428, 503)
NOWHERE: Mapping[str, Any] = {
    "position": None,
    "attempts": 0,
    "retry_at": None,
    "failing_since": None,
    "failure": None,
    "delivered_at": None,
    "dead_letters": 0,
    "stopped": None,
}


@WEBHOOKS.route("/webhooks")
@WEBHOOKS.documented("Webhooks", 403, 503, summary="All webhooks, and how they stand")
def webhooks() -> Response:
    known, head = keepers_webhooks().values(), place().log.last_position()
    standings = place().outbound.standings.all()
    items = [_shown(each, standings.get(each.id, NOWHERE), head) for each in known]
    return answer({"items": items, "rehearsal": place().ledger.rehearsal})


@WEBHOOKS.route("/webhooks", methods=["POST"])
@WEBHOOKS.arguments(NewWebhook())
@WEBHOOKS.documented(
    "WebhookMade",
    403,
    409,
    413,
    415,
    422,
    503,
    success=201,
    headers=ETAG,
    summary="Tell a receiver of facts from now on",
)
def add(body: dict[str, Any]) -> Response:
    keepers_webhooks()
    after = first_position(body)
    webhook = wiring().new_id()
    receipt = carry_out(("add_webhook", {**checked(body), "webhook": webhook, "after": after}))
    secret = place().outbound.new_secret(webhook, old_until=wiring().now())
    found = keepers_webhooks()[webhook]
    told = answer({"webhook": _detailed(found), "secret": secret, "receipt": receipt}, 201, _tag(found))
    told.headers["Location"] = f"{PREFIX}/webhooks/{webhook}"
    return told


@WEBHOOKS.route(ONE)
@WEBHOOKS.documented("Webhook", 403, 404, 503, headers=ETAG, summary="One webhook, how it stands and what signs for it")
def webhook_state(webhook: UUID) -> Response:
    found = one_webhook(webhook)
    return answer(_detailed(found), headers=_tag(found))


@WEBHOOKS.route(ONE, methods=["PATCH"], parameters=[IF_MATCH])
@WEBHOOKS.arguments(ChangedWebhook())
@WEBHOOKS.documented("WebhookChanged", *CHANGE, 413, 415, headers=ETAG, summary="Change, pause or resume a webhook")
def change(body: dict[str, Any], webhook: UUID) -> Response:
    """What is changed and whether it goes on sending are recorded in one breath."""
    state, asked = body.pop("state", None), checked(body)
    known = one_webhook(webhook)
    steps: list[Taken] = [("change_webhook", asked)] if asked or state is None else []
    if state is not None and (state != known.state or not asked):
        steps.append(("resume_webhook" if state == Sending.ACTIVE else "pause_webhook", {}))
    receipt = change_webhook(webhook, *steps)
    if state == Sending.ACTIVE:
        place().outbound.standings.resumed(webhook)
    return _changed(webhook, receipt)


@WEBHOOKS.route(ONE, methods=["DELETE"], parameters=[IF_MATCH])
@WEBHOOKS.documented("WebhookRemoved", *CHANGE, summary="Tell the receiver nothing any more")
def remove(webhook: UUID) -> Response:
    receipt = change_webhook(webhook, ("remove_webhook", {}))
    place().outbound.standings.forget(webhook)
    return answer({"removed": webhook, "receipt": receipt})


@WEBHOOKS.route(f"{ONE}/secret", methods=["POST"], parameters=[IF_MATCH])
@WEBHOOKS.arguments(Overlap(), required=False)
@WEBHOOKS.documented(
    "WebhookSecret", *CHANGE, 413, 415, summary="Sign with a new secret, and with the old one for a while"
)
def renew_secret(body: dict[str, Any], webhook: UUID) -> Response:
    old_until = wiring().now() + timedelta(hours=body["overlap_hours"])
    receipt = change_webhook(webhook, ("renew_webhook_secret", {"old_until": old_until}))
    secret = place().outbound.new_secret(webhook, old_until=old_until)
    return answer(plain({"secret": secret, "old_until": old_until, "receipt": receipt}))


@WEBHOOKS.route(f"{ONE}/replay", methods=["POST"], parameters=[IF_MATCH])
@WEBHOOKS.arguments(From())
@WEBHOOKS.documented("WebhookChanged", *CHANGE, 413, 415, headers=ETAG, summary="Send once more from a position on")
def replay(body: dict[str, Any], webhook: UUID) -> Response:
    return _changed(webhook, change_webhook(webhook, ("replay_webhook", {"after": first_position(body)})))


@WEBHOOKS.route(f"{ONE}/test", methods=["POST"])
@WEBHOOKS.documented("WebhookTested", 403, 404, 503, summary="Send a notice that tells nothing, now and once")
def test(webhook: UUID) -> Response:
    outcome = place().outbound.test(one_webhook(webhook))
    return answer({"delivered": outcome.delivered, "status": outcome.status, "failure": outcome.failure or None})


def keepers_webhooks() -> Mapping[UUID, Webhook]:
    """All webhooks, for who may see them; raises Forbidden."""
    office = place().ledger.office()
    if not may_keep_webhooks(office.case.register, caller().organ):
        raise Forbidden(f"{caller().organ} does not keep webhooks")
    return office.case.webhooks


def one_webhook(webhook: UUID) -> Webhook:
    """One of them; raises NotFound."""
    found = keepers_webhooks().get(webhook)
    if found is None:
        raise NotFound(f"webhook {webhook}")
    return found


def change_webhook(webhook: UUID, *steps: Taken) -> str | None:
    """Take steps about a webhook that nobody else has changed since the caller saw it; the receipt for them."""
    for _ in range(TRIES):
        known, version = one_webhook(webhook), place().ledger.at_hand().case.version
        _match(known)
        try:
            return carry_out(*((step, {"webhook": webhook, **said}) for step, said in steps), version=version)
        except Stale:
            continue
    raise FileMoved(f"the jurisdiction moved {TRIES} times")


def carry_out(*steps: Taken, version: int | None = None) -> str | None:
    """Take steps of the jurisdiction, all of them or none; the receipt for them."""
    wired, here = wiring(), place()
    here.receipts.ready()
    now = wired.now()
    first, *more = (_command(step, said, now) for step, said in steps)
    command = replace(first, expected_version=version, also=tuple((each, wired.new_id) for each in more))
    return here.receipts.after(recorded_by(handle(command, here.ledger, now=now, new_id=wired.new_id)))


def _command(step: str, arguments: Mapping[str, Any], now: datetime) -> Command:
    return Command(
        case_type=Jurisdiction.TYPE,
        step=step,
        actor=actor(),
        occurred_at=now,
        case=JURISDICTION,
        arguments=arguments,
        correlation=correlation(),
    )


def _match(webhook: Webhook) -> None:
    said = request.headers.get("If-Match")
    if said is None:
        raise PreconditionRequired
    if said.strip() != "*" and webhook.changed not in {int(tag) for tag in TAG.findall(said)}:
        raise Stale(webhook.changed)


def _changed(webhook: UUID, receipt: str | None) -> Response:
    found = one_webhook(webhook)
    return answer({**_detailed(found), "receipt": receipt}, headers=_tag(found))


def _tag(webhook: Webhook) -> dict[str, str]:
    return {"ETag": f'"{webhook.changed}"'}


def _shown(webhook: Webhook, standing: Mapping[str, Any], head: int) -> dict[str, Any]:
    names = ("id", "url", "description", "topics", "case_types", "departments", "state", "why")
    position = standing["position"]
    lag = None if position is None else max(0, head - position)
    return plain({**{name: getattr(webhook, name) for name in names}, **standing, "lag": lag})


def _detailed(webhook: Webhook) -> dict[str, Any]:
    here = place()
    standing = here.outbound.standings.all().get(webhook.id, NOWHERE)
    secrets = here.outbound.standings.secrets(webhook.id)
    return {**_shown(webhook, standing, here.log.last_position()), "secrets": plain(list(secrets))}
