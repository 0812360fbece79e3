"""Cursors (游标): where the next page of a list begins, opaque to the caller and good for the same question only."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import Any

from api.strict import BadJson, parse, write
from application.ports import BadCursor, Cursor

LONGEST = 2_000


def encode(cursor: Cursor | None, question: Mapping[str, Any]) -> str | None:
    """The cursor as text."""
    if cursor is None:
        return None
    return base64.urlsafe_b64encode(write([_mark(question), *cursor])).decode().rstrip("=")


def decode(text: str | None, question: Mapping[str, Any]) -> Cursor | None:
    """The cursor in a text that a page of the same question gave out; raises BadCursor for any other."""
    if text is None:
        return None
    try:
        raw = base64.b64decode(text[:LONGEST] + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        said = parse(raw)
    except (binascii.Error, BadJson, ValueError) as error:
        raise BadCursor("no cursor") from error
    if not isinstance(said, list) or said[:1] != [_mark(question)]:
        raise BadCursor("a cursor of another list")
    if not all(isinstance(each, str | int) and not isinstance(each, bool) for each in said):
        raise BadCursor("no cursor")
    return tuple(said[1:])


def _mark(question: Mapping[str, Any]) -> str:
    return hashlib.sha256(write(sorted((key, str(value)) for key, value in question.items()))).hexdigest()[:16]
