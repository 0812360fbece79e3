"""Whatever is done to a stored ledger is found, and what was done is named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.proof.checkpoint import Checkpoint
from domain.proof.findings import Cause, Finding
from domain.proof.merkle import leaf_hash, root_of
from domain.proof.note import Note, sign
from domain.proof.tiles import Edge
from infrastructure.proof.ed25519 import SigningKey, generate
from infrastructure.verifying.found import Check
from tests.verifying.attacked import LOG, Attack, Attacked, causes


def recently() -> str:
    """Longer ago than anything may wait, and less than recording times may step back."""
    return (datetime.now(UTC) - timedelta(seconds=40)).isoformat()


def test_an_untouched_ledger_is_as_it_was_signed(attacked: Attacked) -> None:
    found = attacked.verified()
    assert found.findings == []
    assert (found.size, found.position, found.checkpoints) == (24, 24, 5)
    assert found.root == attacked.signed.head().root.hex()


def change(column: str, value: str, position: int = 7) -> Attack:
    """Another value in a column of an event."""
    return lambda on: on.run(
        f"UPDATE {{schema}}.events SET {column} = {value} WHERE event_no = (SELECT event_no FROM {{schema}}.log WHERE position = %s)",
        position,
    )


def rebuild_tree(on: Attacked) -> None:
    """Have the tiles say what the events now come to, without a key."""
    leaves = [leaf_hash(each) for each in on.entries()]
    on.run("DELETE FROM {schema}.tile")
    for tile in Edge().append(leaves):
        on.run("INSERT INTO {schema}.tile VALUES (%s, %s, %s)", *tile)


def add_checkpoint(on: Attacked) -> None:
    """A checkpoint for the whole log, rightly signed."""
    leaves = [leaf_hash(each) for each in on.entries()]
    note = signed_by(on.signed.keys.signing()[0], Checkpoint(on.signed.origin, len(leaves), root_of(leaves)).text())
    on.run("INSERT INTO {schema}.checkpoint VALUES (%s, %s) ON CONFLICT DO NOTHING", len(leaves), str(note))


def signed_by(key: SigningKey, text: str) -> Note:
    return Note(text, (sign(text, key.public, key.sign),))


def resign(on: Attacked, key: SigningKey) -> None:
    """Have every checkpoint say what the events now come to, signed by a key."""
    leaves = [leaf_hash(each) for each in on.entries()]
    for (size,) in on.run("SELECT size FROM {schema}.checkpoint ORDER BY size"):
        text = Checkpoint(on.signed.origin, size, root_of(leaves[:size])).text()
        note = signed_by(key, text)
        on.run("UPDATE {schema}.checkpoint SET note = %s WHERE size = %s", str(note), size)


def rewrite(on: Attacked) -> None:
    change("payload", "'{}'")(on)
    rebuild_tree(on)


def rewrite_with_another_key(on: Attacked) -> None:
    rewrite(on)
    resign(on, generate(on.signed.origin))


def rewrite_with_the_stolen_key(on: Attacked) -> None:
    rewrite(on)
    resign(on, on.signed.keys.signing()[0])


def remove(on: Attacked, position: int = 7) -> None:
    ((number,),) = on.run("SELECT event_no FROM {schema}.log WHERE position = %s", position)
    on.run("DELETE FROM {schema}.log WHERE position = %s", position)
    on.run("DELETE FROM {schema}.events WHERE event_no = %s", number)


def shift(on: Attacked, after: int, by: int) -> None:
    """Give all later positions others."""
    on.run("UPDATE {schema}.log SET position = position + 1000 WHERE position > %s", after)
    on.run("UPDATE {schema}.log SET position = position - 1000 + %s WHERE position > 1000", by)


def remove_and_close_the_gap(on: Attacked) -> None:
    remove(on)
    shift(on, after=7, by=-1)


def roll_back(on: Attacked, size: int = 12) -> None:
    """What a backup from before the last events holds: all of it, rightly signed."""
    on.run(
        "DELETE FROM {schema}.events WHERE event_no IN (SELECT event_no FROM {schema}.log WHERE position > %s)", size
    )
    on.run("DELETE FROM {schema}.log WHERE position > %s", size)
    on.run(
        "DELETE FROM {schema}.vault v WHERE NOT EXISTS (SELECT FROM {schema}.events e WHERE e.event_id = v.event_id)"
    )
    on.run("DELETE FROM {schema}.checkpoint WHERE size > %s", size)
    rebuild_tree(on)


def cut_off(on: Attacked) -> None:
    for position in (23, 24):
        remove(on, position)


def swap(on: Attacked) -> None:
    on.run("ALTER TABLE {schema}.log DROP CONSTRAINT log_event_no_key")
    numbers = dict(on.run("SELECT position, event_no FROM {schema}.log WHERE position IN (6, 9)"))
    for position, other in ((6, 9), (9, 6)):
        on.run("UPDATE {schema}.log SET event_no = %s WHERE position = %s", numbers[other], position)


INSERT = """
    INSERT INTO {schema}.events OVERRIDING SYSTEM VALUE
    SELECT (n.e).* FROM (
        SELECT jsonb_populate_record(e, %s::jsonb) AS e FROM {schema}.events e JOIN {schema}.log l USING (event_no) WHERE l.position = %s) n
