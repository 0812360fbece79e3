"""Task plans over HTTP (导入任务清单): all rows in one request, opened together or not at all."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from api.context import actor, answer, place, wiring
from api.errors import Invalid
from api.openapi import BUSINESS_TIME, RECORDING_TIME, Blueprint
from api.v1.fields import MANY, SHORT, Text
from api.v1.numbers import what_is_wrong
from api.v1.steps import PREFIX
from api.v1.times import times
from application.plans.opening import open_plan
from application.plans.plan import BadPlan, Plan
from application.plans.reading import from_rows

PLANS = Blueprint("plans", __name__, url_prefix=PREFIX, description="Plans that give many tasks at once")


def _several() -> fields.List:
    return fields.List(Text(longest=SHORT), validate=validate.Length(max=MANY))


class PlanTask(Schema):
    """One task of a plan; departments by id, alias or Chinese name."""

    no = Text(required=True, longest=SHORT)
    title = Text(required=True)
    leads = fields.List(Text(longest=SHORT), required=True, validate=validate.Length(1, MANY))
    cooperating = _several()
    due = Text(
        allow_none=True, longest=SHORT, metadata={"description": "A day, words such as 2016年6月底前, 长期, or nothing"}
    )
    clause = Text(allow_none=True)
    quote = Text(allow_none=True)


class PlanBody(Schema):
    """A plan: the number of its file, the document, its day, who set the dates, and its tasks."""

    plan = Text(required=True, longest=SHORT)
    source = Text(required=True)
    issued = Text(required=True, longest=SHORT, metadata={"description": "The day of the document, 2016-05-10"})
    authority = Text(allow_none=True, longest=SHORT)
    dry_run = fields.Boolean(load_default=False, metadata={"description": "Check only, open nothing"})
    task = fields.List(fields.Nested(PlanTask()), required=True, validate=validate.Length(1, MANY))


@PLANS.route("/plans", methods=["POST"], parameters=[BUSINESS_TIME, RECORDING_TIME])
@PLANS.arguments(PlanBody())
@PLANS.documented(
    "PlanOpened",
    400,
    403,
    409,
    413,
    415,
    422,
    503,
    summary="Open every task of a plan, or none",
    operationId="plans.open",
)
def open_tasks(body: dict[str, Any]) -> Response:
    """The same plan sent again opens nothing twice, and is answered with the receipt for what stands. What is wrong is told by row and column."""
    here, now = place(), wiring().now()
    here.receipts.ready()
    _, recorded_at = times(None, now, rehearsal=here.ledger.rehearsal)
    told = _opened(_plan(body), recorded_at, dry_run=body["dry_run"])
    return answer({**told, "rehearsal": here.ledger.rehearsal})


def _plan(body: dict[str, Any]) -> Plan:
    whole = {key: body[key] for key in ("plan", "source", "issued", "authority") if body.get(key) is not None}
    try:
        return from_rows(whole, list(enumerate(body["task"], 1)))
    except BadPlan as bad:
        raise _invalid(bad) from bad


def _opened(plan: Plan, recorded_at: Any, *, dry_run: bool) -> dict[str, Any]:
    try:
        told = open_plan(
            plan,
            place().ledger,
            actor=actor(),
            now=wiring().now(),
            wrong_number=what_is_wrong,
            recorded_at=recorded_at,
            dry_run=dry_run,
        )
    except BadPlan as bad:
        raise _invalid(bad) from bad
    return {
        "plan": plan.number,
        "file_no": told.file_no,
        "opened": list(told.opened),
        "unchanged": list(told.unchanged),
        "dry_run": dry_run,
        "token": told.token,
        "receipt": told.event and place().receipts.after(told.event),
    }


def _invalid(bad: BadPlan) -> Invalid:
    errors: dict[str, list[str]] = {}
    for each in bad.errors:
        place_of = each.column if each.row is None else f"task.{each.row}.{each.column}"
        errors.setdefault(place_of, []).append(each.en)
    return Invalid(errors)
