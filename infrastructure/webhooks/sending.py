"""One POST to a receiver (投递): a checked address, no redirect, a bounded time, and nothing read but the head of the answer."""

from __future__ import annotations

import http.client
import io
import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

from infrastructure.webhooks.addresses import Networks, Resolve, resolve, targets

CONNECT_SECONDS, TOTAL_SECONDS = 5.0, 15.0
MOST_HEAD = 16_384
PORTS = {"https": 443, "http": 80}
GONE = 410
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-9]\d\d)(?: [^\r\n]*)?\r?\n")
_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the status (None: no answer), what is to be said of a failure, and when to come again, if the answer says so."""

    status: int | None
    failure: str = ""
    retry_after: float | None = None

    @property
    def delivered(self) -> bool:
        """Whether the receiver took it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """Whether the receiver wants nothing any more."""
        return self.status == GONE


class Sender:
    """Posts to receivers. `allowed`: networks that are not public and yet may be sent to. Safe to share between threads."""

    def __init__(
        self,
        allowed: Networks = (),
        *,
        connect_seconds: float = CONNECT_SECONDS,
        total_seconds: float = TOTAL_SECONDS,
        trust: ssl.SSLContext | None = None,
        resolving: Resolve = resolve,
    ) -> None:
        self.allowed = allowed
        self._connect_seconds, self._total_seconds = connect_seconds, total_seconds
        self._trust, self._resolving = trust or ssl.create_default_context(), resolving

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """Post a body; whatever goes wrong on the way is an outcome."""
        deadline = monotonic() + self._total_seconds
        try:
            with self._connected(url, deadline) as channel:
                _write(channel, url, body, headers, deadline)
                return _outcome(_head(channel, deadline))
        except (OSError, UnicodeError, http.client.HTTPException) as error:
            return Outcome(None, f"{type(error).__name__}: {error}"[:500])

    def _connected(self, url: str, deadline: float) -> socket.socket:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        channel = self._reach(
            [str(each) for each in targets(parts.scheme, host, port, self.allowed, self._resolving)], port
        )
        if parts.scheme == "http":
            return channel
        channel.settimeout(_left(deadline))
        try:
            return self._trust.wrap_socket(channel, server_hostname=host)
        except BaseException:
            channel.close()
            raise

    def _reach(self, addresses: list[str], port: int) -> socket.socket:
        """A connection to the first of these addresses that answers."""
        *others, last = addresses[:3]
        for each in others:
            try:
                return socket.create_connection((each, port), self._connect_seconds)
            except OSError:
                continue
        return socket.create_connection((last, port), self._connect_seconds)


def _write(channel: socket.socket, url: str, body: bytes, headers: Mapping[str, str], deadline: float) -> None:
    parts = urlsplit(url)
    channel.settimeout(_left(deadline))
    line = http.client.HTTPConnection(parts.hostname or "", parts.port or PORTS[parts.scheme])
    line.default_port = PORTS[parts.scheme]
    line.sock = channel
    line.request("POST", parts.path or "/", body, {**headers, "Connection": "close", "User-Agent": "anjuan-webhook"})


def _head(channel: socket.socket, deadline: float) -> bytes:
    """The head of the final answer, never what follows it."""
    read = b""
    while len(read) <= MOST_HEAD:
        if (end := _END.search(read)) is not None:
            if not read.startswith((b"HTTP/1.1 1", b"HTTP/1.0 1")):
                return read[: end.end()]
            read = read[end.end() :]
            continue
        channel.settimeout(_left(deadline))
        if not (more := channel.recv(4096)):
            raise http.client.RemoteDisconnected("the connection ended before an answer")
        read += more
    raise http.client.LineTooLong("head of the answer")


def _outcome(head: bytes) -> Outcome:
    found = _STATUS.match(head)
    if found is None:
        raise http.client.BadStatusLine(repr(head[:60]))
    status = int(found.group(1))
    after = http.client.parse_headers(io.BytesIO(head[found.end() :])).get("Retry-After", "")
    seconds = float(after) if after.isascii() and after.isdigit() and len(after) < 9 else None
    return Outcome(status, "" if 200 <= status < 300 else f"HTTP {status}", seconds)


def _left(deadline: float) -> float:
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError("the receiver did not answer in time")
    return left
