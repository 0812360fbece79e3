"""A small HTTP client for one department: its token, its two clocks, JSON in and out."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from api.scenario.files import Step


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body of an answer."""

    status: int
    body: Any

    @property
    def told(self) -> str:
        """The answer in one line, for a mismatch."""
        if not isinstance(self.body, Mapping):
            return f"{self.status} {self.body}"
        said = {key: self.body[key] for key in ("type", "detail", "errors", "ground") if self.body.get(key)}
        return f"{self.status} {said}"


@dataclass(frozen=True, slots=True)
class Client:
    """Requests of one department to one server."""

    host: str
    port: int
    token: str
    business: str | None = None
    recording: str | None = None
    key: str | None = None

    def at(self, step: Step) -> Client:
        """The same with business and recording clocks set to a step."""
        return replace(self, business=step.at.isoformat(), recording=step.known_at.isoformat())

    def keyed(self, key: str) -> Client:
        """The same with an idempotency key: what was answered under it is answered again."""
        return replace(self, key=key)

    def get(self, path: str) -> Answer:
        """Read."""
        return self._send("GET", path, None)

    def act(self, path: str, body: Mapping[str, Any]) -> Answer:
        """Take a step, whatever the version of the case."""
        return self._send("POST", path, body)

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None) -> Answer:
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json", "Accept-Language": "zh"}
        if body is not None:
            headers |= {"Content-Type": "application/json", "If-Match": "*"}
            if self.business and self.recording:
                headers |= {"Anjuan-Business-Time": self.business, "Anjuan-Recording-Time": self.recording}
            if self.key:
                headers["Idempotency-Key"] = self.key
        link = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            link.request(method, path, None if body is None else json.dumps(body, ensure_ascii=False).encode(), headers)
            answer = link.getresponse()
            text = answer.read().decode()
            kind = answer.headers.get_content_type()
            return Answer(answer.status, json.loads(text) if kind.endswith("json") else text)
        finally:
            link.close()
