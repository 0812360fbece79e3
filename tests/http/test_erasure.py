"""Whose identity was erased is nobody's any more; the case goes on, and is read, listed and acted upon as before."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote
from uuid import UUID

from domain.kernel import case_id
from tests.http.client import path_of
from tests.http.conftest import County


def test_a_case_whose_complainant_was_erased_goes_on(county: County, number: str) -> None:
    client, place = county.client("zjj"), county.wiring.place(county.name)
    client.open_complaint(number)
    (opening,) = place.log.load_stream(case_id(number))
    reference = UUID(opening.event.complainant)  # type: ignore[attr-defined]
    assert list(place.log.reveal([reference]).values()) != [None]
    before = {path: client.get(path_of(number) + path).json for path in ("", "/events", "/clocks", "/custody")}
    assert place.log.vault.erase(case_id(number), datetime.now(UTC)) == 2
    assert place.log.reveal([reference]) == {reference: None}
    after = {path: client.get(path_of(number) + path) for path in before}
    assert {answer.status for answer in after.values()} == {200}
    assert [each["event_id"] for each in after["/events"].json["items"]] == [str(opening.event_id)]
    assert after[""].json["version"] == before[""]["version"]
    assert client.post(f"/api/v1/complaint/{quote(number)}/accept", {}).status == 200
