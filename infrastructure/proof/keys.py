"""What a log keeps outside the database (密钥目录): its signing keys, the keys that count, and the checkpoint that was signed last."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from domain.proof.checkpoint import Checkpoint
from domain.proof.note import Note, VerifierKey, sign
from domain.proof.trust import Trusted, read_trusted
from domain.proof.volumes import FIRST, ledger_of, origin_of, volume_of
from infrastructure.keys import folder
from infrastructure.proof.ed25519 import BadKey, SigningKey, generate
from infrastructure.settings import Settings

KEY, TRUSTED, KEPT, UNREADABLE = "signing-{}.key", "trusted.vkeys", "checkpoint", ".unreadable"


class KeptMoved(OSError):
    """Another signer was faster; who asks again finds what it signed."""


def log_keys_of(chosen: Settings) -> Path:
    """The folder of the keys of all logs that the settings name."""
    return chosen.log_keys_dir or chosen.home / "log"


def name_of(jurisdiction: str, ledger: UUID) -> str:
    """What names a ledger for ever in its entries and receipts, and the first volume of its log."""
    return f"anjuan/{jurisdiction}/{ledger.hex}"


class LogKeys:
    """The folder of one log. `root`: that of all logs of this installation; `ledger`: the id of the ledger; `name`: its name.

    Nothing is made before it is needed. Everything raises OSError or KeysExposed where the folder cannot be used.
    """

    def __init__(self, root: Path, ledger: UUID, name: str) -> None:
        self.path, self.name = root / ledger.hex, name

    @property
    def origin(self) -> str:
        """The origin of the volume that is signed now: that of the newest key that counts, and nothing else. Raises BadNote."""
        volumes = [volume_of(each.key.name) for each in self.trusted() if ledger_of(each.key.name) == self.name]
        return origin_of(self.name, max(volumes, default=FIRST))

    def signing(self) -> list[SigningKey]:
        """The private keys that sign now, those of the present volume; none where others do. Raises BadKey or BadNote."""
        return self.private(self.origin)

    def private(self, origin: str) -> list[SigningKey]:
        """The private keys of a volume that are here. Raises BadKey."""
        found = [SigningKey.parse(folder.read(each).decode()) for each in self._private()]
        return [each for each in found if each.name == origin]

    def make(self) -> SigningKey:
        """A new signing key, which counts from now on beside those there are."""
        made = generate(self.origin)
        self.trust(made.public)
        self._keep_private(made)
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

    def prepare(self, origin: str) -> SigningKey:
        """The private key that is to sign another volume, made if it is not here yet; it does not count before `succeed`."""
        self._ready()
        for path in self._private():
            with suppress(BadKey):
                found = SigningKey.parse(folder.read(path).decode())
                if found.name == origin:
                    return found
        made = generate(origin)
        self._keep_private(made)
        return made

    def succeed(self, key: VerifierKey, *, earlier: Iterable[VerifierKey], through: int) -> None:
        """Let the key of another volume count, and those of the volumes before, with some that were known `earlier` elsewhere, for
        trees of at most `through` leaves: in one breath. Then destroy what they signed with."""
        with folder.locked(self.path):
            known = {each.key: each.through for each in self.trusted()}
            before = dict.fromkeys(earlier) | known
            before.pop(key, None)
            ended = (Trusted(each, through if end is None else min(end, through)) for each, end in before.items())
            self._write_trusted([*ended, Trusted(key)])
            self.end_others()

    def end_others(self) -> None:
        """Destroy the private keys of all volumes but the present one; one that cannot be read is put aside."""
        for path in self._private():
            self._end(path, self.origin)

    def _end(self, path: Path, origin: str) -> None:
        try:
            if SigningKey.parse(folder.read(path).decode()).name != origin:
                folder.wipe(path)
        except BadKey:
            path.rename(path.with_suffix(UNREADABLE))

    def set_aside(self, volume: int) -> None:
        """Keep the checkpoint that is kept for ever beside it, before that of another volume takes its place."""
        aside, kept = self.path / f"{KEPT}.before-{volume}", self._read(KEPT)
        if kept is not None and not aside.exists():
            folder.write(aside, kept.encode())

    def kept_text(self) -> str | None:
        """The file of the checkpoint that was signed last, whatever it is; None where there is none."""
        return self._read(KEPT)

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

    def _private(self) -> list[Path]:
        return sorted(self.path.glob(KEY.format("*"))) if self.path.exists() else []

    def _keep_private(self, made: SigningKey) -> None:
        folder.write(self.path / KEY.format(made.public.id.hex()), made.text().encode())

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
