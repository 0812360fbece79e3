"""The floor over HTTP: Flask with nothing in it but a token, a JSON body and one INSERT; no web program of this kind does less."""

from __future__ import annotations

import os

from flask import Flask, Response, abort, request

from infrastructure.postgres.pool import Pool

RECORD = "insert into said (number, version, payload, occurred_at, department) values (%s, %s, %s, %s, %s)"

app = Flask(__name__)
pool = Pool(os.environ["FLOOR_DATABASE"], size=4)
tokens = {f"Token {os.environ['FLOOR_TOKEN']}": "zjj"}


@app.post("/cases")
def open_() -> Response:
    """Open a case."""
    return _record(request.json["number"], 1, 201)


@app.post("/cases/<number>/actions")
def act(number: str) -> Response:
    """Take a step in a case."""
    return _record(number, int(request.headers["If-Match"].strip('"')) + 1, 200)


def _record(number: str, version: int, status: int) -> Response:
    department = tokens.get(request.headers.get("Authorization", "")) or abort(401)
    row = (number, version, request.get_data(), request.json["occurred_at"], department)
    with pool.connection() as connection:
        connection.execute(RECORD, row, prepare=True)
    answer = app.json.response(number=number, version=version)
    answer.status_code, answer.headers["ETag"] = status, f'"{version}"'
    return answer
