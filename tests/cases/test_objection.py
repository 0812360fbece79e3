"""Objections and challenges (异议、质疑): raised, answered, withdrawn; and the complaint that follows them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.cases.complaint.case import Complaint
from domain.cases.complaint.events import Subject
from domain.cases.objection.case import Objection
from domain.cases.objection.events import (
    Concern,
    Kind,
    ObjectionAnswered,
    ObjectionReceived,
    ObjectionUnanswered,
    ObjectionWithdrawn,
)
from domain.file import File
from domain.kernel import EventCorrected
from domain.law.clock import State, start_of
from infrastructure.law_files import shipped_rulebook
from tests.given import Given, given, opening

RECEIVED = ObjectionReceived(
    **opening("YY-1"), kind=Kind.OBJECTION, concern=Concern.DOCUMENTS, addressee="乙建设单位", recorded_by="zjj",
    project="示例道路", knew_on=date(2025, 9, 24),
)  # fmt: skip
CHALLENGED = ObjectionReceived(
    **opening("YY-1"), kind=Kind.CHALLENGE, concern=Concern.RESULT, addressee="丙采购中心", recorded_by="czj",
    knew_on=date(2025, 9, 22),
)  # fmt: skip
OBJECTION, CHALLENGE = (RECEIVED, "2025-09-28", "zjj"), (CHALLENGED, "2025-09-28", "czj")
M = {"matter": "YY-1"}
ANSWERED = ObjectionAnswered(**M, answer="不成立", written=True)
UNANSWERED, WITHDRAWN = ObjectionUnanswered(**M), ObjectionWithdrawn(**M)


def receive(file: Given, *, by: str = "zjj", at: str = "2025-09-28", **changes: Any) -> Given:
    said = {"kind": Kind.OBJECTION, "concern": Concern.DOCUMENTS, "addressee": "乙建设单位", **changes}
    return file.when(Objection, "receive", by=by, at=at, number="YY-1", **said)


def complain(
    file: Given, *, at: str, subject: str = "bidding", by: str = "zjj", number: str = "TS-1", **said: Any
) -> Given:
    return file.when(
        Complaint, "register", by=by, at=at, number=number, subject=Subject(subject), complainant="ref-1", **said
    )


def test_who_supervises_keeps_the_record_and_the_tenderee_owes_the_answer() -> None:
    file = receive(given(), project="示例道路", knew_on=date(2025, 9, 24)).then(RECEIVED)
    assert file.holder("YY-1") == "zjj"
    assert [clock.party for clock in file.clocks("NA-OBJ3")] == ["tenderee"]
    assert file.clock("NA-OBJ3").due.day == date(2025, 10, 9), "the third day is 1 October, a holiday"


def test_a_challenge_was_raised_in_time_and_is_answered_within_seven_working_days() -> None:
    file = given(CHALLENGE)
    assert (file.clock("NA-GP-QST7").state, [each.party for each in file.clocks("NA-GP-QST7")]) == (
        State.MET,
        ["supplier"],
    )
    assert (file.clock("NA-GP-ANS7").due.day, file.clocks("NA-OBJ3")) == (date(2025, 10, 14), [])
    assert [each.party for each in file.clocks("NA-GP-ANS7")] == ["purchaser"]


def test_a_challenge_raised_after_seven_working_days_is_seen() -> None:
    assert given((CHALLENGED, "2025-10-15", "czj")).clock("NA-GP-QST7").state == State.BREACHED_LATE


def test_an_objection_at_the_opening_of_bids_has_no_period() -> None:
    file = receive(given(), concern=Concern.OPENING)
    assert file.clocks("NA-OBJ3") == []
    file.when(Objection, "record_no_answer", by="zjj", at="2025-09-28").refused("STILL_TO_ANSWER")
    file.when(Objection, "record_no_answer", by="zjj", at="2025-09-29").then(UNANSWERED)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"addressee": None}, "ADDRESSEE_UNNAMED"),
        ({"addressee": " "}, "ADDRESSEE_UNNAMED"),
        ({"concern": Concern.PROCESS}, "NO_SUCH_OBJECTION"),
        ({"kind": Kind.CHALLENGE, "concern": Concern.OPENING}, "NO_SUCH_CHALLENGE"),
    ],
)
def test_what_is_no_objection_or_challenge_is_refused(changes: dict[str, Any], code: str) -> None:
    receive(given(), **changes).refused(code)


def test_the_trading_centre_may_keep_the_record_and_an_inspector_not() -> None:
    receive(given(), by="jyzx").then_topics("objection.received")
    receive(given(), by="jwjc").forbidden()
    receive(given(OBJECTION)).refused("MATTER_TAKEN")


def test_the_answer_ends_the_matter() -> None:
    file = given(OBJECTION).when(Objection, "record_answer", by="zjj", at="2025-10-09", answer="不成立", written=True)
    file.then(ANSWERED)
    assert (file.holder("YY-1"), file.clock("NA-OBJ3").state) == (None, State.MET)
    file.when(Objection, "record_answer", by="zjj", at="2025-10-10", answer="又", written=True).refused("ALREADY_DONE")
    file.when(Objection, "withdraw", by="zjj", at="2025-10-10").refused("STEP_NOT_ALLOWED_IN_STATE")


@pytest.mark.parametrize(
    ("facts", "said", "by", "code"),
    [
        (OBJECTION, {"answer": None, "written": True}, "zjj", "ANSWER_MISSING"),
        (OBJECTION, {"answer": " ", "written": True}, "zjj", "ANSWER_MISSING"),
        (CHALLENGE, {"answer": "不成立", "written": False}, "czj", "ANSWER_UNWRITTEN"),
    ],
)
def test_an_answer_says_something_and_to_a_challenge_in_writing(
    facts: Any, said: dict[str, Any], by: str, code: str
) -> None:
    given(facts).when(Objection, "record_answer", by=by, at="2025-09-30", **said).refused(code)


def test_an_objection_may_be_answered_by_word_of_mouth_and_only_its_recorder_says_so() -> None:
    given(OBJECTION).when(
        Objection, "record_answer", by="zjj", at="2025-09-30", answer="口头", written=False
    ).then_topics("objection.answered")
    given(OBJECTION).when(Objection, "record_answer", by="slj", at="2025-09-30", answer="答", written=True).forbidden()


def test_that_there_was_no_answer_is_recorded_once_the_time_has_ended_and_a_late_answer_after_that() -> None:
    file = given(OBJECTION)
    file.when(Objection, "record_no_answer", by="zjj", at="2025-10-09").refused("STILL_TO_ANSWER")
    file.when(Objection, "record_no_answer", by="zjj", at="2025-10-10").then(UNANSWERED)
    assert file.clock("NA-OBJ3", "2025-10-11").state == State.BREACHED_OPEN
    file.when(Objection, "record_answer", by="zjj", at="2025-10-13", answer="不成立", written=True).then(ANSWERED)
    assert file.clock("NA-OBJ3").state == State.BREACHED_LATE


def test_a_withdrawn_objection_counts_as_never_raised() -> None:
    file = given(OBJECTION).when(Objection, "withdraw", by="zjj", at="2025-09-29").then(WITHDRAWN)
    assert file.clock("NA-OBJ3").state == State.VOID
    complain(file, at="2025-09-30")
    assert file.case.objection is None
    file.when(Complaint, "accept", by="zjj", at="2025-09-30").refused("OBJECTION_FIRST")


# ---- the complaint that follows
@pytest.mark.parametrize(
    ("facts", "filed", "start", "verdict"),
    [
        ([(ANSWERED, "2025-09-29", "zjj")], "2025-10-09", date(2025, 9, 29), State.MET),
        ([(ANSWERED, "2025-09-29", "zjj")], "2025-10-10", date(2025, 9, 29), State.BREACHED_LATE),
        ([(UNANSWERED, "2025-10-10", "zjj")], "2025-10-20", date(2025, 10, 9), State.MET),
        ([(UNANSWERED, "2025-10-10", "zjj")], "2025-10-21", date(2025, 10, 9), State.BREACHED_LATE),
        (
            [(UNANSWERED, "2025-10-10", "zjj"), (ANSWERED, "2025-10-13", "zjj")],
            "2025-10-23",
            date(2025, 10, 13),
            State.MET,
        ),
        ([], "2025-09-29", date(2025, 10, 9), State.MET),
    ],
)
def test_the_ten_days_of_a_complaint_count_from_the_answer_or_from_the_last_day_for_it(
    facts: list[Any], filed: str, start: date, verdict: State
) -> None:
    file = complain(given(OBJECTION, *facts), at=filed, knew_on=date(2025, 9, 24))
    (clock,) = file.clocks("NA-FILE10")
    calendar = file.file.calendars[clock.calendar]
    assert (start_of(clock, calendar), file.file.judge(clock, file.file.entries[-1].occurred_at).state) == (
        start,
        verdict,
    )
    assert file.case.objection == "YY-1"


@pytest.mark.parametrize(("filed", "verdict"), [("2025-11-04", State.MET), ("2025-11-05", State.BREACHED_LATE)])
def test_the_fifteen_days_of_a_procurement_complaint_count_from_the_end_of_the_answer_period(
    filed: str, verdict: State
) -> None:
    file = given(CHALLENGE, (ANSWERED, "2025-09-30", "czj"))
    complain(file, at=filed, subject="procurement", by="czj")
    judged = file.clock("NA-GP-FILE15")
    assert (judged.due.start, judged.due.day, judged.state) == (date(2025, 10, 14), date(2025, 11, 4), verdict)


def test_a_correction_of_the_challenge_moves_the_time_of_the_complaint() -> None:
    file = given(CHALLENGE, (ANSWERED, "2025-10-10", "czj"))
    complain(file, at="2025-11-05", subject="procurement", by="czj")
    received = file.file.entries[0]
    correction = EventCorrected(corrects=received.event_id, occurred_at=received.occurred_at.replace(day=25))
    entries = [
        *file.file.entries,
        received._replace(event=correction, event_id=file.file.id, version=9, file_version=9),
    ]
    known = file.file
    moved = File(known.id, entries, types=known.types, rulebook=shipped_rulebook(), calendars=known.calendars,
                 register=known.register)  # fmt: skip
    (clock,) = [each for each in moved.clocks if each.limit.id == "NA-GP-FILE15"]
    assert moved.judge(clock, file.file.entries[-1].occurred_at).due.start == date(2025, 10, 11)


def test_a_complaint_names_an_objection_of_its_file_or_finds_the_latest() -> None:
    second = receive(given(OBJECTION), at="2025-09-29")
    second.refused("MATTER_TAKEN")
    complain(given(OBJECTION), at="2025-10-09", objection="YY-9").refused("NO_SUCH_OBJECTION")
    complain(given(OBJECTION, (WITHDRAWN, "2025-09-29", "zjj")), at="2025-10-09", objection="YY-1").refused(
        "NO_SUCH_OBJECTION"
    )
    assert complain(given(OBJECTION), at="2025-10-09", objection="YY-1").case.objection == "YY-1"
    assert complain(given(CHALLENGE), at="2025-10-09").case.objection is None, "a challenge is no objection"


def test_an_objection_on_file_opens_the_way_to_acceptance() -> None:
    file = complain(given(OBJECTION, (ANSWERED, "2025-09-29", "zjj")), at="2025-10-09", knew_on=date(2025, 9, 24))
    file.when(Complaint, "accept", by="zjj", at="2025-10-09").then_topics("complaint.accepted")
    complain(given(), at="2025-10-09").when(Complaint, "accept", by="zjj", at="2025-10-09").refused("OBJECTION_FIRST")


def test_a_procurement_complaint_waits_for_the_answer_or_the_end_of_its_time() -> None:
    file = complain(given(CHALLENGE), at="2025-10-09", subject="procurement", by="czj")
    file.when(Complaint, "accept", by="czj", at="2025-10-10").refused("CHALLENGE_UNANSWERED")
    file.when(Complaint, "accept", by="czj", at="2025-10-16").then_topics("complaint.accepted")


def test_a_complaint_filed_too_late_after_the_answer_is_not_accepted() -> None:
    file = complain(given(OBJECTION, (ANSWERED, "2025-09-29", "zjj")), at="2025-10-10", knew_on=date(2025, 9, 24))
    file.when(Complaint, "accept", by="zjj", at="2025-10-10").refused("FILED_LATE")


def test_the_days_that_a_complaint_gives_still_count_without_an_objection_on_file() -> None:
    file = complain(given(), at="2025-10-09", knew_on=date(2025, 9, 24), prior_objection_answered=date(2025, 9, 29))
    assert file.clock("NA-FILE10").state == State.MET
    file.when(Complaint, "accept", by="zjj", at="2025-10-09").then_topics("complaint.accepted")
