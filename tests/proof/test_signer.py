"""The signer at work: within seconds, one at a time, with the keys it has, for ever silent where the past is another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from domain.proof.checkpoint import Checkpoint
from domain.proof.note import Note, Unsigned, sign
from domain.proof.trust import counting
from infrastructure.postgres.embedded import APP, PROJECTOR, SEQUENCER, EmbeddedServer
from infrastructure.postgres.pool import connect
from infrastructure.postgres.registry import migrate_all
from infrastructure.proof.alone import sequencing
from infrastructure.proof.ed25519 import verify
from infrastructure.proof.keys import LogKeys
from infrastructure.proof.rotation import LastKey, LogKeyring, NoSuchKey
from infrastructure.proof.signer import Signer
from infrastructure.worker import Worker
from tests.proof.beginning import begin_anew, lose
from tests.proof.ledgers import Signed
from tests.proof.test_a_past_that_was_changed import another_tile
from tests.servers import Database
from tests.store.facts import paper
from tests.waiting import until


@contextmanager
def running(*workers: Worker) -> Iterator[None]:
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()


@pytest.fixture
def signer(signed: Signed, database: Database) -> Callable[..., Signer]:
    """Makes signers of the ledger, on connections of their own."""

    def make(root: Path | None = None) -> Signer:
        keys = signed.keys if root is None else LogKeys(root, signed.ledger, signed.origin)
        connecting = partial(connect, database.app, name="signer")
        return Signer(connecting, signed.log.schema, keys, sequenced=signed.log.sequenced, poll=0.02, rest=0.01)

    return make


def test_what_is_sequenced_is_signed_without_being_asked(signed: Signed, signer: Callable[..., Signer]) -> None:
    worker = signer()
    with running(worker):
        for size in (2, 4):
            signed.record(2)
            until(lambda size=size: worker.size == size)
    assert signed.head().size == 4
    told = signed.proofs.signing()
    assert (told.size, told.head, told.waiting, told.error) == (4, 4, None, None)
    assert told.age is not None
    signed.record(1)
    assert signed.proofs.signing().waiting is not None


def test_one_signer_leads_another_takes_over_and_one_without_keys_never_does(
    signed: Signed, signer: Callable[..., Signer], tmp_path: Path
) -> None:
    first, second, keyless = signer(), signer(), signer(tmp_path / "elsewhere")
    signed.record(1)
    with running(first):
        until(lambda: first.size == 1)
        with running(second):
            until(lambda: second.health.doing == "standing by")
            first.stop()
            signed.record(1)
            until(lambda: second.size == 2)
    with running(keyless):
        signed.record(1)
        until(lambda: keyless.health.error == "no signing key is here")
    assert (first.health.doing, second.health.doing, signed.proofs.sizes()) == ("stopped", "stopped", [1, 2])
    assert not (tmp_path / "elsewhere").exists()


def test_a_signer_that_refuses_says_so_in_the_database_and_forgets_it_when_all_is_well(
    signed: Signed, signer: Callable[..., Signer], owner: psycopg.Connection[Any], caplog: Any
) -> None:
    signed.record(3)
    signed.sign()
    good = signed.proofs.tile(0, 0)
    another_tile(owner, signed)
    refusing, again = signer(), signer()
    with running(refusing):
        until(lambda: refusing.health.failed)
        signed.record(1)
        assert signed.proofs.signing().error == "forked: the first 3 entries of the log are not those that were signed"
        assert signed.proofs.sizes() == [3]
        name = f"{signed.log.schema}.tile"
        owner.execute(f"alter table {name} disable trigger grows".encode())
        owner.execute(f"update {name} set hashes = %s".encode(), [good])
        owner.execute(f"alter table {name} enable always trigger grows".encode())
        with running(again):
            until(lambda: again.size == 4)
        assert refusing.health.failed, "who refused goes on refusing, whatever is put back"
    assert signed.proofs.signing().error is None


def test_a_signer_that_refused_goes_on_once_a_person_lets_the_log_begin_anew(
    signed: Signed, signer: Callable[..., Signer], owner: psycopg.Connection[Any], database: Database
) -> None:
    for many in (5, 1):
        signed.record(many)
        signed.sign()
    lose(owner, signed, 5)
    worker = signer()
    with running(worker):
        until(lambda: worker.health.failed)
        begun = begin_anew(signed, database.app)
        signed.record(2)
        until(lambda: worker.size == begun.size + 2)
    assert (worker.health.doing, signed.head().origin) == ("stopped", f"{signed.origin}/2")


def test_a_signer_that_may_not_write_stops_and_says_so(
    signed: Signed, signer: Callable[..., Signer], owner: psycopg.Connection[Any], database: Database
) -> None:
    owner.execute(f"revoke insert on {signed.log.schema}.checkpoint from {database.app_role}".encode())
    worker = signer()
    signed.record(1)
    with running(worker):
        until(lambda: worker.health.failed)
    assert signed.proofs.signing().error == "permission denied for table checkpoint"
    assert (signed.proofs.signing().size, signed.proofs.head()) == (0, None)


def test_a_signer_that_cannot_write_waits_and_goes_on(
    signed: Signed, signer: Callable[..., Signer], tmp_path: Path
) -> None:
    worker, aside = signer(), tmp_path / "aside"
    signed.record(1)
    with running(worker):
        until(lambda: worker.size == 1)
        signed.keys.path.rename(aside)
        signed.keys.path.write_text("a disk that is not there")
        signed.record(1)
        until(lambda: worker.health.doing == "away")
        signed.keys.path.unlink()
        aside.rename(signed.keys.path)
        until(lambda: worker.size == 2)
    assert signed.head().root == signed.recomputed(2)


def test_both_keys_sign_while_there_are_two_and_the_old_one_ends_with_what_it_signed(signed: Signed) -> None:
    ring = LogKeyring(signed.pool, signed.log.schema, signed.keys)
    with pytest.raises(NoSuchKey):
        ring.rotate()
    signed.record(1)
    signed.sign()
    (old,) = (each.key for each in ring.standing())
    stolen = signed.keys.signing()[0]
    with pytest.raises(LastKey):
        ring.retire(old.id.hex())
    new = ring.rotate()
    signed.record(1)
    signed.sign()
    note = signed.proofs.head()
    assert note is not None
    assert [key for key, _ in note.signed_by([old, new], verify)] == sorted((old, new), key=lambda key: key.id.hex())
    for alone in (old, new):
        assert note.signed_by([alone], verify), "either of them is enough for whoever knows only one"
    with pytest.raises(NoSuchKey):
        ring.retire("00000000")
    assert ring.retire(old.id.hex()).through == 2
    signed.record(1)
    signed.sign()
    assert {size: len(signed.proofs.head(size).signatures) for size in signed.proofs.sizes()} == {1: 1, 2: 2, 3: 1}  # type: ignore[union-attr]
    assert [signed.head(size).size for size in (1, 2, 3)] == [1, 2, 3]
    forged = LogKeys(signed.root / "thief", signed.ledger, signed.origin)
    forged.trust(old)
    text = Checkpoint(signed.origin, 3, bytes(32)).text()
    by_the_old = Note(text).with_signature(sign(text, stolen.public, stolen.sign))
    assert by_the_old.signed_by([old], verify), "the signature itself is right"
    with pytest.raises(Unsigned):
        by_the_old.signed_by(counting(signed.keys.trusted(), 3), verify)
    published = {each.key: each.retired_at is not None for each in signed.published()}
    assert published == {old: True, new: False}
    assert [each.name for each in signed.keys.path.glob("*.key")] == [f"signing-{new.id.hex()}.key"]


def test_a_process_of_its_own_sequences_and_signs_every_jurisdiction_under_its_own_role(
    signed: Signed, database: Database, server: EmbeddedServer, owner: psycopg.Connection[Any], tmp_path: Path
) -> None:
    migrate_all(owner, app=APP, projector=PROJECTOR, sequencer=SEQUENCER)
    work = sequencing(server.url(role="sequencer", database=database.name), tmp_path / "log")
    work.start()
    try:
        signed.log.append(paper().note(1))
        until(lambda: signed.proofs.signing().size == 1)
        assert {each.health.failed for each in work.workers()} == {False}
    finally:
        work.stop()
        migrate_all(owner, app=database.app_role)


def test_who_answers_requests_can_neither_give_positions_nor_sign(
    signed: Signed, database: Database, owner: psycopg.Connection[Any]
) -> None:
    migrate_all(owner, app=APP, projector=PROJECTOR, sequencer=SEQUENCER)
    try:
        for statement in ("insert into {0}.log values (1, 1)", "insert into {0}.tile values (0, 0, sha256('x'))"):
            with connect(database.app) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement.format(signed.log.schema).encode())
    finally:
        migrate_all(owner, app=database.app_role)
