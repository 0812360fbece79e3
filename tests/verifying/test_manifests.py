"""A manifest shows that a case was cut off at its end, or the access log changed, whoever has the keys of the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.cases.attestation.events import ManifestRecorded
from domain.names import Fixed
from domain.proof.findings import Cause
from domain.proof.manifest import NO_ROWS, manifest_line, manifest_lines, manifest_root
from domain.proof.merkle import leaf_hash
from infrastructure.verifying import manifests
from infrastructure.verifying.found import Check
from infrastructure.verifying.manifests import (
    Accesses,
    _Tree,
    accesses,
    check_manifests,
    lasts,
    lasts_at,
    settled_accesses,
)
from infrastructure.verifying.resuming import read_way, write_way
from infrastructure.verifying.walk import Way
from tests.store.facts import paper
from tests.verifying.attacked import LOG, Attack, Attacked, causes
from tests.verifying.test_verifying import (
    add_checkpoint,
    change,
    cut_off_with_the_stolen_key,
    insert_at_the_end,
    rebuild_tree,
    resign,
    sql,
)

ACCESS = """
    INSERT INTO {schema}.access (at, organ, officer, credential, credential_id, request_id, method, route, asked, outcome)
    VALUES (now() - interval '2 hours', 'zjj', 'li', 'token', 'x', 'r', 'GET', '/api/v1/cases', '', 'shown')
