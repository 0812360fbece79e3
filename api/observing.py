"""What is noted of every request (请求记录): an id, a line in the log, a count and a duration."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable
from uuid import UUID, uuid4, uuid5

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.health import REGISTRY
from api.wiring import LOST, Wiring
from domain.kernel import LEDGER

log = logging.getLogger("anjuan.http")

REQUEST_ID = "X-Request-ID"
_ACCEPTABLE = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Lags(Collector):
    """How far sequencing and the lists are behind, asked when somebody looks."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def collect(self) -> Iterable[Metric]:
        """One gauge for each, by jurisdiction."""
        waiting = GaugeMetricFamily("anjuan_unsequenced_events", "Events without a position", labels=["jurisdiction"])
        behind = GaugeMetricFamily("anjuan_projection_lag", "Positions not yet in the lists", labels=["jurisdiction"])
        signed = GaugeMetricFamily("anjuan_log_size", "Entries under the newest checkpoint", labels=["jurisdiction"])
        unsigned = GaugeMetricFamily("anjuan_unsigned_events", "Positions not under it", labels=["jurisdiction"])
        age = GaugeMetricFamily("anjuan_checkpoint_age_seconds", "Since the newest checkpoint", labels=["jurisdiction"])
        sent = GaugeMetricFamily("anjuan_webhook_lag", "Positions not yet sent", labels=["jurisdiction", "webhook"])
        anchored = GaugeMetricFamily(
            "anjuan_anchored_size", "Entries that it attested", labels=["jurisdiction", "anchor"]
        )
        refused = GaugeMetricFamily("anjuan_anchor_refused", "1: it refuses to", labels=["jurisdiction", "anchor"])
        webhooks = GaugeMetricFamily(
            "anjuan_webhooks", "Webhooks and what became of them", labels=["jurisdiction", "what"]
        )
        for place in self._wiring.places():
            try:
                progress, unsequenced = place.views.progress(), place.log.unsequenced()
                signing = place.proofs.signing()
                anchors = place.anchors.standings()
                standings, notice = place.outbound.standings.all(), place.outbound.notice()
            except LOST:  # readiness says which
                continue
            waiting.add_metric([place.name], unsequenced)
            behind.add_metric([place.name], progress.head - progress.position)
            signed.add_metric([place.name], signing.size)
            unsigned.add_metric([place.name], signing.head - signing.size)
            if signing.age is not None:
                age.add_metric([place.name], signing.age)
            for anchor in anchors:
                anchored.add_metric([place.name, anchor.anchor], anchor.size)
                refused.add_metric([place.name, anchor.anchor], anchor.refused)
            for webhook, standing in standings.items():
                sent.add_metric([place.name, str(webhook)], progress.head - standing["position"])
            for what, count in notice.items():
                webhooks.add_metric([place.name, what], count)
        return waiting, behind, signed, unsigned, age, anchored, refused, sent, webhooks

    def describe(self) -> Iterable[Metric]:
        """Nothing is asked of the database when the collector is registered."""
        return ()


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
