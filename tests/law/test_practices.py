"""What the documents do differently is a choice in a profile, with the sentence that makes it (做法)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.law.practice import CHOICES, Practices, parse_practices
from domain.law.profile_format import BadProfile, parse
from domain.law.rulebook import check_quotes
from infrastructure.law_files import shipped_practices, shipped_rulebook, shipped_texts
from infrastructure.own_law import law

TEXT = """
[[practice]]
about = "meeting-agenda"
choice = "consultation"
title = { zh = "会商确定", en = "In consultation" }
since = 2020-01-01
citation.instrument = "示例"
citation.clause = "一"
"""
TODAY = date(2025, 1, 1)
SHIPPED = {
    "xuanen-2020": {"meeting-agenda": "convenor", "meeting-proposal": "free"},
    "ningbo-2017": {"meeting-call": "office", "meeting-agenda": "consultation", "crime-meeting-proposal": "office"},
    "dali-2016": {"meeting-proposal": "convenor", "meeting-minutes": "attendees"},
    "national": {"identity-retention": "15 years"},
}


def test_the_shipped_profiles_choose_what_their_documents_say() -> None:
    found: dict[str, dict[str, str]] = {}
    for each in shipped_practices():
        found.setdefault(each.profile, {})[each.about] = each.choice
    assert found == SHIPPED


@pytest.mark.parametrize("practice", shipped_practices(), ids=lambda each: f"{each.profile}-{each.about}")
def test_a_practice_quotes_its_document_word_for_word(practice: object) -> None:
    if practice.profile == "national":  # type: ignore[attr-defined]
        assert practice.reading, "national law is not at hand: it is cited, and the reading given"  # type: ignore[attr-defined]
        return
    assert practice.citation.quote  # type: ignore[attr-defined]
    check_quotes([practice], shipped_texts())  # type: ignore[list-item]
    changed = replace(practice.citation, quote=("不在文中",))  # type: ignore[attr-defined]
    with pytest.raises(BadProfile, match="does not say"):
        check_quotes([replace(practice, citation=changed)], shipped_texts())  # type: ignore[type-var]


def test_where_no_profile_says_anything_the_first_choice_holds() -> None:
    for about, choices in CHOICES.items():
        assert Practices().choice(about, ("national",), TODAY) == choices[0]


def test_the_first_of_the_chosen_profiles_that_says_something_is_followed() -> None:
    practices = shipped_rulebook().practices
    assert practices.choice("meeting-agenda", ("national", "ningbo-2017", "xuanen-2020"), TODAY) == "consultation"
    assert practices.choice("meeting-agenda", ("xuanen-2020", "ningbo-2017"), TODAY) == "convenor"
    assert practices.choice("meeting-agenda", ("ningbo-2017",), date(2017, 1, 15)) == "convenor"


def test_a_later_choice_takes_the_place_of_an_earlier_one() -> None:
    (first,) = parse_practices(TEXT, source="county.toml")
    practices = Practices([first, replace(first, choice="convenor", since=date(2024, 1, 1))])
    on = {day: practices.choice("meeting-agenda", ("county",), day) for day in (date(2023, 12, 31), date(2024, 1, 1))}
    assert list(on.values()) == ["consultation", "convenor"]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('"meeting-agenda"', '"meeting-tea"', "meeting-tea.* is none of"),
        ('"consultation"', '"office"', "office.* is none of"),
        ("since = 2020-01-01\n", "", "lacks the key 'since'"),
        ("since = 2020-01-01", "since = 2020-01-01\ndays = 5", "unknown key 'days'"),
        ("[[practice]]", "[[custom]]", "and nothing else"),
    ],
)
def test_a_practice_that_is_not_understood_is_refused_with_its_line(before: str, after: str, reason: str) -> None:
    changed = TEXT.replace(before, after)
    with pytest.raises(BadProfile, match=rf"county.toml:\d+: .*{reason}"):
        parse_practices(changed, source="county.toml")


def test_a_profile_may_hold_practices_beside_limits_or_alone() -> None:
    assert parse(TEXT, source="county.toml") == ()
    assert law().check_profile(TEXT, "county.toml") == ()
    with pytest.raises(BadProfile):
        parse("", source="county.toml")
