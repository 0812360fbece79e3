"""Is it alive, is it ready, what is it (健康检查): for load balancers and whoever watches."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from flask import Blueprint, Response, current_app
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from api.auth import authenticate
from api.context import answer, wiring
from api.errors import NotReady

HEALTH = Blueprint("health", __name__)
REGISTRY = "anjuan-metrics"


@HEALTH.get("/healthz")
def healthz() -> Response:
    """The process answers; nothing else is looked at."""
    return answer({"status": "ok"})


@HEALTH.get("/readyz")
def readyz() -> Response:
    """Whether everything that the service rests on works."""
    checks = list(wiring().checks())
    if not all(each["ok"] for each in checks):
        raise NotReady(checks)
    return answer({"status": "ready", "checks": checks})


@HEALTH.get("/version")
def version_() -> Response:
    """Which program this is."""
    try:
        return answer({"name": "anjuan", "version": version("anjuan")})
    except PackageNotFoundError:
        return answer({"name": "anjuan", "version": "source"})


@HEALTH.get("/metrics")
def metrics() -> Response:
    """Counters of this process and how far the ledgers have come, for whoever has a token."""
    authenticate()
    registry: CollectorRegistry = current_app.extensions[REGISTRY]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
