"""Which database server Anjuan uses, and whether a ledger can live in it."""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path

from psycopg import Connection

from infrastructure.postgres.embedded import EmbeddedServer
from infrastructure.postgres.pool import connect
from infrastructure.postgres.programs import ServerFailed
from infrastructure.postgres.statements import statements
from infrastructure.settings import BadSetting, Settings

OLDEST, NEWEST = 15, 18
_one_at_a_time = threading.Lock()


def database_url(settings: Settings, *, role: str = "app") -> str:
    """Where `role` ("app", "projector", "sequencer" or "owner") finds the ledgers: DATABASE_URL, or the embedded server, started if need be."""
    if not settings.database_url:
        with _one_at_a_time:
            _embedded(settings.home, settings.postgres_user, settings.postgres_bin).start()
    return database_address(settings, role=role)


def database_address(settings: Settings, *, role: str = "app") -> str:
    """Where `role` would find the ledgers; nothing is started."""
    if settings.database_url:
        others = {
            "owner": settings.owner_url,
            "projector": settings.projector_url,
            "sequencer": settings.sequencer_url or settings.projector_url,
        }
        return others.get(role) or settings.database_url
    return _embedded(settings.home, settings.postgres_user, settings.postgres_bin).url(role=role)


@cache
def _embedded(home: Path, account: str, programs: Path | None) -> EmbeddedServer:
    return EmbeddedServer(home, account=account, programs=programs)


def check_role(connection: Connection) -> None:
    """Refuse a role that could do more than the service needs: a superuser, an owner of the tables, one that makes roles."""
    user, superuser, mighty, owner = connection.execute(statements()["describe_role"]).fetchone() or (
        "",
        True,
        True,
        True,
    )
    could = [
        word
        for word, said in (
            ("do everything", superuser),
            ("give itself rights", mighty),
            ("change what is recorded", owner),
        )
        if said
    ]
    if could:
        raise BadSetting(
            f"DATABASE_URL: the role {user} could {' and '.join(could)}; the service needs one that cannot"
        )


def check_roles(*urls: str) -> None:
    """The same for every URL under which the service runs."""
    for url in urls:
        with connect(url, name="anjuan start") as connection:
            check_role(connection)


def check_server(connection: Connection) -> None:
    """Refuse a database that cannot hold a ledger: another major version, or one that does not know Chinese letters."""
    found = connection.execute(statements()["describe_server"]).fetchone()
    version, encoding, ctype = found or (0, "", "")
    if not OLDEST <= version // 10000 <= NEWEST:
        raise ServerFailed(f"Anjuan runs on PostgreSQL {OLDEST} to {NEWEST}; this server is {version // 10000}")
    if encoding != "UTF8" or ctype in ("C", "POSIX"):
        raise ServerFailed(
            f"the database has encoding {encoding} and character type {ctype}: Chinese text can be neither searched nor sorted"
            f" in it; create it with encoding UTF8 and lc_ctype C.UTF-8 (or another UTF-8 locale)"
        )
