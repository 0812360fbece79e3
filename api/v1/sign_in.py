"""Signing in (登录): sessions of local accounts for a console in the browser, begun, looked at and ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, g, request

from api.auth import COOKIE, check_origin, enter, enter_session
from api.context import answer, caller, place, wiring
from api.errors import Invalid
from api.openapi import Blueprint
from api.v1.sign_in_bodies import Another, SignIn
from api.wiring import Entered, csrf_of
from application.callers import NoSuchCredential, WrongPassword, admitted
from application.passwords import what_is_wrong
from application.shown import in_china, plain

SESSION = Blueprint("session", __name__, url_prefix="/api/v1", description="Signing in with a local account")
COOKIE_SET = {"Set-Cookie": {"schema": {"type": "string"}, "description": f"{COOKIE}, for browsers only"}}
OWN: list[dict[str, list[str]]] = [{"session": [], "csrf": []}]
LOOK: list[dict[str, list[str]]] = [{"session": []}]


@SESSION.route("/session", methods=["POST"])
@SESSION.arguments(SignIn())
@SESSION.documented(
    "Session", 403, 413, 415, 422, 429, 503, success=201, headers=COOKIE_SET, security=[],
    summary="Sign in: a new session, whatever cookie the request had",
)  # fmt: skip
def sign_in(body: dict[str, Any]) -> Response:
    check_origin()
    door, now = wiring().door, wiring().now()
    jurisdiction, login = body["jurisdiction"], body["login"]
    officer = door.sessions.known(jurisdiction, login, body["password"], address=_address())
    _serving(jurisdiction, officer)
    cookie = door.sessions.begin(jurisdiction, login, now=now, address=_address(), agent=request.user_agent.string)
    return _begun(cookie, 201)


@SESSION.route("/session")
@SESSION.documented("Session", 403, 503, security=[{"bearer": []}, *LOOK], summary="Who calls, by which credential")
def session() -> Response:
    enter()
    return answer(_shown(request.cookies.get(COOKIE, ""), g.get("entered")))


@SESSION.route("/session", methods=["DELETE"])
@SESSION.documented(None, 403, 503, success=204, security=OWN, summary="Sign out: the cookie opens nothing any more")
def sign_out() -> Response:
    entered = enter_session()
    wiring().door.sessions.end(entered, UUID(entered.caller.credential.id))
    gone = Response(status=204)
    gone.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Lax")
    return gone


@SESSION.route("/session/password", methods=["POST"])
@SESSION.arguments(Another())
@SESSION.documented(
    "Session", 403, 413, 415, 422, 429, 503, headers=COOKIE_SET, security=OWN,
    summary="Change the own password: every session of the account ends, a new one begins",
)  # fmt: skip
def change_password(body: dict[str, Any]) -> Response:
    entered, now, sessions = enter_session(), wiring().now(), wiring().door.sessions
    wrong = what_is_wrong(body["new"], (entered.login, caller().officer, caller().jurisdiction))
    if wrong or body["new"] == body["old"]:
        raise Invalid({"new": [wrong or "is the old one"]})
    sessions.change_password(entered, body["old"], body["new"], now=now)
    agent = request.user_agent.string
    cookie = sessions.begin(caller().jurisdiction, entered.login, now=now, address=_address(), agent=agent)
    return _begun(cookie, 200)


@SESSION.route("/sessions")
@SESSION.documented("Sessions", 403, 503, security=LOOK, summary="The sessions of the own account")
def sessions() -> Response:
    entered = enter_session()
    found = wiring().door.sessions.of(entered, wiring().now())
    here = UUID(entered.caller.credential.id)
    return answer({"items": [{**plain(each), "here": each.handle == here} for each in found]})


@SESSION.route("/sessions/<uuid:session>", methods=["DELETE"])
@SESSION.documented(None, 403, 404, 503, success=204, security=OWN, summary="End a session of the own account")
def end_session(session: UUID) -> Response:
    if not wiring().door.sessions.end(enter_session(), session):
        raise NoSuchCredential(str(session))
    return Response(status=204)


def _serving(jurisdiction: str, officer: str) -> None:
    """Refuse an officer who does not serve, in the words for a wrong password."""
    found = wiring().place(jurisdiction).ledger.register().officer(officer)
    if found is None or not found.serving:
        raise WrongPassword


def _begun(cookie: str, status: int) -> Response:
    entered = wiring().door.sessions.entered(cookie, wiring().now())
    if entered is None:
        raise WrongPassword
    g.place = wiring().place(entered.caller.jurisdiction)
    known = admitted(entered.caller, place().ledger.register())
    if known is None:
        raise WrongPassword
    g.caller = known
    begun = answer(_shown(cookie, entered), status)
    begun.set_cookie(COOKIE, cookie, secure=True, httponly=True, samesite="Lax")
    return begun


def _shown(cookie: str, entered: Entered | None) -> dict[str, Any]:
    known = caller()
    told: dict[str, Any] = {
        "jurisdiction": known.jurisdiction,
        "organ": known.organ,
        "officer": known.officer or None,
        "credential": known.credential.kind,
        "scope": sorted(known.scope),
    }
    if entered is not None:
        told |= {
            "login": entered.login,
            "must_change": entered.must_change,
            "begun_at": in_china(entered.begun_at),
            "ends_at": in_china(entered.ends_at),
            "csrf": csrf_of(cookie),
        }
    return told


def _address() -> str:
    return request.remote_addr or "unknown"
