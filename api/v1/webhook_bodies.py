"""What requests about webhooks say (推送请求), checked against topics, case types and the register."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from api.context import place
from api.errors import Invalid
from api.v1.fields import SHORT, OrganId, Several, Text, Whole
from domain.cases import CASES, EVENTS
from domain.cases.jurisdiction.webhook import LONGEST, Sending

WEEK = 168
TOPIC = {"description": "A topic, or the beginning of topics with a star: `referral.*`"}


class Filter(Schema):
    """Which facts are sent; a filter that is empty lets all pass."""

    description = Text(longest=SHORT)
    topics = Several(Text(longest=SHORT, metadata=TOPIC))
    case_types = Several(fields.String(validate=validate.OneOf(list(CASES))))
    departments = Several(
        OrganId(metadata={"description": "Who acts, is named, holds, is sent or owes something in the matter"})
    )


class NewWebhook(Filter):
    """Whom to tell of what."""

    url = Text(longest=LONGEST, required=True)
    from_ = Whole(
        data_key="from", metadata={"minimum": 1, "description": "First position to send; from now if not given"}
    )


class ChangedWebhook(Filter):
    """What is to be otherwise."""

    url = Text(longest=LONGEST)
    state = fields.String(validate=validate.OneOf([Sending.ACTIVE.value, Sending.PAUSED.value]))


class Overlap(Schema):
    """How long the old secret signs beside the new one."""

    overlap_hours = fields.Integer(
        strict=True, load_default=24, validate=validate.Range(0, WEEK), metadata={"description": "Hours"}
    )


class From(Schema):
    """From where on."""

    from_ = Whole(
        data_key="from", required=True, metadata={"minimum": 1, "description": "First position to send again"}
    )


class Which(Schema):
    """Which notice; all if not given."""

    position = Whole(metadata={"minimum": 1})


class Letters(Schema):
    """How much of a list, and from where."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200), metadata={"description": "Rows of a page"})
    after = fields.Integer(
        load_default=0, validate=validate.Range(0, 2**53), metadata={"description": "`next` of a page"}
    )


def checked(body: dict[str, Any]) -> dict[str, Any]:
    """The filters and the address of a body, departments by their ids; raises Invalid for what cannot be sent to or of."""
    errors: dict[str, list[str]] = {}
    wrong = [each for each in body.get("topics", ()) if not _leads_to_topics(each)]
    if wrong:
        errors["topics"] = [f"no topic {wrong[0]}"]
    departments, unknown = _departments(body.get("departments", ()))
    if unknown:
        errors["departments"] = [f"no organ {unknown[0]}"]
    if "url" in body and place().outbound.leads_nowhere(body["url"]):
        errors["url"] = ["leads to an address that nothing may be sent to"]
    if errors:
        raise Invalid(errors)
    return {**body, **({"departments": departments} if "departments" in body else {})}


def first_position(body: dict[str, Any]) -> int | None:
    """The position after which to begin."""
    first = body.pop("from_", None)
    if first is not None and first < 1:
        raise Invalid({"from": ["must be a position, from 1 on"]})
    return None if first is None else int(first) - 1


def _leads_to_topics(pattern: str) -> bool:
    if not pattern.endswith("*"):
        return pattern in EVENTS
    return any(topic.startswith(pattern[:-1]) for topic in EVENTS)


def _departments(said: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    register = place().ledger.register()
    found = [register.organ(each) for each in said]
    return tuple(each.id for each in found if each), [name for name, each in zip(said, found, strict=True) if not each]
