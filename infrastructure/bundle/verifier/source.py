"""What is verified (核验对象), read file by file: a ZIP, or the folder into which it was unpacked."""

from __future__ import annotations

import json
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any

from infrastructure.bundle.verifier.faults import CHANGED, INSERTED, REMOVED, Unable, Wrong

LARGEST = 1 << 28
"""More bytes than any file of a bundle has."""


class Source:
    """The files of a bundle by name."""

    def __init__(self, where: Path) -> None:
        """Raises Unable where there is neither a ZIP nor a folder, Wrong where a ZIP holds a name twice."""
        self.where = where
        self._zip: zipfile.ZipFile | None = None
        if not where.is_dir():
            try:
                self._zip = zipfile.ZipFile(where)
            except (OSError, zipfile.BadZipFile) as error:
                raise Unable(f"{where} 既不是 ZIP 也不是文件夹", f"{where} is neither a ZIP nor a folder") from error
            names = self._zip.namelist()
            if twice := {each for each in names if names.count(each) > 1}:
                raise Wrong(min(twice), INSERTED, "压缩包中同名文件出现两次", "the ZIP holds two files of this name")

    def names(self) -> list[str]:
        """The names of the files."""
        if self._zip is not None:
            return sorted(each for each in self._zip.namelist() if not each.endswith("/"))
        found = (each for each in self.where.rglob("*") if each.is_file() and "__pycache__" not in each.parts)
        return sorted(each.relative_to(self.where).as_posix() for each in found)

    def has(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return name in self.names()

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises Wrong."""
        try:
            if self._zip is None:
                return (self.where / name).read_bytes()
            if self._zip.getinfo(name).file_size > LARGEST:
                raise Wrong(name, CHANGED, "文件过大", "the file is too large")
            return self._zip.read(name)
        except (KeyError, FileNotFoundError) as error:
            raise Wrong(name, REMOVED, "文件缺失", "the file is missing") from error
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise Wrong(name, CHANGED, "文件无法读出", "the file cannot be read") from error

    def open(self, name: str) -> IO[bytes]:
        """A file, to be read piece by piece. Raises Wrong."""
        try:
            return (self.where / name).open("rb") if self._zip is None else self._zip.open(name)
        except (KeyError, OSError) as error:
            raise Wrong(name, REMOVED, "文件缺失", "the file is missing") from error

    def text(self, name: str) -> str:
        """The text of a file. Raises Wrong."""
        try:
            return self.read(name).decode()
        except UnicodeDecodeError as error:
            raise Wrong(name, CHANGED, "不是 UTF-8 文本", "this is no UTF-8 text") from error

    def json(self, name: str) -> Any:
        """What a JSON file says. Raises Wrong."""
        return parsed(self.text(name), name)


def parsed(text: str, name: str) -> Any:
    """What a JSON text says, read strictly. Raises Wrong."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Wrong(name, CHANGED, "不是有效的 JSON", "this is no valid JSON") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")
