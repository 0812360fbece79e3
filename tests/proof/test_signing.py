"""The log is signed as it grows, and only as what it was: the signer begins again from anywhere and goes on only from its own past."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import psycopg
import pytest

from domain.proof.checkpoint import Checkpoint
from domain.proof.entry import NAMES, entry_of
from domain.proof.merkle import leaf_hash, verify_consistency, verify_inclusion
from domain.proof.note import Note
from domain.proof.tiles import WIDTH
from infrastructure.postgres.pool import connect
from infrastructure.proof.growing import Diverged
from infrastructure.proof.keys import KeptMoved
from infrastructure.proof.rows import rows_of_log
from tests.proof.ledgers import Signed, all_of
from tests.servers import Database

Owner = psycopg.Connection[Any]
Attack = Callable[[Owner, Signed], None]


def test_what_is_recorded_is_in_the_signed_tree(signed: Signed) -> None:
    assert signed.proofs.head() is None
    first = signed.record(3)
    assert signed.sign() == (3, False)
    signed.record(300)
    assert signed.sign() == (303, False)
    head = signed.head()
    assert (head.origin, head.size, head.root) == (signed.origin, 303, signed.recomputed(303))
    assert signed.proofs.sizes() == [3, 303]
    old = signed.head(3)
    verify_consistency(3, 303, old.root, head.root, signed.proofs.consistency(3, 303))
    located = signed.proofs.stored(all_of(first))
    for event, position in zip(all_of(first), (1, 2, 3), strict=True):
        assert located[event].position == position
        leaf = leaf_hash(entry_of(signed.origin, position - 1, located[event].stored))
        for tree in (old, head):
            proof = signed.proofs.inclusion(position - 1, tree.size)
            verify_inclusion(position - 1, tree.size, leaf, proof, tree.root)
    assert len(signed.proofs.tile(0, 0)) == WIDTH * 32
    assert [each.purpose for each in signed.published()] == ["checkpoint"]


def test_the_bytes_that_copy_sends_are_those_that_the_fields_encode(signed: Signed) -> None:
    signed.record(4, secrets=2)
    with signed.pool.connection() as connection:
        for row in rows_of_log(connection, signed.log.schema, 0, 4):
            assert row.position is not None
            assert row.entry(signed.origin) == entry_of(signed.origin, row.position - 1, row.stored)


def test_protected_values_are_bound_to_the_first_event_of_their_case(signed: Signed, owner: Owner) -> None:
    first, second = signed.record(2, secrets=3)
    told = owner.execute(
        f"select reference, value, event_id from {signed.log.schema}.vault order by reference".encode()
    ).fetchall()
    assert {event for _, _, event in told} == {first.event_id}
    lines = "".join(f"{reference} {sha256(value.encode()).hexdigest()}\n" for reference, value, _ in told)
    place = NAMES.index("sealed")
    found = signed.proofs.stored([first.event_id, second.event_id])
    assert found[first.event_id].stored.fields[place] == sha256(lines.encode()).digest()
    assert found[second.event_id].stored.fields[place] is None


def test_a_signer_that_starts_goes_on_where_the_last_one_was(signed: Signed) -> None:
    for count in (1, 255, 1, 300):
        signed.record(count)
        signed.sign_anew()
    assert signed.proofs.sizes() == [1, 256, 257, 557]
    assert signed.head().root == signed.recomputed(557)


def test_what_is_long_is_signed_part_by_part(signed: Signed) -> None:
    signed.batch = 7
    signed.record(20)
    assert [signed.sign() for _ in range(4)] == [(7, True), (14, True), (20, False), (20, False)]
    assert signed.head().root == signed.recomputed(20)


def killed_before_the_commit(signed: Signed, database: Database) -> None:
    """Sign all there is, and lose what the database was told of it."""
    with connect(database.app) as connection, connection.transaction(force_rollback=True):
        signed.growing.advance(connection)


def test_a_signer_killed_before_the_database_committed_signs_the_same_again(signed: Signed, database: Database) -> None:
    signed.record(2)
    signed.sign()
    signed.record(3)
    killed_before_the_commit(signed, database)
    assert signed.proofs.sizes() == [2]
    kept = signed.keys.kept()
    assert kept is not None and Checkpoint.parse(kept.text).size == 5
    signed.record(1)
    assert signed.sign_anew() == (6, False)
    assert signed.proofs.sizes() == [2, 5, 6]
    assert str(signed.proofs.head(5)) == str(kept)


def test_many_more_were_signed_than_the_database_has_and_it_catches_up(signed: Signed, database: Database) -> None:
    signed.record(30)
    killed_before_the_commit(signed, database)
    signed.batch = 8
    assert [signed.sign_anew().size for _ in range(4)] == [8, 16, 24, 30]
    assert signed.proofs.sizes() == [30]


def test_keys_and_checkpoint_are_for_this_account_alone(signed: Signed) -> None:
    signed.record(1)
    signed.sign()
    assert stat.S_IMODE(signed.root.stat().st_mode) == stat.S_IMODE(signed.keys.path.stat().st_mode) == 0o700
    found = sorted(each.name for each in signed.keys.path.iterdir())
    (key,) = signed.keys.signing()
    assert found == ["checkpoint", f"signing-{key.public.id.hex()}.key", "trusted.vkeys"]
    assert {stat.S_IMODE(each.stat().st_mode) for each in signed.keys.path.iterdir()} == {0o600}
    assert signed.keys.path.name == signed.ledger.hex
    assert key.seed.hex() not in repr(key)


def without_triggers(owner: Owner, signed: Signed, table: str, *statements: str) -> None:
    """As an owner does who has something to hide."""
    name = f"{signed.log.schema}.{table}"
    owner.execute(f"alter table {name} disable trigger user".encode())
    for each in statements:
        owner.execute(each.format(schema=signed.log.schema).encode())
    owner.execute(f"alter table {name} enable trigger user".encode())


def cut_off(owner: Owner, signed: Signed) -> None:
    lost = "delete from {schema}.events where event_no in (select event_no from {schema}.log where position > 4)"
    without_triggers(owner, signed, "events", lost)
    without_triggers(owner, signed, "log", "delete from {schema}.log where position > 4")


def cut_off_with_its_tree(owner: Owner, signed: Signed) -> None:
    cut_off(owner, signed)
    without_triggers(owner, signed, "tile", "update {schema}.tile set hashes = substring(hashes for 128)")
    without_triggers(owner, signed, "checkpoint", "delete from {schema}.checkpoint")


def changed_with_its_tree(owner: Owner, signed: Signed) -> None:
    without_triggers(owner, signed, "events", "update {schema}.events set officer = 'li' where event_no = 2")
    without_triggers(owner, signed, "tile", "delete from {schema}.tile")
    without_triggers(owner, signed, "checkpoint", "delete from {schema}.checkpoint")


def another_tile(owner: Owner, signed: Signed) -> None:
    change = "update {schema}.tile set hashes = overlay(hashes placing '\\x00' from 1)"
    without_triggers(owner, signed, "tile", change)


def cut_off_and_grown_again(owner: Owner, signed: Signed) -> None:
    cut_off_with_its_tree(owner, signed)
    signed.record(3)


def emptied(owner: Owner, signed: Signed) -> None:
    for table in ("checkpoint", "tile", "log", "events"):
        without_triggers(owner, signed, table, f"truncate {{schema}}.{table}")


def no_tile(owner: Owner, signed: Signed) -> None:
    without_triggers(owner, signed, "tile", "delete from {schema}.tile where level = 0")
    owner.execute(f"insert into {signed.log.schema}.tile values (0, 1, '\\x{'00' * 32}')".encode())


def own_checkpoint(owner: Owner, signed: Signed) -> None:
    note = Note(Checkpoint(signed.origin, 6, bytes(32)).text())
    without_triggers(owner, signed, "checkpoint", "delete from {schema}.checkpoint where size = 6")
    old = signed.proofs.head(5)
    assert old is not None
    signed.keys.keep(old)  # as if the folder were put back from a backup
    stored = str(note.with_signature(*old.signatures))
    owner.execute(f"insert into {signed.log.schema}.checkpoint values (6, %s)".encode(), [stored])


def no_kept_checkpoint(owner: Owner, signed: Signed) -> None:
    (signed.keys.path / "checkpoint").unlink()


def no_keys(owner: Owner, signed: Signed) -> None:
    for each in signed.keys.path.glob("*.key"):
        each.unlink()


def another_folder(owner: Owner, signed: Signed) -> None:
    shutil.rmtree(signed.root)


@pytest.mark.parametrize(
    "attack, cause",
    [
        (cut_off, "rolled back"),
        (cut_off_with_its_tree, "rolled back"),
        (cut_off_and_grown_again, "forked"),
        (emptied, "rolled back"),
        (changed_with_its_tree, "forked"),
        (another_tile, "forked"),
        (no_tile, "forked"),
        (own_checkpoint, "unsigned"),
        (no_kept_checkpoint, "lost"),
        (no_keys, "lost"),
        (another_folder, "lost"),
    ],
)
def test_nothing_is_signed_where_the_past_is_not_what_was_signed(
    signed: Signed, owner: Owner, attack: Attack, cause: str
) -> None:
    for count in (5, 1):
        signed.record(count)
        signed.sign()
    attack(owner, signed)
    kept = signed.keys.kept()
    with pytest.raises(Diverged) as refusal:
        signed.sign_anew()
    assert refusal.value.cause == cause
    assert str(signed.keys.kept()) == str(kept)


def test_positions_that_were_lost_without_their_events_are_given_again_and_the_tree_is_the_same(
    signed: Signed, owner: Owner
) -> None:
    signed.record(5)
    signed.sign()
    for table in ("checkpoint", "tile", "log"):
        without_triggers(owner, signed, table, f"truncate {{schema}}.{table}")
    signed.record(2)
    assert signed.sign_anew() == (7, False)
    assert signed.proofs.sizes() == [5, 7]


def test_nothing_is_signed_of_a_log_that_was_cut_off_while_the_signer_ran(signed: Signed, owner: Owner) -> None:
    signed.record(6)
    signed.sign()
    cut_off(owner, signed)
    with pytest.raises(Diverged, match="rolled back: the log ends at 4, and 6 positions were signed"):
        signed.sign()


def test_an_old_checkpoint_put_back_from_a_backup_of_the_folder_does_no_harm(signed: Signed) -> None:
    signed.record(5)
    signed.sign()
    old = signed.keys.kept()
    assert old is not None
    signed.record(2)
    signed.sign()
    signed.keys.keep(old)
    signed.record(1)
    assert signed.sign_anew() == (8, False)
    assert signed.head().root == signed.recomputed(8)


def test_an_event_missing_in_the_middle_stops_the_signer(signed: Signed, owner: Owner) -> None:
    signed.record(3)
    without_triggers(owner, signed, "events", "delete from {schema}.events where version = 2")
    with pytest.raises(Diverged, match="removed: position 2 of the log has no event"):
        signed.sign()


def test_a_tile_exchanged_while_the_signer_ran_stops_it_before_the_database_takes_anything(
    signed: Signed, owner: Owner
) -> None:
    signed.record(3)
    signed.sign()
    another_tile(owner, signed)
    signed.record(2)
    with pytest.raises(Diverged, match="forked: a tile in the database is another: the tile 0/0 only grows"):
        signed.sign()
    assert signed.proofs.sizes() == [3]
    with pytest.raises(Diverged, match="forked"):
        signed.sign_anew()


def test_two_databases_with_one_set_of_keys_never_sign_two_pasts(signed: Signed, monkeypatch: Any) -> None:
    """As when a copy of the database is started beside it: whoever comes second finds what the first one signed."""
    signed.record(2)
    signed.sign()
    signed.record(1)
    kept = signed.keys.kept()
    assert kept is not None
    signing, text = signed.growing._signed, Checkpoint(signed.origin, 3, bytes(32)).text()
    other = Note(text, signed.keys.sign(Checkpoint.parse(text)).signatures)

    def overtaken(head: Checkpoint, after: Note | None) -> Note:
        signed.keys.keep(other)
        return signing(head, after)

    monkeypatch.setattr(signed.growing, "_signed", overtaken)
    with pytest.raises(KeptMoved):
        signed.sign()
    assert (signed.proofs.sizes(), str(signed.keys.kept())) == ([2], str(other))
    with pytest.raises(Diverged, match="forked"):
        signed.sign_anew()
