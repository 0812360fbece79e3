"""Steps over HTTP (办理): every step of every case type is a route, derived from its declaration and never written by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response, g, request

from api.context import actor, answer, caller, correlation, place, wiring
from api.errors import BadHeader, PreconditionRequired
from api.openapi import BUSINESS_TIME, IDEMPOTENCY_KEY, IF_MATCH, RECORDING_TIME, Blueprint
from api.strict import write
from api.v1.asking import asked
from api.v1.numbers import case_named
from api.v1.schemas import CORRECTION, MARK, Form, form
from api.v1.times import BUSINESS, RECORDING, times
from application.correct import CORRECT
from application.erasing import erase_at_once
from application.handle import Command, Receipt, handle
from application.permissions import Forbidden
from application.ports import Idempotency
from application.receipts import recorded_by
from application.shown import in_china
from domain.kernel import FLOW, Actor, Case, Step

PREFIX = "/api/v1"
KEY = re.compile(r"[\x21-\x7e]{1,255}")
TAG = re.compile(r'(?:^|,)[ \t]*"([0-9]{1,9})"(?=[ \t]*(?:,|$))')
ANY, NEVER = None, -1
"""Versions to expect of a case: whichever it has, and one that it never has."""

ETAG = {"ETag": {"schema": {"type": "string"}, "description": "The version of the case, in quotes"}}


@dataclass(frozen=True, slots=True)
class Route:
    """One step as a path: `opening` if it makes a case there."""

    path: str
    case_type: str
    step: str
    form: Form
    opening: bool
    about: str


def blueprints(types: Mapping[str, type[Case]], known: Sequence[Route]) -> Iterator[Blueprint]:
    """A blueprint for every case type, of its steps among those that are known."""
    for name, case_type in types.items():
        blueprint = Blueprint(
            hyphens(name), __name__, url_prefix=f"{PREFIX}/{hyphens(name)}", description=_first_line(case_type)
        )
        for route in known:
            if route.case_type == name:
                _add(blueprint, route)
        yield blueprint


def routes(name: str, case_type: type[Case]) -> Iterator[Route]:
    """The steps of a case type that a caller can take: the first that opens a case has the path of the type itself."""
    steps = [step for step in case_type.STEPS.values() if step.routed and step.by != (FLOW,)]
    opening = [step for step in steps if step.opens]
    for place_in_line, step in enumerate(opening):
        path = f"/{hyphens(step.name)}" if place_in_line else ""
        yield Route(path, name, step.name, form(name, step, opening=True), True, _about(step))
    for step in steps:
        if step.acts:
            path = f"/<case>/{hyphens(step.name)}"
            yield Route(path, name, step.name, form(name, step, opening=False), False, _about(step))
    if CORRECT not in case_type.STEPS:
        yield Route(f"/<case>/{CORRECT}", name, CORRECT, CORRECTION, False, "Correct what an event of the case says.")


def hyphens(name: str) -> str:
    """A name of the code as it stands in a path."""
    return name.replace("_", "-")


def _about(step: Step) -> str:
    said = " ".join((step.does.__doc__ or "").split())
    return f"{said or step.name} By: {', '.join(step.by)}."


def _first_line(case_type: type[Case]) -> str:
    return (case_type.__doc__ or "").strip().partition("\n")[0]


def _add(blueprint: Blueprint, route: Route) -> None:
    view = _opening_view(route) if route.opening else _acting_view(route)
    endpoint = f"{route.step}_opening" if route.opening else route.step
    statuses = (400, 403, 404, 409, 413, 415, 422, 503) + (() if route.opening else (412, 428))
    view = blueprint.documented(
        "Recorded",
        *statuses,
        success=201 if route.opening else 200,
        headers=ETAG,
        summary=f"{route.case_type} {route.step}".replace("_", " "),
        description=route.about,
        operationId=f"{route.case_type}.{endpoint}",
    )(view)
    needs_body = any(each.required for each in route.form.schema.fields.values()) or route.opening
    view = blueprint.arguments(route.form.schema, required=needs_body)(view)
    parameters = [IDEMPOTENCY_KEY, BUSINESS_TIME, RECORDING_TIME, *([] if route.opening else [IF_MATCH])]
    blueprint.add_url_rule(route.path, endpoint, view, methods=["POST"], parameters=parameters)


def _opening_view(route: Route) -> Callable[..., Response]:
    def view(body: dict[str, Any]) -> Response:
        return _told(route, carry_out(route, body, None, ANY, _idempotency()))

    return view


def _acting_view(route: Route) -> Callable[..., Response]:
    def view(body: dict[str, Any], case: str) -> Response:
        identifier = case_named(case)
        expected = _expected_version(identifier)
        return _told(route, carry_out(route, body, identifier, expected, _idempotency()))

    return view


def carry_out(
    route: Route, body: Mapping[str, Any], case: UUID | None, expected: int | None, idempotency: Idempotency | None
) -> Receipt:
    """Have the caller take a step, its body as the route's form reads it; raises what the table of problems has."""
    here, wired = place(), wiring()
    here.receipts.ready()
    now = wired.now()
    occurred_at, recorded_at = times(body.get(MARK + "occurred_at"), now, rehearsal=here.ledger.rehearsal)
    said = asked(route.form, body, here.ledger)
    command = Command(
        case_type=route.case_type,
        step=route.step,
        actor=_actor(said.envelope),
        occurred_at=occurred_at,
        case=case,
        number=said.envelope.get("number"),
        file_no=said.envelope.get("file_no"),
        protected=said.protected,
        arguments=said.arguments,
        expected_version=expected,
        idempotency=idempotency,
        reason=said.envelope.get("reason"),
        correlation=correlation(),
        recorded_at=recorded_at,
    )
    receipt = handle(command, here.ledger, now=now, new_id=wired.new_id)
    erase_at_once(receipt.entries, here.ledger, now=now, recorded_at=recorded_at)
    return receipt


