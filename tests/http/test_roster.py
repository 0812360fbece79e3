"""The roster of a memo over HTTP: who signed for it and carried it out, as of any day, ageing and never late."""

from __future__ import annotations

from urllib.parse import quote

from tests.http.conftest import County
from tests.http.test_eligibility import BAN, penalised, taken
from tests.http.test_lists_from_projections import ok


def test_the_roster_says_who_signed_and_what_is_awaited_as_of_a_day(county: County) -> None:
    number, _ = penalised(county, "甲公司", None, recipients=["slj", "jyzx"])
    case = f"joint-punishment/{quote(number)}"
    taken(county.client("slj"), f"{case}/acknowledge-memo", {}, "2025-03-26", "2025-03-27")
    taken(county.client("slj"), f"{case}/record-measure-executed", {"measure": BAN["measure"]}, "2025-04-03")

    shown = ok(county.client("zwj"), f"/cases/{quote(number)}/roster", as_of="2025-04-02T12:00:00+08:00")
    assert shown["basis"] == "known"
    signed, waiting = shown["items"]
    assert (signed["department"], signed["distributed"]) == ("slj", "2025-03-24T09:00:00+08:00")
    assert signed["acknowledged"] == "2025-03-26T09:00:00+08:00"
    assert signed["to_acknowledge"] == {"calendar_days": 2, "working_days": 2, "waiting": False}
    assert (signed["executed"], signed["to_execute"]["waiting"]) == ([], True)
    assert (waiting["acknowledged"], waiting["to_execute"]) == (None, None)
    assert waiting["to_acknowledge"] == {"calendar_days": 9, "working_days": 7, "waiting": True}

    (signed, _) = ok(county.client("zwj"), f"/cases/{quote(number)}/roster")["items"]
    assert signed["executed"] == [{"measure": BAN["measure"], "at": "2025-04-03T09:00:00+08:00"}]
    assert signed["to_execute"] == {"calendar_days": 8, "working_days": 6, "waiting": False}


def test_a_case_without_a_memo_has_no_roster(county: County, number: str) -> None:
    county.client("zjj").open_complaint(number)
    assert ok(county.client("zjj"), f"/cases/{quote(number)}/roster")["items"] == []
