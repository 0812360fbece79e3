"""How the settings of an identity provider are read (认证设置): a wrong one raises ValueError with the reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Those with a private and a public key: whoever can check a statement cannot make one."""


def several_of(*allowed: str) -> Callable[[str], tuple[str, ...]]:
    """Some of these words, separated by commas."""

    def read(value: str) -> tuple[str, ...]:
        found = tuple(each.strip() for each in value.split(",") if each.strip())
        if not found or not set(allowed).issuperset(found):
            raise ValueError("must be some of " + ", ".join(allowed))
        return found

    return read


def keys_place(value: str) -> str | None:
    """Where public keys are: a file, or an address that nobody on the way can change."""
    said = urlsplit(value)
    safe = said.scheme == "https" or (said.scheme == "http" and said.hostname in LOOPBACK)
    if value and not Path(value).is_absolute() and not (safe and said.hostname):
        raise ValueError("must be an absolute path or an https:// address")
    return value or None
