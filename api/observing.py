"""What is noted of every request (请求记录): an id, a line in the log, a count and a duration."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID, uuid4, uuid5

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.health import REGISTRY
from api.wiring import LOST, Place, Wiring
from domain.kernel import LEDGER

log = logging.getLogger("anjuan.http")

REQUEST_ID = "X-Request-ID"
_ACCEPTABLE = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


GAUGES: Mapping[str, tuple[str, ...]] = {
    "anjuan_unsequenced_events": ("Events without a position",),
    "anjuan_projection_lag": ("Positions not yet in the lists",),
    "anjuan_log_size": ("Entries under the newest checkpoint",),
    "anjuan_unsigned_events": ("Positions not under it",),
    "anjuan_checkpoint_age_seconds": ("Since the newest checkpoint",),
    "anjuan_verification_findings": ("What the last nightly verification found wrong",),
    "anjuan_anchored_size": ("Entries that it attested", "anchor"),
    "anjuan_anchor_refused": ("1: it refuses to", "anchor"),
    "anjuan_webhook_lag": ("Positions not yet sent", "webhook"),
    "anjuan_webhooks": ("Webhooks and what became of them", "what"),
}
"""What is measured of each jurisdiction, and by what else than its name."""

Measured = tuple[str, tuple[str, ...], float]


class Lags(Collector):
    """How far a jurisdiction's workers are behind, asked when somebody looks."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def collect(self) -> Iterable[Metric]:
        """One gauge for each, by jurisdiction."""
        found = {
            name: GaugeMetricFamily(name, about, labels=["jurisdiction", *labels])
            for name, (about, *labels) in GAUGES.items()
        }
        for place in self._wiring.places():
            try:
                measured = list(_measured(place))
            except LOST:  # readiness says which
                continue
            for name, labels, value in measured:
                found[name].add_metric([place.name, *labels], value)
        return found.values()

    def describe(self) -> Iterable[Metric]:
        """Nothing is asked of the database when the collector is registered."""
        return ()


def _measured(place: Place) -> Iterator[Measured]:
    progress, signing, night = place.views.progress(), place.proofs.signing(), place.proofs.night()
    yield "anjuan_unsequenced_events", (), place.log.unsequenced()
    yield "anjuan_projection_lag", (), progress.head - progress.position
    yield "anjuan_log_size", (), signing.size
    yield "anjuan_unsigned_events", (), signing.head - signing.size
    if signing.age is not None:
        yield "anjuan_checkpoint_age_seconds", (), signing.age
    if night is not None:
        yield "anjuan_verification_findings", (), night.findings
    for anchor in place.anchors.standings():
        yield "anjuan_anchored_size", (anchor.anchor,), anchor.size
        yield "anjuan_anchor_refused", (anchor.anchor,), anchor.refused
    for webhook, standing in place.outbound.standings.all().items():
        yield "anjuan_webhook_lag", (str(webhook),), progress.head - standing["position"]
    for what, count in place.outbound.notice().items():
        yield "anjuan_webhooks", (what,), count


def observe(app: Flask, wiring: Wiring) -> None:
    """Note every request of an application."""
    registry = CollectorRegistry()
    registry.register(Lags(wiring))
    count = Counter("anjuan_requests", "Requests", ["method", "route", "status"], registry=registry)
    duration = Histogram("anjuan_request_seconds", "Duration of requests", ["route"], registry=registry)
    app.extensions[REGISTRY] = registry

    def begin() -> None:
        g.begun = time.perf_counter()
        given = request.headers.get(REQUEST_ID, "")
        g.request_id = given if _ACCEPTABLE.fullmatch(given) else str(uuid4())
        g.correlation = UUID(g.request_id) if _ID.fullmatch(g.request_id) else uuid5(LEDGER, g.request_id)

    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.begun
        route = request.url_rule.rule if request.url_rule else "none"
        count.labels(request.method, route, response.status_code).inc()
        duration.labels(route).observe(seconds)
        response.headers[REQUEST_ID] = g.request_id
        if log.isEnabledFor(logging.INFO):
            _note(response, route, seconds)
        return response

    app.before_request(begin)
    app.after_request(end)


def _note(response: Response, route: str, seconds: float) -> None:
    organ = g.caller.organ if "caller" in g else "-"
    log.info(
        "method=%s route=%s status=%s ms=%.1f organ=%s request_id=%s",
        request.method,
        route,
        response.status_code,
        1000 * seconds,
        organ,
        g.request_id,
    )
