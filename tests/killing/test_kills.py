"""kill -9 under load: what a client was told is recorded is there, once, whatever was killed, and whoever asks again is answered so."""

from __future__ import annotations

import random

import pytest

from domain.proof.checkpoint import Checkpoint
from infrastructure.postgres.embedded import OWNER
from infrastructure.postgres.pool import connect
from tests.killing.conftest import NOTHING, Made, Mended
from tests.waiting import until

pytestmark = pytest.mark.outside
KILLS = 40
MOST_KILLS = 120
CHANCE = random.Random(7)


class Forgetful(Mended):
    """One that says that a commit is safe before it is written anywhere."""

    def _options(self) -> str:
        lazy = "synchronous_commit=off wal_writer_delay=10s wal_writer_flush_after=1GB bgwriter_lru_maxpages=0"
        return " -c ".join([super()._options(), *lazy.split()])


def test_forty_kills_of_the_database_lose_nothing_and_double_nothing(mortal: Made) -> None:
    service, under_way = mortal(), 0
    crew = service.crew()
    with crew.at_work() as heard:
        for _ in range(KILLS):
            crew.until(CHANCE.randint(2, 8))
            under_way += crew.under_way() > 0
            service.kill_database()
        crew.until(20)
    assert service.judge(heard) == NOTHING
    assert under_way > KILLS * 3 / 4
    assert len(heard.accepted) > 3 * KILLS


def test_forty_kills_of_workers_lose_nothing_and_double_nothing(mortal: Made) -> None:
    service = mortal()
    crew = service.crew()
    with crew.at_work() as heard:
        for each in range(KILLS):
            crew.until(CHANCE.randint(2, 8))
            service.kill_worker(each)
        crew.until(20)
    assert service.judge(heard) == NOTHING
    assert len(heard.repeated) > KILLS
    assert heard.replayed, "some answers were lost after the commit, and given again"


def test_a_database_that_answers_before_it_writes_loses_what_was_acknowledged(mortal: Made) -> None:
    """The control of the first: acknowledged reports are gone, this test would see it, and so does who signs the log."""
    service = mortal(Forgetful)
    with connect(service.server.url(role="owner").replace(OWNER, "postgres")) as superuser:
        superuser.execute("checkpoint")
    crew = service.crew(keys=False)
    with crew.at_work() as heard:
        crew.until(50)
        keys = service.keys()
        until(lambda: (kept := keys.kept()) is not None and Checkpoint.parse(kept.text).size > 50)
        service.kill_database()
    assert service.count(heard).lost
    until(lambda: service.stopped_because().startswith("rolled back"))


def test_clients_that_ask_again_without_a_key_report_twice(mortal: Made) -> None:
    """The control of the second: it is the key that keeps a report from being recorded twice."""
    service, kills, doubled = mortal(), 0, False
    crew = service.crew(keys=False)
    with crew.at_work() as heard:
        while not doubled and kills < MOST_KILLS:
            crew.until(CHANCE.randint(2, 8))
            service.kill_worker(kills)
            kills += 1
            doubled = kills % 5 == 0 and max(service.stored().values()) > 1
    assert service.judge(heard).doubled, kills
