"""The door (入口): who comes in by a token, a signed statement or a session, and who is let in newly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from application.callers import Caller
from infrastructure.postgres.pool import Pool
from infrastructure.postgres.tokens import find_bearer
from infrastructure.settings import Settings
from infrastructure.sign_in.keeper import Keeper, demonstrations
from infrastructure.sign_in.key_source import KeySource
from infrastructure.sign_in.passwords import Passwords
from infrastructure.sign_in.provider import Provider
from infrastructure.sign_in.sessions import Sessions
from infrastructure.sign_in.subjects import meant


class Door:
    """What one process knows of signing in. Safe to share between threads."""

    def __init__(self, pool: Pool, *, now: Callable[[], datetime], provider: Provider | None = None) -> None:
        self.passwords = Passwords()
        self.sessions = Sessions(pool, self.passwords)
        self._pool, self._now, self._provider = pool, now, provider

    def bearer(self, token: str) -> Caller | None:
        """Whom a token or a signed statement stands for at this moment; nothing of it is remembered."""
        found = find_bearer(self._pool, token, self._now())
        if found is not None or self._provider is None or token.count(".") != 2:
            return found
        stated = self._provider.stated(token, self._now())
        return None if stated is None else meant(self._pool, stated)

    @contextmanager
    def keeping(self, jurisdiction: str) -> Iterator[Keeper]:
        """Who keeps accounts, tokens and subjects of a jurisdiction."""
        with self._pool.connection() as connection:
            yield Keeper(connection, jurisdiction, self.passwords)

    def demonstrations(self) -> int:
        """How many accounts and tokens of demonstrations let somebody in."""
        with self._pool.connection() as connection:
            return demonstrations(connection)


def provider_of(chosen: Settings) -> Provider | None:
    """The identity provider that the settings name, None where they name none."""
    if chosen.oidc_issuer is None or chosen.oidc_audience is None or chosen.oidc_keys is None:
        return None
    return Provider(chosen.oidc_issuer, chosen.oidc_audience, KeySource(chosen.oidc_keys), chosen.oidc_algorithms)
