"""Questions about the past of a case, asked on the command line of a county that is served meanwhile."""

from __future__ import annotations

import json
import os
import pwd
from dataclasses import replace

import pytest

from tests.command_line.processes import Anjuan, Running

pytestmark = pytest.mark.usefixtures("county")


def test_what_was_overdue_on_a_past_day_is_listed_with_exit_code_1(visitor: Anjuan) -> None:
    done = visitor.run("overdue", "--as-of", "2025-10-02", "--json")
    assert done.code == 1
    soft, listed, row = done.json["items"]
    assert [(each["rule"], each["severity"]) for each in (soft, listed)] == [("XE-JI6", "soft"), ("XE-QTR30", "hard")]
    assert (row["number"], row["rule"], row["party"]) == ("XS-2025-003", "NA-CRM24", "scj")
    assert row["due"] == "2025-10-01T16:30:00+08:00"
    assert done.json["basis"] == "known" and done.json["rehearsal"] is True


def test_nothing_overdue_is_exit_code_0(visitor: Anjuan) -> None:
    done = visitor.run("overdue", "--as-of", "2025-10-02", "--department", "zjj")
    assert (done.code, done.out) == (0, "nothing is overdue\n")


def test_the_command_line_and_http_say_the_same(visitor: Anjuan, county: Running) -> None:
    token = county.said["tokens"]["jwjc"]
    answered = county.get("/api/v1/overdue?as_of=2025-10-02T09:00:00%2B08:00", token)["items"]
    listed = visitor.run("overdue", "--as-of", "2025-10-02T09:00+08:00", "--json").json["items"]
    assert [row["id"] for row in answered] == [row["id"] for row in listed] != []


def test_a_case_is_replayed_as_of_a_day_at_a_version_and_now(visitor: Anjuan) -> None:
    paused = visitor.run("replay", "TS-2025-001", "--as-of", "2025-02-14", "--json").json
    assert (paused["holder"], paused["version"], paused["state"]) == ("zjj", 3, "paused")
    clock = next(each for each in paused["clocks"] if each["rule"] == "NA-DEC30")
    assert (clock["state"], clock["remaining_working_days"]) == ("paused", 22)
    second = visitor.run("replay", "TS-2025-001", "--version", "2", "--json").json
    assert [event["type"] for event in second["events"]] == ["complaint.received", "complaint.accepted"]
    assert visitor.run("replay", "TS-2025-001", "--json").json["holder"] is None


def test_the_lines_of_a_replay_show_events_clocks_and_holder(visitor: Anjuan) -> None:
    out = visitor.run("replay", "XS-2025-003", "--as-of", "2025-10-02T09:00").out
    assert "holder: Market Regulation Bureau (scj)" in out
    assert "crime-referral.approved" in out
    assert "overdue and not done +16.5 hours" in out


def test_what_differs_between_two_moments_is_told_with_exit_code_1(visitor: Anjuan) -> None:
    done = visitor.run("replay", "TS-2025-001", "--diff", "2", "3", "--json")
    assert done.code == 1
    assert [event["type"] for event in done.json["events"]] == ["complaint.expert-review-commissioned"]
    changed = {change["path"]: (change["from"], change["to"]) for change in done.json["changes"]}
    assert changed["state"] == ("accepted", "paused")
    assert changed["clocks[NA-DEC30 TS-2025-001 zjj 1].state"] == ("running", "paused")


def test_nothing_differs_between_a_moment_and_itself(visitor: Anjuan) -> None:
    done = visitor.run("replay", "TS-2025-001", "--diff", "2025-03-01", "2025-03-01")
    assert (done.code, done.out) == (0, "")


def test_a_due_date_is_explained_day_by_day_in_both_languages(visitor: Anjuan) -> None:
    done = visitor.run("explain", "TS-2025-001", "NA-ACC3", "--json")
    assert done.code == 0
    assert [day["date"] for day in done.json["days"] if "number" in day] == ["2025-01-23", "2025-01-24", "2025-01-26"]
    assert "调休上班" in visitor.run("explain", "TS-2025-001", "NA-ACC3", "--lang", "zh").out
    assert "make-up workday" in visitor.run("explain", "TS-2025-001", "NA-ACC3").out


@pytest.mark.parametrize(
    "words",
    [("replay", "NO-SUCH"), ("explain", "TS-2025-001", "XE-NONE"), ("replay", "TS-2025-001", "--as-of", "2020-01-01")],
)
def test_what_is_not_there_is_exit_code_1(visitor: Anjuan, words: tuple[str, ...]) -> None:
    done = visitor.run(*words, "--json")
    assert (done.code, done.out, done.error["error"]) == (1, "", "not-found")


