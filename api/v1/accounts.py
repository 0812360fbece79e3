"""Accounts, tokens and subjects (账户管理): who may come in, kept by administrators; every secret is shown once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask import Response

from api.context import answer, caller, place, wiring
from api.errors import Invalid
from api.openapi import Blueprint
from api.v1.sign_in_bodies import ChangedAccount, NewAccount, NewSubject, NewToken, OneSubject
from api.wiring import TokenRecord
from application.callers import ACT, READ, CredentialTaken, NoSuchCredential, may_keep
from application.permissions import Forbidden
from application.shown import in_china, plain
from domain.register import OfficerRecord, Register

PREFIX = "/api/v1"
ACCOUNTS = Blueprint("accounts", __name__, url_prefix=PREFIX, description="Local accounts of officers")
TOKENS = Blueprint("tokens", __name__, url_prefix=PREFIX, description="Tokens of organs and their officers")
SUBJECTS = Blueprint("subjects", __name__, url_prefix=PREFIX, description="Whom an identity provider means")
BLUEPRINTS = (ACCOUNTS, TOKENS, SUBJECTS)
SYSTEMS = frozenset({"system", "respondent"})
LONGEST = timedelta(days=366)


@ACCOUNTS.route("/accounts")
@ACCOUNTS.documented("Accounts", 403, 503, summary="The accounts that the caller may keep")
def accounts() -> Response:
    with wiring().door.keeping(place().name) as keeper:
        known = keeper.accounts.all()
    found = [each for each in known if _kept(each.officer)]
    return answer({"items": [{**plain(each), "organ": _organ_of(each.officer)} for each in _any(found)]})


@ACCOUNTS.route("/accounts", methods=["POST"])
@ACCOUNTS.arguments(NewAccount())
@ACCOUNTS.documented("AccountMade", 403, 409, 413, 415, 422, 503, success=201, summary="An account of an officer")
def add_account(body: dict[str, Any]) -> Response:
    login, officer = body["login"], _officer(body["officer"])
    with wiring().door.keeping(place().name) as keeper:
        password = keeper.accounts.add(login, officer.id, made_by=_who())
    return answer({"login": login, "officer": officer.id, "password": password}, 201)


@ACCOUNTS.route("/accounts/<login>", methods=["PATCH"])
@ACCOUNTS.arguments(ChangedAccount())
@ACCOUNTS.documented(
    None, 403, 404, 413, 415, 422, 503, success=204, summary="Close an account at once, or open it again"
)
def change_account(body: dict[str, Any], login: str) -> Response:
    _account(login)
    with wiring().door.keeping(place().name) as keeper:
        if body["disabled"]:
            keeper.accounts.disable(login, now=wiring().now())
        else:
            keeper.accounts.enable(login)
    return Response(status=204)


@ACCOUNTS.route("/accounts/<login>/password", methods=["POST"])
@ACCOUNTS.documented("PasswordReset", 403, 404, 503, summary="A new password to be handed out; every session ends")
def reset_password(login: str) -> Response:
    _account(login)
    with wiring().door.keeping(place().name) as keeper:
        password = keeper.accounts.reset(login, now=wiring().now())
    return answer({"login": login, "password": password})


@TOKENS.route("/tokens")
@TOKENS.documented(
    "Tokens", 403, 503, summary="The tokens that the caller may keep, and those that speak for the caller"
)
def tokens() -> Response:
    with wiring().door.keeping(place().name) as keeper:
        known = keeper.tokens()
    found = [each for each in known if _ends(each)]
    return answer({"items": [{**plain(each), "officer": each.officer or None} for each in found or _any(found)]})


@TOKENS.route("/tokens", methods=["POST"])
@TOKENS.arguments(NewToken())
@TOKENS.documented(
    "TokenMade", 403, 413, 415, 422, 503, success=201, summary="A token of an organ or one of its officers"
)
def add_token(body: dict[str, Any]) -> Response:
    organ, expires_at = _organ(body["organ"]), body["expires_at"]
    officer = _officer(body["officer"]) if "officer" in body else None
    if officer is not None and officer.organ != organ:
        raise Invalid({"officer": ["serves another organ"]})
    if not timedelta() < expires_at - wiring().now() <= LONGEST:
        raise Invalid({"expires_at": ["must lie in the future, at most a year from now"]})
    scope = frozenset(body.get("scope") or (READ, ACT))
    with wiring().door.keeping(place().name) as keeper:
        token = keeper.add_token(
            organ=organ,
            officer=officer.id if officer else "",
            scope=scope,
            label=body.get("label"),
            expires_at=expires_at,
            made_by=_who(),
        )
    return answer({"prefix": token.partition(".")[0], "token": token, "expires_at": in_china(expires_at)}, 201)


@TOKENS.route("/tokens/<prefix>", methods=["DELETE"])
@TOKENS.documented(None, 403, 404, 503, success=204, summary="Revoke a token from the next request on")
def revoke_token(prefix: str) -> Response:
    with wiring().door.keeping(place().name) as keeper:
        found = next((each for each in keeper.tokens() if each.prefix == prefix), None)
    if found is None or not _ends(found):
        raise NoSuchCredential(prefix)
    with wiring().door.keeping(place().name) as keeper:
        keeper.revoke_token(prefix, now=wiring().now())
    return Response(status=204)


@SUBJECTS.route("/subjects")
@SUBJECTS.documented("Subjects", 403, 503, summary="Whom an identity provider means")
def subjects() -> Response:
    with wiring().door.keeping(place().name) as keeper:
        known = keeper.subjects()
    return answer({"items": plain(_any([each for each in known if _kept(each.officer)]))})


@SUBJECTS.route("/subjects", methods=["POST"])
@SUBJECTS.arguments(NewSubject())
@SUBJECTS.documented("Subject", 403, 409, 413, 415, 422, 503, success=201, summary="Let a subject mean an officer")
def add_subject(body: dict[str, Any]) -> Response:
    issuer, subject, officer = body["issuer"], body["subject"], _officer(body["officer"])
    with wiring().door.keeping(place().name) as keeper:
        keeper.add_subject(issuer, subject, officer.id, made_by=_who())
        made = next((each for each in keeper.subjects() if (each.issuer, each.subject) == (issuer, subject)), None)
    if made is None:
        raise CredentialTaken(subject)
    return answer(plain(made), 201)


@SUBJECTS.route("/subjects", methods=["DELETE"])
@SUBJECTS.arguments(OneSubject(), location="query")
@SUBJECTS.documented(None, 403, 404, 422, 503, success=204, summary="Let a subject mean nobody")
def remove_subject(query: dict[str, Any]) -> Response:
    issuer, subject = query["issuer"], query["subject"]
    with wiring().door.keeping(place().name) as keeper:
        known = [each for each in keeper.subjects() if (each.issuer, each.subject) == (issuer, subject)]
    if not any(_kept(each.officer) for each in known):
        raise NoSuchCredential(subject)
    with wiring().door.keeping(place().name) as keeper:
        keeper.remove_subject(issuer, subject)
    return Response(status=204)


def _register() -> Register:
    return place().ledger.register()


def _organ_of(officer: str) -> str | None:
    found = _register().officer(officer)
    return None if found is None else found.organ


def _ends(token: TokenRecord) -> bool:
    """Whether the caller keeps a token, or is the officer for whom it speaks."""
    mine = token.officer != "" and token.officer == caller().officer
    return mine or may_keep(_register(), caller(), token.organ)


def _kept(officer: str) -> bool:
    return may_keep(_register(), caller(), _organ_of(officer))


def _any(found: Iterable[Any]) -> list[Any]:
    """What was found; raises Forbidden for who keeps nothing at all."""
    if not may_keep(_register(), caller(), caller().organ):
        raise Forbidden(f"{caller().organ} keeps no accounts")
    return list(found)


def _officer(identifier: str) -> OfficerRecord:
    """An officer whose credentials the caller keeps; raises Forbidden and Invalid."""
    _any(())
    found = _register().officer(identifier)
    if found is None or not found.serving:
        raise Invalid({"officer": [f"no officer {identifier} who serves"]})
    if not may_keep(_register(), caller(), found.organ):
        raise Forbidden(f"{caller().organ} keeps no accounts of {found.organ}")
    return found


def _organ(identifier: str) -> str:
    """An organ whose tokens the caller keeps; raises Forbidden and Invalid."""
    _any(())
    found = _register().organ(identifier)
    if found is None or (found.id in SYSTEMS and not place().ledger.rehearsal):
        raise Invalid({"organ": [f"no organ {identifier}"]})
    if not may_keep(_register(), caller(), found.id):
        raise Forbidden(f"{caller().organ} keeps no tokens of {found.id}")
    return found.id


def _account(login: str) -> None:
    """Raise NoSuchCredential unless there is such an account, and the caller keeps it."""
    with wiring().door.keeping(place().name) as keeper:
        found = next((each for each in keeper.accounts.all() if each.login == login), None)
    if found is None or not _kept(found.officer):
        raise NoSuchCredential(login)


def _who() -> str:
    return caller().officer or caller().organ
