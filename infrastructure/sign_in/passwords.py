"""Slow hashes of passwords (口令哈希): at most a few at once, and as slow for somebody who does not exist."""

from __future__ import annotations

import secrets
import threading
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from application.callers import TooMany
from application.passwords import normal

AT_ONCE, PATIENCE = 4, 10.0
"""So many hashes are computed at once in one process; who waits longer than this many seconds comes again."""

TIME, MEMORY, LANES = 2, 19 * 1024, 1


class Passwords:
    """Makes and checks the hashes of one process. Safe to share between threads."""

    def __init__(self, *, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._hasher = PasswordHasher(time_cost=TIME, memory_cost=MEMORY, parallelism=LANES)
        self._places, self._patience = threading.BoundedSemaphore(at_once), patience

    def hashed(self, password: str) -> str:
        """The hash to keep; raises TooMany."""
        with self:
            return self._hasher.hash(normal(password))

    def right(self, kept: str | None, password: str) -> bool:
        """Whether the password is the one of the hash; None, for nobody, costs the same. Raises TooMany."""
        with self:
            return self.verified(self._nobodys if kept is None else kept, password) and kept is not None

    def verified(self, kept: str, password: str) -> bool:
        """One computation of the slow hash."""
        try:
            return self._hasher.verify(kept, normal(password))
        except (VerificationError, InvalidHashError):
            return False

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(secrets.token_urlsafe(32))

    def __enter__(self) -> None:
        if not self._places.acquire(timeout=self._patience):
            raise TooMany(1)

    def __exit__(self, *_: object) -> None:
        self._places.release()
