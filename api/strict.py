"""Strict JSON: what one parser takes as this and another as that is refused."""

from __future__ import annotations

import json
import re
from typing import Any
from unicodedata import is_normalized, normalize

import msgspec


class BadJson(ValueError):
    """The text is not JSON, or JSON that readers understand differently; the message says which."""


def parse(raw: bytes) -> Any:
    """The value in UTF-8 JSON, its texts in Unicode's composed form (NFC), so that what looks alike is alike.

    Refuses duplicate keys, NaN and infinity, deep nesting, unpaired surrogates and control characters other than line ends
    and tabs, directions of writing included: they would let a text look like another.
    """
    try:
        text = raw.decode("utf-8")
        value = _DECODER.decode(text)
        plain = text.isascii() and "\\" not in text and "\x7f" not in text
        return value if plain else _composed(value)
    except RecursionError as error:
        raise BadJson("nested too deeply") from error
    except ValueError as error:
        raise BadJson(str(error)) from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadJson("a key occurs twice")
    return found


def _no_constant(name: str) -> None:
    raise BadJson(f"{name} is no JSON value")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise BadJson("a number is too large")
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite)


def _composed(value: Any) -> Any:
    match value:
        case str():
            return _text(value)
        case list():
            return [_composed(each) for each in value]
        case dict():
            return _unique([(_text(key), _composed(each)) for key, each in value.items()])
    return value


def _text(text: str) -> str:
    if text.isprintable():
        return text if is_normalized("NFC", text) else normalize("NFC", text)
    if _UNFIT.search(text):
        raise BadJson("a text holds a control character or half of a surrogate pair")
    return normalize("NFC", text)


_UNFIT = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")
"""Control characters, changes of the direction of writing, halves of surrogate pairs; not tab, line feed and return."""

_ENCODER = msgspec.json.Encoder()


def write(value: Any) -> bytes:
    """The value as JSON in UTF-8; knows identifiers, dates, instants, enums and dataclasses."""
    return _ENCODER.encode(value)
