"""Old histories are taken over whole or not at all, by today's guards, with their own times, and each once."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from api.errors import Invalid
from api.legacy import LINE, LineStep, reader
from api.strict import BadJson
from api.wiring import Place, Wiring
from application.handle import InFuture
from application.importing import AlreadyThere, Changed, Importer, Unimportable
from application.permissions import OPERATOR, Forbidden
from application.queries import Moment, read_case
from application.shown import shown_case, shown_event
from domain.cases import CASES
from domain.kernel import Actor, Entry, Refused, case_id, file_id
from tests.legacy.old_files import BEGUN, complaint, mixed, penalty, referred


def raw(history: Any) -> bytes:
    """A history as a line."""
    return json.dumps(history, ensure_ascii=False).encode()


def digest(content: bytes) -> bytes:
    """What stands for a line."""
    return hashlib.sha256(content).digest()


def take(place: Place, *histories: Any, dry: bool = False) -> list[int]:
    """Take over histories, in one run; how many events each has."""
    importer = Importer(place.ledger, dry=dry)
    read = reader(place.ledger, CASES, digest)
    return [len(importer.take(read.history(raw(each)), now=datetime.now(UTC))) for each in histories]


def refusal(place: Place, history: Any, **how: Any) -> Unimportable:
    """Why a history is not taken over; nothing of it is there."""
    before = len(stored(place))
    with pytest.raises(Unimportable) as refused:
        take(place, history, **how)
    assert len(stored(place)) == before
    return refused.value


def stored(place: Place) -> list[tuple[Any, ...]]:
    """Every event of the ledger but those of the jurisdiction's own file: what does not depend on when it was recorded."""
    with place.ledger.log._session._pool.connection() as connection:  # type: ignore[attr-defined]
        return connection.execute(  # type: ignore[no-any-return]
            f"SELECT event_id, case_id, version, topic, payload, file_id, file_version, occurred_at, department, officer,"
            f" causation, correlation, imported FROM {place.schema}.events WHERE file_id <> %s ORDER BY file_id, file_version",
            (file_id("jurisdiction"),),
        ).fetchall()


def entries(place: Place, number: str) -> list[Entry]:
    """The entries of a file."""
    return list(place.ledger.log.load_file(file_id(number)))


def test_acts_keep_their_time_are_recorded_now_and_marked(place: Place, wiring: Wiring) -> None:
    begun = datetime.now(UTC) - timedelta(seconds=5)
    said = complaint(1)
    assert take(place, said) == [len(said["steps"])]
    found = entries(place, said["number"])
    assert [each.occurred_at for each in found] == [
        datetime.fromisoformat(each["occurred_at"]) for each in said["steps"]
    ]
    assert all(each.imported and each.known_at() > begun for each in found)
    assert len({each.known_at() for each in found}) == 1
    assert len({each.causation for each in found}) == 1
    reading = read_case(place.ledger, case_id(said["number"]), Moment(), Actor("zwj"), now=wiring.now())
    events = [shown_event(reading, each) for each in reading.recorded]
    assert {(each["imported"], each["late_recorded"]) for each in events} == {(True, False)}
    assert all(each["recording_lag_calendar_days"] > 1000 for each in events)


def test_verdicts_are_those_of_the_time_and_the_import_makes_nobody_late(place: Place, wiring: Wiring) -> None:
    said = complaint(1)
    take(place, said)
    reading = read_case(place.ledger, case_id(said["number"]), Moment(), Actor("zwj"), now=wiring.now())
    clocks = {each["rule"]: each for each in shown_case(reading, reading.case(case_id(said["number"])))["clocks"]}
    assert clocks["NA-ACC3"]["state"] == "met"
    assert clocks["NA-ACC3"]["in_time_by_recording"] is True
    assert clocks["XE-REP7"]["state"] == "breached_late"


def test_what_is_protected_is_kept_apart(place: Place) -> None:
    take(place, complaint(1))
    (opening, *_) = entries(place, complaint(1)["number"])
    reference = UUID(opening.event.complainant)  # type: ignore[attr-defined]
    assert place.log.reveal([reference]) == {reference: "某建设公司"}
    assert not any("某建设公司".encode() in bytes(row[4]) for row in stored(place))


def test_all_cases_of_a_file_come_together(place: Place) -> None:
    said = referred(3)
    take(place, said)
    found = entries(place, said["number"])
    assert {each.case_type for each in found} == {"complaint", "referral"}
    file = place.ledger.file(found[0].file_id, found)
    assert [matter.holder for matter in file.matters.values()] == ["slj"]


def test_two_ledgers_that_take_over_the_same_are_alike(new_place: Callable[..., Place]) -> None:
    one, two = new_place(), new_place()
    take(one, *mixed(10))
    take(two, *reversed(mixed(10)))
    assert stored(one) == stored(two)
    assert len(stored(one)) > 60


def test_a_history_is_taken_over_once(place: Place) -> None:
    take(place, complaint(1))
    before = stored(place)
    with pytest.raises(AlreadyThere):
        take(place, complaint(1))
    other = complaint(1)
    other["steps"] = other["steps"][:-1]
    with pytest.raises(Changed):
        take(place, other)
    assert refusal(place, complaint(1, source="another/1")).why.ground.code == "NUMBER_TAKEN"  # type: ignore[attr-defined]
    assert stored(place) == before


