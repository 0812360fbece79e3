"""The public keys of an identity provider (公钥): from a file or a fixed address, read anew when a key is not known yet."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, build_opener

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from application.ports import Unavailable

SECONDS, MOST_BYTES = 5.0, 200_000
ANEW, OLD = 60.0, 3600.0
"""A key that is not known has the keys read anew at most once in so many seconds; after an hour they are read in any case."""


class _NoRedirect(HTTPRedirectHandler):
    """The address is what was set, not where it leads to."""

    def redirect_request(self, *_: object) -> None:
        return None


class KeySource:
    """The keys of one provider. Safe to share between threads. `clock`: seconds that only go forward."""

    def __init__(self, place: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._place, self._clock = place, clock
        self._known: tuple[float, KeySet] | None = None
        self._reading = threading.Lock()

    def keys(self, *, fresh: bool = False) -> KeySet:
        """The keys; `fresh`: read anew unless that was done a moment ago. Raises Unavailable where there are none."""
        with self._reading:
            known, age = self._known, ANEW if fresh else OLD
            if known is None or self._clock() - known[0] >= age:
                known = self._known = (self._clock(), self._read(known))
        return known[1]

    def _read(self, known: tuple[float, KeySet] | None) -> KeySet:
        try:
            return KeySet.import_key_set(json.loads(self._text()))
        except (OSError, URLError, JoseError, ValueError, TypeError, KeyError) as error:
            if known is not None:
                return known[1]
            raise Unavailable("the keys of the identity provider cannot be read") from error

    def _text(self) -> bytes:
        if self._place.startswith("/"):
            return Path(self._place).read_bytes()[:MOST_BYTES]
        with _opener().open(self._place, timeout=SECONDS) as answer:
            text: bytes = answer.read(MOST_BYTES)
            return text


def _opener() -> OpenerDirector:
    return build_opener(_NoRedirect, ProxyHandler({}))
