"""Whoever lets a log begin anew may be killed between any two steps: the next run finishes, and nothing was signed twice differently."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import psycopg
import pytest

from domain.proof.checkpoint import Checkpoint
from domain.proof.note import BadNote, Note
from domain.proof.volumes import volume_of
from infrastructure.proof.anew import NothingLost
from infrastructure.proof.growing import Diverged
from tests.proof.beginning import begin_anew, lose, volumes
from tests.proof.dying import ALIVE, Mortal
from tests.proof.ledgers import Signed
from tests.proof.test_beginning_anew import verified
from tests.servers import Database

MOST_STEPS = 60
REMAIN = 3


@pytest.fixture
def mortal(signed: Signed, database: Database) -> Iterator[Mortal]:
    """What forks whoever lets the ledger begin anew."""
    made = Mortal(database.app, signed)
    yield made
    made.close()


def kept(signed: Signed) -> Note | None:
    """What is kept outside."""
    try:
        return signed.keys.kept()
    except BadNote:
        return None


def finished(signed: Signed, database: Database) -> None:
    """Let whatever was begun come to its end; it may have come there before."""
    try:
        begin_anew(signed, database.app)
    except NothingLost:
        assert volumes(signed).newest > 1


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.outside)])
def test_killed_between_any_two_steps_it_is_finished_by_the_next_run(
    signed: Signed, owner: psycopg.Connection[object], database: Database, mortal: Mortal, every: int
) -> None:
    deaths, cut = 0, set[int]()
    signed.record(REMAIN)
    signed.sign()
    for step in range(2, MOST_STEPS, every):
        signed.record(2)
        signed.sign_anew()
        before, lost = volume_of(signed.keys.origin), signed.keys.kept_text()
        lose(owner, signed, REMAIN)
        mortal.begin("begin", step)
        ended = mortal.ended()
        assert ended in (ALIVE, -signal.SIGKILL)
        between = kept(signed)
        cut.add(_done(signed, before))
        if volume_of(signed.keys.origin) == before:
            with pytest.raises(Diverged):
                signed.sign_anew()
        finished(signed, database)
        _one_history(signed, database, before, lost, between)
        if ended == ALIVE:
            break
        deaths += 1
    assert deaths * every >= 20
    assert len(cut) >= 4, "it was killed before and after most of what stays"


def _done(signed: Signed, before: int) -> int:
    """How much of it is done: recorded, signed outside, trusted, in the database."""
    note, newest = kept(signed), signed.proofs.head()
    return (
        (volumes(signed).newest > before)
        + (note is not None and volume_of(Checkpoint.parse(note.text).origin) > before)
        + (volume_of(signed.keys.origin) > before)
        + (newest is not None and volume_of(Checkpoint.parse(newest.text).origin) > before)
    )


def _one_history(signed: Signed, database: Database, before: int, lost: str | None, between: Note | None) -> None:
    """One volume more, its key the only one that signs, what was lost beside it; and what was signed when it died still stands."""
    (beginning,) = volumes(signed).beginnings
    assert (beginning.volume, beginning.position) == (before + 1, REMAIN + 1)
    assert verified(signed, database).findings == []
    assert [each.name for each in signed.keys.signing()] == [signed.keys.origin] == [signed.proofs.origin]
    assert len(list(signed.keys.path.glob("*.key"))) == 1
    assert (signed.keys.path / f"checkpoint.before-{before + 1}").read_text() == lost
    assert between is not None
    head = Checkpoint.parse(between.text)
    if volume_of(head.origin) > before:
        assert str(signed.proofs.head(head.size)) == str(between)
