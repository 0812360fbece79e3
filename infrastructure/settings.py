"""What the environment says about how Anjuan runs, checked once at start."""

from __future__ import annotations

import os
import pwd
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

from infrastructure.safety import unsafe
from infrastructure.sign_in.settings import SIGNATURES, keys_place, several_of

_HOST = re.compile(r"[.]?[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
TIMEZONE = "Asia/Shanghai"
DEVELOPMENT, PRODUCTION = "development", "production"


class BadSetting(ValueError):
    """A variable of the environment has a value that Anjuan cannot run with; the message names both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every choice that is made outside the code; the variables are listed in SETTINGS."""

    environment: str
    home: Path
    database_url: str | None
    owner_url: str | None
    projector_url: str | None
    postgres_user: str
    postgres_bin: Path | None
    host: str
    trusted_hosts: tuple[str, ...]
    port: int
    scheduler: str
    timezone: str
    pool_size: int
    webhooks: str
    webhook_networks: tuple[IPv4Network | IPv6Network, ...]
    law_dir: Path | None
    jurisdiction: str | None
    keys_dir: Path | None
    keks_dir: Path | None
    proxies: int
    oidc_issuer: str | None
    oidc_audience: str | None
    oidc_keys: str | None
    oidc_algorithms: tuple[str, ...]

    @property
    def production(self) -> bool:
        """Whether real cases are kept here, so that nothing unsafe may be set."""
        return self.environment == PRODUCTION


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable of the environment: `read` turns its text into the value or raises ValueError with the reason."""

    variable: str
    field: str
    default: str
    read: Callable[[str], Any]
    meaning: str


def _text(value: str) -> str:
    return value


def _maybe(value: str) -> str | None:
    return value or None


def _url(value: str) -> str | None:
    if value and not value.startswith(("postgresql://", "postgres://")):
        raise ValueError("must be a postgresql:// URL")
    return value or None


def _number(lowest: int, highest: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
            raise ValueError(f"must be a whole number from {lowest} to {highest}")
        return int(value)

    return read


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError("must be " + " or ".join(allowed))
        return value

    return read


def _networks(value: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(each.strip()) for each in value.split(",") if each.strip())
    except ValueError as wrong:
        raise ValueError(f"must be networks such as 10.1.0.0/16, separated by commas: {wrong}") from wrong


def _hosts(value: str) -> tuple[str, ...]:
    found = tuple(each.strip().lower() for each in value.split(",") if each.strip())
    if any(not _HOST.fullmatch(each) for each in found):
        raise ValueError("must be names such as anjuan.example.gov.cn, without port or path, separated by commas")
    return found


def _absolute(value: str) -> Path | None:
    if value and not Path(value).is_absolute():
        raise ValueError("must be an absolute path")
    return Path(value) if value else None


def _folder(value: str) -> Path | None:
    found = _absolute(value)
    if found is not None and not found.is_dir():
        raise ValueError("must be a folder")
    return found


def _home(value: str) -> Path:
    if value:
        return Path(value).expanduser().resolve()
    return Path("/var/lib/anjuan") if os.geteuid() == 0 else _account_home() / ".local/share/anjuan"


def _account_home() -> Path:
    """The home of the calling account, whatever HOME says: it is empty or unset under many service managers."""
    try:
        return Path(os.environ.get("HOME") or pwd.getpwuid(os.geteuid()).pw_dir).resolve()
    except KeyError:
        raise ValueError("must be given: this account has no home directory") from None


SETTINGS = (
    Setting(
        "ANJUAN_ENV",
        "environment",
        DEVELOPMENT,
        _one_of(DEVELOPMENT, PRODUCTION),
        "`production` where real cases are kept: whatever is unsafe there stops the start; else `development`",
    ),
    Setting(
        "ANJUAN_HOME",
        "home",
        "",
        _home,
        "Folder of the embedded database and of keys; ~/.local/share/anjuan, for root /var/lib/anjuan",
    ),
    Setting("DATABASE_URL", "database_url", "", _url, "PostgreSQL 15 to 18 to use instead of the embedded one"),
    Setting(
        "ANJUAN_OWNER_URL",
        "owner_url",
        "",
        _url,
        "With DATABASE_URL: the role that owns the tables; without it DATABASE_URL owns them",
    ),
    Setting(
        "ANJUAN_PROJECTOR_URL",
        "projector_url",
        "",
        _url,
        "With DATABASE_URL: the role that writes lists and positions in the background; without it DATABASE_URL writes them",
    ),
    Setting("ANJUAN_PG_USER", "postgres_user", "nobody", _text, "Account that runs the embedded PostgreSQL for root"),
    Setting(
        "ANJUAN_POSTGRES_BIN",
        "postgres_bin",
        "",
        _absolute,
        "Folder with initdb and pg_ctl to use instead of the packaged PostgreSQL 18",
    ),
    Setting("ANJUAN_HOST", "host", "127.0.0.1", _text, "Address that `anjuan serve` listens on"),
    Setting(
        "ANJUAN_TRUSTED_HOSTS",
        "trusted_hosts",
        "",
        _hosts,
        "Names under which the service is called, separated by commas; any other is refused. Those of this machine if not given",
    ),
    Setting("ANJUAN_PORT", "port", "8000", _number(0, 65535), "Port that `anjuan serve` listens on; 0 for a free one"),
    Setting(
        "ANJUAN_SCHEDULER", "scheduler", "embedded", _one_of("embedded", "off"), "Whether this process runs the sweep"
    ),
    Setting(
        "ANJUAN_TIMEZONE", "timezone", TIMEZONE, _one_of(TIMEZONE), "Zone in which days are counted; only this one"
    ),
    Setting("ANJUAN_POOL_SIZE", "pool_size", "8", _number(1, 200), "Most database connections of one process"),
    Setting(
        "ANJUAN_WEBHOOKS",
        "webhooks",
        "real",
        _one_of("real", "all", "off"),
        "Whose webhooks this process delivers: those of real ledgers, of rehearsals too, none",
    ),
    Setting(
        "ANJUAN_WEBHOOK_NETWORKS",
        "webhook_networks",
        "",
        _networks,
        "Networks that are not public and yet may be sent to, such as `10.1.0.0/16,127.0.0.1/32`",
    ),
    Setting(
        "ANJUAN_LAW_DIR",
        "law_dir",
        "",
        _folder,
        "Folder with profiles, calendars and texts of this deployment, read beside those that ship",
    ),
    Setting(
        "ANJUAN_JURISDICTION",
        "jurisdiction",
        "",
        _maybe,
        "Which jurisdiction the command line is about where there are several and none is named",
    ),
    Setting(
        "ANJUAN_KEYS_DIR",
        "keys_dir",
        "",
        _absolute,
        "Folder of the keys of protected values, the same for every process of one database; `keys` in ANJUAN_HOME",
    ),
    Setting(
        "ANJUAN_KEKS_DIR",
        "keks_dir",
        "",
        _absolute,
        "Folder of the key-encryption keys, where they are to lie and be backed up apart; `keks` beside the others",
    ),
    Setting(
        "ANJUAN_PROXIES",
        "proxies",
        "0",
        _number(0, 5),
        "How many proxies of our own stand before the service: so many of X-Forwarded-For are believed",
    ),
    Setting(
        "ANJUAN_OIDC_ISSUER",
        "oidc_issuer",
        "",
        _maybe,
        "Identity provider whose signed statements (JWT) let officers in, exactly as its `iss` says",
    ),
    Setting("ANJUAN_OIDC_AUDIENCE", "oidc_audience", "", _maybe, "What statements for this service have as `aud`"),
    Setting(
        "ANJUAN_OIDC_KEYS",
        "oidc_keys",
        "",
        keys_place,
        "The provider's public keys (JWKS): a file, or an https:// address that is read at most once a minute",
    ),
    Setting(
        "ANJUAN_OIDC_ALGORITHMS",
        "oidc_algorithms",
        "RS256,PS256,ES256",
        several_of(*SIGNATURES),
        "How statements may be signed",
    ),
)


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that the environment gives; BadSetting for a wrong value, an unknown ANJUAN_ variable, and in production for
    whatever is unsafe there."""
    given = os.environ if environment is None else environment
    known = {each.variable for each in SETTINGS}
    for variable in sorted(given):
        if variable.startswith("ANJUAN_") and variable not in known:
            raise BadSetting(f"{variable} is no setting of Anjuan; there are {', '.join(sorted(known))}")
    found = Settings(**{each.field: _value(each, given) for each in SETTINGS})
    if found.owner_url and not found.database_url:
        raise BadSetting("ANJUAN_OWNER_URL goes with DATABASE_URL, which is not given")
    told = (found.oidc_issuer, found.oidc_audience, found.oidc_keys)
    if any(told) and not all(told):
        raise BadSetting("ANJUAN_OIDC_ISSUER, ANJUAN_OIDC_AUDIENCE and ANJUAN_OIDC_KEYS go together")
    if found.projector_url and not found.database_url:
        raise BadSetting("ANJUAN_PROJECTOR_URL goes with DATABASE_URL, which is not given")
    if found.production and (wrong := "; ".join(unsafe(found, given))):
        raise BadSetting(f"ANJUAN_ENV=production does not start: {wrong}")
    return found


def _value(setting: Setting, given: Mapping[str, str]) -> Any:
    text = given.get(setting.variable, "").strip() or setting.default
    try:
        return setting.read(text)
    except ValueError as wrong:
        shown = "" if setting.read is _url else f"={text}"
        raise BadSetting(f"{setting.variable}{shown} {wrong}") from wrong
