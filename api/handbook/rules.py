"""The page of time limits: every rule of every profile with its sentence of law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from api.handbook.clauses import Words, amount, owing
from api.handbook.markdown import anchor, bullets, code, quote, table
from api.handbook.markdown import page as whole_page
from domain.kernel import Event
from domain.law.limit import TimeLimit
from domain.law.practice import CHOICES
from domain.law.rulebook import Rulebook

STATUS = {
    "seed": "the number stands in the text of the plan",
    "national": "national law",
    "derived": "derived by analogy: shown, and nobody is blamed",
}

INTRODUCTION = """\
Every time limit that Anjuan knows, as the profiles of `domain/law/profiles/` state it. The format of those files is described in
[format-profiles.md](format-profiles.md), how days are counted in [time-travel.md](time-travel.md) and
[calendars.md](calendars.md). The start day never counts; the last day counts to 24:00 in China; limits in hours run to the instant.

- **hard** or **soft** (原则上): a soft breach is never counted with hard ones.
- **window**: the act is not owed, only later than allowed: unused, the window lapses and asks for attention; used late, it is a breach.
- **right**, **advisory** and **derived** rules are shown and enter no statistics.
- **not enforced**: listed and citable, but no case type has the facts yet; the reason stands beside it."""


def page(rulebook: Rulebook, events: Mapping[str, type[Event]]) -> str:
    """The page of all rules."""
    words = Words(events)
    parts = [part for profile in rulebook.profiles for part in _profile(profile, rulebook, words)]
    parts += _practices(rulebook)
    return whole_page("Time limits 时限", INTRODUCTION, *parts)


def _profile(profile: str, rulebook: Rulebook, words: Words) -> Iterator[str]:
    limits = [each for each in rulebook.limits if each.profile == profile]
    enforced = sum(each.enforced for each in limits)
    yield f"## Profile `{profile}`"
    yield f"Rules: {len(limits)}, of which {enforced} are enforced."
    yield table(
        ("Rule", "时限", "Time limit", "How long", "Owed by", "Kind"),
        ((_link(each), each.title_zh, each.title_en, long(each), owing(each.owed_by), kind(each)) for each in limits),
    )
    for limit in limits:
        yield from _rule(limit, words)


def _practices(rulebook: Rulebook) -> Iterator[str]:
    yield "## Practices 做法"
    yield "Where the documents choose differently. A case follows the first of its profiles that says something, else the default."
    yield table(
        ("About", "Default", "Other choices"),
        ((f"`{about}`", f"`{first}`", code(others)) for about, (first, *others) in CHOICES.items()),
    )
    for each in rulebook.practices.all:
        yield f"### {each.profile}: {each.about} {each.title_zh}"
        yield f"{each.title_en}: **{each.choice}** ({each.citation.instrument} {each.citation.clause}; since {each.since})"
        yield quote("\n".join(f"“{piece}”" for piece in each.citation.quote))
        if each.reading:
            yield f"*Reading:* {' '.join(each.reading.split())}"


def long(limit: TimeLimit) -> str:
    """How long, with what happens at the end of it."""
    rolled = ", to the next workday if the last is a day of rest" if limit.roll == "next" else ""
    return amount(limit.within) + rolled


def kind(limit: TimeLimit) -> str:
    """In a few words what sort of rule it is."""
    marks = {
        "window": limit.conditional,
        "right": limit.right,
        "advisory": limit.advisory,
        "derived": limit.status == "derived",
        "runs out by itself": limit.at_due == "lapse-met",
        "not enforced": not limit.enforced,
    }
    return ", ".join([limit.severity, *(word for word, holds in marks.items() if holds)])


def _heading(limit: TimeLimit) -> str:
    return f"{limit.id} {limit.title_zh}"


def _link(limit: TimeLimit) -> str:
    return f"[{limit.id}]({anchor(_heading(limit))})"


def _rule(limit: TimeLimit, words: Words) -> Iterator[str]:
    yield f"### {_heading(limit)}"
    yield f"{limit.title_en}. **{amount(limit.within, 0)}** ({long(limit)}), owed by {owing(limit.owed_by)}{_shared(limit)}; {kind(limit)}."
    if not limit.enforced:
        yield f"**Not enforced.** {limit.why_not}"
    yield bullets(f"{what}: {when}" for what, when in words.of(limit))
    yield f"{limit.citation.instrument} {limit.citation.clause} ({STATUS[limit.status]}; {_in_force(limit)})"
    yield quote("\n".join(f"“{piece}”" for piece in limit.citation.quote))
    if limit.reading:
        yield f"*Reading:* {' '.join(limit.reading.split())}"


def _shared(limit: TimeLimit) -> str:
    return f", and by every organ in the field `{limit.shared_by}`" if limit.shared_by else ""


def _in_force(limit: TimeLimit) -> str:
    abroad = "" if limit.binds_external else "; organs outside the jurisdiction do not owe it"
    return f"since {limit.since}" + (f", until the day before {limit.until}" if limit.until else "") + abroad
