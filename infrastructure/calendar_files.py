"""The calendars that come with the package, read from its files."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from domain.law.calendar import Calendars
from domain.law.notice import parse_bases, parse_edition, parse_statutory

FOLDER = ("domain.law", "calendars")
BASES, STATUTORY = "bases.toml", "statutory.toml"


@cache
def shipped_calendars() -> Calendars:
    """All calendars under the editions of the package; read once."""
    texts = shipped_texts()
    bases = parse_bases(texts.pop(BASES), BASES)
    statutory = parse_statutory(texts.pop(STATUTORY), STATUTORY)
    return Calendars((parse_edition(text, name) for name, text in texts.items()), bases, statutory)


def shipped_texts() -> dict[str, str]:
    """The files by name, in the order of their names."""
    package, folder = FOLDER
    found = (each for each in (files(package) / folder).iterdir() if each.name.endswith(".toml"))
    return {each.name: each.read_text(encoding="utf-8") for each in sorted(found, key=lambda each: each.name)}
