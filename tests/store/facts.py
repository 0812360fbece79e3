"""What the tests of the store record: two small event types, their entries, and logs that know them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from application.ports import Appended, Batch, FileMoved
from domain.kernel import Actor, Entry, Event, EventCorrected, MatterEvent, Released, Reserved
from infrastructure.keys.files import KeyFiles, keys_of
from infrastructure.keys.vault import Vault
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.session import Connections
from infrastructure.settings import settings

OFFICER = Actor("zjj", "zhang")
THEN = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


class Weight(StrEnum):
    LIGHT = "light"
    HEAVY = "heavy"


@dataclass(frozen=True, kw_only=True)
class Noted(MatterEvent):
    """A fact with a field of every kind."""

    TOPIC: ClassVar[str] = "test.noted"
    text: str = ""
    weight: Weight = Weight.LIGHT
    due: date | None = None
    at: datetime | None = None
    papers: tuple[str, ...] = ()
    by: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Weighed(MatterEvent):
    """A fact whose first version gave kilograms."""

    TOPIC: ClassVar[str] = "test.weighed"
    VERSION: ClassVar[int] = 2
    grams: int

    @staticmethod
    def upcast(payload: dict[str, Any], version: int) -> dict[str, Any]:
        return {"matter": payload["matter"], "grams": payload["kilograms"] * 1000}


REGISTRY: dict[str, type[Event]] = {each.TOPIC: each for each in (Noted, Weighed, EventCorrected, Reserved, Released)}


def vault_of(schema: str, keys: KeyFiles | None = None) -> Vault:
    """The vault of a schema, its keys named by the schema: none of these tests has two databases."""
    return Vault(keys or keys_of(settings()), schema, uuid5(NAMESPACE_OID, schema))


def log_of(pool: Connections, schema: str, **options: Any) -> PostgresEventLog:
    """An event log that knows the events of these tests, with the keys of the run."""
    return PostgresEventLog(pool, schema, REGISTRY, **{"vault": vault_of(schema), **options})


@dataclass(frozen=True, slots=True)
class Paper:
    """A file with one case in it, as a writer sees it."""

    file: UUID
    case: UUID

    def entry(self, version: int, event: Event | None = None, **facts: Any) -> Entry:
        """The entry at this version of the case, and of the file unless `file_version` says otherwise."""
        return Entry(
            event=event or Noted(matter="m"),
            event_id=facts.pop("event_id", None) or uuid4(),
            case_id=facts.pop("case_id", self.case),
            case_type=facts.pop("case_type", "test"),
            version=version,
            file_id=self.file,
            file_version=facts.pop("file_version", version),
            occurred_at=facts.pop("occurred_at", THEN),
            actor=facts.pop("actor", OFFICER),
            **facts,
        )

    def batch(self, *entries: Entry, **options: Any) -> Batch:
        """These entries as one command."""
        return Batch(self.file, entries[0].file_version - 1, self.case, entries, **options)

    def note(self, version: int, **options: Any) -> Batch:
        """A command that records one plain fact."""
        return self.batch(self.entry(version), **options)


def paper() -> Paper:
    """A file that no other test uses."""
    return Paper(uuid4(), uuid4())


def note_again_and_again(log: PostgresEventLog, file: Paper, times: int, acknowledged: list[UUID]) -> None:
    """Record so many facts in one file beside other writers: read, decide, append, and decide again if the file moved."""
    while times:
        entries = log.load_file(file.file)
        batch = file.note(len(entries) + 1)
        try:
            assert isinstance(log.append(batch), Appended)
        except FileMoved:
            continue
        acknowledged.append(batch.entries[0].event_id)
        times -= 1


def at_once(tasks: Sequence[Callable[[], object]]) -> list[object]:
    """Run the tasks in threads that begin together; their results, or the errors they raised."""
    gate = threading.Barrier(len(tasks))
    results: list[object] = [None] * len(tasks)

    def run(place: int, task: Callable[[], object]) -> None:
        gate.wait()
        try:
            results[place] = task()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results[place] = error

    threads = [threading.Thread(target=run, args=(place, task)) for place, task in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def versions(entries: Iterable[Entry]) -> list[int]:
    """The versions of the entries in their order."""
    return [each.version for each in entries]
