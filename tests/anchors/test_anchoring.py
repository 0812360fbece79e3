"""The log is anchored as it grows; an anchor that is away or refuses stops nothing, and who refuses is told of."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from cryptography.x509 import load_pem_x509_certificates
from psycopg import sql

from application.anchors import Outcome
from domain.proof.findings import Cause, causes
from domain.proof.note import COSIGNATURE
from infrastructure.anchors.chosen import Authority, WitnessAt
from infrastructure.proof.ed25519 import verify
from tests.anchors import authority as openssl
from tests.anchors.conftest import Anchored, Office
from tests.proof.growing import GrowingLog, key_of

Make = Callable[..., Anchored]
NOWHERE = WitnessAt("http://127.0.0.1:9", key_of("audit.example/away", COSIGNATURE).public)
KEPT = json.loads(openssl.RECORDED.read_text(encoding="utf-8"))
SIGNATURE = str(GrowingLog(1).note(1).signatures[0])
OTHER = f"{KEPT['texts'][1]}\n{SIGNATURE}"
ROOTS = tuple(load_pem_x509_certificates(KEPT["root"].encode()))


def trusted(made: Anchored, office: Office) -> Anchored:
    """Signed once, and known to the office."""
    made.ledger.record()
    made.ledger.sign()
    office.trust(made.key.public)
    return made


def outcome(made: Anchored, place: int = 0) -> tuple[Outcome | None, int]:
    """How an anchor stands."""
    standing = made.book.standings()[place]
    return standing.outcome, standing.size


def wrong(made: Anchored, *, outside: bool = False) -> tuple[Cause, ...]:
    """What is found."""
    return causes(made.book.findings(outside=outside))


def test_each_new_checkpoint_is_cosigned_and_carries_it(office: Office, anchored: Make) -> None:
    made = trusted(anchored(office.at), office)
    assert outcome(made) == (None, 0) and made.book.newest() is None
    for _ in range(3):
        size = made.grow(2)
        note = made.ledger.proofs.head(size)
        assert note is not None and [each for each, _ in note.signed_by([office.key], verify)] == [office.key]
        assert str(note) == str(made.ledger.proofs.head())
        assert outcome(made) == (Outcome.ANCHORED, size) and made.book.newest() == size
    assert wrong(made, outside=True) == ()


def test_a_fork_that_the_witness_saw_first_is_told_of_however_the_log_goes_on(office: Office, anchored: Make) -> None:
    made = trusted(anchored(office.at), office)
    assert office.shown(made.forged(5).submission(0, 5)).status == 200, "a thief was first, with another tree"
    made.worker.turn()
    assert outcome(made)[0] is Outcome.ROLLED_BACK
    assert made.grow(7) == 8 and outcome(made)[0] is Outcome.FORKED
    assert "HTTP 422" in made.book.standings()[0].detail
    assert wrong(made) == wrong(made, outside=True) == (Cause.FORKED,)
    assert made.grow() == 9, "and the ledger goes on"


def test_an_answer_that_was_lost_is_made_up_for(office: Office, anchored: Make, owner: psycopg.Connection[Any]) -> None:
    made = trusted(anchored(office.at), office)
    first = made.grow()
    change(owner, made, "DELETE FROM {schema}.cosignature")
    assert outcome(made)[1] == 0
    second = made.grow()
    assert (first, second) == (2, 3) and outcome(made) == (Outcome.ANCHORED, 3)


def test_it_is_not_asked_more_often_than_said(office: Office, anchored: Make) -> None:
    made = trusted(anchored(office.at, every=3600), office)
    first = made.grow()
    made.grow()
    assert outcome(made) == (Outcome.ANCHORED, first)


def test_who_is_away_stops_nothing_and_is_no_finding(office: Office, anchored: Make) -> None:
    made = trusted(anchored(NOWHERE, office.at), office)
    size = made.grow()
    assert [outcome(made, each) for each in range(2)] == [(Outcome.AWAY, 0), (Outcome.ANCHORED, size)]
    assert "refused" in made.book.standings()[0].detail
    assert wrong(made, outside=True) == ()


def test_a_log_that_nobody_introduced_is_only_not_anchored(office: Office, anchored: Make) -> None:
    made = anchored(office.at)
    made.grow()
    assert outcome(made) == (Outcome.AWAY, 0) and "HTTP 404" in made.book.standings()[0].detail


def test_a_thief_of_the_key_is_refused_and_a_rewritten_tree_is_told_of(
    office: Office, anchored: Make, owner: psycopg.Connection[Any]
) -> None:
    made = trusted(anchored(office.at), office)
    size = made.grow(4)
    assert office.shown(made.forged(9).submission(size, 9)).status == 422
    assert wrong(made, outside=True) == ()
    change(owner, made, "UPDATE {schema}.tile SET hashes = sha256('x') || substring(hashes FROM 33)")
    assert wrong(made) == () and wrong(made, outside=True) == (Cause.FORKED,)
    change(owner, made, "DELETE FROM {schema}.tile")
    assert wrong(made, outside=True) == (Cause.REMOVED,)
    change(owner, made, "UPDATE {schema}.checkpoint SET note = 'nothing'", "DELETE FROM {schema}.cosignature")
    assert wrong(made, outside=True) == (Cause.CHANGED,)


def test_a_log_that_shrank_is_told_of_also_while_the_witness_is_away(
    office: Office, anchored: Make, owner: psycopg.Connection[Any]
) -> None:
    made = trusted(anchored(office.at), office)
    older = made.grow(2)
    made.grow(3)
    newer = "DELETE FROM {schema}.checkpoint WHERE size > %s", "DELETE FROM {schema}.cosignature WHERE size >= %s"
    change(owner, made, *(each % older for each in newer))
    assert wrong(made) == () and wrong(made, outside=True) == (Cause.ROLLED_BACK,)
    made.worker.turn()
    assert outcome(made)[0] is Outcome.ROLLED_BACK and wrong(made) == (Cause.ROLLED_BACK,)
    made.worker.release()
    anchored(WitnessAt(NOWHERE.url, office.key)).worker.turn()
    assert outcome(made)[0] is Outcome.ROLLED_BACK


def test_a_key_that_the_witness_does_not_trust_is_told_of(office: Office, anchored: Make) -> None:
    made = anchored(office.at)
    office.trust(key_of("log.example/other").public, made.ledger.origin)
    made.grow()
    assert outcome(made)[0] is Outcome.UNSIGNED and wrong(made) == (Cause.UNSIGNED,)


@pytest.mark.parametrize(
    ("statement", "cause"),
    [
        (
            "UPDATE {schema}.cosignature SET line = (SELECT line FROM {schema}.cosignature ORDER BY size LIMIT 1)",
            Cause.FORKED,
        ),
        ("UPDATE {schema}.cosignature SET line = 'nothing'", Cause.CHANGED),
        ("UPDATE {schema}.checkpoint SET note = replace(note, E'\n3\n', E'\n4\n')", Cause.FORKED),
        ("UPDATE {schema}.checkpoint SET note = 'nothing'", Cause.FORKED),
        ("DELETE FROM {schema}.checkpoint", Cause.REMOVED),
    ],
)
def test_what_is_kept_is_checked(
    office: Office, anchored: Make, owner: psycopg.Connection[Any], statement: str, cause: Cause
) -> None:
    made = trusted(anchored(office.at), office)
    assert [made.grow(), made.grow()] == [2, 3] and wrong(made) == ()
    change(owner, made, statement)
    assert wrong(made) == (cause,)
    made.worker.turn()


def test_a_timestamp_that_is_kept_is_checked(anchored: Make, owner: psycopg.Connection[Any]) -> None:
    made = anchored(authorities=(Authority("tsa", NOWHERE.url, ROOTS),))
    made.ledger.record()
    keep = sql.SQL("INSERT INTO {}.{} VALUES (1, %s, %s)")
    schema = sql.Identifier(made.ledger.log.schema)
    note = KEPT["texts"][0] + "\n"
    owner.execute(sql.SQL("INSERT INTO {}.checkpoint VALUES (1, %s)").format(schema), (note + SIGNATURE,))
    owner.execute(keep.format(schema, sql.Identifier("timestamp_token")), ("tsa", b64decode(KEPT["stamp"])))
    assert wrong(made) == () and made.book.newest() == 1
    assert [each.authority for each in made.book.stamps(1)] == ["tsa"]
    change(owner, made, f"UPDATE {{schema}}.checkpoint SET note = E{OTHER!r}")
    assert wrong(made) == (Cause.FORKED,)


def test_an_authority_that_is_away_is_asked_again(anchored: Make) -> None:
    made = anchored(authorities=(Authority("tsa", NOWHERE.url, ROOTS),))
    made.grow()
    assert outcome(made) == (Outcome.AWAY, 0)


@pytest.mark.outside
def test_an_authority_stamps_a_checkpoint_and_openssl_checks_it(
    anchored: Make, owner: psycopg.Connection[Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = openssl.made(tmp_path_factory.mktemp("tsa"))
    with openssl.serving(folder) as url:
        roots = tuple(load_pem_x509_certificates((folder / "root.pem").read_bytes()))
        made = anchored(authorities=(Authority("tsa", url, roots),))
        size = made.grow(3)
    assert outcome(made) == (Outcome.ANCHORED, size) and wrong(made) == ()
    ((_, token),) = made.book.stamps(size)
    head = made.ledger.head()
    (folder / "text").write_text(head.text(), encoding="utf-8")
    (folder / "token").write_bytes(token)
    assert openssl.accepts(folder)
    (folder / "text").write_text(head.text().replace("\n3\n", "\n4\n"), encoding="utf-8")
    assert not openssl.accepts(folder)


def change(owner: psycopg.Connection[Any], made: Anchored, *statements: str) -> None:
    """Change what is stored as only a superuser can, with every trigger off."""
    schema = sql.Identifier(made.ledger.log.schema)
    tables = [sql.Identifier(each) for each in ("cosignature", "timestamp_token", "checkpoint", "tile")]
    with owner.transaction():
        for each in tables:
            owner.execute(sql.SQL("ALTER TABLE {}.{} DISABLE TRIGGER USER").format(schema, each))
        for statement in statements:
            owner.execute(sql.SQL(statement).format(schema=schema))
        for each in tables:
            owner.execute(sql.SQL("ALTER TABLE {}.{} ENABLE TRIGGER USER").format(schema, each))
