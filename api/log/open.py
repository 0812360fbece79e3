"""What of the log is open to everybody (公开账目): checkpoints, keys, the tiles of hashes, and that the log only grew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response
from marshmallow import Schema

from api.context import answer, wiring
from api.log.page import checkpoint_page, policy
from api.log.whose import OCTETS, PREFIXES, add, anybodys, hashes_told, head_of, not_there, size
from api.openapi import Blueprint
from application.proofs import Proofs
from application.shown import in_china
from domain.proof.merkle import HASH_BYTES
from domain.proof.tiles import parse_place, tile_width

NAMES = ("log", "log of")
TEXT, HTML = "text/plain; charset=utf-8", "text/html; charset=utf-8"
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


class OfSize(Schema):
    """Which checkpoint."""

    size = size("Entries of its tree; the newest checkpoint if not given")


class Span(Schema):
    """From which tree to which."""

    from_ = size("Entries of the older tree", required=True, data_key="from")
    to = size("Entries of the newer tree; that of the newest checkpoint if not given")


def checkpoint(query: dict[str, Any], jurisdiction: str | None = None) -> Response:
    """The signed head of the log (C2SP tlog-checkpoint)"""
    note, _ = head_of(anybodys(jurisdiction).proofs, query.get("size"))
    return Response(str(note), content_type=TEXT)


def print_checkpoint(query: dict[str, Any], jurisdiction: str | None = None) -> Response:
    """The signed head of the log as a page to be printed, with a QR code of it"""
    here = anybodys(jurisdiction)
    note, _ = head_of(here.proofs, query.get("size"))
    page = checkpoint_page(here.name, note, at=wiring().now(), rehearsal=here.ledger.rehearsal)
    return Response(page, content_type=HTML, headers={"Content-Security-Policy": policy()})


def tile(level: int, where: str, jurisdiction: str | None = None) -> Response:
    """Hashes of the tree, 256 in a row or as many as `.p/` says (C2SP tlog-tiles)"""
    proofs = anybodys(jurisdiction).proofs
    with not_there():
        number, width = parse_place(where)
        if tile_width(level, number, head_of(proofs)[1].size) < width:
            raise LookupError(f"no signed tree has the tile {level}/{where}")
        hashes = proofs.tile(level, number)[: width * HASH_BYTES]
    return Response(hashes, content_type=OCTETS, headers=FOR_EVER)


def consistency(query: dict[str, Any], jurisdiction: str | None = None) -> Response:
    """That the tree of one size begins with that of another (RFC 6962, 2.1.2)"""
    proofs = anybodys(jurisdiction).proofs
    newest = head_of(proofs)[1].size
    old, new = query["from_"], query.get("to", newest)
    with not_there():
        if not old <= new <= newest:
            raise LookupError(f"the newest signed tree has {newest} entries")
        path = proofs.consistency(old, new)
    heads = {"checkpoint_from": _told(proofs, old), "checkpoint_to": _told(proofs, new)}
    return answer({"origin": proofs.origin, "from": old, "to": new, "hashes": hashes_told(path), **heads})


def _told(proofs: Proofs, size: int) -> str | None:
    """The checkpoint of a size, if one was signed."""
    note = proofs.head(size)
    return None if note is None else str(note)


def keys(jurisdiction: str | None = None) -> Response:
    """The public keys that were ever published, which is no reason to trust them"""
    here = anybodys(jurisdiction)
    published = here.proofs.keys()
    items = [
        {
            "key": str(each.key),
            "purpose": each.purpose,
            "introduced_at": in_china(each.introduced_at),
            "retired_at": each.retired_at and in_china(each.retired_at),
        }
        for each in published
    ]
    return answer({"origin": here.proofs.origin, "items": items, "rehearsal": here.ledger.rehearsal})


def open_blueprints() -> Iterator[Blueprint]:
    """The routes that are open to everybody."""
    for name, prefix in zip(NAMES, PREFIXES, strict=True):
        made = Blueprint(name, __name__, url_prefix=prefix, description="The head, the hashes and the keys of the log")
        add(made, "/checkpoint", checkpoint, "CheckpointText", 422, query=OfSize(), content_type=TEXT)
        add(made, "/checkpoint/print", print_checkpoint, "PrintedPage", 422, query=OfSize(), content_type=HTML)
        add(made, "/tile/<int:level>/<path:where>", tile, "Octets", content_type=OCTETS)
        add(made, "/proof/consistency", consistency, "Consistency", 422, query=Span())
        add(made, "/keys", keys, "LogKeys")
        yield made
