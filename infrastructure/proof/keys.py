"""What a log keeps outside the database (密钥目录): its signing keys, the keys that count, and the checkpoint that was signed last."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from domain.proof.checkpoint import Checkpoint
from domain.proof.note import Note, VerifierKey, sign
from domain.proof.trust import Trusted, read_trusted
from infrastructure.keys import folder
from infrastructure.proof.ed25519 import SigningKey, generate
from infrastructure.settings import Settings

KEY, TRUSTED, KEPT = "signing-{}.key", "trusted.vkeys", "checkpoint"


class KeptMoved(OSError):
    """Another signer was faster; who asks again finds what it signed."""


def log_keys_of(chosen: Settings) -> Path:
    """The folder of the keys of all logs that the settings name."""
    return chosen.log_keys_dir or chosen.home / "log"


def origin_of(jurisdiction: str, ledger: UUID) -> str:
    """What names the log of a ledger for ever, and its key."""
    return f"anjuan/{jurisdiction}/{ledger.hex}"


class LogKeys:
    """The folder of one log. `root`: that of all logs of this installation; `ledger`: the id of the ledger; `origin`: its name.

    Nothing is made before it is needed. Everything raises OSError or KeysExposed where the folder cannot be used.
    """

    def __init__(self, root: Path, ledger: UUID, origin: str) -> None:
        self.path, self.origin = root / ledger.hex, origin

    def signing(self) -> list[SigningKey]:
        """The private keys that sign now; none where others do. Raises BadKey."""
        files = sorted(self.path.glob(KEY.format("*"))) if self.path.exists() else []
        return [SigningKey.parse(folder.read(each).decode()) for each in files]

    def make(self) -> SigningKey:
        """A new signing key, which counts from now on beside those there are."""
        made = generate(self.origin)
        self.trust(made.public)
        folder.write(self.path / KEY.format(made.public.id.hex()), made.text().encode())
        return made

    def trusted(self) -> tuple[Trusted, ...]:
        """The keys that count; none before there are any. Raises BadNote."""
        return read_trusted(self._read(TRUSTED) or "")

    def trust(self, key: VerifierKey) -> None:
        """Let a key count."""
        self._ready()
        with folder.locked(self.path):
            known = self.trusted()
            if key not in {each.key for each in known}:
                self._write_trusted((*known, Trusted(key)))

    def retire(self, key: VerifierKey, through: int) -> None:
        """Let a key count for trees of at most `through` leaves and destroy what it signs with; LookupError if it does not count."""
        self._ready()
        with folder.locked(self.path):
            known = self.trusted()
            if key not in {each.key for each in known if each.through is None}:
                raise LookupError(str(key))
            self._write_trusted(Trusted(key, through) if each.key == key else each for each in known)
            private = self.path / KEY.format(key.id.hex())
            if private.exists():
                folder.wipe(private)

    def kept(self) -> Note | None:
        """The checkpoint that was signed last; None before the first. Raises BadNote."""
        found = self._read(KEPT)
        return None if found is None else Note.parse(found)

    def keep(self, note: Note) -> None:
        """Keep a checkpoint so that a power cut leaves it or the one before."""
        self._ready()
        folder.write(self.path / KEPT, str(note).encode())

    def keep_next(self, note: Note, *, after: Note | None) -> None:
        """The same, if what is kept is still the one after which it was signed. Raises KeptMoved."""
        self._ready()
        with folder.locked(self.path):
            if self.kept() != after:
                raise KeptMoved("something else has signed with these keys meanwhile")
            self.keep(note)

    def sign(self, head: Checkpoint) -> Note:
        """The checkpoint signed by every key that signs now."""
        text = head.text()
        return Note(text, tuple(sign(text, each.public, each.sign) for each in self.signing()))

    def _read(self, name: str) -> str | None:
        try:
            return folder.read(self.path / name).decode()
        except FileNotFoundError:
            return None

    def _write_trusted(self, keys: Iterable[Trusted]) -> None:
        folder.write(self.path / TRUSTED, "".join(f"{each}\n" for each in keys).encode())

    def _ready(self) -> None:
        folder.make(self.path.parent)
        folder.make(self.path)
