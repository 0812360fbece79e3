"""The folder of a witness (见证目录): its key, closed to every other account, and its file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from application.witness import Witness
from domain.proof.note import COSIGNATURE, VerifierKey
from infrastructure.keys import folder
from infrastructure.proof.ed25519 import SigningKey, generate, verify
from infrastructure.witness.store import Shelf

KEY, FILE = "witness.key", "witness.db"


@dataclass(frozen=True, slots=True)
class Desk:
    """One witness: its public key, and what it keeps."""

    key: VerifierKey
    shelf: Shelf
    witness: Witness


def found_desk(path: Path, name: str) -> Desk:
    """Make a witness of this name in a folder. Raises FileExistsError where there is one."""
    with folder.locked(folder.make(path)):
        if (path / KEY).exists():
            raise FileExistsError(f"there is a witness in {path}")
        Shelf(path / FILE).make()
        folder.write(path / KEY, generate(name, COSIGNATURE).text().encode())
    return open_desk(path)


def open_desk(path: Path) -> Desk:
    """The witness in a folder. Raises FileNotFoundError, BadKey, or KeysExposed."""
    folder.closed(path)
    signing = SigningKey.parse(folder.read(path / KEY).decode())
    shelf = Shelf(path / FILE)
    return Desk(signing.public, shelf, Witness(shelf, signing.public, signing.sign, verify))
