"""The lists of inspectors over the cases of 2024 and 2025, each number worked out by hand with the calendar of Enshi."""

from __future__ import annotations

from typing import Any

import pytest

from tests.inspections.county import Inspected, china
from tests.inspections.walk import FILE, FIRST, SECOND, THIRD

SPAN = {"from_": "2024-04-01", "to": "2024-07-31"}


def line(card: Any) -> tuple[Any, ...]:
    return card["kind"], card["rule"], card["department"], card["due"], card["given_at"][:16], card["state"]


def test_the_cards_of_the_road_project(county: Inspected) -> None:
    """Due 6 May after the holiday of 1 to 5 May: yellow on 30 April, the workday before; red at the first instant of 7 May."""
    assert [line(each) for each in reversed(county.items("cards", file_no=FILE))] == [
        ("yellow", "XE-RDN3", "slj", "2024-04-29", "2024-04-29T08:00", "done"),
        ("yellow", "XE-REF5", "slj", "2024-05-06", "2024-04-30T08:00", "turned"),
        ("red", "XE-REF5", "slj", "2024-05-06", "2024-05-07T00:00", "done"),
        ("yellow", "XE-RET5", "jtj", "2024-05-14", "2024-05-13T08:00", "done"),
        ("yellow", "XE-RET5", "zjj", "2024-05-28", "2024-05-27T08:00", "void"),
        ("yellow", "XE-RPL5", "zjj", "2024-06-03", "2024-05-31T08:00", "turned"),
        ("red", "XE-RPL5", "zjj", "2024-06-03", "2024-06-04T00:00", "done"),
        ("yellow", "XE-REP7", "zjj", "2024-07-19", "2024-07-18T08:00", "done"),
        ("yellow", "XE-RES10", "zjj", "2024-07-26", "2024-07-25T08:00", "turned"),
        ("red", "XE-RES10", "zjj", "2024-07-26", "2024-07-27T00:00", "done"),
    ]


def test_a_red_card_is_withdrawn_visibly_and_the_yellow_one_is_armed_again_when_the_date_moves(
    county: Inspected,
) -> None:
    """A pause of 25 June that was put on record on 28 June: the breach of 26 June is judged away, 8 July warned of anew."""
    cards = county.items("cards", file_no="TS-2024-E1", rule="NA-DEC30")
    assert [line(each) for each in reversed(cards)] == [
        ("yellow", "NA-DEC30", "jtj", "2024-06-25", "2024-06-24T08:00", "turned"),
        ("red", "NA-DEC30", "jtj", "2024-06-25", "2024-06-26T00:00", "withdrawn"),
        ("yellow", "NA-DEC30", "jtj", "2024-07-08", "2024-07-06T08:00", "done"),
    ]
    red = cards[1]
    assert (red["ended_at"], red["verdict"]) == ("2024-06-28T15:00:00+08:00", "paused")
    assert red["cause"] == county.items("extensions", department="jtj")[0]["id"], "the pause that was recorded late"


def test_cards_by_the_hour_say_the_instant(county: Inspected) -> None:
    (red,) = county.items("cards", rule="NA-CRM24", kind="red")
    assert (red["due"], red["given_at"]) == ("2025-10-01T16:30:00+08:00",) * 2


def test_cards_are_filtered_and_paged(county: Inspected) -> None:
    everything = county.items("cards", limit=200)
    assert county.items("cards", limit=3) == everything
    for name, key in (
        ("department", "department"),
        ("kind", "kind"),
        ("rule", "rule"),
        ("file_no", "file_no"),
        ("state", "state"),
    ):
        for value in {each[key] for each in everything}:
            assert county.items("cards", **{name: value}) == [each for each in everything if each[key] == value]
    assert len({each["state"] for each in everything}) >= 4


def test_letters_say_where_they_stand_and_how_late_their_answer_was(county: Inspected) -> None:
    third, second, first = county.items("letters")
    assert [each["letter"] for each in (first, second, third)] == [FIRST, SECOND, THIRD]
    assert (first["state"], first["caused_by"], first["escalated_to"], first["late_by"]) == (
        "refused",
        "jtj",
        "gwh",
        None,
    )
    assert first["circulated_at"] == "2024-05-15T10:00:00+08:00"
    assert (second["state"], second["follows"], second["to"]) == ("accepted", FIRST, "jtj")
    assert third["late_by"] == {"calendar_days": 5, "working_days": 2}, (
        "8 to 10 June: a weekend and the Dragon Boat Festival"
    )


