"""Exports the log, or a stretch of it (账本导出), so that it can be verified by a stranger and read by programs for data."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from application.proofs import Proofs
from domain.proof.checkpoint import Checkpoint
from domain.proof.inclusion import proof_lines
from domain.proof.note import Note
from domain.proof.ranges import beside
from domain.proof.tiles import node_in
from infrastructure.bundle.program import verifier
from infrastructure.bundle.telling import INSTANTS, NUMBERS, as_json, told_event
from infrastructure.bundle.verifier.exported import EXPORT_FORM, PLACED, as_line, as_row
from infrastructure.bundle.verifier.facts import STORED
from infrastructure.postgres.session import Connections
from infrastructure.proof.rows import rows_of_log

Row = Mapping[str, Any]
Told = Callable[[int], None]
PART = 10_000
FORMATS = ("jsonl", "parquet")


class NoParquet(Exception):
    """What writes Parquet is not installed."""


class NoSuchStretch(LookupError):
    """The log that is signed has no such stretch."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was exported: the events of the positions from `first` on and before `end`, of a log of `size`."""

    first: int
    end: int
    size: int


class Exports:
    """Exports of the log of one schema."""

    def __init__(self, pool: Connections, schema: str, proofs: Proofs) -> None:
        self._pool, self._schema, self._proofs = pool, schema, proofs

    def write(self, folder: Path, first: int, end: int | None, form: str, told: Told) -> Exported:
        """Write the entries at indices from `first` to before `end` (None: all that is signed) into a folder, which must be empty.

        `told` how many more are written. Raises NoSuchStretch, NoParquet and OSError.
        """
        note = self._proofs.head()
        head = Checkpoint.parse(note.text) if note is not None else None
        found = Exported(first, head.size if end is None and head else end or 0, head.size if head else 0)
        if note is None or head is None or not 0 <= first < found.end <= head.size:
            raise NoSuchStretch(f"{first + 1} .. {found.end}: {found.size} entries are signed")
        writer = _writers()[form]
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise FileExistsError(f"{folder} is not empty")
        events = folder / f"events.{form}"
        writer(events, self._rows(found, told))
        for name, content in self._beside(found, note, head.origin, events.name).items():
            (folder / name).write_bytes(content)
        return found

    def _rows(self, found: Exported, told: Told) -> Iterator[Row]:
        with self._pool.connection() as connection:
            for index, row in enumerate(rows_of_log(connection, self._schema, found.first, found.end), found.first):
                yield as_row(told_event(index, row.stored))
                told(1)

    def _beside(self, found: Exported, note: Note, origin: str, events: str) -> dict[str, bytes]:
        """Everything but the events."""
        node = node_in(cache(self._proofs.tile))
        about = {"form": EXPORT_FORM, "origin": origin, "size": found.size, "first": found.first, "end": found.end}
        published = self._proofs.keys()
        return {
            "export.json": as_json({**about, "events": events}),
            "checkpoint": str(note).encode(),
            "keys": "".join(f"{each.key}\n" for each in published).encode(),
            "beside": proof_lines(beside(found.first, found.end, found.size, node)).encode(),
            "verify.py": verifier(),
        }


def _writers() -> Mapping[str, Callable[[Path, Iterator[Row]], None]]:
    return {"jsonl": write_lines, "parquet": write_parquet}


def write_lines(path: Path, rows: Iterator[Row]) -> None:
    """A row of JSON a line."""
    with path.open("wb") as file:
        for row in rows:
            file.write(as_line(dict(row)))


def write_parquet(path: Path, rows: Iterator[Row]) -> None:
    """A Parquet file with instants as instants and numbers as numbers. Raises NoParquet."""
    try:
        arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise NoParquet("pip install pyarrow") from error
    shape = arrow.schema([(name, _type(arrow, name)) for name in ("index", *PLACED, "salt", *STORED)])
    with parquet.ParquetWriter(path, shape, compression="zstd") as writer:
        while part := list(islice(rows, PART)):
            writer.write_table(arrow.Table.from_pylist([_typed(row) for row in part], schema=shape))


def _type(arrow: Any, name: str) -> Any:
    if name in INSTANTS:
        return arrow.timestamp("us", tz="UTC")
    if name in NUMBERS or name in ("index", *PLACED):
        return arrow.int64()
    return arrow.bool_() if name == "imported" else arrow.string()


def _typed(row: Row) -> dict[str, Any]:
    return {name: datetime.fromisoformat(value) if name in INSTANTS else value for name, value in row.items()}
