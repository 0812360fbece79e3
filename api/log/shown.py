"""What of the log is for some (限阅账目): its entries for inspectors and auditors, proofs and receipts of an event for its readers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import Schema, fields

from api.context import actor, answer, caller, place
from api.log.whose import OCTETS, PREFIXES, add, callers_own, head_of, not_there, size
from api.openapi import Blueprint
from application.handle import NotFound
from application.permissions import Forbidden
from application.proofs import Located
from application.proving import may_have_proved, may_read_entries
from domain.proof.entry import CASE_ID, entry_of
from domain.proof.inclusion import InclusionProof
from domain.proof.tiles import WIDTH, bundle, parse_place, tile_width

NAMES = ("log entries", "log entries of")


class OfEvent(Schema):
    """Which event."""

    event = fields.UUID(required=True, metadata={"description": "Id of the event"})


class Proved(OfEvent):
    """Which event, in which tree."""

    size = size("Entries of the tree; that of the newest checkpoint if not given")


def entries(where: str, jurisdiction: str | None = None) -> Response:
    """Entries of the log, 256 in a row or as many as `.p/` says (C2SP tlog-tiles)"""
    here = callers_own(jurisdiction)
    if not may_read_entries(here.ledger.register(), caller().organ):
        raise Forbidden("entries of the log are shown to inspectors and auditors")
    with not_there():
        number, width = parse_place(where)
        if tile_width(0, number, head_of(here.proofs)[1].size) < width:
            raise LookupError(f"no signed tree has the entries {where}")
        bundled = bundle(here.proofs.entries(number * WIDTH, width))
    return Response(bundled, content_type=OCTETS)


def inclusion(query: dict[str, Any], jurisdiction: str | None = None) -> Response:
    """That an event is in the log: its entry, and a proof that needs no connection (C2SP tlog-proof)"""
    here = callers_own(jurisdiction)
    event, found = query["event"], _readable(query["event"])
    note, head = head_of(here.proofs, query.get("size"))
    if found.position is None or found.position > head.size:
        raise NotFound(f"event {event} is not among the {head.size} entries that are signed")
    index = found.position - 1
    with not_there():
        proof = InclusionProof(index, tuple(here.proofs.inclusion(index, head.size)), note)
    told = {"event": event, "case": UUID(bytes=found.stored.fields[CASE_ID]), "position": found.position}
    entry = entry_of(here.proofs.ledger, index, found.stored).decode()
    return answer({**told, "size": head.size, "entry": entry, "proof": str(proof), "rehearsal": here.ledger.rehearsal})


def receipt(query: dict[str, Any], jurisdiction: str | None = None) -> Response:
    """The receipt for everything that was recorded together with an event"""
    here = callers_own(jurisdiction)
    _readable(query["event"])
    return answer({"receipt": here.receipts.issued(query["event"]), "rehearsal": here.ledger.rehearsal})


def _readable(event: UUID) -> Located:
    """An event that the caller may read; raises NotFound."""
    found = place().proofs.stored([event]).get(event)
    if found is None or not may_have_proved(place().ledger, actor(), found.stored):
        raise NotFound(f"event {event}")
    return found


def shown_blueprints() -> Iterator[Blueprint]:
    """The routes that ask who calls."""
    for name, prefix in zip(NAMES, PREFIXES, strict=True):
        made = Blueprint(name, __name__, url_prefix=prefix, description="Entries of the log, and proofs about events")
        add(made, "/tile/entries/<path:where>", entries, "Octets", 403, content_type=OCTETS)
        add(made, "/proof/inclusion", inclusion, "Inclusion", 422, query=Proved())
        add(made, "/receipt", receipt, "Receipt", 422, query=OfEvent())
        yield made
