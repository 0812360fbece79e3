"""Whatever signs may be killed between any two steps, and a hundred times under load: the log stays one, whole and signed."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest

from domain.proof.checkpoint import Checkpoint
from domain.proof.merkle import Frontier, leaf_hash, verify_consistency
from infrastructure.keys.files import keys_of
from infrastructure.keys.vault import Vault
from infrastructure.postgres.plain_values import ledger_id
from infrastructure.postgres.pool import Pool
from infrastructure.postgres.registry import REAL, Jurisdiction
from infrastructure.settings import settings
from tests.proof.dying import ALIVE, Mortal
from tests.proof.ledgers import Signed
from tests.servers import Database
from tests.store.facts import log_of, paper
from tests.waiting import until

MOST_STEPS = 40
KILLS, WRITERS = 100, 4


@pytest.fixture
def mortal(signed: Signed, database: Database) -> Iterator[Mortal]:
    """What forks signers of the ledger."""
    made = Mortal(database.app, signed)
    yield made
    made.close()


def wrong(signed: Signed) -> list[str]:
    """What is wrong with everything that was signed, from nothing but what is stored; nothing if all is well."""
    found, tree, old = [], Frontier(), None
    sizes = signed.proofs.sizes(limit=100_000)
    entries = iter(signed.proofs.entries(0, sizes[-1] if sizes else 0))
    for size in sizes:
        for _ in range(size - tree.size):
            tree.append(leaf_hash(next(entries)))
        head = signed.head(size)
        if head.root != tree.root():
            found.append(f"the root of {size}")
        elif old is not None:
            verify_consistency(old.size, size, old.root, head.root, signed.proofs.consistency(old.size, size))
        old = head
    kept = signed.keys.kept()
    if kept is not None and sizes and Checkpoint.parse(kept.text) != signed.head():
        found.append("the checkpoint that is kept is not the newest")
    return found


def killed_at_every_step(signed: Signed, mortal: Mortal, what: str) -> Iterator[int]:
    """Record a little and kill the signer before its first step, its second ..., until it comes to the end of its work."""
    for step in range(1, MOST_STEPS):
        signed.record(2)
        mortal.begin(what, step)
        ended = mortal.ended()
        assert ended in (ALIVE, -signal.SIGKILL)
        yield ended
        if ended == ALIVE:
            return
    raise AssertionError("a signer has not so many steps")


def test_a_signer_killed_between_any_two_steps_is_taken_up_where_it_was(signed: Signed, mortal: Mortal) -> None:
    """Also before the first checkpoint, and while the next signer is killed in turn."""
    deaths = 0
    for ended in killed_at_every_step(signed, mortal, "sign"):
        deaths += ended != ALIVE
    assert (deaths >= 10, wrong(signed)) == (True, [])
    for _ in killed_at_every_step(signed, mortal, "sign"):
        assert signed.sign_anew().size == signed.log.last_position()
        assert wrong(signed) == []
    assert len(signed.keys.trusted()) <= 2, "a key made by one that died before it signed counts, and harms nobody"


def test_a_signer_that_writes_in_two_steps_and_believes_what_it_finds_would_be_found_out(
    signed: Signed, mortal: Mortal
) -> None:
    """The control: killed in the same way it signs a tree that is not that of the log."""
    signed.keys.make()
    for _ in killed_at_every_step(signed, mortal, "careless"):
        pass
    assert any(each.startswith("the root of") for each in wrong(signed))


@pytest.fixture
def busy(pool: Pool, new_ledger: Callable[..., Jurisdiction], signed: Signed) -> Signed:
    """A ledger under the names by which a process of its own finds it."""
    ledger = new_ledger(kind=REAL)
    with pool.connection() as connection:
        vault = Vault(keys_of(settings()), ledger.schema, ledger_id(connection, ledger.schema))
    return Signed(pool, log_of(pool, ledger.schema, vault=vault), signed.root, name=ledger.name)


@contextmanager
def writing(busy: Signed) -> Iterator[list[UUID]]:
    """Writers for a block, and which events they were told are recorded."""
    acknowledged: list[UUID] = []
    ended = threading.Event()

    def write() -> None:
        file, version = paper(), 0
        while not ended.is_set():
            version += 1
            batch = file.note(version)
            busy.log.append(batch)
            acknowledged.append(batch.entries[0].event_id)
            time.sleep(0.002)

    writers = [threading.Thread(target=write) for _ in range(WRITERS)]
    for each in writers:
        each.start()
    yield acknowledged
    ended.set()
    for each in writers:
        each.join()


@pytest.mark.outside
def test_a_sequencer_killed_a_hundred_times_under_load_loses_doubles_and_falsifies_nothing(
    busy: Signed, database: Database
) -> None:
    mortal, chance = Mortal(database.app, busy), random.Random(5)
    with writing(busy) as acknowledged:
        for _ in range(KILLS):
            child, before = mortal.begin("work"), busy.proofs.signing().size
            until(lambda before=before: busy.proofs.signing().size > before)
            time.sleep(0.05 * chance.random())
            os.kill(child, signal.SIGKILL)
            assert mortal.ended() == -signal.SIGKILL
    child = mortal.begin("work")
    until(lambda: busy.proofs.signing().size == len(acknowledged))
    os.kill(child, signal.SIGKILL)
    mortal.ended()
    mortal.close()
    stored = [each.event_id for each in busy.log.follow(0, 10_000_000)]
    assert sorted(stored) == sorted(acknowledged), "each once"
    assert busy.proofs.signing().size == len(stored) > KILLS
    assert len(busy.proofs.sizes(limit=100_000)) > KILLS
    assert wrong(busy) == []
    assert busy.log.missed() == 0
