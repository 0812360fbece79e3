"""The OpenAPI document (接口文档): what flask-smorest collects from the routes, with our errors, shapes and words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from itertools import chain
from typing import Any, NoReturn

from flask import Flask
from flask_smorest import Api
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug import Request

from api.errors import MEDIA_TYPE, Invalid
from api.log.shapes import LOG_SHAPES
from api.v1.access_shapes import ACCESS_SHAPES
from api.v1.body import read_json
from api.v1.comparing_shapes import COMPARING_SHAPES
from api.v1.doubt_shapes import DOUBT_SHAPES
from api.v1.handling_shapes import HANDLING_SHAPES
from api.v1.identity_shapes import IDENTITY_SHAPES
from api.v1.inspection_shapes import INSPECTION_SHAPES
from api.v1.list_shapes import LIST_SHAPES
from api.v1.shapes import SHAPES
from api.v1.sign_in_shapes import SIGN_IN_SHAPES
from api.v1.times import BUSINESS, RECORDING
from api.v1.webhook_shapes import WEBHOOK_SHAPES

SETTINGS: Mapping[str, Any] = {
    "API_TITLE": "Anjuan 案卷",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "API_SPEC_OPTIONS": {
        "info": {
            "description": "Who holds the case, and was it in time? 谁在经办，是否按期？",
            "license": {"name": "Apache-2.0"},
        },
        "security": [{"bearer": []}, {"session": []}, {"session": [], "csrf": []}],
    },
}


IF_MATCH, IDEMPOTENCY_KEY = "IfMatch", "IdempotencyKey"
BUSINESS_TIME, RECORDING_TIME = "BusinessTime", "RecordingTime"

PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    IF_MATCH: {
        "name": "If-Match",
        "required": True,
        "schema": {"type": "string"},
        "description": 'The ETag of the case as the caller saw it, `"3"`, or `*`',
    },
    IDEMPOTENCY_KEY: {
        "name": "Idempotency-Key",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        "description": "The same key with the same body is carried out once and answered alike again",
    },
    BUSINESS_TIME: {
        "name": BUSINESS,
        "schema": {"type": "string", "format": "date-time"},
        "description": "Rehearsal ledgers only: when the act happened",
    },
    RECORDING_TIME: {
        "name": RECORDING,
        "schema": {"type": "string", "format": "date-time"},
        "description": "Rehearsal ledgers only: when it was recorded",
    },
}
"""The headers that steps take."""


class StrictParser(FlaskParser):
    """Reads bodies as strict JSON, refuses unknown query parameters, and names the fields that are wrong."""

    def load_json(self, req: Request, schema: Schema) -> Any:
        return read_json(req)

    def handle_error(
        self, error: ValidationError, req: Request, schema: Schema, *, error_status_code: Any, error_headers: Any
    ) -> NoReturn:
        messages = error.messages_dict
        raise Invalid({name: wrong for location in messages.values() for name, wrong in location.items()})


class Blueprint(SmorestBlueprint):
    """Routes with their documentation."""

    ARGUMENTS_PARSER = StrictParser(unknown=RAISE)

    def documented(
        self, name: str | None, *statuses: int, **words: Any
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Document a view: the shape that it answers (None: nothing), and the problems that it may answer besides 401 and 500."""
        problems = {str(status): HTTPStatus(status).name for status in (401, *statuses)}

        def mark(view: Callable[..., Any]) -> Callable[..., Any]:
            kind = {"headers": words.pop("headers", None), "content_type": words.pop("content_type", None)}
            return self.response(words.pop("success", 200), name, **kind)(self.doc(responses=problems, **words)(view))

        return mark


class ProblemApi(Api):
    """Documents errors as problem+json; they are answered elsewhere."""

    ERROR_SCHEMA = "Problem"

    def _register_responses(self) -> None:
        self.DEFAULT_RESPONSE_CONTENT_TYPE = MEDIA_TYPE
        try:
            super()._register_responses()
        finally:
            del self.DEFAULT_RESPONSE_CONTENT_TYPE

    def _register_error_handlers(self) -> None:
        return None


def document(blueprints: Iterable[Blueprint]) -> bytes:
    """The document of these routes, as JSON."""
    app = Flask(__name__)
    app.config.update(SETTINGS)
    api = ProblemApi(app)
    _describe(api)
    for each in blueprints:
        api.register_blueprint(each)
    return json.dumps(api.spec.to_dict(), ensure_ascii=False).encode()


def _describe(api: ProblemApi) -> None:
    """Say what is answered and sent everywhere."""
    shapes = (SHAPES, LIST_SHAPES, INSPECTION_SHAPES, WEBHOOK_SHAPES, SIGN_IN_SHAPES, ACCESS_SHAPES, IDENTITY_SHAPES,
              HANDLING_SHAPES, LOG_SHAPES, COMPARING_SHAPES, DOUBT_SHAPES)  # fmt: skip
    for name, shape in chain.from_iterable(each.items() for each in shapes):
        api.spec.components.schema(name, shape)
    for name, parameter in PARAMETERS.items():
        api.spec.components.parameter(name, "header", parameter)
    for name, header in (("session", ("cookie", "__Host-anjuan")), ("csrf", ("header", "Anjuan-CSRF"))):
        api.spec.components.security_scheme(name, {"type": "apiKey", "in": header[0], "name": header[1]})
    for scheme in ("bearer", "basic"):
        api.spec.components.security_scheme(scheme, {"type": "http", "scheme": scheme})
