"""The law of one deployment (本地规则): what ships with the program, and beside it the profiles, calendars and texts of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from domain.law.calendar import Calendars
from domain.law.limit import TimeLimit
from domain.law.notice import BadEdition, parse_bases, parse_edition
from domain.law.practice import Practice
from domain.law.rulebook import BadProfile, Rulebook, check_quotes, parse, parse_practices
from infrastructure.calendar_files import BASES, STATUTORY, shipped_calendars
from infrastructure.law_files import check_limits, shipped_limits, shipped_practices, shipped_rulebook, shipped_texts

PROFILES, CALENDARS, TEXTS = "profiles", "calendars", "texts"
ENDINGS = {PROFILES: ".toml", CALENDARS: ".toml", TEXTS: ".txt"}


@dataclass(frozen=True, slots=True)
class Law:
    """Rules, calendars and quoted texts that a process works by."""

    rulebook: Rulebook
    calendars: Calendars
    texts: dict[str, str]

    def check_profile(self, text: str, name: str) -> tuple[TimeLimit, ...]:
        """The rules of a profile that is being written, checked against texts and events; raises BadProfile."""
        limits = parse(text, source=name)
        check_limits(limits, self.texts)
        check_quotes(parse_practices(text, source=name), self.texts)
        return limits


@cache
def law(folder: Path | None = None) -> Law:
    """What ships, with what the folder adds; raises BadProfile or BadEdition, naming file, line and reason.

    A file named as a profile that ships adds rules, and later versions of rules, to it; what ships is never changed.
    """
    if folder is None:
        return Law(shipped_rulebook(), shipped_calendars(), shipped_texts())
    _refuse_strangers(folder)
    texts = _texts(folder)
    limits = tuple(limit for path in _files(folder, PROFILES) for limit in _limits(path, texts))
    practices = tuple(each for path in _files(folder, PROFILES) for each in _practices(path, texts))
    rulebook = Rulebook((*shipped_limits(), *limits), (*shipped_practices(), *practices))
    return Law(rulebook, _calendars(folder), texts)


def _files(folder: Path, kind: str) -> list[Path]:
    inside = folder / kind
    return sorted(inside.iterdir()) if inside.is_dir() else []


def _refuse_strangers(folder: Path) -> None:
    """A file that nobody would read is a mistake of whoever put it there."""
    for path in sorted(folder.iterdir()):
        if path.name not in ENDINGS or not path.is_dir():
            raise BadProfile(str(path), 1, f"the folder holds {', '.join(ENDINGS)} and nothing else")
        for inside in _files(folder, path.name):
            if inside.suffix != ENDINGS[path.name] or not inside.is_file():
                raise BadProfile(str(inside), 1, f"{path.name} are files ending in {ENDINGS[path.name]}")


def _texts(folder: Path) -> dict[str, str]:
    found = {path.name: _read(path) for path in _files(folder, TEXTS)}
    for name in found.keys() & shipped_texts().keys():
        raise BadProfile(str(folder / TEXTS / name), 1, "a text of this name ships with the program")
    return {**shipped_texts(), **found}


def _limits(path: Path, texts: dict[str, str]) -> Iterator[TimeLimit]:
    known = {(limit.profile, limit.id, limit.since) for limit in shipped_limits()}
    try:
        limits = parse(_read(path), source=path.name)
        check_limits(limits, texts)
    except BadProfile as wrong:
        raise BadProfile(str(path), wrong.line, wrong.reason) from wrong
    for limit in limits:
        if (limit.profile, limit.id, limit.since) in known:
            reason = f"{limit.id}: the version of {limit.since} ships with the program; add a later one"
            raise BadProfile(str(path), limit.line, reason)
        yield limit


def _practices(path: Path, texts: dict[str, str]) -> tuple[Practice, ...]:
    found = parse_practices(_read(path), source=str(path))
    check_quotes(found, texts)
    return found


def _calendars(folder: Path) -> Calendars:
    shipped = shipped_calendars()
    bases, editions = dict(shipped.bases), list(shipped.editions)
    for path in _files(folder, CALENDARS):
        if path.name == STATUTORY:
            raise BadEdition(str(path), 1, "the statutory days are those of the whole country")
        if path.name == BASES:
            bases |= _bases(path, bases)
            continue
        edition = parse_edition(_read(path), str(path))
        if edition.id in {each.id for each in editions}:
            raise BadEdition(str(path), 1, f"there is an edition {edition.id} already")
        editions.append(edition)
    found = Calendars(editions, bases, shipped.statutory)
    for name in sorted(found.names):
        found[name]
    return found


def _bases(path: Path, known: dict[str, str]) -> dict[str, str]:
    said = parse_bases(_read(path), str(path))
    for name, base in said.items():
        if known.get(name, base) != base:
            raise BadEdition(str(path), 1, f"{name} rests on {known[name]}")
    return said


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadProfile(str(path), 1, "is not UTF-8 text") from error
