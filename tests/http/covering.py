"""Watches an application: of every request it compares what the ledger stored with the receipts that the answer carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from flask import Flask, Response, g, request

from api.context import place, wiring
from domain.proof.note import Note
from domain.proof.receipt import Receipt

FOUNDED = "SELECT max(event_no) FROM {0}.events WHERE tx = (SELECT tx FROM {0}.events ORDER BY event_no LIMIT 1)"
SINCE = "SELECT event_no, event_id, tx, department, causation FROM {0}.events WHERE event_no > %s ORDER BY event_no"


class Stored(NamedTuple):
    """An event that a request left behind."""

    number: int
    event: UUID
    tx: Any
    department: str
    causation: UUID | None


def receipts_in(answer: Any) -> Iterator[str]:
    """Every receipt in an answer, wherever it stands."""
    if isinstance(answer, dict) and isinstance(answer.get("receipt"), str):
        yield answer["receipt"]
    for each in answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ():
        yield from receipts_in(each)


def told(text: str) -> frozenset[UUID]:
    """The events that a receipt names."""
    return frozenset(Receipt.parse(Note.parse(text).text).commitments)


def of_its_own(batch: list[Stored]) -> bool:
    """Whether the timer recorded it, in a transaction of its own, because of what had been recorded before."""
    inside = {each.event for each in batch}
    return all(each.department == "system" for each in batch) and batch[0].causation not in {None, *inside}


@dataclass
class Covering:
    """What was found wrong, and how many answers of each route were right for something that was recorded."""

    wrong: list[str] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)
    _seen: dict[str, int] = field(default_factory=dict)

    def watch(self, app: Flask) -> Flask:
        """The application, which nothing else records into while it is watched."""
        app.after_request(self._look)
        return app

    def _look(self, response: Response) -> Response:
        if "place" in g:
            self._compare(response.get_json(silent=True) if response.mimetype == "application/json" else None)
        return response

    def _compare(self, answer: Any) -> None:
        schema, route = place().schema, f"{request.method} {request.url_rule}"
        stored = self._stored(schema)
        batches: dict[Any, list[Stored]] = {}
        for each in stored:
            batches.setdefault(each.tx, []).append(each)
        wanted = {frozenset(one.event for one in each) for each in batches.values() if not of_its_own(each)}
        found = set(map(told, receipts_in(answer)))
        if request.method == "GET":
            found = set()
        if found != wanted and (wanted or not _repeated(answer)):
            self.wrong.append(f"{route}: stored {wanted}, in receipts {found}")
        elif wanted:
            self.right[route] += 1

    def _stored(self, schema: str) -> list[Stored]:
        with wiring().pool.connection() as connection:
            if schema not in self._seen:
                (row,) = connection.execute(FOUNDED.format(schema).encode()).fetchall()
                self._seen[schema] = int(row[0])
            rows = connection.execute(SINCE.format(schema).encode(), (self._seen[schema],)).fetchall()
        found = [Stored(*each) for each in rows]
        self._seen[schema] = found[-1].number if found else self._seen[schema]
        return found


def _repeated(answer: Any) -> bool:
    """Whether the answer says that all of this was recorded before."""
    match answer:
        case {"replayed": bool(said)}:
            return said
        case {"files": [*files]}:
            return all(each["replayed"] for each in files)
        case {"opened": [], "unchanged": [_, *_]}:
            return True
    return False
