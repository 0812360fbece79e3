"""The law that comes with the package, rule profiles and the texts they quote, read from its files and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from domain.cases import EVENTS
from domain.kernel import field_names
from domain.law.limit import TimeLimit
from domain.law.practice import Practice
from domain.law.rulebook import Rulebook, check, check_quotes, parse, parse_practices

PACKAGE, PROFILES, TEXTS = "domain.law", "profiles", "texts"


@cache
def shipped_rulebook() -> Rulebook:
    """All rules of the package; a bad file is refused with its name, line and reason."""
    limits = shipped_limits()
    check_limits(limits, shipped_texts())
    practices = shipped_practices()
    check_quotes(practices, shipped_texts())
    return Rulebook(limits, practices)


def check_limits(limits: Iterable[TimeLimit], texts: Mapping[str, str]) -> None:
    """Refuse rules that quote what their texts do not say, or name what no case type records."""
    check(limits, texts, {topic: field_names(event) for topic, event in EVENTS.items()})


@cache
def shipped_limits() -> tuple[TimeLimit, ...]:
    """The rules of every profile, as read."""
    profiles = _files(PROFILES, ".toml").items()
    return tuple(limit for name, text in profiles for limit in parse(text, source=name))


@cache
def shipped_practices() -> tuple[Practice, ...]:
    """The practices of every profile, as read."""
    profiles = _files(PROFILES, ".toml").items()
    return tuple(practice for name, text in profiles for practice in parse_practices(text, source=name))


@cache
def shipped_texts() -> dict[str, str]:
    """The full texts that are quoted, by file name."""
    return _files(TEXTS, ".txt")


def _files(folder: str, ending: str) -> dict[str, str]:
    found = (each for each in (files(PACKAGE) / folder).iterdir() if each.name.endswith(ending))
    return {each.name: each.read_text(encoding="utf-8") for each in sorted(found, key=lambda each: each.name)}
