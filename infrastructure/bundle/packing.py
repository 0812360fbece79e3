"""Packs the files of a bundle (打包) so that the same files are the same bytes, with a list of contents that may be signed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from hashlib import sha256
from importlib.resources import files
from io import BytesIO

from domain.proof.note import Note
from infrastructure.bundle.program import verifier

Seal = Callable[[str], Note | None]
"""Signs a text, if it can."""

EPOCH = (1980, 1, 1, 0, 0, 0)
FORM = "anjuan contents/v1"
PLAIN = 0o100644 << 16


def packed(told: Mapping[str, bytes], origin: str, seal: Seal | None = None) -> bytes:
    """The ZIP of these files with the program that verifies them: nothing in it depends on when and where it is made."""
    readme = (files("infrastructure.bundle") / "readme.txt").read_bytes()
    whole = {**told, "README.md": readme, "verify.py": verifier()}
    whole["contents"] = contents(whole, origin, seal)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(whole.items()):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system, entry.external_attr = 3, PLAIN
            archive.writestr(entry, content)
    return made.getvalue()


def contents(whole: Mapping[str, bytes], origin: str, seal: Seal | None = None) -> bytes:
    """The list of the files with the hash of each, signed if anything signs it."""
    lines = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(whole.items()))
    text = f"{FORM}\n{origin}\n{lines}"
    note = None if seal is None else seal(text)
    return (text if note is None else str(note)).encode()
