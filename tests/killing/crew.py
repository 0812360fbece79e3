"""Clients of a service that is being killed: each sends a request again until it is answered, and writes down what it was told."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

REPORTS_IN_A_FILE = 8
AWAY = {502, 503, 504}
PATIENCE = 90.0
PAUSE = 0.02
AGAIN = 10_000


@dataclass
class Heard:
    """What all clients were told: by marker the events of each accepted report; which were sent again; and what was no good answer."""

    accepted: dict[str, list[str]] = field(default_factory=dict)
    repeated: set[str] = field(default_factory=set)
    replayed: set[str] = field(default_factory=set)
    away: int = 0
    lies: list[str] = field(default_factory=list)


class Crew:
    """Some clients that report and report, each in files of its own. Without `keys` a request sent again looks like a new one."""

    def __init__(self, port: int, token: str, *, clients: int, keys: bool = True) -> None:
        self.heard = Heard()
        self._port, self._token, self._keys = port, token, keys
        self._hopeless = False
        self._enough, self._sent = threading.Event(), set[str]()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(clients)]

    @contextmanager
    def at_work(self) -> Iterator[Heard]:
        """They work for the length of the block, and then end what they are at."""
        for each in self._threads:
            each.start()
        try:
            yield self.heard
        except BaseException:
            self._hopeless = True
            raise
        finally:
            self._enough.set()
            for each in self._threads:
                each.join()

    def until(self, more: int) -> None:
        """Wait until so many more reports were accepted."""
        wanted = len(self.heard.accepted) + more
        self._wait(lambda: len(self.heard.accepted) >= wanted)

    def until_away(self, more: int) -> None:
        """Wait until so many more requests were told that the service is away."""
        wanted = self.heard.away + more
        self._wait(lambda: self.heard.away >= wanted)

    def _wait(self, come: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not come():
            assert not (self._keys and self.heard.lies), self.heard.lies
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.002)

    def under_way(self) -> int:
        """How many requests are waiting for their answer at this moment."""
        return len(self._sent)

    def _work(self) -> None:
        client = _Client(self._port, self._token)
        while not self._enough.is_set():
            number = f"JB-{uuid4().hex[:12]}"
            for each in range(REPORTS_IN_A_FILE):
                place = {"file_no": number} if each else {"number": number}
                if self._enough.is_set() or not self._report(client, place):
                    break
        client.close()

    def _report(self, client: _Client, place: dict[str, str]) -> bool:
        """Report once, sending it as often as it takes; whether it was accepted."""
        marker = uuid4().hex
        body = {**place, "kind": "匿名举报", "matter_title": marker, "text": "围标"}
        for times in range(AGAIN):
            self._sent.add(marker)
            status, told, replayed = client.post(body, marker if self._keys else None)
            self._sent.discard(marker)
            if status == 201:
                self.heard.accepted[marker] = [each["event_id"] for each in told["events"]]
                self.heard.replayed |= {marker} if replayed else set()
                return True
            if status not in (0, *AWAY) or self._hopeless:
                self.heard.lies.append(f"{place} {times} {status} {told}")
                return False
            self.heard.away += status != 0
            self.heard.repeated.add(marker)
            time.sleep(PAUSE)
        return False


class _Client:
    """One connection, made anew whenever it is lost."""

    def __init__(self, port: int, token: str) -> None:
        self._port, self._headers = port, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._link: http.client.HTTPConnection | None = None

    def post(self, body: dict[str, str], key: str | None) -> tuple[int, Any, bool]:
        """Status, answer and whether it is an earlier one; 0 if there was none."""
        headers = {**self._headers, **({"Idempotency-Key": key} if key else {})}
        try:
            self._link = self._link or http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
            self._link.request("POST", "/api/v1/complaint/register-report", json.dumps(body).encode(), headers)
            response = self._link.getresponse()
            raw = response.read()
        except (OSError, http.client.HTTPException):
            self.close()
            return 0, None, False
        return response.status, json.loads(raw), response.headers.get("Idempotency-Replayed") == "true"

    def close(self) -> None:
        """Close the connection."""
        link, self._link = self._link, None
        if link is not None:
            link.close()
