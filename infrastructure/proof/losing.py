"""What a log has lost (签名缺失): why it cannot be signed any more, and through which size it is still what was signed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from domain.proof.checkpoint import BadCheckpoint, Checkpoint
from domain.proof.findings import Cause, Finding
from domain.proof.note import BadNote, Note, VerifierKey
from domain.proof.trust import Trusted
from domain.proof.volumes import Beginning, Volumes, ledger_of, origin_of, volume_of
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.statements import statements
from infrastructure.proof.ed25519 import verify as fits
from infrastructure.proof.keys import LogKeys
from infrastructure.verifying.found import Check
from infrastructure.verifying.heads import KEPT
from infrastructure.verifying.subject import Subject
from infrastructure.verifying.verifier import verify

OF_THE_TREE = frozenset({Check.LEAVES, Check.ROOTS, Check.SIGNATURES, Check.TILES, Check.ORDER, Check.KEPT})
"""What must hold of the database itself: its tree is that of its events, and whatever was signed of it is that tree."""


class Tampered(Exception):
    """The database is not even what it says of itself: it must come back from a backup, and nothing is to begin anew."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


class KeysUnknown(Exception):
    """Nothing here tells which keys signed what the database holds. `published`: those that it names itself."""

    def __init__(self, published: Sequence[str]) -> None:
        super().__init__(", ".join(published))
        self.published = published


class Loss(NamedTuple):
    """What was lost: for what `cause` nothing could be signed, the text of the checkpoint that was signed last, and through which
    size what was signed `remains`, by which `keys`; and the `volume` that begins."""

    volume: int
    cause: str
    lost: str
    remains: int
    keys: tuple[str, ...]


class Losing:
    """What is known of a log, in the database by a connection, and in its folder. `given`: keys of earlier volumes, from elsewhere;
    `remembered`: what witnesses say that they signed last."""

    def __init__(
        self,
        connection: Connection,
        schema: str,
        keys: LogKeys,
        *,
        given: Collection[VerifierKey],
        remembered: Callable[[], Iterable[Checkpoint]],
    ) -> None:
        self._connection, self._schema, self._keys = connection, schema, keys
        self._given, self._remembered = given, remembered
        self._named = statements(schema)

    def remains(self, url: str, *, rehearsal: bool) -> int:
        """Through which size the log is what was signed, its whole tree made anew from what is stored.

        What is wrong with the checkpoint that is kept may be; else raises Tampered or KeysUnknown.
        """
        trusted = (*self._keys.trusted(), *map(Trusted, self._given))
        kept = self._keys.kept_text()
        found = verify(Subject(url, self._schema, self._keys.name, rehearsal, trusted, kept), checks=OF_THE_TREE)
        wrong = [each for each in found.findings if each.where != KEPT]
        unsigned = all(each.cause is Cause.UNSIGNED for each in wrong)
        if unsigned and any(each.where.startswith("checkpoint") for each in wrong):
            raise KeysUnknown(self._published())
        if wrong:
            raise Tampered(wrong)
        return found.size

    def loss(self, cause: str, volumes: Volumes, remains: int) -> Loss:
        """What was lost, and which volume is to begin: one that nothing here has heard of."""
        known = [volumes.newest, volume_of(self._kept_origin()), *map(volume_of, self._origins())]
        keys = dict.fromkeys(map(str, (*(each.key for each in self._keys.trusted()), *self._given)))
        return Loss(max(known) + 1, cause, self._lost(remains), remains, tuple(keys))

    def unfinished(self, volumes: Volumes) -> Beginning | None:
        """The beginning that is on record and was not finished: nobody has signed anything yet under its volume, but perhaps its own
        key here."""
        begun = volumes.beginnings[-1] if volumes.beginnings else None
        if begun is None or any(volume_of(each) >= begun.volume for each in self._origins()):
            return None
        own = self.signed_first(origin_of(self._keys.name, begun.volume))
        return begun if own or volume_of(self._kept_origin()) < begun.volume else None

    def signed_first(self, origin: str) -> bool:
        """Whether the checkpoint that is kept is one that the key of a volume here has signed."""
        try:
            note = self._keys.kept()
            keys = [each.public for each in self._keys.private(origin)]
            return note is not None and self._kept_origin() == origin and bool(note.signed_by(keys, fits))
        except BadNote:
            return False

    def _origins(self) -> Iterator[str]:
        """The origins of this log that anything but the checkpoint kept here knows."""
        yield self._keys.origin
        for vkey in (*map(str, self._given), *self._published()):
            name = VerifierKey.parse(vkey).name
            if ledger_of(name) == self._keys.name:
                yield name
        _, _, signed = self._connection.execute(self._named["tree_and_log"]).fetchone() or (0, 0, 0)
        for note, _ in self._connection.execute(self._named["checkpoint_of"], (signed,)):
            yield Checkpoint.parse(Note.parse(note).text).origin

    def _kept_origin(self) -> str:
        """The origin of the checkpoint that is kept; the ledger's name if it is none of its log."""
        try:
            note = self._keys.kept()
            found = self._keys.name if note is None else Checkpoint.parse(note.text).origin
        except (BadNote, BadCheckpoint):
            return self._keys.name
        return found if ledger_of(found) == self._keys.name else self._keys.name

    def _lost(self, remains: int) -> str:
        """What was signed last, as text, by the folder, or by a witness that has seen more; else whatever stands in its place."""
        text = self._keys.kept_text() or ""
        try:
            found = [Checkpoint.parse(Note.parse(text).text)]
        except (BadNote, BadCheckpoint):
            found = []
        found += [each for each in self._remembered() if each.size > remains]
        newest = max(found, key=lambda each: (volume_of(each.origin), each.size), default=None)
        return text if newest is None else newest.text()

    def _published(self) -> list[str]:
        """The keys of checkpoints that the database names, which is no reason to trust them."""
        rows = self._connection.execute(self._named["log_keys"])
        return [vkey for vkey, purpose, *_ in rows if purpose == "checkpoint"]