def test_an_unknown_jurisdiction_is_exit_code_2(visitor: Anjuan) -> None:
    done = visitor.run("overdue", "--jurisdiction", "nowhere", "--json")
    assert (done.code, done.error["error"]) == (2, "no-such-jurisdiction")


def test_events_are_exported_in_order_with_positions_and_without_what_is_protected(visitor: Anjuan) -> None:
    done = visitor.run("events", "export")
    assert done.code == 0
    positions = [line["position"] for line in lines(done.out)]
    assert positions == list(range(1, len(positions) + 1))
    assert "甲建筑公司" not in done.out
    rest = visitor.run("events", "export", "--after", str(len(positions) - 2))
    assert [line["position"] for line in lines(rest.out)][:2] == positions[-2:]


def lines(text: str) -> list[dict[str, object]]:
    """The objects of JSON Lines."""
    return [json.loads(line) for line in text.splitlines()]


def test_the_lists_are_rebuilt_under_the_running_server(visitor: Anjuan, county: Running) -> None:
    done = visitor.run("rebuild", "--json")
    assert done.code == 0
    assert done.json["events"] == done.json["position"] > 60
    token = county.said["tokens"]["jwjc"]
    assert county.get("/api/v1/holdings", token)["items"]


def test_who_is_not_on_record_may_take_part_and_a_mistyped_code_is_wrong_usage(visitor: Anjuan) -> None:
    done = visitor.run("eligibility", "--name", "没有这家公司", "--on", "2025-06-01", "--json")
    assert (done.code, done.json["may_take_part"], done.json["known"]) == (0, True, False)
    assert "may take part on 2025-06-01" in visitor.run("eligibility", "--name", "无", "--on", "2025-06-01").out
    assert visitor.run("eligibility", "--code", "91420000MA4K3JDN5X").code == 2
    assert visitor.run("eligibility").code == 2


def test_of_several_jurisdictions_one_is_named_or_chosen(county: Running, visitor: Anjuan) -> None:
    undecided = replace(visitor, more={**visitor.more, "ANJUAN_JURISDICTION": ""})
    asked = ("overdue", "--as-of", "2016-07-01")
    assert (undecided.run(*asked).code, visitor.run(*asked).code) == (2, 0)
    assert undecided.run(*asked, "--jurisdiction", "dali").code == 1
    assert replace(visitor, more={**visitor.more, "ANJUAN_JURISDICTION": "nowhere"}).run(*asked).code == 2


def test_who_asked_on_this_machine_is_kept_as_its_account(visitor: Anjuan) -> None:
    visitor.run("replay", "TS-2025-001", "--version", "2")
    visitor.run("replay", "TS-2025-000")
    items = visitor.run("accesses", "--case", "TS-2025-001", "--json").json["items"]
    asked = next(each for each in items if "version=2" in each["asked"])
    assert (asked["route"], asked["outcome"], asked["organ"]) == ("anjuan replay", "shown", "")
    assert asked["credential"] == {"kind": "operator", "id": pwd.getpwuid(os.getuid()).pw_name}
    (missing,) = visitor.run("accesses", "--case", "TS-2025-000", "--outcome", "not-found", "--json").json["items"]
    assert missing["named"] == "TS-2025-000"
    assert "anjuan replay TS-2025-001" in visitor.run("accesses", "--limit", "5").out


def test_why_today_says_otherwise_than_was_known_is_told_of_a_case_and_of_the_list(visitor: Anjuan) -> None:
    listed = visitor.run("overdue", "--as-of", "2025-10-02", "--why", "--json")
    assert (listed.code, listed.json["items"]) == (0, []), listed.err
    assert visitor.run("overdue", "--as-of", "2025-10-02", "--why").out == "nothing differs\n"
    told = visitor.run("replay", "TS-2025-001", "--as-of", "2025-02-14", "--why", "--json")
    assert (told.code, told.json["items"], told.json["known"]["state"]) == (0, [], "paused"), told.err
    assert visitor.run("replay", "TS-2025-001", "--diff", "1", "2", "--why").code == 2


def test_history_lists_who_did_what_between_two_days(visitor: Anjuan) -> None:
    asked = ("history", "--from", "2025-01-01", "--to", "2025-12-31", "--case", "TS-2025-001")
    found = visitor.run(*asked, "--json")
    assert (found.code, found.json["more"]) == (0, False), found.err
    assert [each["type"] for each in found.json["items"]][-2:] == ["complaint.accepted", "complaint.received"]
    of_zjj = visitor.run(*asked, "--department", "zjj", "--event", "complaint.accepted").out
    assert "complaint.accepted  zjj" in of_zjj and "complaint.received" not in of_zjj
    assert visitor.run("history", "--from", "2010-01-01", "--to", "2010-01-02").out == "nothing\n"
    assert len(visitor.run(*asked, "--limit", "1", "--json").json["items"]) == 1
