"""The log is signed as it grows, and only as what it was: the signer begins again from anywhere and goes on only from its own past."""

from __future__ import annotations

import stat
from hashlib import sha256
from typing import Any

import psycopg

from domain.proof.checkpoint import Checkpoint
from domain.proof.entry import NAMES, entry_of
from domain.proof.merkle import leaf_hash, verify_consistency, verify_inclusion
from domain.proof.tiles import WIDTH
from infrastructure.postgres.pool import connect
from infrastructure.proof.rows import rows_of_log
from tests.proof.ledgers import Signed, all_of
from tests.servers import Database

Owner = psycopg.Connection[Any]


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
