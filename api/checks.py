"""What a ledger in service rests on (就绪检查), beside the database itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.law.clock import day_of

if TYPE_CHECKING:
    from api.wiring import Place

FAR_BEHIND = 10_000
UNSIGNED_SECONDS = 60.0


def checks_of(place: Place, now: datetime) -> Iterator[Mapping[str, Any]]:
    """The checks of one jurisdiction, each with `name` and `ok`."""
    waiting, progress = place.log.unsequenced(), place.views.progress()
    lag = progress.head - progress.position
    yield {"name": "sequencer", "jurisdiction": place.name, "ok": waiting < FAR_BEHIND, "waiting": waiting}
    yield {
        "name": "projections",
        "jurisdiction": place.name,
        "ok": progress.error is None and lag < FAR_BEHIND,
        "position": progress.position,
        "head": progress.head,
        "lag": lag,
        "error": progress.error,
    }
    signed = place.proofs.signing()
    behind, waiting_for = signed.head - signed.size, signed.waiting or 0.0
    yield {
        "name": "log",
        "jurisdiction": place.name,
        "ok": signed.error is None and (place.ledger.rehearsal or waiting_for < UNSIGNED_SECONDS),
        "size": signed.size,
        "unsigned": behind,
        "error": signed.error,
    }
    wrong = place.receipts.wrong()
    yield {"name": "receipts", "jurisdiction": place.name, "ok": wrong is None, "error": wrong}
    yield from _anchors(place)
    yield from _attested(place)
    covered = place.ledger.calendars()[place.ledger.register().calendar].covered_through
    yield {"name": "calendar", "jurisdiction": place.name, "ok": covered >= day_of(now), "covered_through": covered}
    yield {"name": "webhooks", "jurisdiction": place.name, "ok": True, **place.outbound.notice()}


def _attested(place: Place) -> Iterator[Mapping[str, Any]]:
    """What came of the last nightly verification, if there was one; whoever is asked answers as before, and everybody sees it."""
    night = place.proofs.night()
    if night is not None:
        told = {"due": night.due, "findings": night.findings, "causes": night.causes}
        yield {"name": "verification", "jurisdiction": place.name, "ok": True, **told}


def _anchors(place: Place) -> Iterator[Mapping[str, Any]]:
    """How the anchors stand, if there are any; who is outside cannot stop who is inside, not even by refusing."""
    standings = place.anchors.standings()
    if standings:
        refused = {each.anchor: f"{each.outcome}: {each.detail}" for each in standings if each.refused}
        away = {each.anchor: each.detail for each in standings if each.outcome == "away"}
        sizes = {each.anchor: each.size for each in standings}
        yield {
            "name": "anchors",
            "jurisdiction": place.name,
            "ok": True,
            "refused": refused,
            "away": away,
            "sizes": sizes,
        }
