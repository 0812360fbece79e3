"""What could not be delivered (死信): listed, tried once more, or dropped."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from api.context import answer, place
from api.v1.webhook_bodies import Letters, Which
from api.v1.webhooks import ONE, one_webhook
from api.v1.webhooks import WEBHOOKS as WEBHOOKS
from application.handle import NotFound
from application.shown import plain


@WEBHOOKS.route(f"{ONE}/dead-letters")
@WEBHOOKS.arguments(Letters(), location="query")
@WEBHOOKS.documented("DeadLetters", 403, 404, 422, 503, summary="What was put aside after it had failed often enough")
def dead_letters(query: dict[str, Any], webhook: UUID) -> Response:
    limit = query["limit"]
    found = place().outbound.standings.dead_letters(one_webhook(webhook).id, query["after"], limit + 1)
    following = found[limit - 1]["position"] if len(found) > limit else None
    return answer({"items": plain(list(found[:limit])), "next": following})


@WEBHOOKS.route(f"{ONE}/dead-letters/retry", methods=["POST"])
@WEBHOOKS.arguments(Which(), required=False)
@WEBHOOKS.documented("Positions", 403, 404, 413, 415, 422, 503, summary="Try once more what was put aside, one or all")
def retry(body: dict[str, Any], webhook: UUID) -> Response:
    position = body.get("position")
    asked = place().outbound.standings.retry(one_webhook(webhook).id, position)
    if position is not None and not asked:
        raise NotFound(f"dead letter {position}")
    return answer({"positions": asked})


@WEBHOOKS.route(f"{ONE}/dead-letters/<int:position>", methods=["DELETE"])
@WEBHOOKS.documented(None, 403, 404, 503, success=204, summary="Drop what was put aside")
def drop(webhook: UUID, position: int) -> Response:
    if position >= 2**63 or not place().outbound.standings.drop(one_webhook(webhook).id, position):
        raise NotFound(f"dead letter {position}")
    return Response(status=204)