def _actor(envelope: Mapping[str, Any]) -> Actor:
    """Who acts: the officer of the credential and nobody else; a system of an organ says for which officer it acts."""
    known, said = actor(), envelope.get("officer")
    if known.officer and said not in (None, known.officer):
        raise Forbidden(f"{known.officer} cannot act as {said}")
    return replace(known, officer=known.officer or said or "", on_behalf_of=envelope.get("on_behalf_of"))


def _idempotency() -> Idempotency | None:
    key = request.headers.get("Idempotency-Key")
    return None if key is None else idempotency_of(key, request.path, g.body)


def idempotency_of(key: str, path: str, body: Any) -> Idempotency:
    """The caller's key for a body sent to a path; raises BadHeader."""
    if not KEY.fullmatch(key):
        raise BadHeader("Idempotency-Key must be 1 to 255 visible characters")
    request_of = [path, body, request.headers.get(BUSINESS), request.headers.get(RECORDING)]
    return Idempotency(caller().organ, key, wiring().digest(write(request_of)))


def _expected_version(case: UUID) -> int | None:
    return expected_of(request.headers.get("If-Match"), case)


def expected_of(said: str | None, case: UUID) -> int | None:
    """The version that an If-Match expects of a case; raises PreconditionRequired."""
    if said is None:
        raise PreconditionRequired
    if said.strip() == "*":
        return ANY
    versions = {int(tag) for tag in TAG.findall(said)}
    if len(versions) > 1:
        versions &= {len(place().ledger.log.load_stream(case))}
    return next(iter(versions), NEVER)


def _told(route: Route, receipt: Receipt) -> Response:
    response = answer(told(route, receipt), 201 if route.opening else 200, {"ETag": f'"{receipt.version}"'})
    if route.opening:
        response.headers["Location"] = f"{PREFIX}/cases/{quote(receipt.number, safe='')}"
    if receipt.replayed:
        response.headers["Idempotency-Replayed"] = "true"
    return response


def told(route: Route, receipt: Receipt) -> dict[str, Any]:
    """What was recorded, as the caller is told."""
    events = [entry for entry in receipt.entries if entry.case_type != "reservation"]
    return {
        "case": receipt.case_id,
        "number": receipt.number,
        "type": route.case_type,
        "file_no": receipt.file_no,
        "version": receipt.version,
        "events": [
            {"event_id": each.event_id, "type": each.topic, "version": each.version, "case": each.case_id}
            for each in events
        ],
        "token": receipt.entries[-1].event_id,
        "recorded_at": in_china(receipt.recorded_at),
        "replayed": receipt.replayed,
        "warnings": [warning for each in events for warning in each.event.warnings()],
        "receipt": place().receipts.after(recorded_by(receipt)),
    }
