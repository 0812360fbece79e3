"""The bundle of a case (证据包) over HTTP: what a stranger needs to check it, as a ZIP, for whoever may read the case."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Response
from marshmallow import Schema, fields, validate

from api.context import actor, place, wiring
from api.openapi import Blueprint
from api.v1.numbers import case_named
from api.v1.steps import PREFIX

BUNDLES = Blueprint("bundles", __name__, url_prefix=PREFIX, description="What proves a case to a stranger")
MEDIA_TYPE = "application/zip"


class UnderCheckpoint(Schema):
    """Under which checkpoint."""

    size = fields.Integer(
        validate=validate.Range(1, 2**63 - 1),
        metadata={"description": "Under the checkpoint of this size; the newest if not given"},
    )


@BUNDLES.route("/cases/<case>/bundle")
@BUNDLES.arguments(UnderCheckpoint(), location="query")
@BUNDLES.documented(
    "Zip",
    404,
    409,
    422,
    503,
    content_type=MEDIA_TYPE,
    summary="Everything that proves the case to a stranger, with verify.py",
)
def case_bundle(query: dict[str, Any], case: str) -> Response:
    """The same case under the same checkpoint is the same bytes."""
    found = place().bundles.of(case_named(case), actor(), now=wiring().now(), size=query.get("size"))
    response = Response(found.content, mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    response.headers["Anjuan-Log-Size"] = str(found.size)
    return response
