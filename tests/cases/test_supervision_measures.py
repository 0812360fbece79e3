"""What follows where letters do not help: circulation, the superior, the closing; and the record opens by hand too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from domain.cases.supervision import CASE
from domain.cases.supervision.events import (
    BreachRecorded,
    Escalated,
    ExplanationAccepted,
    LatenessCirculated,
    SupervisionClosed,
    SupervisionOpened,
    VerdictRejudged,
    WarningRecorded,
)
from domain.law.clock import CHINA
from tests.cases.supervision_facts import BREACH, FILE, LETTER, OPENED, REFER, act, answered, issue, issued, record
from tests.given import Given, given, opening

ACCEPTED = (ExplanationAccepted(matter=LETTER, reasons="属实"), "2024-05-16", "jwjc")
REJUDGED = VerdictRejudged(
    matter="JB-1-DB", clock=str(REFER.id), verdict=2, profile="xuanen-2020", rule="XE-REF5", party="slj",
    severity="hard", case_number="JB-1", state="met", cause="e-1", detected_at=datetime(2024, 5, 10, tzinfo=CHINA),
)  # fmt: skip
RECORD = {"number": "JB-1-DB", "supervises": "JB-1"}


def opened(by: str, **said: Any) -> Given:
    empty = given()
    empty.others["JB-1"] = FILE.file
    return empty.when(CASE, "open_by_hand", by=by, at="2024-04-30", **{**RECORD, **said})


@pytest.mark.parametrize("by", ["jwjc", "zwj"])
def test_inspectors_and_the_office_open_the_record_by_hand(by: str) -> None:
    opened(by).then(SupervisionOpened(**opening("JB-1-DB"), supervises="JB-1"))


def test_it_is_opened_for_a_file_that_is_there_once_and_by_nobody_else() -> None:
    opened("jwjc", supervises="JB-9", number="JB-9-DB").refused("NOTHING_TO_SUPERVISE")
    opened("jwjc", number="JB-2-DB").refused("ONE_SUPERVISION_RECORD")
    for by in ("slj", "jtj", "admin"):
        opened(by).forbidden()


def test_a_record_that_was_opened_by_hand_takes_letters_and_later_the_cards_of_the_timer() -> None:
    found = opened("jwjc")
    asked = {"kind": "催办", "to": "slj", "answer_by": date(2024, 5, 6), "clocks": (str(REFER.id),)}
    act(found, "issue_letter", "jwjc", "2024-04-30", **asked).then_topics("supervision.letter-issued")
    breach = {key: value for key, value in vars(BREACH).items() if key != "matter"}
    act(found, "record_breach", "system", "2024-05-07", **breach).then(BREACH)


def test_lateness_is_circulated_to_organs_for_letters_or_standing_red_cards() -> None:
    found = record(issued())
    act(
        found, "circulate", "zwj", "2024-05-15", to=("jtj", "zjj", "jtj"), content="逾期未答复", letters=(LETTER,)
    ).then(LatenessCirculated(matter="JB-1-DB", to=("jtj", "zjj"), content="逾期未答复", letters=(LETTER,)))
    act(record(), "circulate", "jwjc", "2024-05-15", to=("jtj",), content="逾期").then_topics(
        "supervision.lateness-circulated"
    )


def test_a_circulation_says_to_whom_and_what() -> None:
    act(record(issued()), "circulate", "zwj", "2024-05-15", to=(), content="x", letters=(LETTER,)).refused(
        "NO_RECIPIENTS"
    )
    act(record(issued()), "circulate", "zwj", "2024-05-15", to=("jtj",), content=None).refused("REASONS_REQUIRED")
    act(record(), "circulate", "zwj", "2024-05-15", to=("jtj",), content="x", letters=(LETTER,)).refused(
        "NO_SUCH_LETTER"
    )
    withdrawn = record((REJUDGED, "2024-05-10", "system"))
    act(withdrawn, "circulate", "zwj", "2024-05-15", to=("jtj",), content="x").refused("NOTHING_TO_CIRCULATE")
    act(record(issued()), "circulate", "slj", "2024-05-15", to=("jtj",), content="x").forbidden()


def test_a_letter_unanswered_on_its_day_goes_before_the_committee() -> None:
    act(record(issued()), "escalate", "jwjc", "2024-05-14", letter=LETTER, why="逾期未答复").refused(
        "NOTHING_TO_ESCALATE"
    )
    found = act(record(issued()), "escalate", "jwjc", "2024-05-15", letter=LETTER, why="逾期未答复")
    found.then(Escalated(matter=LETTER, to="gwh", why="逾期未答复"))
    act(found, "escalate", "jwjc", "2024-05-16", letter=LETTER, why="再次").refused("ESCALATED_ALREADY")
    act(record(issued()), "escalate", "jwjc", "2024-05-15", letter=LETTER, why=None).refused("REASONS_REQUIRED")
    act(record(issued()), "escalate", "slj", "2024-05-15", letter=LETTER, why="x").forbidden()


def test_an_explanation_that_was_refused_goes_before_the_superior_of_the_register() -> None:
    found = record(issued(), answered("slj"))
    act(found, "refuse_explanation", "jwjc", "2024-05-14", letter=LETTER, reasons="不实")
    with_superior(found, "slj", "ez_zjj")
    act(found, "escalate", "jwjc", "2024-05-14", letter=LETTER, why="说明不实").then(
        Escalated(matter=LETTER, to="ez_zjj", why="说明不实")
    )


def with_superior(found: Given, organ: str, superior: str | None) -> None:
    organs = dict(found.file.register.organs)
    organs[organ] = replace(organs[organ], superior=superior)
    if superior is None:
        organs.pop("gwh")
    found.file.register.organs = organs


def test_without_superior_and_committee_nobody_is_invented() -> None:
    found = record(issued())
    with_superior(found, "slj", None)
    act(found, "escalate", "jwjc", "2024-05-15", letter=LETTER, why="x").refused("NO_SUPERIOR")


def test_the_record_closes_when_every_letter_is_decided_on_or_withdrawn() -> None:
    closing = {"conclusion": "已移送，说明已采纳"}
    act(record(issued()), "close_record", "jwjc", "2024-05-16", **closing).refused("LETTERS_OPEN")
    act(record(issued(), answered("slj")), "close_record", "jwjc", "2024-05-16", **closing).refused("LETTERS_OPEN")
    done = record(issued(), answered("slj"), ACCEPTED)
    act(done, "close_record", "jwjc", "2024-05-16", conclusion="").refused("REASONS_REQUIRED")
    act(done, "close_record", "slj", "2024-05-16", **closing).forbidden()
    act(done, "close_record", "jwjc", "2024-05-16", **closing).then(SupervisionClosed(matter="JB-1-DB", **closing))
    act(done, "close_record", "jwjc", "2024-05-16", **closing).refused("STEP_NOT_ALLOWED_IN_STATE")


def test_a_new_card_or_letter_opens_a_closed_record_again_and_a_withdrawn_card_does_not() -> None:
    closed = (SupervisionClosed(matter="JB-1-DB", conclusion="办结"), "2024-05-17", "jwjc")
    warned = {**vars(BREACH), "due": date(2024, 6, 3)}
    card = {key: warned[key] for key in ("clock", "profile", "rule", "party", "case_number", "due", "detected_at")}
    for step, by, said, state in (
        ("record_warning", "system", card, "open"),
        ("record_breach", "system", {**{k: v for k, v in vars(BREACH).items() if k != "matter"}, "verdict": 2}, "open"),
        ("record_rejudgement", "system", {k: v for k, v in vars(REJUDGED).items() if k != "matter"}, "closed"),
    ):
        found = act(record(closed), step, by, "2024-05-20", **said)
        assert found.refusal is None and found.case is not None and found.case.state == state, step
    again = issue(record(closed), at="2024-05-20", answer_by=date(2024, 5, 24))
    assert again.case is not None and again.case.state == "open"


def test_a_red_card_is_withdrawn_visibly_and_a_breach_of_another_date_is_a_new_one() -> None:
    moved = (WarningRecorded(**{k: vars(BREACH)[k] for k in ("matter", "clock", "profile", "rule", "party", "case_number", "detected_at")},
                             due=date(2024, 5, 20)), "2024-05-17", "system")  # fmt: skip
    found = given(OPENED, (BREACH, "2024-05-07", "system"), (REJUDGED, "2024-05-10", "system"), moved)
    (case,) = found.file.cases.values()
    summary = case.summary()
    assert (summary["breached_clocks"], summary["red_cards"], summary["warnings"]) == ([str(REFER.id)], [], 1)
    later = BreachRecorded(**{**vars(BREACH), "verdict": 3, "due": date(2024, 5, 20)})
    act(found, "record_breach", "system", "2024-05-21", **{k: v for k, v in vars(later).items() if k != "matter"}).then(
        later
    )
    assert case.summary()["red_cards"] == [str(REFER.id)]
