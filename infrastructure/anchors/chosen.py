"""Which anchors there are (锚定配置): a TOML file of this deployment, the only source of addresses that checkpoints are sent to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.x509 import Certificate, load_pem_x509_certificates

from application.anchors import PRINTED
from domain.proof.note import COSIGNATURE, BadNote, VerifierKey
from infrastructure.settings import BadSetting

EVERY_SECONDS, STAMP_HOURS = 60, 24
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,63}")
"""What an authority may be called: files are named so too."""

KEYS = {"every_seconds", "timestamp_hours", "rehearsals", "witness", "authority", PRINTED}


class BadAnchors(BadSetting):
    """The file of anchors cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class WitnessAt:
    """A witness: under what it is reached, and the public key that was handed over by who runs it."""

    url: str
    key: VerifierKey

    @property
    def name(self) -> str:
        """How it is called: as its key is."""
        return self.key.name


@dataclass(frozen=True, slots=True)
class Authority:
    """A time-stamping authority (RFC 3161): under what it is reached, and the certificates that its own must lead to."""

    name: str
    url: str
    roots: tuple[Certificate, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The anchors of a deployment. `every`: least seconds between two requests to a witness; `stamp_every`: to an authority; `printed`:
    the folder into which the page of each day is written."""

    witnesses: tuple[WitnessAt, ...] = ()
    authorities: tuple[Authority, ...] = ()
    every: int = EVERY_SECONDS
    stamp_every: int = STAMP_HOURS * 3600
    rehearsals: bool = False
    printed: Path | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """How those are called that are asked."""
        return (*(each.name for each in self.witnesses), *(each.name for each in self.authorities))


def read_anchors(path: Path | None) -> Chosen:
    """The anchors in a file; none without one. Raises BadAnchors."""
    if path is None:
        return Chosen()
    try:
        return _chosen(tomllib.loads(path.read_text(encoding="utf-8")), path.parent)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, BadNote, ValueError) as error:
        raise BadAnchors(f"ANJUAN_ANCHORS={path}: {error}") from error


def _chosen(said: Mapping[str, Any], folder: Path) -> Chosen:
    _known(said, KEYS)
    found = Chosen(
        witnesses=tuple(_witness(each) for each in said.get("witness", ())),
        authorities=tuple(_authority(each, folder) for each in said.get("authority", ())),
        every=_number(said, "every_seconds", EVERY_SECONDS),
        stamp_every=_number(said, "timestamp_hours", STAMP_HOURS) * 3600,
        rehearsals=said.get("rehearsals", False) is True,
        printed=_printed(said[PRINTED], folder) if PRINTED in said else None,
    )
    if len(found.names) != len({*found.names} - {PRINTED}):
        raise ValueError("two anchors have one name")
    return found


def _printed(said: Any, folder: Path) -> Path:
    """The folder, beside the file unless its path is whole; whether it is there is asked whenever a page is due."""
    if not isinstance(said, Mapping):
        raise ValueError("printed must be a table: [printed]")
    _known(said, {"folder"})
    return folder / _text(said, "folder")


def _witness(said: Mapping[str, Any]) -> WitnessAt:
    _known(said, {"url", "vkey"})
    key = VerifierKey.parse(_text(said, "vkey"))
    if key.kind != COSIGNATURE:
        raise ValueError(f"the key of {key.name} is not that of a witness")
    return WitnessAt(_address(said), key)


def _authority(said: Mapping[str, Any], folder: Path) -> Authority:
    _known(said, {"name", "url", "roots"})
    roots = load_pem_x509_certificates((folder / _text(said, "roots")).read_bytes())
    name = _text(said, "name")
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of an authority: letters, digits, dots and hyphens")
    return Authority(name, _address(said), tuple(roots))


def _address(said: Mapping[str, Any]) -> str:
    url = _text(said, "url").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ValueError(f"{url!r} is no address such as https://witness.example")
    return url


def _text(said: Mapping[str, Any], name: str) -> str:
    found = said.get(name)
    if not isinstance(found, str) or not found.strip():
        raise ValueError(f"{name} must be given")
    return found.strip()


def _number(said: Mapping[str, Any], name: str, default: int) -> int:
    found = said.get(name, default)
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise ValueError(f"{name} must be a whole number of at least 1")
    return found


def _known(said: Mapping[str, Any], known: set[str]) -> None:
    if other := set(said) - known:
        raise ValueError(f"{', '.join(sorted(other))} is not known; there are {', '.join(sorted(known))}")
