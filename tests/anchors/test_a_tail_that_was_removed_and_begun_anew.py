"""An insider with the database and the keys takes the tail away and lets the log begin anew: that stays visible for ever."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from application.anchors import Outcome
from application.receipt_check import check_receipt
from domain.proof.checkpoint import Checkpoint
from domain.proof.findings import Cause, causes
from domain.proof.note import Note, sign
from domain.proof.receipt import KEY_NAME, Receipt
from domain.proof.trust import Trusted
from domain.proof.volumes import volume_of
from infrastructure.proof.ed25519 import generate, verify
from tests.anchors.conftest import Anchored, Office
from tests.proof.beginning import anew, begin_anew, lose
from tests.proof.ledgers import Signed
from tests.proof.test_a_past_that_was_changed import without_triggers
from tests.proof.test_beginning_anew import verified
from tests.servers import Database

Make = Callable[..., Anchored]
Owner = psycopg.Connection[Any]
EVENT, ORIGIN, KEPT, RECEIPT, WITNESS = (
    "the event in the log", "the origin of the log", "the checkpoint that was kept", "the receipt", "the witness",
)  # fmt: skip


class Robbed:
    """A ledger of which somebody has a receipt for the last event, and a witness that cosigned it."""

    def __init__(self, made: Anchored, office: Office) -> None:
        self.made, self.ledger = made, made.ledger
        for count in (2, 1):
            self.ledger.record(count)
            self.ledger.sign()
        office.trust(made.key.public)
        (lost,) = self.ledger.record(1)
        self.ledger.sign()
        made.worker.turn()
        assert made.book.standings()[0].size == 4
        self.receipt, self.pen = self._receipt([lost.event_id])

    def _receipt(self, events: list[Any]) -> tuple[Note, Any]:
        pen = generate(self.ledger.origin + KEY_NAME)
        stored = [each.stored for each in self.ledger.proofs.stored(events).values()]
        text = Receipt.of(self.ledger.origin, stored).text()
        return Note(text, (sign(text, pen.public, pen.sign),)), pen

    def receipt_says(self) -> tuple[Cause, ...]:
        """What whoever holds the receipt finds, trusting what is trusted here."""
        trusted = [*self.ledger.keys.trusted(), Trusted(self.pen.public)]
        later = datetime.now(UTC) + timedelta(minutes=1)
        return causes(check_receipt(self.receipt, self.ledger.proofs, trusted, verify, later).findings)

    def witness_says(self) -> list[Checkpoint]:
        """What the witness remembers of volumes that went before."""
        newest = volume_of(self.ledger.proofs.origin)
        return [theirs for _, theirs in self.made.book.remembered() if volume_of(theirs.origin) < newest]

    def traces(self, database: Database) -> set[str]:
        """What shows that signed entries are gone."""
        found = verified(self.ledger, database)
        shown = {
            EVENT: any(each.gone for each in found.beginnings),
            ORIGIN: volume_of(self.ledger.proofs.origin) > 1,
            KEPT: any(self.ledger.keys.path.glob("checkpoint.before-*")),
            RECEIPT: Cause.REMOVED in self.receipt_says(),
            WITNESS: any(theirs.size > 3 for theirs in self.witness_says()),
        }
        return {name for name, there in shown.items() if there}


@pytest.fixture
def robbed(office: Office, anchored: Make) -> Robbed:
    return Robbed(anchored(office.at), office)


def test_before_the_signer_refuses_and_after_everything_still_tells(
    robbed: Robbed, owner: Owner, database: Database, office: Office
) -> None:
    ledger, made = robbed.ledger, robbed.made
    assert robbed.receipt_says() == ()
    lose(owner, ledger, 3)
    assert verified(ledger, database).causes == (Cause.ROLLED_BACK,)
    assert robbed.receipt_says() == (Cause.REMOVED,)
    assert causes(made.book.findings(outside=True)) == (Cause.ROLLED_BACK,)
    made.worker.turn()
    begin_anew(ledger, database.app)
    ledger.record(1)
    ledger.sign_anew()
    assert robbed.traces(database) == {EVENT, ORIGIN, KEPT, RECEIPT, WITNESS}
    assert verified(ledger, database).findings == [], "and nothing of it is a fault of today"
    assert causes(made.book.findings(outside=True)) == (), "the witness remembers no more than what is said to be lost"


def test_the_witness_is_told_of_the_new_origin_by_a_person_and_until_then_says_that_it_was_not(
    robbed: Robbed, owner: Owner, database: Database, office: Office
) -> None:
    ledger, made = robbed.ledger, robbed.made
    lose(owner, ledger, 3)
    made.worker.turn()
    assert made.book.standings()[0].outcome is Outcome.ROLLED_BACK
    key = begin_anew(ledger, database.app).key
    assert made.book.standings()[0].outcome is Outcome.AWAY, "what it refused was the volume before"
    assert list(made.book.untold()) == [office.key.name]
    made.worker.turn()
    assert (made.book.standings()[0].outcome, made.book.standings()[0].size) == (Outcome.AWAY, 0)
    assert "HTTP 404" in made.book.standings()[0].detail
    office.trust(key)
    ledger.record(1)
    ledger.sign_anew()
    made.worker.turn()
    standing = made.book.standings()[0]
    assert (standing.outcome, standing.size) == (Outcome.ANCHORED, 5)
    assert list(made.book.untold()) == []
    assert {volume_of(theirs.origin) for _, theirs in made.book.remembered()} == {1, 2}


def no_event(owner: Owner, robbed: Robbed) -> None:
    """The record of it taken out of the log, which is closed behind it and signed again with the key."""
    lose(owner, robbed.ledger, 3)
    robbed.ledger.record(1)
    _sign_again(robbed.ledger)


def old_origin(owner: Owner, robbed: Robbed) -> None:
    """Every later checkpoint taken away."""
    without_triggers(owner, robbed.ledger, "checkpoint", "delete from {schema}.checkpoint where size > 3")


def no_kept(owner: Owner, robbed: Robbed) -> None:
    for each in robbed.ledger.keys.path.glob("checkpoint.before-*"):
        each.unlink()


def no_receipt(owner: Owner, robbed: Robbed) -> None:
    """Its holder has lost it, and brings one for an event that is there."""
    ((event,),) = owner.execute(
        f"select event_id from {robbed.ledger.log.schema}.events e join {robbed.ledger.log.schema}.log l using (event_no)"
        " where l.position = 1".encode()
    )
    robbed.receipt, robbed.pen = robbed._receipt([event])


def no_witness(owner: Owner, robbed: Robbed) -> None:
    robbed.made.chosen = type(robbed.made.chosen)((), ())


def _sign_again(ledger: Signed) -> None:
    """With the stolen key, as far as the folder lets it."""
    for each in ledger.keys.path.glob("checkpoint"):
        each.unlink()
    with suppress(Exception):
        ledger.sign_anew()


@pytest.mark.parametrize(
    "hide, what",
    [(no_event, EVENT), (old_origin, ORIGIN), (no_kept, KEPT), (no_receipt, RECEIPT), (no_witness, WITNESS)],
)
def test_control_who_hides_one_trace_is_shown_by_the_others(
    robbed: Robbed, owner: Owner, database: Database, hide: Callable[[Owner, Robbed], None], what: str
) -> None:
    """And each is looked at: without it the set is another."""
    lose(owner, robbed.ledger, 3)
    begin_anew(robbed.ledger, database.app)
    assert robbed.traces(database) == {EVENT, ORIGIN, KEPT, RECEIPT, WITNESS}
    hide(owner, robbed)
    left = robbed.traces(database)
    assert what not in left
    assert left >= {RECEIPT} or what == RECEIPT
    if what in (EVENT, ORIGIN):
        assert not verified(robbed.ledger, database).ok


def test_who_says_that_less_was_lost_than_the_witness_remembers_is_told_of(
    robbed: Robbed, owner: Owner, database: Database
) -> None:
    """An insider who first makes the kept checkpoint an older one: that it was rightly signed, and says less."""
    old = robbed.ledger.proofs.head(3)
    assert old is not None
    lose(owner, robbed.ledger, 2)
    robbed.ledger.keys.keep(Note(old.text, old.signatures[:1]))
    begin_anew(robbed.ledger, database.app)
    assert verified(robbed.ledger, database).ok
    (found,) = robbed.made.book.findings(outside=True)
    assert (found.cause, found.where) == (Cause.ROLLED_BACK, "witness audit.example/w1")


def test_where_nothing_is_kept_here_the_witness_says_what_was_lost(
    robbed: Robbed, owner: Owner, database: Database
) -> None:
    lose(owner, robbed.ledger, 3)
    (robbed.ledger.keys.path / "checkpoint").unlink()
    asked = anew(robbed.ledger, database.app)
    asked._remembered = lambda: (theirs for _, theirs in robbed.made.book.remembered())
    told = asked.begin().beginning
    assert (told.cause, told.gone) == ("lost", 1)
    assert told.lost_head is not None and told.lost_head.size == 4
    assert list(robbed.made.book.findings(outside=True)) == []
