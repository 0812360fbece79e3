"""The rulebook finds the version in force on a day, and what an event does to the rules of some profiles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.law.limit import Citation, Condition, Revival, Span, Start, Stop, TimeLimit, Void
from domain.law.rulebook import Rulebook

ALWAYS = Condition({}, {})


def limit(
    identifier: str, profile: str = "county", *, days: int = 5, since: date = date(2020, 1, 1), enforced: bool = True
) -> TimeLimit:
    return TimeLimit(
        id=identifier,
        profile=profile,
        title_zh="移送",
        title_en="Refer",
        citation=Citation("某方案", "二"),
        status="seed",
        since=since,
        within=Span("working day", days),
        starts=(Start("case.opened", ALWAYS),),
        stops=(Stop("case.sent", ALWAYS, confirmed_by="case.approved", rejected_by="case.refused"),),
        enforced=enforced,
    )


def test_the_version_in_force_is_the_latest_that_has_begun() -> None:
    book = Rulebook(
        [limit("A", days=4, since=date(2024, 7, 1)), limit("A"), limit("A", days=3, since=date(2025, 1, 1))]
    )
    amounts = {
        day: found.within.amount if (found := book.get("county", "A", date.fromisoformat(day))) else None
        for day in ("2019-12-31", "2020-01-01", "2024-06-30", "2024-07-01", "2024-12-31", "2025-01-01", "2030-01-01")
    }
    assert list(amounts.values()) == [None, 5, 5, 4, 4, 3, 3]


def test_a_rule_that_was_repealed_is_not_in_force_any_more() -> None:
    book = Rulebook([replace(limit("A"), until=date(2022, 1, 1))])
    assert book.get("county", "A", date(2021, 12, 31)) is not None
    assert book.get("county", "A", date(2022, 1, 1)) is None


def test_a_version_ends_when_the_next_begins_even_if_it_claims_longer() -> None:
    book = Rulebook([replace(limit("A"), until=date(2030, 1, 1)), limit("A", days=3, since=date(2025, 1, 1))])
    assert [version.until for version in book.limits] == [date(2025, 1, 1), None]


def test_the_same_id_in_two_profiles_is_two_rules() -> None:
    book = Rulebook([limit("A"), limit("A", "town", days=9)])
    assert [book.get(each, "A", date(2021, 1, 1)).within.amount for each in ("county", "town")] == [5, 9]  # type: ignore[union-attr]


def test_an_event_concerns_the_enforced_rules_of_the_chosen_profiles_and_of_the_one_that_holds_everywhere() -> None:
    book = Rulebook([limit("A"), limit("B", "town"), limit("C", "any"), limit("D", enforced=False)])
    assert [(each.action, each.limit.id) for each in book.on_topic(("county",))["case.opened"]] == [
        ("start", "A"),
        ("start", "C"),
    ]
    assert [each.limit.id for each in book.on_topic(())["case.sent"]] == ["C"]
    assert book.on_topic(("county",)) is book.on_topic(("county",))


def test_confirming_and_rejecting_a_stop_are_found_by_their_own_events() -> None:
    index = Rulebook([limit("A")]).on_topic(("county",))
    assert [index[topic][0].action for topic in ("case.approved", "case.refused", "case.sent")] == [
        "confirm",
        "reject",
        "stop",
    ]


def test_an_event_revives_before_it_voids_and_ends_before_it_begins() -> None:
    busy = replace(
        limit("A"),
        starts=(Start("case.moved", ALWAYS),),
        stops=(Stop("case.moved", ALWAYS),),
        voids=(Void("case.moved", ALWAYS),),
        revivals=(Revival("case.moved", "case.sent", ALWAYS),),
    )
    actions = [each.action for each in Rulebook([busy]).on_topic(("county",))["case.moved"]]
    assert actions == ["stop", "revive", "void", "start"]
