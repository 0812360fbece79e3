"""Yellow and red cards (黄牌、红牌) and letters with their dates: pure readers over the facts of a supervision record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from domain.cases.supervision.events import (
    BreachRecorded,
    Escalated,
    ExplanationAccepted,
    ExplanationRefused,
    LatenessCirculated,
    LetterAcknowledged,
    LetterAnswered,
    LetterIssued,
    LetterWithdrawn,
    VerdictRejudged,
    WarningRecorded,
)
from domain.cases.supervision.letter import Letter, after
from domain.cases.supervision.record import BREACHED
from domain.kernel import Entry

YELLOW, RED = "yellow", "red"
STANDING, TURNED, REPLACED, WITHDRAWN = "standing", "turned", "replaced", "withdrawn"


@dataclass(frozen=True, slots=True)
class Card:
    """A card and where it stands. A withdrawn one stays visible, with the `verdict` that took its place and why."""

    id: UUID
    kind: str
    clock: str
    profile: str
    rule: str
    party: str
    case_number: str
    due: date
    due_at: datetime | None
    given_at: datetime
    severity: str | None = None
    state: str = STANDING
    ended_at: datetime | None = None
    verdict: str | None = None
    cause: str | None = None
    edition: str | None = None


def cards(entries: Iterable[Entry]) -> Iterator[dict[UUID, Card]]:
    """Every card of a record by the event that shows it, after each fact. `entries`: in order, corrections carried out."""
    found: dict[UUID, Card] = {}
    for entry in entries:
        match entry.event:
            case WarningRecorded() as event:
                _end(found, event.clock, YELLOW, entry, REPLACED)
                found[entry.event_id] = _card(entry, event, YELLOW)
            case BreachRecorded() as event:
                _turn(found, event.clock, event.due, entry)
                found[entry.event_id] = _card(entry, event, RED)
            case VerdictRejudged() as event:
                _withdraw(found, entry, event)
                if event.state in BREACHED and event.due is not None:
                    found[entry.event_id] = _card(entry, event, RED)
        yield found


def _card(entry: Entry, event: WarningRecorded | BreachRecorded | VerdictRejudged, kind: str) -> Card:
    assert event.due is not None
    return Card(
        entry.event_id, kind, event.clock, event.profile, event.rule, event.party, event.case_number, event.due,
        event.due_at, entry.occurred_at, None if isinstance(event, WarningRecorded) else event.severity,
    )  # fmt: skip


def _standing(found: dict[UUID, Card], clock: str, kind: str) -> list[Card]:
    return [each for each in found.values() if (each.clock, each.kind, each.state) == (clock, kind, STANDING)]


def _end(found: dict[UUID, Card], clock: str, kind: str, entry: Entry, state: str) -> None:
    for card in _standing(found, clock, kind):
        found[card.id] = replace(card, state=state, ended_at=entry.occurred_at)


def _turn(found: dict[UUID, Card], clock: str, due: date, entry: Entry) -> None:
    for card in _standing(found, clock, YELLOW):
        state = TURNED if card.due == due else REPLACED
        found[card.id] = replace(card, state=state, ended_at=entry.occurred_at)


def _withdraw(found: dict[UUID, Card], entry: Entry, event: VerdictRejudged) -> None:
    for card in _standing(found, event.clock, RED):
        found[card.id] = replace(
            card,
            state=WITHDRAWN,
            ended_at=entry.occurred_at,
            verdict=event.state,
            cause=event.cause,
            edition=event.edition,
        )


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter with who issued it and when what happened to it."""

    letter: Letter
    issuer: str
    issued_at: datetime
    acknowledged_at: datetime | None = None
    answered_at: datetime | None = None
    decided_at: datetime | None = None
    escalated_at: datetime | None = None
    circulated_at: datetime | None = None


def papers(entries: Iterable[Entry]) -> Iterator[dict[str, Paper]]:
    """Every letter of a record by its number, after each fact. `entries`: in order, corrections carried out."""
    found: dict[str, Paper] = {}
    for entry in entries:
        match entry.event:
            case LetterIssued():
                letter = after(None, entry.event)
                assert letter is not None
                found[letter.number] = Paper(letter, entry.actor.acting_for, entry.occurred_at)
            case LatenessCirculated(letters=about):
                for number in about:
                    found[number] = replace(found[number], circulated_at=entry.occurred_at)
            case (
                LetterAcknowledged()
                | LetterAnswered()
                | ExplanationAccepted()
                | ExplanationRefused()
                | LetterWithdrawn()
                | Escalated()
            ):
                found[entry.event.matter] = _after(found[entry.event.matter], entry)
        yield found


def _after(paper: Paper, entry: Entry) -> Paper:
    letter, when = after(paper.letter, entry.event), entry.occurred_at
    assert letter is not None
    match entry.event:
        case LetterAcknowledged():
            return replace(paper, letter=letter, acknowledged_at=when)
        case LetterAnswered():
            return replace(paper, letter=letter, answered_at=when)
        case Escalated():
            return replace(paper, letter=letter, escalated_at=when)
        case ExplanationRefused(answer_by=day) if day is not None:
            return replace(paper, letter=letter, answered_at=None)
    return replace(paper, letter=letter, decided_at=when)
