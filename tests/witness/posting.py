"""A client of a witness, for tests: posts what it is given over one connection that is kept."""

from __future__ import annotations

import http.client
from typing import NamedTuple
from urllib.parse import urlsplit

from domain.proof.witness import Submission


class Answered(NamedTuple):
    """What came back."""

    status: int
    body: str
    media_type: str


class Link:
    """One connection to a witness, for a `with` block."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._channel = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)

    def __enter__(self) -> Link:
        return self

    def __exit__(self, *why: object) -> None:
        self._channel.close()

    def add(self, submission: Submission | str) -> Answered:
        """Post a submission."""
        return self._ask("POST", "/add-checkpoint", str(submission).encode())

    def get(self, path: str) -> Answered:
        """Ask for a page."""
        return self._ask("GET", path, None)

    def _ask(self, method: str, path: str, body: bytes | None) -> Answered:
        self._channel.request(method, path, body)
        answer = self._channel.getresponse()
        return Answered(answer.status, answer.read().decode(), answer.headers["Content-Type"])
