"""What a reader is shown of causes: the facts of cases that he may look at, what is common to all, and nothing else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from application.causes_shown import KINDS, Showing, case_of
from application.worlds import Kind
from tests.comparing.histories_of_one_complaint import (
    ARRANGED,
    BEGUN,
    DAY,
    LEARNED,
    LONG_AGO,
    MOVED,
    acceptance,
    compared,
    complaint,
    corrected,
)

WRITTEN = corrected(complaint((3 * DAY, 6 * DAY)), 0, BEGUN - 3 * DAY)


def shown(*, whole: bool) -> dict[str, Any]:
    """What is shown of the causes, by kind, to who may look at the case and to who may not."""
    found = acceptance(compared(WRITTEN.entries, LONG_AGO, ARRANGED, MOVED, rules=LEARNED))
    assert found is not None
    case = case_of(found, ())
    assert isinstance(case, UUID)
    told = Showing(WRITTEN.entries, lambda _: whole).difference(found, case)
    assert told["number"] == "F-1"
    assert told["known"]["due"] != told["recomputed"]["due"]
    return {each["kind"]: each for each in told["causes"]}


def test_each_cause_is_shown_with_its_facts() -> None:
    causes = shown(whole=True)
    assert causes.keys() == {*Kind} == KINDS.keys()
    assert [each["type"] for each in causes[Kind.LATE]["events"]] == ["complaint.accepted"]
    assert [each["corrects"] for each in causes[Kind.CORRECTION]["events"]] == [WRITTEN.entries[0].event_id]
    assert [each["rule"] for each in causes[Kind.RULE]["versions"]] == ["NA-ACC3"]
    assert [each["learned"] for each in causes[Kind.RULE]["versions"]] != [None]
    assert causes[Kind.CALENDAR]["editions"]


def test_facts_of_a_case_that_the_reader_may_not_look_at_are_not_named() -> None:
    causes = shown(whole=False)
    assert causes[Kind.LATE]["events"] == causes[Kind.CORRECTION]["events"] == []
    assert [each["type"] for each in causes[Kind.ORGANS]["events"]] == ["jurisdiction.organ-amended"]
