"""The shipped rules say what the documents say: every quote is in its text, every number is the one of the law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.cases import EVENTS
from domain.kernel import field_names
from domain.law.limit import TimeLimit
from domain.law.profile_check import check, names
from domain.law.profile_format import BadProfile
from infrastructure.law_files import shipped_limits, shipped_rulebook, shipped_texts

TABLE: dict[str, list[Any]] = yaml.safe_load(
    Path(__file__).with_name("rulebook_table.yaml").read_text(encoding="utf-8")
)["rows"]
UNITS = {"wd": "working day", "cd": "calendar day", "h": "hour"}
DOCUMENTS = ("xuanen-2020", "ningbo-2017", "dali-2016", "hangzhou-2016", "zhangzhou-2016")
LIMITS = {limit.id: limit for limit in shipped_limits()}
OURS = {"DB-ANSWER"}
"""Rules of our own that carry a date which a paper gives; no law has them."""


def flags(limit: TimeLimit) -> set[str]:
    marks = {
        "cond": limit.conditional,
        "soft": limit.severity == "soft",
        "max": limit.at_due == "lapse-met",
        "right": limit.right,
        "advisory": limit.advisory,
    }
    return {name for name, marked in marks.items() if marked}


def test_the_58_rules_are_there_and_besides_them_only_the_duties_of_xe_timely() -> None:
    assert len(TABLE) == 58
    assert {key for key in LIMITS if not key.startswith("XE-TIMELY-")} - OURS == set(TABLE)
    assert sum(key.startswith("XE-TIMELY-") for key in LIMITS) == 15


@pytest.mark.parametrize("rule", TABLE)
def test_a_rule_has_the_number_the_unit_and_the_flags_of_the_law(rule: str) -> None:
    profile, status, amount, unit, roll, marks = TABLE[rule]
    limit = LIMITS[rule]
    assert (limit.profile, limit.status, limit.roll) == (profile, status, roll)
    assert (limit.within.amount, limit.within.unit) == (amount, UNITS.get(unit, unit))
    assert flags(limit) == set(marks)


def test_an_id_stands_once_in_its_profile() -> None:
    keys = [(limit.profile, limit.id, limit.since) for limit in shipped_limits()]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    "limit", [each for each in shipped_limits() if each.profile in DOCUMENTS], ids=lambda each: each.id
)
def test_a_rule_of_a_document_quotes_it_word_for_word(limit: TimeLimit) -> None:
    assert limit.citation.text == f"{limit.profile}.txt"
    assert limit.citation.quote
    for quote in limit.citation.quote:
        assert quote in shipped_texts()[limit.citation.text]


@pytest.mark.parametrize("limit", [each for each in shipped_limits() if each.citation.quote], ids=lambda each: each.id)
def test_a_quote_with_one_sign_changed_is_refused(limit: TimeLimit) -> None:
    changed = tuple(f"{quote[:-1]}〇" for quote in limit.citation.quote)
    wrong = replace(limit, citation=replace(limit.citation, quote=changed))
    with pytest.raises(BadProfile, match=f"{limit.profile}.toml:{limit.line}: {limit.id}: .* does not say"):
        check([wrong], shipped_texts())


def test_a_rule_of_national_law_names_instrument_and_article_and_quotes_nothing() -> None:
    for limit in shipped_limits():
        if limit.status == "national":
            assert limit.citation.instrument and limit.citation.clause.startswith("第")
            assert not limit.citation.quote


def test_a_duty_without_a_number_is_aged_and_never_late() -> None:
    timely = [limit for key, limit in LIMITS.items() if key.startswith("XE-TIMELY")]
    assert {limit.within.unit for limit in timely} == {"none"}


def test_every_event_and_field_that_an_enforced_rule_names_exists() -> None:
    fields = {topic: field_names(event) for topic, event in EVENTS.items()}
    named = {each for limit in shipped_limits() if limit.enforced for each in names(limit)}
    assert not {topic for topic, _ in named} - set(fields)
    assert not {(topic, field) for topic, field in named if field is not None and field not in fields[topic]}


def test_a_rule_that_is_not_enforced_says_why() -> None:
    assert all(limit.why_not for limit in shipped_limits() if not limit.enforced)


def test_the_rulebook_of_the_package_is_read_once_and_holds_on_its_first_day() -> None:
    book = shipped_rulebook()
    assert book is shipped_rulebook()
    first = book.get("xuanen-2020", "XE-REF5", date(2020, 8, 10))
    assert first is not None and first.within.amount == 5
    assert book.get("xuanen-2020", "XE-REF5", date(2020, 8, 9)) is None