def test_a_step_that_the_law_refuses_keeps_the_whole_history_out(place: Place) -> None:
    said = complaint(1)
    said["steps"][5], said["steps"][6] = said["steps"][6], said["steps"][5]
    said["steps"][5]["occurred_at"], said["steps"][6]["occurred_at"] = (
        said["steps"][6]["occurred_at"],
        said["steps"][5]["occurred_at"],
    )
    refused = refusal(place, said)
    assert refused.step == 6
    assert isinstance(refused.why, Refused)
    assert refused.why.ground.clause


def test_a_fact_is_fined_once_among_old_and_new_histories(place: Place) -> None:
    take(place, penalty(1, "V1"))
    refused = refusal(place, penalty(2, "V1"))
    assert isinstance(refused.why, Refused)
    assert take(place, penalty(3, "V2"), dry=True)
    with pytest.raises(Unimportable):
        take(place, penalty(3, "V2"), penalty(4, "V2"), dry=True)
    assert take(place, penalty(4, "V2")) == [3]


def changed(place: int, **more: Any) -> dict[str, Any]:
    """A complaint with one step said otherwise."""
    said = complaint(1)
    said["steps"][place] = {**said["steps"][place], **more}
    return said


TOMORROW = (datetime.now(UTC) + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("history", "step_no", "why"),
    [
        (changed(1, department="slj"), 2, Forbidden),
        (changed(1, department="nobody"), 2, Invalid),
        (changed(1, department="system"), 2, Invalid),
        (changed(1, step="explode"), 2, Invalid),
        (changed(1, step="correct"), 2, Invalid),
        (changed(1, number="旧诉〔2021〕2号"), 2, Invalid),
        (changed(1, body={"colour": "red"}), 2, Invalid),
        (changed(1, body={"occurred_at": BEGUN.isoformat()}), 2, Invalid),
        (changed(1, occurred_at=(BEGUN - timedelta(days=30)).isoformat()), 2, Invalid),
        (changed(7, occurred_at=TOMORROW), 8, InFuture),
        (changed(2, type="referral"), 3, Invalid),
    ],
)
def test_what_cannot_be_taken_over_is_told_by_its_step(
    place: Place, history: Any, step_no: int, why: type[Exception]
) -> None:
    refused = refusal(place, history)
    assert (refused.step, type(refused.why)) == (step_no, why)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", BadJson),
        (b"[]", Invalid),
        (b'{"source": "1", "source": "2"}', BadJson),
        (raw(complaint(1, more=1)), Invalid),
        (raw(complaint(1, source="")), Invalid),
        (raw(complaint(1, number="jurisdiction")), Invalid),
        (raw(complaint(1, number="a/b")), Invalid),
        (raw(complaint(1, steps=[])), Invalid),
        (raw({**complaint(1), "steps": [{**complaint(1)["steps"][0], "occurred_at": "2021-03-01T09:00:00"}]}), Invalid),
    ],
)
def test_a_line_that_is_no_history_is_refused(place: Place, line: bytes, why: type[Exception]) -> None:
    with pytest.raises(why):
        reader(place.ledger, CASES, digest).history(line)


def test_aliases_of_departments_are_understood(place: Place) -> None:
    take(place, changed(1, department="县住建局", officer="王某"))
    actor = entries(place, complaint(1)["number"])[1].actor
    assert (actor.department, actor.officer) == ("zjj", "王某")


def test_a_department_may_record_for_an_outside_organ_and_only_for_one(place: Place) -> None:
    refused = refusal(place, changed(1, department="slj", on_behalf_of="zjj"))
    assert isinstance(refused.why, Forbidden)


def test_what_was_only_checked_is_not_there(place: Place) -> None:
    assert take(place, complaint(1), referred(2), dry=True) == [8, 7]
    assert stored(place) == []
    with pytest.raises(Unimportable):
        take(place, complaint(1), complaint(1, source="other"), dry=True)


def test_a_rehearsal_takes_over_histories_too(new_place: Callable[..., Place]) -> None:
    assert take(new_place("rehearsal"), complaint(1)) == [8]


def test_the_lists_show_what_was_taken_over(place: Place, wiring: Wiring) -> None:
    take(place, *mixed(10))
    wiring.catch_up(place)
    rows = place.views.search_cases(OPERATOR, {"type": "complaint"}, None, 50).items
    assert len(rows) == 8
    found = place.views.search_cases(OPERATOR, {"type": "referral"}, None, 50).items
    assert {row["holder"] for row in found} == {"slj"}


def test_the_example_of_the_format_can_be_taken_over_and_every_key_is_explained(place: Place) -> None:
    page = (Path(__file__).parents[2] / "docs" / "format-import.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```json\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert take(place, json.loads(example)) == [4]
    keys = {*LINE.fields, *LineStep().fields}
    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_a_closed_case_of_long_ago_raises_no_card_today_and_one_that_is_open_does(place: Place, wiring: Wiring) -> None:
    """The report of the closed one was filed late, which statistics say; there is nothing left to do about it."""
    open_still = complaint(8)
    open_still["steps"] = open_still["steps"][:1]
    take(place, complaint(7), open_still)
    wiring.catch_up(place)
    wiring.sweep(place, datetime.now(UTC))
    records = {f"旧诉〔2021〕{seed}号": bool(entries(place, f"旧诉〔2021〕{seed}号-DB")) for seed in (7, 8)}
    assert records == {"旧诉〔2021〕7号": False, "旧诉〔2021〕8号": True}
    late = [
        row
        for row in place.views.statistics(OPERATOR, date(2021, 1, 1), date(2023, 12, 31), "rule").items
        if row["late"]
    ]
    assert late, "nothing was late"
