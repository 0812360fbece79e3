"""Who calls (身份): a token, a signed statement or the cookie of a session, checked anew at every request."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from flask import g, request

from api.context import wiring
from api.errors import BASIC, CrossSite, Unauthenticated
from api.wiring import Entered, csrf_of
from application.callers import ACCOUNTS, ACT, READ, Caller, OutOfScope, admitted

COOKIE = "__Host-anjuan"
CSRF = "Anjuan-CSRF"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
READING = frozenset({"whatif"})
"""Blueprints that only read, whatever the method."""

KEEPING = frozenset({"accounts", "tokens", "subjects"})
"""Blueprints that keep credentials."""


def authenticate() -> None:
    """Find out who calls, and whether the credential is made for this; to be run before every view that is not open to everybody."""
    enter()
    needed = ACCOUNTS if request.blueprint in KEEPING else READ if _reads() else ACT
    if needed not in g.caller.scope:
        raise OutOfScope("the password is to be changed first" if not g.caller.scope else f"scope {needed} is needed")


def enter() -> None:
    """Find out who calls, whatever for. A request with an Authorization header is judged by that alone, its cookies are ignored."""
    if "Authorization" not in request.headers:
        enter_session()
        return
    scheme, _, token = request.headers["Authorization"].partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated
    _admit(wiring().door.bearer(token.strip()))


def authenticate_program() -> None:
    """The same for programs that only know a name and a password: the token is the password, the name does not matter."""
    given = request.authorization
    if given is None or given.type != "basic":
        if "Authorization" not in request.headers:
            raise Unauthenticated(BASIC)
        authenticate()
        return
    _admit(wiring().door.bearer(given.password or ""))
    if READ not in g.caller.scope:
        raise OutOfScope(f"scope {READ} is needed")


def enter_session() -> Entered:
    """The session of the request; what changes something has to come from a page of this service. Raises Unauthenticated, CrossSite."""
    cookie = request.cookies.get(COOKIE)
    if cookie is None or "Authorization" in request.headers:
        raise Unauthenticated
    entered = wiring().door.sessions.entered(cookie, wiring().now())
    _admit(None if entered is None else entered.caller)
    assert entered is not None
    if request.method not in SAFE:
        check_origin()
        if not hmac.compare_digest(request.headers.get(CSRF, "").encode(), csrf_of(cookie).encode()):
            raise CrossSite(f"{CSRF} is missing or wrong")
    g.entered = entered
    return entered


def check_origin() -> None:
    """Refuse what a browser says comes from a page of somebody else; programs say nothing of the kind."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site", "none")
    if (origin is not None and urlsplit(origin).netloc != request.host) or site not in ("same-origin", "none"):
        raise CrossSite("sent from a page of another site")


def _reads() -> bool:
    return request.method in SAFE or request.blueprint in READING


def _admit(found: Caller | None) -> None:
    if found is None:
        raise Unauthenticated("unknown")
    here = wiring().place(found.jurisdiction)
    known = admitted(found, here.ledger.register()) if found.officer else found
    if known is None:
        raise Unauthenticated("unknown")
    g.caller, g.place = known, here
