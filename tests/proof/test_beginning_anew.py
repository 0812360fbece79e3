"""A log that lost signed entries goes on as another volume, when somebody says so: openly, and only where that is all that is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from domain.proof.checkpoint import Checkpoint
from domain.proof.merkle import verify_consistency
from domain.proof.volumes import volume_of
from infrastructure.proof.anew import Led, NothingLost
from infrastructure.proof.growing import Diverged
from infrastructure.proof.losing import KeysUnknown, Tampered
from infrastructure.verifying.found import Check
from infrastructure.verifying.subject import Subject, Verified
from infrastructure.verifying.verifier import verify
from tests.proof.beginning import WHY, anew, begin_anew, lose, volumes
from tests.proof.ledgers import Signed
from tests.proof.test_a_past_that_was_changed import (
    another_tile,
    cut_off,
    cut_off_with_its_tree,
    no_kept_checkpoint,
    no_keys,
    no_tile,
    own_checkpoint,
    without_triggers,
)
from tests.servers import Database

Owner = psycopg.Connection[Any]


@pytest.fixture
def grown(signed: Signed) -> Signed:
    """Six entries, signed at five and at six."""
    for count in (5, 1):
        signed.record(count)
        signed.sign()
    return signed


def verified(signed: Signed, database: Database) -> Verified:
    """What a verification says, but for lists and what only a ledger at work has."""
    kept = signed.keys.kept_text()
    subject = Subject(database.app, signed.log.schema, signed.origin, False, signed.keys.trusted(), kept)
    return verify(subject, checks=frozenset(Check) - {Check.LISTS, Check.DELAY})


def rolled_back(owner: Owner, signed: Signed) -> None:
    lose(owner, signed, 5)


def rolled_back_and_grown_beyond(owner: Owner, signed: Signed) -> None:
    """The old backup went on being written: there are as many entries again, and others."""
    lose(owner, signed, 5)
    signed.record(3)


def all_signed_lost(owner: Owner, signed: Signed) -> None:
    """A backup from before the first signature."""
    lose(owner, signed, 4)
    owner.execute(f"alter table {signed.log.schema}.tile disable trigger user".encode())
    owner.execute(f"delete from {signed.log.schema}.tile".encode())


def garbled(owner: Owner, signed: Signed) -> None:
    (signed.keys.path / "checkpoint").write_text("not a checkpoint\n")


@pytest.mark.parametrize(
    "loss, cause, remains, gone",
    [
        (rolled_back, "rolled back", 5, 1),
        (rolled_back_and_grown_beyond, "forked", 5, 1),
        (all_signed_lost, "rolled back", 0, 6),
        (no_kept_checkpoint, "lost", 6, None),
        (no_keys, "lost", 6, 0),
        (garbled, "unsigned", 6, None),
    ],
)
def test_what_was_lost_is_recorded_and_the_log_goes_on_under_another_origin(
    grown: Signed,
    owner: Owner,
    database: Database,
    loss: Callable[..., None],
    cause: str,
    remains: int,
    gone: int | None,
) -> None:
    before, old = grown.keys.kept_text(), grown.keys.trusted()[0].key
    loss(owner, grown)
    kept, last = grown.keys.kept_text(), grown.log.last_position()
    found = begin_anew(grown, database.app)
    told = found.beginning
    assert (told.volume, told.cause, told.remains, told.gone, told.because) == (2, cause, remains, gone, WHY)
    assert (told.position, found.size, found.key.name) == (last + 1, last + 1, f"{grown.origin}/2")
    assert grown.proofs.origin == grown.head().origin == found.key.name
    assert grown.head().root == grown.recomputed(last + 1), "the entries bear the name of the ledger as ever"
    aside = grown.keys.path / "checkpoint.before-2"
    assert (aside.read_text() if aside.exists() else None) == kept
    assert told.lost in (kept or "")
    assert kept in (before, None) or cause == "unsigned"
    assert [(each.key, each.through) for each in grown.keys.trusted()] == [(old, remains), (found.key, None)]
    assert len(list(grown.keys.path.glob("*.key"))) == 1, "what signed before can sign no more"
    assert {str(each.key): each.retired_at is None for each in grown.published()} == {
        str(old): False,
        str(found.key): True,
    }
    grown.record(2)
    assert grown.sign_anew() == (last + 3, False)
    now = verified(grown, database)
    assert (now.findings, now.size, [each.volume for each in now.beginnings]) == ([], last + 3, [2])
    with pytest.raises(NothingLost):
        begin_anew(grown, database.app)


def test_what_remains_of_the_volume_before_is_still_proved_to_be_the_beginning(
    grown: Signed, owner: Owner, database: Database
) -> None:
    lose(owner, grown, 5)
    size = begin_anew(grown, database.app).size
    old, new = grown.head(5), grown.head()
    assert (old.origin, new.origin) == (grown.origin, f"{grown.origin}/2")
    verify_consistency(5, size, old.root, new.root, grown.proofs.consistency(5, size))


def test_where_nothing_is_lost_nothing_begins(grown: Signed, database: Database) -> None:
    kept = grown.keys.kept_text()
    grown.record(1)
    with pytest.raises(NothingLost):
        begin_anew(grown, database.app)
    assert (volumes(grown).newest, grown.head().size, grown.head().origin) == (1, 7, grown.origin), (
        "it is signed as ever"
    )
    assert str(kept) != grown.keys.kept_text()


def test_while_something_else_leads_the_signing_nothing_begins(
    grown: Signed, owner: Owner, database: Database, monkeypatch: Any
) -> None:
    monkeypatch.setattr("infrastructure.proof.anew.PATIENCE", 0.0)
    lose(owner, grown, 5)
    with grown.pool.connection() as other, other.transaction():
        other.execute(f"select pg_advisory_xact_lock('{grown.log.schema}.tile'::regclass::oid::bigint)".encode())
        with pytest.raises(Led):
            begin_anew(grown, database.app)
    assert volumes(grown).newest == 1


def rolled_back_and_changed(owner: Owner, signed: Signed) -> None:
    lose(owner, signed, 5)
    without_triggers(owner, signed, "events", "update {schema}.events set officer = 'li' where event_no = 2")


@pytest.mark.parametrize(
    "attack", [cut_off, cut_off_with_its_tree, rolled_back_and_changed, another_tile, no_tile, own_checkpoint]
)
def test_a_database_that_was_tampered_with_must_come_back_from_a_backup(
    grown: Signed, owner: Owner, database: Database, attack: Callable[..., None]
) -> None:
    attack(owner, grown)
    kept, last = grown.keys.kept_text(), grown.log.last_position()
    with pytest.raises(Tampered) as refusal:
        begin_anew(grown, database.app)
    assert refusal.value.findings
    assert (grown.keys.kept_text(), grown.log.last_position()) == (kept, last), "nothing was recorded or signed"
    assert len(list(grown.keys.path.glob("*.key"))) == 1


def test_control_what_does_not_look_at_the_tree_would_bless_a_change(
    grown: Signed, owner: Owner, database: Database, monkeypatch: Any
) -> None:
    monkeypatch.setattr("infrastructure.proof.losing.OF_THE_TREE", frozenset({Check.KEPT}))
    rolled_back_and_changed(owner, grown)
    assert begin_anew(grown, database.app).beginning.volume == 2
    assert "changed" in verified(grown, database).causes, "the next verification would not"


def test_where_the_folder_is_lost_the_old_key_must_come_from_elsewhere(grown: Signed, database: Database) -> None:
    old = grown.keys.trusted()[0].key
    shutil.rmtree(grown.root)
    with pytest.raises(KeysUnknown) as refusal:
        begin_anew(grown, database.app)
    assert refusal.value.published == [str(old)]
    found = begin_anew(grown, database.app, old)
    assert (found.beginning.cause, found.beginning.remains, found.beginning.lost) == ("lost", 6, "")
    assert [(each.key, each.through) for each in grown.keys.trusted()] == [(old, 6), (found.key, None)]
    assert verified(grown, database).findings == []


def test_a_log_may_begin_anew_again_and_again_and_no_number_comes_twice(
    grown: Signed, owner: Owner, database: Database
) -> None:
    """Also where the database has forgotten that it did."""
    lose(owner, grown, 5)
    assert begin_anew(grown, database.app).beginning.position == 6
    lose(owner, grown, 5)
    with pytest.raises(Diverged, match="rolled back"):
        grown.sign_anew()
    third = begin_anew(grown, database.app)
    assert (third.beginning.volume, volume_of(third.key.name)) == (3, 3)
    head = third.beginning.lost_head
    assert head is not None
    assert (head.origin, head.size, third.beginning.gone) == (f"{grown.origin}/2", 6, 1)
    grown.record(1)
    grown.sign_anew()
    lose(owner, grown, 6)
    fourth = begin_anew(grown, database.app)
    assert [each.volume for each in volumes(grown).beginnings] == [3, 4]
    assert {each.name for each in grown.keys.path.glob("checkpoint.before-*")} == {
        "checkpoint.before-2", "checkpoint.before-3", "checkpoint.before-4"}  # fmt: skip
    assert [each.through for each in grown.keys.trusted()] == [5, 5, 6, None]
    assert (fourth.size, verified(grown, database).findings) == (7, [])


def test_where_folder_and_database_have_forgotten_a_volume_its_key_from_elsewhere_says_so(
    grown: Signed, owner: Owner, database: Database
) -> None:
    old = grown.keys.trusted()[0].key
    lose(owner, grown, 5)
    second = begin_anew(grown, database.app).key
    lose(owner, grown, 5)
    shutil.rmtree(grown.root)
    assert begin_anew(grown, database.app, old, second).beginning.volume == 3


def test_a_lost_folder_after_a_volume_began_is_a_loss_of_its_own(
    grown: Signed, owner: Owner, database: Database
) -> None:
    old = grown.keys.trusted()[0].key
    lose(owner, grown, 5)
    second = begin_anew(grown, database.app).key
    shutil.rmtree(grown.root)
    assert begin_anew(grown, database.app, old, second).beginning.volume == 3


def test_nothing_is_signed_from_the_recording_of_a_beginning_to_its_end(
    grown: Signed, owner: Owner, database: Database
) -> None:
    """Not even if what was lost comes back meanwhile: the record says that the log began anew."""
    kept = grown.keys.kept()
    assert kept is not None
    (grown.keys.path / "checkpoint").unlink()
    monster = anew(grown, database.app)
    monster._sign_first = _killed  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        monster.begin()
    grown.keys.keep(kept)
    with pytest.raises(Diverged, match="unfinished"):
        grown.sign_anew()
    assert begin_anew(grown, database.app).beginning.volume == 2
    assert len(volumes(grown).beginnings) == 1
    assert verified(grown, database).findings == []


def _killed(*words: object) -> None:
    raise KeyboardInterrupt


def test_a_checkpoint_of_the_volume_before_beyond_the_beginning_of_the_next_is_found(
    grown: Signed, owner: Owner, database: Database
) -> None:
    """Even by somebody who trusts both keys for ever."""
    key = grown.keys.signing()[0]
    lose(owner, grown, 5)
    begin_anew(grown, database.app)
    grown.record(1)
    text = Checkpoint(grown.origin, 7, grown.recomputed(7)).text()
    forged = grown.keys.sign(Checkpoint.parse(text))
    _sign_with(owner, grown, key, text)
    trusted = tuple(type(each)(each.key) for each in grown.keys.trusted())
    subject = Subject(database.app, grown.log.schema, grown.origin, False, trusted)
    found = verify(subject, checks=frozenset({Check.ROOTS, Check.SIGNATURES}))
    assert "forked checkpoint 7" in {f"{each.cause} {each.where}" for each in found.findings}
    assert forged.text == text


def _sign_with(owner: Owner, signed: Signed, key: Any, text: str) -> None:
    from domain.proof.note import Note, sign

    note = Note(text, (sign(text, key.public, key.sign),))
    owner.execute(f"insert into {signed.log.schema}.checkpoint values (7, %s)".encode(), [str(note)])
