"""Strict JSON: what one parser takes as this and another as that is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec


class BadJson(ValueError):
    """The text is not JSON, or JSON that readers understand differently; the message says which."""


def parse(raw: bytes) -> Any:
    """The value in UTF-8 JSON. Refuses duplicate keys, NaN and infinity, deep nesting, NUL and unpaired surrogates."""
    try:
        text = raw.decode("utf-8")
        value = _DECODER.decode(text)
    except RecursionError as error:
        raise BadJson("nested too deeply") from error
    except ValueError as error:
        raise BadJson(str(error)) from error
    if "\\u" in text and not all(_storable(each) for each in _texts(value)):
        raise BadJson("a text holds NUL or half of a surrogate pair")
    return value


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


def _texts(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text:
                yield text
            case list() as several:
                waiting += several
            case dict() as mapping:
                waiting += (*mapping.keys(), *mapping.values())


def _storable(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= each <= "\udfff" for each in text)


_ENCODER = msgspec.json.Encoder()


def write(value: Any) -> bytes:
    """The value as JSON in UTF-8; knows identifiers, dates, instants, enums and dataclasses."""
    return _ENCODER.encode(value)
