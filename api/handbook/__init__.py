"""The handbook (手册): pages of docs/ that are written from the code and the data they describe, and so stay true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api.handbook import calendars, commands, coverage, glossary, problems, rules, steps
from api.handbook.sources import first_lines
from api.wiring import shipped_law
from domain.cases import CASES, EVENTS
from domain.kernel import Case, Event
from domain.law.calendar import Calendars
from domain.law.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Subject:
    """What the pages are written from. `lines`: the first line of every module, by its path."""

    types: Mapping[str, type[Case]]
    events: Mapping[str, type[Event]]
    rulebook: Rulebook
    calendars: Calendars
    lines: Mapping[str, str]


def pages(subject: Subject) -> dict[str, str]:
    """The pages by file name."""
    return {
        "rules.md": rules.page(subject.rulebook, subject.events),
        "steps.md": steps.page(subject.types, subject.rulebook),
        "glossary.md": glossary.page(subject.lines, subject.types, subject.events, subject.rulebook),
        "calendars.md": calendars.page(subject.calendars),
        "errors.md": problems.page(),
        "commands.md": commands.page(),
        "coverage.md": coverage.page(coverage.shipped_rows(), subject.rulebook),
    }


def shipped() -> Subject:
    """Everything that comes with the package."""
    return Subject(CASES, EVENTS, shipped_law().rulebook, shipped_law().calendars, first_lines())


def write(folder: Path) -> list[Path]:
    """Write the pages into a folder; answers their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {folder / name: text for name, text in pages(shipped()).items()}
    for path, text in found.items():
        path.write_text(text, encoding="utf-8")
    return list(found)