def test_open_letters_and_overdue_answers_as_of_a_day(county: Inspected) -> None:
    def open_at(day: str, **more: Any) -> list[Any]:
        return [
            (each["letter"], each["overdue"]) for each in county.items("letters", as_of=china(day).isoformat(), **more)
        ]

    assert open_at("2024-05-13T18:00", open=True) == [(SECOND, False), (FIRST, False)]
    assert open_at("2024-06-07T18:00", overdue=True) == []
    assert open_at("2024-06-08T00:00", overdue=True) == [(THIRD, True)]
    assert open_at("2024-06-12T10:00", overdue=True) == []
    assert open_at("2024-06-12T10:00", open=True) == [(THIRD, False)]
    assert county.items("letters", open=True) == []


def test_an_explanation_that_was_accepted_stands_beside_its_card_and_changes_no_verdict(county: Inspected) -> None:
    """The transport office was right that the water office caused it: that explains nothing in favour of the latter."""
    beside = {(each["rule"], each["explained_by"]) for each in county.items("cards", file_no=FILE, kind="red")}
    assert beside == {("XE-REF5", None), ("XE-RPL5", THIRD), ("XE-RES10", None)}
    (row,) = [each for each in county.items("league", **SPAN) if each["department"] == "zjj"]
    assert (row["late"], row["explained"]) == (2, 1)


def test_the_register_of_pauses_shows_what_stands_out(county: Inspected) -> None:
    pause = county.items("extensions", outlier="any")
    assert pause == county.items("extensions", outlier="last-day") == county.items("extensions", outlier="retroactive")
    (late,) = pause
    assert (late["number"], late["due_before"], late["due_after"]) == ("TS-2024-E1", "2024-06-25", "2024-07-08")
    assert late["outliers"] == ["last-day", "last-tenth", "retroactive"]
    assert late["gained"] == {"calendar_days": 13, "working_days": 9}
    review = county.items("extensions", department="zjj")[0]
    assert (review["due_before"], review["due_after"], review["outliers"]) == ("2025-03-11", "2025-03-25", [])
    assert (review["paused_for"]["calendar_days"], review["detail"]) == (11, "专家评审")
    assert [each["number"] for each in county.items("extensions", longest=True)] == ["TS-2025-001", "TS-2024-E1"]
    assert county.items("extensions", begun_from="2025-01-01") == [review]
    assert county.items("extensions", begun_through="2024-12-31", limit=1) == [late]
    assert county.items("extensions", outlier="after-due") == []


def test_returns_by_pairs_with_the_days_lost(county: Inspected) -> None:
    """7 to 15 May with Saturday 11 May worked: eight days, seven of them workdays. In October Saturday 11th is worked too."""
    (roads,) = county.items("returns", **SPAN)
    assert (roads["sender"], roads["returned_by"], roads["returns"], roads["on_the_way_back"]) == ("slj", "jtj", 1, 0)
    assert (roads["calendar_days"], roads["working_days"]) == (8, 7)
    assert [each["file_no"] for each in roads["latest"]] == [FILE]
    assert roads["latest"][0]["received_at"] == "2024-05-15T09:00:00+08:00"
    crime = county.items("returns", from_="2025-01-01", to="2025-12-31", department="gaj")
    assert [(each["sender"], each["calendar_days"], each["working_days"]) for each in crime] == [("scj", 8, 7)]
    both = county.items("returns", from_="2024-01-01", to="2025-12-31", limit=1)
    assert [each["sender"] for each in both] == ["scj", "slj"]


def test_what_is_still_on_the_way_back_is_counted_up_to_the_day(county: Inspected) -> None:
    (roads,) = county.items("returns", **SPAN, as_of=china("2024-05-14T18:00").isoformat())
    assert (roads["on_the_way_back"], roads["calendar_days"], roads["working_days"]) == (1, 7, 6)
    assert county.items("returns", **SPAN, as_of=china("2024-05-14T16:00").isoformat()) == []


@pytest.mark.parametrize(
    ("day", "days"),
    [("2024-05-11T18:00", None), ("2024-05-13T08:00", 3), ("2024-05-17T18:00", 7), ("2024-05-20T10:00", None)],
)
def test_stuck_in_transit_from_the_third_working_day_on(county: Inspected, day: str, days: int | None) -> None:
    """Sent on Thursday 9 May: Friday, the worked Saturday, Monday 13 May. Signed for on 20 May."""
    found = county.items("in-transit", as_of=china(day).isoformat())
    assert [(each["department"], each["sender"], each["waiting"]["working_days"]) for each in found] == (
        [] if days is None else [("jtj", "zrj", days)]
    )


