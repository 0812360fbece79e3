"""Notices of doubt over HTTP (存疑通知): read by the organs that are told, and shown in their calendar feed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import quote

from flask import Response, request

from api.context import answer, caller, place, wiring
from api.openapi import Blueprint
from api.v1.ical import Alarm, Item
from api.v1.steps import PREFIX
from application.doubts import Doubt, doubts_of
from application.shown import in_china
from domain.cases.attestation.case import NUMBER
from domain.law.clock import CHINA, day_of

NOTICES = Blueprint("notices", __name__, url_prefix=PREFIX, description="What inspectors and auditors must look at now")
MORNING = time(9, tzinfo=CHINA)


@NOTICES.route("/notices")
@NOTICES.documented("Notices", 403, 503, summary="What stands against the ledger itself, for who inspects and audits")
def notices() -> Response:
    """Of every organ that inspects or audits; whoever is not told sees none. Each is gone when a later verification finds nothing, the signer
    goes on, or other law was attested so long ago that everybody knows."""
    here = place()
    found = doubts_of(caller().organ, here.ledger, here.proofs.signing(), wiring().now())
    return answer({"items": list(map(_shown, found)), "rehearsal": here.ledger.rehearsal})


def _shown(doubt: Doubt) -> dict[str, Any]:
    return {
        "kind": doubt.kind,
        "since": in_china(doubt.since),
        "to": list(doubt.to),
        "told": {"zh": doubt.zh, "en": doubt.en},
        "causes": list(doubt.causes),
        "findings": list(doubt.findings),
        "count": doubt.count,
        "case": NUMBER if doubt.event else None,
        "event_id": doubt.event,
    }


def reminders(organ: str, now: datetime) -> Iterator[Item]:
    """The same in the calendar of an organ that asks for its own: on the present day for as long as it stands, with an alarm each morning."""
    here = place()
    if organ != caller().organ:
        return
    for each in doubts_of(organ, here.ledger, here.proofs.signing(), now):
        yield _reminder(each, day_of(now))


def _reminder(doubt: Doubt, today: date) -> Item:
    here, begun = place(), datetime.combine(today, time(), CHINA).astimezone(UTC)
    since = doubt.since.astimezone(UTC)
    return Item(
        uid=f"{doubt.kind}-{since:%Y%m%dT%H%M%S}@{quote(here.name, safe='')}.anjuan",
        due=today,
        created=since,
        changed=max(since, begun),
        sequence=max(0, (today - day_of(doubt.since)).days),
        tentative=False,
        summary=f"【账目存疑】{doubt.zh}",
        description="\n".join((doubt.zh, doubt.en, *doubt.findings)),
        categories=("账目存疑", *doubt.causes),
        url=f"{request.host_url}api/v1/notices",
        alarm=Alarm(datetime.combine(today, MORNING).astimezone(UTC), f"账目存疑：{doubt.zh}"),
    )
