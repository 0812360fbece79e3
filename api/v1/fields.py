"""The fields of requests: strict in type, bounded in size, each with its documentation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from marshmallow import ValidationError, fields, validate
from stdnum.cn import uscc

from api.v1.numbers import LONGEST, what_is_wrong
from application.correct import EARLIEST, LATEST
from application.correct import LONGEST as LONGEST_TEXT

SHORT, MANY, WHOLE = 200, 1_000, 2**53


def _in_range(value: date) -> None:
    if not EARLIEST <= value.year <= LATEST:
        raise ValidationError(f"must lie between {EARLIEST} and {LATEST}")


class Day(fields.Date):
    """A day, `2025-01-22`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="iso", validate=_in_range, **options)


class Instant(fields.AwareDateTime):
    """An instant with its offset, `2025-01-22T10:05:00+08:00`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="iso", validate=_in_range, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> datetime:
        if not isinstance(value, str):
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        try:
            return super()._deserialize(value, attr, data, **options)
        except OverflowError as error:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE) from error


class YesNo(fields.Boolean):
    """`true` or `false` and nothing that merely resembles them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Whole(fields.Integer):
    """A whole number that every reader of JSON reads alike."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(-WHOLE, WHOLE), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **options) or 0


class Text(fields.String):
    """A text; one that may not be null may not be empty either."""

    def __init__(self, *, longest: int = LONGEST_TEXT, **options: Any) -> None:
        shortest = None if options.get("allow_none") else 1
        super().__init__(validate=validate.Length(min=shortest, max=longest), **options)


class Value(fields.Raw):
    """Any value that a field of an event may have, no larger than the fields of requests themselves."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=_check_size, **options)


def _check_size(value: Any) -> None:
    match value:
        case str() if len(value) > LONGEST_TEXT:
            raise ValidationError(f"must have at most {LONGEST_TEXT} characters")
        case bool() | None:
            return
        case int() | float() if not -WHOLE <= value <= WHOLE:
            raise ValidationError("is too large a number")
        case list() | dict() if len(value) > MANY:
            raise ValidationError(f"must have at most {MANY} parts")
        case list() | dict():
            for each in value.values() if isinstance(value, dict) else value:
                _check_size(each)


class Number(fields.String):
    """The number of a case or file; `reserved` is one that only the ledger itself uses."""

    def __init__(self, *, reserved: str | None = None, **options: Any) -> None:
        metadata = {"minLength": 1, "maxLength": LONGEST, **options.pop("metadata", {})}
        super().__init__(validate=partial(_check_number, reserved), metadata=metadata, **options)


def _check_number(reserved: str | None, value: str) -> None:
    wrong = "is reserved" if value == reserved else what_is_wrong(value)
    if wrong:
        raise ValidationError(wrong)


class OrganId(fields.String):
    """The id of an organ; that the register knows it is checked where the register is at hand."""

    def __init__(self, **options: Any) -> None:
        metadata = {"description": "Id or alias of an organ of the register", **options.pop("metadata", {})}
        super().__init__(validate=validate.Length(min=1, max=SHORT), metadata=metadata, **options)


class UsccCode(fields.String):
    """A unified social credit code (统一社会信用代码), its check character included."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=_check_uscc, metadata={"minLength": 18, "maxLength": 18}, **options)


def _check_uscc(value: str) -> None:
    if len(value) != 18 or not value.isascii() or not uscc.is_valid(value):
        raise ValidationError("is no unified social credit code")


class Several(fields.List):
    """A list that becomes a tuple."""

    def __init__(self, inner: fields.Field[Any], **options: Any) -> None:
        super().__init__(inner, validate=validate.Length(max=MANY), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> Any:
        return tuple(super()._deserialize(value, attr, data, **options))
