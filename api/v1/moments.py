"""The moment that a read is about (时点): now, `as_of` on a `basis`, or a `version`, from the query of the path."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.v1.fields import Day, Instant
from application.queries import BASES, Moment
from domain.file import KNOWN

MOST_DAYS = 1_100
_LOST_PLUS = re.compile(r" (?=\d\d:\d\d$)")


class QueryInstant(Instant):
    """An instant in a query, where the `+` of an offset that was not escaped has become a blank."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> Any:
        return super()._deserialize(_LOST_PLUS.sub("+", value), attr, data, **options)


class AsOf(Schema):
    """As of an instant: what was known then, or what is known today about what had happened by then."""

    as_of = QueryInstant(metadata={"description": "The state at this instant; now if not given"})
    basis = fields.String(
        validate=validate.OneOf(BASES),
        load_default=KNOWN,
        metadata={"description": "known: as the ledger knew it; recomputed: under all that is known today"},
    )


class AsOfOrVersion(AsOf):
    """As of an instant, or as the case stood at one of its versions."""

    version = fields.Integer(
        validate=validate.Range(1, 2**31), metadata={"description": "The state at this version, instead of as_of"}
    )

    @validates_schema
    def says_one_thing(self, data: Mapping[str, Any], **options: Any) -> None:
        """An instant and a version are two ways to say when."""
        if "version" in data and "as_of" in data:
            raise ValidationError("cannot be combined with as_of", "version")


class Days(Schema):
    """Which days."""

    from_ = Day(required=True, data_key="from")
    to = Day(required=True)

    @validates_schema
    def in_order(self, data: Mapping[str, Any], **options: Any) -> None:
        """A span does not end before it begins, nor is it endless."""
        if "from_" in data and "to" in data and not 0 <= (data["to"] - data["from_"]).days < MOST_DAYS:
            raise ValidationError(f"must lie 0 to {MOST_DAYS - 1} days after `from`", "to")


def moment(query: Mapping[str, Any]) -> Moment:
    """The moment that a query asks about."""
    return Moment(as_of=query.get("as_of"), basis=query["basis"], version=query.get("version"))