"""


@pytest.fixture(scope="module")
def manifested(new_attacked: Callable[..., Attacked]) -> Attacked:
    """A ledger with accesses and two manifests."""
    made = new_attacked((4, 7))
    number, known = paper(), Accesses(0, 0, NO_ROWS)
    for version in (1, 2):
        for _ in range(3):
            made.run(ACCESS)
        with made.owner.transaction():
            known = accesses(
                made.owner, made.signed.log.schema, known, settled_accesses(made.owner, made.signed.log.schema)
            )
            said = lasts(made.owner, made.signed.log.schema, made.run("SELECT max(position) FROM {schema}.log")[0][0])
        event = ManifestRecorded(
            matter="attestation", position=said.position, cases=said.cases, root=Fixed(said.root.hex()),
            access_to=known.to, access_rows=known.rows, access_digest=Fixed(known.digest.hex()),
        )  # fmt: skip
        made.signed.log.append(number.batch(number.entry(version, event)))
        made.signed.record(2)
        made.signed.sign()
    return made


def test_a_manifest_is_the_root_over_the_last_versions_of_the_cases(manifested: Attacked) -> None:
    with manifested.owner.transaction():
        found = lasts(manifested.owner, manifested.signed.log.schema, 11)
    rows = manifested.run(
        "SELECT e.case_id, max(e.version) FROM {schema}.events e JOIN {schema}.log l USING (event_no) WHERE l.position <= 11 GROUP BY 1"
    )
    assert (found.cases, found.root) == (2, manifest_root(manifest_lines(rows)))


def test_the_cases_are_gone_through_once_for_many_positions(manifested: Attacked) -> None:
    rows = manifested.run(
        "SELECT l.position, e.case_id, e.version FROM {schema}.events e JOIN {schema}.log l USING (event_no) ORDER BY 1"
    )
    wanted = {}
    for position, _, _ in rows:
        known = {case: version for at, case, version in rows if at <= position}
        wanted[position] = (len(known), manifest_root(manifest_lines(known.items())))
    with manifested.owner.transaction():
        found = lasts_at(manifested.owner, manifested.signed.log.schema, list(wanted))
        some = lasts_at(manifested.owner, manifested.signed.log.schema, [3, 12, 14])
    assert {position: each[1:] for position, each in found.items()} == wanted
    assert some == {position: found[position] for position in (3, 12, 14)}


@pytest.mark.parametrize("cases", [0, 1, 255, 256, 257, 512, 600])
def test_the_tree_of_a_manifest_grows_as_any_tree(cases: int) -> None:
    tree, lines = _Tree(), [manifest_line(UUID(int=n), 1) for n in range(cases)]
    for line in lines:
        tree.take(leaf_hash(line))
    assert tree.end(7) == (7, cases, manifest_root(lines))


class Interrupted(Exception):
    """Somebody pressed a key."""


def test_an_interrupted_verification_goes_on_after_the_manifests_that_it_has_compared(
    manifested: Attacked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifests, "AT_ONCE", 1)

    def keep(way: Way) -> None:
        write_way(tmp_path / "state", manifested.signed.origin, way)
        if way.manifests:
            raise Interrupted

    with manifested.undone(), pytest.raises(Interrupted):
        manifested.verified(keep=keep)
    kept = partial(read_way, tmp_path / "state", manifested.signed.origin)
    assert (kept() or Way()).manifests == FIRST
    assert manifested.verified(way=kept()).findings == [], "what was left behind is no fault"
    subject: Any = replace(manifested.subject, kept=None)
    only = frozenset({Check.MANIFESTS})
    early, late = (change("payload", OTHER_ROOT, each) for each in (FIRST, SECOND))
    assert manifested.after(early, only, subject=subject, way=kept()).ok
    assert causes(manifested.after(late, only, subject=subject, way=kept())) == {Cause.CHANGED}
    assert causes(manifested.after(early, only, subject=subject)) == {Cause.CHANGED}, "a whole one finds both"


def test_control_a_verifier_of_the_latest_manifest_alone_misses_an_earlier_one(manifested: Attacked) -> None:
    with manifested.undone():
        manifested.disarm()
        change("payload", OTHER_ROOT, FIRST)(manifested)
        schema, none = manifested.signed.log.schema, Accesses(0, 0, NO_ROWS)
        with manifested.owner.transaction():
            assert list(check_manifests(manifested.owner, schema, none, after=FIRST)) == []
            assert [each.where for each in check_manifests(manifested.owner, schema, none)] == [f"manifest {FIRST}"]


def test_rows_that_can_still_be_on_their_way_are_in_no_manifest(manifested: Attacked) -> None:
    with manifested.undone():
        manifested.run(ACCESS.replace("2 hours", "59 minutes"))
        assert settled_accesses(manifested.owner, manifested.signed.log.schema) == 6


def test_a_ledger_with_manifests_is_as_they_say(manifested: Attacked) -> None:
    assert manifested.verified().findings == []


def add_a_case(on: Attacked) -> None:
    """A case put into the past, everything rightly signed: its event takes the first place of all."""
    insert_at_the_end(on)
    on.run("UPDATE {schema}.log SET position = position + 1000")
    on.run("UPDATE {schema}.log SET position = CASE event_no WHEN 900 THEN 1 ELSE position - 999 END")
    rebuild_tree(on)
    resign(on, on.signed.keys.signing()[0])
    add_checkpoint(on)


def swap_the_end(on: Attacked) -> None:
    """The last event of a case gone, one of another case in its place."""
    cut_off_with_the_stolen_key(on, 11)
    on.run("UPDATE {schema}.log SET position = position + 1000 WHERE position > 10")
    on.run("UPDATE {schema}.log SET position = position - 999 WHERE position > 1000")
    ((case, file),) = on.run("SELECT case_id::text, file_id::text FROM {schema}.events WHERE event_no = 1")
    insert_at_the_end(on, tx="1", case_id=case, file_id=file, version=5, file_version=5)
    on.run("UPDATE {schema}.log SET position = 11 WHERE event_no = 900")
    rebuild_tree(on)
    resign(on, on.signed.keys.signing()[0])
    add_checkpoint(on)


ADDED = ACCESS.replace("(at, organ", "(n, at, organ").replace("VALUES (", "OVERRIDING SYSTEM VALUE VALUES (1, ")


def sign_again(on: Attacked) -> None:
    """The tree and every checkpoint over what is stored now, rightly signed."""
    rebuild_tree(on)
    resign(on, on.signed.keys.signing()[0])
    add_checkpoint(on)


def say_otherwise(position: int, payload: str) -> Attack:
    """Another payload of the manifest at a position, everything rightly signed."""

    def attack(on: Attacked) -> None:
        change("payload", payload, position)(on)
        sign_again(on)

    return attack


FIRST, SECOND = 12, 15
"""Where the events of the two manifests stand."""

OTHER_ROOT = """convert_to(regexp_replace(convert_from(payload, 'UTF8'), '"root":"[0-9a-f]{64}', '"root":"' || repeat('0', 64)), 'UTF8')"""

ATTACKS: dict[str, tuple[Attack, Cause]] = {
    "an earlier manifest": (say_otherwise(FIRST, OTHER_ROOT), Cause.CHANGED),
    "the latest manifest": (say_otherwise(SECOND, OTHER_ROOT), Cause.CHANGED),
    "a manifest that is none": (say_otherwise(FIRST, "'{}'"), Cause.CHANGED),
    "the end of a case": (lambda on: cut_off_with_the_stolen_key(on, 11), Cause.REMOVED),
    "an event of another case in its place": (swap_the_end, Cause.CHANGED),
    "a whole case": (lambda on: cut_off_with_the_stolen_key(on, 1, 2, 3, 4), Cause.REMOVED),
    "a case added": (add_a_case, Cause.INSERTED),
    "an access": (sql("UPDATE {schema}.access SET officer = 'wang' WHERE n = 2"), Cause.CHANGED),
    "an access removed": (sql("DELETE FROM {schema}.access WHERE n = 2"), Cause.REMOVED),
    "an access added": (sql(ADDED), Cause.INSERTED),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_control_whoever_has_the_keys_is_found_out_by_the_manifest_alone(manifested: Attacked, name: str) -> None:
    attack, cause = ATTACKS[name]
    subject: Any = replace(manifested.subject, kept=None)
    without = LOG - {Check.ORDER, Check.SEALS}
    assert causes(manifested.after(attack, without, subject=subject)) == {cause}
    assert manifested.after(attack, without - {Check.MANIFESTS}, subject=subject).ok
