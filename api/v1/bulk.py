"""Many commands in one request (批量办理): each in a transaction of its own, in order, with a result of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from flask import Response, request
from marshmallow import Schema, ValidationError, fields, validate

from api.context import answer, refuse
from api.errors import PROBLEMS, BadHeader, Invalid, PreconditionRequired, problem_of, problem_told
from api.openapi import BUSINESS_TIME, RECORDING_TIME, Blueprint
from api.v1.fields import SHORT, Text
from api.v1.numbers import LONGEST, case_named
from api.v1.steps import ANY, PREFIX, Route, carry_out, expected_of, hyphens, idempotency_of, told
from api.wiring import OUTAGES
from application.ports import Unavailable

MOST = 500
DISTINCT = ("Idempotency-Key", "If-Match")
TAG = re.compile(r'\*|"[0-9]{1,9}"')


class BulkCommand(Schema):
    """One command of many."""

    type = Text(longest=SHORT, required=True, metadata={"description": "Case type, as in its path: `joint-punishment`"})
    step = Text(longest=SHORT, required=True, metadata={"description": "Step, as in its path: `sign-receipt`"})
    case = Text(
        longest=LONGEST,
        metadata={"description": "Number or id of the case to act in; without it the step opens one"},
    )
    if_match = fields.String(
        validate=validate.Regexp(TAG),
        metadata={"description": 'With `case`: the ETag of the case as the caller saw it, `"3"` in quotes, or `*`'},
    )
    idempotency_key = Text(
        longest=255, metadata={"description": "As the header of a single request; good for one of these as well"}
    )
    body = fields.Dict(
        keys=fields.String(), load_default=dict, metadata={"description": "The body of the single request"}
    )


ITEM = BulkCommand()


class Unread(fields.Nested):
    """An item as it came: each is read when its turn comes, so that a wrong one is its own matter."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, partial: Any = None, **options: Any
    ) -> Any:
        return value


class BulkCommands(Schema):
    """Commands, to be carried out one after the other."""

    commands = fields.List(Unread(BulkCommand), required=True, validate=validate.Length(1, MOST))


def bulk(steps: Iterable[Route]) -> Blueprint:
    """The route for many commands, each for one of these steps."""
    blueprint = Blueprint("bulk", __name__, url_prefix=PREFIX, description="Many commands in one request")
    known = {(hyphens(each.case_type), hyphens(each.step), each.opening): each for each in steps}

    def view(body: dict[str, Any]) -> Response:
        for header in DISTINCT:
            if header in request.headers:
                raise BadHeader(f"{header} is said of each command, not of all")
        items = list(_results(known, body["commands"]))
        refused = sum("problem" in each for each in items)
        return answer({"items": items, "recorded": len(items) - refused, "refused": refused})

    _add(blueprint, view)
    return blueprint


def _add(blueprint: Blueprint, view: Callable[..., Response]) -> None:
    view = blueprint.documented(
        "Bulk",
        400,
        413,
        415,
        422,
        503,
        summary="Take many steps",
        description=f"Up to {MOST} commands, in order, each in a transaction of its own. The answer is 200 with a result for "
        "each: its status, and what the single request would have answered. A command that is refused stops no other.",
        operationId="bulk",
    )(view)
    view = blueprint.arguments(BulkCommands(), required=True)(view)
    blueprint.add_url_rule("/bulk", "bulk", view, methods=["POST"], parameters=[BUSINESS_TIME, RECORDING_TIME])


def _results(known: Mapping[tuple[str, str, bool], Route], commands: list[Any]) -> Iterator[dict[str, Any]]:
    """The result of each command. Once the database is away nothing more is tried: the rest has the same answer."""
    away: Exception | None = None
    for index, said in enumerate(commands):
        try:
            if away is not None:
                raise away
            yield {"index": index, **_result(known, said)}
        except (*PROBLEMS, *OUTAGES) as error:
            problem = Unavailable() if isinstance(error, OUTAGES) else error
            away = problem if isinstance(problem, Unavailable) else None
            _note(problem_of(problem).status, said)
            told_of = problem_told(problem, f"{request.path}#/commands/{index}")
            yield {"index": index, "status": problem_of(problem).status, "problem": told_of}


def _note(status: int, said: Any) -> None:
    """Remember who was refused what, which a single request would have left behind as well."""
    if status in (403, 404):
        refuse(status, said.get("case"), f"{said['type']} {said['step']}")


def _result(known: Mapping[tuple[str, str, bool], Route], said: Any) -> dict[str, Any]:
    item = _loaded(ITEM, said)
    route = _route(known, item)
    case, expected = None, ANY
    path = f"{PREFIX}/{hyphens(route.case_type)}{route.path.replace('<case>', item.get('case', ''))}"
    key = item.get("idempotency_key")
    if not route.opening:
        case = case_named(item["case"])
        if "if_match" not in item:
            raise PreconditionRequired
        expected = expected_of(item["if_match"], case)
    idempotency = None if key is None else idempotency_of(key, path, item["body"])
    receipt = carry_out(route, _loaded(route.form.schema, item["body"]), case, expected, idempotency)
    return {"status": 201 if route.opening else 200, "answer": told(route, receipt)}


def _route(known: Mapping[tuple[str, str, bool], Route], item: Mapping[str, Any]) -> Route:
    case_type, step, opening = hyphens(item["type"]), hyphens(item["step"]), "case" not in item
    if opening and "if_match" in item:
        raise Invalid({"if_match": ["goes with `case`"]})
    if case_type not in {each for each, _, _ in known}:
        raise Invalid({"type": [f"no case type {item['type']}"]})
    if (found := known.get((case_type, step, opening))) is not None:
        return found
    if (case_type, step, not opening) not in known:
        raise Invalid({"step": [f"no step {item['step']}"]})
    raise Invalid(
        {"case": ["is missing: the step acts in a case" if opening else "cannot be given: the step opens a case"]}
    )


def _loaded(schema: Schema, said: Any) -> dict[str, Any]:
    try:
        found: dict[str, Any] = schema.load(said)
    except ValidationError as error:
        raise Invalid(error.messages_dict) from error
    return found
