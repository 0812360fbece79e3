"""Every night a real ledger is verified in a process of its own, once, and says itself what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from application.ledger import Ledger
from application.ports import Batch
from domain.cases import CASES, EVENTS
from domain.cases.attestation.case import NUMBER, Attestation
from domain.kernel import case_id
from domain.proof.findings import Finding
from infrastructure import slots
from infrastructure.agenda import PostgresAgenda
from infrastructure.calendar_files import shipped_calendars
from infrastructure.law_files import shipped_rulebook
from infrastructure.postgres.event_store import PostgresEventLog
from infrastructure.postgres.pool import Pool, connect
from infrastructure.proof.growing import Growing
from infrastructure.proof.keys import LogKeys, name_of
from infrastructure.proof.reading import PostgresProofs
from infrastructure.scheduler import VERIFY, Scheduler
from infrastructure.slots import last_slot
from infrastructure.verifying.nightly import Night, Nightly, Spend, apart, spend
from infrastructure.verifying.subject import Subject
from tests.projections.conftest import Place
from tests.projections.histories import QUIET, jurisdiction, some_files
from tests.servers import Database
from tests.store.facts import vault_of

NIGHT = datetime(2031, 3, 2, 18, 30, tzinfo=UTC)


def here(subject: Subject, before: Sequence[Finding], stopped: Callable[[], bool]) -> Night:
    """In this process, which is sooner done."""
    return spend(subject, before)


class Real:
    """A real ledger with a signed log and its lists."""

    def __init__(self, pool: Pool, database: Database, schema: str, folder: Path) -> None:
        log = PostgresEventLog(pool, schema, EVENTS, vault=vault_of(schema))
        self.place = Place(schema, pool, log, Ledger(log, CASES, shipped_rulebook(), shipped_calendars()))
        self.url, self.owner = database.app, database.owner
        self.keys = LogKeys(folder, log.ledger_id, name_of("test", log.ledger_id))
        for entries in (jurisdiction(profiles=QUIET), *some_files(3)):
            for entry in entries:
                log.append(Batch(entry.file_id, entry.file_version - 1, entry.case_id, (entry,)))

    def sign(self) -> None:
        self.place.catch_up()
        with self.place.pool.connection() as connection:
            Growing(self.place.schema, self.keys).advance(connection)

    def night(self) -> tuple[Any, ...] | None:
        """What the last night came to, as readiness says it."""
        return PostgresProofs(self.place.pool, self.place.schema, self.keys.origin).night()

    def scheduler(self) -> Scheduler:
        """What verifies in the night."""
        agenda, connecting = PostgresAgenda(self.place.pool, self.place.log), partial(connect, self.url, name="test")
        return Scheduler(connecting, self.place.schema, self.place.ledger, agenda, nightly=self.nightly())

    def nightly(self, where: Spend = here) -> Nightly:
        agenda = PostgresAgenda(self.place.pool, self.place.log)
        return Nightly(
            self.url,
            self.place.log,
            self.place.ledger,
            self.keys,
            own=None,
            on_record=agenda.recorded,
            now=lambda: datetime.now(UTC),
            spend=where,
        )

    @property
    def topics(self) -> list[str]:
        return [each.topic for each in self.place.log.load_stream(case_id(NUMBER))]

    @property
    def attestation(self) -> Any:
        file = self.place.ledger.file_numbered(NUMBER)
        assert file is not None
        return file.cases[case_id(NUMBER)]


@pytest.fixture
def real(pool: Pool, database: Database, new_ledger: Callable[..., Any], tmp_path: Path) -> Real:
    found = Real(pool, database, new_ledger(kind="real").schema, tmp_path / "log")
    found.sign()
    return found


def test_a_night_is_recorded_once_with_its_result_and_a_manifest(real: Real) -> None:
    size = real.place.log.last_position()
    assert real.nightly(apart).run(NIGHT) == {"size": size, "position": size, "count": 0, "causes": ()}
    topics = ["attestation.opened", "attestation.verified", "attestation.manifest-recorded"]
    assert (real.topics, real.attestation.position) == (topics, size)
    real.sign()
    assert real.nightly().run(NIGHT) is not None
    assert real.topics == [*topics, "attestation.manifest-recorded"], (
        "the same night once, what is new in a manifest of its own"
    )
    assert isinstance(real.attestation, Attestation)


def test_what_was_done_to_the_ledger_is_recorded_by_its_causes_and_no_manifest_hides_it(real: Real) -> None:
    with connect(real.owner) as owner, owner.transaction():
        owner.execute(f'ALTER TABLE "{real.place.schema}".events DISABLE TRIGGER ALL')
        owner.execute(f'UPDATE "{real.place.schema}".events SET officer = officer || %s WHERE event_no = 3', ("x",))
    done = real.nightly().run(NIGHT)
    assert done is not None
    assert done["causes"] == ("changed",)
    assert real.topics == ["attestation.opened", "attestation.failed"]
    assert real.attestation.state == "doubted"
    ((_, *_, failed),) = [(each.topic, each.event) for each in real.place.log.load_stream(case_id(NUMBER))][1:]
    assert "changed position 3" in failed.findings


def test_readiness_says_what_the_last_night_found(real: Real) -> None:
    assert real.night() is None
    with connect(real.owner) as owner, owner.transaction():
        owner.execute(f'ALTER TABLE "{real.place.schema}".events DISABLE TRIGGER ALL')
        owner.execute(f'UPDATE "{real.place.schema}".events SET officer = officer || %s WHERE event_no = 3', ("x",))
    real.scheduler().verify_for(NIGHT)
    assert real.night() == (NIGHT, 1, ["changed"])


def test_a_night_that_is_interrupted_leaves_nothing(real: Real) -> None:
    assert real.nightly(apart).run(NIGHT, lambda: True) is None
    assert real.topics == []


def test_a_verification_that_ends_without_a_result_is_told(real: Real) -> None:
    broken = real.nightly(apart)
    broken._url = real.url.replace("/test_", "/no_")
    with pytest.raises(ChildProcessError):
        broken.run(NIGHT)


def test_the_scheduler_verifies_each_night_once(real: Real) -> None:
    for _ in range(2):
        real.scheduler().verify_for(NIGHT)
    runs = real.place.run(f"SELECT scheduled_for, outcome ->> 'count' FROM {{schema}}.job_run WHERE job = '{VERIFY}'")
    assert runs == [(NIGHT, "0")]
    assert real.night() == (NIGHT, 0, [])
    assert real.topics.count("attestation.verified") == 1


@pytest.mark.parametrize(
    ("present", "night"),
    [
        ("2031-03-02T18:30Z", "2031-03-02T18:30Z"),
        ("2031-03-02T18:29Z", "2031-03-01T18:30Z"),
        ("2031-03-03T10:00Z", "2031-03-02T18:30Z"),
    ],
)
def test_a_night_begins_at_half_past_two_in_china(present: str, night: str) -> None:
    assert last_slot(datetime.fromisoformat(present), slots.NIGHT) == datetime.fromisoformat(night)
