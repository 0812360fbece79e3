"""Lets a log that lost signed entries begin anew (另起账册): openly, as another volume under an origin of its own, and never twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep

from domain.proof.checkpoint import Checkpoint
from domain.proof.note import Note, VerifierKey, sign
from domain.proof.volumes import Beginning, Volumes, origin_of
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.pool import connect
from infrastructure.postgres.statements import statements
from infrastructure.proof.beginnings import beginnings_in
from infrastructure.proof.growing import Diverged, Growing
from infrastructure.proof.keys import LogKeys
from infrastructure.proof.losing import Losing, Loss
from infrastructure.proof.signer import NAME

PATIENCE, LOOK_SECONDS = 5.0, 0.1


class NothingLost(Exception):
    """The log can be signed: nothing is to begin anew."""


class Led(Exception):
    """Something else signs, or is about to."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A log that began anew: by which event, the key of its volume, and how many entries are signed under it by now."""

    beginning: Beginning
    key: VerifierKey
    size: int


class Anew:
    """What lets the log of a schema begin anew. `url`: the database as who signs; `given`: keys of earlier volumes, from elsewhere;
    `remembered`: what witnesses say that they signed last.

    `record` has what was lost recorded, unless it is, and given a position. Whatever of it is killed anywhere, the next run finishes:
    the key is made before it counts, the first checkpoint is kept outside before its key counts, and the key counts before the
    database knows; from the event on nothing else can be signed.
    """

    def __init__(
        self,
        url: str,
        schema: str,
        keys: LogKeys,
        *,
        rehearsal: bool,
        given: Collection[VerifierKey],
        record: Callable[[Loss], None],
        remembered: Callable[[], Iterable[Checkpoint]] = tuple,
        connecting: Callable[..., Connection] = connect,
    ) -> None:
        self._url, self._schema, self._keys, self._record = url, schema, keys, record
        self._rehearsal, self._connecting, self._given, self._remembered = (
            rehearsal,
            connecting,
            tuple(given),
            remembered,
        )
        self._named, self._growing = statements(schema), Growing(schema, keys)

    def begin(self) -> Begun:
        """Begin anew, or finish what was begun. Raises NothingLost, Led, Tampered, KeysUnknown, and what the folder raises."""
        with self._leading() as connection:
            signed, why = self._signed(connection), self._why_not(connection)
            if why is None:
                self._close(connection, signed)
                return self._begun(connection)
            losing = Losing(connection, self._schema, self._keys, given=self._given, remembered=self._remembered)
            loss = self._recorded(losing, why, self._volumes(connection))
            self._sign_first(connection, losing, loss)
            self._go_on(connection, loss)
            return self._begun(connection)

    @contextmanager
    def _leading(self) -> Iterator[Connection]:
        """The session that leads the signing, so that nothing else signs."""
        with self._connecting(self._url, name="anjuan log") as connection:
            deadline = monotonic() + PATIENCE
            while (connection.execute(self._named["lead_signing"]).fetchone() or (False,))[0] is False:
                if monotonic() > deadline:
                    raise Led
                sleep(LOOK_SECONDS)
            yield connection

    def _why_not(self, connection: Connection) -> Diverged | None:
        """Sign what is not signed yet; why that does not go."""
        try:
            if not self._growing.can_sign(connection):
                return Diverged("lost", f"no signing key is in {self._keys.path}")
            while self._growing.advance(connection).more:
                pass
        except Diverged as error:
            return error
        return None

    def _close(self, connection: Connection, signed: int) -> None:
        """Where all goes well by now: that is the end of what was begun, if that was not `signed` before. Raises NothingLost."""
        connection.execute(self._named["forget_stoppage"], (NAME,))
        self._keys.end_others()
        beginnings = self._volumes(connection).beginnings
        if not beginnings or beginnings[-1].position <= signed:
            raise NothingLost

    def _recorded(self, losing: Losing, why: Diverged, volumes: Volumes) -> Loss:
        """What was lost, once it is on record with a position. The tree is looked at each time."""
        remains = losing.remains(self._url, rehearsal=self._rehearsal)
        begun = losing.unfinished(volumes)
        if begun is not None:
            return Loss(begun.volume, begun.cause, begun.lost, begun.remains, ())
        loss = losing.loss(why.cause, volumes, remains)
        self._record(loss)
        return loss

    def _sign_first(self, connection: Connection, losing: Losing, loss: Loss) -> None:
        """Keep the first checkpoint of the volume in the place of the one before, which stays beside it."""
        origin = origin_of(self._keys.name, loss.volume)
        pen = self._keys.prepare(origin)
        if losing.signed_first(origin):
            return
        self._keys.set_aside(loss.volume)
        text = Checkpoint(origin, *self._growing.whole(connection)).text()
        self._keys.keep(Note(text, (sign(text, pen.public, pen.sign),)))

    def _go_on(self, connection: Connection, loss: Loss) -> None:
        """Let the key of the volume count and those before it no further than what remains; then sign as ever."""
        pen = self._keys.prepare(origin_of(self._keys.name, loss.volume))
        self._keys.succeed(pen.public, earlier=self._given, through=loss.remains)
        for each in self._keys.trusted():
            if each.through is not None:
                connection.execute(self._named["retire_key"], (str(each.key),))
        self._growing.forget()
        while self._growing.advance(connection).more:
            pass
        connection.execute(self._named["forget_stoppage"], (NAME,))

    def _signed(self, connection: Connection) -> int:
        _, _, signed = connection.execute(self._named["tree_and_log"]).fetchone() or (0, 0, 0)
        return int(signed)

    def _begun(self, connection: Connection) -> Begun:
        """How it stands now."""
        beginning = self._volumes(connection).beginnings[-1]
        return Begun(beginning, self._keys.signing()[-1].public, self._signed(connection))

    def _volumes(self, connection: Connection) -> Volumes:
        return beginnings_in(connection, self._schema, self._keys.name)
