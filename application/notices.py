"""Notices (通知): which facts a webhook is told of, and the envelope in which a fact leaves the ledger (CloudEvents 1.0)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import quote
from uuid import UUID

from application.ledger import Ledger
from application.permissions import sight
from application.shown import in_china, plain
from application.signatures import protected_names
from domain.cases.jurisdiction.webhook import Webhook
from domain.file import File
from domain.kernel import Actor, Entry, OpeningEvent

RESERVATION = "reservation"
TEST = "webhook.test"
REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Named:
    """The numbers of a case and of its file."""

    number: str
    file_no: str


class Notices:
    """What one ledger tells the outside. `opening`: the first entry of a case by its id. Safe to share between threads."""

    def __init__(self, jurisdiction: str, ledger: Ledger, opening: Callable[[UUID], Entry | None]) -> None:
        self.source = f"urn:anjuan:jurisdiction:{quote(jurisdiction, safe='')}"
        self._ledger, self._opening = ledger, opening
        self._protected = frozenset().union(*(protected_names(each) for each in ledger.types.values()))
        self._named: dict[UUID, Named] = {}

    def concern(self, webhook: Webhook, entry: Entry) -> bool:
        """Whether a webhook is told of a fact. Reservations are the ledger's own book-keeping and concern nobody."""
        if entry.case_type == RESERVATION:
            return False
        if webhook.case_types and entry.case_type not in webhook.case_types:
            return False
        if webhook.topics and not any(_matches(entry.topic, each) for each in webhook.topics):
            return False
        if webhook.departments and self._departments(entry).isdisjoint(webhook.departments):
            return False
        return self._may_be_told(webhook.organ, entry)

    def _may_be_told(self, organ: str, entry: Entry) -> bool:
        """Whether an organ may look, now, at the case of a fact."""
        known = self._ledger.office()
        file = self._ledger.file(entry.file_id, self._ledger.log.load_file(entry.file_id), office=known)
        seen = sight(Actor(organ), file, self._ledger.barred_where_it_concerns(file))
        return seen.shows(entry.case_id)

    def envelope(self, entry: Entry) -> dict[str, Any]:
        """A fact as a CloudEvent. Whose act it was is told as a department, never as a person; protected values not at all."""
        named = self._names(entry)
        return {
            "specversion": "1.0",
            "id": str(entry.event_id),
            "source": self.source,
            "type": entry.topic,
            "subject": named.number,
            "time": in_china(entry.occurred_at).isoformat(),
            "datacontenttype": "application/json",
            "position": entry.position,
            "recordedat": in_china(entry.known_at()).isoformat(),
            "casetype": entry.case_type,
            "caseversion": entry.version,
            "filenumber": named.file_no,
            "department": entry.actor.acting_for,
            "payloadversion": type(entry.event).VERSION,
            "rehearsal": self._ledger.rehearsal,
            "data": self.told(entry),
        }

    def told(self, entry: Entry) -> dict[str, Any]:
        """What a fact says, without protected values and without the references to them."""
        return {
            each.name.rstrip("_"): plain(self._open(each.name, getattr(entry.event, each.name)))
            for each in fields(entry.event)
        }

    def test(self, webhook: UUID, event_id: UUID, time: str) -> dict[str, Any]:
        """A CloudEvent that tells nothing: whether it arrives is what is asked."""
        return {
            "specversion": "1.0",
            "id": str(event_id),
            "source": self.source,
            "type": TEST,
            "subject": str(webhook),
            "time": time,
            "datacontenttype": "application/json",
            "rehearsal": self._ledger.rehearsal,
            "data": {"webhook": str(webhook)},
        }

    def _open(self, name: str, value: Any) -> Any:
        if name in self._protected and isinstance(value, str) and _like_an_id(value):
            return None
        if isinstance(value, Mapping):
            return {key: self._open(str(key), each) for key, each in value.items()}
        return value

    def _names(self, entry: Entry) -> Named:
        found = self._named.get(entry.case_id)
        if found is None:
            opening = entry if isinstance(entry.event, OpeningEvent) else self._opening(entry.case_id)
            event = None if opening is None else opening.event
            assert isinstance(event, OpeningEvent), f"case {entry.case_id} has no beginning"
            if len(self._named) >= REMEMBERED:
                self._named.clear()
            found = self._named[entry.case_id] = Named(event.number, event.file_no)
        return found

    def _departments(self, entry: Entry) -> frozenset[str]:
        """Who acts, who is named, and who holds, is sent or owes something in the matter, before the fact or after it."""
        register = self._ledger.at_hand().case.register
        named = (found.id for each in _texts(entry) if (found := register.organ(each)) is not None)
        entries = [
            each for each in self._ledger.log.load_file(entry.file_id) if each.file_version <= entry.file_version
        ]
        file = self._ledger.file(entry.file_id, entries, office=self._ledger.at_hand())
        return frozenset({entry.actor.acting_for, *named, *_concerned(file, entry)})


def _concerned(file: File, entry: Entry) -> Iterator[str]:
    case = file.cases.get(entry.case_id)
    matter = entry.matter or (case.matter if case else "")
    now = entry.known_at()
    for held in file.custody.held:
        if held.matter == matter and (held.until is None or held.until >= now):
            yield held.holder
    for way in file.custody.transits:
        if way.matter == matter and (way.until is None or way.until >= now):
            yield from (way.addressee, *((way.sender,) if way.sender else ()))
    for clock in file.clocks:
        ended = next((mark.known for mark in (clock.void, clock.stop) if mark is not None), None)
        if clock.matter == matter and (clock.open or ended is None or ended >= now):
            yield from clock.parties


def _texts(entry: Entry) -> Iterator[str]:
    for each in fields(entry.event):
        value = getattr(entry.event, each.name)
        yield from (one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, str))


def _matches(topic: str, pattern: str) -> bool:
    """A pattern is a topic, or its beginning with a star: `referral.*`."""
    return topic.startswith(pattern[:-1]) if pattern.endswith("*") else topic == pattern


def _like_an_id(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False
