"""Nothing is signed where the past is not what was signed: whatever an owner of the tables, or of a copy, does to them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from domain.proof.checkpoint import Checkpoint
from domain.proof.note import Note
from infrastructure.proof.growing import Diverged
from infrastructure.proof.keys import KeptMoved
from tests.proof.ledgers import Signed

Owner = psycopg.Connection[Any]
Attack = Callable[[Owner, Signed], None]


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
    change = "update {schema}.tile set hashes = set_byte(hashes, 0, 255 - get_byte(hashes, 0))"
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
