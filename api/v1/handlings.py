"""Officers in charge over HTTP (主办人): the cases of an officer, and the hand-over of a leaver's to a successor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response
from marshmallow import Schema

from api.context import actor, answer, place, wiring
from api.openapi import BUSINESS_TIME, RECORDING_TIME, Blueprint
from api.v1.fields import SHORT, Text
from api.v1.listing import Listed, cursor, listed, word
from api.v1.steps import PREFIX
from api.v1.times import times
from application.handlings import FORBIDDEN, InCharge, OnRecord, hand_over, in_charge
from application.permissions import sight
from application.ports import Page
from application.shown import plain

HANDLINGS = Blueprint("handlings", __name__, url_prefix=PREFIX, description="Officers in charge of cases")
SEES_ALL = frozenset({"office", "inspector", "auditor", "system"})


class Asked(Listed):
    """Whose cases."""

    officer = word("Id of the officer in charge")
    department = word("Id of the organ")


class HandOver(Schema):
    """From whom to whom."""

    officer = Text(required=True, longest=SHORT)
    successor = Text(required=True, longest=SHORT)


@HANDLINGS.route("/handlings")
@HANDLINGS.arguments(Asked(), location="query")
@HANDLINGS.documented("Handlings", 400, 422, 503, summary="Which officer is in charge of which case")
def handlings(query: dict[str, Any]) -> Response:
    """A department sees its own officers; the office, inspectors and auditors all. Files that the caller may not read are left out."""
    begin = int((cursor("handlings", query) or (0,))[0])
    found = list(_found(query))
    end = begin + query["limit"]
    rows = [_row(each) for each in found[begin:end] if not _hidden(each.file_no)]
    page = Page(rows, place().log.last_position(), (end,) if end < len(found) else None)
    return listed("handlings", query, page)


@HANDLINGS.route("/handlings/hand-over", methods=["POST"], parameters=[BUSINESS_TIME, RECORDING_TIME])
@HANDLINGS.arguments(HandOver())
@HANDLINGS.documented("HandedOver", 400, 403, 413, 415, 422, 503, summary="Hand all cases of an officer to a successor")
def hand_all_over(body: dict[str, Any]) -> Response:
    """Each file is an act of its own; sent again it goes on where it stopped. Closed cases go over like open ones."""
    here, now = place(), wiring().now()
    here.receipts.ready()
    _, recorded_at = times(None, now, rehearsal=here.ledger.rehearsal)
    told = hand_over(here.ledger, here.log, actor=actor(), now=now, recorded_at=recorded_at, **body)
    refused = [{"file_no": number, "code": code} for number, code in told.refused if code != FORBIDDEN]
    handed = [_row(each) for each in told.handed]
    files = [_receipt(each) for each in told.recorded if not (each.before and _hidden(each.file_no))]
    return answer({"handed": handed, "refused": refused, "files": files, "rehearsal": here.ledger.rehearsal})


def _found(query: Mapping[str, Any]) -> Iterator[InCharge]:
    organ = place().ledger.register().organ(actor().department)
    every = organ is not None and not SEES_ALL.isdisjoint(organ.roles)
    for each in in_charge(place().log.assignments()):
        seen = every or each.organ == actor().department
        if seen and query.get("officer") in (None, each.officer) and query.get("department") in (None, each.organ):
            yield each


def _hidden(file_no: str) -> bool:
    file = place().ledger.file_numbered(file_no)
    return file is None or not sight(actor(), file)


def _receipt(found: OnRecord) -> dict[str, Any]:
    return {"file_no": found.file_no, "replayed": found.before, "receipt": place().receipts.after(found.event)}


def _row(found: InCharge) -> dict[str, Any]:
    told = {"case": found.number, "file_no": found.file_no, "organ": found.organ, "officer": found.officer}
    return {**told, "since": plain(found.since)}
