"""How the texts of the environment become values (取值): each reader raises ValueError with the reason."""

from __future__ import annotations

import os
import pwd
import re
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

_HOST = re.compile(r"[.]?[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


def any_text(value: str) -> str:
    """The text as it is."""
    return value


def maybe(value: str) -> str | None:
    """The text; None if there is none."""
    return value or None


def url(value: str) -> str | None:
    """The address of a database."""
    if value and not value.startswith(("postgresql://", "postgres://")):
        raise ValueError("must be a postgresql:// URL")
    return value or None


def number(lowest: int, highest: int) -> Callable[[str], int]:
    """Reads a whole number between two."""

    def read(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
            raise ValueError(f"must be a whole number from {lowest} to {highest}")
        return int(value)

    return read


def one_of(*allowed: str) -> Callable[[str], str]:
    """Reads one of the words that are allowed."""

    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError("must be " + " or ".join(allowed))
        return value

    return read


def networks(value: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Networks, separated by commas."""
    try:
        return tuple(ip_network(each.strip()) for each in value.split(",") if each.strip())
    except ValueError as wrong:
        raise ValueError(f"must be networks such as 10.1.0.0/16, separated by commas: {wrong}") from wrong


def hosts(value: str) -> tuple[str, ...]:
    """Names of hosts, separated by commas."""
    found = tuple(each.strip().lower() for each in value.split(",") if each.strip())
    if any(not _HOST.fullmatch(each) for each in found):
        raise ValueError("must be names such as anjuan.example.gov.cn, without port or path, separated by commas")
    return found


def absolute(value: str) -> Path | None:
    """A path that does not depend on where the process stands."""
    if value and not Path(value).is_absolute():
        raise ValueError("must be an absolute path")
    return Path(value) if value else None


def folder(value: str) -> Path | None:
    """The same of a folder that is there."""
    found = absolute(value)
    if found is not None and not found.is_dir():
        raise ValueError("must be a folder")
    return found


def home(value: str) -> Path:
    """The folder of what is kept here, whoever runs it."""
    if value:
        return Path(value).expanduser().resolve()
    return Path("/var/lib/anjuan") if os.geteuid() == 0 else _account_home() / ".local/share/anjuan"


def _account_home() -> Path:
    """The home of the calling account, whatever HOME says: it is empty or unset under many service managers."""
    try:
        return Path(os.environ.get("HOME") or pwd.getpwuid(os.geteuid()).pw_dir).resolve()
    except KeyError:
        raise ValueError("must be given: this account has no home directory") from None
