"""Signs the log (签署人) of one jurisdiction within seconds: one session of its own, beside the sequencer, led by a lock."""

from __future__ import annotations

import logging
from collections.abc import Callable

import psycopg

from domain.proof.note import BadNote
from infrastructure.bell import Bell
from infrastructure.keys.folder import KeysExposed
from infrastructure.leading import Lead
from infrastructure.postgres.direct import Connection
from infrastructure.postgres.statements import statements
from infrastructure.proof.growing import BATCH, Diverged, Growing
from infrastructure.proof.keys import LogKeys
from infrastructure.worker import Health, Worker

log = logging.getLogger("anjuan.signer")

NAME = "signer"
STANDBY_SECONDS = 1.0


class Signer(Worker):
    """The signer of one schema. Any number may run: one leads, by a lock that its session holds; the others stand by, as does
    one that lacks the keys. Where the log is not an extension of what was signed it says why and signs nothing any more, even if the
    log should be what it was again, unless a person lets it begin anew.

    `connect` makes a connection of its own with autocommit; `sequenced` wakes it up; `rest`: seconds between two signatures.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        schema: str,
        keys: LogKeys,
        *,
        sequenced: Bell,
        poll: float = 0.5,
        rest: float = 1.0,
        batch: int = BATCH,
    ) -> None:
        super().__init__(f"signer {schema}", bell=sequenced, poll=poll, rest=rest)
        self.size = 0
        self._named = statements(schema)
        self._lead = Lead(connect, self._named["lead_signing"])
        self._growing, self._keys = Growing(schema, keys, batch=batch), keys
        self._able = False
        self._refused: str | None = None

    def turn(self) -> bool:
        """Sign what is new; True if there is more to do."""
        if self._refused is not None and self._refused == self._origin():
            self._stopping.wait(STANDBY_SECONDS)
            return True
        try:
            connection = self._led()
            if connection is None:
                self._stopping.wait(STANDBY_SECONDS)
                return True
            grown = self._growing.advance(connection)
        except psycopg.OperationalError:
            raise
        except Diverged as error:
            self._refuse(error)
            return True
        except psycopg.Error as error:
            self._note(error)
            raise
        except (OSError, KeysExposed) as error:
            self.health = Health("away", f"{type(error).__name__}: {error}")
            log.warning("worker=%s cannot use its keys: %s", self.name, error)
            self._stopping.wait(STANDBY_SECONDS)
            return True
        self.health, self.size, self._refused = Health("working"), grown.size, None
        return grown.more

    def release(self) -> None:
        """Give up the lead by closing the session."""
        self._able = False
        self._growing.forget()
        self._lead.give_up()

    def _led(self) -> Connection | None:
        """The connection, once its session has the lock and the keys are here."""
        connection = self._lead.take()
        if connection is None:
            self.health = Health("standing by")
        elif not self._able:
            if not self._growing.can_sign(connection):
                self.release()
                self.health = Health("standing by", "no signing key is here")
                return None
            self._able = True
            connection.execute(self._named["forget_stoppage"], (NAME,))
        return connection

    def _refuse(self, error: Diverged) -> None:
        """Say why, and let go of the lead: what signs another volume may take it."""
        self._note(error)
        self.health, self._refused = Health("failed", f"{type(error).__name__}: {error}"), self._origin()
        log.error("worker=%s signs no more: %s", self.name, error)
        self.release()

    def _origin(self) -> str:
        """The origin of the volume that is signed now; nothing where the folder does not tell."""
        try:
            return self._keys.origin
        except (OSError, KeysExposed, BadNote):
            return ""

    def _note(self, error: Exception) -> None:
        if self._lead.taken and not self._lead.connection.closed:
            self._lead.connection.execute(self._named["note_stoppage"], (NAME, self.size, str(error)))
