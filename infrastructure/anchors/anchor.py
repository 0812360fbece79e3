"""Has the log of one ledger anchored (锚定): each new checkpoint by the witnesses, one a day by the authorities; whoever is away waits."""

from __future__ import annotations

import logging
from collections.abc import Callable

from application.anchors import Outcome, Standing
from application.proofs import Proofs
from domain.proof.checkpoint import BadCheckpoint
from domain.proof.note import BadNote, Note
from domain.proof.witness import head_of
from infrastructure.anchors.asking import Said, ask
from infrastructure.anchors.book import AnchorBook
from infrastructure.anchors.chosen import Authority, WitnessAt
from infrastructure.anchors.reaching import Away
from infrastructure.anchors.stamps import BadStamp, stamp
from infrastructure.bell import Bell
from infrastructure.leading import Lead
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.statements import statements
from infrastructure.worker import Health, Worker

LOOK_SECONDS = 2.0

log = logging.getLogger("anjuan.anchors")


class Anchor(Worker):
    """The worker of one schema. Any number may run: one asks, by a lock that its session holds.

    `connect` makes a connection of its own with autocommit, which holds the lock and keeps what comes of it. Nothing that an anchor
    does stops the ledger: what it refuses is noted, for readiness and verification to say.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        schema: str,
        proofs: Proofs,
        book: AnchorBook,
        *,
        poll: float = LOOK_SECONDS,
    ) -> None:
        super().__init__(f"anchor {schema}", bell=Bell(), poll=poll)
        self._named = statements(schema)
        self._lead = Lead(connect, self._named["lead_anchoring"])
        self._proofs, self._book, self._chosen = proofs, book, book.chosen

    def turn(self) -> bool:
        """Ask whoever is due. True never: what is left is left to the next turn."""
        connection = self._lead.take()
        if connection is None:
            self.health = Health("standing by")
            return False
        connection.execute(self._named["still_here"])
        self.health = Health("working")
        self._anchor(connection)
        return False

    def release(self) -> None:
        """Give up the lead by closing the session."""
        self._lead.give_up()

    def _anchor(self, connection: Connection) -> None:
        note = self._newest()
        if note is None:
            return
        standings = {each.anchor: each for each in self._book.standings()}
        for witness in self._chosen.witnesses:
            if not self._stopping.is_set() and self._due(standings[witness.name], note, self._chosen.every):
                self._cosign(connection, witness, note, standings[witness.name].size)
        for authority in self._chosen.authorities:
            if not self._stopping.is_set() and self._due(
                standings[authority.name], note, self._waits(standings[authority.name])
            ):
                self._stamp(connection, authority, note)

    def _newest(self) -> Note | None:
        try:
            note = self._proofs.head()
            return None if note is None or not head_of(note).size else note
        except (BadNote, BadCheckpoint) as error:
            log.error("the newest checkpoint is none: %s", error)
            return None

    def _due(self, standing: Standing, note: Note, every: float) -> bool:
        """Whether there is something new, and the last request was long enough ago."""
        return head_of(note).size > standing.size and (standing.tried is None or standing.tried >= every)

    def _waits(self, standing: Standing) -> float:
        """An authority that gave no timestamp is asked again as soon as a witness would be."""
        return self._chosen.stamp_every if standing.outcome is Outcome.ANCHORED else self._chosen.every

    def _cosign(self, connection: Connection, witness: WitnessAt, note: Note, known: int) -> None:
        said = ask(witness, self._proofs, note, known)
        if said.outcome is Outcome.ANCHORED:
            connection.execute(self._named["add_cosignature"], (head_of(note).size, witness.name, said.lines))
        self._note(connection, witness.name, said, head_of(note).origin)

    def _stamp(self, connection: Connection, authority: Authority, note: Note) -> None:
        try:
            token = stamp(note.text, authority)
        except (Away, BadStamp) as error:
            away = Said(Outcome.AWAY, f"{type(error).__name__}: {error}")
            self._note(connection, authority.name, away, head_of(note).origin)
            return
        connection.execute(self._named["add_timestamp"], (head_of(note).size, authority.name, token))
        self._note(connection, authority.name, Said(Outcome.ANCHORED, ""), head_of(note).origin)

    def _note(self, connection: Connection, anchor: str, said: Said, origin: str) -> None:
        connection.execute(self._named["note_standing"], (anchor, said.outcome.value, said.detail, origin))
        level = (
            logging.ERROR if said.outcome.refused else logging.WARNING if said.outcome is Outcome.AWAY else logging.INFO
        )
        log.log(level, "anchor=%s outcome=%s %s", anchor, said.outcome.value, said.detail)
