"""The jurisdictions of the demonstration (演示辖区): their ledgers, their tokens, and where they are kept between runs."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from api.cli.charter import Charter, read
from api.cli.failing import REFUSED, Failed
from api.cli.words import Words
from api.wiring import Administration, Place, Wiring, demonstration_county, shipped_registers
from application.founding import found
from domain.law.clock import CHINA

OPENED = datetime(2024, 4, 1, 9, tzinfo=CHINA)
"""Before the first of the county's cases."""

DALI, ISSUED = "dali", datetime(2016, 5, 10, 9, tzinfo=CHINA)
"""The prefecture whose plan is shown, and when the plan was issued."""

TIMER = "system"


@dataclass(frozen=True, slots=True)
class County:
    """What a run knows of the county: tokens by organ, and whether all cases were loaded."""

    jurisdiction: str
    tokens: Mapping[str, str]
    loaded: bool = False


class Notebook:
    """The file under the home folder in which one jurisdiction is noted; only its owner can read it."""

    def __init__(self, home: Path, name: str = "demo") -> None:
        self.path = home / f"{name}.json"

    def read(self) -> County | None:
        """What was noted last; None where nothing was, or nothing that can be read."""
        try:
            said = json.loads(self.path.read_text(encoding="utf-8"))
            return County(said["jurisdiction"], dict(said["tokens"]), bool(said["loaded"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, county: County) -> None:
        """Note a county, whole or not at all."""
        said = {"jurisdiction": county.jurisdiction, "loaded": county.loaded, "tokens": dict(county.tokens)}
        unfinished = self.path.with_suffix(".new")
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(said, file, indent=1)
        unfinished.replace(self.path)


def charter() -> Charter:
    """What the county is founded with."""
    return read(demonstration_county(), "xuanen.toml")


def dali() -> Charter:
    """What the prefecture is founded with: the organs that its plan names."""
    return read(shipped_registers()[DALI], "dali.organs.toml")


def prepare(
    wiring: Wiring, owner: Administration, notebook: Notebook, said: Charter | None = None, at: datetime = OPENED
) -> County:
    """The county, or another jurisdiction, as it was left; or a new one with its organs and tokens but no case yet."""
    said = said or charter()
    name = said.jurisdiction or "xuanen"
    known = notebook.read()
    there = {each.name: each.kind for each in owner.jurisdictions()}
    if there.get(name, "rehearsal") != "rehearsal":
        raise Failed(REFUSED, Words(f"{name} 是正式账本", f"{name} is a real ledger"))
    fresh = name not in there
    if fresh:
        owner.create_jurisdiction(name, kind="rehearsal")
    place = wiring.place(name)
    if not place.ledger.office().entries:
        _found(wiring, place, said, at)
    if fresh or known is None or known.jurisdiction != name or not _valid(wiring, known):
        tokens = {organ: owner.create_token(jurisdiction=name, organ=organ) for organ in _organs(said)}
        known = County(name, tokens)
        notebook.write(known)
    return known


def _found(wiring: Wiring, place: Place, said: Charter, at: datetime) -> None:
    founding = said.founding("rehearsal", said.calendar or "national", said.profiles)
    found(place.ledger, founding, at=at, now=wiring.now(), new_id=wiring.new_id, recorded_at=at)


def _valid(wiring: Wiring, known: County) -> bool:
    """Whether the database knows the tokens, and in the ledger that is meant."""
    callers = (wiring.caller(token) for token in known.tokens.values())
    return bool(known.tokens) and all(each is not None and each.jurisdiction == known.jurisdiction for each in callers)


def _organs(said: Charter) -> list[str]:
    return [*(str(each["organ"]) for each in said.organs), TIMER]
