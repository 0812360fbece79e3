"""Who calls (身份): a token stands for an organ, one of its officers and the ledger they work in."""

from __future__ import annotations

from flask import g, request

from api.context import wiring
from api.errors import BASIC, Unauthenticated


def authenticate() -> None:
    """Find out who calls; to be run before every view that is not open to everybody."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated
    _admit(token.strip())


def authenticate_program() -> None:
    """The same for programs that only know a name and a password: the token is the password, the name does not matter."""
    given = request.authorization
    if given is None or given.type != "basic":
        if "Authorization" not in request.headers:
            raise Unauthenticated(BASIC)
        authenticate()
        return
    _admit(given.password or "")


def _admit(token: str) -> None:
    found = wiring().caller(token)
    if found is None:
        raise Unauthenticated("unknown")
    g.caller = found
    g.credential = ("token", token.partition(".")[0])
    g.place = wiring().place(found.jurisdiction)
