"""The page of words: the English word that the code uses for each Chinese term, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from api.handbook.markdown import chinese, table
from api.handbook.markdown import page as whole_page
from api.handbook.steps import title
from domain.kernel import Case, Event
from domain.law.rulebook import Rulebook

BRACKETS = re.compile(r"\(([\u3400-\u9fff、]+)\)")
BREAKS = re.compile(
    r"[:;,.`]|\b(?:an?|the|of|to|from|or|on|in|by|with|which|is|are|that|this|into|about|only|one|these)\b",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"^(an?|the) ", re.IGNORECASE)
CASE_TYPE = re.compile(r"domain/cases/\w+/")
LAWYERLY = ("domain/", "application/")
"""Where terms of the law stand; the words of the other layers are those of the trade."""

INTRODUCTION = """\
The code uses one English word for each term of the law; the Chinese term stands beside it once, in the first line of the module
that the word belongs to. Words of a step are imperative, facts are past."""


def page(
    lines: Mapping[str, str], types: Mapping[str, type[Case]], events: Mapping[str, type[Event]], rulebook: Rulebook
) -> str:
    """The page of all words."""
    return whole_page(
        "Glossary 词汇",
        INTRODUCTION,
        "## Terms",
        table(("Word", "中文", "Where"), _terms(lines)),
        "## Case types",
        table(
            ("Word", "Type", "Number begins with"),
            ((title(each), f"`{each.TYPE}`", each.CODE) for each in types.values()),
        ),
        "## Facts",
        table(("Fact", "中文", "Topic"), sorted(_facts(events.values()))),
        "## Time limits",
        table(
            ("Time limit", "时限", "Rule"),
            sorted({(each.title_en, each.title_zh, each.id) for each in rulebook.limits}),
        ),
    )


def _terms(lines: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Each Chinese term once, with the shortest of the words beside it and the places where it stands."""
    found: dict[str, dict[str, None]] = {}
    where: dict[str, dict[str, None]] = {}
    for path, line in lines.items():
        for english, term in terms(line) if path.startswith(LAWYERLY) else ():
            found.setdefault(term, {})[english] = None
            place = CASE_TYPE.match(path)
            where.setdefault(term, {})[f"`{place[0] if place else path}`"] = None
    return sorted((_best(words), term, ", ".join(where[term])) for term, words in found.items())


def _best(words: Iterable[str]) -> str:
    """Every word of one or two, else the shortest."""
    ordered = sorted(words, key=lambda each: (each.count(" "), each))
    short = [each for each in ordered if each.count(" ") < 2 and not (each[-1:] == "s" and each[:-1] in ordered)]
    return ", ".join(short) or ordered[0]


def terms(line: str) -> Iterator[tuple[str, str]]:
    """The pairs of words in a line: an English word and, in brackets behind it, the Chinese one."""
    for found in BRACKETS.finditer(line):
        before = BRACKETS.sub("", line[: found.start()]).strip()
        heading = line[found.end() :].startswith((":", ".")) and before.count(" ") < 4 and ":" not in before
        word = before if heading else BREAKS.split(before)[-1].strip() or before
        yield ARTICLE.sub("", word.lower()), found[1]


def _facts(events: Iterable[type[Event]]) -> Iterator[tuple[str, str, str]]:
    for event in events:
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", event.__name__).lower()
        yield words, chinese(event.__doc__), f"`{event.TOPIC}`"
