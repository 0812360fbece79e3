"""Webhooks (推送): who outside is told of which facts, and how that goes. For whoever keeps them: administrators, the office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Response, request

from api.context import actor, answer, caller, correlation, place, wiring
from api.errors import PreconditionRequired
from api.openapi import IF_MATCH, Blueprint
from api.v1.steps import ETAG, PREFIX, TAG
from api.v1.webhook_bodies import ChangedWebhook, From, NewWebhook, Overlap, checked, first_position
from application.handle import TRIES, Command, NotFound, Receipt, Stale, handle
from application.ledger import JURISDICTION
from application.permissions import Forbidden, may_keep_webhooks
from application.ports import FileMoved
from application.shown import plain
from domain.cases.jurisdiction import Jurisdiction
from domain.cases.jurisdiction.webhook import Sending, Webhook

WEBHOOKS = Blueprint("webhooks", __name__, url_prefix=PREFIX, description="Facts sent to receivers outside the ledger")
ONE = "/webhooks/<uuid:webhook>"
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
    carry_out("add_webhook", {**checked(body), "webhook": webhook, "after": after})
    secret = place().outbound.new_secret(webhook, old_until=wiring().now())
    found = keepers_webhooks()[webhook]
    told = answer({"webhook": _detailed(found), "secret": secret}, 201, _tag(found))
    told.headers["Location"] = f"{PREFIX}/webhooks/{webhook}"
    return told


@WEBHOOKS.route(ONE)
@WEBHOOKS.documented("Webhook", 403, 404, 503, headers=ETAG, summary="One webhook, how it stands and what signs for it")
def webhook_state(webhook: UUID) -> Response:
    found = one_webhook(webhook)
    return answer(_detailed(found), headers=_tag(found))


@WEBHOOKS.route(ONE, methods=["PATCH"], parameters=[IF_MATCH])
@WEBHOOKS.arguments(ChangedWebhook())
@WEBHOOKS.documented("Webhook", *CHANGE, 413, 415, headers=ETAG, summary="Change, pause or resume a webhook")
def change(body: dict[str, Any], webhook: UUID) -> Response:
    state, asked = body.pop("state", None), checked(body)
    known = one_webhook(webhook)
    if asked or state is None:
        change_webhook("change_webhook", webhook, asked)
    if state is not None and (state != known.state or not asked):
        change_webhook("resume_webhook" if state == Sending.ACTIVE else "pause_webhook", webhook, {}, again=bool(asked))
    if state == Sending.ACTIVE:
        place().outbound.standings.resumed(webhook)
    return webhook_state(webhook)


@WEBHOOKS.route(ONE, methods=["DELETE"], parameters=[IF_MATCH])
@WEBHOOKS.documented(None, *CHANGE, success=204, summary="Tell the receiver nothing any more")
def remove(webhook: UUID) -> Response:
    change_webhook("remove_webhook", webhook, {})
    place().outbound.standings.forget(webhook)
    return Response(status=204)


@WEBHOOKS.route(f"{ONE}/secret", methods=["POST"], parameters=[IF_MATCH])
@WEBHOOKS.arguments(Overlap(), required=False)
@WEBHOOKS.documented(
    "WebhookSecret", *CHANGE, 413, 415, summary="Sign with a new secret, and with the old one for a while"
)
def renew_secret(body: dict[str, Any], webhook: UUID) -> Response:
    old_until = wiring().now() + timedelta(hours=body["overlap_hours"])
    change_webhook("renew_webhook_secret", webhook, {"old_until": old_until})
    secret = place().outbound.new_secret(webhook, old_until=old_until)
    return answer(plain({"secret": secret, "old_until": old_until}))


@WEBHOOKS.route(f"{ONE}/replay", methods=["POST"], parameters=[IF_MATCH])
@WEBHOOKS.arguments(From())
@WEBHOOKS.documented("Webhook", *CHANGE, 413, 415, headers=ETAG, summary="Send once more from a position on")
def replay(body: dict[str, Any], webhook: UUID) -> Response:
    change_webhook("replay_webhook", webhook, {"after": first_position(body)})
    return webhook_state(webhook)


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


def change_webhook(step: str, webhook: UUID, arguments: Mapping[str, Any], *, again: bool = False) -> None:
    """Take a step about a webhook that nobody else has changed since the caller saw it (`again`: since this very request)."""
    for _ in range(TRIES):
        known, version = one_webhook(webhook), place().ledger.at_hand().case.version
        if not again:
            _match(known)
        try:
            carry_out(step, {"webhook": webhook, **arguments}, version)
        except Stale:
            continue
        return
    raise FileMoved(f"the jurisdiction moved {TRIES} times")


def carry_out(step: str, arguments: Mapping[str, Any], version: int | None = None) -> Receipt:
    """Take a step of the jurisdiction."""
    wired, here = wiring(), place()
    now = wired.now()
    command = Command(
        case_type=Jurisdiction.TYPE,
        step=step,
        actor=actor(),
        occurred_at=now,
        case=JURISDICTION,
        arguments=arguments,
        expected_version=version,
        correlation=correlation(),
    )
    return handle(command, here.ledger, now=now, new_id=wired.new_id)


def _match(webhook: Webhook) -> None:
    said = request.headers.get("If-Match")
    if said is None:
        raise PreconditionRequired
    if said.strip() != "*" and webhook.changed not in {int(tag) for tag in TAG.findall(said)}:
        raise Stale(webhook.changed)


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
