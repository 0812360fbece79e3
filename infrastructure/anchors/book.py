"""What anchors attested of one ledger (锚定簿), kept in its schema, and checked against what the deployment trusts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any

from application.anchors import Outcome, Stamp, Standing
from application.proofs import Proofs
from domain.proof.anchors import of_cosignature, of_head, of_past, of_stamp
from domain.proof.checkpoint import BadCheckpoint, Checkpoint
from domain.proof.findings import Cause, Finding
from domain.proof.note import BadNote, Note
from domain.proof.tiles import edge_at
from domain.proof.volumes import FIRST, origin_of, volume_of
from domain.proof.witness import head_of
from infrastructure.anchors.asking import last_signed
from infrastructure.anchors.chosen import Authority, Chosen, WitnessAt
from infrastructure.anchors.printed import standing_of
from infrastructure.anchors.reaching import Away
from infrastructure.anchors.stamps import BadStamp, stamped_at
from infrastructure.postgres.session import Connections, Row, Session
from infrastructure.proof.ed25519 import verify
from infrastructure.slots import MORNING, last_slot

PAGE = 1000


class AnchorBook:
    """The anchors of one schema. Safe to share between threads."""

    def __init__(
        self,
        pool: Connections,
        schema: str,
        proofs: Proofs,
        chosen: Chosen,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.chosen, self._now = chosen, now
        self._session, self._proofs = Session(pool, schema), proofs
        self._witnesses: Mapping[str, WitnessAt] = {each.name: each for each in chosen.witnesses}
        self._authorities: Mapping[str, Authority] = {each.name: each for each in chosen.authorities}

    def standings(self) -> Sequence[Standing]:
        """How each of them stands."""
        rows = self._session.read("anchor_standings", (list(self.chosen.names),)) if self.chosen.names else ()
        return (*(self._standing(*row) for row in rows), *self._printed())

    def _printed(self) -> Iterator[Standing]:
        """How the folder of printed pages stands, if there is one."""
        if self.chosen.printed is not None:
            now, jurisdiction = self._now(), self._proofs.ledger.split("/")[1]
            yield standing_of(self.chosen.printed, jurisdiction, last_slot(now, MORNING), now)

    def _standing(self, name: str, said: str | None, why: str | None, origin: str | None, *rest: Any) -> Standing:
        """How one stands to the volume that is signed now: to one before it, it is as if it were away."""
        outcome, of = Outcome(said) if said else None, origin or self._proofs.ledger
        if outcome is not None and outcome.refused and volume_of(of) < volume_of(self._proofs.origin):
            return Standing(name, Outcome.AWAY, f"the log began anew since, before it said: {outcome}: {why}", *rest)
        return Standing(name, outcome, why or "", *rest)

    def newest(self) -> int | None:
        """The largest size that one of them anchored."""
        ((found,),) = self._session.read("newest_anchored", (list(self._witnesses), list(self._authorities)))
        return None if found is None else int(found)

    def stamps(self, size: int) -> Sequence[Stamp]:
        """The timestamps over the checkpoint of a size."""
        rows = self._session.read("timestamps_of", (size,))
        return [Stamp(name, bytes(token)) for name, token in rows if name in self._authorities]

    def findings(self, *, outside: bool) -> Iterator[Finding]:
        """What is wrong by what they attested before, and (`outside`) by what the witnesses say when they are asked now."""
        for standing in self.standings():
            if standing.refused:
                yield _refusal(standing)
        yield from self._cosignatures()
        yield from self._timestamps()
        if outside:
            yield from self._outside()

    def _cosignatures(self) -> Iterator[Finding]:
        for size, name, line, note in self._pages("cosignatures_after"):
            witness = self._witnesses.get(name)
            if witness and (found := of_cosignature(size, line, _text(note), witness.key, verify)):
                yield found

    def _timestamps(self) -> Iterator[Finding]:
        for size, name, token, note in self._pages("timestamps_after"):
            authority = self._authorities.get(name)
            if authority and (found := of_stamp(size, name, _text(note), partial(_fits, bytes(token), authority))):
                yield found

    def _outside(self) -> Iterator[Finding]:
        for witness, theirs in self.remembered():
            if found := self._compared(theirs, witness):
                yield found

    def remembered(self) -> Iterator[tuple[WitnessAt, Checkpoint]]:
        """What each witness that answers signed last of each volume of the log."""
        for witness in self.chosen.witnesses:
            with suppress(Away):
                for origin in self._origins():
                    if theirs := last_signed(witness, origin):
                        yield witness, theirs

    def untold(self) -> Iterator[str]:
        """The witnesses that answer and signed nothing yet of a log that began anew: perhaps nobody has told them of its new key."""
        origin = self._proofs.origin
        for witness in self.chosen.witnesses if volume_of(origin) > FIRST else ():
            with suppress(Away):
                if last_signed(witness, origin) is None:
                    yield witness.name

    def _origins(self) -> list[str]:
        newest = max(volume_of(self._proofs.origin), self._proofs.volumes().newest)
        return [origin_of(self._proofs.ledger, each) for each in range(FIRST, newest + 1)]

    def _compared(self, theirs: Checkpoint, witness: WitnessAt) -> Finding | None:
        if volume_of(theirs.origin) < volume_of(self._proofs.origin):
            return of_past(theirs, self._proofs.volumes(), self._root, witness.name)
        try:
            head = self._proofs.head()
            size = 0 if head is None else head_of(head).size
        except (BadNote, BadCheckpoint) as error:
            zh = "最新的检查点不是检查点"
            return Finding(Cause.CHANGED, "checkpoint", zh, f"the newest checkpoint is none: {error}")
        return of_head(theirs, size, self._root, witness.name)

    def _root(self, size: int) -> bytes:
        return edge_at(size, self._proofs.tile).root()

    def _pages(self, statement: str) -> Iterator[Row]:
        after = (0, "")
        while rows := self._session.read(statement, (*after, PAGE)):
            yield from rows
            after = (rows[-1][0], rows[-1][1])


def _text(note: str | None) -> str | None:
    """What was attested; a note that is none is not what was."""
    try:
        return None if note is None else Note.parse(note).text
    except BadNote:
        return note


def _refusal(standing: Standing) -> Finding:
    cause = Cause(str(standing.outcome))
    zh, en = f"{standing.anchor} 拒绝见证：{standing.detail}", f"{standing.anchor} refuses to sign: {standing.detail}"
    return Finding(cause, f"witness {standing.anchor}", zh, en)


def _fits(token: bytes, authority: Authority, text: str) -> bool:
    try:
        stamped_at(token, text, authority)
    except BadStamp:
        return False
    return True