"""


def insert(on: Attacked, like: int, number: int = 900, **columns: Any) -> None:
    """Another event, of a case of its own, that is else like the one at a position."""
    own = {"event_no": number, "event_id": str(uuid4()), "case_id": str(uuid4()), "version": 1, "file_id": str(uuid4()),
           "file_version": 1, "sealed": None, **columns}  # fmt: skip
    on.run(INSERT, json.dumps(own), like)


def insert_between(on: Attacked) -> None:
    insert(on, like=8)
    shift(on, after=8, by=1)
    on.run("INSERT INTO {schema}.log VALUES (9, 900)")


def last(on: Attacked) -> int:
    return int(on.run("SELECT max(position) FROM {schema}.log")[0][0])


def insert_at_the_end(on: Attacked, **columns: Any) -> None:
    """An event that comes after all others, and stands in the log."""
    insert(on, like=last(on), **{"tx": "999999999", **columns})
    on.run("INSERT INTO {schema}.log VALUES (%s, 900)", last(on) + 1)


def insert_back_dated(on: Attacked) -> None:
    """With the signer's help: it signs whatever the log has."""
    insert_at_the_end(on, recorded_at="2024-01-01T00:00:00Z")
    rebuild_tree(on)
    add_checkpoint(on)


def lose_from_the_log(on: Attacked) -> None:
    on.run("DELETE FROM {schema}.log WHERE position = 7")


def renumber_a_row(on: Attacked) -> None:
    on.run("ALTER TABLE {schema}.events ALTER event_no DROP IDENTITY")
    on.run(
        "UPDATE {schema}.events SET event_no = 950 WHERE event_no = (SELECT event_no FROM {schema}.log WHERE position = 7)"
    )


def swap_with_the_stolen_key(on: Attacked) -> None:
    swap(on)
    rebuild_tree(on)
    resign(on, on.signed.keys.signing()[0])


def cut_off_with_the_stolen_key(on: Attacked, *positions: int) -> None:
    """Events gone, the gaps closed, the tree and every checkpoint that is left rightly signed."""
    for position in sorted(positions, reverse=True):
        remove(on, position)
        shift(on, after=position, by=-1)
    on.run("DELETE FROM {schema}.checkpoint WHERE size > %s", last(on))
    rebuild_tree(on)
    resign(on, on.signed.keys.signing()[0])
    add_checkpoint(on)


def sql(statement: str) -> Attack:
    return lambda on: on.run(statement)


ATTACKS: dict[str, tuple[Attack, set[Cause]]] = {
    "a payload": (change("payload", "'{}'"), {Cause.CHANGED}),
    "who did it": (change("officer", "'other'"), {Cause.CHANGED}),
    "when it happened": (change("occurred_at", "occurred_at - interval '1 day'"), {Cause.CHANGED}),
    "when it was recorded": (change("recorded_at", "recorded_at - interval '1 day'"), {Cause.CHANGED}),
    "its transaction": (change("tx", "'1'"), {Cause.CHANGED}),
    "its salt": (change("salt", "'x'"), {Cause.CHANGED}),
    "the number of its row": (renumber_a_row, {Cause.CHANGED}),
    "an event and the tree": (rewrite, {Cause.CHANGED}),
    "an event, the tree, and another key": (rewrite_with_another_key, {Cause.UNSIGNED, Cause.FORKED}),
    "an event, the tree, and the stolen key": (rewrite_with_the_stolen_key, {Cause.FORKED}),
    "an event removed": (remove, {Cause.REMOVED}),
    "an event removed and the gap closed": (remove_and_close_the_gap, {Cause.REMOVED, Cause.REORDERED}),
    "a place in the log removed": (lose_from_the_log, {Cause.REMOVED}),
    "the end cut off, the checkpoints left": (cut_off, {Cause.REMOVED}),
    "an older state put back": (roll_back, {Cause.ROLLED_BACK}),
    "two events swapped": (swap, {Cause.REORDERED}),
    "an event put between": (insert_between, {Cause.INSERTED, Cause.REORDERED}),
    "an event beside the log": (lambda on: insert(on, like=7), {Cause.INSERTED}),
    "an event recorded for an earlier day": (insert_back_dated, {Cause.BACK_DATED}),
    "an event that waits for its position": (
        lambda on: insert(on, like=last(on), tx="999999999", recorded_at=recently()), {Cause.UNSIGNED}),
    "an event that waits for its signature": (lambda on: insert_at_the_end(on, recorded_at=recently()), {Cause.UNSIGNED}),
    "a tile": (sql("UPDATE {schema}.tile SET hashes = set_byte(hashes, 100, 1 + get_byte(hashes, 100) % 255)"), {Cause.CHANGED}),
    "a tile removed": (sql("DELETE FROM {schema}.tile"), {Cause.CHANGED}),
    "a tile cut off": (sql("UPDATE {schema}.tile SET hashes = substring(hashes FOR 640)"), {Cause.CHANGED}),
    "a tile drawn out": (sql("UPDATE {schema}.tile SET hashes = hashes || sha256('x')"), {Cause.UNSIGNED}),
    "a checkpoint's root": (sql("UPDATE {schema}.checkpoint SET note = replace(note, E'\n12\n', E'\n12\nA')"), {Cause.CHANGED}),
    "a checkpoint's signature": (sql("UPDATE {schema}.checkpoint SET note = left(note, -5) || E'AAA=\n' WHERE size = 12"), {Cause.CHANGED}),
    "a checkpoint's size": (sql("UPDATE {schema}.checkpoint SET size = 13 WHERE size = 12"), {Cause.CHANGED}),
    "the newest checkpoint removed": (sql("DELETE FROM {schema}.checkpoint WHERE size = 24"), {Cause.REMOVED}),
    "a protected value": (sql("UPDATE {schema}.vault SET value = 'v1.x'"), {Cause.CHANGED}),
    "a protected value removed": (sql("DELETE FROM {schema}.vault"), {Cause.REMOVED}),
    "a protected value unbound": (sql("UPDATE {schema}.vault SET event_id = NULL"), {Cause.REMOVED}),
    "a protected value added": (
        sql("INSERT INTO {schema}.vault SELECT gen_random_uuid(), case_id, 'x', 'y', event_id FROM {schema}.events"
            " WHERE sealed IS NULL LIMIT 1"), {Cause.INSERTED}),
}  # fmt: skip
"""What whoever owns the database can do, and what is then said."""


