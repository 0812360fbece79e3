"""Who calls (身份): a bearer token stands for an organ, one of its officers and the ledger they work in."""

from __future__ import annotations

from flask import g, request

from api.context import wiring
from api.errors import Unauthenticated


def authenticate() -> None:
    """Find out who calls; to be run before every view that is not open to everybody."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated
    found = wiring().caller(token.strip())
    if found is None:
        raise Unauthenticated("unknown")
    g.caller = found
    g.place = wiring().place(found.jurisdiction)
