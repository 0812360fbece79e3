"""The jurisdictions of the demonstration (演示辖区): their ledgers, their tokens, and where they are kept between runs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from api.cli.charter import Charter, read
from api.cli.failing import REFUSED, Failed
from api.cli.wiring import demonstration_county, shipped_registers
from api.cli.words import Words
from api.wiring import Administration, Place, Wiring
from application.founding import found
from domain.cases.jurisdiction.events import Duty
from domain.law.clock import CHINA

OPENED = datetime(2024, 4, 1, 9, tzinfo=CHINA)
"""Before the first of the county's cases."""

DALI, ISSUED = "dali", datetime(2016, 5, 10, 9, tzinfo=CHINA)
"""The prefecture whose plan is shown, and when the plan was issued."""

TIMER = "system"

SHOWN = ("zjj", "slj", "jtj", "scj", "gaj", "zwj", "jwjc", "admin")
"""Departments whose credentials are printed: those of the cases, the coordinating office, a reader, the administrator."""


@dataclass(frozen=True, slots=True)
class County:
    """What a run knows of the county: tokens by organ, and whether all cases were loaded.

    `passwords`: of the accounts by name, known to the run that made them and noted nowhere.
    """

    jurisdiction: str
    tokens: Mapping[str, str]
    loaded: bool = False
    passwords: Mapping[str, str] = field(default_factory=dict)


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
        known = County(name, {organ: _token(owner, name, organ) for organ in _organs(said)})
        notebook.write(known)
    return replace(known, passwords=_accounts(owner, name, said)) if fresh else known


def _token(owner: Administration, name: str, organ: str) -> str:
    officer = "" if organ == TIMER else officer_of(organ)
    return owner.create_token(jurisdiction=name, organ=organ, officer=officer, demonstration=True)


def _accounts(owner: Administration, name: str, said: Charter) -> Mapping[str, str]:
    """An account of the officer of each organ that is shown, with its password."""
    accounts, there = owner.keeper(name).accounts, _organs(said)
    officers = [officer_of(organ) for organ in SHOWN if organ in there]
    return {each: accounts.add(each, each, made_by="anjuan demo", demonstration=True) for each in officers}


def officer_of(organ: str) -> str:
    """The officer who acts for an organ in a demonstration."""
    return f"{organ}-1"


def officers_of(organs: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """One officer of each organ, as the register takes them."""
    duties = (Duty.HANDLER, Duty.INTAKE)
    return tuple(
        {"officer": officer_of(str(each["organ"])), "name": f"{each['name_zh']}经办人", "organ": each["organ"],
         "duties": duties}
        for each in organs
    )  # fmt: skip


def _found(wiring: Wiring, place: Place, said: Charter, at: datetime) -> None:
    staffed = replace(said, officers=said.officers or officers_of(said.organs))
    founding = staffed.founding("rehearsal", said.calendar or "national", said.profiles)
    found(place.ledger, founding, at=at, now=wiring.now(), new_id=wiring.new_id, recorded_at=at)


def _valid(wiring: Wiring, known: County) -> bool:
    """Whether the database knows the tokens, and in the ledger that is meant."""
    callers = (wiring.door.bearer(token) for token in known.tokens.values())
    return bool(known.tokens) and all(each is not None and each.jurisdiction == known.jurisdiction for each in callers)


def _organs(said: Charter) -> list[str]:
    return [*(str(each["organ"]) for each in said.organs), TIMER]
