"""A manifest shows that a case was cut off at its end, or the access log changed, whoever has the keys of the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from domain.cases.attestation.events import ManifestRecorded
from domain.names import Fixed
from domain.proof.findings import Cause
from domain.proof.manifest import NO_ROWS, manifest_lines, manifest_root
from infrastructure.verifying.found import Check
from infrastructure.verifying.manifests import Accesses, accesses, lasts, settled_accesses
from tests.store.facts import paper
from tests.verifying.attacked import LOG, Attack, Attacked, causes
from tests.verifying.test_verifying import (
    add_checkpoint,
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

ATTACKS: dict[str, tuple[Attack, Cause]] = {
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
