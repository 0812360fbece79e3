"""Request bodies derived from the signatures of steps: one schema instance for each step, built once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, partial
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from api.v1.fields import SHORT, Day, Instant, Number, OrganId, Several, Text, UsccCode, Value, Whole, YesNo
from application.signatures import Argument, Hint, arguments, fields_of
from domain.cases.jurisdiction.case import NUMBER as RESERVED
from domain.kernel import Organ, Step, Uscc

Field = fields.Field[Any]

ENVELOPE: Mapping[str, Callable[..., Field]] = {
    "occurred_at": partial(Instant, metadata={"description": "When the act happened; now if not given"}),
    "reason": partial(Text, allow_none=True, metadata={"description": "Why, kept beside the event"}),
    "on_behalf_of": partial(OrganId, allow_none=True, metadata={"description": "The outside organ whose act this is"}),
    "officer": partial(
        Text, longest=SHORT, metadata={"description": "For tokens of no officer: who acts; others act for themselves"}
    ),
}
"""What every body may say besides the step's own arguments; an argument of the same name takes its place."""

NAMES: Mapping[str, Callable[..., Field]] = {
    "number": partial(Number, metadata={"description": "Number of the new case; its file gives the next if not given"}),
    "file_no": partial(
        Number,
        reserved=RESERVED,
        metadata={"description": "An existing file to join; the case's own number if not given"},
    ),
}
"""What the body of an opening step says about the case."""

MOST_VALUES = 50
MARK = "_"
"""Begins the names of what is not an argument of the step; no argument begins with it."""

PLAIN: Mapping[Any, Callable[..., Field]] = {
    str: Text,
    bool: YesNo,
    int: Whole,
    date: Day,
    datetime: Instant,
    UUID: fields.UUID,
    Organ: OrganId,
    Uscc: UsccCode,
}


class OpeningBody(Schema):
    """The body of an opening step names the case, or the file that numbers it."""

    @validates_schema
    def names_something(self, data: Mapping[str, Any], **options: Any) -> None:
        """Without a number of its own the case needs a file to be numbered in."""
        if MARK + "number" not in data and MARK + "file_no" not in data:
            raise ValidationError("a number is needed, or the file that the case joins", "number")


@dataclass(frozen=True, slots=True)
class Form:
    """How the body of a step is read. `organs`: what names organs, with its key; `protected`: what the vault keeps."""

    schema: Schema
    organs: tuple[tuple[str, str], ...]
    protected: tuple[str, ...]


CORRECTION = Form(
    schema=Schema.from_dict(
        {
            "event_id": fields.UUID(required=True),
            "occurred_at": Instant(allow_none=True, metadata={"description": "When the act really happened"}),
            "values": fields.Dict(
                keys=Text(longest=SHORT),
                values=Value(allow_none=True),
                validate=validate.Length(max=MOST_VALUES),
                metadata={"description": "Right values by field", "maxProperties": MOST_VALUES},
            ),
            MARK + "reason": Text(required=True, data_key="reason"),
            MARK + "on_behalf_of": ENVELOPE["on_behalf_of"](data_key="on_behalf_of"),
            MARK + "officer": ENVELOPE["officer"](data_key="officer"),
        },
        name="Correction",
    )(),
    organs=(),
    protected=(),
)
"""The form of the correction that every case type has."""


def form(case_type: str, step: Step, *, opening: bool) -> Form:
    """The form of a step, where it opens a case or where it acts in one."""
    known = arguments(step)
    parts = {each.name: _field(each) for each in known}
    more = {**ENVELOPE, **(NAMES if opening else {})}
    for key, made in more.items():
        if key not in {each.key for each in known}:
            parts[MARK + key] = made(data_key=key)
    base = OpeningBody if opening else Schema
    return Form(
        schema=base.from_dict(parts, name=_name(case_type, step, opening=opening))(),
        organs=tuple((each.name, each.key) for each in known if each.hint.kind is Organ),
        protected=tuple(each.name for each in known if each.hint.protected),
    )


def _name(case_type: str, step: Step, *, opening: bool) -> str:
    words = [*case_type.split("_"), *step.name.split("_"), *(["opening"] if opening and step.acts else [])]
    return "".join(each.title() for each in words)


def _field(argument: Argument) -> Field:
    return field_for(argument.hint, required=argument.required, data_key=argument.key)


def field_for(hint: Hint, **options: Any) -> Field:
    """The field for a type that a step may declare."""
    kind: Any = hint.kind
    if hint.several:
        return Several(field_for(Hint(hint.kind)), allow_none=hint.nullable, **options)
    if is_dataclass(kind):
        return fields.Nested(_part(hint.kind), allow_none=hint.nullable, **options)
    if isinstance(hint.kind, type) and issubclass(hint.kind, Enum):
        return fields.Enum(hint.kind, by_value=fields.String, allow_none=hint.nullable, **options)
    return PLAIN[hint.kind](allow_none=hint.nullable, **options)


@cache
def _part(declared: Any) -> Schema:
    """The schema of a dataclass that is part of a body."""
    optional = {each.name for each in dataclasses.fields(declared) if each.default is not dataclasses.MISSING}
    parts = {
        name: field_for(hint, required=name not in optional, data_key=name.rstrip("_"))
        for name, hint in fields_of(declared).items()
    }

    class Part(Schema):
        @post_load
        def build(self, data: dict[str, Any], **options: Any) -> Any:
            """The dataclass itself."""
            return declared(**data)

    return Part.from_dict(parts, name=declared.__name__)()
