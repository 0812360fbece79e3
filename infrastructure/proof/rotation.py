"""The change of signing keys (密钥轮换): a new one beside the old, both sign, and the old one retires; published in the database."""

from __future__ import annotations

from typing import NamedTuple

from application.proofs import CHECKPOINT
from domain.proof.checkpoint import Checkpoint
from domain.proof.note import VerifierKey
from infrastructure.postgres.session import Connections
from infrastructure.postgres.statements import statements
from infrastructure.proof.keys import LogKeys


class LastKey(Exception):
    """The log would be left without a key that signs."""


class NoSuchKey(LookupError):
    """No key with this id signs."""


class KeyStanding(NamedTuple):
    """A key that counts: whether it signs here, and through which size it counts if it was retired."""

    key: VerifierKey
    signs: bool
    through: int | None


class LogKeyring:
    """The keys of one log, and where they are published. `pool`: connections of the role that signs."""

    def __init__(self, pool: Connections, schema: str, keys: LogKeys) -> None:
        self._pool, self._named, self._keys = pool, statements(schema), keys

    def standing(self) -> list[KeyStanding]:
        """Every key that counts, oldest first."""
        signing = {each.public for each in self._keys.signing()}
        return [KeyStanding(each.key, each.key in signing, each.through) for each in self._keys.trusted()]

    def rotate(self) -> VerifierKey:
        """A new key, which signs from the next checkpoint on beside the present one. Raises NoSuchKey where none signs here."""
        if not self._keys.signing():
            raise NoSuchKey("no key signs here yet")
        made = self._keys.make().public
        with self._pool.connection() as connection:
            connection.execute(self._named["publish_key"], (str(made), CHECKPOINT))
        return made

    def retire(self, key_id: str) -> KeyStanding:
        """Let a key sign no more; it counts for what it has signed. Raises NoSuchKey or LastKey."""
        signing = {each.public.id.hex(): each.public for each in self._keys.signing()}
        if key_id not in signing:
            raise NoSuchKey(key_id)
        if len(signing) == 1:
            raise LastKey(key_id)
        kept = self._keys.kept()
        through = 0 if kept is None else Checkpoint.parse(kept.text).size
        self._keys.retire(signing[key_id], through)
        with self._pool.connection() as connection:
            connection.execute(self._named["retire_key"], (str(signing[key_id]),))
        return KeyStanding(signing[key_id], signs=False, through=through)
