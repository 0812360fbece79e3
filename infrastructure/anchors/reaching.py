"""One request to an anchor (访问锚定方): to a configured address only, without redirects, in bounded time, with a bounded answer."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from time import monotonic
from typing import NamedTuple
from urllib.parse import urlsplit

TOTAL_SECONDS = 15.0
LARGEST_ANSWER = 256 * 1024


class Away(OSError):
    """An anchor gave no answer that can be used; the message says what happened."""


class Reply(NamedTuple):
    """What came back."""

    status: int
    body: bytes


def reach(
    url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None, *, seconds: float = TOTAL_SECONDS
) -> Reply:
    """Post a body, or get a page where there is none. Raises Away."""
    deadline = monotonic() + seconds
    parts = urlsplit(url)
    link = _link(parts.scheme, parts.hostname or "", parts.port, seconds)
    try:
        told = {"User-Agent": "anjuan-anchor", "Connection": "close", **(headers or {})}
        link.request("GET" if body is None else "POST", parts.path or "/", body, told)
        answer = link.getresponse()
        return Reply(answer.status, _read(answer, deadline))
    except (OSError, http.client.HTTPException) as error:
        raise Away(f"{type(error).__name__}: {error}"[:300]) from error
    finally:
        link.close()


def _link(scheme: str, host: str, port: int | None, seconds: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=seconds, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=seconds)


def _read(answer: http.client.HTTPResponse, deadline: float) -> bytes:
    found = b""
    while more := answer.read1(65_536):
        found += more
        if len(found) > LARGEST_ANSWER:
            raise http.client.HTTPException("the answer is too long")
        if monotonic() > deadline:
            raise TimeoutError("the answer did not come in time")
    return found
