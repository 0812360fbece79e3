"""Who may look at what of a file, as a table: roles, relations, who is barred, joint punishment and supervision records apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from application.permissions import Sight, reader_of, sight
from domain.cases.joint_punishment.events import MemoAcknowledged
from domain.cases.meeting.events import Kind, MeetingPrepared
from domain.cases.recusal.events import Implicated, OfficersRecused, Relation
from domain.cases.supervision.events import LetterIssued, LetterKind
from domain.file import File
from domain.kernel import Actor, case_id
from domain.register import OfficerRecord
from tests.cases.punishment_facts import PROPOSED, decided, issued
from tests.cases.referral_facts import SIGNED, fact
from tests.cases.supervision_facts import BREACHED, LETTER, OPENED, REFER
from tests.given import given, opening
from tests.projections.histories import jurisdiction, ledger

MEMO = {"recipients": ("nyj", "zrj")}
EVERYBODY = (
    "zwj",
    "jyzx",
    "zjj",
    "slj",
    "jtj",
    "czj",
    "fgj",
    "gaj",
    "gwh",
    "zhb",
    "jwjc",
    "system",
    "respondent",
    "admin",
)


def names(seen: Sight, file: File) -> set[str]:
    """The cases that are shown, `*` for the whole file, and `papers`."""
    if seen.whole:
        return {"*"}
    return {case.number for case in file.cases.values() if seen.shows(case.id)} | ({"papers"} if seen.papers else set())


def seen(file: File, organ: str, officer: str = "") -> set[str]:
    return names(sight(Actor(organ, officer), file), file)


def looking(file: File) -> dict[str, set[str]]:
    return {organ: shown for organ in EVERYBODY if (shown := seen(file, organ))}


WATCHING: dict[str, Any] = {"zwj": {"*"}, "jwjc": {"*"}, "system": {"*"}}
"""The coordinating office, the inspectors, the timer."""


def test_a_file_is_open_to_who_acted_held_or_was_sent_it_and_to_who_watches() -> None:
    assert looking(given(*SIGNED).file) == {**WATCHING, "slj": {"*"}, "jtj": {"*"}}


def test_an_addressee_reads_before_the_receipt_is_signed() -> None:
    assert "jtj" in looking(given(*SIGNED[:3]).file)


def test_an_organ_that_an_act_was_recorded_for_reads_it() -> None:
    file = given(*SIGNED).file
    file.entries[-1] = file.entries[-1]._replace(actor=Actor("slj", on_behalf_of="gaj"))
    assert looking(file)["gaj"] == {"*"}


def test_who_owes_an_act_reads() -> None:
    """The clock alone: the party of a clock that nobody else is named by."""
    file = given(*SIGNED).file
    clock = file.clocks[0]
    clock.co_parties = ("nyj",)
    assert seen(file, "nyj") == {"*"}


def test_a_recipient_of_a_memo_reads_the_punishment_and_nothing_else() -> None:
    file = given((decided(), "2025-03-10", "zjj"), PROPOSED, (issued(**MEMO), "2025-03-24", "zwj"),
                 (MemoAcknowledged(matter="CF-1-memo", department="zrj"), "2025-03-26", "zrj")).file  # fmt: skip
    assert (seen(file, "nyj"), seen(file, "zrj"), seen(file, "zjj"), seen(file, "fgj")) == (
        {"CF-1"},
        {"CF-1"},
        {"*"},
        set(),
    )


def test_a_meeting_is_open_to_every_department_but_not_what_else_its_file_holds() -> None:
    called = (
        MeetingPrepared(**opening("LX-1", "LX-1", "JB-1"), kind=Kind.FULL, office="zwj", purpose="例会"),
        "2024-05-10",
        "zwj",
        "LX-1",
    )
    file = given(*SIGNED, called).file
    assert (seen(file, "nyj"), seen(file, "admin"), seen(file, "respondent")) == ({"LX-1"}, set(), set())


def barring(*, organs: tuple[str, ...] = (), officers: tuple[str, ...] = ()) -> File:
    named = {**opening("HB-1", "HB-1", "JB-1"), "organs": organs, "declared_by": "jwjc", "reason": "涉案"}
    return given(*SIGNED, fact(Implicated(**named, officers=officers), "2024-06-01", "jwjc", "HB-1")).file


@pytest.mark.parametrize("organ", ["slj", "jtj", "zwj", "jwjc"])
def test_an_implicated_organ_reads_nothing_whatever_it_is(organ: str) -> None:
    """Being barred beats holding, having acted and every role but the timer's."""
    assert organ in looking(given(*SIGNED).file)
    assert organ not in looking(barring(organs=(organ,)))
    assert looking(barring(organs=("slj", "jtj", "zwj", "jwjc"))) == {"system": {"*"}}


