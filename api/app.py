"""The web application (应用): made once for each process from its wiring."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from flask import Flask, Response
from flask_swagger_ui import get_swaggerui_blueprint
from werkzeug.middleware.proxy_fix import ProxyFix

from api.accesses import record_reads
from api.auth import authenticate, authenticate_program
from api.context import EXTENSION
from api.errors import answer_unavailable, register_errors
from api.guarding import guard
from api.health import HEALTH
from api.log.open import open_blueprints
from api.log.shown import shown_blueprints
from api.observing import observe
from api.openapi import Blueprint, document
from api.v1.accesses import ACCESSES
from api.v1.accounts import BLUEPRINTS
from api.v1.body import MOST_BYTES
from api.v1.bulk import bulk
from api.v1.bundles import BUNDLES
from api.v1.comparing import READS
from api.v1.doubts import NOTICES
from api.v1.due_feed import FEED
from api.v1.eligibility import ELIGIBILITY
from api.v1.figures import FIGURES
from api.v1.handlings import HANDLINGS
from api.v1.history import HISTORY
from api.v1.identity import IDENTITY
from api.v1.inspections import INSPECTIONS
from api.v1.law import LAW
from api.v1.lists import LISTS
from api.v1.plans import PLANS
from api.v1.sign_in import SESSION
from api.v1.steps import blueprints, routes
from api.v1.webhook_letters import WEBHOOKS
from api.v1.whatif import WHAT_IF
from api.wiring import OUTAGES, Wiring
from domain.cases import CASES

DOCS, DOCUMENT = "/api/docs", "/api/openapi.json"
PAGE = {"validatorUrl": None, "oauth2RedirectUrl": f"{DOCS}/oauth2-redirect.html"}
"""How the page of the interface is set up: nothing of it comes from elsewhere, or from what a first caller's Host said."""


@dataclass(frozen=True, slots=True)
class Parts:
    """All routes of the API: those that record, the others that ask who calls, and those that are open to everybody."""

    writing: tuple[Blueprint, ...]
    asking: tuple[Blueprint, ...]
    open: tuple[Blueprint, ...]


@cache
def routes_of_all() -> Parts:
    """The routes, read from the steps once in a process: they are the same whatever an application is wired to."""
    lists = (LISTS, PLANS, ELIGIBILITY, INSPECTIONS, FIGURES, LAW, WHAT_IF, HANDLINGS, HISTORY, NOTICES)
    shown = (READS, BUNDLES, *lists, WEBHOOKS, IDENTITY, FEED, ACCESSES, *BLUEPRINTS)
    steps = tuple(each for name, case_type in CASES.items() for each in routes(name, case_type))
    return Parts(
        writing=(*blueprints(CASES, steps), bulk(steps)),
        asking=(*shown_blueprints(), *shown),
        open=(SESSION, *open_blueprints()),
    )


@cache
def described() -> bytes:
    """The document of the API, written when it is asked for first: most processes never are."""
    parts = routes_of_all()
    return document((*parts.writing, *parts.asking, *parts.open))


def create_app(wiring: Wiring) -> Flask:
    """The application over everything that `wiring` holds."""
    app = Flask("anjuan", static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, PROPAGATE_EXCEPTIONS=False, DEBUG=False)
    app.extensions[EXTENSION] = wiring
    observe(app, wiring)
    register_errors(app)
    for outage in OUTAGES:
        app.register_error_handler(outage, answer_unavailable)
    parts = routes_of_all()
    for blueprint in (*parts.writing, *parts.asking):
        app.register_blueprint(blueprint)
    public = {LAW.name, HEALTH.name, *(each.name for each in parts.open)}
    record_reads(app, writing={each.name for each in parts.writing}, public=public)
    app.before_request_funcs.update({name: [authenticate] for name in app.blueprints})
    for blueprint in parts.open:
        app.register_blueprint(blueprint)
    app.before_request_funcs[FEED.name] = [authenticate_program]
    app.register_blueprint(HEALTH)
    app.register_blueprint(get_swaggerui_blueprint(DOCS, DOCUMENT, config=PAGE))
    app.add_url_rule(DOCUMENT, "openapi", lambda: Response(described(), mimetype="application/json"), methods=["GET"])
    guard(app, docs=DOCS, hosts=wiring.hosts)
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=wiring.proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    return app
