"""Grows the tree over the log and signs its head (签署): reads what is stored, hashes it, and goes on only from its own past."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import psycopg

from domain.proof.checkpoint import BadCheckpoint, Checkpoint
from domain.proof.merkle import leaf_hash
from domain.proof.note import BadNote, BadSignature, Note, Unsigned
from domain.proof.tiles import Edge, Tile, edge_at
from domain.proof.trust import counting
from domain.proof.volumes import volume_of
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.statements import statements
from infrastructure.proof.beginnings import beginnings_in
from infrastructure.proof.ed25519 import BadKey, verify
from infrastructure.proof.keys import LogKeys
from infrastructure.proof.rows import rows_of_log

BATCH = 20_000
"""Most entries under one checkpoint."""

ONLY_GROWS = "AJ008"


class Diverged(Exception):
    """The database is not what was signed, or what signs is not there; `cause` is one word for it. Nothing is signed any more."""

    def __init__(self, cause: str, told: str) -> None:
        super().__init__(f"{cause}: {told}")
        self.cause = cause


class Grown(NamedTuple):
    """How many leaves the tree has, and whether there is more to do."""

    size: int
    more: bool


class _Ends(NamedTuple):
    """How many leaves the tiles hold, where the log ends, the size of the newest checkpoint in the database."""

    tiles: int
    log: int
    checkpoint: int


class Growing:
    """The tree of one log in the database, and its keys. For one session at a time."""

    def __init__(self, schema: str, keys: LogKeys, *, batch: int = BATCH) -> None:
        self._named, self._schema, self._keys, self._batch = statements(schema), schema, keys, batch
        self._edge: Edge | None = None

    def can_sign(self, connection: Connection) -> bool:
        """Whether the keys are here, or are still to be made."""
        return bool(self._signing()) or not any(self._ends(connection)[::2])

    def advance(self, connection: Connection) -> Grown:
        """Take in what is new and sign; on a connection with autocommit. Raises Diverged."""
        ends = self._ends(connection)
        if self._edge is not None and self._edge.size == ends.log == ends.checkpoint:
            return Grown(ends.log, more=False)
        try:
            with connection.transaction():
                size = self._advance(connection, ends)
        except BaseException:
            self._edge = None
            raise
        return Grown(size, more=size < ends.log)

    def whole(self, connection: Connection) -> tuple[int, bytes]:
        """How many entries the log has and what they hash to, whatever was signed. Writes nothing. Raises Diverged."""
        with connection.transaction():
            ends = self._ends(connection)
            edge = self._edge_at(connection, ends.tiles)
            self._grown(connection, edge, ends.log, {})
        return edge.size, edge.root()

    def forget(self) -> None:
        """Begin again from the database."""
        self._edge = None

    def _advance(self, connection: Connection, ends: _Ends) -> int:
        kept = self._kept(ends)
        known = self._known(connection, ends, kept)
        edge = self._edge or self._begun(connection, ends, known)
        if ends.log < max(edge.size, *known, 0):
            raise Diverged("rolled back", f"the log ends at {ends.log}, and {max(known)} positions were signed")
        tiles = self._grown(connection, edge, min(ends.log, edge.size + self._batch), known)
        signed = {}
        if kept is not None and ends.checkpoint < kept[0].size <= edge.size:
            signed[kept[0].size] = kept[1]
        if edge.size > max(known, default=0):
            signed[edge.size] = self._signed(Checkpoint(self._keys.origin, edge.size, edge.root()), kept and kept[1])
        self._write(connection, tiles, signed)
        self._edge = edge
        return edge.size

    def _kept(self, ends: _Ends) -> tuple[Checkpoint, Note] | None:
        """The checkpoint kept outside the database, which nobody who only has the database can change."""
        note = self._read_kept()
        if note is None:
            if ends.checkpoint or ends.tiles:
                raise Diverged("lost", f"the checkpoint that was signed last is missing in {self._keys.path}")
            if not self._signing():
                self._keys.make()
            return None
        if not self._signing():
            raise Diverged("lost", f"no signing key is in {self._keys.path}")
        return self._checked(note), note

    def _read_kept(self) -> Note | None:
        try:
            return self._keys.kept()
        except BadNote as error:
            raise Diverged("unsigned", f"the checkpoint kept in {self._keys.path} is none: {error}") from error

    def _signing(self) -> bool:
        try:
            return bool(self._keys.signing())
        except (BadKey, BadNote) as error:
            raise Diverged("lost", f"a key in {self._keys.path} cannot be read: {error}") from error

    def _known(self, connection: Connection, ends: _Ends, kept: tuple[Checkpoint, Note] | None) -> Mapping[int, bytes]:
        """The roots that were signed: of the checkpoint kept here, and of the newest one in the database if that is larger."""
        known = {} if kept is None else {kept[0].size: kept[0].root}
        if ends.checkpoint > max(known, default=0):
            (stored, _) = connection.execute(self._named["checkpoint_of"], (ends.checkpoint,)).fetchone() or ("", None)
            known[ends.checkpoint] = self._checked(_parsed(stored)).root
        return known

    def _checked(self, note: Note) -> Checkpoint:
        try:
            head = Checkpoint.parse(note.text)
            signers = note.signed_by(counting(self._keys.trusted(), head.size), verify)
        except (BadCheckpoint, Unsigned, BadSignature) as error:
            raise Diverged("unsigned", str(error)) from error
        if head.origin != self._keys.origin:
            raise Diverged("forked", f"a checkpoint is that of {head.origin}, not of {self._keys.origin}")
        if all(key.name != head.origin for key, _ in signers):
            raise Diverged("unsigned", f"no key of {head.origin} has signed its checkpoint")
        return head

    def _begun(self, connection: Connection, ends: _Ends, known: Mapping[int, bytes]) -> Edge:
        """The edge from which the tree grows: not beyond what is kept outside, and with the root that was signed there."""
        newest = beginnings_in(connection, self._schema, self._keys.name).newest
        if newest > volume_of(self._keys.origin):
            raise Diverged("unfinished", f"the log was to begin anew as volume {newest}: `anjuan log begin-anew` again")
        self._publish(connection)
        edge = self._edge_at(connection, min(ends.tiles, min(known, default=0)))
        _compare(edge, known)
        return edge

    def _edge_at(self, connection: Connection, size: int) -> Edge:
        def read(level: int, number: int) -> bytes:
            found = connection.execute(self._named["tile"], (level, number), binary=True).fetchone()
            return b"" if found is None else bytes(found[0])

        try:
            return edge_at(size, read)
        except LookupError as error:
            raise Diverged("forked", f"the tiles do not hold a tree of {size}: {error}") from error

    def _grown(self, connection: Connection, edge: Edge, through: int, known: Mapping[int, bytes]) -> list[Tile]:
        """Take in the positions up to `through`; wherever a root was signed, it must come out again. The tiles that grew."""
        stops = sorted({edge.size, through, *(each for each in known if edge.size < each < through)})
        grown: dict[tuple[int, int], Tile] = {}
        for low, high in pairwise(stops):
            for tile in edge.append(self._leaves(connection, low, high)):
                grown[tile.level, tile.number] = tile
            _compare(edge, known)
        return [grown[place] for place in sorted(grown)]

    def _leaves(self, connection: Connection, low: int, high: int) -> Iterator[bytes]:
        last = low
        for row in rows_of_log(connection, self._schema, low, high):
            last += 1
            if row.position != last:
                raise Diverged("removed", f"position {last} of the log has no event")
            yield leaf_hash(row.entry(self._keys.name))
        if last != high:
            raise Diverged("removed", f"position {last + 1} of the log has no event")

    def _signed(self, head: Checkpoint, after: Note | None) -> Note:
        """Sign, and keep it outside before the database does: what was signed can never be unknown here."""
        note = self._keys.sign(head)
        self._keys.keep_next(note, after=after)
        return note

    def _write(self, connection: Connection, tiles: Sequence[Tile], signed: Mapping[int, Note]) -> None:
        """The only writes, all at the end: as long as they last, the positions of what is recorded meanwhile have to wait."""
        if not tiles and not signed:
            return
        with connection.cursor() as cursor:
            try:
                cursor.executemany(self._named["grow_tile"], tiles)
            except psycopg.DatabaseError as refused:
                if refused.sqlstate != ONLY_GROWS:
                    raise
                raise Diverged(
                    "forked", f"a tile in the database is another: {refused.diag.message_primary}"
                ) from refused
            cursor.executemany(self._named["add_checkpoint"], [(size, str(note)) for size, note in signed.items()])

    def _publish(self, connection: Connection) -> None:
        for each in self._keys.signing():
            connection.execute(self._named["publish_key"], (str(each.public), "checkpoint"))

    def _ends(self, connection: Connection) -> _Ends:
        return _Ends(*(connection.execute(self._named["tree_and_log"], prepare=True).fetchone() or (0, 0, 0)))


def _compare(edge: Edge, known: Mapping[int, bytes]) -> None:
    if edge.size in known and edge.root() != known[edge.size]:
        raise Diverged("forked", f"the first {edge.size} entries of the log are not those that were signed")


def _parsed(stored: str) -> Note:
    try:
        return Note.parse(stored)
    except BadNote as error:
        raise Diverged("unsigned", f"a checkpoint in the database is none: {error}") from error
