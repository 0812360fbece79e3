"""A practice (做法) is a choice that the documents make differently, with the sentence that makes it: who approves, who consents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.law.limit import Citation
from domain.law.profile_format import BadProfile, citation, tables
from domain.law.strict_table import Table, Wrong

CHOICES: Mapping[str, tuple[str, ...]] = {
    "meeting-call": ("convenor", "office"),
    "meeting-proposal": ("free", "convenor"),
    "crime-meeting-proposal": ("office", "convenor", "free"),
    "meeting-agenda": ("convenor", "consultation"),
    "meeting-minutes": ("office", "attendees"),
    "identity-retention": ("15 years", "10 years", "30 years"),
}
"""What a profile may say about each subject; the first is what holds where it is silent."""


@dataclass(frozen=True, slots=True)
class Practice:
    """One choice of one profile. In force from `since`; a later one about the same takes its place."""

    about: str
    choice: str
    profile: str
    title_zh: str
    title_en: str
    citation: Citation
    since: date
    reading: str | None = None
    line: int = 0


class Practices:
    """The practices of all profiles."""

    def __init__(self, practices: Iterable[Practice] = ()) -> None:
        self.all = tuple(practices)

    def choice(self, about: str, profiles: Iterable[str], on: date) -> str:
        """What the first of these profiles that says something about a subject chooses on a day."""
        for profile in profiles:
            said = [each for each in self.all if (each.about, each.profile) == (about, profile) and each.since <= on]
            if said:
                return max(said, key=lambda each: each.since).choice
        return CHOICES[about][0]


def parse_practices(text: str, *, source: str) -> tuple[Practice, ...]:
    """The practices of a profile; `source` is its file name."""
    found = []
    for line, values in tables(text, source, "practice"):
        try:
            found.append(_practice(Table(values, "practice"), source.removesuffix(".toml"), line))
        except Wrong as wrong:
            raise BadProfile(source, line, f"{values.get('about', 'practice')}: {wrong}") from wrong
    return tuple(found)


def _practice(table: Table, profile: str, line: int) -> Practice:
    title, about = table.table("title"), table.one_of("about", tuple(CHOICES))
    practice = Practice(
        about=about,
        choice=table.one_of("choice", CHOICES[about]),
        profile=profile,
        title_zh=title.need("zh", str),
        title_en=title.need("en", str),
        citation=citation(table.table("citation")),
        since=table.need("since", date),
        reading=table.may("reading", str, None),
        line=line,
    )
    title.done()
    table.done()
    return practice
