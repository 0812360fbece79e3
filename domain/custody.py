"""Who holds (经办) which matter (事项) since when: a fold over the events of a file, one holder per open matter by construction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.kernel import Entry

Axis = Callable[[Entry], datetime]
"""Which of an entry's two times the fold is told in."""


def by_occurrence(entry: Entry) -> datetime:
    """The time in which history is told as it happened."""
    return entry.occurred_at


def by_knowledge(entry: Entry) -> datetime:
    """The time in which history is told as the ledger learned it."""
    return entry.known_at()


@dataclass(slots=True)
class Matter:
    """One matter: who holds it, to whom it is on the way, and which case opened it."""

    id: str
    case_id: UUID
    holder: str | None = None
    in_transit_to: str | None = None
    open: bool = False
    sent_at: datetime | None = None


@dataclass(slots=True)
class Held:
    """A stretch of time in which one organ held a matter; `until` is None while it still does."""

    matter: str
    holder: str
    since: datetime
    until: datetime | None
    event_id: UUID
    occurred_at: datetime


@dataclass(slots=True)
class Transit:
    """A stretch of time in which a matter was on the way and its receipt not yet signed."""

    matter: str
    sender: str | None
    addressee: str
    since: datetime
    until: datetime | None


@dataclass(slots=True)
class CustodyFold:
    """Custody of every matter of one file, told along one axis of time."""

    axis: Axis = by_knowledge
    matters: dict[str, Matter] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    transits: list[Transit] = field(default_factory=list)

    def apply(self, entry: Entry) -> str | None:
        """Let one event have its effect; answer who then holds the matter that it is about."""
        about = entry.matter
        if about is None:
            return None
        matter = self.matters.get(about)
        custody = entry.event.CUSTODY
        if custody is None or not custody.applies(entry.event):
            return None if matter is None else matter.holder
        if matter is None:
            matter = self.matters[about] = Matter(about, entry.case_id)
        to = entry.actor.acting_for if custody.to == "actor" else getattr(entry.event, custody.to)
        match custody.effect:
            case "opens" | "passes" | "recalls":
                self._hold(matter, to, entry)
            case "sends":
                self._send(matter, to, entry)
            case "closes":
                self._hold(matter, None, entry)
            case effect:
                raise ValueError(f"no custody effect {effect!r}")
        return matter.holder

    def _hold(self, matter: Matter, holder: str | None, entry: Entry) -> None:
        self._arrive(matter, entry)
        matter.open = holder is not None
        if holder == matter.holder:
            return
        now = self.axis(entry)
        for span in reversed(self.held):
            if span.matter == matter.id and span.until is None:
                span.until = now
                break
        matter.holder = holder
        if holder is not None:
            self.held.append(Held(matter.id, holder, now, None, entry.event_id, entry.occurred_at))

    def _send(self, matter: Matter, to: str, entry: Entry) -> None:
        self._arrive(matter, entry)
        matter.in_transit_to, matter.sent_at = to, entry.occurred_at
        self.transits.append(Transit(matter.id, matter.holder, to, self.axis(entry), None))

    def _arrive(self, matter: Matter, entry: Entry) -> None:
        if matter.in_transit_to is None:
            return
        matter.in_transit_to = matter.sent_at = None
        for way in reversed(self.transits):
            if way.matter == matter.id and way.until is None:
                way.until = self.axis(entry)
                break