@pytest.mark.parametrize("name", ATTACKS)
def test_every_attack_is_found_and_named(attacked: Attacked, name: str) -> None:
    attack, expected = ATTACKS[name]
    found = attacked.after(attack)
    assert causes(found) == expected, [str(each) for each in found.findings]
    assert attacked.verified().ok


def without_kept(on: Attacked) -> Any:
    """The ledger as somebody sees it who has the keys and no checkpoint from before."""
    return replace(on.subject, kept=None)


SEEN_BY_ONE: dict[Check, tuple[Attack, Cause]] = {
    Check.LEAVES: (change("payload", "'{}'"), Cause.CHANGED),
    Check.ROOTS: (rewrite, Cause.CHANGED),
    Check.SIGNATURES: (rewrite_with_another_key, Cause.UNSIGNED),
    Check.KEPT: (rewrite_with_the_stolen_key, Cause.FORKED),
    Check.TILES: (ATTACKS["a tile"][0], Cause.CHANGED),
    Check.ORDER: (swap_with_the_stolen_key, Cause.REORDERED),
    Check.DATES: (insert_back_dated, Cause.BACK_DATED),
    Check.STRAYS: (lambda on: insert(on, like=7), Cause.INSERTED),
    Check.DELAY: (lambda on: insert_at_the_end(on, recorded_at=recently()), Cause.UNSIGNED),
    Check.VERSIONS: (lambda on: cut_off_with_the_stolen_key(on, 7), Cause.REMOVED),
    Check.SEALS: (sql("UPDATE {schema}.vault SET value = 'v1.x'"), Cause.CHANGED),
}
"""Of each check something that no other finds; where the stolen key was used, by somebody who has kept no checkpoint."""


@pytest.mark.parametrize("check", SEEN_BY_ONE)
def test_control_without_one_check_something_is_missed(attacked: Attacked, check: Check) -> None:
    attack, cause = SEEN_BY_ONE[check]
    subject = attacked.subject if check in (Check.KEPT, Check.DATES) else without_kept(attacked)
    assert causes(attacked.after(attack, subject=subject)) == {cause}
    assert attacked.after(attack, LOG - {check}, subject=subject).ok


def test_control_with_the_key_and_the_kept_checkpoint_a_rewritten_history_is_not_found(attacked: Attacked) -> None:
    assert attacked.after(rewrite_with_the_stolen_key, subject=without_kept(attacked)).ok


def test_what_anchors_attested_is_part_of_it(attacked: Attacked) -> None:
    said = Finding(Cause.FORKED, "witness office", "不同。", "Another tree.")
    on = replace(attacked, anchored=(said,))
    assert on.verified().findings == [said]
    assert on.verified(LOG - {Check.ANCHORS}).ok


def test_a_key_that_was_retired_counts_no_longer(attacked: Attacked) -> None:
    trusted = tuple(replace(each, through=12) for each in attacked.subject.trusted)
    found = attacked.verified(subject=replace(attacked.subject, trusted=trusted))
    assert causes(found) == {Cause.UNSIGNED}
    assert found.size == 12


def test_without_any_key_nothing_counts(attacked: Attacked) -> None:
    found = attacked.verified(subject=replace(attacked.subject, trusted=()))
    assert causes(found) == {Cause.UNSIGNED}
    assert found.size == 0
