"""A small HTTP client: one caller with a token, one connection, answers with status, headers and the value of the body."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: http.client.HTTPMessage
    raw: bytes

    @property
    def json(self) -> Any:
        """The value of the body."""
        return json.loads(self.raw)

    @property
    def problem(self) -> str:
        """The code of a problem, checked to be one."""
        assert self.headers.get_content_type() == "application/problem+json", self.raw
        assert self.json["status"] == self.status
        return str(self.json["type"]).removeprefix("urn:anjuan:problem:")


SLOWEST = 300.0
"""How long an answer may take on a machine that does much else, in seconds."""


class Client:
    """Calls one server as the bearer of one token."""

    def __init__(self, port: int, token: str | None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SLOWEST)
        self._token = token

    def send(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        """Send a request as it is."""
        authority = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        try:
            self._connection.request(method, path, body, {**authority, **(headers or {})})
            response = self._connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        except BaseException:
            self._connection.close()  # or whoever shares this client would meet a request that is still under way
            raise

    def get(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> Answer:
        """Read something."""
        asked = {key.rstrip("_"): value for key, value in query.items()}
        return self.send("GET", f"{path}?{urlencode(asked)}" if asked else path, headers=headers)

    def post(self, path: str, body: Any, headers: dict[str, str] | None = None) -> Answer:
        """Take a step; any version of the case will do unless the headers say otherwise."""
        sent = {"Content-Type": "application/json", "If-Match": "*", **(headers or {})}
        return self.send("POST", path, json.dumps(body).encode(), sent)

    def open_complaint(self, number: str, **more: Any) -> Answer:
        """Register a complaint about bidding."""
        body = {"number": number, "subject": "bidding", "complainant": "某公司", "objection_needed": False, **more}
        return self.post("/api/v1/complaint", body)

    def ask_for_help(self, number: str, organ: str) -> None:
        """Let an organ take part: it is asked for assistance in the file of a complaint, and so may read it."""
        letter = {"to": organ, "case_summary": "安置房投诉", "matters_and_reasons": "查红线", "evidence": ["红线图"]}
        answer = self.post("/api/v1/assistance", {"file_no": number, "matter": number, **letter})
        assert answer.status == 201, answer.raw

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def path_of(number: str) -> str:
    """The path of a case."""
    return f"/api/v1/cases/{quote(number, safe='')}"
