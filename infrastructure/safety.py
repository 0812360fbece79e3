"""What is unsafe where real cases are kept (生产环境), and therefore stops the start there, each with its reason."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from infrastructure.settings import Settings

DEBUGGING = ("FLASK_DEBUG", "WERKZEUG_DEBUG_PIN", "PYTHONINSPECT", "PYTHONOPTIMIZE")
SEALED = ("require", "verify-ca", "verify-full")
LOCAL = ("", "localhost", "127.0.0.1", "::1")
WIDEST = {4: 8, 6: 16}


def unsafe(chosen: Settings, environment: Mapping[str, str]) -> Iterator[str]:
    """Everything that may not be so in production; nothing if all is well."""
    if not chosen.trusted_hosts:
        yield "ANJUAN_TRUSTED_HOSTS must say under which names the service is called"
    for variable in DEBUGGING:
        if environment.get(variable, "").strip() not in ("", "0", "false", "off"):
            yield f"{variable} must not be set: it opens the process, or takes checks out of it"
    yield from _sending(chosen)
    yield from _database(chosen)
    yield from _folders(chosen)


def _sending(chosen: Settings) -> Iterator[str]:
    if chosen.webhooks == "all":
        yield "ANJUAN_WEBHOOKS=all would send out what is rehearsed"
    for network in chosen.webhook_networks:
        if _wide(network):
            yield f"ANJUAN_WEBHOOK_NETWORKS={network} opens more than one network to what the service sends"


def _wide(network: IPv4Network | IPv6Network) -> bool:
    return network.prefixlen < WIDEST[network.version]


def _database(chosen: Settings) -> Iterator[str]:
    if chosen.database_url is None:
        return
    if chosen.owner_url is not None and _user(chosen.owner_url) == _user(chosen.database_url):
        yield "DATABASE_URL and ANJUAN_OWNER_URL name one role: the service could change what is recorded"
    named = ("DATABASE_URL", chosen.database_url), ("ANJUAN_OWNER_URL", chosen.owner_url)
    others = ("ANJUAN_PROJECTOR_URL", chosen.projector_url), ("ANJUAN_SEQUENCER_URL", chosen.sequencer_url)
    for variable, url in (*named, *others):
        if url is not None and not _private(url):
            yield f"{variable} crosses the network in plain: add sslmode=verify-full (or at least require)"


def _user(url: str) -> str | None:
    return urlsplit(url).username or parse_qs(urlsplit(url).query).get("user", [None])[0]


def _private(url: str) -> bool:
    """Whether a connection stays on this machine or is encrypted."""
    asked = parse_qs(urlsplit(url).query)
    if asked.get("sslmode", [""])[0] in SEALED:
        return True
    named = urlsplit(url).netloc.rpartition("@")[2].split(",") if urlsplit(url).netloc.rpartition("@")[2] else []
    hosts = [_host(each) for each in (named or asked.get("host", [""])[0].split(","))]
    return all(each in LOCAL or each.startswith("/") for each in hosts)


def _host(said: str) -> str:
    return said[1:].partition("]")[0] if said.startswith("[") else said.partition(":")[0].replace("%2F", "/")


def _folders(chosen: Settings) -> Iterator[str]:
    secret = {
        "ANJUAN_KEYS_DIR": chosen.keys_dir or chosen.home / "keys",
        "ANJUAN_KEKS_DIR": chosen.keks_dir,
        "ANJUAN_LOG_KEYS_DIR": chosen.log_keys_dir or chosen.home / "log",
        "ANJUAN_RECEIPT_KEYS_DIR": chosen.receipt_keys_dir or chosen.home / "receipts",
    }
    for variable, folder in secret.items():
        if folder is not None:
            if _mode(folder) & 0o077:
                yield f"{variable}: others may use {folder} (chmod go= {folder})"
            yield from _changeable(variable, folder.parent)
    if chosen.law_dir is not None:
        yield from _changeable("ANJUAN_LAW_DIR", chosen.law_dir)
    if chosen.anchors is not None:
        if _mode(chosen.anchors) & 0o022:
            yield f"ANJUAN_ANCHORS: others may change {chosen.anchors} (chmod go-w {chosen.anchors})"
        yield from _changeable("ANJUAN_ANCHORS", chosen.anchors.parent)


def _changeable(variable: str, folder: Path) -> Iterator[str]:
    """Every folder on the way to this one whose content others may exchange."""
    for each in (folder, *folder.parents):
        mode = _mode(each)
        if mode & 0o002 and not mode & stat.S_ISVTX:
            yield f"{variable}: everybody may exchange what lies in {each} (chmod o-w {each})"


def _mode(path: Path) -> int:
    """The permissions of a path; none where there is nothing yet."""
    try:
        return os.stat(path).st_mode
    except (FileNotFoundError, PermissionError):
        return 0