def test_an_implicated_or_recused_officer_reads_nothing_and_the_colleague_goes_on() -> None:
    file = barring(officers=("zhao",))
    assert (seen(file, "slj", "zhao"), seen(file, "slj")) == (set(), {"*"})
    recused = OfficersRecused(
        **opening("HB-1", "HB-1", "JB-1"), officers=("sun",), relation=Relation.KIN, declared_by="jwjc", reason="亲属"
    )
    file = given(*SIGNED, fact(recused, "2024-06-01", "jwjc", "HB-1")).file
    assert (seen(file, "jwjc", "sun"), seen(file, "jwjc")) == (set(), {"*"})


def record(**letter: Any) -> File:
    sent = LetterIssued(
        **{
            "matter": LETTER,
            "kind": LetterKind.SUPERVISION,
            "to": "slj",
            "answer_by": REFER.anchor.date(),
            "clocks": (),
            **letter,
        }
    )
    return given(OPENED, BREACHED, (sent, "2024-05-09", "jwjc")).file


def test_a_supervision_record_is_read_by_who_watches_and_its_letters_by_whom_they_are_for() -> None:
    file = record()
    assert looking(file) == {**WATCHING, "slj": {"papers"}}
    seen = sight(Actor("slj"), file)
    assert seen.shows_paper(case_id("JB-1-DB"), "slj")
    assert not seen.shows_paper(case_id("JB-1-DB"), "jtj") and not seen.shows(case_id("JB-1-DB"))


def test_who_is_barred_in_the_file_is_barred_in_its_record_except_for_its_letters() -> None:
    file, also = record(), frozenset({"slj", "zwj", "sun"})
    shown = {
        organ: names(sight(Actor(organ, officer), file, also), file)
        for organ, officer in (("slj", ""), ("zwj", ""), ("jwjc", "sun"))
    }
    assert shown == {"slj": {"papers"}, "zwj": set(), "jwjc": set()}
    assert not sight(Actor("slj", "zhao"), file, frozenset({"slj", "zhao"}))


def test_the_jurisdiction_is_open_to_every_organ_of_the_ledger() -> None:
    office = jurisdiction()
    file = ledger(office).file(office[0].file_id, office)
    assert {organ: seen(file, organ) for organ in EVERYBODY} == {
        organ: {"*"} if organ in WATCHING else {"jurisdiction"} for organ in EVERYBODY
    }
    assert seen(file, "nobody") == set()


@pytest.mark.parametrize(
    ("officer", "shown"),
    [
        ({}, {"*"}),
        ({"duties": ("reader",)}, {"*"}),
        ({"duties": ("accounts",)}, set()),
        ({"duties": ()}, set()),
        ({"organ": "jtj"}, set()),
        ({"suspended": True}, set()),
        ({"left_on": REFER.anchor.date()}, set()),
    ],
)
def test_an_officer_reads_while_he_serves_in_the_organ_he_comes_from(officer: dict[str, Any], shown: set[str]) -> None:
    file = given(*SIGNED).file
    known = OfficerRecord("zhou", "周", "slj", duties=("handler",))
    file.register = replace(file.register, officers={"zhou": replace(known, **officer)})
    assert seen(file, "slj", "zhou") == shown
    assert seen(file, "slj", "stranger") == set()


def test_a_role_that_is_given_or_taken_counts_at_once() -> None:
    file = given(*SIGNED).file
    organs = dict(file.register.organs)
    organs["czj"], organs["zwj"] = replace(organs["czj"], roles=("auditor",)), replace(organs["zwj"], roles=())
    file.register = replace(file.register, organs=organs)
    assert (seen(file, "czj"), seen(file, "zwj")) == ({"*"}, set())


def test_whoever_is_dissolved_reads_nothing_and_an_alias_is_the_organ() -> None:
    file = given(*SIGNED).file
    organs = dict(file.register.organs)
    organs["slj"] = replace(organs["slj"], dissolved_on=REFER.anchor.date())
    organs["fgj"] = replace(organs["fgj"], aliases=("slj",))
    file.register = replace(file.register, organs={key: each for key, each in organs.items() if key != "slj"})
    assert seen(file, "fgj") == seen(file, "slj") == {"*"}
    file.register = replace(file.register, organs=organs)
    assert seen(file, "slj") == set()


def test_nobody_is_a_reader_by_a_name_that_is_no_organ() -> None:
    """`any:department` and `role:committee` are names that rows are found by; no caller can be called so."""
    register = given(*SIGNED).file.register
    for name in ("any:organ", "any:department", "role:committee", ""):
        assert reader_of(Actor(name), register).names == ()
