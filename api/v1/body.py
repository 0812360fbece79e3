"""The body of a request (正文): strict JSON, of the right type, read once."""

from __future__ import annotations

from typing import Any

from flask import g
from werkzeug import Request
from werkzeug.exceptions import UnsupportedMediaType

from api.strict import parse

MOST_BYTES = 1_000_000


def read_json(request: Request) -> Any:
    """The value of the body; an empty object where there is none."""
    raw = request.get_data()
    if not raw and not request.mimetype:
        g.body = {}
    elif request.mimetype != "application/json":
        raise UnsupportedMediaType
    else:
        g.body = parse(raw)
    return g.body
