"""Signers that are killed: one process that forks them, so that a hundred deaths cost a hundred forks and not a hundred starts.

Told a line, it forks a child that does it, says the child's number, and after its end how it ended.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from domain.proof.checkpoint import Checkpoint
from domain.proof.merkle import leaf_hash, root_of
from domain.proof.note import Note
from infrastructure import sequencer
from infrastructure.postgres.pool import Pool, connect
from infrastructure.proof import signer
from infrastructure.proof.alone import sequencing
from infrastructure.proof.anew import Anew
from infrastructure.proof.growing import Growing
from infrastructure.proof.keys import LogKeys
from infrastructure.proof.rows import rows_of_log
from tests.proof.beginning import record
from tests.proof.ledgers import Signed
from tests.store.facts import log_of

ALIVE = 0


class Steps:
    """Dies before the step of this number."""

    def __init__(self, last: int) -> None:
        self._left = last

    def __call__(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class DyingCursor:
    """A cursor on which each row may be the last."""

    def __init__(self, cursor: psycopg.Cursor[Any], step: Callable[[], None]) -> None:
        self._cursor, self._step = cursor, step
        self.copy = cursor.copy

    def executemany(self, statement: bytes, rows: Sequence[Any]) -> None:
        for row in rows:
            self._step()
            self._cursor.execute(statement, row)

    def __enter__(self) -> DyingCursor:
        return self

    def __exit__(self, *error: object) -> None:
        self._cursor.close()


class DyingConnection:
    """A connection on which each statement, and each end of a transaction, may be the last."""

    def __init__(self, connection: psycopg.Connection[Any], step: Callable[[], None]) -> None:
        self._connection, self._step = connection, step

    def execute(self, *words: Any, **more: Any) -> Any:
        self._step()
        return self._connection.execute(*words, **more)

    def cursor(self) -> Any:
        self._step()
        return DyingCursor(self._connection.cursor(), self._step)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._connection.transaction():
            yield
            self._step()
        self._step()


class DyingKeys(LogKeys):
    """A folder in which each change may be the last."""

    step: Callable[[], None]

    def keep(self, note: Note) -> None:
        self.step()
        super().keep(note)
        self.step()

    def make(self) -> Any:
        self.step()
        made = super().make()
        self.step()
        return made


class BeginningKeys(DyingKeys):
    """The same down to each file, for what begins anew."""

    def set_aside(self, volume: int) -> None:
        self.step()
        super().set_aside(volume)
        self.step()

    def _write_trusted(self, keys: Any) -> None:
        self.step()
        super()._write_trusted(keys)
        self.step()

    def _keep_private(self, made: Any) -> None:
        self.step()
        super()._keep_private(made)
        self.step()

    def _end(self, path: Path, origin: str) -> None:
        super()._end(path, origin)
        self.step()


class Careless:
    """What the signer is not: it adds to the tree and says how far it came in two steps, and believes what it finds."""

    def __init__(self, schema: str, keys: LogKeys) -> None:
        self._schema, self._keys = schema, keys

    def advance(self, connection: Any) -> None:
        schema = self._schema
        (size,) = connection.execute(f"select coalesce(max(size), 0) from {schema}.checkpoint".encode()).fetchone()
        (end,) = connection.execute(f"select coalesce(max(position), 0) from {schema}.log".encode()).fetchone()
        rows = rows_of_log(connection, schema, size, end)
        leaves = b"".join(leaf_hash(each.entry(self._keys.origin)) for each in rows)
        add = f"""insert into {schema}.tile as t values (0, 0, %s)
            on conflict (level, number) do update set hashes = t.hashes || excluded.hashes"""
        connection.execute(add.encode(), [leaves])
        (hashes,) = connection.execute(f"select hashes from {schema}.tile where level = 0".encode()).fetchone()
        root = root_of(hashes[at : at + 32] for at in range(0, len(hashes), 32))
        note = self._keys.sign(Checkpoint(self._keys.origin, end, root))
        connection.execute(f"insert into {schema}.checkpoint values (%s, %s)".encode(), [end, str(note)])


class Mortal:
    """The process that forks, seen from a test, over one ledger."""

    def __init__(self, url: str, signed: Signed) -> None:
        words = [url, signed.log.schema, str(signed.ledger), signed.origin, str(signed.root)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.proof.dying", *words],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def begin(self, what: str, number: int = 0) -> int:
        """Have a child do something; its process number."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what} {number}\n")
        self._process.stdin.flush()
        return self._said()

    def ended(self) -> int:
        """How the child ended: 0, or the signal as a negative number."""
        return self._said()

    def close(self) -> None:
        """Let the process end."""
        self._process.communicate(timeout=30)

    def _said(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())


def sign_until(last: int, url: str, schema: str, keys: DyingKeys, *, careless: bool = False) -> None:
    """One turn of a signer that dies before a step."""
    keys.step = Steps(last)
    with connect(url, name="dying") as connection:
        dying: Any = DyingConnection(connection, keys.step)
        tree: Any = Careless(schema, keys) if careless else Growing(schema, keys)
        tree.advance(dying)


def begin_until(last: int, url: str, schema: str, keys: BeginningKeys) -> None:
    """A log that begins anew, where the operator's machine dies before a step."""
    keys.step = Steps(last)
    with closing(Pool(url, size=1)) as pool:
        signed = Signed(pool, log_of(pool, schema), keys.path.parent)

        def recorded(loss: Any) -> None:
            keys.step()
            record(signed, loss)
            keys.step()

        @contextmanager
        def connecting(url: str, **more: Any) -> Iterator[Any]:
            with connect(url, **more) as connection:
                yield DyingConnection(connection, keys.step)

        Anew(url, schema, keys, rehearsal=False, given=(), record=recorded, connecting=connecting).begin()


def work(number: int, url: str, root: Path) -> None:
    """Sequence and sign as the command does, as fast as it goes, until killed."""
    sequencer.STANDBY_SECONDS = signer.STANDBY_SECONDS = 0.005
    background = sequencing(url, root)
    background.start()
    for each in background.workers():
        each._rest = each._poll = 0.001
    time.sleep(600)


def main(url: str, schema: str, ledger: str, origin: str, root: str) -> None:
    """Fork for each line until there is no more."""
    keys = DyingKeys(Path(root), UUID(ledger), origin)
    beginning = BeginningKeys(Path(root), UUID(ledger), origin)
    deeds: dict[str, Callable[[int], None]] = {
        "sign": partial(sign_until, url=url, schema=schema, keys=keys),
        "careless": partial(sign_until, url=url, schema=schema, keys=keys, careless=True),
        "begin": partial(begin_until, url=url, schema=schema, keys=beginning),
        "work": partial(work, url=url, root=Path(root)),
    }
    for line in sys.stdin:
        what, number = line.split()
        child = os.fork()
        if child == 0:
            deeds[what](int(number))
            os._exit(ALIVE)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
