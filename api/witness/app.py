"""The witness protocol over HTTP (见证接口): submissions in, cosignatures out, and what was signed last for whoever watches."""

from __future__ import annotations

import time
from collections.abc import Callable

from flask import Flask, Response, request

from application.witness import Answer, Witness

LARGEST_BODY = 256 * 1024


def present() -> int:
    """The present in seconds since 1970."""
    return int(time.time())


def witness_app(witness: Witness, clock: Callable[[], int] = present) -> Flask:
    """The application of one witness."""
    app = Flask("anjuan-witness", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY

    @app.post("/add-checkpoint")
    def add_checkpoint() -> Response:
        return _answered(witness.add_checkpoint(request.get_data(), clock()))

    @app.get("/<origin_hash>/checkpoint")
    def checkpoint(origin_hash: str) -> Response:
        return _answered(witness.checkpoint(origin_hash))

    @app.get("/healthz")
    def healthz() -> Response:
        return Response("ok\n", content_type="text/plain; charset=utf-8")

    @app.after_request
    def harmless(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-store"
        return response

    return app


def _answered(answer: Answer) -> Response:
    return Response(answer.body, int(answer.status), content_type=answer.media_type)