def test_more_or_fewer_days_in_transit_can_be_asked_for(county: Inspected) -> None:
    at = china("2024-05-13T08:00").isoformat()
    assert county.items("in-transit", as_of=at, days=4) == []
    assert len(county.items("in-transit", as_of=at, days=0, department="jtj")) == 1
    assert county.items("in-transit", as_of=at, days=0, department="zrj") == []


def test_duties_stated_only_as_timely_age_and_are_never_called_breached(county: Inspected) -> None:
    (row,) = county.items("ageing", as_of=china("2024-05-31T18:00").isoformat())
    assert (row["rule"], row["department"], row["start"]) == ("XE-TIMELY-OPINION", "zjj", "2024-05-22")
    assert row["waiting"] == {"calendar_days": 9, "working_days": 7}
    for day in ("2024-05-22T08:00", "2024-06-03T10:00"):
        assert county.items("ageing", as_of=china(day).isoformat()) == []
    assert all(
        each["rule"] != "XE-TIMELY-OPINION"
        for each in county.items("overdue", as_of=china("2024-05-31T18:00").isoformat())
    )


def test_the_league_table(county: Inspected) -> None:
    found = {each["department"]: each for each in county.items("league", **SPAN)}
    counted = {key: (each["rank"], each["met"], each["late"], each["on_time_of_due"]) for key, each in found.items()}
    assert counted.pop("jyzx")[3] == 0.0, "the trading centre owes a list each quarter, which nobody hands in here"
    assert counted == {"jtj": (1, 4, 0, 1.0), "zrj": (1, 2, 0, 1.0), "slj": (3, 2, 1, 0.6667), "zjj": (4, 1, 2, 0.3333)}
    assert {key: each["left_out"]["derived"] for key, each in found.items() if key != "jyzx"} == {
        "jtj": 1,
        "zrj": 0,
        "slj": 1,
        "zjj": 1,
    }


OF_PERIODS = {"XE-QTR30", "XE-JM6", "XE-JI6"}
"""Owed for every quarter and half-year; nobody does them here, and the sweep opens the periods."""


def test_the_heat_map(county: Inspected) -> None:
    cells = {
        (each["department"], each["rule"]): each
        for each in county.items("heatmap", from_="2024-04-01", to="2025-12-31")
        if each["rule"] not in OF_PERIODS
    }
    assert {key: (each["late"], each["median"], each["unit"]) for key, each in cells.items()} == {
        ("slj", "XE-REF5"): (1, 1, "working_days"),
        ("zjj", "XE-RPL5"): (1, 1, "working_days"),
        ("zjj", "XE-RES10"): (1, 1, "working_days"),
        ("zjj", "XE-REP7"): (1, 1, "calendar_days"),
        ("scj", "NA-CRM24"): (1, 184.5, "hours"),
        ("gaj", "NA-RCD3"): (1, 3, "calendar_days"),
    }
    assert [each["rule"] for each in county.items("heatmap", **SPAN, department="slj")] == ["XE-REF5"]


def test_the_flow_of_cases_by_week(county: Inspected) -> None:
    """The report and both referrals end on Monday 29 July, opened on 25 April, 7 and 20 May: 95, 83 and 70 days."""
    weeks = {each["week"]: each for each in county.items("flow", **SPAN)}
    assert {key: (each["opened"], each["closed"], each["backlog"]) for key, each in weeks.items() if each["opened"] or each["closed"]} == {
        "2024-W17": (1, 0, 1), "2024-W19": (3, 0, 4), "2024-W20": (1, 0, 5), "2024-W21": (2, 0, 7), "2024-W31": (0, 3, 4),
    }  # fmt: skip
    last = weeks["2024-W31"]
    assert (last["from"], last["to"], last["calendar_days"]) == ("2024-07-29", "2024-07-31", {"p50": 83, "p90": 95})
    later = county.items("flow", from_="2024-08-01", to="2024-08-04")
    assert [(each["opened"], each["backlog"]) for each in later] == [(0, 4)]


def test_a_letter_is_read_with_its_text(county: Inspected) -> None:
    read = county.get(f"cases/{FILE}-DB/letters/{FIRST}")
    assert (read["issuer"], read["facts"]["answer_by"]) == ("jwjc", "2024-05-10")
    for piece in (
        "督 办 函",
        FIRST,
        "县水利局：",
        "2024年5月6日前（含当日）",
        "已逾期1个工作日（1个自然日），尚未办理",
    ):
        assert piece in read["text"], read["text"]
    assert county.client("jwjc").get(f"/api/v1/cases/{FILE}-DB/letters/nothing").status == 404
