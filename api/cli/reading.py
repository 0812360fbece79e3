"""Reading (查阅) what the command line names: a case by its number or id, every file of a ledger, a text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from api.cli.failing import NO, Failed
from api.cli.telling import progress
from api.cli.words import Words
from api.v1.numbers import case_named
from api.wiring import Place
from application.handle import TIMER, NotFound
from application.queries import Moment, Reading, read_case
from domain.kernel import Case, Entry

STEPS, SPAN = 1_000, 2**128


def read(place: Place, named: str, moment: Moment, now: datetime) -> tuple[Reading, Case]:
    """The file of a case at a moment, and the case; raises NotFound."""
    identifier = case_named(named)
    try:
        found = read_case(place.ledger, identifier, moment, TIMER, now=now)
        return found, found.case(identifier)
    except NotFound as missing:
        raise NotFound(named if str(identifier) in str(missing) else f"{named}: {missing}") from missing


def whole_files(place: Place, about: Words) -> Iterator[list[Entry]]:
    """Every file of a ledger with all its entries, under a bar that says how far it has come."""
    with progress(about, STEPS) as bar:
        shown = 0
        for entries in place.log.whole_files():
            yield entries
            reached = STEPS * entries[0].file_id.int // SPAN
            bar(reached - shown)
            shown = reached
        bar(STEPS - shown)


def text_of(path: Path) -> str:
    """What a file says; raises Failed where it is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Failed(NO, Words(f"{path.name} 不是 UTF-8 文本", f"{path.name} is not UTF-8 text")) from error
