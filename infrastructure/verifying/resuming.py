"""How far a verification has come (续验), in a file from which the next one goes on; only as long as nothing was found wrong."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from domain.proof.roots import Roots
from infrastructure.verifying.heads import Agreement
from infrastructure.verifying.walk import Way


class BadState(ValueError):
    """A file is no state of a verification of this log; the message says why."""


def read_way(path: Path, ledger: str) -> Way | None:
    """The way that was kept in a file; None where there is none. Raises BadState."""
    if not path.exists():
        return None
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said["origin"] != ledger:
            raise BadState(f"{path} is of another log: {said['origin']}")
        return _way(said)
    except (ValueError, KeyError, TypeError) as error:
        raise BadState(f"{path}: {error}") from error


def write_way(path: Path, ledger: str, way: Way) -> None:
    """Keep a way, all of it or none."""
    said = {
        "origin": ledger,
        "size": way.roots.size,
        "hashes": [each.hex() for each in way.roots.hashes],
        "upper": [[each.hex() for each in row] for row in way.upper],
        "agreed": way.agreement.by_events,
        "root": way.agreement.root.hex(),
        "checkpoints": way.agreement.heads,
        "newest": way.agreement.newest,
        "kept": way.agreement.kept,
        "order": list(way.order),
        "latest": way.latest,
        "manifests": way.manifests,
    }
    beside = path.with_name(path.name + ".new")
    beside.write_text(json.dumps(said), encoding="utf-8")
    os.replace(beside, path)


def _way(said: dict[str, Any]) -> Way:
    incarnation, tx, event_no = said["order"]
    agreed = int(said["agreed"])
    return Way(
        Roots(said["size"], map(bytes.fromhex, said["hashes"])),
        [[bytes.fromhex(each) for each in row] for row in said["upper"]],
        Agreement(agreed, agreed, bytes.fromhex(said["root"]), said["checkpoints"], said["newest"], said["kept"]),
        (incarnation, tx, event_no),
        said["latest"],
        said.get("manifests", 0),
    )
