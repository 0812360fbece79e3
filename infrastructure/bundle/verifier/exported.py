"""An export of the log, or of a range of it (账本导出): every line leads to the signed checkpoint, and none is missing."""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from infrastructure.bundle.verifier.facts import STAMP, STORED, Fact, fact_in
from infrastructure.bundle.verifier.faults import CHANGED, REORDERED, Unable, Wrong
from infrastructure.bundle.verifier.parcel import checked_head
from infrastructure.bundle.verifier.signed import Head, Key, Signer, name_and_volume, plain_hash
from infrastructure.bundle.verifier.source import Source, parsed
from infrastructure.bundle.verifier.tree import BadTree, leaf_of, root_of_range

EXPORT, BESIDE = "export.json", "beside"
EXPORT_FORM = "anjuan export/v1"
EXPORT_SHAPE = {"form": str, "origin": str, "size": int, "first": int, "end": int, "events": str}
PLACED = ("incarnation", "tx", "event_no")


class Exported(NamedTuple):
    """An export that holds: what it is about, its signed head, who signed it, and how many events of how many cases it has."""

    about: dict[str, Any]
    head: Head
    signers: list[Signer]
    events: int
    cases: int


def checked_export(source: Source, keys: list[Key]) -> Exported:
    """Check every line of an export, one after the other. Raises Wrong or Unable."""
    about = source.json(EXPORT)
    shaped = isinstance(about, dict) and {name: type(value) for name, value in about.items()} == EXPORT_SHAPE
    if not shaped or about["form"] != EXPORT_FORM or about["events"] not in ("events.jsonl", "events.parquet"):
        raise Wrong(EXPORT, CHANGED, f"格式不是 {EXPORT_FORM}", f"its form is not {EXPORT_FORM}")
    _, head, signers = checked_head(source, keys, about["origin"])
    if head.size != about["size"]:
        raise Wrong(EXPORT, CHANGED, "账本长度与检查点不符", "it names another size than the checkpoint")
    cases, first, end = set[bytes](), about["first"], about["end"]
    leaves = _leaves(source, about, head, cases)
    try:
        root = root_of_range(head.size, first, end, leaves, iter(_hashes(source)))
    except BadTree as error:
        raise Wrong(about["events"], CHANGED, f"行数与范围不符：{error}", str(error)) from error
    if root != head.root:
        zh, en = "各行与签名的检查点不符", "the lines do not lead to the signed checkpoint"
        raise Wrong(about["events"], CHANGED, zh, en)
    return Exported(about, head, signers, end - first, len(cases))


def _hashes(source: Source) -> list[bytes]:
    try:
        return [plain_hash(line) for line in source.text(BESIDE).splitlines()]
    except ValueError as error:
        raise Wrong(BESIDE, CHANGED, f"不是散列：{error}", f"this is no hash: {error}") from error


def _leaves(source: Source, about: dict[str, Any], head: Head, cases: set[bytes]) -> Iterator[bytes]:
    file, expected = about["events"], about["first"]
    rows = _lines(source, file) if file.endswith(".jsonl") else _rows(source, file)
    for row in rows:
        fact = _fact(row, f"{file}:{expected - about['first'] + 1}")
        if fact.index != expected:
            raise Wrong(fact.file, REORDERED, f"此处应为账目 {expected}", f"the entry {expected} should stand here")
        expected += 1
        cases.add(hashlib.sha256(fact.case.encode()).digest()[:12])
        yield leaf_of(fact.entry(name_and_volume(head.origin)[0]))


def _fact(row: Any, where: str) -> Fact:
    if not isinstance(row, dict) or set(row) != {"index", "salt", *PLACED, *STORED}:
        raise Wrong(where, CHANGED, "字段与事件不符", "it has other fields than an event")
    fields, order = {name: row[name] for name in STORED}, [row[name] for name in PLACED]
    return fact_in({"index": row["index"], "order": order, "salt": row["salt"], "fields": fields}, where)


def _lines(source: Source, file: str) -> Iterator[Any]:
    with source.open(file) as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield parsed(line.decode(), f"{file}:{number}")
            except UnicodeDecodeError as error:
                raise Wrong(f"{file}:{number}", CHANGED, "不是 UTF-8 文本", "this is no UTF-8 text") from error


def _rows(source: Source, file: str) -> Iterator[Any]:
    """The rows of a Parquet file; what reads it is asked for only here. Raises Unable."""
    try:
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise Unable(
            "读取 Parquet 需要 pyarrow：pip install pyarrow", "Parquet is read by pyarrow: pip install pyarrow"
        ) from error
    try:
        with source.open(file) as opened:
            for batch in parquet.ParquetFile(opened).iter_batches(2000):
                yield from map(_plain_row, batch.to_pylist())
    except (ValueError, OSError, KeyError) as error:
        raise Wrong(file, CHANGED, "Parquet 文件无法读出", "the Parquet file cannot be read") from error


def _plain_row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain_cell(value) for name, value in row.items()}


def _plain_cell(value: Any) -> Any:
    return value.astimezone(UTC).strftime(STAMP) if isinstance(value, datetime) else value


def as_line(row: dict[str, Any]) -> bytes:
    """A row of an export as a line."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def as_row(told: dict[str, Any]) -> dict[str, Any]:
    """An event as a bundle shows it, as a row of an export."""
    placed: Iterable[tuple[str, Any]] = zip(PLACED, told["order"], strict=True)
    return {"index": told["index"], **dict(placed), "salt": told["salt"], **told["fields"]}
