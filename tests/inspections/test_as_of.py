"""A list as of an earlier day is the list of that day, whatever was recorded since; and nobody else may write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.inspections.conftest import LOOKS
from tests.inspections.county import LISTS, Inspected, china
from tests.inspections.walk import FILE, RECORD

DOCS = Path(__file__).parents[2] / "docs" / "inspectors.md"


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("day", LOOKS)
def test_a_list_as_of_a_day_is_what_was_listed_then(county: Inspected, name: str, day: str) -> None:
    at = china(day)
    assert county.items(name, as_of=at.isoformat()) == county.shown[at, name]


def test_control_the_lists_did_change(county: Inspected) -> None:
    for name in LISTS:
        shown = [repr(county.shown[china(day), name]) for day in LOOKS]
        assert len(set(shown)) > 1, f"{name}: the comparison above would notice nothing"


def test_control_a_withdrawn_card_was_standing_before(county: Inspected) -> None:
    at = china("2024-06-27T18:00")
    (red,) = [each for each in county.shown[at, "cards"] if each["kind"] == "red" and each["file_no"] == "TS-2024-E1"]
    assert (red["state"], red["verdict"]) == ("standing", None)


def test_the_record_shows_its_letters_and_cards(county: Inspected) -> None:
    record = county.get(f"cases/{RECORD}")
    assert (record["state"], record["summary"]["letters_open"], len(record["summary"]["red_cards"])) == ("open", 0, 3)
    assert record["holder"] is None, "a letter moves nobody's custody"


def test_every_clock_of_an_answer_ran_as_the_letter_said(county: Inspected) -> None:
    clocks = [each for each in county.get(f"cases/{RECORD}/clocks")["items"] if each["rule"] == "DB-ANSWER"]
    assert [(each["party"], each["due"], each["state"]) for each in clocks] == [
        ("slj", "2024-05-10", "met"), ("jtj", "2024-05-14", "met"), ("zjj", "2024-06-07", "breached_late"),
    ]  # fmt: skip


@pytest.mark.parametrize(("organ", "status"), [("slj", 403), ("jtj", 403), ("zjj", 403), ("gwh", 404)])
def test_departments_write_no_letters_and_close_no_record(county: Inspected, organ: str, status: int) -> None:
    """Those with a letter know that there is a record; for who got none there is not."""
    said = {"kind": "督办", "to": "slj", "answer_by": "2025-12-31", "about_case": FILE}
    for step, body in (("issue-letter", said), ("close-record", {"conclusion": "x"})):
        assert county.refused(organ, "2025-12-01", f"supervision/{RECORD}/{step}", body).status == status


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("cards?state=gone", "state"),
        ("letters?kind=x", "kind"),
        ("extensions?outlier=all", "outlier"),
        ("in-transit?days=-1", "days"),
        ("returns?from=2024-05-01", "to"),
        ("league?from=2024-05-02&to=2024-05-01", "to"),
        ("flow?from=2014-05-02&to=2024-05-01", "to"),
        ("ageing?nothing=1", "nothing"),
    ],
)
def test_what_is_asked_wrongly_is_named(county: Inspected, path: str, wrong: str) -> None:
    answer = county.client("jwjc").get(f"/api/v1/{path}")
    assert (answer.status, list(answer.body["errors"])) == (422, [wrong])


def test_a_list_waits_for_the_write_that_it_is_to_show(county: Inspected) -> None:
    unknown = county.client("jwjc").get("/api/v1/cards?after=00000000-0000-0000-0000-000000000001")
    assert unknown.status == 422


def test_the_walk_in_the_documentation_is_what_the_record_holds(county: Inspected) -> None:
    """Row by row: when, who, and what was recorded."""
    told = [
        tuple(cell.strip(" `") for cell in row.split("|")[1:4])
        for row in DOCS.read_text(encoding="utf-8").splitlines()
        if re.match(r"\| 2024-\d\d-\d\d", row)
    ]
    events = county.get(f"cases/{RECORD}/events")["items"]
    held = [(each["occurred_at"][:16].replace("T", " "), each["department"], each["type"]) for each in events]
    last = next(n for n, each in enumerate(events) if each["type"] == "supervision.closed")
    assert told == held[: last + 1]
    assert len(told) > 10
