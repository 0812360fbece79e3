"""Signs the log (签署人) of one jurisdiction within seconds: one session of its own, beside the sequencer, led by a lock."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import psycopg

from infrastructure.bell import Bell
from infrastructure.keys.folder import KeysExposed
from infrastructure.postgres.statements import statements
from infrastructure.proof.growing import BATCH, Diverged, Growing
from infrastructure.proof.keys import LogKeys
from infrastructure.worker import Health, Worker

log = logging.getLogger("anjuan.signer")

NAME = "signer"
STANDBY_SECONDS = 1.0

Connection = psycopg.Connection[Any]


class Signer(Worker):
    """The signer of one schema. Any number may run: one leads, by a lock that its session holds; the others stand by, as does
    one that lacks the keys. Where the log is not an extension of what was signed it stops for ever and says why.

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
        self._named, self._connect = statements(schema), connect
        self._growing = Growing(schema, keys, batch=batch)
        self._connection: Connection | None = None
        self._leading = False

    def turn(self) -> bool:
        """Sign what is new; True if there is more to do."""
        try:
            connection = self._lead()
            if connection is None:
                self._stopping.wait(STANDBY_SECONDS)
                return True
            grown = self._growing.advance(connection)
        except psycopg.OperationalError:
            raise
        except (Diverged, psycopg.Error) as error:
            self._note(error)
            raise
        except (OSError, KeysExposed) as error:
            self.health = Health("away", f"{type(error).__name__}: {error}")
            log.warning("worker=%s cannot use its keys: %s", self.name, error)
            self._stopping.wait(STANDBY_SECONDS)
            return True
        self.health, self.size = Health("working"), grown.size
        return grown.more

    def release(self) -> None:
        """Give up the lead by closing the session."""
        connection, self._connection, self._leading = self._connection, None, False
        self._growing.forget()
        if connection is not None:
            connection.close()

    def _lead(self) -> Connection | None:
        """The connection, once its session has the lock and the keys are here."""
        if self._connection is None:
            self._connection = self._connect()
        if not self._leading:
            row = self._connection.execute(self._named["lead_signing"]).fetchone()
            if not (row and row[0]):
                self.health = Health("standing by")
                return None
            if not self._growing.can_sign(self._connection):
                self.release()
                self.health = Health("standing by", "no signing key is here")
                return None
            self._leading = True
            self._connection.execute(self._named["forget_stoppage"], (NAME,))
        return self._connection

    def _note(self, error: Exception) -> None:
        if self._connection is not None and not self._connection.closed:
            self._connection.execute(self._named["note_stoppage"], (NAME, self.size, str(error)))
