"""What is wrong with a field is said in Chinese as well as in English."""

from __future__ import annotations

import pytest
from marshmallow import fields

from api.v1.chinese import in_chinese
from api.v1.fields import Day, Instant, Number, OrganId, Several, Text, UsccCode, Whole, YesNo

FIELDS = (
    Day(), Instant(), Number(), OrganId(), Several(Text()), Text(), UsccCode(), Whole(), YesNo(), fields.UUID(),
    fields.Dict(),
)  # fmt: skip


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: type(field).__name__)
def test_every_message_of_a_field_is_known_in_chinese(field: fields.Field) -> None:
    for name, message in field.error_messages.items():
        said = str(message).format(input="x", obj_type="datetime", awareness="aware")
        assert name == "format" or not in_chinese(said).isascii(), said


def test_messages_with_values_keep_them() -> None:
    assert in_chinese({"a": ["Must be one of: x, y."], "b": {"c": ["no organ zzz"]}}) == {
        "a": ["须为以下之一：x, y"],
        "b": {"c": ["没有机关 zzz"]},
    }
    assert in_chinese("something else") == "something else"
