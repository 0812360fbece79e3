"""What the environment says about how Anjuan runs, checked once at start."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any

from infrastructure.safety import unsafe
from infrastructure.setting_values import absolute, any_text, folder, home, hosts, maybe, networks, number, one_of, url
from infrastructure.sign_in.settings import SIGNATURES, keys_place, several_of

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
    sequencer_url: str | None
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
    log_keys_dir: Path | None
    receipt_keys_dir: Path | None
    sequencer: str
    anchors: Path | None
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


SETTINGS = (
    Setting(
        "ANJUAN_ENV",
        "environment",
        DEVELOPMENT,
        one_of(DEVELOPMENT, PRODUCTION),
        "`production` where real cases are kept: whatever is unsafe there stops the start; else `development`",
    ),
    Setting(
        "ANJUAN_HOME",
        "home",
        "",
        home,
        "Folder of the embedded database and of keys; ~/.local/share/anjuan, for root /var/lib/anjuan",
    ),
    Setting("DATABASE_URL", "database_url", "", url, "PostgreSQL 15 to 18 to use instead of the embedded one"),
    Setting(
        "ANJUAN_OWNER_URL",
        "owner_url",
        "",
        url,
        "With DATABASE_URL: the role that owns the tables; without it DATABASE_URL owns them",
    ),
    Setting(
        "ANJUAN_PROJECTOR_URL",
        "projector_url",
        "",
        url,
        "With DATABASE_URL: the role that writes lists in the background; without it DATABASE_URL writes them",
    ),
    Setting(
        "ANJUAN_SEQUENCER_URL",
        "sequencer_url",
        "",
        url,
        "With DATABASE_URL: the role that gives positions and signs the log; without it the one that writes lists does",
    ),
    Setting(
        "ANJUAN_PG_USER", "postgres_user", "nobody", any_text, "Account that runs the embedded PostgreSQL for root"
    ),
    Setting(
        "ANJUAN_POSTGRES_BIN",
        "postgres_bin",
        "",
        absolute,
        "Folder with initdb and pg_ctl to use instead of the packaged PostgreSQL 18",
    ),
    Setting("ANJUAN_HOST", "host", "127.0.0.1", any_text, "Address that `anjuan serve` listens on"),
    Setting(
        "ANJUAN_TRUSTED_HOSTS",
        "trusted_hosts",
        "",
        hosts,
        "Names under which the service is called, separated by commas; any other is refused. Those of this machine if not given",
    ),
    Setting("ANJUAN_PORT", "port", "8000", number(0, 65535), "Port that `anjuan serve` listens on; 0 for a free one"),
    Setting(
        "ANJUAN_SCHEDULER", "scheduler", "embedded", one_of("embedded", "off"), "Whether this process runs the sweep"
    ),
    Setting("ANJUAN_TIMEZONE", "timezone", TIMEZONE, one_of(TIMEZONE), "Zone in which days are counted; only this one"),
    Setting("ANJUAN_POOL_SIZE", "pool_size", "8", number(1, 200), "Most database connections of one process"),
    Setting(
        "ANJUAN_WEBHOOKS",
        "webhooks",
        "real",
        one_of("real", "all", "off"),
        "Whose webhooks this process delivers: those of real ledgers, of rehearsals too, none",
    ),
    Setting(
        "ANJUAN_WEBHOOK_NETWORKS",
        "webhook_networks",
        "",
        networks,
        "Networks that are not public and yet may be sent to, such as `10.1.0.0/16,127.0.0.1/32`",
    ),
    Setting(
        "ANJUAN_LAW_DIR",
        "law_dir",
        "",
        folder,
        "Folder with profiles, calendars and texts of this deployment, read beside those that ship",
    ),
    Setting(
        "ANJUAN_JURISDICTION",
        "jurisdiction",
        "",
        maybe,
        "Which jurisdiction the command line is about where there are several and none is named",
    ),
    Setting(
        "ANJUAN_KEYS_DIR",
        "keys_dir",
        "",
        absolute,
        "Folder of the keys of protected values, the same for every process of one database; `keys` in ANJUAN_HOME",
    ),
    Setting(
        "ANJUAN_KEKS_DIR",
        "keks_dir",
        "",
        absolute,
        "Folder of the key-encryption keys, where they are to lie and be backed up apart; `keks` beside the others",
    ),
    Setting(
        "ANJUAN_LOG_KEYS_DIR",
        "log_keys_dir",
        "",
        absolute,
        "Folder of the keys that sign the log and of the checkpoint signed last; `log` in ANJUAN_HOME",
    ),
    Setting(
        "ANJUAN_RECEIPT_KEYS_DIR",
        "receipt_keys_dir",
        "",
        absolute,
        "Folder of the keys that sign receipts, the same for every process that answers requests; `receipts` in ANJUAN_HOME",
    ),
    Setting(
        "ANJUAN_SEQUENCER",
        "sequencer",
        "embedded",
        one_of("embedded", "off"),
        "Whether `anjuan serve` gives positions and signs the log itself; `off` where `anjuan sequencer` does",
    ),
    Setting(
        "ANJUAN_ANCHORS",
        "anchors",
        "",
        absolute,
        "File that names the witnesses and time-stamping authorities to which checkpoints are sent; none if not given",
    ),
    Setting(
        "ANJUAN_PROXIES",
        "proxies",
        "0",
        number(0, 5),
        "How many proxies of our own stand before the service: so many of X-Forwarded-For are believed",
    ),
    Setting(
        "ANJUAN_OIDC_ISSUER",
        "oidc_issuer",
        "",
        maybe,
        "Identity provider whose signed statements (JWT) let officers in, exactly as its `iss` says",
    ),
    Setting("ANJUAN_OIDC_AUDIENCE", "oidc_audience", "", maybe, "What statements for this service have as `aud`"),
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
    if found.sequencer_url and not found.database_url:
        raise BadSetting("ANJUAN_SEQUENCER_URL goes with DATABASE_URL, which is not given")
    if found.production and (wrong := "; ".join(unsafe(found, given))):
        raise BadSetting(f"ANJUAN_ENV=production does not start: {wrong}")
    return found


def _value(setting: Setting, given: Mapping[str, str]) -> Any:
    text = given.get(setting.variable, "").strip() or setting.default
    try:
        return setting.read(text)
    except ValueError as wrong:
        shown = "" if setting.read is url else f"={text}"
        raise BadSetting(f"{setting.variable}{shown} {wrong}") from wrong
