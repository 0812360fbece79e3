"""Letters of supervision (催办函、督办函) go to who owes, are answered once by the addressee, and decided on with reasons."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.referral.events import Delivery, ReferralDispatched, ReferralRequired, Scope, Trigger
from domain.cases.supervision.events import (
    ExplanationAccepted,
    ExplanationRefused,
    LetterAcknowledged,
    LetterAnswered,
    LetterIssued,
    LetterKind,
    LetterWithdrawn,
)
from domain.law.clock import State
from tests.cases.supervision_facts import (
    FILE,
    LETTER,
    NOT_COMPETENT,
    RECEIVED,
    REFER,
    TELL,
    act,
    answered,
    issue,
    issued,
    letter_of,
    record,
)
from tests.given import given, opening

REMINDER, SUPERVISION = LetterKind.REMINDER, LetterKind.SUPERVISION
BOTH = (str(TELL.id), str(REFER.id))


def test_an_inspector_or_the_office_writes_to_the_department_that_owes() -> None:
    for by in ("jwjc", "zwj"):
        found = issue(record(), by=by)
        found.then_topics("supervision.letter-issued")
        letter = found.new[0].event
        assert isinstance(letter, LetterIssued)
        assert (letter.matter, letter.to, letter.answer_by) == (LETTER, "slj", date(2024, 5, 14))
        (said,) = letter.clocks
        assert (said.rule, said.due, said.state) == ("XE-REF5", date(2024, 5, 6), "breached_open")
        assert (said.late_calendar_days, said.late_working_days) == (3, 3)


@pytest.mark.parametrize("by", ["slj", "jtj", "zjj", "gwh", "system", "admin", "respondent"])
def test_nobody_else_writes_letters(by: str) -> None:
    issue(record(), by=by).forbidden()


def test_a_letter_can_be_about_several_time_limits_or_a_whole_case() -> None:
    several = issue(record(), clocks=BOTH).new[0].event
    whole = issue(record(), clocks=(), about_case="JB-1").new[0].event
    assert isinstance(several, LetterIssued) and isinstance(whole, LetterIssued)
    assert [each.rule for each in several.clocks] == ["XE-RDN3", "XE-REF5"]
    assert [each.rule for each in whole.clocks] == ["XE-RDN3", "XE-REF5"]
    assert (several.about_case, whole.about_case) == (None, "JB-1")


def test_a_letter_says_what_it_is_about() -> None:
    issue(record(), clocks=()).refused("LETTER_ABOUT_NOTHING")
    issue(record(), clocks=("no such clock",)).refused("NO_SUCH_CLOCK")
    issue(record(), clocks=(), about_case="JB-2").refused("NO_SUCH_CLOCK")


def test_who_does_not_owe_is_not_written_to() -> None:
    issue(record(), to="jtj").refused("NOT_OWED_BY_ADDRESSEE")
    issue(record(), to="jtj", clocks=(), about_case="JB-1").refused("NOT_OWED_BY_ADDRESSEE")


def test_supervision_needs_an_act_that_is_late_and_a_reminder_one_that_is_awaited() -> None:
    in_time = {"at": "2024-04-29", "clocks": (str(REFER.id),)}
    issue(record(), **in_time).refused("NOT_LATE")
    issue(record(), kind=REMINDER, **in_time).then_topics("supervision.letter-issued")
    done = record()
    done.others["JB-1"] = referred()
    issue(done, kind=REMINDER).refused("NOT_OUTSTANDING")
    issue(done).then_topics("supervision.letter-issued")


def referred() -> Any:
    """The file once the referral was dispatched, late, on 8 May."""
    required = ReferralRequired(
        **opening("JB-1-YS1", "JB-1", "JB-1"),
        referrer="slj",
        scope=Scope.OTHER_REMIT,
        basis="1",
        ground=Trigger.RECEIPT,
    )
    sent = ReferralDispatched(
        matter="JB-1", referrer="slj", to="jtj", scope=Scope.OTHER_REMIT, delivery=Delivery.DIRECT, catalogue=("1",)
    )
    found = given(RECEIVED, NOT_COMPETENT, (required, "2024-04-28T10:00+08:00", "slj"), (sent, "2024-05-08", "slj"))
    assert found.clock("XE-REF5").state is State.BREACHED_LATE  # type: ignore[union-attr]
    return found.file


def test_the_day_for_the_answer_does_not_lie_before_the_letter() -> None:
    issue(record(), answer_by=date(2024, 5, 8)).refused("ANSWER_BY_PASSED")
    issue(record(), answer_by=date(2024, 5, 9)).then_topics("supervision.letter-issued")


def test_no_second_letter_of_a_kind_on_the_same_act_while_the_first_awaits_its_answer() -> None:
    issue(record(issued())).refused("LETTER_OUT_ALREADY")
    issue(record(issued()), kind=REMINDER).then_topics("supervision.letter-issued")
    issue(record(issued()), clocks=(str(TELL.id),)).then_topics("supervision.letter-issued")
    issue(record(issued(), answered("slj")), at="2024-05-14").then_topics("supervision.letter-issued")


def test_the_answer_runs_on_a_clock_of_its_own_owed_by_the_addressee() -> None:
    found = record(issued())
    (clock,) = found.clocks("DB-ANSWER")
    assert (clock.party, clock.matter, clock.limit.counts) == ("slj", LETTER, False)
    for at, state in (("2024-05-14T23:59+08:00", State.RUNNING), ("2024-05-15T00:00+08:00", State.BREACHED_OPEN)):
        judged = found.clock("DB-ANSWER", at)
        assert judged is not None and (judged.state, judged.due.day) == (state, date(2024, 5, 14))
    met = record(issued(), answered("slj")).clock("DB-ANSWER")
    assert met is not None and met.state is State.MET


def test_the_addressee_and_nobody_else_acknowledges_and_answers() -> None:
    found = record(issued())
    act(found, "acknowledge_letter", "slj", "2024-05-10", letter=LETTER).then(LetterAcknowledged(matter=LETTER))
    for by in ("jwjc", "zwj", "jtj", "system"):
        act(record(issued()), "acknowledge_letter", by, "2024-05-10", letter=LETTER).forbidden()
        act(
            record(issued()), "answer_letter", by, "2024-05-10", letter=LETTER, explanation="x", caused_by="slj"
        ).forbidden()
    answer = act(
        found, "answer_letter", "slj", "2024-05-13", letter=LETTER, explanation="卷宗移交迟延", caused_by="slj"
    )
    answer.then(LetterAnswered(matter=LETTER, explanation="卷宗移交迟延", caused_by="slj"))


def test_an_addressee_that_may_do_nothing_else_in_the_file_may_still_answer() -> None:
    """Standing comes from the letter alone: the matter has long passed to another, and the addressee holds nothing."""
    found = record(issued())
    assert not found.file.matters, "the record holds nothing that could give a right"
    act(found, "answer_letter", "slj", "2024-05-13", letter=LETTER, explanation="迟延", caused_by="slj").then_topics(
        "supervision.letter-answered"
    )


def test_one_addressee_does_not_answer_the_letter_of_another() -> None:
    found = act(
        record(issued(), answered("jtj")), "ask_cause", "jwjc", "2024-05-14", letter=LETTER, answer_by=date(2024, 5, 20)
    )
    found.then_topics("supervision.letter-issued")
    act(
        found, "answer_letter", "slj", "2024-05-15", letter=f"{LETTER[:-1]}2", explanation="x", caused_by="slj"
    ).refused("NOT_ADDRESSEE")
    act(found, "acknowledge_letter", "slj", "2024-05-15", letter="JB-1-DB-9").refused("NO_SUCH_LETTER")


def test_an_answer_explains_and_names_the_department_that_caused_the_lateness() -> None:
    said = {"letter": LETTER, "explanation": "迟延", "caused_by": "slj"}
    act(record(issued()), "answer_letter", "slj", "2024-05-13", **{**said, "explanation": None}).refused(
        "EXPLANATION_REQUIRED"
    )
    act(record(issued()), "answer_letter", "slj", "2024-05-13", **{**said, "caused_by": None}).refused("CAUSE_REQUIRED")


def test_the_answer_to_a_reminder_in_time_need_blame_nobody() -> None:
    reminded = record(issued(kind=REMINDER, at="2024-04-29"))
    act(
        reminded, "answer_letter", "slj", "2024-05-13", letter=LETTER, explanation="明日移送", caused_by=None
    ).then_topics("supervision.letter-answered")


def test_a_letter_is_received_and_answered_once() -> None:
    done = record(issued(), answered("slj"))
    act(done, "acknowledge_letter", "slj", "2024-05-14", letter=LETTER).refused("LETTER_NOT_AWAITING")
    act(done, "answer_letter", "slj", "2024-05-14", letter=LETTER, explanation="x", caused_by="slj").refused(
        "LETTER_NOT_AWAITING"
    )


def test_an_explanation_is_accepted_with_reasons_and_changes_no_verdict() -> None:
    found = record(issued(), answered("slj"))
    before = FILE.clock("XE-REF5", "2024-05-16")
    act(found, "accept_explanation", "jwjc", "2024-05-16", letter=LETTER, reasons=None).refused("REASONS_REQUIRED")
    act(found, "accept_explanation", "jwjc", "2024-05-16", letter=LETTER, reasons="属实").then(
        ExplanationAccepted(matter=LETTER, reasons="属实")
    )
    assert FILE.clock("XE-REF5", "2024-05-16") == before
    (case,) = found.file.cases.values()
    assert case.summary()["red_cards"] == [str(REFER.id)], "the red card stands beside the explanation"


def test_only_who_may_write_decides_and_only_on_an_answer() -> None:
    for step in ("accept_explanation", "refuse_explanation"):
        act(record(issued(), answered("slj")), step, "slj", "2024-05-16", letter=LETTER, reasons="x").forbidden()
        act(record(issued()), step, "jwjc", "2024-05-16", letter=LETTER, reasons="x").refused("NOT_ANSWERED")


def test_an_explanation_is_refused_with_reasons_and_perhaps_another_day() -> None:
    found = record(issued(), answered("slj"))
    act(
        found, "refuse_explanation", "zwj", "2024-05-16", letter=LETTER, reasons="不实", answer_by=date(2024, 5, 15)
    ).refused("ANSWER_BY_PASSED")
    act(found, "refuse_explanation", "zwj", "2024-05-16", letter=LETTER, reasons="").refused("REASONS_REQUIRED")
    act(
        found, "refuse_explanation", "zwj", "2024-05-16", letter=LETTER, reasons="不实", answer_by=date(2024, 5, 20)
    ).then(ExplanationRefused(matter=LETTER, reasons="不实", answer_by=date(2024, 5, 20)))
    assert letter_of(found).awaiting
    again = found.clocks("DB-ANSWER")
    assert [(each.party, each.given_date, each.leg) for each in again] == [
        ("slj", date(2024, 5, 14), 1),
        ("slj", date(2024, 5, 20), 2),
    ]
    act(found, "answer_letter", "slj", "2024-05-17", letter=LETTER, explanation="补充", caused_by="slj").then_topics(
        "supervision.letter-answered"
    )


def test_a_department_that_is_named_as_the_cause_is_asked_before_the_explanation_is_accepted() -> None:
    found = record(issued(), answered("jtj"))
    accept = {"letter": LETTER, "reasons": "属实"}
    act(found, "accept_explanation", "jwjc", "2024-05-14", **accept).refused("CAUSE_NOT_ASKED")
    act(found, "ask_cause", "jwjc", "2024-05-14", letter=LETTER, answer_by=date(2024, 5, 20)).then_topics(
        "supervision.letter-issued"
    )
    asked = found.new[0].event
    assert isinstance(asked, LetterIssued)
    assert (asked.to, asked.follows, asked.clocks[0].party) == ("jtj", LETTER, "slj")
    assert asked.clocks[0].late_working_days == 7, "as late as on the day of this letter, Saturday 11 May being worked"
    act(found, "accept_explanation", "jwjc", "2024-05-20", **accept).refused("CAUSE_NOT_ASKED")
    act(found, "accept_explanation", "jwjc", "2024-05-21", **accept).then_topics("supervision.explanation-accepted")


def test_its_answer_is_enough_before_its_day() -> None:
    first = record(issued(), answered("jtj"))
    act(first, "ask_cause", "jwjc", "2024-05-14", letter=LETTER, answer_by=date(2024, 5, 20))
    asked = (first.new[0].event, "2024-05-14", "jwjc")
    second = f"{LETTER[:-1]}2"
    found = record(issued(), answered("jtj"), asked, answered("jtj", "2024-05-15", "jtj", second))
    act(found, "accept_explanation", "jwjc", "2024-05-16", letter=LETTER, reasons="属实").then_topics(
        "supervision.explanation-accepted"
    )


def test_only_a_named_department_is_asked_and_once() -> None:
    asking = {"letter": LETTER, "answer_by": date(2024, 5, 20)}
    act(record(issued()), "ask_cause", "jwjc", "2024-05-14", **asking).refused("NOT_ANSWERED")
    act(record(issued(), answered("slj")), "ask_cause", "jwjc", "2024-05-14", **asking).refused("CAUSE_IS_ADDRESSEE")
    found = record(issued(), answered("jtj"))
    act(found, "ask_cause", "jwjc", "2024-05-14", **asking).then_topics("supervision.letter-issued")
    act(found, "ask_cause", "jwjc", "2024-05-14", **asking).refused("CAUSE_ASKED_ALREADY")


def test_a_letter_is_withdrawn_with_reasons_until_it_is_decided_on() -> None:
    found = record(issued())
    act(found, "withdraw_letter", "jwjc", "2024-05-10", letter=LETTER, reasons=None).refused("REASONS_REQUIRED")
    act(found, "withdraw_letter", "jwjc", "2024-05-10", letter=LETTER, reasons="发错").then(
        LetterWithdrawn(matter=LETTER, reasons="发错")
    )
    void = found.clock("DB-ANSWER", "2024-06-01")
    assert void is not None and void.state is State.VOID
    act(found, "withdraw_letter", "jwjc", "2024-05-11", letter=LETTER, reasons="发错").refused("LETTER_DECIDED")
    act(found, "answer_letter", "slj", "2024-05-11", letter=LETTER, explanation="x", caused_by="slj").refused(
        "LETTER_NOT_AWAITING"
    )
