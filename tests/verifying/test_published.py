"""When checkpoints were signed, and which keys are published: what is not signed itself is compared with what cannot be changed inside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.proof.findings import Cause
from domain.proof.trust import Trusted
from infrastructure.proof.ed25519 import generate
from infrastructure.verifying.found import Check
from tests.verifying.attacked import LOG, Attack, Attacked, causes
from tests.verifying.test_verifying import sql


def date_a_checkpoint(size: int, when: str) -> Attack:
    """Another time at which a checkpoint was signed, `signed_at` being the present one."""
    return sql(f"UPDATE {{schema}}.checkpoint SET signed_at = {when} WHERE size = {size}")


def publish_another_key(on: Attacked) -> None:
    """A key of whoever owns the database, for those who take keys from the ledger itself."""
    on.run(
        "INSERT INTO {schema}.log_key (vkey, purpose) VALUES (%s, 'checkpoint')", str(generate(on.signed.origin).public)
    )


ATTACKS: dict[str, tuple[Attack, Check, set[Cause]]] = {
    "when a checkpoint was signed": (
        date_a_checkpoint(12, "signed_at - interval '1 day'"), Check.TIMES, {Cause.BACK_DATED}),
    "when it was signed, by two minutes": (
        date_a_checkpoint(12, "signed_at - interval '2 minutes'"), Check.TIMES, {Cause.BACK_DATED}),
    "a checkpoint signed in the future": (date_a_checkpoint(24, "signed_at + interval '1 day'"), Check.TIMES, {Cause.CHANGED}),
    "a key published": (publish_another_key, Check.KEYS, {Cause.INSERTED}),
    "a published key removed": (sql("DELETE FROM {schema}.log_key"), Check.KEYS, {Cause.REMOVED}),
    "a published key changed": (
        sql("UPDATE {schema}.log_key SET vkey = replace(vkey, '+', '+0')"), Check.KEYS, {Cause.INSERTED, Cause.REMOVED}),
    "a key published as one of receipts": (
        sql("UPDATE {schema}.log_key SET purpose = 'receipt'"), Check.KEYS, {Cause.REMOVED}),
}  # fmt: skip
"""What whoever owns the database can do, by which check it is found, and what is then said."""


@pytest.mark.parametrize("name", ATTACKS)
def test_every_attack_is_found_and_named_and_without_its_check_it_is_missed(attacked: Attacked, name: str) -> None:
    attack, check, expected = ATTACKS[name]
    assert causes(attacked.after(attack)) == expected
    assert attacked.after(attack, LOG - {check}).ok


def test_a_time_of_signing_is_told_with_the_checkpoint_whose_time_cannot_be_right(attacked: Attacked) -> None:
    wrong = attacked.after(date_a_checkpoint(12, "signed_at - interval '1 day'")).findings
    assert [(each.where, each.cause) for each in wrong] == [("checkpoint 12", Cause.BACK_DATED)]
    assert attacked.after(date_a_checkpoint(12, "signed_at - interval '50 seconds'")).ok, "as clocks may differ"


def test_where_recording_times_are_set_by_the_caller_checkpoints_still_follow_each_other(attacked: Attacked) -> None:
    rehearsal = replace(attacked.subject, rehearsal=True)
    early = date_a_checkpoint(4, "signed_at - interval '1 day'")
    assert attacked.after(early, subject=rehearsal).ok, "nothing says when what is under the first was recorded"
    found = attacked.after(date_a_checkpoint(24, "signed_at - interval '1 day'"), subject=rehearsal)
    assert [(each.where, each.cause) for each in found.findings] == [("checkpoint 24", Cause.BACK_DATED)]
    assert "21" in found.findings[0].en, "the one in front of it is named"


def test_published_keys_of_receipts_are_compared_where_those_are_known(attacked: Attacked) -> None:
    mine, other = (generate(f"{attacked.signed.origin}/receipt").public for _ in range(2))
    known = replace(attacked.subject, receipts=(Trusted(mine),))

    def published(*keys: object) -> Attack:
        return lambda on: [
            on.run("INSERT INTO {schema}.log_key (vkey, purpose) VALUES (%s, 'receipt')", str(each)) for each in keys
        ]

    assert attacked.after(published(mine), subject=known).ok
    assert attacked.after(published(mine, other)).ok, "the control: nobody here knows them"
    (found,) = attacked.after(published(mine, other), subject=known).findings
    assert (found.cause, found.where) == (Cause.INSERTED, f"key {other.name}+{other.id.hex()}")
    assert causes(attacked.after(published(), subject=known)) == {Cause.REMOVED}
    retired = replace(known, receipts=(Trusted(mine, 3),))
    assert attacked.after(published(), subject=retired).ok, "one that signs no more need not be published"
