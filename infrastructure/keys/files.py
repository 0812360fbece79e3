"""Data keys in files (密钥文件): a file for each subject below one folder, safe with all processes and threads of one machine."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from infrastructure.keys import folder
from infrastructure.keys.ring import Destroyed, Kept, Ring, Subject
from infrastructure.keys.sealing import BITS, DataKey, Unreadable
from infrastructure.keys.store import Standing
from infrastructure.keys.wrapping import KekFiles, KeyEncryption, NoSuchKek, Purpose
from infrastructure.settings import Settings

SUBJECTS, KEKS, DIGEST, MARKS = "subjects", "keks", "digest", "marks"
TYPE = ".json"


def keys_of(settings: Settings) -> KeyFiles:
    """The keys that the settings name."""
    return KeyFiles(
        settings.keys_dir or settings.home / "keys", KekFiles(settings.keks_dir) if settings.keks_dir else None
    )


class KeyFiles:
    """The key store of one machine. Nothing is made before it is needed, and no key is kept in memory.

    `keks`: who wraps (None: files in the same folder).
    """

    def __init__(self, path: Path, keks: KeyEncryption | None = None) -> None:
        self.path = path
        self.keks = keks or KekFiles(path / KEKS)

    def living(self, subject: Subject, purpose: Purpose) -> DataKey:
        """The key to seal with, made and safely stored if there is none. Raises Unreadable if it cannot be unwrapped."""
        with self._changing(subject) as path:
            ring = Ring.read(path)
            if found := next((each for each in ring.keys if each.purpose == purpose), None):
                return self._unwrapped(subject, found)
            made = self._new_keys(ring)
            kept = (self._wrapped(subject, each, key) for each, key in made.items())
            folder.write(path, Ring((*ring.keys, *kept), ring.destroyed).content())
            return made[purpose]

    def find(self, subject: Subject, key: UUID) -> DataKey | None:
        """The key that was sealed with; None if it was destroyed. Raises Unreadable if it is not known."""
        try:
            return self._find(subject, key)
        except Unreadable:
            return self._find(subject, key)  # it may just have been wrapped anew

    def destroy(self, subject: Subject, at: datetime) -> int:
        """Destroy every key of a subject; how many there were."""
        with self._changing(subject) as path:
            ring = Ring.read(path)
            gone = tuple(Destroyed(each.id, each.purpose, at) for each in ring.keys)
            if gone:
                folder.replace(path, Ring((), (*ring.destroyed, *gone)).content())
        return len(gone)

    def adopt(self, old: str, new: str, held: Callable[[], Iterable[tuple[UUID, UUID]]]) -> int:
        """Let a ledger have its keys under another name: those of the cases and keys that it `held`. How many cases there were.

        May be interrupted and repeated. Keys that it does not hold are another ledger's, and stay.
        """
        if not (self.path / SUBJECTS / old).exists():
            return 0
        return sum(self._adopt(Subject(old, case), Subject(new, case), key) for case, key in held())

    def standing(self) -> Standing:
        """What there is."""
        rings = [Ring.read(self._path(subject)) for subject in self._subjects()]
        counted = Counter(each.wrapped.kek for ring in rings for each in ring.keys)
        known = [self.keks.ids(purpose) for purpose in Purpose]
        wrapped = {kek: counted[kek] for kek in sorted({*counted, *(kek for each in known for kek in each)})}
        return Standing(
            wrapped, frozenset(each[-1] for each in known if each), sum(len(ring.destroyed) for ring in rings)
        )

    def rotate(self, *, keep_old: bool = False) -> Standing:
        """Wrap every data key with new key-encryption keys and destroy the older ones, unless they are to be kept.

        Most of it while others go on. Then, while nobody wraps anything, what was being made meanwhile; only after that is an
        older key destroyed, so that nothing is ever wrapped with a key that is gone.
        """
        with folder.locked(folder.make(self.path)):
            new = {self.keks.renew(purpose) for purpose in Purpose}
            for subject in self._subjects():
                with self._changing(subject) as path:
                    self._rewrap(subject, path, new)
            with folder.locked(folder.make(self.path / SUBJECTS)):
                for subject in self._subjects():
                    self._rewrap(subject, self._path(subject), new)
                if not keep_old:
                    self._retire(new)
                return self.standing()

    def wrong(self) -> str | None:
        """Why the keys cannot be used; None if they can. The keys that are in use are tried out."""
        if not self.path.exists():
            above = next(each for each in self.path.parents if each.exists())
            return None if os.access(above, os.W_OK) else "PermissionError"
        try:
            folder.closed(self.path)
            for purpose in Purpose:
                if self.keks.ids(purpose):
                    self.keks.unwrap(self.keks.wrap(purpose, b"", b""), b"")
        except (OSError, folder.KeysExposed, Unreadable, NoSuchKek) as error:
            return type(error).__name__
        return None

    def digest_key(self) -> bytes:
        """What requests that may hold protected values are hashed with, so that no hash confirms a guess."""
        return self._single(DIGEST)

    def mark_key(self) -> bytes:
        """What numbers are marked with, so that whoever has the marks cannot try numbers out."""
        return self._single(MARKS)

    def _single(self, name: str) -> bytes:
        """A key of its own, made when it is first asked for."""
        path = folder.make(self.path) / name
        if not path.exists():
            with folder.locked(self.path):
                if not path.exists():
                    folder.write(path, os.urandom(32))
        return folder.read(path)

    def _new_keys(self, ring: Ring) -> dict[Purpose, DataKey]:
        """A key for every purpose that lacks one: what a case says first is mostly of both, and one write is half of two."""
        lacking = set(Purpose) - {each.purpose for each in ring.keys}
        return {each: DataKey(uuid4(), AESGCM.generate_key(BITS)) for each in sorted(lacking)}

    def _find(self, subject: Subject, key: UUID) -> DataKey | None:
        ring = Ring.read(self._path(subject))
        if found := next((each for each in ring.keys if each.id == key), None):
            return self._unwrapped(subject, found)
        if any(each.id == key for each in ring.destroyed):
            return None
        raise Unreadable(f"the key {key} of case {subject.case_id} is missing, and it was not destroyed")

    def _wrapped(self, subject: Subject, purpose: Purpose, key: DataKey) -> Kept:
        if not self.keks.ids(purpose) and self._has(purpose) and not self.keks.ids(purpose):
            raise Unreadable(f"every key-encryption key of {purpose} is missing: put them back from their backup")
        return Kept(key.id, purpose, self.keks.wrap(purpose, key.secret, subject.about(key.id, purpose)))

    def _has(self, purpose: Purpose) -> bool:
        rings = (Ring.read(self._path(subject)) for subject in self._subjects())
        return any(each.purpose == purpose for ring in rings for each in ring.keys)

    def _unwrapped(self, subject: Subject, kept: Kept) -> DataKey:
        try:
            return DataKey(kept.id, self.keks.unwrap(kept.wrapped, subject.about(kept.id, kept.purpose)))
        except NoSuchKek as lost:
            raise Unreadable(f"the key-encryption key {lost} is missing: put it back from its backup") from lost

    def _adopt(self, old: Subject, new: Subject, key: UUID) -> bool:
        before = Ring.read(self._path(old))
        if key not in before.ids():
            return False
        with self._changing(new) as path:
            had = Ring.read(path)
            moved = (each for each in before.keys if each.id not in had.ids())
            keys = (self._wrapped(new, each.purpose, self._unwrapped(old, each)) for each in moved)
            gone = (each for each in before.destroyed if each.id not in had.ids())
            folder.write(path, Ring((*had.keys, *keys), (*had.destroyed, *gone)).content())
        with self._changing(old) as path:
            folder.wipe(path)
        return True

    def _rewrap(self, subject: Subject, path: Path, new: set[str]) -> None:
        ring = Ring.read(path)
        if not {each.wrapped.kek for each in ring.keys} <= new:
            keys = (self._wrapped(subject, each.purpose, self._unwrapped(subject, each)) for each in ring.keys)
            folder.replace(path, Ring(tuple(keys), ring.destroyed).content())
        for half in path.parent.glob(f"{folder.HALF_WRITTEN}*"):
            half.unlink()

    def _retire(self, new: set[str]) -> None:
        old = {each for purpose in Purpose for each in self.keks.ids(purpose)} - new
        if used := {each for each, count in self.standing().wrapped.items() if count} - new:
            raise Unreadable(f"still wrapped with {', '.join(sorted(used))}: no key-encryption key was destroyed")
        for each in sorted(old):
            self.keks.retire(each)

    def _path(self, subject: Subject) -> Path:
        name = subject.case_id.hex
        return self.path / SUBJECTS / subject.ledger / name[:2] / f"{name}{TYPE}"

    @contextmanager
    def _changing(self, subject: Subject) -> Iterator[Path]:
        """The file of a subject, for one at a time to change, and for nobody while older keys are destroyed."""
        path = self._path(subject)
        for each in (self.path, path.parents[2], path.parents[1], path.parent):
            folder.make(each)
        with folder.locked(self.path / SUBJECTS, shared=True), folder.locked(path.parent):
            yield path

    def _subjects(self) -> Iterator[Subject]:
        for path in sorted((self.path / SUBJECTS).glob(f"*/*/[!.]*{TYPE}")):
            yield Subject(path.parent.parent.name, UUID(path.stem))
