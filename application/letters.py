"""The text of a letter (函件文本) as it is read from a supervision record: with the names of the register and the rules as they were."""

from __future__ import annotations

from domain.cases.supervision.events import LetterIssued
from domain.cases.supervision.letters import Names, letter_text
from domain.file import File
from domain.kernel import Case, Entry
from domain.law.clock import day_of
from domain.law.rulebook import Rulebook


def letter_of(file: File, case: Case, letter: str) -> Entry | None:
    """The event that issued a letter; None where the case has none of that number."""
    issued = (entry for entry in file.all(LetterIssued.TOPIC, letter) if entry.case_id == case.id)
    return next(issued, None)


def letter_to(issued: Entry) -> str:
    """To whom a letter is addressed."""
    letter = issued.event
    assert isinstance(letter, LetterIssued)
    return letter.to


def text_of(issued: Entry, file: File, case: Case, rulebook: Rulebook) -> str:
    """The letter as plain text."""
    letter = issued.event
    assert isinstance(letter, LetterIssued)

    def name(organ: str) -> str:
        known = file.register.organ(organ)
        return organ if known is None else known.name_zh

    return letter_text(
        letter,
        file_no=str(case.summary()["supervises"]),
        issuer=issued.actor.acting_for,
        issued_on=day_of(issued.occurred_at),
        names=Names(name, rulebook.get),
    )
