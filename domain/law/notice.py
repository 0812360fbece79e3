"""Reads a holiday notice (放假通知) written as TOML or JSON; refuses, with file and line, what cannot be right."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from domain.law.edition import NATIONAL, Edition

NOT_READ = "not read"
"""What stands for the number of a notice that nobody has read: allowed up to 2019 only."""

READ_SINCE = 2020
NEEDED = {"calendar": str, "year": int, "notice": str, "published": date, "days_off": list}
ALLOWED = {**NEEDED, "workdays": list, "url": str, "note": str}
WORDS = {str: "a text", int: "a whole number", date: "a date such as 2026-01-31", list: "a list of dates"}


class BadEdition(Exception):
    """The file does not say what a notice can say."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file, self.line, self.reason = file, line, reason


def parse_edition(text: str, source: str) -> Edition:
    """The edition written in the text; `source` names the file in messages. Raises BadEdition."""
    page = Page(text, source)
    page.check_keys()
    year = page.values["year"]
    days_off, workdays = page.days("days_off", year), page.days("workdays", year)
    for day in sorted(set(days_off) & set(workdays)):
        raise page.wrong(f"{day} is both a day off and a workday", str(day), nth=2)
    _check_notice(page, year)
    if page.values["calendar"] == NATIONAL:
        _check_national(page, days_off, workdays)
    said = page.values
    return Edition(
        said["calendar"],
        year,
        said["notice"],
        page.day("published"),
        days_off,
        workdays,
        said.get("url"),
        said.get("note"),
    )


def parse_statutory(text: str, source: str) -> dict[int, tuple[date, ...]]:
    """The statutory days by year, from a file of lists named by their year. Raises BadEdition."""
    page = Page(text, source)
    for key in page.values:
        if not re.fullmatch(r"\d{4}", key):
            raise page.wrong(f"{key!r} is no year", key)
    return {int(key): page.days(key, int(key)) for key in page.values}


def parse_bases(text: str, source: str) -> dict[str, str]:
    """Which calendar each local calendar changes. Raises BadEdition."""
    page = Page(text, source)
    for key, value in page.values.items():
        if not isinstance(value, str):
            raise page.wrong(f"{key} must be a text", key)
    return page.values


def _check_notice(page: Page, year: int) -> None:
    notice, published = page.values["notice"], page.day("published")
    if not re.fullmatch(r"[a-z][a-z0-9-]*", page.values["calendar"]):
        raise page.wrong("a calendar is named in small letters, digits and hyphens", "calendar")
    if not notice.strip():
        raise page.wrong("the notice is missing: give its number, or its title", "notice")
    if notice == NOT_READ and year >= READ_SINCE:
        raise page.wrong(f"from {READ_SINCE} on the notice must have been read", "notice")
    if published.year not in (year - 1, year):
        raise page.wrong(f"published {published}: neither in {year - 1} nor in {year}", "published")


def _check_national(page: Page, days_off: tuple[date, ...], workdays: tuple[date, ...]) -> None:
    if not days_off:
        raise page.wrong("a national arrangement without a day off", "days_off")
    for day in workdays:
        if day.weekday() < 5:
            raise page.wrong(f"{day} is a {day:%A}: only a weekend day can be made a workday", str(day))


class Page:
    """The text with the values it holds, and the line to blame for each."""

    def __init__(self, text: str, source: str) -> None:
        self.text, self.source = text, source
        self.values = self._load()

    def check_keys(self) -> None:
        """Refuse a key that is missing, unknown or of another type."""
        for key in NEEDED:
            if key not in self.values:
                raise BadEdition(self.source, 1, f"{key} is missing")
        for key, value in self.values.items():
            if key not in ALLOWED:
                raise self.wrong(f"unknown key {key!r}", key)
            wanted = ALLOWED[key]
            if wanted is not date and (not isinstance(value, wanted) or isinstance(value, bool)):
                raise self.wrong(f"{key} must be {WORDS[wanted]}", key)
        if not 1990 <= self.values["year"] <= 2200:
            raise self.wrong(f"{self.values['year']} is no year of this law", "year")

    def day(self, key: str) -> date:
        """The date under the key."""
        return self._date(self.values[key], key)

    def days(self, key: str, year: int) -> tuple[date, ...]:
        """The dates listed under the key, in order: each once, each of the year."""
        found: set[date] = set()
        if not isinstance(self.values.get(key, []), list):
            raise self.wrong(f"{key} must be {WORDS[list]}", key)
        for value in self.values.get(key, []):
            day = self._date(value, key)
            if day in found:
                raise self.wrong(f"{day} is listed twice", str(day), nth=2)
            if day.year != year:
                raise self.wrong(f"{day} is not in {year}", str(day))
            found.add(day)
        return tuple(sorted(found))

    def wrong(self, reason: str, token: str, *, nth: int = 1) -> BadEdition:
        """The refusal, at the n-th place where the token stands (the publication date is not such a place)."""
        seen = place = 0
        for number, line in enumerate(self.text.splitlines(), 1):
            said = line.split("#")[0]
            if token != "published" and re.match(r'\s*"?published"?\s*[=:]', said):
                continue
            seen += len(re.findall(rf"(?<![\w-]){re.escape(token)}(?![\w-])", said))
            place = number if token in said and not place else place
            if seen >= nth:
                return BadEdition(self.source, number, reason)
        return BadEdition(self.source, place or 1, reason)

    def _date(self, value: object, key: str) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            try:
                return date.fromisoformat(value)
            except ValueError as wrong:
                raise self.wrong(f"{value}: no such day", value) from wrong
        raise self.wrong(f"{value!r} is not {WORDS[date]}", value if isinstance(value, str) else key)

    def _load(self) -> dict[str, Any]:
        try:
            read = json.loads(self.text, object_pairs_hook=_once) if self._is_json() else tomllib.loads(self.text)
        except json.JSONDecodeError as wrong:
            raise BadEdition(self.source, wrong.lineno, wrong.msg) from wrong
        except tomllib.TOMLDecodeError as wrong:
            place = re.search(r"at line (\d+)", str(wrong))
            line = int(place[1]) if place else len(self.text.splitlines()) or 1
            raise BadEdition(self.source, line, str(wrong)) from wrong
        except Twice as wrong:
            raise BadEdition(self.source, 1, f"{wrong} is given twice") from wrong
        return dict(read)

    def _is_json(self) -> bool:
        return self.text.lstrip().startswith("{")


class Twice(ValueError):
    """A JSON object names a key twice."""


def _once(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    for key, _ in pairs:
        if [name for name, _ in pairs].count(key) > 1:
            raise Twice(key)
    return dict(pairs)
