"""Whose log a path means (何处账目): the one that it names, the caller's, or the only one of the deployment."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Response, g, request
from marshmallow import Schema, fields, validate

from api.auth import COOKIE, enter
from api.context import place, wiring
from api.openapi import Blueprint
from api.wiring import NoSuchJurisdiction, Place
from application.handle import NotFound
from application.proofs import Proofs
from domain.proof.checkpoint import Checkpoint
from domain.proof.note import Note

PREFIXES = ("/log", "/log/<jurisdiction>")
"""Under which every route stands."""

OCTETS = "application/octet-stream"
SIZE = validate.Range(0, 2**62)
"""Sizes of trees that can be asked for."""


def size(about: str, **options: Any) -> fields.Integer:
    """The size of a tree in a query."""
    return fields.Integer(validate=SIZE, metadata={"description": about}, **options)


def add(
    blueprint: Blueprint,
    path: str,
    view: Callable[..., Response],
    shape: str,
    *statuses: int,
    query: Schema | None = None,
    **words: Any,
) -> None:
    """Let a view answer a path, documented by what it says of itself."""
    about = (view.__doc__ or "").strip()
    documented = blueprint.documented(shape, 404, *statuses, 503, summary=about, **words)(view)
    if query is not None:
        documented = blueprint.arguments(query, location="query")(documented)
    blueprint.add_url_rule(path, view.__name__, documented, methods=["GET"])


def anybodys(jurisdiction: str | None) -> Place:
    """The jurisdiction that is asked about, whoever asks; raises NotFound where none is named and there are several."""
    if jurisdiction is None and ("Authorization" in request.headers or COOKIE in request.cookies):
        enter()
        return place()
    names = wiring().names() if jurisdiction is None else [jurisdiction]
    if len(names) != 1:
        raise NotFound(f"there are {len(names)} jurisdictions: /log/<jurisdiction>/…")
    try:
        g.place = wiring().place(names[0])
    except NoSuchJurisdiction as error:
        raise NotFound(f"jurisdiction {error}") from error
    return place()


def callers_own(jurisdiction: str | None) -> Place:
    """The caller's own jurisdiction; raises NotFound where another one is named."""
    if jurisdiction not in (None, place().name):
        raise NotFound(f"jurisdiction {jurisdiction}")
    return place()


def head_of(proofs: Proofs, size: int | None = None) -> tuple[Note, Checkpoint]:
    """The newest checkpoint, or that of a size, as a note and as what it says; raises NotFound."""
    note = proofs.head(size)
    if note is None:
        raise NotFound("no checkpoint is signed yet" if size is None else f"no checkpoint of size {size} was signed")
    return note, Checkpoint.parse(note.text)


def hashes_told(path: list[bytes]) -> list[str]:
    """Hashes as they are written."""
    return [b64encode(each).decode() for each in path]


@contextmanager
def not_there() -> Iterator[None]:
    """What cannot be found, or is no place where anything could be, is not there."""
    try:
        yield
    except (LookupError, ValueError) as error:
        raise NotFound(str(error)) from error
