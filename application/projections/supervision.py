"""Rows of cards and letters (督办卷投影), from the facts of a supervision record, as they were known when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from application.projections.inspection_rows import CardRow, LetterRow
from application.projections.versions import versions
from domain.cases.supervision.cards import Card, cards, papers
from domain.kernel import Entry

SUPERVISION = "supervision"


def card_rows(file_id: UUID, number: str, supervises: str, entries: Sequence[Entry]) -> Iterator[CardRow]:
    """The cards of one record; `entries` as they were recorded. `supervises`: the number of the file that it is about."""
    for key, card, since, until in versions(entries, cards):
        yield CardRow(
            key, since, until, file_id, number, supervises, card.case_number, card.kind, UUID(card.clock), card.profile,
            card.rule, card.party, card.severity, card.due, card.due_at, card.given_at, card.state, card.ended_at,
            card.verdict, _identifier(card), card.edition,
        )  # fmt: skip


def _identifier(card: Card) -> UUID | None:
    return None if card.cause is None else UUID(card.cause)


def letter_rows(file_id: UUID, number: str, supervises: str, entries: Sequence[Entry]) -> Iterator[LetterRow]:
    """The letters of one record."""
    for key, paper, since, until in versions(entries, papers):
        said = paper.letter
        clocks = tuple(each.clock for each in said.clocks)
        rules = tuple(dict.fromkeys(each.rule for each in said.clocks))
        yield LetterRow(
            key, since, until, file_id, number, supervises, str(said.kind), said.to, paper.issuer, paper.issued_at,
            said.answer_by, said.state, said.about_case, said.follows, clocks, rules, paper.acknowledged_at,
            paper.answered_at, said.cause, paper.decided_at, said.escalated_to, paper.escalated_at, paper.circulated_at,
        )  # fmt: skip
