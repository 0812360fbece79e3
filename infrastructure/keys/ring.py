"""The keys of one subject (密钥环): of one case, as they lie in its file: those in use, and which ones were destroyed when."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from infrastructure.keys import folder
from infrastructure.keys.sealing import FORMAT, Unreadable, bound
from infrastructure.keys.wrapping import Purpose, Wrapped


@dataclass(frozen=True, slots=True)
class Kept:
    """A data key, wrapped."""

    id: UUID
    purpose: Purpose
    wrapped: Wrapped


@dataclass(frozen=True, slots=True)
class Destroyed:
    """That there was a data key, and when it was destroyed."""

    id: UUID
    purpose: Purpose
    at: datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose values are sealed, and erased, together: what one case of a ledger keeps of its complainant."""

    ledger: str
    case_id: UUID

    def about(self, key: UUID, purpose: Purpose) -> bytes:
        """What a key of the subject is bound to when it is wrapped."""
        return bound(FORMAT, self.ledger, str(self.case_id), purpose, key.hex)


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys of one subject."""

    keys: tuple[Kept, ...] = ()
    destroyed: tuple[Destroyed, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Ring:
        """The ring in a file, empty if there is none; raises Unreadable for a file that is damaged."""
        try:
            said = json.loads(folder.read(path))
            return cls(tuple(map(_key, said["keys"])), tuple(map(_destroyed, said["destroyed"])))
        except FileNotFoundError:
            return cls()
        except (ValueError, KeyError, TypeError) as wrong:
            raise Unreadable(f"{path} is damaged: put it back from its backup") from wrong

    def ids(self) -> set[UUID]:
        """Every key that there is or was."""
        return {*(each.id for each in self.keys), *(each.id for each in self.destroyed)}

    def content(self) -> bytes:
        """What stands in the file of the ring."""
        keys = [
            {
                "id": each.id.hex,
                "purpose": each.purpose,
                "kek": each.wrapped.kek,
                "wrapped": base64.b64encode(each.wrapped.content).decode(),
            }
            for each in self.keys
        ]
        gone = [{"id": each.id.hex, "purpose": each.purpose, "at": each.at.isoformat()} for each in self.destroyed]
        return json.dumps({"format": FORMAT, "keys": keys, "destroyed": gone}).encode()


def _key(said: Any) -> Kept:
    wrapped = Wrapped(said["kek"], base64.b64decode(said["wrapped"], validate=True))
    return Kept(UUID(said["id"]), Purpose(said["purpose"]), wrapped)


def _destroyed(said: Any) -> Destroyed:
    return Destroyed(UUID(said["id"]), Purpose(said["purpose"]), datetime.fromisoformat(said["at"]))
